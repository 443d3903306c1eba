"""Days as exports write them. The order of day and month in 3/4/2026 is settled for a whole file, or asked for."""

import re
from collections.abc import Iterable
from datetime import date

from stridewise.profile.logs.words import by_word, fold

DAY_FIRST, MONTH_FIRST = "d/m", "m/d"
_TIME = (
    r"(?:[,\s]+(?:at|à|um|a\s+las|alle|om|às|kl)?\s*|T)(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"\s*(?P<half>[aApP]\.?\s?[mM]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_REST = rf"(?:{_TIME})?\s*\Z"
_WEEKDAY = r"(?:[^\W\d]+\.?,?\s+)?"
_YEAR_FIRST = re.compile(rf"(?P<y>\d{{4}})([-/.])(?P<m>\d{{1,2}})\2(?P<d>\d{{1,2}}){_REST}")
_DOTS = re.compile(rf"{_WEEKDAY}(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?(?P<y>\d{{4}}|\d{{2}})?{_REST}")
_SLASHES = re.compile(rf"{_WEEKDAY}(?P<a>\d{{1,2}})([/-])(?P<b>\d{{1,2}})\2(?P<y>\d{{4}}|\d{{2}}){_REST}")
_DAY_NAME = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})\.?[\s-]+(?:de\s+)?(?P<name>[^\W\d]+)\.?,?[\s-]+(?:de\s+)?(?P<y>\d{{4}}){_REST}"
)
_NAME_DAY = re.compile(rf"{_WEEKDAY}(?P<name>[^\W\d]+)\.?\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}}){_REST}")
_SPACES = re.compile("[\u00a0\u202f\u2009\\s]+")

Moment = tuple[date, int | None]  # the day, and the minute of the day where a time is given


class UnclearOrderError(ValueError):
    """Every date of a file can be read in two ways."""


def order_of(cells: Iterable[str], asked: str = "") -> str:
    """Does the day or the month stand first in dates with slashes? "" where there are none. Raises UnclearOrderError with
    the two readings, ValueError where the rows contradict each other or what was asked for."""
    found: dict[str, str] = {}
    unclear = ""
    for cell in cells:
        match = _SLASHES.match(_tidy(cell))
        if match is None:
            continue
        first, second = int(match["a"]), int(match["b"])
        if first > 12 >= second:
            found.setdefault(DAY_FIRST, cell)
        elif second > 12 >= first:
            found.setdefault(MONTH_FIRST, cell)
        elif first != second:
            unclear = unclear or cell
    if len(found) == 2:
        raise ValueError(
            f'"{found[DAY_FIRST]}" has the day first and "{found[MONTH_FIRST]}" the month; write dates as 2026-11-21'
        )
    for order, cell in found.items():
        if asked and asked != order:
            raise ValueError(f'dates are said to be {asked}, and "{cell}" is none')
    if unclear and not found and not asked:
        raise UnclearOrderError(_two_readings(unclear))
    return asked or next(iter(found), DAY_FIRST if not unclear else "")


def _two_readings(cell: str) -> str:
    readings = [moment(cell, order)[0] for order in (DAY_FIRST, MONTH_FIRST)]
    day, month = (f"{reading.day} {reading:%B %Y}" for reading in readings)
    return f'"{cell.strip()}" is {day} or {month}; say which: {DAY_FIRST} or {MONTH_FIRST}'


def moment(cell: str, order: str = DAY_FIRST) -> Moment:
    """The day of a cell, and its time. Raises ValueError.

    >>> moment("Nov 19, 2026, 7:12:31 PM")
    (datetime.date(2026, 11, 19), 1152)
    >>> moment("19. Nov. 2026, 07:12:31"), moment("19/11/26")
    ((datetime.date(2026, 11, 19), 432), (datetime.date(2026, 11, 19), None))
    """
    tidy = _tidy(cell)
    for form in (_YEAR_FIRST, _DOTS, _SLASHES, _DAY_NAME, _NAME_DAY):
        if match := form.match(tidy):
            return _read(match.groupdict(), order)
    raise ValueError("expected a date such as 2026-11-21")


def _read(parts: dict[str, str | None], order: str) -> Moment:
    if parts.get("a"):
        parts["d"], parts["m"] = (parts["a"], parts["b"]) if order == DAY_FIRST else (parts["b"], parts["a"])
    month = parts.get("m") or by_word("months").get(fold(parts.get("name") or ""))
    year = parts["y"] or ""
    if month is None or not year:
        raise ValueError("expected a date such as 2026-11-21")
    try:
        day = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(parts["d"] or 0))
    except ValueError:
        raise ValueError("expected a date such as 2026-11-21") from None
    return day, _minute(parts)


def _minute(parts: dict[str, str | None]) -> int | None:
    if not parts.get("hour"):
        return None
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    if parts.get("half"):
        hour = hour % 12 + (12 if str(parts["half"]).casefold().startswith("p") else 0)
    return (hour * 60 + minute) % (24 * 60)


def _tidy(cell: str) -> str:
    return _SPACES.sub(" ", cell).strip()
