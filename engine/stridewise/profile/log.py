"""A training log beside the profile: the runs of a CSV with at least the columns date and km."""

import csv
import io
import os
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from stridewise.documents.frozen import frozen
from stridewise.documents.reader import decode, read_bytes
from stridewise.documents.units import quantity, show
from stridewise.errors import Problems, ProfileError
from stridewise.profile.values import read_date


@frozen
class Run:
    """One row of a training log; distance in km."""

    line: int
    day: date
    distance_km: Decimal


def read_log(name: str, folder: Path | None, problems: Problems, line: int) -> tuple[Run, ...]:
    """The runs of a CSV with at least the columns date and km."""
    if folder is None or Path(name).is_absolute() or ".." in Path(name).parts:
        problems.add(line, f'training.log: "{name}" is not a file beside the profile')
        return ()
    here = problems.within(str(folder / name))
    if not Path(os.path.realpath(folder / name)).is_relative_to(os.path.realpath(folder)):
        here.add(0, "is a link that leads out of the profile's folder; a log lies beside its profile")
        return ()
    start = 1
    try:
        text = decode(read_bytes(folder / name, Problems(here.path, ProfileError)), Problems(here.path, ProfileError))
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        reader.fieldnames = _columns(reader.fieldnames, here)
        start = reader.line_num + 1
        runs = []
        for row in reader:
            runs.append(_read_run(row, reader.line_num, here))
            start = reader.line_num + 1
        return tuple(filter(None, runs))
    except ProfileError as failure:
        problems.found.extend(failure.problems)
    except csv.Error as failure:
        here.add(start, f"cannot be read as CSV: {failure}; is a quote opened here and never closed?")
    return ()


def _columns(written: Sequence[str] | None, problems: Problems) -> list[str]:
    """The names of the columns, of which date and km must stand exactly once. Raises ProfileError."""
    columns = [(column or "").strip().lower() for column in written or ()]
    here = Problems(problems.path, ProfileError)
    for name in ("date", "km"):
        if columns.count(name) != 1:
            found = "is missing" if name not in columns else "stands twice"
            here.add(1, f"the column {name} {found}; expected date,km,minutes,rpe, separated by commas")
    here.raise_if_any()
    return columns


def _kilometres(written: str) -> Decimal:
    try:
        return quantity(written, "km")
    except ValueError:
        raise ValueError(f'expected a distance in km, found "{written[:40]}"') from None


def _read_run(row: dict[str, Any], line: int, problems: Problems) -> Run | None:
    before = len(problems.found)
    with problems.at(line, "date"):
        day = read_date((row["date"] or "").strip())
    with problems.at(line, "km"):
        distance = _kilometres((row["km"] or "").strip())
        if not 0 <= distance <= 400:
            raise ValueError(f"{show(distance)} km is outside 0 to 400 km")
    return Run(line, day, distance) if len(problems.found) == before else None
