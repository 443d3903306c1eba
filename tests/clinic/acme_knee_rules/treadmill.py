"""The sessions of the clinic's treadmill, one a line: `ACME TREADMILL 2`, then day, metres and seconds with spaces between."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

HEAD = b"ACME TREADMILL 2\n"


def read(content: bytes) -> list[Mapping[str, Any]]:
    """Every session as an activity of a training log."""
    return list(_sessions(content.decode("ascii").splitlines()[1:]))


def _sessions(lines: list[str]) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(lines, 2):
        day, metres, seconds = line.split()
        yield {"date": day, "km": Decimal(metres) / 1000, "minutes": Decimal(seconds) / 60, "line": number}
