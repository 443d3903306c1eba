"""How long the activities of a table took. 1:05 is a minute or an hour: the runs' own distances settle it for a whole column."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from stridewise.profile.logs.entries import Entry
from stridewise.profile.logs.numbers import durations
from stridewise.profile.logs.sheets import Sheet
from stridewise.profile.logs.units import Sample, possible

MINUTE = Decimal(60)
LONGEST_S = Decimal(48 * 3600)


def seconds_of(sheet: Sheet, entry: Entry, sign: str) -> tuple[Decimal, ...]:
    """The seconds that the cell of a row may mean; none without one. Moving time counts before elapsed time."""
    for column in sheet.columns.get("duration", ()):
        written = sheet.cell(entry.row, column)
        if found := durations(written, sign, column.unit or sheet.maker.duration):
            return found
    return ()


def read_minutes(
    sheet: Sheet, entries: Sequence[Entry], km: Mapping[int, Decimal], sign: str
) -> tuple[dict[int, Decimal], list[str]]:
    """The minutes of rows by their line, and what has to be said about them."""
    told = {entry.row[0]: found for entry in entries if (found := seconds_of(sheet, entry, sign))}
    unclear = [line for line, found in told.items() if len(found) > 1]
    reading = _reading([Sample(km[line], told[line]) for line in unclear if km.get(line)]) if unclear else 0
    notes = []
    if reading is None:
        notes.append("Durations such as 1:05 may be minutes or hours here, so they are not read.")
        told = {line: found for line, found in told.items() if len(found) == 1}
    seconds = {line: found[reading or 0] if len(found) > 1 else found[0] for line, found in told.items()}
    return {line: found / MINUTE for line, found in seconds.items() if 0 < found <= LONGEST_S}, notes


def _reading(samples: Sequence[Sample]) -> int | None:
    """Which of the two readings is possible for nearly every run; None where neither or both are."""
    fits = [sum(possible(Sample(s.distance, s.seconds[reading : reading + 1]), "km") for s in samples) for reading in (0, 1)]
    enough = [samples != [] and fit * 10 >= len(samples) * 9 for fit in fits]
    return None if enough[0] == enough[1] else enough.index(True)
