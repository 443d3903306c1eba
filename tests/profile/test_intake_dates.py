"""Weeks and ages count from the day of recording and grow older with the plan; tomorrow is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import DAY, intake, minimal, mistakes, taken, values

RECORDED = "recorded: 2026-11-21\n"


@given(st.integers(0, 400), st.integers(0, 60))
def test_weeks_to_the_race_count_from_the_day_of_recording(elapsed: int, weeks: int) -> None:
    """in_weeks: 3 recorded five days ago is 16 days from today; behind us, the race is gone."""
    as_of = DAY + timedelta(elapsed)
    text = minimal(f"{RECORDED}race: {{in_weeks: {weeks}}}")
    left = weeks * 7 - elapsed
    assert values(text, "days_to_race", as_of) == ([left] if left >= 0 else [])
    same = minimal(f"{RECORDED}race: {{date: {DAY + timedelta(weeks=weeks)}}}")
    assert values(text, "weeks_to_race", as_of) == values(same, "weeks_to_race", as_of)


@given(st.decimals(0, 52, places=1))
def test_weeks_may_be_any_number_from_0(weeks: Decimal) -> None:
    """in_weeks: 2.5 is 17 days: a race is on a day, and the days kept clear before it count from there."""
    assert values(minimal(f"{RECORDED}race: {{in_weeks: {weeks}}}"), "days_to_race") == [weeks * 7 // 1]


@pytest.mark.parametrize(("written", "days"), [("3 weeks", 21), ("21 days", 21), ('"3"', 21), ("0", 0)])
def test_weeks_may_carry_a_unit(written: str, days: int) -> None:
    """A time is converted like a distance."""
    assert values(minimal(f"{RECORDED}race: {{in_weeks: {written}}}"), "days_to_race") == [days]


@pytest.mark.parametrize("written", ["-1", "soon", "3 km", "[3]", "true", "-0.5"])
def test_weeks_that_are_none_are_refused(written: str) -> None:
    """A race in the past is given by its date, not by negative weeks."""
    told = mistakes(minimal(f"{RECORDED}race:\n  in_weeks: {written}"))
    assert told[0].startswith("profile.yaml:5: race.in_weeks")


def test_without_a_day_of_recording_weeks_count_from_the_plan_and_it_is_said() -> None:
    """The assumption is a notice; with a date of recording there is none."""
    assert any("no recorded date" in notice for notice in intake(minimal("race: {in_weeks: 3}")).notices)
    assert any("no recorded date" in notice for notice in intake(minimal("findings: [race in 3 weeks]")).notices)
    assert not intake(minimal(f"{RECORDED}race: {{in_weeks: 3}}")).notices
    assert not intake(minimal("race: {date: 2026-12-12}")).notices


def test_a_race_that_is_over_is_said_and_left_out() -> None:
    """On race day the race is 0 days away; the day after it is gone."""
    assert values(minimal("race: {date: 2026-11-21}"), "days_to_race") == [0]
    over = intake(minimal("race: {date: 2026-11-20}"))
    assert not [fact for fact in over.facts if fact.kind.endswith("to_race")]
    assert any("before the day of the plan" in notice for notice in over.notices)


def test_a_profile_of_tomorrow_is_refused() -> None:
    """A recording after the day of the plan is a slip, in one date or the other."""
    assert any("lies after the day of the plan" in told for told in mistakes(minimal("findings: []\nrecorded: 2026-11-22")))


@pytest.mark.parametrize(
    "safety",
    ["screened: 2026-11-22", "screened: 2026-11-21, par_q: {any_yes: true, follow_up: cleared, by: Dr A, date: 2026-11-22}"],
)
def test_a_screen_or_clearance_of_tomorrow_is_refused(safety: str) -> None:
    """What has not happened yet protects nobody."""
    assert mistakes(minimal(f"findings: []\nsafety: {{{safety}}}"))


@pytest.mark.parametrize(("days", "weeks", "months"), [(0, 6, 5), (6, 6, 5), (7, 7, 5), (29, 10, 5), (30, 10, 6), (70, 16, 7)])
def test_durations_grow_older_with_the_plan(days: int, weeks: int, months: int) -> None:
    """Six weeks of pain recorded ten weeks ago are sixteen; five months ago is then seven."""
    as_of = DAY + timedelta(days)
    text = minimal(
        f"{RECORDED}symptoms: [{{pain: heel, side: left, weeks: 6}}]\n"
        "history: [{injury: calf_strain, side: left, months_ago: 5}]"
    )
    assert [fact.get("weeks") for fact in taken(text, "pain", as_of)] == [weeks]
    assert [fact.get("months_ago") for fact in taken(text, "injury", as_of)] == [months]


def test_weeks_of_pregnancy_and_since_birth_grow_too() -> None:
    """They count from the day of recording."""
    later = DAY + timedelta(weeks=4)
    assert values(minimal(f"{RECORDED}findings: []\nsafety: {{postpartum: {{weeks: 8}}}}"), "postpartum_weeks", later) == [12]
    assert values(minimal(f"{RECORDED}findings: []\nsafety: {{pregnancy: {{weeks: 8}}}}"), "pregnancy_weeks", later) == [12]


def test_other_numbers_do_not_grow() -> None:
    """An age or a count of heel raises stays as recorded."""
    text = minimal(f"{RECORDED}findings: [{{heel_raise_reps: 20}}]\ntraining: {{running_years: 3}}")
    assert intake(text, date(2028, 1, 1)).facts == intake(text).facts
