"""`recommend log`: what was read, left out and why, before it is relied on."""

import json
from pathlib import Path

import pytest

from cli_kit import AS_OF, run
from plans import ROOT
from stridewise.packs import foreign_files

SHAPES = ROOT / "tests" / "profile" / "logs" / "shapes"

pytestmark = pytest.mark.usefixtures("built_in_only")


def test_the_weeks_the_longest_run_and_what_is_left_out_are_shown() -> None:
    ran = run("log", SHAPES / "strava_en.csv", *AS_OF)
    assert (ran.code, ran.err) == (0, "")
    words = " ".join(ran.out.split())
    for shown in (
        "strava_en.csv: 4 runs, Strava",
        "The training log ends on 2026-11-19, 2 days before the plan",
        "The first 5 days of the log are part of a week",
        "2026-11-12 18.25 1 18.25 120 600",
        "Longest run of the 30 days to 2026-11-19: 18.25 km on 2026-11-08 (strava_en.csv:6)",
        "Cross-training: 0.3 h a week (Ride, Swim)",
        "strava_en.csv:8: 9006, Nov 12, 2026, 12:30:00 PM, Walk with the dog, Walk, 2400: neither running nor other endurance",
        "Its times are in UTC",
        "Columns not read",
        "Relative Effort",
    ):
        assert shown in words, shown


def test_json_holds_the_same() -> None:
    values = json.loads(run("log", SHAPES / "strava_en.csv", *AS_OF, "--format", "json").out)
    assert values["made_by"] == "Strava"
    assert [row["km"] for row in values["weeks"]] == [18.25, 9.4]
    assert [row["load"] for row in values["weeks"]] == [600, 216]
    assert values["window"] == {"first": "2026-11-01", "end": "2026-11-19", "weeks": 2, "part_days": 5}
    assert values["runs"][0] == {
        "file": "strava_en.csv",
        "line": 2,
        "date": "2026-11-01",
        "km": 10.02,
        "minutes": 60.2,
        "rpe": 4,
        "sport": "Run",
    }
    assert {one["why"] for one in values["left_out"]} == {"neither running nor other endurance", "a run without a distance"}
    assert "Relative Effort" in values["unread_columns"]


def test_runs_after_the_day_are_shown_and_not_counted() -> None:
    ran = run("log", SHAPES / "strava_en.csv", "--as-of", "2026-11-10")
    assert "After 2026-11-10, not counted" in ran.out
    values = json.loads(run("log", SHAPES / "strava_en.csv", "--as-of", "2026-11-10", "--format", "json").out)
    assert [one["km"] for one in values["after_as_of"]] == [9.4]


def test_a_question_is_answered_with_an_option() -> None:
    asked = run("log", SHAPES / "garmin_unclear.csv", *AS_OF)
    assert asked.code == 2
    assert "8.02 km or 8.02 mi; say which" in asked.err
    assert "--unit" in asked.err
    assert "2 runs" in run("log", SHAPES / "garmin_unclear.csv", *AS_OF, "--unit", "mi").out


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "runs.csv").write_text("date,km\nx,1\n2026-11-01,y\n2026-11-02,1,2\n")
    ran = run("log", tmp_path / "runs.csv")
    assert (ran.code, ran.out) == (2, "")
    assert [line.split(": ")[0].rpartition(":")[2] for line in ran.err.splitlines()] == ["2", "3", "4"]


@pytest.mark.parametrize("name", ["none.csv", ""])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    ran = run("log", tmp_path / name)
    assert ran.code == 2
    assert "Internal error" not in ran.err


def test_a_plugin_reads_what_nobody_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked where none of ours reads the file, and what it says goes through the same sorting."""
    monkeypatch.setattr(
        foreign_files,
        "further_log",
        lambda *_: (
            "acme",
            [
                {"date": "2026-11-02", "km": 8, "minutes": 48, "line": 2},
                {"date": "2026-11-03", "sport": "walking", "km": 3},
            ],
        ),
    )
    (tmp_path / "a.bin").write_bytes(b"ACME 2\nwhatever\n")
    values = json.loads(run("log", tmp_path / "a.bin", *AS_OF, "--format", "json").out)
    assert values["made_by"] == "acme"
    assert [(one["km"], one["line"]) for one in values["runs"]] == [(8, 2)]
    assert [one["why"] for one in values["left_out"]] == ["neither running nor other endurance"]
    own = json.loads(run("log", SHAPES / "hand_uk.csv", *AS_OF, "--format", "json").out)
    assert own["made_by"] == "a table"
