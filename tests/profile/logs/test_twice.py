"""One run in two exports is one run, whatever their clocks; two runs alike in one export are two."""

from datetime import date
from decimal import Decimal

import pytest

from stridewise.profile.logs.activity import Log, Run
from stridewise.profile.logs.twice import counted_once


def run(file: str, day: int, at: str, km: str, minutes: str | None = "60") -> Run:
    hour, _, minute = at.partition(":")
    start = int(hour) * 60 + int(minute) if at else None
    return Run(1, date(2026, 11, day), Decimal(km), Decimal(minutes) if minutes else None, None, start, file)


@pytest.mark.parametrize(
    ("one", "other", "runs"),
    [
        (run("a", 8, "07:12", "10.02"), run("b", 8, "07:13", "10.4", "62"), 1),  # two devices
        (run("a", 8, "06:12", "10.02"), run("b", 8, "07:12", "10.05"), 1),  # UTC, and an hour east of it
        (run("a", 9, "01:12", "10.02"), run("b", 8, "20:12", "10.05"), 1),  # an evening in New York
        (run("a", 8, "06:12", "10.02"), run("b", 8, "11:42", "10.05"), 1),  # in Mumbai
        (run("a", 8, "06:12", "10.02"), run("b", 8, "07:22", "10.05"), 2),  # no zone is 70 minutes off
        (run("a", 8, "06:12", "10.02"), run("b", 8, "07:12", "12.5", "70"), 2),
        (run("a", 8, "06:12", "10.02", None), run("b", 8, "07:12", "10.02", None), 2),
        (run("a", 8, "07:00", "5", "30"), run("a", 8, "17:00", "5", "30"), 2),  # to work and back, in one list
        (run("a", 8, "07:12", "10.02"), run("b", 8, "", "10.0", "59"), 1),  # a diary beside a watch
        (run("a", 8, "", "10", None), run("b", 8, "", "10", None), 1),
        (run("a", 8, "", "10", "60"), run("a", 8, "", "10", "55"), 2),
        (run("a", 8, "", "10", "60"), run("a", 9, "", "10", "60"), 2),
    ],
)
def test_the_same_run_is_told_from_another(one: Run, other: Run, runs: int) -> None:
    for pair in ((one, other), (other, one)):
        log = counted_once(Log("", "", pair))
        assert len(log.runs) == runs
        assert len(log.left_out) == 2 - runs
