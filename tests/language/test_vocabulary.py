"""The words of all packs make one vocabulary: disjoint names, typed values, terms that may be added to."""

from decimal import Decimal
from typing import Any

import pytest

from kit import HERE, TOY, facts_of, problems_of, vocabulary_of
from stridewise.errors import PackError
from stridewise.language.vocabulary import ValueType, fold

COLOUR = {"colour": {"open": True, "value": {"terms": "colours"}}}
COLOURS = {"colours": {"red": None, "green": {"label": "leaf green", "aliases": ["lime"]}}}


def refused(*documents: Any) -> list[str]:
    with pytest.raises(PackError) as raised:
        vocabulary_of(*documents)
    return problems_of(raised)


def test_another_pack_may_add_terms_to_a_list() -> None:
    """Terms of several files stand in one list."""
    vocabulary = vocabulary_of({"kinds": COLOUR, "terms": COLOURS}, {"terms": {"colours": {"violet": {}}}})
    assert list(vocabulary.terms["colours"]) == ["red", "green", "violet"]


def test_a_kind_defined_twice_names_both_files() -> None:
    """Redefining a kind is an error at the second place that names the first."""
    first = "kinds:\n  colour: {open: true, value: {text: true}}\n"
    second = "kinds:\n  shape: {open: true, value: {text: true}}\n  colour: {closed: true, value: {text: true}}\n"
    assert refused(first, second) == ['v1.yaml:3: kinds: "colour" is already defined at v0.yaml:2; rename it']


def test_a_term_or_an_alias_defined_twice_is_refused() -> None:
    """Case and spaces do not make another phrase."""
    data = {"kinds": COLOUR, "terms": COLOURS, "aliases": {"Rosy one": [{"colour": "red"}]}}
    again = "terms: {colours: {red: {}}}\naliases:\n  rosy  ONE: [{colour: green}]\n"
    found = refused(data, again)
    assert found == [
        'v1.yaml:1: terms.colours: "red" is already a term of this list (v0.yaml:1); leave it out',
        'v1.yaml:3: aliases: "rosy  ONE" is already defined at v0.yaml:1',
    ]


@pytest.mark.parametrize("name", ["absent", "any_of", "of", "avoid", "conclude", "alias", "side"])
def test_names_of_kinds_attributes_and_keywords_are_disjoint(name: str) -> None:
    """Over all packs, in any order of files."""
    sided = {"kinds": {"shape": {"open": True, "value": {"text": True}, "attributes": {"side": {"text": True}}}}}
    kind = {"kinds": {name: {"open": True, "value": {"text": True}}}}
    for files in ([sided, kind], [kind, sided]):
        assert f'kinds: "{name}" is also a' in refused(*files)[0]


def test_an_attribute_may_not_be_a_keyword() -> None:
    """Nor may an attribute take a consequent's name."""
    kind = {"shape": {"open": True, "value": {"text": True}, "attributes": {"warn": {"text": True}}}}
    assert refused({"kinds": kind}) == ['v0.yaml:1: kinds.shape: the attribute "warn" is a keyword; rename it']


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ({"value": {"text": True}}, "say exactly one of open: true, closed: true"),
        ({"open": True, "closed": True, "value": {"text": True}}, "say exactly one of"),
        ({"open": True, "value": {"text": True, "number": "cm"}}, "give exactly one of terms, number, yes_no, text"),
        ({"open": True, "value": {}}, "give exactly one of"),
        ({"open": True, "value": {"terms": "colour"}}, 'unknown term list "colour". Did you mean "colours"?'),
        ({"open": True, "valeu": {"text": True}}, 'unknown key "valeu". Did you mean "value"?'),
        (
            {
                "open": True,
                "value": {"terms": "colours", "default": "red"},
                "attributes": {"tint": {"terms": "colours", "default": "rde"}},
            },
            'kinds.thing.tint: unknown default "rde". Did you mean "red"?',
        ),
        ({"open": True, "value": {"number": "cm", "min": 9, "max": 3}}, "min 9 is larger than max 3"),
        ({"open": True, "label": "size {val}", "value": {"number": "cm"}}, 'expected "{value}" where the value stands'),
        ({"open": True, "label": "size", "value": {"number": "cm"}}, 'expected "{value}" where the value stands, found "size"'),
    ],
)
def test_a_misshapen_kind_is_refused_with_what_to_do(shape: dict[str, Any], message: str) -> None:
    """Exactly one mode, exactly one type of value, known lists, readable defaults."""
    found = refused({"kinds": {"thing": shape}, "terms": COLOURS})
    assert all(line.startswith("v0.yaml:1: kinds.thing") for line in found)
    assert message in "\n".join(found)


def test_inline_lists_of_two_kinds_are_two_lists() -> None:
    """An inline list belongs to the one place it is written at, whatever the attribute is called."""
    kinds = {
        name: {"open": True, "value": {"text": True}, "attributes": {"level": {"terms": terms}}}
        for name, terms in {"lamp": ["low", "high"], "shelf": ["top", "bottom"]}.items()
    }
    vocabulary = vocabulary_of({"kinds": kinds})
    assert facts_of({"lamp": "a", "level": "low"}, vocabulary=vocabulary)
    with pytest.raises(ValueError, match='unknown level "top"'):
        facts_of({"lamp": "a", "level": "top"}, vocabulary=vocabulary)


def test_a_default_is_kept_as_the_value_it_means() -> None:
    """A default given by an alias, or in another unit, is read like any value."""
    attributes = {"tint": {"terms": "colours", "default": "Lime"}, "height": {"number": "cm", "default": "1 m"}}
    kind = {"lamp": {"open": True, "value": {"text": True}, "attributes": attributes}}
    (fact,) = facts_of({"lamp": "a"}, vocabulary=vocabulary_of({"kinds": kind, "terms": COLOURS}))
    assert dict(fact.attributes) == {"tint": "green", "height": Decimal(100)}


@pytest.mark.parametrize("written", ["green", "Leaf Green", "leaf-green", "LIME", " lime "])
def test_a_term_is_known_by_its_name_label_and_aliases(written: str) -> None:
    """Case, spaces, hyphens and underscores do not matter."""
    vocabulary = vocabulary_of({"kinds": COLOUR, "terms": COLOURS})
    assert vocabulary.read(vocabulary.kinds["colour"].type, written, "colour") == "green"


@pytest.mark.parametrize(
    ("kind", "written", "message"),
    [
        ("colour", "gren", 'unknown colour "gren". Did you mean "green"?'),
        ("colour", "scarlett", 'Did you mean "scarlet"?'),
        ("colour", "xyz", "Known: red, green, blue, clear."),
        ("colour", True, "expected a term of colours"),
        ("colour", ["red"], "expected a term of colours"),
        ("signed", "maybe", 'signed: expected yes or no, found "maybe"'),
        ("signed", 1, "expected yes or no"),
        ("nickname", {}, "expected a short text"),
        ("nickname", "x" * 501, "expected a short text"),
        ("size", "big", 'size: expected a number of cm, found "big"'),
        ("size", 401, "size 401 is outside 0 to 400 cm"),
        ("size", "5 m", "size 500 is outside 0 to 400 cm; check the number and its unit"),
        ("size", "3 kg", 'expected cm, found "kg"'),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_what_would(kind: str, written: object, message: str) -> None:
    """What was found, what was expected, the nearest valid value."""
    with pytest.raises(ValueError) as raised:
        TOY.read(TOY.kinds[kind].type, written, kind)
    assert message in str(raised.value)


@pytest.mark.parametrize(("written", "meant"), [("yes", "yes"), ("no", "no"), (True, "yes"), (False, "no")])
def test_yes_and_no_may_be_written_as_booleans(written: object, meant: str) -> None:
    """YAML 1.2 reads `yes` as text and `true` as a boolean; both mean yes."""
    assert TOY.read(ValueType(), written, "signed") == meant


def test_an_alias_is_known_by_its_folded_phrase_with_its_facts_as_written() -> None:
    """Expansion is intake's; the vocabulary keeps what the phrase stands for and where it was written."""
    phrase = "aliases:\n  Race in {n} steps: [{colour: red}, {colour: green}]\n"
    vocabulary = vocabulary_of({"kinds": COLOUR, "terms": COLOURS}, phrase)
    alias = vocabulary.aliases[fold("race IN {n}   steps")]
    assert [dict(fact) for fact in alias.facts] == [{"colour": "red"}, {"colour": "green"}]
    assert str(alias.place) == "v1.yaml:2"


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ({"pile": "red"}, "an alias expands to facts that can be recorded"),
        ({"colr": "red"}, 'Did you mean "colour"?'),
        ({"colour": "red", "pile": "red"}, "holds 2 kinds (colour, pile); write one fact an entry"),
        ({"colour": "rde"}, 'unknown colour "rde". Did you mean "red"?'),
        ({"colour": "red", "tnit": "green"}, '"colour" has no attribute "tnit"'),
    ],
)
def test_an_alias_stands_for_facts_that_can_be_recorded(fact: dict[str, str], message: str) -> None:
    """Each entry names exactly one kind, and no derived one."""
    kinds = {**COLOUR, "pile": {"derived": True, "value": {"terms": "colours"}}}
    (found,) = refused({"kinds": kinds, "terms": COLOURS, "aliases": {"so so": [fact]}})
    assert found.startswith('v0.yaml:1: aliases "so so": ')
    assert message in found


@pytest.mark.parametrize("phrase", ["odd [thing", "odd thing)", "odd {n"])
def test_a_phrase_whose_brackets_are_not_pairs_is_told_to_its_author(phrase: str) -> None:
    """No clinician could ever say it."""
    (found,) = refused({"kinds": COLOUR, "terms": COLOURS, "aliases": {phrase: [{"colour": "red"}]}})
    assert found.startswith(f'v0.yaml:1: "{phrase}": a bracket is opened and not closed')


def test_exactly_one_key_names_the_kind() -> None:
    """None, or two, is an error with the nearest name."""
    with pytest.raises(ValueError, match=r'found "colr", "side"\. Did you mean "colour"\?'):
        TOY.kind_of({"colr": "red", "side": "left"})
    with pytest.raises(ValueError, match=r"holds 2 kinds \(colour, shape\)"):
        TOY.kind_of({"colour": "red", "shape": "round"})
    assert TOY.kinds["colour"].place.path == "v0.yaml" != HERE.path
