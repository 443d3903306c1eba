"""The numbers nearest to a cut-off, on either side of it."""

from collections.abc import Iterator
from decimal import Decimal

from stridewise.language.condition import Within
from stridewise.language.vocabulary import ValueType

STEPS = {"cm": Decimal("0.1"), "km": Decimal("0.1"), "kg": Decimal("0.5"), "percent": Decimal("0.1")}  # else whole numbers


def step(type_: ValueType) -> Decimal:
    """The smallest difference that is looked at, in the unit of the type."""
    return STEPS.get(type_.unit, Decimal(1))


def is_possible(type_: ValueType, goal: Decimal) -> bool:
    """Can the number be recorded?"""
    low = type_.minimum if type_.minimum is not None else Decimal(0)
    return goal >= low and (type_.maximum is None or goal <= type_.maximum)


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
