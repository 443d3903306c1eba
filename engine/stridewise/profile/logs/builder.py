"""From what an export says of one activity, in its own words and units, to a run, other endurance, or what is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from stridewise.documents.units import convert, show
from stridewise.errors import Problems
from stridewise.profile.logs.activity import LeftOut, Log, Run
from stridewise.profile.logs.dates import moment
from stridewise.profile.logs.entries import IS_HOURS, IS_RUN
from stridewise.profile.logs.units import LONGEST_KM
from stridewise.profile.logs.words import by_word, fold

RUNNING = "running"  # what a plugin's activity is where it names no sport


@dataclass(frozen=True, slots=True)
class Said:
    """One activity as an export tells it: `start` as written, distance and duration with their units, "" where not given."""

    line: int
    start: str
    sport: str
    distance: str = ""
    distance_unit: str = "m"
    duration: str = ""
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
            if kind == IS_RUN and km:
                self.runs.append(run)
            elif kind == IS_HOURS and minutes:
                self.others.append(run)
            else:
                what = f"{day} {said.sport}".strip()
                self.left_out.append(LeftOut(self.file, said.line, what, _why(kind, said.sport), day))

    def log(self, made_by: str, *asides: str) -> Log:
        """All of it."""
        return Log(self.file, made_by, tuple(self.runs), tuple(self.others), tuple(self.left_out), asides=asides)


def _why(kind: str, sport: str) -> str:
    if kind == IS_RUN:
        return "a run without a distance"
    if kind == IS_HOURS:
        return "its duration is not given"
    if kind:
        return "neither running nor other endurance"
    return f'a sport this reader does not know: "{sport[:40]}"' if sport else "the file does not say which sport it is"


def _number(written: str, unit: str, to: str, what: str) -> Decimal | None:
    """A number of an export in another unit; None where it is blank. Raises ValueError."""
    if not written:
        return None
    unit = by_word("units").get(unit.casefold(), unit)
    try:
        number = Decimal(written)
        if not number.is_finite() or abs(number.adjusted()) > 12:
            raise ValueError
    except (ArithmeticError, ValueError):
        raise ValueError(f'expected a {what} in {unit}, found "{written[:40]}"') from None
    return number / 60000 if unit == "ms" else convert(number, unit, to)


def from_plugin(plugin: str, rows: Iterable[Mapping[str, Any]], file: str, problems: Problems) -> Log:
    """The activities that a plugin read, each with at least date and sport, km or minutes."""
    builder = Builder(file, problems)
    for row in rows:
        number = {name: "" if row.get(name) is None else str(row[name]) for name in ("km", "minutes")}
        line = row.get("line") or 0
        said = Said(
            int(line), str(row.get("date", "")), str(row.get("sport") or RUNNING), number["km"], "km", number["minutes"], "min"
        )
        builder.add(said)
    return builder.log(plugin)
