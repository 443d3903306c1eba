"""Calendar weeks: Monday to Sunday. The first starts on the plan's day, the last ends at the race."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from stridewise.planning.running.policy import DayPolicy

WEEK = 7
DAY = timedelta(1)
IN_FULL = timedelta(weeks=2)  # weeks that begin sooner are told day by day


@dataclass(frozen=True)
class Week:
    """A week of the plan: `dates` are those planned, `policies` what the rules say on each."""

    number: int
    dates: tuple[date, ...]
    policies: tuple[DayPolicy, ...]
    race: date | None = None  # where it is in this week

    @property
    def is_whole(self) -> bool:
        return len(self.dates) == WEEK

    @cached_property
    def training(self) -> tuple[tuple[date, DayPolicy], ...]:
        """The days without that of the race."""
        return tuple((day, policy) for day, policy in zip(self.dates, self.policies, strict=True) if day != self.race)

    @property
    def counted(self) -> list[DayPolicy]:
        """The days that the kilometres are counted by: the whole calendar week up to the race, so that a first week that has
        begun holds what was run since Monday."""
        begun = (WEEK if self.race is None else self.race.weekday() + 1) - len(self.dates)
        return [*[self.policies[0]] * begun, *self.policies]


def calendar_weeks(first: date, last: date) -> Iterator[tuple[date, ...]]:
    """The dates from first to last, week by week."""
    dates: list[date] = []
    day = first
    while day <= last:
        dates.append(day)
        if day.weekday() == WEEK - 1 or day == last:
            yield tuple(dates)
            dates = []
        day += DAY
