"""Documents are read as YAML 1.2 or JSON, keep their lines, stay exact, and cannot hurt the reader."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import problems_of
from stridewise.documents.located import MAX_DEPTH, Document
from stridewise.documents.reader import parse_document, read_document
from stridewise.errors import PackError, ProfileError


def read(text: str, shown: str = "toy.yaml") -> Document:
    return parse_document(text.encode(), shown, ProfileError)


def refused(text: str, shown: str = "toy.yaml") -> list[str]:
    with pytest.raises(ProfileError) as raised:
        read(text, shown)
    return problems_of(raised)


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "0o17", "0x1F", "1:30", "1_000", "2026-01-02", "=", "<<"])
def test_words_of_older_yaml_stay_text(word: str) -> None:
    """Only YAML 1.2 core scalars have a meaning: `no` is text, and a date is text."""
    assert read(f"a: {word}").root == {"a": word}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", 12),
        ("010", "010"),
        ("12E4", "12E4"),
        ("-3", -3),
        ("1.50", Decimal("1.50")),
        (".5", Decimal("0.5")),
        ("1e2", Decimal(100)),
        ("5.", Decimal(5)),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
    ],
)
def test_core_scalars_mean_what_they_say(written: str, meant: object) -> None:
    """Numbers, booleans and nothing are read; what is quoted is text."""
    value = read(f"a: {written}").root["a"]
    assert (type(value), value) == (type(meant), meant)


@pytest.mark.parametrize("shown", ["toy.yaml", "toy.json"])
@given(amount=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-10_000, max_value=10_000))
def test_numbers_are_exact_decimals(shown: str, amount: Decimal) -> None:
    """A number is never rounded on its way in."""
    value = read(f'{{"a": {amount}}}', shown).root["a"]
    assert isinstance(value, Decimal)
    assert value == amount


@pytest.mark.parametrize("shown", ["toy.yaml", "toy.json"])
@pytest.mark.parametrize("number", ["1e31", "1e99999999999999999999999", "-1e-99999999999999999999999", "1" * 40])
def test_a_number_out_of_range_is_refused_at_its_line(number: str, shown: str) -> None:
    """A number too large to reckon with is a problem of the file, not a crash."""
    (problem,) = refused(f'{{"a": 1,\n"b": {number}}}', shown)
    assert problem.startswith(shown)
    assert "out of range" in problem


def test_numbers_that_are_none_are_refused() -> None:
    """Infinity and NaN are refused, in YAML and in JSON."""
    assert "toy.yaml:2: .inf is not a number that can be used; write a finite number" in refused("a: 1\nb: .inf\nc: .NaN")
    assert "NaN is not a number that can be used" in refused('{"a": NaN}', "toy.json")[0]


TEXTS = {
    "toy.yaml": "first:\n  - 1\n  - two: 2\n    three: 3\nlast: [4,\n  5]\n",
    "toy.json": '{"first": [\n  1,\n  {"two": 2,\n  "three": 3}],\n"last": [4,\n  5]}',
}


@pytest.mark.parametrize("shown", TEXTS)
def test_every_node_knows_its_line(shown: str) -> None:
    """A path into a document leads to a line; a path that ends early leads to the deepest node there is."""
    document = read(TEXTS[shown], shown)
    steps: list[tuple[Any, ...]] = [("first", 0), ("first", 1, "three"), ("last", 1), ("first", 1, "none"), ("none",), ()]
    assert [document.line(*path) for path in steps] == [2, 4, 6, 3, 1, 1]


@pytest.mark.parametrize("shown", TEXTS)
def test_yaml_and_json_hold_the_same_values(shown: str) -> None:
    """One content, two spellings."""
    assert read(TEXTS[shown], shown).root == {"first": [1, {"two": 2, "three": 3}], "last": [4, 5]}


@pytest.mark.parametrize("shown", TEXTS)
def test_a_key_that_stands_twice_is_refused(shown: str) -> None:
    """The second of two equal keys is named with the line of the first."""
    assert refused('{"a": 1,\n "a": 2}', shown) == [f'{shown}:2: the key "a" stands twice (first on line 1); keep one']


def test_all_problems_of_a_file_are_reported_at_once_in_order() -> None:
    """A file with three faults gives three messages."""
    found = refused("a: !!python/object:os.system 1\nb: .inf\nc: 1\nc: 2\n")
    assert [line.split(":")[1] for line in found] == ["1", "2", "4"]
    assert "the tag tag:yaml.org,2002:python/object:os.system is not read" in found[0]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("shown", TEXTS)
def test_deep_nesting_is_refused(opening: str, shown: str) -> None:
    """Depth is bounded before it is built."""
    closing = "]" if opening == "[" else "}"
    assert "nested more than" in refused(opening * 5_000 + "1" + closing * 5_000, shown)[0]
    depth = MAX_DEPTH - 1
    read(opening * depth + "1" + closing * depth, shown)


def test_an_alias_bomb_is_refused() -> None:
    """An alias costs what it expands to."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert "holds more than" in refused("\n".join(lines))[0]


def test_an_anchor_is_used_where_its_alias_stands() -> None:
    """Aliases work; an alias inside its own anchor does not."""
    assert read("a: &x [1]\nb: *x").root == {"a": [1], "b": [1]}
    assert refused("a: &x [*x]")[0].startswith("toy.yaml:1: the alias *x names no finished anchor")


def test_broken_text_is_refused_at_its_line() -> None:
    """Syntax errors, control characters and a second document are problems at a line."""
    assert refused("a: 1\nb: [1\nc: 2")[0].startswith("toy.yaml:2: a bracket is opened here and not closed")
    assert refused("a: 1\nb: \x07")[0].startswith("toy.yaml:2: this line cannot be read")
    assert refused("a: 1\n---\nb: 2") == ["toy.yaml:2: a second document starts here; keep one document a file"]
    assert refused('{"a": 1,\n "b" 2}', "toy.json")[0].startswith("toy.json:2: cannot be read as JSON")


def test_half_a_character_is_refused() -> None:
    """A lone surrogate could be read but never written again."""
    refused('{"a": "\\ud800"}', "toy.json")


def test_bytes_that_are_no_text_are_refused_at_their_line() -> None:
    """A file must be UTF-8."""
    with pytest.raises(PackError) as raised:
        parse_document(b"a: 1\nb: \xff", "toy.yaml", PackError)
    assert problems_of(raised) == ["toy.yaml:2: is not UTF-8 text; save the file as UTF-8"]


def test_an_empty_file_holds_nothing() -> None:
    """Nothing, a comment and a byte order mark are all nothing."""
    assert [read(text).root for text in ("", "# only a comment\n", "\ufeff")] == [None, None, None]


def test_a_path_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file, a folder and a file too large are problems of that path."""
    for path, reason in [(tmp_path / "none.yaml", "No such file"), (tmp_path, "is not a regular file")]:
        with pytest.raises(ProfileError) as raised:
            read_document(path, "shown.yaml", ProfileError)
        assert problems_of(raised)[0].startswith("shown.yaml: ")
        assert reason in str(raised.value)
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * 4_000_001)
    with pytest.raises(ProfileError, match="at most 4000000 are read"):
        read_document(big, "big.yaml", ProfileError)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever a file holds, the answer is a document or a StridewiseError."""
    for shown in TEXTS:
        try:
            parse_document(text.encode("utf-8", "surrogatepass"), shown, ProfileError)
        except ProfileError as error:
            assert error.problems
