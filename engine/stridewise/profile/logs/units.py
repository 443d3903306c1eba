"""In which unit the distances of a table are, where its header does not say so: what the numbers allow, or a question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stridewise.documents.units import convert, show

LONGEST_KM = Decimal(400)  # no run in a log is longer
SHORTEST_KM = Decimal("0.3")  # nor is the longest of its runs shorter
# No human has run 3 km or more faster than this, and nobody calls it running much slower.
FASTEST_S_PER_KM, SLOWEST_S_PER_KM, FROM_KM = Decimal(145), Decimal(1500), Decimal(3)
_TWO = (("km", "m"), ("mi", "m"), ("mi", "km"), ("km", "mi"))  # units in which exports give one distance in two columns
_STRIDES = {"km": (Decimal(1), Decimal("0.01")), "mi": (Decimal("0.3048"),), "m": (Decimal(1), Decimal("0.01"))}  # metres a unit


class UnclearUnitError(ValueError):
    """The numbers can be in two `units`, and nothing in the file settles which."""

    def __init__(self, message: str, units: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.units = units


@dataclass(frozen=True, slots=True)
class Sample:
    """The numbers of one run: its distance without a unit, what its duration may be in seconds, and metres told another way:
    steps times the length of a stride, in the stride's own unit."""

    distance: Decimal
    seconds: tuple[Decimal, ...] = ()
    stride: Decimal | None = None


def unit_of_two(pairs: Sequence[tuple[Decimal, Decimal]]) -> tuple[str, str] | None:
    """The units of two columns that give one distance, by what the second is of the first: ("km", "m"). Raises ValueError."""
    told = [(first, second) for first, second in pairs if first > 0 and second > 0]
    if all(first == second for first, second in told):
        return None
    fitting = [units for units in _TWO if _most(_near(second, convert(first, *units)) for first, second in told)]
    if not fitting:
        first, second = next(pair for pair in told if pair[0] != pair[1])
        raise ValueError(f"two columns give a distance, and do not agree: {show(first)} and {show(second)}; keep one")
    return fitting[0]


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= other / 50


def _most(fits: Iterable[bool]) -> bool:
    """Nine of ten: a distance corrected by hand may differ in one of the columns."""
    all_of_them = list(fits)
    return sum(all_of_them) * 10 >= len(all_of_them) * 9


def settle(samples: Sequence[Sample], candidates: Sequence[str]) -> tuple[str, str]:
    """The unit that the numbers leave open to doubt no more, and why. Raises UnclearUnitError with two readings."""
    left = [unit for unit in candidates if _mostly_possible(samples, unit)]
    if len(left) == 1:
        return left[0], "in another unit they would be too fast, too slow or too long for runs"
    by_stride = [unit for unit in left if _told_by_strides(samples, unit)]
    if len(by_stride) == 1:
        return by_stride[0], "as steps and the length of a stride give them"
    raise UnclearUnitError(_readings(samples, left or list(candidates)), left)


def _mostly_possible(samples: Sequence[Sample], unit: str) -> bool:
    """Can all these runs be in a unit? A stopped clock may spoil one of ten."""
    fitting = [possible(sample, unit) for sample in samples if sample.distance > 0]
    longest = max((convert(sample.distance, unit, "km") for sample in samples), default=LONGEST_KM)
    return _most(fitting) and SHORTEST_KM <= longest <= LONGEST_KM


def possible(sample: Sample, unit: str) -> bool:
    """Is the pace of a run one that people run, in this unit?"""
    km = convert(sample.distance, unit, "km")
    if not sample.seconds:
        return True
    return any(s / km <= SLOWEST_S_PER_KM and (km < FROM_KM or s / km >= FASTEST_S_PER_KM) for s in sample.seconds if s > 0)


def _told_by_strides(samples: Sequence[Sample], unit: str) -> bool:
    told = [sample for sample in samples if sample.stride and sample.distance > 0]
    for metres in _STRIDES[unit]:
        near = [abs(s.stride * metres / convert(s.distance, unit, "m") - 1) < Decimal("0.15") for s in told if s.stride]
        if near and _most(near):
            return True
    return False


def _readings(samples: Sequence[Sample], units: Sequence[str]) -> str:
    largest = max((sample.distance for sample in samples), default=Decimal(0))
    readings = " or ".join(f"{show(largest)} {unit}" for unit in units)
    return f"the header names no unit, and the longest run may be {readings}; say which: {', '.join(units)}"
