"""How many sets an exercise has in a week: the stage of its dose, what the race leaves, and lighter weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from stridewise.language.exercise import Exercise
from stridewise.plan.model import Prescription
from stridewise.planning.dosage import HALF, dosage_in_week, top
from stridewise.planning.load import sets_factor
from stridewise.planning.outlook import Outlook
from stridewise.planning.session_size import session_size
from stridewise.planning.situation import ENGINE, Situation

LIGHTER_EVERY = 4  # every fourth week of base, build and off-season holds one set less (policy)
LIGHTER_PHASES = frozenset({"off_season", "base", "build", ""})
WARM_UP = ("warm_up",)


@dataclass(slots=True)
class WeekSets:
    """The sets of one week. `main` is what the strength sessions hold, `number` that of the week."""

    situation: Situation
    main: Sequence[Prescription]
    number: int
    outlook: Outlook
    known: dict[str, Decimal] = field(default_factory=dict)
    room: tuple[bool, bool] | None = None  # for the stages, once it was looked at
    left: Decimal = field(init=False)  # the share of sets that the rules leave for this week

    def __post_init__(self) -> None:
        self.left = sets_factor(self.outlook.adjustments)

    def of(self, one: Prescription) -> Decimal:
        """The sets of an exercise this week."""
        if one.exercise not in self.known:
            self.known[one.exercise] = self._now(one)
        return self.known[one.exercise]

    @property
    def is_lighter(self) -> bool:
        """Is this one of the weeks with a set less?"""
        return self.number % LIGHTER_EVERY == 0 and self.outlook.phase in LIGHTER_PHASES

    def _now(self, one: Prescription) -> Decimal:
        """What heals has the sets of its stage; other work gives one in a lighter week, or where a stage needs the time."""
        if self.room is None:
            self.room = self._room_for_stages()
        is_staged, gives = self.room
        sets = self._fewer(one, self._full(one, is_staged))
        if one.heals or one.block in WARM_UP:
            return sets
        return max(Decimal(1), sets - 1) if self.is_lighter or gives else sets

    def _full(self, one: Prescription, is_staged: bool) -> Decimal:
        return top((dosage_in_week(one.dosage, self.number) if is_staged else one.dosage).sets, Decimal(1))

    def _room_for_stages(self) -> tuple[bool, bool]:
        """Whether the doses of this week's stages fit into the sessions, and whether other work gives a set for them."""
        limit = session_size(self.situation).minutes
        fits = (option for option in ((True, False), (True, True)) if self._longest(*option) <= limit)
        return next(fits, (False, False))

    def _longest(self, is_staged: bool, gives: bool) -> Decimal:
        """Minutes of the longest of the sessions that take turns."""
        per_set: Mapping[str, Exercise] = self.situation.program.exercises
        lengths = {
            one.exercise: per_set[one.exercise].minutes_per_set
            * max(Decimal(1), self._full(one, is_staged) - (1 if gives and not one.heals else 0))
            for one in self.main
        }
        held = ([lengths[one.exercise] for one in self.main if name in one.session] for name in variants(self.main))
        return max((sum(minutes, Decimal(0)) for minutes in held), default=Decimal(0))

    def _fewer(self, one: Prescription, sets: Decimal) -> Decimal:
        """The share of sets that the rules leave for this week, counted from the full dose: reductions never multiply, and
        rehabilitation keeps its sets."""
        if one.heals:
            return sets
        is_halved = any(because.rule == f"{ENGINE}/half-dose" for because in one.because)
        taken = min(self.situation.sets_factor, HALF if is_halved else Decimal(1))
        if self.left >= taken or one.block in WARM_UP:
            return sets
        return max(Decimal(1), (sets * self.left / taken).to_integral_value(rounding="ROUND_FLOOR"))


def variants(main: Sequence[Prescription]) -> list[str]:
    """The sessions that take turns, by name."""
    return sorted({name for one in main for name in one.session})
