"""What holds for the running of every plan: races and plan days on every weekday, volumes from nothing to a lot, pains of every
colour. A few dozen random runners in an ordinary run, many with STRIDEWISE_LONG=1."""

import os
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from random import Random
from typing import Any

import pytest

import plans
from stridewise.plan.model import Plan, PlannedDay, PlannedSession
from stridewise.render.schedule import weeks

MANY = 400 if os.environ.get("STRIDEWISE_LONG") == "1" else 40
SEEDS = range(MANY)
MONDAY = date(2026, 11, 23)
DISTANCES = ("5k", "10k", "half_marathon", "marathon", "ultra")
SESSIONS = ("rest", "easy", "easy", "long", "intervals", "tempo", "cross")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REGIONS = ("achilles", "lateral_knee", "anterior_knee", "calf", "hamstring", "heel", "low_back")
HARD = ("Intervals", "intervals", "tempo run", "Tempo run")
HALF_FROM = 20
SAFE = "safety: {screened: 2026-11-20, red_flags: [], par_q: {any_yes: false}}\n"


@dataclass(frozen=True)
class Runner:
    """A random runner, and the same one without pain."""

    seed: int

    @cached_property
    def chosen(self) -> dict[str, Any]:
        draw = Random(self.seed)  # noqa: S311  # no secret
        as_of = MONDAY + timedelta(draw.randrange(7))
        km = draw.choice([0, 8, 20, 30, 31, 45, 60, 90])
        return {
            "as_of": as_of,
            "race": as_of + timedelta(draw.randrange(1, 90)) if draw.random() < 0.85 else None,
            "distance": draw.choice(DISTANCES),
            "priority": draw.choice(["A", "A", "B", "C", None]),
            "weeks": [km] if draw.random() < 0.5 else [max(0, km + draw.randrange(-20, 20)) for _ in range(3)] + [km],
            "longest": draw.choice([None, 5, 10, 18, 32]),
            "week": {day: draw.choice(SESSIONS) for day in WEEKDAYS} if draw.random() < 0.6 else None,
            "runs": draw.choice([None, 2, 4, 6]),
            "pain": self._pain(draw),
        }

    @staticmethod
    def _pain(draw: Random) -> str:
        said = [f"pain: {draw.choice(REGIONS)}, side: left, tissue: {draw.choice(['tendon', 'muscle', 'unknown'])}"]
        said.append(f"intensity: {draw.randrange(1, 8)}, during: {draw.choice(['run', 'run', 'walk', 'squat'])}")
        said.append(f"next_morning: {draw.randrange(0, 4)}")
        said.append(draw.choice(["rising: true", "rising: false", "onset_after: 5 km", "onset_after: 25 min"]))
        return f"symptoms: [{{{', '.join(said)}}}]\n"

    def text(self, hurts: bool) -> str:
        one = self.chosen
        priority = "" if one["priority"] is None else f", priority: {one['priority']}"
        race = "" if one["race"] is None else f"race: {{distance: {one['distance']}, date: {one['race']}{priority}}}\n"
        longest = "" if one["longest"] is None else f", longest_run_km: {one['longest']}"
        week = "" if one["week"] is None else f", week: {{{', '.join(f'{day}: {name}' for day, name in one['week'].items())}}}"
        runs = "" if one["runs"] is None else f", runs_per_week: {one['runs']}"
        training = f"training: {{weekly_distance_km: {one['weeks']}{longest}{week}{runs}}}\n"
        head = f"schema: 1\nrunner: {{ref: R-1, age: 34, sex: female}}\nrecorded: {one['as_of']}\nfindings: [weak glutes]\n"
        return head + SAFE + race + training + (one["pain"] if hurts else "")

    def plan(self, hurts: bool) -> Plan:
        return plans.plan(self.text(hurts), as_of=self.chosen["as_of"])


@pytest.fixture(scope="module", params=SEEDS)
def pair(request: pytest.FixtureRequest) -> tuple[Runner, Plan, Plan]:
    """A runner with the plan for the painful one and for the twin without pain."""
    runner = Runner(request.param)
    return runner, runner.plan(hurts=True), runner.plan(hurts=False)


def heads(plan: Plan) -> list[PlannedDay]:
    return [day for day in plan.schedule if day.totals is not None]


def runs(plan: Plan) -> list[tuple[date, PlannedSession]]:
    days = [day for day in plan.schedule if not day.outline]
    return [(date.fromisoformat(day.date), one) for day in days for one in day.sessions if one.kind == "run"]


def test_weeks_are_calendar_weeks_that_end_at_the_race(pair: tuple[Runner, Plan, Plan]) -> None:
    runner, *both = pair
    for plan in both:
        starts = [date.fromisoformat(row.start) for row in weeks(plan)]
        assert all(start.weekday() == 0 for start in starts[1:])
        assert all((later - earlier).days == 7 for earlier, later in pairwise(starts[1:]))
        if starts and runner.chosen["race"] is not None:
            assert weeks(plan)[-1].race == str(runner.chosen["race"])
            assert 0 <= (runner.chosen["race"] - starts[-1]).days <= 6
        for day in plan.schedule:
            begin = starts[day.week - 1]
            assert begin <= date.fromisoformat(day.date) <= begin + timedelta(6)


def test_a_taper_never_rises(pair: tuple[Runner, Plan, Plan]) -> None:
    for plan in pair[1:]:
        for earlier, later in pairwise(heads(plan)):
            if later.phase in ("taper", "race_week") and later.totals and earlier.totals:
                for name in ("running_km", "longest_run_km"):
                    before, after = getattr(earlier.totals, name), getattr(later.totals, name)
                    assert before is None or after is None or after <= before, name


def test_the_longest_run_is_half_of_the_week_at_most(pair: tuple[Runner, Plan, Plan]) -> None:
    for plan in pair[1:]:
        for day in heads(plan):
            km, longest = day.totals.running_km, day.totals.longest_run_km  # type: ignore[union-attr]
            if km is not None and longest is not None:
                assert longest <= (km / 2 if km > HALF_FROM else km)


def test_who_hurts_never_runs_more_than_the_twin_who_does_not(pair: tuple[Runner, Plan, Plan]) -> None:
    _, hurting, well = pair
    for one, twin in zip(heads(hurting), heads(well), strict=False):
        for name in ("running_km", "longest_run_km"):
            mine, other = getattr(one.totals, name), getattr(twin.totals, name)
            assert mine is None or other is None or mine <= other, name


def test_the_days_hold_what_the_week_says(pair: tuple[Runner, Plan, Plan]) -> None:
    for plan in pair[1:]:
        for head in heads(plan):
            days = [day for day in plan.schedule if day.week == head.week and not day.outline]
            held = [one.km for day in days for one in day.sessions if one.km is not None]
            assert head.totals is not None
            if held:
                assert sum(held) <= (head.totals.running_km or 0)
                assert max(held) <= (head.totals.longest_run_km or max(held))
                assert all(km == int(km) for km in held)
                if len(days) == 7:
                    assert sum(held) == head.totals.running_km


def test_no_run_contradicts_any_entry(pair: tuple[Runner, Plan, Plan]) -> None:
    """Nothing hard on the eve of a race, in the last three days before a marathon, or where pain makes runs easy; nothing at all
    where anything stops running."""
    runner, *both = pair
    race, is_long = runner.chosen["race"], runner.chosen["distance"] in ("marathon", "ultra")
    for plan in both:
        modes = {fact["running"] for fact in (one.fact for one in plan.conclusions) if "running" in fact}
        stopped = any("running_waits" in one.fact for one in plan.conclusions)
        for day, session in runs(plan):
            assert not stopped
            hard = session.title in HARD
            assert not (hard and modes & {"easy", "walk_run"})
            if race is not None:
                left = (race - day).days
                assert not (hard and left <= (3 if is_long else 1))
                assert not (session.title == "long run" and left < (5 if is_long else 3))
        for adjustment in plan.load_adjustments:
            first = heads(plan)[0].totals if heads(plan) else None
            said = {"weekly_distance": "running_km", "longest_run": "longest_run_km"}.get(adjustment.metric)
            if said and first and adjustment.to is not None and getattr(first, said) is not None:
                assert getattr(first, said) <= adjustment.to


NAMES = {"intervals": "intervals", "tempo": "tempo run", "long": "long run"}


def test_what_changed_says_what_it_was_and_why(pair: tuple[Runner, Plan, Plan]) -> None:
    runner, *both = pair
    recorded = runner.chosen["week"] or {}
    for plan in both:
        for day, session in runs(plan):
            was = NAMES.get(recorded.get(WEEKDAYS[day.weekday()], ""))
            if was is not None and session.minutes is None and session.title != was:
                assert "→" in session.became
                assert ": " in session.became
