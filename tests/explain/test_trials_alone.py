"""Trying a changed profile quickly, each step by itself: how facts are put together, what may be left out of the work, and what
is never let in."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kit import TOY
from situations import record
from stridewise.explain import trials
from stridewise.explain.change import PossibleChange
from stridewise.explain.goal import EXERCISE, RULE, TARGET, PlanGoal
from stridewise.explain.trials import Effect, Trials
from stridewise.inference.memory import Activation, WorkingMemory
from stridewise.language.exercise import Exercise, Gate, Targets
from stridewise.language.fact import Fact
from stridewise.profile.facts import Intake

RED, GREEN, BLUE = (Fact("colour", name, (("side", "left"),)) for name in ("red", "green", "blue"))
SIZE, TALL, OTHER = Fact("size", Decimal(5)), Fact("size", Decimal(9)), Fact("size", Decimal(5), (("side", "left"),))
SPIN = PlanGoal(EXERCISE, "spin", "Spin")


def change(name: str) -> PossibleChange:
    return PossibleChange(cast(Any, name), name, "earn", Decimal(0))


A, B = change("a"), change("b")


def intake(*facts: Fact, answered: Iterable[str] = ()) -> Intake:
    return Intake(runner="R-1", as_of=date(2026, 11, 21), facts=facts, answered=frozenset(answered))


class Inquiry:
    """A profile of some facts, and what it says after changes: by their names in order."""

    def __init__(self, before: Intake, after: dict[str, Intake | None] | None = None, exercises: Iterable[Exercise] = ()) -> None:
        suppliers = SimpleNamespace(of=lambda condition: [])
        self.program = SimpleNamespace(
            vocabulary=TOY, plugins=None, exercises={one.id: one for one in exercises}, suppliers=suppliers
        )
        situation = SimpleNamespace(intake=before, program=self.program)
        self.session = SimpleNamespace(situation=situation, recommendations="recommended before")
        self.after = after or {}
        self.asked: list[str] = []

    def facts_after(self, changes: list[Any]) -> Intake | None:
        self.asked.append(" ".join(changes))
        return self.after.get(self.asked[-1])


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing protects, nothing is asked for, no plugin computes facts."""
    monkeypatch.setattr(trials, "supports", lambda session: frozenset())
    monkeypatch.setattr(trials, "vetoes_of", lambda recommendations: frozenset())
    monkeypatch.setattr(trials, "_part_about", lambda program, goal: ("part of it", frozenset({"toy/asks"})))
    monkeypatch.setattr(trials, "computes_facts", lambda plugins: False)
    return monkeypatch


def trying(inquiry: Inquiry, goal: PlanGoal = SPIN) -> Trials:
    return Trials(cast(Any, inquiry), goal)


def intakes(inquiry: Inquiry, *combination: PossibleChange) -> list[tuple[str, set[Fact], frozenset[str]]]:
    return [
        (" ".join(one.text for one in ordered), set(taken.facts), taken.answered)
        for ordered, taken in trying(inquiry).intakes(combination)
    ]


# --- facts ----------------------------------------------------------------------------------------------------------------


def test_one_change_is_what_the_profile_says_after_it(patch: pytest.MonkeyPatch) -> None:
    inquiry = Inquiry(intake(RED, answered=("badge",)), {"a": intake(GREEN, answered=("badge", "signed"))})
    assert intakes(inquiry, A) == [("a", {GREEN}, {"badge", "signed"})]
    assert intakes(Inquiry(intake(RED), {"a": None}), A) == []


def test_two_changes_that_do_not_touch_are_put_together_without_asking_the_profile(patch: pytest.MonkeyPatch) -> None:
    after = {"a": intake(GREEN, RED, SIZE, answered=("badge",)), "b": intake(RED, TALL, answered=("badge", "signed"))}
    inquiry = Inquiry(intake(RED, SIZE, answered=("badge",)), after)
    assert intakes(inquiry, A, B) == [("a b", {RED, GREEN, TALL}, {"badge", "signed"})]
    assert inquiry.asked == ["a", "b"]
    (_, taken), *_ = trying(inquiry).intakes((A, B))
    assert list(taken.facts) == sorted(taken.facts, key=lambda fact: fact.sort_key)


def test_a_list_that_is_no_longer_answered_after_one_of_two_is_answered_after_none(patch: pytest.MonkeyPatch) -> None:
    after = {"a": intake(GREEN, answered=("signed",)), "b": intake(SIZE, answered=("badge", "signed", "nickname"))}
    assert intakes(Inquiry(intake(answered=("badge", "signed")), after), A, B) == [("a b", {GREEN, SIZE}, {"signed", "nickname"})]


def test_two_changes_that_touch_are_asked_of_the_profile_in_both_orders(patch: pytest.MonkeyPatch) -> None:
    after = {"a": intake(TALL), "b": intake(SIZE), "a b": intake(RED), "b a": intake(BLUE)}
    inquiry = Inquiry(intake(), after)
    assert intakes(inquiry, A, B) == [("a b", {RED}, frozenset()), ("b a", {BLUE}, frozenset())]
    assert inquiry.asked == ["a", "b", "a b", "b a"]
    assert intakes(Inquiry(intake(), {**after, "a b": None}), A, B) == [("b a", {BLUE}, frozenset())]
    assert intakes(Inquiry(intake(), {"a": None, "b": intake(RED), "b a": intake(GREEN)}), A, B) == [
        ("b a", {GREEN}, frozenset())
    ]


def test_the_effect_of_a_change_is_worked_out_once(patch: pytest.MonkeyPatch) -> None:
    inquiry = Inquiry(intake(), {"a": intake(RED), "b": None})
    tries = trying(inquiry)
    for _ in range(2):
        list(tries.intakes((A,)))
        list(tries.intakes((B,)))
    assert inquiry.asked == ["a", "b"]
    assert tries.effects == {"a": Effect(frozenset(), (RED,), frozenset(), frozenset({("colour", "red", "left")})), "b": None}


def test_what_an_effect_takes_away_and_brings(patch: pytest.MonkeyPatch) -> None:
    inquiry = Inquiry(intake(RED, SIZE), {"a": intake(RED, TALL, GREEN, answered=("badge",))})
    tries = trying(inquiry)
    list(tries.intakes((A,)))
    assert tries.effects["a"] == Effect(
        frozenset({SIZE}), (TALL, GREEN), frozenset({"badge"}), frozenset({("size", ()), ("colour", "green", "left")})
    )


@pytest.mark.parametrize(
    ("fact", "spot"),
    [
        (RED, ("colour", "red", "left")),
        (OTHER, ("size", (("side", "left"),))),
        (Fact("nickname", "Al"), ("nickname", ())),
        (Fact("weeks_to_race", Decimal(3)), trials.RACE),
        (Fact("weekly_distance", Decimal(3)), trials.DISTANCE),
        (Fact("longest_run", Decimal(3)), frozenset({"longest_run", "planned_longest_run", "planned_run_spike"})),
        (Fact("planned_run_spike", Decimal(3)), frozenset({"longest_run", "planned_longest_run", "planned_run_spike"})),
        (Fact("age", Decimal(3)), "age"),
    ],
)
def test_what_a_fact_shares_with_those_that_it_may_contradict(patch: pytest.MonkeyPatch, fact: Fact, spot: object) -> None:
    inquiry = Inquiry(intake())
    kinds = {fact.kind: TOY.kinds.get(fact.kind, TOY.kinds["size"])}
    inquiry.program.vocabulary = SimpleNamespace(kinds=kinds)
    assert trying(inquiry)._spot(fact) == spot


def test_where_a_plugin_computes_facts_no_two_changes_are_apart(patch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    patch.setattr(trials, "computes_facts", lambda plugins: asked.append(plugins) or True)
    inquiry = Inquiry(intake(), {"a": intake(RED), "b": intake(SIZE), "a b": intake(GREEN)})
    inquiry.program.plugins = "the plugins"
    assert intakes(inquiry, A, B) == [("a b", {GREEN}, frozenset())]
    assert asked == ["the plugins"]


# --- what follows from them -------------------------------------------------------------------------------------------------


def activated(*rules: str, **said: Any) -> WorkingMemory:
    held = WorkingMemory(answered=frozenset(said.pop("answered", ())))
    for kind, values in said.items():
        for value in values:
            held.add(Fact(kind, value))
    for rule in rules:
        held.record(Activation(cast(Any, SimpleNamespace(id=rule)), 0, (), ()), [])
    return held


def infers(patch: pytest.MonkeyPatch, memory: WorkingMemory) -> list[Any]:
    asked: list[Any] = []
    patch.setattr(trials, "infer", lambda *given: asked.append(given) or SimpleNamespace(memory=memory))
    return asked


GATED = record("spin", gates=(Gate(needs=(), earn="So."),))
HARDER = record("leap", targets=Targets(direct=("power",)))
EASIER = {"leap": ["spin"], "spin": []}


@pytest.mark.parametrize(
    ("exercise", "memory", "expected"),
    [
        (record("spin"), activated("toy/asks"), True),
        (record("spin"), activated("toy/other"), False),
        (record("spin"), activated(), False),
        (record("spin"), activated(pinned_exercise=["spin"]), True),
        (record("spin"), activated(pinned_exercise=["leap"]), True),
        (record("spin"), activated(pinned_exercise=["hold"]), False),
        (GATED, activated("toy/asks"), False),
        (GATED, activated("toy/asks", earned=["spin"]), True),
        (GATED, activated("toy/asks", earned=["leap"]), False),
        (GATED, activated(earned=["spin"]), False),
        (record("spin", equipment=(("bar",),)), activated("toy/asks"), False),
        (record("spin", equipment=(("bar",),)), activated("toy/asks", equipment=["bar"]), False),  # it was not asked
        (record("spin", equipment=(("bar",),)), activated("toy/asks", equipment=["bar"], answered=["equipment"]), True),
        (record("spin", equipment=(("bar",),)), activated("toy/asks", equipment=["box"], answered=["equipment"]), False),
        (record("spin", position="kneeling"), activated("toy/asks", cannot=["kneel"]), False),
        (record("spin", position="kneeling"), activated("toy/asks", cannot=["hang"]), True),
    ],
)
def test_an_exercise_is_asked_for_earned_and_can_be_done(
    patch: pytest.MonkeyPatch, exercise: Exercise, memory: WorkingMemory, expected: bool
) -> None:
    patch.setattr(trials, "easier", lambda program, name: EASIER.get(name, []) if program.exercises else [])
    asked = infers(patch, memory)
    tries = trying(Inquiry(intake(), exercises=[exercise, HARDER, record("hold")]))
    assert tries._may_be_in(intake(RED, answered=("badge",))) is expected
    assert asked == [("part of it", (RED,), {"badge"}, "reference")]


@pytest.mark.parametrize(
    ("goal", "memory", "expected"),
    [
        (PlanGoal(TARGET, "power", ""), activated("toy/asks"), True),
        (PlanGoal(TARGET, "power", ""), activated(), False),
        (PlanGoal(TARGET, "power", ""), activated(pinned_exercise=["leap"]), True),
        (PlanGoal(TARGET, "power", ""), activated(pinned_exercise=["spin"]), False),
        (PlanGoal(TARGET, "power", ""), activated(pinned_exercise=["stride"]), True),
        (PlanGoal(RULE, "toy/asks", ""), activated("toy/asks"), True),
        (PlanGoal(RULE, "leap", ""), activated(pinned_exercise=["leap"]), False),
    ],
)
def test_a_target_is_asked_for_by_a_pin_that_serves_it_and_a_rule_by_none(
    patch: pytest.MonkeyPatch, goal: PlanGoal, memory: WorkingMemory, expected: bool
) -> None:
    patch.setattr(trials, "easier", lambda program, name: {"stride": ["leap"]}.get(name, []))
    infers(patch, memory)
    tries = trying(Inquiry(intake(), exercises=[GATED, HARDER, record("stride")]), goal)
    assert tries._may_be_in(intake()) is expected


@pytest.mark.parametrize(
    ("kept", "among", "expected"),
    [({"a", "b"}, True, True), ({"a", "b", "c"}, True, True), ({"a"}, True, False), ({"a", "b"}, False, False)],
)
def test_the_plan_holds_it_and_no_referral_or_contraindication_is_lost(
    patch: pytest.MonkeyPatch, kept: set[str], among: bool, expected: bool
) -> None:
    found = {"recommended before": {"a", "b"}, "recommended after": kept}
    patch.setattr(trials, "vetoes_of", lambda recommendations: frozenset(found[recommendations]))
    patch.setattr(trials, "Explainer", lambda program, memory: ("explains", program, memory))
    patch.setattr(trials, "decide", lambda situation, recommendations: ("decided", situation, recommendations))
    patch.setattr(trials, "would_hold", lambda decided: decided)
    after = activated()
    asked, given, inquiry, held = infers(patch, after), intake(RED, answered=("badge",)), Inquiry(intake()), []
    goal = SimpleNamespace(kind=RULE, name="x", among=lambda decided: held.append(decided) or among)
    tries = Trials(cast(Any, inquiry), cast(Any, goal))

    def found_by(explainer: Any) -> str:
        assert explainer == ("explains", inquiry.program, after)
        return "recommended after"

    patch.setattr(trials, "collect", found_by)
    assert [tries._is_in(given) for _ in range(2)] == [expected] * 2
    assert tries.planned == 2
    assert asked == [(inquiry.program, (RED,), {"badge"}, "reference")] * 2
    for decided, situation, recommendations in held:
        assert (decided, recommendations) == ("decided", "recommended after")
        assert (situation.program, situation.intake, situation.memory) == (inquiry.program, given, after)
        assert situation.explainer == ("explains", inquiry.program, after)
    assert bool(held) is ({"a", "b"} <= kept)


@pytest.mark.parametrize(
    ("held", "may", "is_in", "expected"),
    [
        ((), True, True, "a b"),
        ((RED,), True, True, "b a"),
        ((RED, BLUE), True, True, "b a"),
        ((RED, GREEN), True, True, None),
        ((), False, True, None),
        ((), True, False, None),
    ],
)
def test_the_first_order_that_loses_no_protected_fact_and_may_hold_it_is_let_in(
    patch: pytest.MonkeyPatch, held: tuple[Fact, ...], may: bool, is_in: bool, expected: str | None
) -> None:
    patch.setattr(trials, "supports", lambda session: frozenset(held))
    patch.setattr(Trials, "_may_be_in", lambda self, taken: may and isinstance(taken, Intake))
    patch.setattr(Trials, "_is_in", lambda self, taken: is_in and isinstance(taken, Intake))
    after = {"a": intake(TALL), "b": intake(SIZE), "a b": intake(BLUE), "b a": intake(RED, BLUE)}
    ordered = trying(Inquiry(intake(RED, GREEN), after)).lets_in((A, B))
    assert (None if ordered is None else " ".join(one.text for one in ordered)) == expected


def test_what_protects_is_read_from_the_session_that_is_asked_about(patch: pytest.MonkeyPatch) -> None:
    inquiry = Inquiry(intake())
    patch.setattr(trials, "supports", lambda session: frozenset({RED}) if session is inquiry.session else frozenset())
    patch.setattr(trials, "vetoes_of", lambda recommendations: frozenset({recommendations}))
    patch.setattr(trials, "_part_about", lambda program, goal: ((program, goal), frozenset({"toy/x"})))
    tries = trying(inquiry)
    assert (tries.held, tries.vetoes, tries.asking) == ({RED}, {"recommended before"}, {"toy/x"})
    assert tries.part == (inquiry.program, SPIN)
