"""Trying a changed profile quickly, each step by itself: which order of changes is let in, and what is never let in."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from stridewise.explain import trials
from stridewise.explain.change import PossibleChange
from stridewise.explain.trials import Trials
from stridewise.language.fact import Fact
from stridewise.profile.facts import Intake

RED, GREEN, BLUE = (Fact("colour", name, (("side", "left"),)) for name in ("red", "green", "blue"))


def change(name: str) -> PossibleChange:
    return PossibleChange(cast(Any, name), name, "earn", Decimal(0))


A, B = change("a"), change("b")


def intake(*facts: Fact) -> Intake:
    return Intake(runner="R-1", as_of=date(2026, 11, 21), facts=facts)


class World:
    """A profile from which something else follows after changes, by their names in order; what is decided goes by these names.
    Nothing protects until a test says so."""

    def __init__(self, patch: pytest.MonkeyPatch, after: dict[str, Intake | None], holding: set[str], **vetoes: set[str]) -> None:
        self.after, self.asked, self.decided = after, [], []  # type: ignore[var-annotated]
        self.inquiry = SimpleNamespace(session=SimpleNamespace(recommendations="before"), inferred_after=self._inferred_after)
        patch.setattr(trials, "supports", lambda session: frozenset())
        patch.setattr(trials, "vetoes_of", lambda recommendations: frozenset(vetoes.get(recommendations, ())))
        patch.setattr(trials, "decide", self._decide)
        patch.setattr(trials, "would_hold", lambda decided: decided)
        self.goal = SimpleNamespace(among=lambda decided: decided in holding)

    def _inferred_after(self, changes: list[str]) -> tuple[Any, str] | None:
        self.asked.append("".join(changes))
        facts = self.after[self.asked[-1]]
        return None if facts is None else (SimpleNamespace(intake=facts), self.asked[-1])

    def _decide(self, situation: Any, recommendations: str) -> str:
        assert situation.intake is self.after[recommendations]
        self.decided.append(recommendations)
        return recommendations

    def trials(self) -> Trials:
        return Trials(cast(Any, self.inquiry), cast(Any, self.goal))


def let_in(tries: Trials, *combination: PossibleChange) -> str | None:
    ordered = tries.lets_in(combination)
    return None if ordered is None else "".join(one.text for one in ordered)


@pytest.mark.parametrize(("holding", "expected"), [({"a"}, "a"), (set(), None)])
def test_a_change_is_let_in_where_the_plan_would_hold_the_item(
    monkeypatch: pytest.MonkeyPatch, holding: set[str], expected: str | None
) -> None:
    world = World(monkeypatch, {"a": intake(RED)}, holding)
    tries = world.trials()
    assert let_in(tries, A) == expected
    assert (world.decided, tries.planned) == (["a"], 1)


@pytest.mark.parametrize(
    ("holding", "expected", "asked"),
    [
        ({"ab", "ba"}, "ab", ["ab"]),
        ({"ba"}, "ba", ["ab", "ba"]),
        ({"a", "b"}, None, ["ab", "ba"]),
    ],
)
def test_two_changes_are_tried_in_both_orders(
    monkeypatch: pytest.MonkeyPatch, holding: set[str], expected: str | None, asked: list[str]
) -> None:
    world = World(monkeypatch, {"ab": intake(RED), "ba": intake(BLUE)}, holding)
    tries = world.trials()
    assert let_in(tries, A, B) == expected
    assert (world.asked, tries.planned) == (asked, len(asked))


def test_what_does_not_fit_the_profile_is_not_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = World(monkeypatch, {"ab": None, "ba": intake(BLUE), "a": None}, {"ab", "ba", "a"}).trials()
    assert (let_in(tries, A), tries.planned) == (None, 0)
    assert (let_in(tries, A, B), tries.planned) == ("ba", 1)


@pytest.mark.parametrize(
    ("held", "expected", "planned"), [((), "ab", 1), ((RED,), "ba", 1), ((RED, BLUE), "ba", 1), ((RED, GREEN), None, 0)]
)
def test_no_fact_that_protects_is_lost(
    monkeypatch: pytest.MonkeyPatch, held: tuple[Fact, ...], expected: str | None, planned: int
) -> None:
    world = World(monkeypatch, {"ab": intake(BLUE), "ba": intake(RED, BLUE)}, {"ab", "ba"})
    protects = world.inquiry.session
    monkeypatch.setattr(trials, "supports", lambda session: frozenset(held) if session is protects else frozenset())
    tries = world.trials()
    assert (let_in(tries, A, B), tries.planned) == (expected, planned)


@pytest.mark.parametrize(("kept", "expected"), [({"x", "y"}, "a"), ({"x", "y", "z"}, "a"), ({"x"}, None), (set(), None)])
def test_no_referral_or_contraindication_is_lost(monkeypatch: pytest.MonkeyPatch, kept: set[str], expected: str | None) -> None:
    tries = World(monkeypatch, {"a": intake(RED)}, {"a"}, before={"x", "y"}, a=kept).trials()
    assert (let_in(tries, A), tries.planned) == (expected, 1 if expected else 0)
