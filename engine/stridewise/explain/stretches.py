"""One number for each stretch of a scale on which all comparisons of the rules come out alike, with the stretch in words."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from stridewise.documents.units import show
from stridewise.explain.possible_changes import STEPS
from stridewise.language.condition import Within
from stridewise.language.vocabulary import ValueType

ONE = Decimal(1)


def number_tests(tests: Iterable[object]) -> list[Within]:
    """The comparisons among some tests."""
    return [test for test in tests if isinstance(test, Within)]


def stretches(type_: ValueType, tests: Sequence[Within]) -> Iterator[tuple[Decimal, str]]:
    """A number of each stretch and what to call it: (12, "up to 12 years"), (13, "13 to 15 years"), (16, "16 years or more")."""
    step = STEPS.get(type_.unit, ONE)
    cuts = sorted({bound for test in tests for bound in (test.low, test.high) if bound is not None})
    points = sorted({point for cut in cuts for point in (cut - step, cut, cut + step) if _is_possible(type_, point)})
    found = [list(group) for _, group in groupby(points, key=lambda point: [test.accepts(point) for test in tests])]
    for place, stretch in enumerate(found):
        below = found[place - 1][-1] if place else None
        above = found[place + 1][0] if place + 1 < len(found) else None
        yield stretch[0] if place else stretch[-1], _words(type_.unit, below, stretch, above, cuts)


def _is_possible(type_: ValueType, point: Decimal) -> bool:
    low = Decimal(0) if type_.minimum is None else type_.minimum
    return point >= low and (type_.maximum is None or point <= type_.maximum)


def _words(unit: str, below: Decimal | None, stretch: Sequence[Decimal], above: Decimal | None, cuts: Sequence[Decimal]) -> str:
    first, last = stretch[0], stretch[-1]
    if unit not in STEPS:  # whole numbers: the stretch is all there is between its ends
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
