"""A rule file says when, then and because; every wrong name in it is reported at its line with the nearest right one."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kit import THRESHOLDS, TOY, base_pack, derived, facts_of, fired, problems_of, quick_program, read_rule, rule, run, toy_pack
from stridewise.errors import PackError
from stridewise.language.rule import Adjust, Quantity, Rule
from stridewise.program.builder import build_program

LEFT_RED = {"colour": "red", "side": "$s"}


def refused(*written: dict[str, Any]) -> list[str]:
    with pytest.raises(PackError) as raised:
        for one in written:
            read_rule(one)
    return problems_of(raised)


def test_every_problem_of_a_rule_file_is_reported_at_its_line(tmp_path: Path) -> None:
    """Two bad conditions and a bad consequent in one rule, and a bad rule after it: four lines."""
    text = """\
- id: first
  when:
    - colour: rde
    - shape: round
      sied: left
  then:
    - conclude: {heap: gren}
  because: So.
  sources: [atlas]
  strength: strong
  certainty: high
- id: second
  when: [{colour: red}]
  then: [{targt: neatness}]
  because: So.
  sources: [atlas]
  strength: strongest
  certainty: high
"""
    pack = toy_pack(tmp_path / "toy", text.replace("strongest", "strong"))
    with pytest.raises(PackError) as raised:
        build_program([base_pack(tmp_path), pack])
    assert problems_of(raised) == [
        'toy/rules/rules.yaml:3: first: when[0]: unknown colour "rde". Did you mean "red"?',
        'toy/rules/rules.yaml:4: first: when[1]: "shape" has no attribute "sied". Did you mean "side"?',
        'toy/rules/rules.yaml:7: first: then[0]: unknown heap "gren". Did you mean "green"?',
        "toy/rules/rules.yaml:14: second: then[0]: expected one of conclude, target, prescribe, avoid, warn, adjust, refer, "
        'found "targt: …". Did you mean "target"?',
    ]
    with pytest.raises(PackError, match=r"toy/rules/rules\.yaml:17: second\.strength: .*found \"strongest\""):
        toy_pack(tmp_path / "toy", text)


@pytest.mark.parametrize("missing", ["id", "when", "then", "because", "sources", "strength", "certainty"])
def test_a_required_key_that_is_missing_is_named(missing: str) -> None:
    """Seven keys are required of every rule, no more."""
    written = {key: value for key, value in rule("r", [{"colour": "red"}]).items() if key != missing}
    assert any(f'the key "{missing}" is missing; add it' in line for line in refused(written))
    read_rule(rule("r", [{"colour": "red"}]))


def test_an_unknown_key_of_a_rule_is_refused_with_the_nearest() -> None:
    """Nothing is read past."""
    assert refused(rule("r", [{"colour": "red"}], becuase="So.")) == [
        'toy.yaml:1: r: unknown key "becuase". Did you mean "because"?'
    ]


@pytest.mark.parametrize(
    ("part", "value"), [("then", []), *((part, value) for part in ("when", "then") for value in ({"colour": "red"}, "red", None))]
)
def test_when_and_then_are_lists_and_a_rule_says_something(part: str, value: object) -> None:
    """An empty `when` is a rule about every runner; one that is left blank is a mistake."""
    assert read_rule(rule("r", [])).conditions.are_none
    assert any(f"r: {part}: expected a list of" in line for line in refused({**rule("r", [{"colour": "red"}]), part: value}))


@pytest.mark.parametrize(
    ("consequent", "message"),
    [
        ({"conclude": {"colour": "red"}}, 'conclude: "colour" is open; rules conclude derived kinds only'),
        ({"conclude": {"earned": "x"}}, "no rule concludes it"),
        ({"conclude": {"pil": "red"}}, 'Did you mean "pile"?'),
        ({"conclude": {"pile": "rde"}}, 'unknown pile "rde". Did you mean "red"?'),
        ({"conclude": {"pile": "any"}}, 'unknown pile "any"'),
        ({"conclude": {"pile": "red", "sied": "left"}}, 'no attribute "sied". Did you mean "side"?'),
        ({"conclude": "pile"}, "expected one fact"),
        ({"conclude": {"pile": "red"}, "level": "info"}, "expected one fact"),
        ({"target": "neatnes"}, 'unknown target "neatnes". Did you mean'),
        ({"target": "neatness", "side": "top"}, "side: expected left, right, both or a variable"),
        ({"target": "neatness", "priorty": "high"}, 'unknown key "priorty". Did you mean "priority"?'),
        ({"target": "neatness", "warn": "x", "level": "info"}, "found target, warn"),
        ({"prescribe": "hop"}, 'unknown exercise "hop"'),
        ({"avoid": "hop", "level": "preference"}, 'unknown exercise "hop"'),
        ({"avoid": {"demand": "balence"}, "level": "precaution"}, 'unknown demand "balence". Did you mean "balance"?'),
        ({"avoid": {"above": 1}, "level": "precaution"}, "names no exercise"),
        ({"avoid": {"demand": "skill"}}, 'the key "level" is missing'),
        ({"warn": "x", "level": "loud"}, 'found "loud"'),
        ({"adjust": "stackin", "by": "-50%", "text": "x"}, 'unknown load metric "stackin". Did you mean'),
        ({"adjust": "stacking", "at_most": "110% of siz", "text": "x"}, 'unknown kind "siz". Did you mean "size"?'),
        ({"adjust": "stacking", "at_most": "2 km", "text": "x"}, 'expected a percentage or a number without a unit, found "km"'),
        ({"adjust": "weekly_distance", "at_most": "2 kg", "text": "x"}, 'expected km, found "kg"'),
        ({"adjust": "stacking", "text": "x"}, "exactly one of to, by, at_most"),
        ({"adjust": "stacking", "by": "much", "text": "x"}, "expected an amount such as"),
        (
            {"refer": "keper", "urgency": "routine", "stops": "nothing", "text": "x"},
            'unknown professional "keper". Did you mean "keeper"?',
        ),
        ({"refer": "keeper", "urgency": "soon", "stops": "nothing", "text": "x"}, 'found "soon"'),
        ("target", 'found "target"'),
    ],
)
def test_a_consequent_that_names_what_does_not_exist_is_refused(consequent: Any, message: str) -> None:
    """What was found, and the nearest name or the choices."""
    (line,) = refused(rule("r", [{"colour": "red"}], [consequent]))
    assert line.startswith("toy.yaml:1: r: then[0]")
    assert message in line


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ([LEFT_RED], True),
        ([{"any_of": [LEFT_RED, {"shape": "any", "side": "$s"}]}], True),
        ([{"at_least": 1, "of": [LEFT_RED, {"shape": "any", "side": "$s"}]}], True),
        ([{"any_of": [LEFT_RED, {"badge": "gold"}]}], False),
        ([{"colour": "red"}, {"absent": {"pile": "red", "side": "$s"}}], False),
        ([{"at_least": 1, "of": [LEFT_RED, {"badge": "gold"}]}], False),
        ([{"colour": "red"}], False),
    ],
)
@pytest.mark.parametrize("use", [{"conclude": {"heap": "red", "side": "$s"}}, {"target": "neatness", "side": "$s"}])
def test_a_variable_in_then_is_bound_by_a_condition_that_always_holds(when: list[Any], holds: bool, use: dict[str, Any]) -> None:
    """Outside groups or in every branch; else the line of the consequent is named."""
    if holds:
        read_rule(rule("r", when, [use]))
    else:
        message = "toy.yaml:1: r: then[0]: $s is bound by no condition that always holds; bind it in `when`"
        assert refused(rule("r", when, [use])) == [message]


def test_a_concluded_variable_must_fit_the_field_it_fills() -> None:
    """A shape is no colour and a number no term: a fact of the wrong type could never be shown or compared."""
    for entry, value in [
        ({"shape": "$x"}, {"heap": "$x"}),
        ({"size": "$x"}, {"heap": "$x"}),
        ({"colour": "$x"}, {"tally": "$x"}),
    ]:
        assert refused(rule("r", [entry], value))


TWO = [{"colour": "red", "side": "$s", "shade": ["dark", "light"]}, {"shape": "round"}, {"size": "$n"}]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{s}", ("s", -1, "")),
        ("{colour}", ("", 0, "")),
        ("{shape}", ("", 1, "")),
        ("{shade}", ("", 0, "shade")),
        ("{n}", ("n", -1, "")),
    ],
)
def test_a_placeholder_is_a_variable_then_a_kind_then_an_attribute(text: str, field: tuple[str, int, str]) -> None:
    """`{x}` is $x, else the value of the condition of kind x, else the attribute x of the one condition that has it."""
    ((_, quote),) = read_rule(rule("r", TWO, because=text)).because.quotes
    assert (quote.variable, quote.condition, quote.field) == field


@pytest.mark.parametrize(
    ("when", "text", "message"),
    [
        ([{"colour": "red"}], "{side}", "{side} is no bound variable"),
        (TWO, "{near}", "{near} is no bound variable"),
        (TWO, "{badge}", "{badge} is no"),
        ([*TWO, {"shape": "star"}], "{shape}", "{shape} stands for several conditions"),
        ([{"colour": "red", "side": "left"}, {"shape": "any", "side": "left"}], "{side}", "{side} stands for several conditions"),
        ([{"colour": "red"}, {"absent": {"pile": "red", "to": "$c"}}], "{c}", "{c} is no bound variable"),
        ([{"any_of": [{"colour": "$c"}, {"badge": "gold"}]}], "{c}", "{c} is no bound variable"),
    ],
)
@pytest.mark.parametrize("part", ["because", "patient", "warn", "keeps"])
def test_a_placeholder_that_stands_for_nothing_is_refused(when: list[Any], text: str, message: str, part: str) -> None:
    """In every text of a rule."""
    own = {part: f"It is {text}."} if part in ("because", "patient") else {}
    use = (
        {"avoid": {"demand": "skill"}, "level": "preference", "keeps": text}
        if part == "keeps"
        else {"warn": text, "level": "info"}
    )
    lines = refused(rule("r", when, None if own else [use], **own))
    assert any(message in line for line in lines)


@pytest.mark.parametrize("text", ["{Side}", "{ s }", "{}", "{s.x}"])
def test_braces_that_are_no_placeholder_are_refused(text: str) -> None:
    """A mistyped placeholder must not reach a reader."""
    refused(rule("r", TWO, because=f"The {text} one."))


def test_a_template_is_filled_by_name() -> None:
    """Every occurrence."""
    assert (
        read_rule(rule("r", TWO, because="{s}, {colour}, {s}")).because.fill({"s": "left", "colour": "red"}) == "left, red, left"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20 km", Quantity(Decimal(20), "km")),
        ("-50%", Quantity(Decimal(-50), "%")),
        ("110% of size", Quantity(Decimal(110), "%", "size")),
        (12, Quantity(Decimal(12), "")),
    ],
)
def test_an_adjustment_is_an_amount_or_a_percentage_of_a_kind(written: object, meant: Quantity) -> None:
    """The base is empty where the metric itself is meant; a number alone is for what has no unit."""
    metric = "stacking" if meant.unit == "" else "weekly_distance"
    (consequent,) = read_rule(rule("r", [{"colour": "red"}], [{"adjust": metric, "at_most": written, "text": "x"}])).consequents
    assert isinstance(consequent, Adjust)
    assert consequent.at_most == meant


@pytest.mark.parametrize(
    ("consequent", "safe"),
    [
        ({"refer": "keeper", "urgency": "routine", "stops": "nothing", "text": "Go."}, True),
        ({"avoid": {"new": True}, "level": "contraindication"}, True),
        ({"avoid": {"new": True}, "level": "precaution"}, False),
        ({"warn": "Oh.", "level": "critical"}, False),
    ],
)
def test_referrals_and_contraindications_are_protected(consequent: dict[str, Any], safe: bool) -> None:
    """And nothing else is by itself."""
    assert read_rule(rule("r", [{"colour": "red"}], [consequent])).is_protected is safe


def test_conclusions_are_constants_or_bound_values_with_defaults_for_the_rest() -> None:
    """`both` is two facts here too, and a default says that it was assumed."""
    rules = [
        rule("var", [{"shape": "any", "near": "$c", "side": "$s"}], {"pile": "$c", "side": "$s", "to": "blue"}),
        rule("default", [{"colour": "red"}], {"heap": "red"}),
    ]
    memory = run(
        quick_program(rules), facts_of({"shape": "star", "near": "green", "side": "left"}, {"colour": "red", "side": "left"})
    )
    assert derived(memory) == [
        {"heap": "red", "side": "left"},
        {"heap": "red", "side": "right"},
        {"pile": "green", "side": "left", "to": "blue"},
    ]
    assert [sorted(fact.assumed) for fact in memory.of("heap")] == [["side"], ["side"]]
    assert fired(memory) == {"var", "default"}


def test_a_rule_knows_its_pack_place_and_what_it_compares_with() -> None:
    """The id is pack/name."""
    one: Rule = read_rule(rule("r", [{"size": ">= tall"}], covers=["K1"], title="T"))
    assert (one.id, one.pack, str(one.place), one.covers, one.title) == ("toy/r", "toy", "toy.yaml:1", ("K1",), "T")
    assert {"toy/tall", "far/tall"} == set(THRESHOLDS)
    assert TOY.kinds["size"].mode == "computed"
