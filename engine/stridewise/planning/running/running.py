"""The running of a plan: weeks from Monday to Sunday with their kilometres, and what is run on each day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from stridewise.language.pathway import NONE, WALK_RUN
from stridewise.planning.outlook import Ahead, Outlook
from stridewise.planning.running.days import Given, RunDay, days_of, run_days
from stridewise.planning.running.growth import Load
from stridewise.planning.running.kilometres import NOTHING_SAID, week_loads
from stridewise.planning.running.pattern import RUNS, RunPattern, run_pattern
from stridewise.planning.running.policy import DayPolicy, Policy, day_policy, read_policy, with_asked_for
from stridewise.planning.running.walk_run import Step, steps_from_now, walk_run_days
from stridewise.planning.running.weeks import IN_FULL, WEEK, Week, calendar_weeks
from stridewise.planning.running.why import reasons_of, sentence
from stridewise.planning.situation import Situation
from stridewise.planning.stops import Stopped

WEEKS_WITHOUT_RACE = 8
MAX_WEEKS = 52
OWN_REASONS = {"blackout": "no training that day", "used_up": "the kilometres of this week are run on other days"}


@dataclass(slots=True)
class Running:
    """All weeks of the plan. `loads` hold their kilometres, `days` what is run; with a coach both are left out. Days share an
    outlook: what it says is worked out once, for days open or `closed`, and so is each sentence for a change (`told`)."""

    situation: Situation
    stopped: Stopped
    policy: Policy = field(init=False)
    pattern: RunPattern = field(init=False)
    race: date | None = field(init=False)
    closed: frozenset[date] = field(init=False)
    outlooks: dict[date, Outlook] = field(init=False)
    weeks: list[Week] = field(init=False)
    loads: list[Load] = field(init=False)
    days: dict[date, RunDay] = field(init=False)
    steps: tuple[Step, ...] = field(init=False)
    policies: dict[tuple[int, bool], DayPolicy] = field(default_factory=dict, init=False)
    told: dict[tuple[int, str], str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.policy = read_policy(self.situation, self.stopped)
        self.pattern = run_pattern(self.situation)
        self.steps = steps_from_now(self.situation) if self.policy.mode == WALK_RUN else ()
        self.race = race_day(self.situation)
        self.closed = blackout_days(self.situation)  # what falls out is not made up on other days
        ahead = Ahead(self.situation)
        dates = list(calendar_weeks(self.situation.intake.as_of, self._end()))
        self.outlooks = {day: ahead.on(day) for week in dates for day in week}
        self.policy = with_asked_for(self.policy, self.outlooks[self.situation.intake.as_of])
        self.weeks = [self._week(number, days) for number, days in enumerate(dates, 1)]
        self._run()

    @property
    def is_coached(self) -> bool:
        """Does a coach plan the running, while running is allowed?"""
        return "yes" in self.situation.names("coach") and self.policy.mode not in (NONE, WALK_RUN)

    @property
    def has_runs(self) -> bool:
        """Is anything run on known days? Else the warm-up drills stand in the strength sessions."""
        return bool(self.pattern.sessions) or self.policy.mode == WALK_RUN

    @property
    def says_anything(self) -> bool:
        """Is there anything to say of the running?"""
        return self.has_runs or any(load != NOTHING_SAID for load in self.loads)

    def session_on(self, day: date) -> str:
        """What is run that day as a term of the sessions, "" where nothing is or nothing is known."""
        return "race" if day == self.race else self.days[day].session if day in self.days else self.pattern.on(day.weekday())

    def name(self, session: str) -> str:
        """A session as it is told."""
        return self.situation.program.vocabulary.label("day_sessions", session)

    def _end(self) -> date:
        """The race, or the Sunday after some weeks where there is none within a year."""
        today = self.situation.intake.as_of
        if self.race is None or (self.race - today).days > MAX_WEEKS * WEEK:
            return today + timedelta(WEEKS_WITHOUT_RACE * WEEK - 1 - today.weekday())
        return self.race

    def _week(self, number: int, dates: Sequence[date]) -> Week:
        policies = tuple(self._policy(self.outlooks[day], day not in self.closed) for day in dates)
        return Week(number, tuple(dates), policies, self.race if self.race in dates else None)

    def _policy(self, outlook: Outlook, is_open: bool) -> DayPolicy:
        key = (id(outlook), is_open)
        if key not in self.policies:
            self.policies[key] = day_policy(outlook, is_open)
        return self.policies[key]

    def _run(self) -> None:
        given = self._given()
        if self.is_coached:
            self.loads = [NOTHING_SAID] * len(self.weeks)
            self.days = {day: RunDay(state="coach") for week in self.weeks for day, _ in week.training}
            return
        self.loads = week_loads(self.policy, self.weeks, [run_days(given, week) for week in self.weeks])
        self.days = {}
        if self.policy.mode == WALK_RUN and self.steps:
            self._walk_and_run(given)
            return
        for week, load in zip(self.weeks, self.loads, strict=True):
            is_told = week.dates[0] - self.situation.intake.as_of < IN_FULL
            self.days |= days_of(given, week, load if is_told else NOTHING_SAID)

    def _walk_and_run(self, given: Given) -> None:
        """Steps by minutes on their days; other cardio stays where it was."""
        on = walk_run_days(self.steps, self.weeks, self.pattern, given.blackout, self.situation.names("available_day"))
        for day in (day for week in self.weeks for day, _ in week.training):
            if day in on:
                step = on[day]
                self.days[day] = RunDay(session="easy", title=step.title, minutes=step.minutes, note=step.plain)
            else:
                session = self.pattern.on(day.weekday())
                self.days[day] = RunDay(session="" if session in RUNS else session, state="rest")

    def _given(self) -> Given:
        labels = self.situation.program.vocabulary.terms.get("day_sessions", {})
        return Given(
            mode=self.policy.mode,
            pattern=self.pattern,
            blackout=self.closed,
            may_cross=self.may_cross,
            why=self._why,
            names={name: self.name(name) for name in labels},
            usual_km=self.policy.base,
        )

    def why_not(self) -> str:
        """Why nothing is run."""
        return sentence(self.situation, reasons_of(self.situation, "running", NONE))

    @property
    def may_cross(self) -> bool:
        """Is running alone stopped? What else stops says itself what may go on."""
        if self.policy.mode != NONE or any(one.stops != "nothing" for one in self.stopped.referrals):
            return False
        memory = self.situation.memory
        waits = [one for fact in memory.of("running_waits") for one in memory.derivations.get(fact, ())]
        return all(premise.kind == "running" for one in waits for premise in one.premises)

    def _why(self, day: date, about: str) -> str:
        """The reason for a change on a day."""
        if about in OWN_REASONS:
            return OWN_REASONS[about]
        key = (id(self.outlooks[day]), about)
        if key not in self.told:
            self.told[key] = self._reason(self.outlooks[day], about)
        return self.told[key]

    def _reason(self, outlook: Outlook, about: str) -> str:
        if about == "mode":
            return sentence(self.situation, reasons_of(self.situation, "running", self.policy.mode))
        found = sentence(self.situation, reasons_of(self.situation, about, "yes", outlook))
        return found or self._of_caps(outlook)

    def _of_caps(self, outlook: Outlook) -> str:
        """The name of the rule that asks for no hard session."""
        caps = [one.id for one in outlook.adjustments if one.metric == "hard_sessions" and one.to == 0]
        rules = [rule for name in caps if (rule := self.situation.program.rule(name)) is not None]
        return rules[0].title.rstrip(".") if rules else ""


def race_day(situation: Situation) -> date | None:
    """The day of the race, None where there is none."""
    days = situation.number("days_to_race")
    return None if days is None else situation.intake.as_of + timedelta(int(days))


def blackout_days(situation: Situation) -> frozenset[date]:
    """Days without any training."""
    return frozenset(date.fromisoformat(name) for name in situation.names("blackout"))
