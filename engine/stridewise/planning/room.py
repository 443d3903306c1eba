"""The session being filled: what is in, what the rules want of each exercise, and whether more fits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from stridewise.language.dosage import Dosage
from stridewise.language.exercise import Block, Exercise
from stridewise.plan.model import Because
from stridewise.planning.choice import UNASKED, Choice, Selection
from stridewise.planning.cover import Cover, Item, Limits, best_cover
from stridewise.planning.dosage import Dosed, caution, contacts, dose, fewest_sets, top
from stridewise.planning.situation import Situation
from stridewise.planning.wants import PRIORITIES, Candidate, Considered, Want

WEIGHTS = {"high": 10_000, "medium": 100, "low": 1, "optional": 0}  # one more important want outweighs any number of lesser ones
Options = list[tuple[Want, Candidate, int]]


@dataclass(slots=True)
class Room:
    """What one session holds so far, and for each exercise the wants it is a candidate for. A dose hangs on nothing else than the
    runner, the exercise and what is asked of it: the search asks for the same one many times."""

    situation: Situation
    result: Selection
    options: dict[str, Options]
    limits: Limits
    doses: dict[tuple[str, str | None, Dosage | None], Dosed] = field(default_factory=dict)

    def admit(self, exercise: Exercise, block: Block | None, because: Iterable[Because]) -> bool:
        """Put an exercise in with the dose that the rules want of it, where it fits."""
        new = self.choice(exercise, block)
        new.is_settled = True
        others = [self.item(choice) for name, choice in self.result.choices.items() if name != exercise.id]
        if not self.limits.fits([*others, self.item(new)]):
            return False
        self.result.choices.setdefault(exercise.id, new).add(because)
        return True

    def choice(self, exercise: Exercise, block: Block | None = None) -> Choice:
        """An exercise as the rules want it."""
        wanted = self.options.get(exercise.id, [])
        return Choice(
            exercise,
            block or next((want.block for want, _, _ in wanted if want.block), None) or exercise.block,
            goal=_goal(wanted),
            override=next((want.override for want, _, _ in wanted if want.override), None),
            importance=min((importance(want) for want, _, _ in wanted), default=UNASKED),
            is_marked=any(want.is_marked for want, _, _ in wanted),
        )

    def dosage(self, choice: Choice) -> Dosage:
        """The dose of a choice before the time of the session is shared out."""
        return self.dosed(choice).dosage

    def dosed(self, choice: Choice) -> Dosed:
        """The same with what decided it."""
        asked = (choice.exercise.id, choice.goal, choice.override)
        if asked not in self.doses:
            self.doses[asked] = dose(self.situation, choice.exercise, choice.goal, choice.override)
        return self.doses[asked]

    def fewest_sets(self, choice: Choice) -> Decimal:
        """The sets that it may come down to; the clinician's own dose is kept."""
        dosage = self.dosage(choice)
        return top(dosage.sets, Decimal(1)) if self.is_retuned(choice) else fewest_sets(dosage, choice.goal)

    def is_retuned(self, choice: Choice) -> bool:
        """Has the clinician set its dose?"""
        return self.situation.retune(choice.exercise.id) is not None

    def item(self, choice: Choice, serves: Mapping[int, int] | None = None) -> Item:
        """A choice as the search sees it, at its fewest sets."""
        exercise, dosage = choice.exercise, self.dosage(choice)
        length = exercise.minutes_per_set * self.fewest_sets(choice)
        return Item(exercise.id, length, contacts(exercise, dosage), choice.is_main, serves or {}, exercise.pattern)

    def best(self, considered: Sequence[Considered], fixed: Sequence[Choice]) -> Cover:
        """The smallest set of candidates that serves most of these wants beside the fixed ones."""
        numbers = {id(one.want): number for number, one in enumerate(considered)}
        kept = [self.item(one, {n: 0 for n, want in enumerate(considered) if serves(one, want)}) for one in fixed]
        items = list(self._items(numbers, {choice.exercise.id for choice in fixed}))
        return best_cover([WEIGHTS[one.want.priority] for one in considered], items, kept, self.limits)

    def _items(self, numbers: Mapping[int, int], inside: set[str]) -> Iterator[Item]:
        for name, wanted in self.options.items():
            ranks = {numbers[id(want)]: rank for want, _, rank in wanted if id(want) in numbers}
            if ranks and name not in inside:
                yield self.item(self.choice(wanted[0][1].exercise), ranks)


def importance(want: Want) -> tuple[bool, int]:
    """Smaller is more important: what decides first, then by priority."""
    return (not want.is_decisive, PRIORITIES.index(want.priority))


def options_of(considered: Iterable[Considered]) -> dict[str, Options]:
    """Exercise → the wants it is a candidate for, the most important first, with its rank there."""
    options: dict[str, Options] = {}
    for one in considered:
        for rank, candidate in enumerate(one.candidates):
            options.setdefault(candidate.exercise.id, []).append((one.want, candidate, rank))
    return options


def serves(choice: Choice, one: Considered) -> bool:
    """Does a choice serve a want: as one of its candidates, or, settled beforehand, by what it trains?"""
    if any(candidate.exercise.id == choice.exercise.id for candidate in one.candidates):
        return True
    trains = one.want.name == choice.exercise.id or (one.want.is_target and one.want.name in choice.exercise.targets.direct)
    return trains and choice.is_settled


def _goal(wanted: Options) -> str | None:
    """The goal of the most important want; between equals the more cautious one."""
    goals = [(importance(want), caution(want.goal), want.goal) for want, _, _ in wanted if want.goal]
    return min(goals)[2] if goals else None
