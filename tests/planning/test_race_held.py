"""A race obeys what its runs obey: while they wait or stay easy it is a date and no advice. Weeks that do not reach what a race
asks for are told."""

from datetime import timedelta

import pytest

from plans import DAY, SCREEN, minimal, plan
from sections import runs
from stridewise.plan.model import Plan

FOUR_RUNS = "{weekly_distance_km: [42, 42, 42, 42], longest_run_km: 16, runs_per_week: 4}"
STOPPED, EASY = "No race on {} while running is stopped", "No race on {} while every run stays easy"


def race_in(days: int, pain: int, distance: str = "10k") -> Plan:
    """A plan for a runner with pain of the knee in runs, and a race so many days ahead; 0: no pain."""
    sore = f"symptoms: [{{pain: anterior_knee, side: left, intensity: {pain}, during: run, rising: false}}]\n" if pain else ""
    race = f"race: {{distance: {distance}, date: {DAY + timedelta(days)}}}\n"
    return plan(minimal(f"{SCREEN}\n{race}training: {FOUR_RUNS}\n{sore}"), as_of=DAY)


def race_titles(made: Plan) -> list[str]:
    return [part.title for day in made.schedule for part in day.sessions if part.kind == "race"]


@pytest.mark.parametrize("days", [1, 3])
@pytest.mark.parametrize(
    ("pain", "said", "title"),
    [
        (0, None, "Race"),
        (2, None, "Race"),
        (4, EASY, "Race, only if hard runs are allowed again by then"),
        (7, STOPPED, "Race, only if running is allowed again by then"),
    ],
)
def test_the_race_day_waits_for_what_its_runs_wait_for(days: int, pain: int, said: str | None, title: str) -> None:
    made = race_in(days, pain)
    about = [text for text in made.notices if text.startswith("No race")]
    assert [text.startswith((said or "").format(DAY + timedelta(days))) for text in about] == ([True] if said else [])
    assert race_titles(made) == [title]


def test_where_all_exercise_is_stopped_the_race_is_too() -> None:
    flag = "safety: {par_q: {any_yes: true, yes_to: [chest_pain]}}"
    stopped = plan(minimal(f"{flag}\nrace: {{distance: 10k, date: {DAY + timedelta(1)}}}\n"), as_of=DAY)
    assert not runs(stopped)
    assert any(text.startswith("No race on") for text in stopped.notices)


@pytest.mark.parametrize("weeks", [6, 20])
@pytest.mark.parametrize("distance", ["marathon", "half_marathon"])
def test_weeks_that_do_not_grow_are_no_build(weeks: int, distance: str) -> None:
    """Sore within the limit: the longest run stays 16 km. A half marathon asks for 18, a step away; a marathon for 30."""
    made = race_in(7 * weeks, 2, distance)
    said = [text for text in made.notices if "stays at 16 km at most, and this race asks for about 30 km" in text]
    assert len(said) == (distance == "marathon")


def test_a_longest_run_that_pain_cuts_says_how_far_it_comes() -> None:
    (longest,) = (one for one in race_in(140, 4, "marathon").load_adjustments if one.metric == "longest_run")
    assert "It reaches 16 km; this race asks for about 30 km." in longest.text


def test_weeks_that_suffice_promise_nothing_less() -> None:
    assert not any("this race asks for" in text for text in race_in(140, 0, "marathon").notices)


@pytest.mark.parametrize(("weeks", "said"), [(3, True), (6, True), (7, True), (8, False)])
def test_a_race_within_the_weeks_of_easy_stages_is_told_to_wait(weeks: int, said: bool) -> None:
    """Settling an Achilles tendon takes one week at least and loading it six, and every run is easy for so long."""
    tendon = "diagnosis: [{condition: achilles_tendinopathy, side: left, irritability: moderate, weeks: 9}]"
    sore = "symptoms: [{pain: achilles, side: left, intensity: 4, during: run, next_morning: 3, tissue: tendon, weeks: 9}]"
    race = f"race: {{distance: marathon, date: {DAY + timedelta(weeks=weeks)}}}"
    made = plan(minimal(f"{SCREEN}\n{race}\ntraining: {FOUR_RUNS}\n{tendon}\n{sore}\n"), as_of=DAY)
    assert any(text.startswith(EASY.format(DAY + timedelta(weeks=weeks))) for text in made.notices) is said


@pytest.mark.parametrize(("days", "said"), [(63, True), (30, False)])
def test_a_long_run_from_before_the_pain_does_not_count_for_a_race_far_ahead(days: int, said: bool) -> None:
    """An ultramarathon nine weeks ahead, runs that end after 7 km, and 30 km last month: nobody said what was missing."""
    week = "training: {weekly_distance_km: [70, 70, 70, 70], longest_run_km: 30, runs_per_week: 5}"
    sore = "symptoms: [{pain: lateral_knee, side: right, intensity: 4, during: run, onset_after: 8 km, weeks: 5}]"
    race = f"race: {{distance: ultra, date: {DAY + timedelta(days)}}}"
    made = plan(minimal(f"{SCREEN}\n{race}\n{week}\n{sore}\n"), as_of=DAY)
    (longest,) = (one.text for one in made.load_adjustments if one.metric == "longest_run")
    assert ("this race asks for about 32 km" in longest) is said
