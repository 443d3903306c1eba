"""The rows of a table as runs and other endurance."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from stridewise.errors import Problems
from stridewise.profile.logs.activity import Asked, Log, Run
from stridewise.profile.logs.builder import Builder
from stridewise.profile.logs.distances import Distances
from stridewise.profile.logs.durations import read_minutes
from stridewise.profile.logs.entries import IS_RUN, Entry, entries_of, shown
from stridewise.profile.logs.numbers import amount, is_nothing
from stridewise.profile.logs.sheets import Sheet, holds_sums_of_days

HARDEST = 10
SUMS = (
    "holds sums by the day, and walking is among their kilometres. Export the single runs instead (Strava, Garmin Connect, or "
    "GPX, TCX or FIT files), or write training.weekly_distance_km by hand"
)
UTC = "Its times are in UTC: a run near midnight may stand a day off."


def read_rows(sheet: Sheet, name: str, asked: Asked, problems: Problems) -> Log:
    """The activities of a table. What cannot be read, or can be read in two ways, is told."""
    if holds_sums_of_days(sheet):
        problems.add(sheet.header_line, SUMS)
        return Log(name)
    entries, left_out = entries_of(sheet, name, asked, problems)
    runs = [entry for entry in entries if entry.kind == IS_RUN]
    distances = Distances(sheet, runs, asked, problems)
    km = {entry.row[0]: found for entry in runs if (found := distances.km(entry)) is not None}
    minutes, notes = read_minutes(sheet, entries, km, distances.sign)
    efforts, said = _efforts(sheet, runs)
    notes = [*distances.notes, *notes, *said]
    asides = [*distances.asides, *([UTC] if sheet.maker.utc and not sheet.first("offset") else [])]
    builder = Builder(name, problems, left_out=left_out)
    for entry in entries:
        line, (day, minute), distance = entry.row[0], entry.when, km.get(entry.row[0])
        run = Run(line, day, distance or Decimal(0), minutes.get(line), efforts.get(line), minute, name, entry.sport)
        builder.take(entry.kind, run, distance, shown(entry.row))
    return replace(builder.log(sheet.maker.name, *asides), unread=sheet.unread, notes=tuple(notes))


def _efforts(sheet: Sheet, runs: Sequence[Entry]) -> tuple[dict[int, Decimal], list[str]]:
    """Efforts from 0 to 10 by their line; on another scale they are not read, which is said."""
    column, efforts = sheet.first("rpe"), {}
    for entry in runs:
        written = sheet.cell(entry.row, column)
        if is_nothing(written):
            continue
        try:
            efforts[entry.row[0]] = amount(written, ",")[0] if "," in written else amount(written, ".")[0]
        except ValueError:
            efforts[entry.row[0]] = Decimal(-1)
    outside = [line for line, effort in efforts.items() if not 0 <= effort <= HARDEST]
    if column is None or not outside:
        return efforts, []
    return {}, [f"{column.written} is not read: line {outside[0]} holds no effort from 0 to {HARDEST}."]
