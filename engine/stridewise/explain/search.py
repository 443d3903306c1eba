"""The search for the smallest change: which changes there are, what makes one smaller than another, and which are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from stridewise.explain.change import PossibleChange
from stridewise.explain.goal import PlanGoal
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.modifiability import FIXED, MODIFIABILITIES
from stridewise.explain.obstacles import PRECAUTION, VETO, ItemObstacle
from stridewise.explain.possible_changes import possible_changes
from stridewise.explain.safety import vetoes
from stridewise.explain.trials import Combination, Trials
from stridewise.session import Session

MAX_RUNS = 600  # plans worked out for one question, at most


def searched_space(session: Session, goal: PlanGoal) -> list[Combination]:
    """Every change that may be tried: the single ones, then all pairs of them, each from small to large."""
    single = possible_changes(session, goal)
    return [*((change,) for change in single), *sorted(combinations(single, 2), key=size)]


def size(combination: Sequence[PossibleChange]) -> tuple[object, ...]:
    """What makes one change smaller than another: fewer facts, then less movement of numbers, then what can be earned first."""
    return (
        len(combination),
        sum(change.size for change in combination),
        MODIFIABILITIES.index(modifiabilities_of(combination)[-1]),
        sum(change.rank for change in combination),
        [change.text for change in combination],
    )


def modifiabilities_of(changes: Iterable[PossibleChange]) -> list[str]:
    """How modifiable several changes are, the least modifiable last: it is that of all together."""
    return sorted({change.modifiability for change in changes}, key=MODIFIABILITIES.index)


@dataclass(slots=True)
class Search:
    """One question searched. `tried` changes were tried, `complete` unless the search stopped at its bound."""

    inquiry: Inquiry
    goal: PlanGoal
    tried: int = 0
    complete: bool = True
    planned: int = field(default=0, init=False)

    def smallest(self, in_the_way: Sequence[ItemObstacle]) -> list[Combination]:
        """The smallest change of each modifiability. One of two facts is told only where it is more modifiable than all single
        ones: more than one thing to do is no answer where one would be."""
        if any(obstacle.kind == VETO for obstacle in in_the_way):
            return []  # no change on offer may lift a veto
        is_guarded = any(obstacle.kind == PRECAUTION and obstacle.wait_for for obstacle in in_the_way)
        trials = Trials(self.inquiry, self.goal)
        smallest: dict[int, Combination] = {}
        for combination in searched_space(self.inquiry.session, self.goal):
            place = MODIFIABILITIES.index(modifiabilities_of(combination)[-1])
            if is_guarded and MODIFIABILITIES[place] == FIXED:
                continue  # no way round a precaution that nobody can go: what to wait for is the answer
            if place in smallest or (len(combination) > 1 and place > min(smallest, default=len(MODIFIABILITIES))):
                continue
            if trials.planned >= MAX_RUNS:
                self.complete = False
                break
            self.tried += 1
            if (ordered := trials.lets_in(combination)) is not None and self._holds(ordered):
                smallest[place] = ordered
        self.planned = trials.planned
        return [smallest[place] for place in sorted(smallest, key=lambda place: size(smallest[place]))]

    def _holds(self, combination: Combination) -> bool:
        """The same, of the plan made in full."""
        return lets_in(self.inquiry, self.goal, vetoes(self.inquiry.session), combination)


def lets_in(inquiry: Inquiry, goal: PlanGoal, held: frozenset[tuple[str, str]], combination: Sequence[PossibleChange]) -> bool:
    """Is the item in the plan made with these changes, and no referral or veto lost?"""
    after = inquiry.trial([change.change for change in combination])
    return after is not None and goal.is_in(after) and held <= vetoes(after)
