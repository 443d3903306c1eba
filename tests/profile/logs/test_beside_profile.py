"""The log that a profile names: a file beside it, whatever program wrote it; what is wrong in it is told at its line."""

from datetime import date
from pathlib import Path

import pytest

from plans import intake, minimal, mistakes, values

WEEK = "date,km\n2026-11-14,3\n2026-11-20,7\n"


# --- the log of a profile ---------------------------------------------------------------------------------------------


def with_log(folder: Path, text: str, training: str = "log: runs.csv") -> dict[str, object]:
    """A profile with this log beside it."""
    (folder / "runs.csv").write_bytes(text.encode())
    return {"text": minimal(f"training: {{{training}}}"), "folder": folder}


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{WEEK}",
        WEEK.replace("\n", "\r\n"),
        "Date, KM \n 2026-11-14 , 3 \n 2026-11-20 , 7 \n",
        "km,date\n3,2026-11-14\n7,2026-11-20\n",
        "date,km,shoes\n2026-11-14,3,blue\n2026-11-20,7,\n",
        "date,km\n\n2026-11-14,3\n\n2026-11-20,7\n\n",
        'date,km\n"2026-11-14","3"\n"2026-11-20","7"\n',
        WEEK.replace(",", ";"),
        "date,miles\n14/11/2026,1.864113576712\n20/11/2026,4.349598345662\n",
    ],
)
def test_a_log_may_come_from_any_spreadsheet(tmp_path: Path, text: str) -> None:
    """Byte order marks, line endings, spaces, quotes, other columns and their order do not matter."""
    assert [round(km, 6) for km in values(kind="weekly_distance", **with_log(tmp_path, text))] == [10]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "runs.csv:1: the column date is missing"),
        ("date,how far\n2026-11-20,10\n", "runs.csv:1: the column km is missing"),
        ("when;km\n2026-11-20;10\n", "runs.csv:1: the column date is missing"),
        ("date,km\n11/20,10\n", "runs.csv:2: date: expected a date"),
        ("date,km\n31/11/2026,10\n", "runs.csv:2: date: expected a date"),
        ("date,km\n2026-11-20,ten\n", 'runs.csv:2: km: expected a distance in km, found "ten"'),
        ("date,km\n2026-11-20\n", 'runs.csv:2: km: expected a distance in km, found ""'),
        ("date,km\n2026-11-20,-1\n", "runs.csv:2: km: -1 km is outside 0 to 400 km"),
        ("date,km\n2026-11-20,1000\n", "runs.csv:2: km: 1000 km is outside 0 to 400 km"),
        ("date,km\n2026-11-20,inf\n", "runs.csv:2: km: "),
        ("date,km\n2026-11-20,nan\n", "runs.csv:2: km: "),
        ("date,km\n2026-11-20,sNaN\n", "runs.csv:2: km: "),
        ("date,km,km\n2026-11-20,10,20\n", "runs.csv:1: "),
        ("date,km\n2026-11-20," + "9" * 200_000 + "\n", "runs.csv"),
    ],
)
def test_a_bad_row_is_told_at_its_line(tmp_path: Path, text: str, told: str) -> None:
    """A log that cannot be read as runs is never read as something else."""
    problems = mistakes(**with_log(tmp_path, text))  # type: ignore[arg-type]
    assert any(told in problem for problem in problems)


def test_all_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    """Three bad rows are three problems."""
    assert len(mistakes(**with_log(tmp_path, "date,km\nx,1\n2026-11-20,y\n2026-11-20,5\nz,1\n"))) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["../runs.csv", "/etc/hostname", "none.csv", ".", '""', '"a\\0b"'])
def test_only_a_file_beside_the_profile_is_a_log(tmp_path: Path, name: str) -> None:
    """A profile reads nothing outside its folder, and a log that is not there is told."""
    (tmp_path / "here").mkdir()
    (tmp_path / "runs.csv").write_text("date,km\n2026-11-20,10\n")
    assert mistakes(minimal(f"training: {{log: {name}}}"), folder=tmp_path / "here")


def test_a_log_that_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    """A pipe in the place of a log would make the command wait forever."""
    import os

    os.mkfifo(tmp_path / "runs.csv")
    holder = os.open(tmp_path / "runs.csv", os.O_RDWR | os.O_NONBLOCK)  # so that a reader is not kept waiting for a writer
    os.write(holder, b"date,km\n2026-11-20,10\n")
    try:
        import signal

        signal.signal(signal.SIGALRM, _too_long)
        signal.alarm(5)
        assert mistakes(minimal("training: {log: runs.csv}"), folder=tmp_path)
    finally:
        signal.alarm(0)
        os.close(holder)


def _too_long(*_: object) -> None:
    raise AssertionError("the log is read although it is no file")


@pytest.mark.parametrize("other", ["weekly_distance_km: 40", "weekly_distance_km: [10, 20]", "weekly_distance: 20 mi"])
def test_the_log_and_written_weeks_exclude_each_other(tmp_path: Path, other: str) -> None:
    """What is given twice could disagree."""
    told = mistakes(**with_log(tmp_path, "date,km\n2026-11-20,10\n", f"log: runs.csv, {other}"))  # type: ignore[arg-type]
    assert any("the log gives it too" in one for one in told)


def test_a_log_that_ended_long_ago_is_said(tmp_path: Path) -> None:
    """An old log still counts, with a notice."""
    notices = intake(**with_log(tmp_path, "date,km\n2026-10-01,10\n")).notices  # type: ignore[arg-type]
    assert any("ends on 2026-10-01" in notice for notice in notices)


def test_a_log_of_the_future_says_nothing_about_today(tmp_path: Path) -> None:
    """Runs after the day of the plan are no training yet."""
    taken_in = intake(**with_log(tmp_path, "date,km\n2026-12-01,10\n"))  # type: ignore[arg-type]
    assert not any(fact.kind in ("weekly_distance", "longest_run") for fact in taken_in.facts)
    assert any("holds no run" in notice for notice in taken_in.notices)


def test_the_log_is_read_again_for_another_day(tmp_path: Path) -> None:
    """A plan for an earlier day sees the weeks of that day."""
    given = with_log(tmp_path, "date,km\n2026-11-20,10\n2026-11-08,30\n2026-11-02,0\n")
    assert values(kind="weekly_distance", as_of=date(2026, 11, 9), **given) == [30]  # type: ignore[arg-type]
    assert values(kind="weekly_distance", **given) == [10]  # type: ignore[arg-type]
