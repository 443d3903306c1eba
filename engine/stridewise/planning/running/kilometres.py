"""Kilometres and longest run of each week: the usual week, what taper and recovery leave of it, what pain leaves, and every cap.
Whole kilometres, rounded down. Pain only ever takes away from what the same runner would run without it."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from stridewise.planning.running.growth import Load, usual_loads, within_week
from stridewise.planning.running.pain import pain_caps
from stridewise.planning.running.policy import NONE, WALK_RUN, Policy
from stridewise.planning.running.weeks import WEEK, Week

RUN_INTO_THE_RACE = frozenset({"taper", "race_week"})


def week_loads(policy: Policy, weeks: Sequence[Week], runs: Sequence[int | None]) -> list[Load]:
    """The running of each week; `runs` are the runs in it, None where they are not known."""
    if policy.mode in (NONE, WALK_RUN):
        return [Load(None, None)] * len(weeks)
    loads: list[Load] = []
    usual, caps = usual_loads(policy, weeks), pain_caps(policy, weeks)
    for week, load, cap, number in zip(weeks, usual, caps, runs, strict=True):
        before = loads[-1] if loads and _falls(week) else Load(None, None)
        left = _least(_shared(week, load), _least(cap, _least(_capped(week, policy), before)))
        loads.append(_whole(policy, week, left, number))
    return loads


def _falls(week: Week) -> bool:
    """In a taper no week is longer than the one before it."""
    return any(policy.phase in RUN_INTO_THE_RACE for policy in week.policies)


def _shared(week: Week, load: Load) -> Load:
    """What taper or recovery leaves: the week by its days, the longest run by the day that leaves most."""
    counted = week.counted
    share = sum((policy.week_share for policy in counted), Decimal(0)) / WEEK if week.training else Decimal(0)
    longest = max((policy.longest_share for _, policy in week.training), default=Decimal(0))
    return Load(
        None if load.km is None else load.km * share, None if load.longest is None else load.longest * longest
    )


def _capped(week: Week, policy: Policy) -> Load:
    """The caps of the week: of its days the one that leaves most. A cap above what is run now is about the next step, which the
    growth keeps itself, so it counts for the first week alone."""
    km = [day.week_at_most for _, day in week.training]
    longest = [day.longest_at_most for _, day in week.training]
    return Load(_cap(km, policy.base, week), _cap(longest, policy.longest, week))


def _cap(found: list[Decimal | None], now: Decimal | None, week: Week) -> Decimal | None:
    known = [value for value in found if value is not None]
    if not known or len(known) < len(found):
        return None
    most = max(known)
    return None if now is not None and most > now and week.number > 1 else most


def _least(one: Load, other: Load) -> Load:
    return Load(_lower(one.km, other.km), _lower(one.longest, other.longest))


def _lower(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return min((value for value in (one, other) if value is not None), default=None)


def _whole(policy: Policy, week: Week, load: Load, runs: int | None) -> Load:
    """Whole kilometres; the longest run within its part of the week, the week within what its runs can hold."""
    km, longest = _floor(load.km), load.longest
    if policy.base is None:
        km = None
    if policy.longest is None and policy.pain_free is None:
        longest = None
    if km is not None and longest is not None:
        longest = within_week(policy, longest, km)
        if week.training and all(day.long_waits for _, day in week.training):
            longest = min(longest, -(-km // max(1, runs or len(week.training))))
    longest = _floor(longest)
    if km is not None and longest is not None and runs:
        km = min(km, longest * runs)
    return Load(km, longest)


def _floor(km: Decimal | None) -> Decimal | None:
    return None if km is None else km.to_integral_value(ROUND_FLOOR)
