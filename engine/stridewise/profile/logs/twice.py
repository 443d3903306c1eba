"""The same run recorded twice, by two devices or in two lists, is one run. Clocks may stand apart by a time zone: Strava writes
UTC, a watch the time at home."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from stridewise.profile.logs.activity import LeftOut, Log, Run

MINUTES_APART = 3
DAY_MINUTES, ZONE_MINUTES, FURTHEST_ZONE = 24 * 60, 15, 14 * 60
SHARE_AT_ONE_TIME, SHARE_OF_DISTANCE, SHARE_OF_MINUTES = Decimal("0.05"), Decimal("0.02"), Decimal("0.05")


def counted_once(log: Log) -> Log:
    """The log without second records of a run, which are named among what is left out."""
    runs, again = _once(log.runs)
    others, too = _once(log.others)
    return replace(log, runs=runs, others=others, left_out=(*log.left_out, *again, *too))


def _once(activities: Sequence[Run]) -> tuple[tuple[Run, ...], list[LeftOut]]:
    kept: dict[date, list[Run]] = {}
    again: list[LeftOut] = []
    for one in activities:
        near = [other for shift in (0, -1, 1) for other in kept.get(_shifted(one.day, shift), ())]
        first = next((other for other in near if _same(one, other)), None)
        if first is None:
            kept.setdefault(one.day, []).append(one)
        else:
            where = f"{first.file}:{first.line}" if first.line else first.file
            again.append(LeftOut(one.file, one.line, f"{one.day} {one.sport}".strip(), f"the same as {where}", one.day))
    return tuple(one for day in kept.values() for one in day), again


def _shifted(day: date, by: int) -> date:
    """A day beside; the first and the last of the calendar have none."""
    try:
        return day + timedelta(by)
    except OverflowError:
        return day


def _same(one: Run, other: Run) -> bool:
    """By their starts where both have one; from two files also by a time zone apart, or alike in distance and duration."""
    if one.at is not None and other.at is not None:
        apart = abs((one.day - other.day).days * DAY_MINUTES + one.at - other.at)
        if apart <= MINUTES_APART:
            return _near(one.distance_km, other.distance_km, SHARE_AT_ONE_TIME)
        off = min(apart % ZONE_MINUTES, -apart % ZONE_MINUTES)
        return one.file != other.file and apart <= FURTHEST_ZONE and off <= MINUTES_APART and _alike(one, other)
    if one.day != other.day:
        return False
    return (one.file != other.file and _alike(one, other)) or _equal(one, other)


def _alike(one: Run, other: Run) -> bool:
    if one.minutes is None or other.minutes is None or not one.distance_km:
        return False
    near = _near(one.minutes, other.minutes, SHARE_OF_MINUTES)
    return near and _near(one.distance_km, other.distance_km, SHARE_OF_DISTANCE)


def _equal(one: Run, other: Run) -> bool:
    """Is everything that both say the same?"""
    known = [(one.minutes, other.minutes), (one.rpe, other.rpe), (one.sport or None, other.sport or None)]
    return one.distance_km == other.distance_km and all(a == b for a, b in known if a is not None and b is not None)


def _near(one: Decimal, other: Decimal, share: Decimal) -> bool:
    return abs(one - other) <= share * other
