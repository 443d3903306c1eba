"""Training load in numbers, computed exactly: the latest week, the mean before it, changes, and a planned run against the
longest. A log is read to its own last day: what nobody recorded is not a week of rest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from stridewise.profile.log import Log, Run

HUNDRED = Decimal(100)
LONGEST_RUN_DAYS = 30
WEEKS_FROM_LOG = 5
WEEK = 7  # days
MINUTES = 60  # of an hour


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


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a log that every measure is taken from: whole weeks that end on its last day, at most five; none where it is
    shorter than a week. `part_days` are those before the first whole week, where five are not there."""

    first: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.first).days + 1

    @property
    def weeks(self) -> int:
        return min(WEEKS_FROM_LOG, self.days // WEEK)

    @property
    def part_days(self) -> int:
        return self.days - WEEK * self.weeks if self.weeks < WEEKS_FROM_LOG else 0

    def week_of(self, day: date) -> int | None:
        """The week a day is in, 0 the latest; None outside the whole weeks."""
        ago = (self.end - day).days
        return ago // WEEK if 0 <= ago < WEEK * self.weeks else None


def window_of(log: Log, as_of: date) -> Window | None:
    """The window of a log up to a day, None where it knows of no run until then. A ride or a walk shows too that it was kept."""
    told = [*(one.day for one in log.others), *(one.day for one in log.left_out), *(run.day for run in log.runs)]
    days = [day for day in told if day is not None and day <= as_of]
    return Window(min(days), max(days)) if any(run.day <= as_of for run in log.runs) else None


def weeks_of_log(runs: Iterable[Run], window: Window) -> list[Decimal]:
    """Kilometres of each whole week of the window, oldest first."""
    return _by_week(((run.day, run.distance_km) for run in runs), window)


def minutes_of_log(runs: Iterable[Run], window: Window) -> list[Decimal]:
    """Minutes of each whole week of the window, oldest first."""
    return _by_week(((run.day, run.minutes or Decimal(0)) for run in runs), window)


def session_load_of_log(runs: Iterable[Run], window: Window) -> list[Decimal]:
    """Minutes times effort (0 to 10) of each whole week, oldest first: the session load of Foster et al. (2001)."""
    return _by_week(((run.day, (run.minutes or 0) * (run.rpe or Decimal(0))) for run in runs), window)


def _by_week(amounts: Iterable[tuple[date, Decimal]], window: Window) -> list[Decimal]:
    totals = [Decimal(0)] * window.weeks
    for day, amount in amounts:
        if (week := window.week_of(day)) is not None:
            totals[window.weeks - 1 - week] += amount
    return totals


def runs_of_week(runs: Iterable[Run], window: Window, week: int = 0) -> list[Run]:
    """The runs of one week of the window, 0 the latest, in the order of their days."""
    return sorted((run for run in runs if window.week_of(run.day) == week), key=lambda run: run.day)


def longest_of_log(runs: Iterable[Run], window: Window) -> Run | None:
    """The longest run of the last 30 days of the window, the latest where several are; None without one."""
    recent = [run for run in runs if 0 <= (window.end - run.day).days < LONGEST_RUN_DAYS]
    return max(recent, key=lambda run: (run.distance_km, run.day), default=None)


def hours_a_week(others: Sequence[Run], window: Window) -> Decimal | None:
    """Hours a week of other endurance, the mean of the whole weeks; None where there is none in them."""
    minutes = _by_week(((one.day, one.minutes or Decimal(0)) for one in others), window)
    total = sum(minutes, Decimal(0))
    return total / MINUTES / len(minutes) if total else None
