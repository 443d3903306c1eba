"""The same run recorded twice, by two devices or in two lists, is one run."""

from collections.abc import Sequence
from dataclasses import replace

from stridewise.profile.logs.activity import LeftOut, Log, Run

MINUTES_APART = 3
SHARE_APART = 20  # one twentieth of the distance


def counted_once(log: Log) -> Log:
    """The log without second records of a run, which are named among what is left out."""
    runs, again = _once(log.runs)
    others, too = _once(log.others)
    return replace(log, runs=runs, others=others, left_out=(*log.left_out, *again, *too))


def _once(activities: Sequence[Run]) -> tuple[tuple[Run, ...], list[LeftOut]]:
    kept: dict[object, list[Run]] = {}
    again: list[LeftOut] = []
    for one in activities:
        first = next((other for other in kept.get(one.day, ()) if _same(one, other)), None)
        if first is None:
            kept.setdefault(one.day, []).append(one)
        else:
            where = f"{first.file}:{first.line}" if first.line else first.file
            again.append(LeftOut(one.file, one.line, f"{one.day} {one.sport}".strip(), f"the same as {where}", one.day))
    return tuple(one for day in kept.values() for one in day), again


def _same(one: Run, other: Run) -> bool:
    """By their starts where both have one; otherwise everything that both say has to be alike."""
    if one.at is not None and other.at is not None:
        apart = abs(one.distance_km - other.distance_km)
        return abs(one.at - other.at) <= MINUTES_APART and apart * SHARE_APART <= other.distance_km
    known = [(one.minutes, other.minutes), (one.rpe, other.rpe), (one.sport or None, other.sport or None)]
    return one.distance_km == other.distance_km and all(a == b for a, b in known if a is not None and b is not None)
