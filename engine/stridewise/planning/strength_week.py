"""The strength sessions of one week: on which days they fit around the running, and what each holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from stridewise.documents.units import plain
from stridewise.language.exercise import BLOCKS, Exercise
from stridewise.language.translation import say
from stridewise.plan.model import PlannedExercise, PlannedSession, Prescription
from stridewise.planning.dosage import contacts, is_heavy, top
from stridewise.planning.load import sessions_at_most
from stridewise.planning.outlook import Outlook
from stridewise.planning.running.running import Running
from stridewise.planning.running.weeks import WEEK, Week
from stridewise.planning.situation import USUAL_SESSIONS, Situation
from stridewise.planning.strength_sets import WARM_UP, WeekSets, variants
from stridewise.planning.week_pattern import BEFORE_KEY_RUN, WEEKDAYS, Days, Pattern, best_days, order_note

MOST_SESSIONS = Decimal(3)


@dataclass(slots=True)
class StrengthWeek:
    """One week: what the rules say on its days, and the sessions that fit. `done` are the sessions in the weeks before."""

    running: Running
    week: Week
    prescriptions: Sequence[Prescription]
    done: int = 0
    main: list[Prescription] = field(init=False)
    drills: list[Prescription] = field(init=False)
    sets: WeekSets = field(init=False)
    names: list[str] = field(init=False)  # of the sessions that take turns
    left: Decimal = field(init=False)  # strength sessions that the rules leave this week
    held: dict[tuple[date, int], list[Prescription]] = field(default_factory=dict, init=False)  # by `_trained`

    def __post_init__(self) -> None:
        self.main = [one for one in self.prescriptions if one.block not in WARM_UP]
        self.drills = [one for one in self.prescriptions if one.block in WARM_UP]
        self.sets = WeekSets(self.situation, self.main, self.week.number, self.outlook)
        self.names = variants(self.main)
        left = sessions_at_most(self.outlook.adjustments)
        self.left = MOST_SESSIONS if left is None else left

    @property
    def situation(self) -> Situation:
        return self.running.situation

    @property
    def outlook(self) -> Outlook:
        """What holds at the start of the week."""
        return self.running.outlooks[self.week.dates[0]]

    # --- where strength fits -----------------------------------------------------------------------------------------

    def choose(self, last: date | None) -> Pattern:
        """The days for strength; not the day after the last session of the week before."""
        possible = self.situation.names("available_day")
        allowed = [self._is_allowed(day, possible) for day in self.week.dates]
        if last is not None and self.week.dates[0] - last <= timedelta(1):
            allowed[0] = False
        dates = self.week.dates
        runs = tuple(self.running.session_on(day) for day in [*dates, dates[-1] + timedelta(1)])
        is_new = bool(self.situation.facts("new_exercise_dose", "half"))
        works_legs = any(self._library[one.exercise].demand("lower_limb") > 1 for one in self.main)
        return best_days(Days(runs, tuple(allowed), works_legs, is_new), self._wanted())

    def _is_allowed(self, day: date, possible: Collection[str]) -> bool:
        """May strength stand there at all? Not on the race day, not on clear days, not where there is no time: only on the
        `possible` days, where these are recorded."""
        if day == self.running.race or day in self.running.closed:
            return False
        if possible and WEEKDAYS[day.weekday()] not in possible:
            return False
        return bool(self._exercises(day)) and "clear_days" not in self.running.outlooks[day].windows

    def _wanted(self) -> int:
        """Sessions this week: what the runner can fit in. Rehabilitation keeps its days, whatever the race asks."""
        possible = self.situation.number("sessions_per_week")
        usual = min(USUAL_SESSIONS if possible is None else possible, MOST_SESSIONS)
        healing = max((top(one.dosage.sessions_per_week, usual) for one in self.main if one.heals), default=Decimal(0))
        wanted = int(max(min(usual, self.left), min(healing, MOST_SESSIONS if possible is None else usual)))
        return wanted if self.week.is_whole else _share(wanted, len(self.week.dates))

    @property
    def _library(self) -> Mapping[str, Exercise]:
        return self.situation.program.exercises

    def _exercises(self, day: date) -> list[Prescription]:
        """What may be trained that day: no heavy leg work once that window is closed."""
        if "no_heavy_legs" not in self.running.outlooks[day].windows:
            return self.main
        return [one for one in self.main if not self._is_heavy_leg_work(one)]

    def _is_heavy_leg_work(self, one: Prescription) -> bool:
        exercise = self._library[one.exercise]
        return is_heavy(exercise, one.dosage) and exercise.demand("lower_limb") > 0

    # --- sessions -----------------------------------------------------------------------------------------------------

    def session(self, index: int, place: int, gave_way: str = "") -> PlannedSession:
        """The week's session number `place` on its day: plyometrics first, then in the order of the blocks."""
        day = self.week.dates[index]
        todays = self._held(day, place, gave_way)
        with_drills = self.drills if not self.running.has_runs else []
        length = sum((self._library[one.exercise].minutes_per_set * self.sets.of(one) for one in todays), Decimal(0))
        lighter = say("A lighter week: one set less.") if self.sets.is_lighter else ""
        return PlannedSession(
            kind="strength",
            title=f"{say('Strength')} {self._variant(place)}" if len(self.names) > 1 else say("Strength"),
            exercises=self.planned(sorted([*with_drills, *todays], key=lambda one: BLOCKS.index(one.block))),
            minutes=plain(length),
            note=f"{order_note(self.running.session_on(day))} {lighter}".strip(),
            gave_way=say(gave_way),
        )

    def _held(self, day: date, place: int, gave_way: str) -> list[Prescription]:
        """What is trained that day: before a key run no heavy leg work, where anything else is left."""
        todays = self._trained(day, place)
        if gave_way != BEFORE_KEY_RUN:
            return todays
        return [one for one in todays if not self._is_heavy_leg_work(one)] or todays

    def _trained(self, day: date, place: int) -> list[Prescription]:
        """What the week's session number `place` holds. Beyond what the rules leave this week rehabilitation stands alone."""
        if (day, place) not in self.held:
            variant = self._variant(place)
            todays = [one for one in self._exercises(day) if variant in one.session and self._has_its_turn(one, place)]
            self.held[day, place] = [one for one in todays if one.heals or place < self.left]
        return self.held[day, place]

    def _has_its_turn(self, one: Prescription, place: int) -> bool:
        """An exercise meant for fewer days a week stays out of later ones; what stands in one of two sessions comes with it."""
        return len(one.session) < len(self.names) or place < top(one.dosage.sessions_per_week, Decimal(WEEK))

    def _variant(self, place: int) -> str:
        """Which of the sessions that take turns is the week's session number `place`."""
        return self.names[(self.done + place) % len(self.names)] if self.names else ""

    def planned(self, prescriptions: Sequence[Prescription]) -> tuple[PlannedExercise, ...]:
        """Exercises with the sets of this week."""
        return tuple(
            PlannedExercise(exercise=one.exercise, name=one.name, block=one.block, sets=self.sets.of(one))
            for one in prescriptions
        )

    def totals(self, pattern: Pattern) -> tuple[Decimal, Decimal]:
        """Sets and ground contacts of the week."""
        placed = enumerate(pattern.days)
        trained = [self._held(self.week.dates[day], place, pattern.gave_way.get(day, "")) for place, day in placed]
        sets = sum((self.sets.of(one) for session in trained for one in session), Decimal(0))
        hits = sum((contacts(self._library[one.exercise], one.dosage) for session in trained for one in session), Decimal(0))
        return sets, plain(hits)


def _share(wanted: int, days: int) -> int:
    """What a part week holds of the sessions of a whole one; one at least, where any is wanted."""
    share = (Decimal(wanted) * days / WEEK).to_integral_value(rounding=ROUND_HALF_UP)
    return min(wanted, max(1, int(share)))
