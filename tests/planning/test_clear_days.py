"""The two days before a race, and its own day, hold no strength, however much the week invites it; planning and the last reading
of the plan each see to it without the other."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from plans import HEAD, SCREEN, plan, session
from stridewise import session as story
from stridewise.errors import InferenceError
from stridewise.plan.model import Plan
from stridewise.planning import strength_week

# The week of Monday 23 November; the race is on Sunday 29. Strength is best placed on the days of hard runs.
INVITING = "week: {mon: easy, tue: long, wed: long, thu: intervals, fri: intervals, sat: tempo, sun: easy}"
CLEAR = {"2026-11-27", "2026-11-28", "2026-11-29"}  # written down here once more: two days and the race's own
RUNNER = f"""{HEAD}{SCREEN}
race: {{distance: 10k, date: 2026-11-29, priority: A}}
training: {{weekly_distance_km: [40, 40, 40], current_exercises: [glute_bridge, side_plank], {INVITING}}}
findings: [weak glutes]
"""


def strength_days(made: Plan) -> set[str]:
    return {day.date for day in made.schedule if any(part.kind == "strength" for part in day.sessions)}


def constraints(days: str = "") -> str:
    return f"constraints: {{equipment: [], sessions_per_week: 3{f', available_days: [{days}]' if days else ''}}}\n"


@pytest.fixture
def no_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What planning does by itself, with nobody reading it again."""
    monkeypatch.setattr(story, "check", lambda *_: None)


@pytest.mark.usefixtures("no_audit")
@pytest.mark.parametrize(
    ("days", "held"), [("", "2026-11-26"), ("thu, fri, sat, sun", "2026-11-26"), ("fri", None), ("sat", None), ("sun", None)]
)
def test_planning_alone_keeps_the_days_before_a_race_clear(days: str, held: str | None) -> None:
    """Hard runs on Thursday, Friday and Saturday; where no other day is free the week goes without."""
    made = strength_days(plan(RUNNER + constraints(days)))
    assert not made & CLEAR
    assert (held in made) if held else not {day for day in made if day > "2026-11-22"}


def test_the_last_reading_alone_keeps_them_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """With planning made to forget them, the plan is refused and not given out."""
    monkeypatch.setattr(strength_week.StrengthWeek, "_is_allowed", lambda self, day, possible: day.isoformat() == "2026-11-27")
    with pytest.raises(InferenceError, match="strength keeps off clear"):
        plan(RUNNER + constraints())


@pytest.mark.usefixtures("no_audit")
def test_the_day_of_the_race_is_clear_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any race window: nobody lifts on the day of a race."""
    found: list[bool] = []
    original = strength_week.StrengthWeek._is_allowed

    def without_windows(self: strength_week.StrengthWeek, day: date, possible: Collection[str]) -> bool:
        outlooks = self.running.outlooks
        monkeypatch.setattr(
            self.running, "outlooks", {one: replace(outlook, windows=frozenset()) for one, outlook in outlooks.items()}
        )
        is_allowed = original(self, day, possible)
        monkeypatch.setattr(self.running, "outlooks", outlooks)
        if day == self.running.race:
            found.append(is_allowed)
        return is_allowed

    monkeypatch.setattr(strength_week.StrengthWeek, "_is_allowed", without_windows)
    session(RUNNER + constraints())
    assert found
    assert not any(found)
