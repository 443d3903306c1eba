"""Put the plan on days: two weeks in full, the rest in outline, up to the race. Two clear days before a race are kept
whatever else gives way; a week's numbers follow what the rules say for that week, and reductions never multiply."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from stridewise.documents.units import plain
from stridewise.language.exercise import BLOCKS
from stridewise.plan.model import PlannedDay, PlannedExercise, PlannedSession, Prescription, WeekTotals
from stridewise.planning.dosage import HALF, contacts, dosage_in_week, is_heavy, top
from stridewise.planning.load import sessions_at_most, sets_factor
from stridewise.planning.outlook import Ahead, Outlook
from stridewise.planning.session_size import session_size
from stridewise.planning.situation import ENGINE, USUAL_SESSIONS, Situation
from stridewise.planning.stops import Stopped
from stridewise.planning.week_pattern import BEFORE_KEY_RUN, WEEKDAYS, Days, Pattern, best_days, order_note

WEEK = 7
FULL_WEEKS = 2
WEEKS_WITHOUT_RACE = 8
MAX_WEEKS = 52
NEAR_RACE_DAYS = 21
MOST_SESSIONS = Decimal(3)
LIGHTER_EVERY = 4  # every fourth week of base, build and off-season holds one set less (policy)
LIGHTER_PHASES = frozenset({"off_season", "base", "build", ""})
WARM_UP = ("warm_up",)


def make_schedule(situation: Situation, prescriptions: Sequence[Prescription], stopped: Stopped) -> tuple[PlannedDay, ...]:
    """Dated sessions from the plan's day to the race, or for some weeks where there is none."""
    if stopped.everything or not (prescriptions or situation.memory.by_kind.get("training_day")):
        return ()
    return tuple(_Schedule(situation, prescriptions, stopped.running).days())


@dataclass(slots=True)
class _Schedule:
    """`sessions` are the runner's own by weekday, "" where none is recorded; `main` and `drills` what is prescribed for the
    strength sessions and for the warm-ups."""

    situation: Situation
    prescriptions: Sequence[Prescription]
    runs_stopped: bool
    race_day: date | None = field(init=False)
    sessions: dict[str, str] = field(init=False)
    main: list[Prescription] = field(init=False)
    drills: list[Prescription] = field(init=False)

    def __post_init__(self) -> None:
        days = self.situation.number("days_to_race")
        self.race_day = None if days is None else self.situation.intake.as_of + timedelta(int(days))
        facts = {day: self.situation.facts("training_day", day) for day in WEEKDAYS}
        recorded = {day: str(found[0].get("session") or "") if found else "" for day, found in facts.items()}
        self.sessions = {day: self._allowed(session) for day, session in recorded.items()}
        self.main = [one for one in self.prescriptions if one.block not in WARM_UP]
        self.drills = [one for one in self.prescriptions if one.block in WARM_UP]

    def _allowed(self, session: str) -> str:
        """The runner's own session of a day, "" where it is stopped."""
        return "" if self.runs_stopped and session not in ("rest", "strength") else session

    def race(self, drills: Sequence[PlannedExercise] = ()) -> PlannedSession:
        """The race; while running is stopped it is a date and no advice."""
        title = "Race, only if running is allowed again by then" if self.runs_stopped else "Race"
        return PlannedSession(kind="race", title=title, exercises=tuple(drills))

    def days(self) -> Iterator[PlannedDay]:
        """Week by week, the first two in full."""
        ahead = Ahead(self.situation)
        weeks = [
            _Week(self, number, dates, self._outlooks(ahead, number, dates)) for number, dates in enumerate(self._weeks(), 1)
        ]
        taper = [week for week in weeks if week.outlooks[-1].phase == "taper"]
        for place, week in enumerate(taper, 1):  # stepped down evenly over the taper weeks
            week.step = Decimal(place) / len(taper)
        last: date | None = None
        done = 0
        for week in weeks:
            week.done = done
            pattern = week.choose(last)
            done += len(pattern.days)
            last = week.dates[pattern.days[-1]] if pattern.days else last
            yield from week.in_full(pattern) if week.number <= FULL_WEEKS else [week.outline(pattern)]

    def _outlooks(self, ahead: Ahead, number: int, dates: list[date]) -> list[Outlook]:
        """Day by day where it matters, in full weeks and near the race; else what holds at the start of the week."""
        near_race = self.race_day is not None and (self.race_day - dates[-1]).days <= NEAR_RACE_DAYS
        if number <= FULL_WEEKS or near_race:
            return [ahead.on(day) for day in dates]
        return [ahead.on(dates[0])] * len(dates)

    def _weeks(self) -> Iterator[list[date]]:
        """Weeks of seven days from the plan's day; a last rest of one or two days belongs to the week before."""
        dates = [self.situation.intake.as_of + timedelta(day) for day in range(self._length())]
        while dates:
            size = len(dates) if len(dates) <= WEEK + 2 else WEEK
            yield dates[:size]
            dates = dates[size:]

    def _length(self) -> int:
        """Days to plan, the race day among them."""
        days = self.situation.number("days_to_race")
        if days is None or days > MAX_WEEKS * WEEK:
            return WEEKS_WITHOUT_RACE * WEEK
        return int(days) + 1

    def run_on(self, day: date) -> str:
        """The runner's own session that day, "" where it is not recorded."""
        return self.sessions[WEEKDAYS[day.weekday()]]


@dataclass(slots=True)
class _Week:
    """One week: its days, what the rules say on each, and the strength sessions that fit."""

    plan: _Schedule
    number: int
    dates: list[date]
    outlooks: list[Outlook]
    done: int = 0  # strength sessions in the weeks before
    step: Decimal = Decimal(1)  # how much of a taper has been taken by this week
    sets: dict[str, Decimal] = field(default_factory=dict)  # of each exercise this week

    def choose(self, last: date | None) -> Pattern:
        """The days for strength; not the day after the last session of the week before."""
        allowed = self._allowed()
        if last is not None and self.dates[0] - last <= timedelta(1):
            allowed[0] = False
        runs = [self.plan.run_on(day) for day in [*self.dates, self.dates[-1] + timedelta(1)]]
        is_new = bool(self.plan.situation.facts("new_exercise_dose", "half"))
        return best_days(Days(tuple(runs), tuple(allowed), self._works_legs(), is_new), self._wanted())

    def in_full(self, pattern: Pattern) -> Iterator[PlannedDay]:
        """One entry a day."""
        for index, day in enumerate(self.dates):
            sessions = list(self._run(index))
            if index in pattern.days:
                sessions.append(self._strength(index, pattern.days.index(index), pattern.gave_way.get(index, "")))
            totals = self._totals(pattern) if index == 0 else None
            yield PlannedDay(date=str(day), week=self.number, phase=self._phase(index), sessions=tuple(sessions), totals=totals)

    def outline(self, pattern: Pattern) -> PlannedDay:
        """One entry for the whole week."""
        number = len(pattern.days)
        title = f"{number} strength session{'s' if number > 1 else ''} this week"
        sessions = [replace(self._strength(day, 0, ""), title=title, note="") for day in pattern.days[:1]]
        sessions += [self.plan.race() for day in self.dates if day == self.plan.race_day]
        return PlannedDay(
            date=str(self.dates[0]), week=self.number, phase=self._phase(0), sessions=tuple(sessions), outline=True,
            totals=self._totals(pattern),
        )  # fmt: skip

    # --- where strength fits -----------------------------------------------------------------------------------------

    def _run_of(self, index: int) -> str:
        return self.plan.run_on(self.dates[index])

    def _allowed(self) -> list[bool]:
        """Days on which strength may stand at all: not the race day, not the clear days before it."""
        race = self.plan.race_day
        return [
            bool(self._exercises(index)) and "clear_days" not in outlook.windows and day != race
            for index, (day, outlook) in enumerate(zip(self.dates, self.outlooks, strict=True))
        ]

    def _wanted(self) -> int:
        """Sessions this week: what the runner can fit in. Rehabilitation keeps its days, whatever the race asks."""
        possible = self.plan.situation.number("sessions_per_week")
        usual = min(USUAL_SESSIONS if possible is None else possible, MOST_SESSIONS)
        healing = max((top(one.dosage.sessions_per_week, usual) for one in self.plan.main if one.heals), default=Decimal(0))
        wanted = int(max(min(usual, self._allowed_sessions()), min(healing, MOST_SESSIONS if possible is None else usual)))
        return wanted if len(self.dates) >= WEEK else min(wanted, -(-len(self.dates) // 3))

    def _allowed_sessions(self) -> Decimal:
        """Strength sessions that the rules leave this week."""
        left = sessions_at_most(self.outlooks[0].adjustments)
        return MOST_SESSIONS if left is None else left

    def _works_legs(self) -> bool:
        exercises = self.plan.situation.program.exercises
        return any(exercises[one.exercise].demand("lower_limb") > 1 for one in self.plan.main)

    def _exercises(self, index: int) -> list[Prescription]:
        """What may be trained that day: no heavy leg work once that window is closed."""
        if "no_heavy_legs" not in self.outlooks[index].windows:
            return self.plan.main
        return [one for one in self.plan.main if not self._is_heavy_leg_work(one)]

    def _is_heavy_leg_work(self, one: Prescription) -> bool:
        exercise = self.plan.situation.program.exercises[one.exercise]
        return is_heavy(exercise, one.dosage) and exercise.demand("lower_limb") > 0

    # --- sessions -----------------------------------------------------------------------------------------------------

    def _run(self, index: int) -> Iterator[PlannedSession]:
        """The runner's own run with the warm-up drills before it; the race on its day."""
        if self.dates[index] == self.plan.race_day:
            yield self.plan.race(self._planned(self.plan.drills))
            return
        session = self._run_of(index)
        if session in ("", "rest", "strength"):
            return
        labels = self.plan.situation.program.vocabulary.terms.get("day_sessions", {})
        drills = () if session == "cross" else self._planned(self.plan.drills)
        yield PlannedSession(kind="run", title=labels[session].label if session in labels else session, exercises=drills)

    def _strength(self, index: int, place: int, gave_way: str) -> PlannedSession:
        """A strength session: plyometrics first, then in the order of the blocks."""
        todays = self._trained(index, place)
        if gave_way == BEFORE_KEY_RUN:
            todays = [one for one in todays if not self._is_heavy_leg_work(one)] or todays
        with_drills = self.plan.drills if not self.plan.situation.memory.by_kind.get("training_day") else []
        planned = self._planned(sorted([*with_drills, *todays], key=lambda one: BLOCKS.index(one.block)))
        exercises = self.plan.situation.program.exercises
        length = sum((exercises[one.exercise].minutes_per_set * self._sets(one) for one in todays), Decimal(0))
        lighter = " A lighter week: one set less." if self._is_lighter() else ""
        note = order_note(self._run_of(index))
        return PlannedSession(
            kind="strength",
            title=f"Strength {self._variant(place)}" if len(self._variants) > 1 else "Strength",
            exercises=planned,
            minutes=plain(length),
            note=f"{note}{lighter}".strip(),
            gave_way=gave_way,
        )

    def _trained(self, index: int, place: int) -> list[Prescription]:
        """What the week's session number `place` holds. Beyond what the rules leave this week rehabilitation stands alone."""
        variant = self._variant(place)
        todays = [one for one in self._exercises(index) if variant in one.session and self._has_its_turn(one, place)]
        return [one for one in todays if one.heals or place < self._allowed_sessions()]

    def _has_its_turn(self, one: Prescription, place: int) -> bool:
        """An exercise meant for fewer days a week stays out of later ones; what stands in one of two sessions comes with it."""
        return len(one.session) < len(self._variants) or place < top(one.dosage.sessions_per_week, Decimal(WEEK))

    @property
    def _variants(self) -> list[str]:
        return sorted({name for one in self.plan.main for name in one.session})

    def _variant(self, place: int) -> str:
        """Which of the sessions that take turns is the week's session number `place`."""
        return self._variants[(self.done + place) % len(self._variants)] if self._variants else ""

    def _planned(self, prescriptions: Sequence[Prescription]) -> tuple[PlannedExercise, ...]:
        return tuple(
            PlannedExercise(exercise=one.exercise, name=one.name, block=one.block, sets=self._sets(one)) for one in prescriptions
        )

    def _sets(self, one: Prescription) -> Decimal:
        if one.exercise not in self.sets:
            self.sets[one.exercise] = self._sets_now(one)
        return self.sets[one.exercise]

    def _sets_now(self, one: Prescription) -> Decimal:
        """The sets of this week. What heals has those of its stage; other work gives one in a lighter week, or where a stage
        needs the time."""
        is_staged, gives = self._room_for_stages()
        sets = self._fewer(one, self._full_sets(one, is_staged))
        if one.heals or one.block in WARM_UP:
            return sets
        return max(Decimal(1), sets - 1) if self._is_lighter() or gives else sets

    def _full_sets(self, one: Prescription, is_staged: bool) -> Decimal:
        return top((dosage_in_week(one.dosage, self.number) if is_staged else one.dosage).sets, Decimal(1))

    def _room_for_stages(self) -> tuple[bool, bool]:
        """Whether the doses of this week's stages fit into the sessions, and whether other work gives a set for them."""
        limit = session_size(self.plan.situation).minutes
        fits = (option for option in ((True, False), (True, True)) if self._longest(*option) <= limit)
        return next(fits, (False, False))

    def _longest(self, is_staged: bool, gives: bool) -> Decimal:
        """Minutes of the longest of the sessions that take turns."""
        per_set = self.plan.situation.program.exercises
        lengths = {
            one.exercise: per_set[one.exercise].minutes_per_set
            * max(Decimal(1), self._full_sets(one, is_staged) - (1 if gives and not one.heals else 0))
            for one in self.plan.main
        }
        held = ([lengths[one.exercise] for one in self.plan.main if name in one.session] for name in self._variants)
        return max((sum(minutes, Decimal(0)) for minutes in held), default=Decimal(0))

    def _fewer(self, one: Prescription, sets: Decimal) -> Decimal:
        """The share of sets that the rules leave for this week, counted from the full dose: reductions never multiply, and
        rehabilitation keeps its sets."""
        if one.heals:
            return sets
        adjustment = self.outlooks[0].adjustment("strength_sets")
        left = sets_factor([adjustment] if adjustment is not None else [])
        is_halved = any(because.rule == f"{ENGINE}/half-dose" for because in one.because)
        taken = min(self.plan.situation.sets_factor, HALF if is_halved else Decimal(1))
        if left >= taken or one.block in WARM_UP:
            return sets
        return max(Decimal(1), (sets / taken * left).to_integral_value(rounding="ROUND_FLOOR"))

    def _is_lighter(self) -> bool:
        return self.number % LIGHTER_EVERY == 0 and self.outlooks[0].phase in LIGHTER_PHASES

    # --- the week in numbers ---------------------------------------------------------------------------------------------

    def _phase(self, index: int) -> str:
        return self.outlooks[index].phase or "base"

    def _totals(self, pattern: Pattern) -> WeekTotals:
        situation = self.plan.situation
        trained = [self._trained(day, place) for place, day in enumerate(pattern.days)]
        sets = sum((self._sets(one) for session in trained for one in session), Decimal(0))
        exercises = situation.program.exercises
        hits = sum((contacts(exercises[one.exercise], one.dosage) for session in trained for one in session), Decimal(0))
        running, longest = self._running("weekly_distance"), self._running("longest_run")
        return WeekTotals(
            running_km=running, longest_run_km=longest if running is None or longest is None else min(longest, running),
            strength_sessions=len(pattern.days), sets=sets, contacts=plain(hits),
        )  # fmt: skip

    def _running(self, metric: str) -> Decimal | None:
        """Kilometres this week: what the runner is used to, stepped down over the taper to what rules set, never up to a cap."""
        now = self.plan.situation.number(metric)
        adjustment = self.outlooks[-1].adjustment(metric)
        if self.plan.runs_stopped or adjustment is None or adjustment.to is None:
            return None if self.plan.runs_stopped else now
        if now is None or adjustment.to >= now:
            return adjustment.to if now is None or adjustment.from_ is not None else now
        return plain(round(now - (now - adjustment.to) * self.step, 0))
