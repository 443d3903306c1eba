"""From what an export says of one activity, in its own words and units, to a run, other endurance, or what is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from stridewise.documents.units import convert, show
from stridewise.errors import Problems
from stridewise.profile.logs.activity import LeftOut, Log, Run
from stridewise.profile.logs.dates import moment
from stridewise.profile.logs.entries import IS_HOURS, IS_RUN, why_left_out
from stridewise.profile.logs.units import LONGEST_KM
from stridewise.profile.logs.words import by_word, fold

RUNNING = "running"  # what a plugin's activity is where it names no sport


@dataclass(frozen=True, slots=True)
class Said:
    """One activity as an export tells it: `start` as written, distance and duration with their units, as numbers or as text;
    anything else, and "", where they are not given."""

    line: int
    start: str
    sport: str
    distance: Any = ""
    distance_unit: str = "m"
    duration: Any = ""
    duration_unit: str = "s"


@dataclass
class Builder:
    """Collects the activities of one file. What cannot be read is told."""

    file: str
    problems: Problems
    runs: list[Run] = field(default_factory=list)
    others: list[Run] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, said: Said) -> None:
        """Take in one activity."""
        with self.problems.at(said.line, ""):
            day, minute = moment(said.start)
            kind = by_word("sports").get(fold(said.sport), "")
            km = _number(said.distance, said.distance_unit, "km", "distance")
            minutes = _number(said.duration, said.duration_unit, "min", "duration")
            if km is not None and not 0 <= km <= LONGEST_KM and kind == IS_RUN:
                raise ValueError(f"a run of {show(km)} km is outside 0 to {LONGEST_KM} km")
            run = Run(said.line, day, km or Decimal(0), minutes, None, minute, self.file, said.sport)
            self.take(kind, run, km, f"{day} {said.sport}".strip())

    def take(self, kind: str, run: Run, km: Decimal | None, what: str) -> None:
        """Take in what was read of an activity: a run needs its distance, other endurance its duration. A run of 0 km, where no
        sport is named, is a day without one."""
        if kind == IS_RUN and km is not None and (km > 0 or not run.sport):
            self.runs.append(run)
        elif kind == IS_HOURS and run.minutes:
            self.others.append(run)
        else:
            why = why_left_out(kind, run.sport) or "the file does not say which sport it is"
            self.left_out.append(LeftOut(self.file, run.line, what, why, run.day))

    def log(self, made_by: str, *asides: str) -> Log:
        """All of it."""
        left_out = sorted(self.left_out, key=lambda one: one.line)
        return Log(self.file, made_by, tuple(self.runs), tuple(self.others), tuple(left_out), asides=asides)


def _number(written: Any, unit: str, to: str, what: str) -> Decimal | None:
    """A number of an export in another unit; None where it is blank or no number at all. Raises ValueError."""
    if isinstance(written, bool) or not isinstance(written, int | float | Decimal | str) or written == "":
        return None
    unit = by_word("units").get(unit.casefold(), unit)
    try:
        number = Decimal(str(written))
        if not number.is_finite() or abs(number.adjusted()) > 12:
            raise ValueError
    except (ArithmeticError, ValueError):
        raise ValueError(f'expected a {what} in {unit}, found "{str(written)[:40]}"') from None
    return number / 60000 if unit == "ms" else convert(number, unit, to)


def from_plugin(plugin: str, rows: Iterable[Mapping[str, Any]], file: str, problems: Problems) -> Log:
    """The activities that a plugin read, each with at least date and sport, km or minutes."""
    builder = Builder(file, problems)
    for row in rows:
        km, minutes = ("" if row.get(name) is None else str(row[name]) for name in ("km", "minutes"))
        line, start, sport = int(row.get("line") or 0), str(row.get("date", "")), str(row.get("sport") or RUNNING)
        builder.add(Said(line, start, sport, km, "km", minutes, "min"))
    return builder.log(plugin)
