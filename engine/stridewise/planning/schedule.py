"""Put the plan on days: the next weeks in full, the rest in outline, up to the race. Running comes first, strength fits itself
around it; two clear days before a race are kept whatever else gives way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from stridewise.language.pathway import EASY, NONE, WALK_RUN
from stridewise.language.translation import fixed, say, say_number
from stridewise.plan.model import PlannedDay, PlannedExercise, PlannedSession, Prescription, WeekTotals
from stridewise.planning.running.days import RunDay
from stridewise.planning.running.growth import Load
from stridewise.planning.running.running import Running
from stridewise.planning.running.weeks import IN_FULL
from stridewise.planning.strength_week import StrengthWeek
from stridewise.planning.week_pattern import Pattern

RACE = fixed("Race")
RACE_WHILE = {  # running is stopped, by minutes or easy: a date and no advice
    NONE: fixed("Race, only if running is allowed again by then"),
    WALK_RUN: fixed("Race, only if running without walking breaks is back by then"),
    EASY: fixed("Race, only if hard runs are allowed again by then"),
}

NO_RUN = RunDay()


def make_schedule(running: Running, prescriptions: Sequence[Prescription]) -> tuple[PlannedDay, ...]:
    """Dated sessions from the plan's day to the race, or for some weeks where there is none."""
    if running.stopped.everything or not (prescriptions or running.says_anything):
        return ()
    return tuple(_days(running, prescriptions))


def _days(running: Running, prescriptions: Sequence[Prescription]) -> Iterator[PlannedDay]:
    """Week by week, the near ones in full."""
    last, done = None, 0
    for week, load in zip(running.weeks, running.loads, strict=True):
        strength = StrengthWeek(running, week, prescriptions, done)
        pattern = strength.choose(last)
        done += len(pattern.days)
        last = week.dates[pattern.days[-1]] if pattern.days else last
        one = _Week(running, strength, pattern, load)
        is_near = week.dates[0] - running.situation.intake.as_of < IN_FULL
        yield from one.in_full() if is_near else one.outline()


@dataclass(slots=True)
class _Week:
    """One week, put into words of the plan."""

    running: Running
    strength: StrengthWeek
    pattern: Pattern
    load: Load

    @property
    def dates(self) -> tuple[date, ...]:
        return self.strength.week.dates

    def in_full(self) -> Iterator[PlannedDay]:
        """One entry a day."""
        for index, day in enumerate(self.dates):
            sessions = list(self._run(day))
            if index in self.pattern.days:
                place = self.pattern.days.index(index)
                sessions.append(self.strength.session(index, place, self.pattern.gave_way.get(index, "")))
            yield self._entry(day, sessions, totals=self._totals() if index == 0 else None)

    def outline(self) -> Iterator[PlannedDay]:
        """One entry for the whole week, and one for the race on its own day."""
        number = len(self.pattern.days)
        title = say_number("{number} strength session this week", "{number} strength sessions this week", number)
        sessions = [replace(self.strength.session(day, 0), title=title, note="") for day in self.pattern.days[:1]]
        sessions += self._steps()
        race = self.strength.week.race
        if race == self.dates[0]:
            sessions += self._run(race)
        yield self._entry(self.dates[0], sessions, totals=self._totals(), outline=True)
        if race is not None and race != self.dates[0]:
            yield self._entry(race, list(self._run(race)))

    def _steps(self) -> Iterator[PlannedSession]:
        """The walk–run steps of the week, each once."""
        held = [one for day in self.dates if (one := self.running.days.get(day)) is not None and one.minutes is not None]
        for title in dict.fromkeys(one.title for one in held):
            one = next(one for one in held if one.title == title)
            yield PlannedSession(kind="run", title=title, minutes=one.minutes)

    def _entry(
        self, day: date, sessions: Sequence[PlannedSession], totals: WeekTotals | None = None, outline: bool = False
    ) -> PlannedDay:
        return PlannedDay(
            date=str(day),
            week=self.strength.week.number,
            phase=self.running.outlooks[day].phase or "base",
            sessions=tuple(sessions),
            outline=outline,
            totals=totals,
            running=self.running.days.get(day, NO_RUN).state,
        )

    def _run(self, day: date) -> Iterator[PlannedSession]:
        """What is run that day with the warm-up drills before it; the race on its day."""
        if day == self.running.race:
            title = say(RACE_WHILE.get(self.running.policy.mode, RACE))
            yield PlannedSession(kind="race", title=title, exercises=self._drills())
            return
        one = self.running.days[day]
        if one.is_empty:
            return
        yield PlannedSession(
            kind="run" if one.is_run else "cross",
            title=one.title or (self.running.name(one.session) if one.session else say("rest")),
            exercises=self._drills() if one.is_run else (),
            note=one.note,
            became=one.became,
            proposed=one.proposed,
            km=one.km,
            minutes=one.minutes,
        )

    def _drills(self) -> tuple[PlannedExercise, ...]:
        return self.strength.planned(self.strength.drills)

    def _totals(self) -> WeekTotals:
        sets, contacts = self.strength.totals(self.pattern)
        minutes = self._minutes()
        return WeekTotals(
            running_km=self.load.km,
            longest_run_km=self.load.longest,
            strength_sessions=len(self.pattern.days),
            sets=sets,
            contacts=contacts,
            running_minutes=sum(minutes, Decimal(0)) if minutes else None,
            longest_run_minutes=max(minutes, default=None),
        )

    def _minutes(self) -> list[Decimal]:
        """The sessions of the week that go by minutes."""
        held = (self.running.days[day].minutes for day in self.dates if day in self.running.days)
        return [minutes for minutes in held if minutes is not None]
