"""Read a quantity in the unit a kind is kept in, exactly. A unit without a conversion here is plain text."""

import re
from decimal import ROUND_HALF_UP, Decimal

from stridewise.documents.sentences import as_found

_TO_BASE: dict[str, tuple[str, Decimal]] = {
    "km": ("m", Decimal(1000)),
    "m": ("m", Decimal(1)),
    "cm": ("m", Decimal("0.01")),
    "mi": ("m", Decimal("1609.344")),
    "in": ("m", Decimal("0.0254")),
    "kg": ("kg", Decimal(1)),
    "lb": ("kg", Decimal("0.45359237")),
    "s": ("s", Decimal(1)),
    "min": ("s", Decimal(60)),
    "h": ("s", Decimal(3600)),
    "days": ("day", Decimal(1)),
    "weeks": ("day", Decimal(7)),
}
_SPELLINGS = {"mile": "mi", "miles": "mi", "day": "days", "week": "weeks", "lbs": "lb", "sec": "s", "hours": "h", "%": "percent"}
WITHOUT_NAME = ("count", "score")  # nobody writes these behind a number
_COMMA = re.compile(r"\s*([-+]?[0-9]+),([0-9]+)(?![0-9,.])")
_CLOCK = re.compile(r"\s*([0-9]{1,4}):([0-5][0-9])\s*\Z")
_QUANTITY = re.compile(r"\s*([-+]?[0-9]+(?:\.[0-9]+)?)\s*([^\s0-9].*?)?\s*\Z")


def number_of(unit: str) -> str:
    """What is asked for, in words.

    >>> number_of("km"), number_of("count")
    ('a number of km', 'a number')
    """
    return "a number" if unit in WITHOUT_NAME else f"a number of {unit}"


def quantity(written: object, unit: str) -> Decimal:
    """`written` as a number of `unit`: a number as it stands, "55 mi" or "90 km" converted. Raises ValueError.

    >>> quantity("55 mi", "km")
    Decimal('88.51392')
    """
    if isinstance(written, bool) or not isinstance(written, int | Decimal | str):
        raise ValueError(f"expected {number_of(unit)}, found {as_found(written)}")
    if not isinstance(written, str):
        return Decimal(written)
    _refuse_other_spellings(written, unit)
    match = _QUANTITY.match(written)
    if match is None or len(written) > 40 or len(match[1]) > 26:
        raise ValueError(f'expected {number_of(unit)}, found "{written[:40]}"')
    return convert(Decimal(match[1]), match[2] or unit, unit)


def _refuse_other_spellings(written: str, unit: str) -> None:
    """A decimal comma, or a time with a colon. Raises ValueError with the number to write."""
    if comma := _COMMA.match(written):
        raise ValueError(
            f'expected {number_of(unit)}, found "{written[:40]}": a decimal has a point; write {comma[1]}.{comma[2]}'
        )
    if (clock := _CLOCK.match(written)) and _TO_BASE.get(unit, ("",))[0] == "s":
        seconds = int(clock[1]) * 60 + int(clock[2])
        raise ValueError(f'expected {number_of(unit)}, found "{written[:40]}"; write {seconds} s for minutes and seconds')


def convert(amount: Decimal, written_unit: str, unit: str) -> Decimal:
    """`amount` of `written_unit` in `unit`. Raises ValueError where there is no conversion."""
    written_unit = _SPELLINGS.get(written_unit, written_unit)
    if written_unit == unit:
        return amount
    if written_unit not in _TO_BASE or unit not in _TO_BASE or _TO_BASE[written_unit][0] != _TO_BASE[unit][0]:
        raise ValueError(f'expected {unit}, found "{written_unit}"; there is no conversion between the two')
    return plain(amount * _TO_BASE[written_unit][1] / _TO_BASE[unit][1])


def unit_of(written: str) -> str:
    """The unit that stands behind a number in its usual spelling, "" where none does.

    >>> unit_of("20 miles"), unit_of("20")
    ('mi', '')
    """
    match = _QUANTITY.match(written)
    unit = (match and match[2]) or ""
    return _SPELLINGS.get(unit, unit)


def spellings(unit: str) -> tuple[str, ...]:
    """Every way to write `unit`, the usual one first."""
    return (unit, *(other for other, usual in _SPELLINGS.items() if usual == unit))


def convertible(unit: str) -> tuple[str, ...]:
    """The units that `unit` can be given in, itself first."""
    base = _TO_BASE.get(unit, ("", Decimal(1)))[0]
    return (unit, *(other for other, (kind, _) in _TO_BASE.items() if kind == base and other != unit))


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros or an exponent: 80.0 is 80, 1E+2 is 100."""
    number = number.normalize()
    return Decimal(f"{number:f}") if number == number.to_integral_value() else number


def show(number: Decimal, unit: str = "") -> str:
    """A number for a reader: at most two decimals, whole percent, the unit behind it.

    >>> show(Decimal("88.51392"), "km"), show(Decimal("12.5"), "percent"), show(Decimal("3"), "count")
    ('88.51 km', '13%', '3')
    """
    if unit == "percent":
        return f"{number.to_integral_value(rounding=ROUND_HALF_UP):f}%"
    text = format(plain(round(number, 2) if abs(number) < 10**20 else number), "f")
    if text == "1" and unit in ("years", "months", "weeks", "days"):
        unit = unit[:-1]
    return text if unit in ("", "1", *WITHOUT_NAME) else f"{text} {unit}"
