"""Rows of a log: nothing is guessed, nothing is dropped in silence, the same run counts once."""

from decimal import Decimal
from pathlib import Path

import pytest

from logs_kit import read_words
from stridewise.profile.logs.activity import Log


def why(log: Log) -> list[tuple[int, str]]:
    return [(one.line, one.why) for one in log.left_out]


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ["2026-11-20,7,5", "2026-11-20,7,,,x", "2026-11-20,7,60,4,note"])
def test_more_cells_than_headers_are_refused(tmp_path: Path, row: str) -> None:
    """A decimal comma splits a distance in two; taken as another column it would be 7 km, or minutes."""
    header = "date,km" if row.count(",") == 2 else "date,km,minutes,rpe"
    told = read_words(tmp_path, f"{header}\n2026-11-19,5\n{row}\n")[1]
    assert len(told) == 1
    assert told[0].startswith("runs.csv:3: ")
    assert "cells stand under" in told[0]


def test_blank_cells_at_the_end_are_no_surplus(tmp_path: Path) -> None:
    """Spreadsheets write them."""
    assert len(read_words(tmp_path, "date;km\n19.11.2026;5;;;\n")[0].runs) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("date,km\n3/4/2026,5\n4/4/2026,6\n", '"3/4/2026" is 3 April 2026 or 4 March 2026; say which: d/m or m/d'),
        ("date,km\n13/4/2026,5\n4/13/2026,6\n", '"13/4/2026" has the day first and "4/13/2026" the month'),
        ("date;km\n1.11.2026;1.600\n", '"1.600" is 1600 or 1.600'),
        ('date,km\n2026-11-01,7.5\n2026-11-02,"7,25"\n', '"7.5" has a decimal point and "7,25" a decimal comma'),
        ("date,distance\n2026-11-01,8\n2026-11-03,12\n", "may be 12 km or 12 mi; say which: km, mi"),
        ("date,km,miles\n2026-11-01,10,9\n", "two columns give a distance, and do not agree: 10 and 9"),
        ("date,km\n2026-11-01,\n", 'found ""; write 0 for a day without running'),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(tmp_path: Path, text: str, told: str) -> None:
    problems = read_words(tmp_path, text)[1]
    assert len(problems) == 1
    assert told in problems[0]


@pytest.mark.parametrize(("dates", "month"), [("d/m", 4), ("m/d", 3)])
def test_the_order_of_a_date_is_settled_by_who_asks(tmp_path: Path, dates: str, month: int) -> None:
    log, told = read_words(tmp_path, "date,km\n3/4/2026,5\n", dates=dates)
    assert told == []
    assert log.runs[0].day.month == month


@pytest.mark.parametrize("row", ["15/4/2026,9", "4/4/2026,9\n28/4/2026,3"])
def test_one_clear_date_settles_a_file(tmp_path: Path, row: str) -> None:
    log, told = read_words(tmp_path, f"date,km\n3/4/2026,5\n{row}\n")
    assert told == []
    assert {run.day.month for run in log.runs} == {4}


def test_an_answer_that_cannot_be_true_is_told(tmp_path: Path) -> None:
    assert any("15/4/2026" in one for one in read_words(tmp_path, "date,km\n15/4/2026,5\n", dates="m/d")[1])


# --- units and numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("date;Strecke (km)", "1.11.2026;9,44", "9.44"),
        ("date,Distance [mi]", "2026-11-01,10", "16.09"),
        ("date,distance_m", "2026-11-01,9440", "9.44"),
        ("date,distance", "2026-11-01,9.44 km", "9.44"),
        ("date,distance", "2026-11-01,10 miles", "16.09"),
        ("date,distance,time", "2026-11-01,9440,0:52:00", "9.44"),  # 9440 km or miles is no run
        ("date,km,m", "2026-11-01,9.4,9440", "9.4"),
        ("Datum;Kilometer", "1. Nov. 2026;1.009,5", None),
        ("date,km", '2026-11-01,"1,009.5"', None),
    ],
)
def test_a_distance_is_read_in_its_unit(tmp_path: Path, header: str, cells: str, expected: str | None) -> None:
    log, told = read_words(tmp_path, f"{header}\n{cells}\n")
    if expected is None:
        assert "1009.5 km is outside 0 to 400 km" in told[0]
    else:
        assert told == []
        assert f"{round(log.runs[0].distance_km, 2).normalize():f}" == expected


def test_minutes_that_may_be_hours_are_not_read_and_said(tmp_path: Path) -> None:
    log = read_words(tmp_path, "date,km,time\n2026-11-01,0,1:05\n")[0]
    assert log.runs[0].minutes is None
    assert any("1:05" in note for note in log.notes)


def test_an_effort_on_another_scale_is_not_read_and_said(tmp_path: Path) -> None:
    log = read_words(tmp_path, "date,km,rpe\n2026-11-01,8,13\n2026-11-02,8,9\n")[0]
    assert [run.rpe for run in log.runs] == [None, None]
    assert any("line 2 holds no effort from 0 to 10" in note for note in log.notes)


# --- what counts ------------------------------------------------------------------------------------------------------


def test_a_ride_is_no_run(tmp_path: Path) -> None:
    """Its hours count, its kilometres do not."""
    log = read_words(tmp_path, "date,type,km,minutes\n2026-11-01,Run,8,48\n2026-11-02,Ride,60,120\n2026-11-03,Swim,,40\n")[0]
    assert [run.distance_km for run in log.runs] == [8]
    assert [one.minutes for one in log.others] == [120, 40]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-11-02,Walk,4,50", "neither running nor other endurance"),
        ("2026-11-02,Quidditch,4,50", 'a sport this reader does not know: "Quidditch"'),
        ("2026-11-02,,4,50", "its sport is not given"),
        ("2026-11-02,Run,,50", "a run without a distance"),
        ("2026-11-02,Ride,30,", "its duration is not given"),
        ("Total,,38,", "a total, not a run"),
        (",Total,38,", "a total, not a run"),
        ("Week 46,,,", "neither a day nor a distance"),
    ],
)
def test_what_is_left_out_is_named_with_the_reason(tmp_path: Path, row: str, reason: str) -> None:
    log, told = read_words(tmp_path, f"date,type,km,minutes\n2026-11-01,Run,8,48\n2026-11-01,Ride,20,60\n{row}\n")
    assert told == []
    assert len(log.runs) == 1
    assert why(log) == [(4, reason)]


def test_a_sheet_whose_types_are_kinds_of_run_is_one_of_runs(tmp_path: Path) -> None:
    log = read_words(tmp_path, "date,type,km\n2026-11-01,easy,8\n2026-11-02,,5\n2026-11-03,long,18\n")[0]
    assert len(log.runs) == 3


def test_a_log_without_a_run_says_what_it_holds(tmp_path: Path) -> None:
    told = read_words(tmp_path, "date,type,km,minutes\n2026-11-02,Бег,8,40\n2026-11-03,Ride,8,40\n")[1]
    assert told == ['runs.csv: holds no run: 1 of other sports; a sport this reader does not know: "Бег"']


# --- twice ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "runs"),
    [
        (("2026-11-01,10,60", "2026-11-01,10,60"), 1),  # the same line pasted twice
        (("2026-11-01,10,60", "2026-11-01,10,"), 1),
        (("2026-11-01,10,60", "2026-11-01,10,55"), 2),  # there and back
        (("2026-11-01,10,60", "2026-11-02,10,60"), 2),
        (("2026-11-01 07:00,10,60", "2026-11-01 07:01,10.2,61"), 1),  # two watches
        (("2026-11-01 07:00,10,60", "2026-11-01 18:00,10,60"), 2),
    ],
)
def test_the_same_run_counts_once_and_is_named(tmp_path: Path, rows: tuple[str, str], runs: int) -> None:
    log = read_words(tmp_path, "date,km,minutes\n" + "\n".join(rows) + "\n")[0]
    assert len(log.runs) == runs
    assert why(log) == ([(3, "the same as runs.csv:2")] if runs == 1 else [])


# --- letters and headers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_sheet_is_read_in_the_letters_of_its_program(tmp_path: Path, encoding: str) -> None:
    log, told = read_words(tmp_path, "Datum;Strecke (km);Gefühl\n01.11.2026;10,5;müde\n".encode(encoding))
    assert told == []
    assert log.unread == ("Gefühl",)
    assert bool(log.asides) == (encoding == "cp1252")


@pytest.mark.parametrize("before", ["", "Running diary,\n", "\n\n", "Name: Jo;\n;\n"])
def test_lines_above_the_header_do_not_matter(tmp_path: Path, before: str) -> None:
    separator = ";" if ";" in before else ","
    log, told = read_words(tmp_path, f"{before}Day{separator}km\n2026-11-01{separator}8\n")
    assert told == []
    assert len(log.runs) == 1


def test_a_header_that_is_not_understood_is_shown(tmp_path: Path) -> None:
    told = read_words(tmp_path, "when,how far\n2026-11-01,8\n")[1]
    assert len(told) == 2
    assert all('found "when, how far"' in one and "docs/logs.md" in one for one in told)


# --- sheets kept by hand ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell", "minutes"),
    [
        ("time (mm:ss)", "48:30", "48.5"),
        ("Time (h:mm)", "1:05", "65"),
        ("Duration (hh:mm:ss)", "1:05:30", "65.5"),
        ("Zeit in Minuten", "48", "48"),
        ("time", "1h 05m", "65"),
        ("time", "48 min", "48"),
        ("Dauer", "48:30", "48.5"),
        ("TimeTotalInHours", "0.8", "48"),
    ],
)
def test_a_duration_is_read_however_it_is_written(tmp_path: Path, header: str, cell: str, minutes: str) -> None:
    log, told = read_words(tmp_path, f"date,km,{header}\n2026-11-01,9.5,{cell}\n")
    assert told == []
    assert log.runs[0].minutes == Decimal(minutes)


@pytest.mark.parametrize("row", ["3 Nov 2026,-,", "3 Nov 2026,,rest", "3 Nov 2026,off,", "3 Nov 2026,Ruhetag,müde"])
def test_a_day_of_rest_is_no_mistake_and_shows_that_the_log_was_kept(tmp_path: Path, row: str) -> None:
    log, told = read_words(tmp_path, f"date,km,note\n1 Nov 2026,8,\n{row}\n")
    assert told == []
    assert [(one.why, one.day and one.day.day) for one in log.left_out] == [("a day without a run", 3)]


def test_steps_beside_a_duration_are_no_sums_of_days(tmp_path: Path) -> None:
    assert read_words(tmp_path, "date,km,minutes,steps\n2026-11-01,8,48,7800\n")[1] == []
    assert "sums by the day" in read_words(tmp_path, "date,km,steps\n2026-11-01,8,11800\n")[1][0]


@pytest.mark.parametrize("cell", ["10K", "ten", "1.2.3"])
def test_a_distance_that_is_none_is_told_as_written(tmp_path: Path, cell: str) -> None:
    told = read_words(tmp_path, f"date,distance\n2026-11-01,{cell}\n")[1]
    assert len(told) == 1
    assert told[0].startswith(f'runs.csv:2: distance: expected a distance in km, found "{cell}"')


@pytest.mark.parametrize(
    "day",
    [
        "Mo, 16.11.2026",
        "Mon 16 Nov 2026",
        "16-Nov-2026",
        "16.11.26",
        "2026/11/16",
        "16 de noviembre de 2026",
        "16. November 2026",
        "November 16, 2026",
        "2026-11-16T07:00:00Z",
        "16/11/2026 7:05 pm",
    ],
)
def test_a_day_is_read_as_people_write_it(tmp_path: Path, day: str) -> None:
    log, told = read_words(tmp_path, f'date,km\n"{day}",8\n')
    assert told == []
    assert str(log.runs[0].day) == "2026-11-16"


@pytest.mark.parametrize("day", ["", "16.11.", "Nov 16", "46345", "16/2026", "32.11.2026", "yesterday"])
def test_a_day_that_is_none_is_told(tmp_path: Path, day: str) -> None:
    assert read_words(tmp_path, f'date,km\n"{day}",8\n')[1][0].startswith("runs.csv:2: date: expected a date such as 2026-11-21")


@pytest.mark.parametrize(
    ("header", "is_clear"), [("Datum;Distanz;Zeit", True), ("Datum;Distance;Time", False), ("Fecha;Distancia;Tiempo", False)]
)
def test_a_header_in_a_language_of_metric_countries_is_in_km(tmp_path: Path, header: str, is_clear: bool) -> None:
    """Said in the plan; in English and Spanish it is asked."""
    log, told = read_words(tmp_path, f"{header}\n1.11.2026;10,5;58:30\n3.11.2026;8,25;45:10\n")
    assert bool(told) != is_clear
    assert any("language of the header" in note for note in log.notes) == is_clear


def test_numbers_count_more_than_the_language_of_a_header(tmp_path: Path) -> None:
    log = read_words(tmp_path, "Datum;Distanz;Zeit\n1.11.2026;10500;58:30\n3.11.2026;8250;45:10\n")[0]
    assert [run.distance_km for run in log.runs] == [Decimal("10.5"), Decimal("8.25")]
