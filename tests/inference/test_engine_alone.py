"""What the engine itself does around the matchers: which run, in what order facts come, what may be absent, and what is said
where they differ. A matcher of plain Python stands in for durable_rules."""

from typing import Any

import pytest

from kit import BASICS, facts_of, fired, plain, quick_program, run
from stridewise.errors import InferenceError, StridewiseError
from stridewise.inference import durable, engine
from stridewise.inference.durable import BeyondDurable
from stridewise.inference.engine import Engine, MissingMatcherError, absent, infer
from stridewise.inference.memory import WorkingMemory
from stridewise.language.fact import Fact
from stridewise.program.program import Program

RED, BLUE, ROUND = {"colour": "red", "side": "left"}, {"colour": "blue", "side": "right"}, {"shape": "round", "side": "left"}


def rule(name: str, *when: dict[str, Any], **then: str) -> dict[str, Any]:
    return {"id": name, "when": list(when), "then": [{"conclude": then or {"ready": "yes"}}], **BASICS}


SEES_RED = rule("sees-red", {"colour": "red"}, heap="red", side="left")
PROGRAM = quick_program(
    [
        SEES_RED,
        rule("lower", {"heap": "red"}, tally="5"),
        rule("not-heaped", {"shape": "any"}, {"absent": {"heap": "any"}}),
        rule("no-gold", {"shape": "any"}, {"absent": {"badge": "gold"}}, pile="red"),
    ]
)


class StandsIn:
    """The reference in place of durable_rules, changed."""

    def __init__(self, program: Program, number: int, change: Any = list) -> None:
        self.honest, self.change = engine.ReferenceMatcher(engine.compiled_stratum(program, number)), change

    def saturate(self, *arguments: Any) -> Any:
        return self.change(self.honest.saturate(*arguments))


@pytest.fixture
def stood_in(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(durable, "available", lambda: True)
    monkeypatch.setattr(engine, "durable_matcher", StandsIn)
    return monkeypatch


# --- which matchers ran -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "told"),
    [("reference", "reference"), ("durable", "durable_rules"), ("both", "durable_rules and reference, in agreement")],
)
def test_what_ran_is_told(stood_in: pytest.MonkeyPatch, choice: str, told: str) -> None:
    found = infer(PROGRAM, facts_of(RED), frozenset(), choice)
    assert (found.engine, found.engine.describe()) == (Engine(choice), told)
    assert fired(found.memory) == {"sees-red", "lower"}


def test_both_is_what_runs_where_nothing_is_asked_for(stood_in: pytest.MonkeyPatch) -> None:
    assert infer(PROGRAM, [], frozenset()).engine.choice == Engine().choice == "both"


@pytest.mark.parametrize(
    ("choice", "told"),
    [("reference", "reference"), ("both", f"reference alone: {engine.NOT_INSTALLED}")],
)
def test_without_durable_rules_the_reference_runs_alone_and_says_so(
    monkeypatch: pytest.MonkeyPatch, choice: str, told: str
) -> None:
    monkeypatch.setattr(durable, "available", lambda: False)
    found = infer(PROGRAM, facts_of(RED), frozenset(), choice)
    assert found.engine.describe() == told
    assert not found.engine.runs_durable
    assert bool(found.engine.left_out) is (choice == "both"), "what was not asked for is not left out"
    assert fired(found.memory) == {"sees-red", "lower"}
    with pytest.raises(MissingMatcherError, match=r"pip install .*durable-rules==2\.0\.28") as raised:
        infer(PROGRAM, [], frozenset(), "durable")
    assert raised.value.exit_code == 2
    assert isinstance(raised.value, StridewiseError)


def test_an_unknown_engine_is_refused_with_those_there_are() -> None:
    with pytest.raises(InferenceError, match=r'^unknown engine "magic"; one of both, durable, reference, generated$'):
        infer(PROGRAM, [], frozenset(), "magic")


def beyond(program: Program, number: int) -> Any:
    if number == 1:
        raise BeyondDurable("too many rules")
    return StandsIn(program, number)


@pytest.mark.parametrize("choice", ["durable", "both"])
def test_beyond_its_limits_the_reference_runs_alone_from_there_on(stood_in: pytest.MonkeyPatch, choice: str) -> None:
    stood_in.setattr(engine, "durable_matcher", beyond)
    assert len(PROGRAM.strata) == 2
    found = infer(PROGRAM, facts_of(RED, ROUND), frozenset({"badge"}), choice)
    assert found.engine == Engine(choice, "too many rules")
    assert found.engine.describe() == "reference alone: too many rules"
    assert fired(found.memory) == {"sees-red", "lower", "no-gold"}


def test_of_the_engines_only_those_asked_for_run(stood_in: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any) -> Any:
        raise AssertionError("not asked for")

    for name, choice in (("durable_matcher", "reference"), ("reference_matcher", "durable")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine, name, breaks)
            assert fired(infer(PROGRAM, facts_of(RED), frozenset(), choice).memory) == {"sees-red", "lower"}


# --- where they differ --------------------------------------------------------------------------------------------------------


def differing(change: Any) -> Any:
    return lambda program, number: StandsIn(program, number, change if number == 0 else list)


def test_a_difference_names_each_matchers_own_firings_and_the_facts(stood_in: pytest.MonkeyPatch) -> None:
    many = quick_program([rule(f"r{number}", {"colour": "red"}, {"size": "any"}) for number in range(7)])
    stood_in.setattr(engine, "durable_matcher", differing(lambda fired: fired[:1]))
    with pytest.raises(InferenceError) as raised:
        infer(many, facts_of(RED, {"size": 5, "side": "left"}), frozenset(), "both")
    first, *lines, facts = str(raised.value).split("\n")
    assert first == "the matchers disagree in stratum 0; no plan is made."
    assert lines == [f"only reference fired toy/r{number} for colour, size" for number in range(1, 6)], "five of each"
    assert facts == ('facts: [{"colour": "red", "shade": "light", "side": "left"}, {"size": "5", "side": "left"}]'), (
        "without the engine's own"
    )
    stood_in.setattr(engine, "reference_matcher", differing(lambda fired: fired[:1]))
    stood_in.setattr(engine, "durable_matcher", StandsIn)
    with pytest.raises(InferenceError, match="only durable_rules fired toy/r1 for colour, size"):
        infer(many, facts_of(RED, {"size": 5, "side": "left"}), frozenset(), "both")


def test_the_order_in_which_they_found_it_is_no_difference(stood_in: pytest.MonkeyPatch) -> None:
    stood_in.setattr(engine, "durable_matcher", differing(lambda fired: fired[::-1]))
    several = quick_program([rule("b", {"colour": "any"}), rule("a", {"colour": "any"}), rule("c", {"colour": "red"})])
    memory = infer(several, facts_of(BLUE, RED), frozenset(), "both").memory
    assert [one.rule.id for one in memory.activations] == ["toy/a", "toy/a", "toy/b", "toy/b", "toy/c"]
    assert [plain(one.facts[0])["colour"] for one in memory.activations] == ["blue", "red", "blue", "red", "red"]
    stood_in.setattr(engine, "durable_matcher", differing(lambda fired: [*fired, fired[0]]))
    with pytest.raises(InferenceError, match="disagree"):
        infer(several, facts_of(BLUE, RED), frozenset(), "both")


# --- facts, absence, counts ---------------------------------------------------------------------------------------------------


def test_facts_are_known_in_the_order_of_what_they_say() -> None:
    given = facts_of(ROUND, RED, BLUE)
    for order in (given, given[::-1]):
        assert list(infer(quick_program([]), order, frozenset({"badge"}), "reference").memory.facts) == [
            given[2],
            given[1],
            given[0],
        ]
    assert infer(quick_program([]), given, frozenset({"badge"}), "reference").memory.answered == {"badge"}


@pytest.mark.parametrize(
    ("entries", "answered", "expected"),
    [
        ((ROUND,), ("badge",), {"not-heaped", "no-gold"}),
        ((ROUND,), (), {"not-heaped"}),
        ((ROUND, RED), ("badge",), {"sees-red", "lower", "no-gold"}),
        ((ROUND, {"badge": "gold"}), ("badge",), {"not-heaped"}),
        ((ROUND, {"badge": "silver"}), ("badge",), {"not-heaped", "no-gold"}),
        ((ROUND, {"badge": "silver"}), (), {"not-heaped"}),
    ],
)
def test_what_is_absent_is_false_only_where_its_list_was_given(
    entries: Any, answered: tuple[str, ...], expected: set[str]
) -> None:
    assert fired(run(PROGRAM, facts_of(*entries), answered)) == expected


def test_an_absence_is_asked_under_the_binding_of_the_rule() -> None:
    sided = quick_program([SEES_RED, rule("free", {"shape": "any", "side": "$s"}, {"absent": {"heap": "red", "side": "$s"}})])
    assert fired(run(sided, facts_of(RED, ROUND))) == {"sees-red"}
    assert fired(run(sided, facts_of(RED, {**ROUND, "side": "right"}))) == {"sees-red", "free"}
    two = quick_program([SEES_RED, rule("free", {"shape": "any"}, {"absent": {"heap": "blue"}}, {"absent": {"heap": "red"}})])
    assert fired(run(two, facts_of(RED, ROUND))) == {"sees-red"}


@pytest.mark.parametrize(
    ("kind", "answered", "may"), [("heap", (), True), ("badge", (), False), ("badge", ("badge",), True), ("colour", (), False)]
)
def test_the_absence_of_a_conclusion_or_of_an_answered_list_is_false(kind: str, answered: tuple[str, ...], may: bool) -> None:
    assert absent(PROGRAM, WorkingMemory(answered=frozenset(answered)), kind) is may


def test_a_count_rests_on_the_facts_that_were_counted() -> None:
    group = {"at_least": 2, "of": [{"colour": "red"}, {"shape": "round"}, {"badge": "gold"}]}
    counts = quick_program([rule("counts", group), rule("plain", {"colour": "red"})])
    memory = run(counts, facts_of(RED, ROUND, BLUE))
    assert {one.rule.id: [fact.kind for fact in one.supports] for one in memory.activations} == {
        "toy/counts": ["colour", "shape"],
        "toy/plain": [],
    }
    (ready,) = memory.derivations
    assert ready == Fact("ready", "yes")
    assert [one.rule.id for one in memory.derivations[ready]] == ["toy/counts", "toy/plain"]
    assert fired(run(counts, facts_of(BLUE, ROUND))) == set()


def test_two_counts_are_met_at_once() -> None:
    groups = [
        {"at_least": 1, "of": [{"colour": "red"}, {"badge": "gold"}]},
        {"at_least": 1, "of": [{"shape": "any"}, {"link": "red"}]},
    ]
    counts = quick_program([rule("counts", *groups), rule("again", groups[1])])
    memory = run(counts, facts_of(RED, ROUND))
    assert {one.rule.id: [fact.kind for fact in one.supports] for one in memory.activations} == {
        "toy/counts": ["colour", "shape"],
        "toy/again": ["shape"],
    }


def test_a_rule_about_everybody_fires_without_facts() -> None:
    assert fired(run(quick_program([rule("always")]), [])) == {"always"}
