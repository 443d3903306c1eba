"""Training load in numbers, computed exactly: the latest week, the mean before it, changes, and a planned run against the
longest."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from stridewise.profile.log import Run

HUNDRED = Decimal(100)
LONGEST_RUN_DAYS = 30
WEEKS_FROM_LOG = 5


def weekly_measures(weeks: Sequence[Decimal]) -> Iterator[tuple[str, Decimal]]:
    """(kind, value) for weekly distances in km, oldest first: the latest week, the mean of the weeks before it, and the latest
    week against the week before and against that mean, in percent.

    >>> dict(weekly_measures([Decimal(18), Decimal("19.8")]))["weekly_distance_change"]
    Decimal('10.0')
    """
    latest, earlier = weeks[-1], weeks[:-1]
    yield "weekly_distance", latest
    if earlier:
        total = sum(earlier, Decimal(0))
        yield "mean_weekly_distance", total / len(earlier)
        if earlier[-1] > 0:
            yield "weekly_distance_change", percent_above(latest, earlier[-1])
        if total > 0:  # in one division, so that the result is rounded once
            yield "weekly_distance_versus_mean", percent_above(latest * len(earlier), total)


def percent_above(value: Decimal, base: Decimal) -> Decimal:
    """How far `value` lies above `base` in percent, exact wherever a decimal can say it."""
    return (value - base) * HUNDRED / base


def weeks_of_log(runs: Sequence[Run], as_of: date) -> list[Decimal]:
    """Kilometres of each seven days up to and including `as_of`, oldest first: the weeks the log reaches back to."""
    past = [run for run in runs if run.day <= as_of]
    if not past:
        return []
    days = (as_of - min(run.day for run in past)).days + 1
    reach = max(1, min(WEEKS_FROM_LOG, days // 7))  # whole weeks only: half a week would look like a small one
    totals = [Decimal(0)] * reach
    for run in past:
        week = (as_of - run.day).days // 7
        if week < reach:
            totals[reach - 1 - week] += run.distance_km
    return totals


def longest_of_log(runs: Sequence[Run], as_of: date) -> Decimal | None:
    """The longest run in km of the 30 days up to and including `as_of`, None without one."""
    recent = [run.distance_km for run in runs if 0 <= (as_of - run.day).days < LONGEST_RUN_DAYS]
    return max(recent, default=None)
