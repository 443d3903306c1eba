"""What a training log says, as data: runs, other endurance, and what was left out and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a training log: its line, or 0 where the file is one run; distance in km. `at` is the minute of the day it
    started, `rpe` the effort from 0 to 10. Other endurance has the same shape, with the sport as it was written."""

    line: int
    day: date
    distance_km: Decimal
    minutes: Decimal | None = None
    rpe: Decimal | None = None
    at: int | None = None
    file: str = ""
    sport: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row or file that is no run, and why."""

    file: str
    line: int
    what: str
    why: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """A training log as it was read. `made_by` tells whose export it is, `unread` the columns nobody asked for, `notes` what was
    concluded from the numbers and a plan rests on, `asides` what else is worth knowing: clocks, letters. `shown` is the path as
    messages have it."""

    name: str
    made_by: str = ""
    runs: tuple[Run, ...] = ()
    others: tuple[Run, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the profile or the command says where a file does not: the unit of its distances, whether 3/4 is 3 April (d/m)."""

    unit: str = ""
    dates: str = ""


Rows = Iterable[Mapping[str, Any]]
Further = Callable[[str, bytes], tuple[str, Rows] | None]  # what a plugin reads: its name, and the activities


def nobody(name: str, content: bytes) -> None:
    """No plugin is asked."""
