"""A log is read to its last day: every measure is taken from the same whole weeks, and what is not covered is said."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import DAY, intake, minimal
from stridewise.profile.load_measures import longest_of_log, weeks_of_log, window_of
from stridewise.profile.logs.activity import LeftOut, Log, Run

TENTHS = st.integers(0, 2000).map(lambda tenths: Decimal(tenths) / 10)
ENTRIES = st.lists(st.tuples(st.integers(-40, 80), TENTHS), max_size=30)


def run(days_ago: int, km: str | Decimal) -> Run:
    """A run so many days before the day of the plan."""
    return Run(1, DAY - timedelta(days_ago), Decimal(km))


def weeks(*runs: Run, others: tuple[Run, ...] = (), left_out: tuple[LeftOut, ...] = ()) -> list[Decimal]:
    log = Log("runs.csv", "", runs, others, left_out)
    window = window_of(log, DAY)
    return weeks_of_log(log.runs, window) if window else []


# --- weeks ------------------------------------------------------------------------------------------------------------


def test_a_week_is_the_seven_days_up_to_the_last_of_the_log() -> None:
    """A run six days before counts, one seven days before belongs to the week before."""
    assert weeks(run(0, "1"), run(6, "2"), run(7, "4"), run(13, "8")) == [12, 3]
    assert weeks(run(10, "1"), run(16, "2"), run(17, "4"), run(23, "8")) == [12, 3]


def test_a_part_of_a_week_is_left_out() -> None:
    """Half a week would look like a small one, and the next like a jump."""
    assert weeks(run(0, "5"), run(10, "7")) == [5]


def test_less_than_a_week_is_none() -> None:
    """Six days say nothing about a week; seven are one."""
    assert weeks(run(0, "5"), run(5, "7")) == []
    assert weeks(run(0, "5"), run(6, "7")) == [12]


def test_a_week_without_running_counts_as_none() -> None:
    """A pause inside the log is a week of 0 km, not a missing week."""
    assert weeks(run(0, "5"), run(20, "7")) == [7, 0, 5]


def test_a_ride_or_a_walk_after_the_last_run_shows_that_the_log_went_on() -> None:
    """The runner did not run in the last week, and the log knows it."""
    runs = (run(8, "5"), run(14, "7"))
    assert weeks(*runs) == [12]
    assert weeks(*runs, others=(run(1, "0"),)) == [12, 0]
    assert weeks(*runs, left_out=(LeftOut("runs.csv", 4, "walk", "walking", DAY),)) == [5, 0]


@given(ENTRIES)
def test_only_runs_up_to_the_day_count(entries: list[tuple[int, Decimal]]) -> None:
    """What lies after the day of the plan changes nothing, and no kilometre of the covered weeks is lost."""
    runs = [run(ago, km) for ago, km in entries]
    past = [one for one in runs if one.day <= DAY]
    found = weeks(*runs)
    assert found == weeks(*past)
    assert len(found) <= 5
    end = max((one.day for one in past), default=DAY)
    assert sum(found) == sum(one.distance_km for one in past if (end - one.day).days < 7 * len(found))


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_a_log_does_not_matter(entries: list[tuple[int, Decimal]], random: Any) -> None:
    """A log is a set of runs."""
    runs = [run(ago, km) for ago, km in entries]
    shuffled = list(runs)
    random.shuffle(shuffled)
    assert weeks(*runs) == weeks(*shuffled)


@given(ENTRIES, st.integers(0, 30))
def test_an_older_log_says_the_same(entries: list[tuple[int, Decimal]], later: int) -> None:
    """Days without a log are not days without running."""
    past = [run(abs(ago), km) for ago, km in entries]
    assert weeks(*past) == weeks(*(Run(1, one.day - timedelta(later), one.distance_km) for one in past))


def test_the_longest_run_is_of_the_30_days_to_the_last_of_the_log() -> None:
    """Day 29 back counts, day 30 does not, and no future run does."""
    for later in (0, 9):
        log = Log("", "", (run(later, "1"), run(29 + later, "10"), run(30 + later, "20"), run(-1, "30")))
        window = window_of(log, DAY)
        assert window is not None
        longest = longest_of_log(log.runs, window)
        assert longest is not None
        assert longest.distance_km == 10


# --- facts and what is said -------------------------------------------------------------------------------------------


def taken(folder: Path, rows: dict[int, str], training: str = "log: runs.csv", head: str = "date,km,minutes,type") -> Any:
    """What is taken in from a log with these rows, by the days before the plan; the first row stands on line 2."""
    lines = "".join(f"{DAY - timedelta(ago)},{rest}\n" for ago, rest in rows.items())
    (folder / "runs.csv").write_text(f"{head}\n{lines}")
    return intake(minimal(f"training: {{{training}}}"), folder=folder)


def measures(taken_in: Any) -> dict[str, Any]:
    return {fact.kind: fact.value for fact in taken_in.facts}


def said(taken_in: Any) -> str:
    return " ".join(taken_in.notices)


@pytest.mark.parametrize("later", [0, 1, 6, 7, 8, 14, 29])
def test_the_weeks_do_not_depend_on_when_the_plan_is_made(tmp_path: Path, later: int) -> None:
    """70 km a week are 70 km a week also where the last run is seven days old; today that would be 0 km, −100%."""
    rows = {start + ago + later: "14,70,Run" for start in (0, 7, 14, 21, 28) for ago in (0, 1, 2, 4, 6)}
    found = measures(taken(tmp_path, rows))
    assert found["weekly_distance"] == 70
    assert found["mean_weekly_distance"] == 70
    assert found["weekly_distance_change"] == 0
    assert found["longest_run"] == 14


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (0, ""),
        (1, ""),
        (2, "ends on 2026-11-19, 2 days before the plan; weeks are counted to that day."),
        (7, "7 days before the plan; weeks are counted to that day. If there was no run since"),
        (31, "31 days before the plan: nothing is taken from it."),
    ],
)
def test_where_a_log_ends_is_said(tmp_path: Path, later: int, words: str) -> None:
    taken_in = taken(tmp_path, {later: "5,,Run", later + 6: "7,,Run"})
    assert (words in said(taken_in)) if words else said(taken_in) == ""
    assert ("weekly_distance" in measures(taken_in)) == (later <= 30)
    assert ("longest_run" in measures(taken_in)) == (later <= 30)


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (0, "covers 1 day, less than a week: no weekly distance"),
        (5, "covers 6 days, less than a week"),
        (6, ""),
        (7, "The first day of the log is part of a week"),
        (10, "The first 4 days of the log are part of a week"),
        (13, ""),
        (40, ""),
    ],
)
def test_a_part_of_a_week_is_said_to_be_one(tmp_path: Path, first: int, words: str) -> None:
    taken_in = taken(tmp_path, {0: "5,,Run"} | {first: "7,,Run"})
    assert (words in said(taken_in)) if words else said(taken_in) == ""
    assert ("weekly_distance" in measures(taken_in)) == (first >= 6)


def test_a_measure_names_the_lines_it_comes_from(tmp_path: Path) -> None:
    """The longest run is on line 4, the latest week on lines 2 and 3; whoever looks there finds it."""
    taken_in = taken(tmp_path, {0: "5,30,Run", 3: "8,48,Run", 9: "20,130,Run", 13: "6,36,Run"})
    places = {fact.kind: [str(place) for place in fact.places] for fact in taken_in.facts}
    assert places["longest_run"] == ["runs.csv:4"]
    assert sorted(places["weekly_distance"]) == ["runs.csv:2", "runs.csv:3"]
    assert places["mean_weekly_distance"] == ["runs.csv:4"]


def test_other_sports_are_hours_of_cross_training(tmp_path: Path) -> None:
    """The mean of the whole weeks; their kilometres are no kilometres of running."""
    taken_in = taken(tmp_path, {0: "5,30,Run", 3: "40,90,Ride", 8: "60,150,Ride", 13: "6,36,Run"})
    assert measures(taken_in)["cross_training_hours"] == 2
    assert measures(taken_in)["weekly_distance"] == 5


def test_what_is_left_out_or_lies_ahead_is_said_in_the_plan(tmp_path: Path) -> None:
    taken_in = taken(tmp_path, {-2: "18,,Run", 0: "5,30,Run", 3: "4,50,Walk", 4: "5,30,Run", 6: "5,30,Run"})
    assert "1 run lies after the day of the plan and counts for nothing (runs.csv:2)" in said(taken_in)
    left_out = "Left out of the training log: 1 (neither running nor other endurance). `recommend log runs.csv` shows each."
    assert left_out in said(taken_in)


def test_what_the_profile_answers_is_taken(tmp_path: Path) -> None:
    """The unit and the order of dates, where the log leaves them open."""
    (tmp_path / "runs.csv").write_text("date,distance\n3/11/2026,8\n9/11/2026,12\n")
    training = "log: runs.csv, log_unit: mi, log_dates: d/m"
    found = measures(intake(minimal(f"training: {{{training}}}"), folder=tmp_path))
    assert round(found["weekly_distance"], 1) == Decimal("32.2")
