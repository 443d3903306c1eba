"""Which conditions hold, fail or are unknown, each by itself, over an invented vocabulary."""

from itertools import pairwise
from typing import Any

import pytest

from kit import BASICS, TOY, facts_of, quick_program, read_rule, run
from stridewise.inference.evaluation import Evaluation, describe_condition
from stridewise.language.condition import Condition, Conditions
from stridewise.language.fact import Fact

Entry = dict[str, Any]


def rule(name: str, *when: Entry, **then: str) -> Entry:
    return {"id": name, "when": list(when), "then": [{"conclude": then or {"ready": "yes"}}], **BASICS}


def conditions(*entries: Entry) -> Conditions:
    return read_rule(rule("asked", *entries)).conditions


def condition(**entry: Any) -> Condition:
    return conditions(entry).positives[0]


PROGRAM = quick_program(
    [
        rule("heaps", {"colour": "red", "side": "$s"}, heap="red", side="$s"),
        rule("towers", {"heap": "any"}, tower="round"),
        rule("deep-1", {"shape": "star"}, pile="red"),
        rule("deep-2", {"pile": "red"}, pile="green"),
        rule("gold", {"shape": "square"}, {"absent": {"badge": "gold"}}, heap="blue", side="left"),
    ]
)


def known(*entries: Entry, answered: tuple[str, ...] = (), program: Any = PROGRAM) -> Evaluation:
    return Evaluation(program, run(program, facts_of(*entries), answered))


RED, BLUE = {"colour": "red", "side": "left"}, {"colour": "blue", "side": "left"}


@pytest.mark.parametrize(
    ("asked", "entries", "answered", "state"),
    [
        ({"colour": "red"}, (), (), "unknown"),
        ({"colour": "red"}, (RED,), (), "holds"),
        ({"colour": "red"}, (BLUE,), (), "unknown"),
        ({"colour": "red", "shade": "dark"}, (RED,), (), "fails"),  # light is the default
        ({"colour": "red", "side": "right"}, (RED,), (), "unknown"),
        ({"colour": "red", "side": "left"}, (RED,), (), "holds"),
        ({"colour": "red", "side": "right", "shade": "dark"}, ({"colour": "red", "side": "both"},), (), "fails"),
        ({"colour": "any", "shade": "dark"}, (BLUE,), (), "fails"),
        ({"colour": "$c", "shade": "dark"}, (BLUE,), (), "fails"),
        ({"colour": ["red", "green"], "shade": "dark"}, (BLUE,), (), "unknown"),
        ({"colour": "red"}, ({"colour": "clear"},), (), "unknown"),
        ({"colour": "any"}, ({"colour": "clear"},), (), "fails"),
        ({"size": ">= 10"}, (), (), "unknown"),
        ({"size": ">= 10"}, ({"size": 9},), (), "fails"),
        ({"size": ">= 10"}, ({"size": 10},), (), "holds"),
        ({"size": 10}, ({"size": 9},), (), "fails"),
        ({"size": ">= 10", "side": "left"}, ({"size": 12},), (), "unknown"),
        ({"size": ">= 10", "side": "left"}, ({"size": 9},), (), "fails"),
        ({"size": ">= 10", "side": "left"}, ({"size": 9, "side": "right"},), (), "unknown"),
        ({"size": ">= 10", "side": "left"}, ({"size": 9, "side": "left"},), (), "fails"),
        ({"shape": "round", "near": "red"}, ({"shape": "round"},), (), "unknown"),
        ({"shape": "round", "near": "red"}, ({"shape": "round", "near": "blue"},), (), "fails"),
        ({"shape": "round", "near": "red"}, ({"shape": "star"},), (), "unknown"),
        ({"badge": "gold"}, (), (), "unknown"),
        ({"badge": "gold"}, (), ("badge",), "fails"),
        ({"badge": "gold"}, (), ("signed",), "unknown"),
        ({"badge": "gold"}, ({"badge": "gold"},), ("badge",), "holds"),
        ({"badge": "gold"}, ({"badge": "silver"},), (), "unknown"),
        ({"colour": "red"}, (), ("colour",), "unknown"),
        ({"heap": "red"}, (), (), "unknown"),
        ({"heap": "red"}, (RED,), (), "holds"),
        ({"heap": "green"}, (), (), "fails"),
        ({"heap": "red"}, ({"colour": "red", "side": "left"},), (), "holds"),
        ({"tower": "any"}, (), (), "unknown"),
        ({"tower": "star"}, (), (), "fails"),
        ({"heap": "blue"}, (), ("badge",), "unknown"),
        ({"heap": "blue"}, ({"badge": "gold"},), ("badge",), "fails"),
        ({"heap": "any"}, (RED,), (), "holds"),
    ],
)
def test_a_condition_holds_fails_or_is_unknown(asked: Entry, entries: Any, answered: tuple[str, ...], state: str) -> None:
    """Failing needs something on record where it looks; what nobody looked for is unknown."""
    assert known(*entries, answered=answered).state(condition(**asked)) == state


def test_a_conclusion_is_looked_for_six_rules_deep_and_no_further() -> None:
    """What lies behind that many is taken as failing: nothing on record speaks for it."""
    colours = ["red", "green", "blue"]
    chain = [{"tower": shape} for shape in ("round", "square", "star")] + [{"heap": c, "side": "left"} for c in colours]
    steps = [*chain, {"pile": "red"}, {"pile": "green"}]
    rules = [rule("first", {"shape": "star"}, **steps[0])]
    rules += [rule(f"step-{place}", before, **after) for place, (before, after) in enumerate(pairwise(steps))]
    evaluation = known(program=quick_program(rules))
    assert [evaluation.state(condition(**step)) for step in steps] == ["unknown"] * 6 + ["fails"] * 2
    assert [evaluation.could_hold(conditions(step)) for step in steps] == [True] * 6 + [False] * 2
    assert [evaluation.could_fire(read_rule(rule("asked", step))) for step in steps] == [True] * 6 + [False] * 2
    assert known({"shape": "star"}, program=quick_program(rules)).state(condition(**steps[-1])) == "holds"


# --- several conditions together ------------------------------------------------------------------------------------------


BIG = {"size": ">= 10"}
SMALL = {"size": 5}
PAIR = {"any_of": [{"colour": "red"}, BIG]}
TWO = {"at_least": 2, "of": [{"colour": "red"}, BIG, {"badge": "gold"}]}
NO_GOLD, NO_HEAP = {"absent": {"badge": "gold"}}, {"absent": {"heap": "any"}}


@pytest.mark.parametrize(
    ("asked", "entries", "answered", "could", "open_", "met"),
    [
        ([], (), (), True, [], True),
        ([{"colour": "red"}], (), (), True, ["colour"], None),
        ([{"colour": "red"}], (RED,), (), True, [], True),
        ([BIG], (SMALL,), (), False, [], False),
        ([{"colour": "red"}, BIG], (RED,), (), True, ["size"], None),
        ([{"colour": "red"}, BIG], (SMALL,), (), False, ["colour"], False),
        ([PAIR], (), (), True, ["colour", "size"], None),
        ([PAIR], (SMALL,), (), True, ["colour"], None),
        ([PAIR], (RED,), (), True, [], True),
        ([{"any_of": [BIG, {"badge": "gold"}]}], (SMALL,), ("badge",), False, [], False),
        ([TWO], (), (), True, ["colour", "size", "badge"], None),
        ([TWO], (RED,), (), True, ["size", "badge"], None),
        ([TWO], (SMALL,), (), True, ["colour", "badge"], None),
        ([TWO], (SMALL,), ("badge",), False, ["colour"], False),
        ([TWO], (RED, {"size": 10}), (), True, [], True),
        ([NO_GOLD], (), (), True, ["badge"], None),
        ([NO_GOLD], (), ("badge",), True, [], True),
        ([NO_GOLD], ({"badge": "gold"},), ("badge",), False, [], False),
        ([NO_GOLD], ({"badge": "gold"},), (), False, [], False),
        ([NO_HEAP], (), (), True, [], True),
        ([NO_HEAP], (RED,), (), False, [], False),
        ([{"colour": "red"}, NO_GOLD], (RED,), (), True, ["badge"], None),
        ([{"colour": "$c"}, {"link": "$c"}], (RED, {"link": "blue"}), (), True, [], False),
        ([{"colour": "$c"}, {"link": "$c"}], (RED, {"link": "red"}), (), True, [], True),
    ],
)
def test_together_they_are_met_could_be_or_could_not(
    asked: Any, entries: Any, answered: tuple[str, ...], could: bool, open_: list[str], met: bool | None
) -> None:
    """Joins are looked at only by what is met: what does not join has no fact lacking, and is not met."""
    evaluation, bound = known(*entries, answered=answered), conditions(*asked)
    assert evaluation.could_hold(bound) is could
    assert [one.kind for one in evaluation.open_ones(bound)] == open_
    assert evaluation.met(bound) is met
    assert evaluation.fires(bound) is (met is True)


def test_a_rule_could_fire_where_nothing_speaks_against_it() -> None:
    assert known().could_fire(read_rule(rule("r", BIG)))
    assert not known(SMALL).could_fire(read_rule(rule("r", BIG)))


@pytest.mark.parametrize(("entries", "denied"), [((RED,), True), ((BLUE,), False), ((), False)])
def test_an_absence_is_denied_by_what_is_there(entries: Any, denied: bool) -> None:
    assert known(*entries).held(condition(colour="red")) is denied


SIDED = [{"colour": "any", "side": "$s"}, {"shape": "any", "side": "$s"}]


@pytest.mark.parametrize(
    ("asked", "bindings"),
    [
        ([{"colour": "$c", "side": "$s"}], [{"c": "red", "s": "left"}, {"c": "blue", "s": "right"}]),
        ([{"colour": "$c", "side": "$s"}, {"shape": "any", "side": "$s"}], [{"c": "blue", "s": "right"}]),
        ([{"any_of": [{"colour": "$c"}, {"link": "$c"}]}], [{"c": "red"}, {"c": "blue"}, {"c": "green"}]),
        ([{"colour": "clear"}], []),
        ([{"at_least": 2, "of": SIDED}], [{"s": "right"}]),
        ([{"at_least": 1, "of": SIDED}], [{"s": "left"}, {"s": "right"}]),
        ([{"colour": "red", "side": "$s"}, {"at_least": 1, "of": SIDED}], [{"s": "left"}]),
        ([{"at_least": 1, "of": [{"colour": "red"}]}, {"at_least": 1, "of": [{"shape": "star"}]}], []),
        ([{"at_least": 1, "of": [{"colour": "red"}]}, {"at_least": 2, "of": [{"shape": "round"}, {"colour": "blue"}]}], [{}]),
    ],
)
def test_the_ways_to_meet_them_together(asked: Any, bindings: list[dict[str, str]]) -> None:
    evaluation = known(RED, {"colour": "blue", "side": "right"}, {"shape": "round", "side": "right"}, {"link": "green"})
    found = list(evaluation.joined(conditions(*asked)))
    assert sorted(map(repr, found)) == sorted(map(repr, bindings))


@pytest.mark.parametrize(("side", "fires"), [("left", False), ("right", True)])
def test_an_absence_is_asked_under_each_binding(side: str, fires: bool) -> None:
    asked = conditions({"shape": "any", "side": "$s"}, {"absent": {"heap": "red", "side": "$s"}})
    assert known(RED, {"shape": "round", "side": side}).fires(asked) is fires
    unasked = conditions({"shape": "any"}, {"absent": {"badge": "silver"}})
    assert not known({"shape": "round"}).fires(unasked)
    assert known({"shape": "round"}, answered=("badge",)).fires(unasked)


def test_what_a_conclusion_rests_on_are_the_recorded_facts() -> None:
    evaluation = known(RED, {"shape": "star"})
    assert evaluation.roots([Fact("tower", "round")]) == set(facts_of(RED))
    assert evaluation.roots([Fact("nowhere", "round")]) == frozenset()
    assert evaluation.roots(facts_of(RED, {"shape": "star"})) == set(facts_of(RED, {"shape": "star"}))
    assert evaluation.roots([]) == frozenset()
    (root,) = evaluation.roots([Fact("heap", "red", (("side", "left"),))])
    assert root.places


# --- in words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"colour": "red"}, "bright red colour"),
        ({"colour": ["red", "blue"]}, "blue or bright red colour"),
        ({"colour": "red", "side": "left"}, "bright red colour, left"),
        ({"colour": "red", "shade": "dark"}, "bright red colour, shade dark"),
        ({"colour": "any", "side": "$s", "shade": "any"}, "(any colour) colour"),
        ({"shape": "$x"}, "shape: (any shape)"),
        ({"size": "any"}, "size: (any value)"),
        ({"size": ">= 10"}, "size: at least 10 cm"),
        ({"size": "> 10"}, "size: more than 10 cm"),
        ({"size": "<= 10"}, "size: at most 10 cm"),
        ({"size": "< 10", "side": "left"}, "size: less than 10 cm, left"),
        ({"size": "5..10"}, "size: 5 cm to 10 cm"),
        ({"shape": "round", "near": "blue"}, "shape: round, near blue"),
    ],
)
def test_a_condition_in_a_readers_words(asked: Entry, words: str) -> None:
    assert describe_condition(TOY, condition(**asked)) == words
