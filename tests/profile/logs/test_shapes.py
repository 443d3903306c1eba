"""Exports as platforms and people write them, with invented values: what is read is what was meant, what is left out is named."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from logs_kit import read
from stridewise.profile.logs.activity import Log

SHAPES = Path(__file__).parent / "shapes"
# file: whose it is, km of the runs in their order, minutes of other endurance, words that say why others are left out
READ: dict[str, tuple[str, tuple[str, ...], int, tuple[str, ...]]] = {
    "strava_en.csv": ("Strava", ("10.02", "8.5", "18.25", "9.4"), 97, ("neither running", "without a distance")),
    "strava_de.csv": ("Strava", ("10.02", "18.25"), 67, ("neither running",)),
    "strava_fr.csv": ("Strava", ("10.02", "18.25"), 67, ()),
    "strava_es.csv": ("Strava", ("10.02", "18.25"), 67, ()),
    "strava_2018.csv": ("Strava", ("10.02", "18.25"), 67, ()),
    "garmin_en.csv": ("Garmin Connect", ("5.48", "6", "15.2"), 107, ("neither running",)),
    "garmin_miles.csv": ("Garmin Connect", ("5.49", "15.19"), 0, ()),
    "garmin_de.csv": ("Garmin Connect", ("5.81", "6"), 220, ("neither running",)),
    "garmin_fr.csv": ("Garmin Connect", ("3.95", "10.1"), 0, ("neither running",)),
    "runkeeper.csv": ("Runkeeper", ("3.24", "10.42"), 46, ("neither running",)),
    "runkeeper_miles.csv": ("Runkeeper", ("4.99",), 65, ("neither running",)),
    "mapmyrun.csv": ("MapMyRun", ("6.44", "8.05"), 56, ()),
    "apple_workouts.csv": ("Apple Health (CSV)", ("5.15",), 60, ("neither running",)),
    "apple_export.xml": ("Apple Health", ("21.1", "4.99"), 40, ("neither running",)),
    "intervals_icu.csv": ("intervals.icu", ("10.02", "9.1"), 60, ()),
    "samsung_exercise.csv": ("Samsung Health", ("4.1", "8.1"), 60, ("neither running",)),
    "excel_de.csv": ("a table", ("10.5", "8.25", "12"), 0, ("a total",)),
    "hand_miles.csv": ("a table", ("9.98", "6.44", "16.25"), 0, ("a day without a run", "a total")),
    "hand_uk.csv": ("a table", ("5", "7.5", "12"), 0, ()),
    "hand_types.csv": ("a table", ("8", "10", "21"), 0, ()),
    "polar_session.json": ("Polar Flow", ("10.02",), 0, ()),
    "nike.json": ("Nike Run Club", ("10.02", "18.25"), 0, ()),
}
REFUSED = {
    "google_fit_days.csv": "holds sums by the day",
    "fitbit_days.csv": "holds sums by the day",
    "samsung_days.csv": "holds sums by the day",
    "garmin_unclear.csv": "may be 8.02 km or 8.02 mi; say which: km, mi",
}


def km(log: Log) -> tuple[str, ...]:
    return tuple(f"{round(run.distance_km, 2).normalize():f}" for run in log.runs)


def test_every_shape_has_its_expectation() -> None:
    assert {path.name for path in SHAPES.iterdir()} == {*READ, *REFUSED}


@pytest.mark.parametrize("name", READ)
def test_an_export_is_read_as_it_was_meant(name: str) -> None:
    made_by, runs, others, left_out = READ[name]
    log, problems = read(SHAPES / name)
    assert problems == []
    assert log.made_by == made_by
    assert km(log) == runs
    assert round(sum((one.minutes or Decimal(0) for one in log.others), Decimal(0))) == others
    assert len({one.why for one in log.left_out}) == len(left_out)
    for why in left_out:
        assert any(one.why.startswith(why) or why in one.why for one in log.left_out), why


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_relied_on_is_refused_with_the_reason(name: str) -> None:
    problems = read(SHAPES / name)[1]
    assert len(problems) == 1
    assert REFUSED[name] in problems[0]


def test_a_question_is_answered_by_who_knows() -> None:
    """The unit that an export leaves open is said beside it."""
    in_km, in_miles = (read(SHAPES / "garmin_unclear.csv", unit=unit)[0] for unit in ("km", "mi"))
    assert km(in_km) == ("6.21", "8.02")
    assert km(in_miles) == ("9.99", "12.91")


def test_a_unit_that_contradicts_the_file_is_told() -> None:
    assert any("the file says km" in one for one in read(SHAPES / "runkeeper.csv", unit="mi")[1])


@pytest.mark.parametrize("name", [name for name in READ if "strava" in name or name in ("nike.json", "polar_session.json")])
def test_the_first_run_is_on_its_day(name: str) -> None:
    """Whatever the language of the month and the order of the date."""
    first = read(SHAPES / name)[0].runs[0]
    assert first.day == (date(2026, 11, 1) if "strava" in name else date(2026, 11, 8 if "polar" in name else 5))


def test_a_clock_in_utc_is_set_to_the_one_at_home() -> None:
    """23:24 UTC on the 8th is past midnight an hour further east."""
    assert read(SHAPES / "samsung_exercise.csv")[0].runs[0].day == date(2026, 11, 9)


def test_minutes_and_efforts_are_used() -> None:
    first = read(SHAPES / "strava_en.csv")[0].runs[0]
    assert (round(first.minutes or 0), first.rpe) == (60, 4)
    assert [round(run.minutes or 0) for run in read(SHAPES / "hand_types.csv")[0].runs] == [48, 55, 125]
    assert [round(run.minutes or 0) for run in read(SHAPES / "excel_de.csv")[0].runs] == [58, 45, 65]


def test_a_row_is_named_by_the_line_it_starts_on() -> None:
    """The description before it goes over two lines."""
    log = read(SHAPES / "strava_en.csv")[0]
    assert [run.line for run in log.runs] == [2, 5, 6, 10]


def test_columns_that_are_not_read_are_named() -> None:
    assert "Relative Effort" in read(SHAPES / "strava_en.csv")[0].unread
    assert read(SHAPES / "hand_uk.csv")[0].unread == ()
