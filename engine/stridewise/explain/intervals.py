"""The scale of a number as rules cut it: the intervals on which all their comparisons come out alike, and the numbers nearest
to a cut-off on either side of it."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from stridewise.documents.units import show
from stridewise.language.condition import Within
from stridewise.language.vocabulary import ValueType

STEPS = {"cm": Decimal("0.1"), "km": Decimal("0.1"), "kg": Decimal("0.5"), "percent": Decimal("0.1")}  # else whole numbers


def step(type_: ValueType) -> Decimal:
    """The smallest difference that is looked at, in the unit of the type."""
    return STEPS.get(type_.unit, Decimal(1))


def is_possible(type_: ValueType, number: Decimal) -> bool:
    """Can the number be recorded?"""
    low = type_.minimum if type_.minimum is not None else Decimal(0)
    return number >= low and (type_.maximum is None or number <= type_.maximum)


def just_inside(test: Within, step: Decimal) -> Iterator[Decimal]:
    """The numbers nearest to each cut-off that pass, in whole steps where the cut-off itself does not."""
    if test.low is not None:
        yield test.low + step if test.open_ends else test.low
    if test.high is not None and test.high != test.low:
        yield test.high - step if test.open_ends else test.high


def just_outside(test: Within, step: Decimal) -> Iterator[Decimal]:
    """The numbers nearest to each cut-off that do not pass."""
    if test.low is not None:
        yield test.low if test.open_ends else test.low - step
    if test.high is not None:
        yield test.high if test.open_ends else test.high + step


def intervals(type_: ValueType, asked: Iterable[object]) -> Iterator[tuple[Decimal, str]]:
    """A number of each interval that the comparisons among some tests cut, and what to call it: (12, "up to 12 years"),
    (13, "13 to 15 years"), (16, "16 years or more")."""
    tests = [test for test in asked if isinstance(test, Within)]
    cuts = sorted({bound for test in tests for bound in (test.low, test.high) if bound is not None})
    near = sorted({point for cut in cuts for point in (cut - step(type_), cut, cut + step(type_))})
    possible = [point for point in near if is_possible(type_, point)]
    parts = [list(group) for _, group in groupby(possible, key=lambda point: [test.accepts(point) for test in tests])]
    for place, interval in enumerate(parts):
        below = parts[place - 1][-1] if place else None
        above = parts[place + 1][0] if place + 1 < len(parts) else None
        yield interval[0] if place else interval[-1], _words(type_.unit, below, interval, above, cuts)


def _words(unit: str, below: Decimal | None, interval: Sequence[Decimal], above: Decimal | None, cuts: Sequence[Decimal]) -> str:
    first, last = interval[0], interval[-1]
    if unit not in STEPS:  # whole numbers: the interval is all there is between its ends
        return _whole(unit, below, first, last, above)
    start = "" if below is None else f"{show(first, unit)} or more" if first in cuts else f"more than {show(below, unit)}"
    end = "" if above is None else f"up to {show(last, unit)}" if last in cuts else f"less than {show(above, unit)}"
    return ", ".join(filter(None, (start, end))) or f"any number of {unit}"


def _whole(unit: str, below: Decimal | None, first: Decimal, last: Decimal, above: Decimal | None) -> str:
    if below is None:
        return show(last, unit) if not last else f"up to {show(last, unit)}"
    if above is None:
        return f"{show(first, unit)} or more"
    return show(first, unit) if first == last else f"{show(first)} to {show(last, unit)}"
