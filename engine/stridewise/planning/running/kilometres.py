"""Kilometres and longest run of each week: the usual week, what taper and recovery leave of it, what pain leaves, and every cap.
Whole kilometres, rounded down. Pain only ever takes away from what the same runner would run without it."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Decimal

from stridewise.language.pathway import NONE, WALK_RUN
from stridewise.planning.running.growth import Load, usual_loads, within_week
from stridewise.planning.running.pain import pain_caps
from stridewise.planning.running.policy import DayPolicy, Policy
from stridewise.planning.running.weeks import WEEK, Week

INTO_THE_RACE = frozenset({"taper", "race_week"})
NOTHING_SAID = Load(None, None)
Runs = Sequence[DayPolicy] | None  # the days of a week with a run, None where they are not known


def week_loads(policy: Policy, weeks: Sequence[Week], runs: Sequence[Runs]) -> list[Load]:
    """The running of each week; nothing is said where nothing is run, or by minutes only."""
    if policy.mode in (NONE, WALK_RUN):
        return [NOTHING_SAID] * len(weeks)
    usual = [_shared(week, load) for week, load in zip(weeks, usual_loads(policy, weeks), strict=True)]
    without_pain = _in_turn(policy, weeks, usual, runs)
    held = [_lowest(load, cap) for load, cap in zip(without_pain, pain_caps(policy, weeks), strict=True)]
    return _in_turn(policy, weeks, held, runs)


def _in_turn(policy: Policy, weeks: Sequence[Week], wanted: Sequence[Load], runs: Sequence[Runs]) -> list[Load]:
    """Week by week within every cap; in a taper none above the one before."""
    loads: list[Load] = []
    for week, load, on in zip(weeks, wanted, runs, strict=True):
        falls = any(day.phase in INTO_THE_RACE for day in week.policies)
        before = loads[-1] if loads and falls else NOTHING_SAID
        loads.append(_whole(policy, week, _lowest(load, _capped(week, policy, on), before), on))
    return loads


def _shared(week: Week, load: Load) -> Load:
    """What taper or recovery leaves: the week by its days, the longest run by the day it stands on."""
    share = sum((day.week_share for day in week.counted), Decimal(0)) / WEEK if week.training else Decimal(0)
    day = day_of_longest(week)
    longest = Decimal(0) if day is None else day.longest_share
    return Load(None if load.km is None else load.km * share, None if load.longest is None else load.longest * longest)


def day_of_longest(week: Week) -> DayPolicy | None:
    """The last day that may hold a long run, else the last; None where there is no day but that of the race."""
    days = [day for _, day in week.training]
    return next((day for day in reversed(days) if not day.long_waits), days[-1] if days else None)


def _capped(week: Week, policy: Policy, runs: Runs) -> Load:
    """The caps of the week: of its days, those with a run where they are known, the one that leaves most."""
    km = [day.week_at_most for _, day in week.training]
    longest = [day.longest_at_most for day in runs or [day for _, day in week.training]]
    return Load(_cap(km, policy.base, week), _cap(longest, policy.longest, week))


def _cap(found: Sequence[Decimal | None], now: Decimal | None, week: Week) -> Decimal | None:
    """A cap above what is run now is about the next step, which growth keeps by itself: it counts for the first week alone."""
    known = [value for value in found if value is not None]
    if not known or len(known) < len(found):
        return None
    return None if now is not None and max(known) > now and week.number > 1 else max(known)


def _lowest(*loads: Load) -> Load:
    return Load(_least(load.km for load in loads), _least(load.longest for load in loads))


def _least(values: Iterable[Decimal | None]) -> Decimal | None:
    return min((value for value in values if value is not None), default=None)


def _whole(policy: Policy, week: Week, load: Load, runs: Runs) -> Load:
    """Whole kilometres; the longest run within its part of the week, the week within what its runs can hold."""
    km = None if policy.base is None else _floor(load.km)
    longest = None if policy.longest is None and policy.pain_free is None else load.longest
    if km is None or longest is None:
        return Load(km, _floor(longest))
    if week.training and all(day.long_waits for _, day in week.training):  # as long as the others
        longest = min(longest, -(-km // max(1, len(week.training if runs is None else runs))))
    return _settled(policy, km, longest, runs)


def _settled(policy: Policy, km: Decimal, longest: Decimal, runs: Runs) -> Load:
    """Longest run and week, each within what the other leaves."""
    fitted = within_week(policy, longest, km).to_integral_value(ROUND_FLOOR)
    held = km if runs is None else min(km, sum((day.within(fitted) for day in runs), Decimal(0)))  # the most they can hold
    return Load(km, fitted) if (fitted, held) == (longest, km) else _settled(policy, held, fitted, runs)


def _floor(km: Decimal | None) -> Decimal | None:
    return None if km is None else km.to_integral_value(ROUND_FLOOR)
