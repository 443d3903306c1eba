"""What is being put together: the exercises chosen so far, the swaps made, and what was set aside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from stridewise.language.dosage import Dosage
from stridewise.language.exercise import Block, Exercise
from stridewise.plan.model import Because, SetAside, SwapMade
from stridewise.planning.dosage import Dosed
from stridewise.planning.eligibility import Obstacle

MAIN_BLOCKS = frozenset({"plyometric", "strength", "core", "accessory", "cool_down"})  # all that is not warm-up


UNASKED = (True, 99)  # the importance of what no rule wants, as a stand-in
PINNED = (False, 0)


@dataclass(slots=True)
class Choice:
    """An exercise that goes into the plan, for which targets and sides, and why.

    `importance` is that of the weightiest want it serves, smaller is more; `is_settled`: in before the rest is searched, as a
    pin, a stand-in or the first choice of what decides;
    `is_marked`: a marked finding asks for it; `is_companion`: in only because of what it goes with, and so without a place of its
    own; `sessions` it stands in; `sets` that the time leaves, None: as dosed."""

    exercise: Exercise
    block: Block
    because: list[Because] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)
    sides: set[str | None] = field(default_factory=set)
    goal: str | None = None
    override: Dosage | None = None
    importance: tuple[bool, int] = UNASKED
    is_settled: bool = False
    is_marked: bool = False
    is_companion: bool = False
    sessions: set[str] = field(default_factory=set)
    sets: Decimal | None = None

    @property
    def side(self) -> str:
        """The side the reasons are about, whatever else is trained without one; both where the exercise works both anyway."""
        sides = [side for side in self.sides if side is not None]
        return sides[0] if len(sides) == 1 and self.exercise.laterality != "bilateral" else "both"

    @property
    def serves(self) -> set[str]:
        """The targets it is told for: those it was chosen for, else all it trains."""
        return self.targets or set(self.exercise.targets.direct)

    @property
    def is_main(self) -> bool:
        return self.block in MAIN_BLOCKS

    @property
    def takes_a_place(self) -> bool:
        """Does it count among the exercises that a session may hold?"""
        return self.is_main and not self.is_companion

    @property
    def minutes(self) -> Decimal:
        """Minutes of a session that it takes with the sets that the time leaves."""
        return self.exercise.minutes_per_set * (self.sets or Decimal(1))

    @property
    def is_core(self) -> bool:
        """Does it belong into every session: pinned, decisive, or of high priority?"""
        return not self.importance[0] or self.importance[1] == 0

    def add(self, because: Iterable[Because]) -> None:
        """More reasons, each once."""
        told = {item.order for item in self.because}
        self.because += [item for item in because if item.order not in told]


@dataclass(slots=True)
class Selection:
    """What was chosen and how it is dosed, what was swapped and set aside. `unearned` maps exercises behind a closed gate alone
    to what they were wanted for."""

    choices: dict[str, Choice] = field(default_factory=dict)
    dosed: dict[str, Dosed] = field(default_factory=dict)
    swaps: list[SwapMade] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    unearned: dict[str, set[str]] = field(default_factory=dict)
    complete: bool = True

    @property
    def alternates(self) -> bool:
        """Do two different sessions take turns?"""
        return len({name for choice in self.choices.values() for name in choice.sessions}) > 1

    def leave(
        self, exercise: Exercise, obstacle: Obstacle, asked: Iterable[Because] = (), wanted_for: str = "", is_first: bool = False
    ) -> None:
        """Set an exercise aside with the reasons against it, or, behind a gate alone or for want of a thing, with those that ask
        for it; and remember the gate it waits behind. One is told of an exercise: what `is_first` says who asked and what speaks
        against it."""
        because = (*asked, *obstacle.because) if is_first else obstacle.because or tuple(asked)
        told = SetAside(exercise=exercise.id, reason=obstacle.text, because=because)
        self.set_aside.insert(0 if is_first else len(self.set_aside), told)
        if obstacle.unearned and not obstacle.because:  # what is kept out as well is not asked or tested for
            self.unearned.setdefault(exercise.id, set()).update({wanted_for} - {""})
