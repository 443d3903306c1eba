"""The search for the smallest change: which changes there are, what makes one smaller than another, and which are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from stridewise.errors import ProfileError
from stridewise.explain.change import PossibleChange
from stridewise.explain.goal import PlanGoal
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.modifiability import EARN, FIXED, MODIFIABILITIES
from stridewise.explain.obstacles import PRECAUTION, VETO, ItemObstacle
from stridewise.explain.possible_changes import possible_changes
from stridewise.explain.safety import vetoes_of
from stridewise.explain.trials import Combination, Trials
from stridewise.session import Session

MAX_RUNS = 600  # plans worked out for one question, at most


def searched_space(session: Session, goal: PlanGoal) -> list[Combination]:
    """Every change that may be tried: the single ones, then all pairs of those that can be earned, each from small to large. Two
    findings at once are nothing to work towards."""
    single = possible_changes(session, goal)
    earned = [change for change in single if change.modifiability == EARN]
    return [*((change,) for change in single), *sorted(combinations(earned, 2), key=size)]


def size(combination: Sequence[PossibleChange]) -> tuple[object, ...]:
    """What makes one change smaller than another: fewer facts, then less movement of numbers, then what can be earned first."""
    return (
        len(combination),
        sum(change.size for change in combination),
        place_of(combination),
        sum(change.rank for change in combination),
        [change.text for change in combination],
    )


def place_of(combination: Sequence[PossibleChange]) -> int:
    """How modifiable several changes are together: the place of the least modifiable among the modifiabilities."""
    return max(MODIFIABILITIES.index(change.modifiability) for change in combination)


@dataclass(slots=True)
class Search:
    """One question searched. `tried` changes were tried, for `planned` of them it was decided what the plan would hold;
    `complete` unless the search stopped at its bound."""

    inquiry: Inquiry
    goal: PlanGoal
    tried: int = 0
    complete: bool = True
    planned: int = 0

    def smallest(self, in_the_way: Sequence[ItemObstacle]) -> list[Combination]:
        """The smallest change of each modifiability. Two are told only where no single one can be earned: more than one thing to
        do is no answer where one would be."""
        if any(obstacle.kind == VETO for obstacle in in_the_way):
            return []  # no change on offer may lift a veto
        is_guarded = any(obstacle.kind == PRECAUTION and obstacle.wait_for for obstacle in in_the_way)
        trials = Trials(self.inquiry, self.goal)
        smallest: dict[int, Combination] = {}
        for combination in searched_space(self.inquiry.session, self.goal):
            place = place_of(combination)
            if is_guarded and MODIFIABILITIES[place] == FIXED:
                continue  # no way round a precaution that nobody can go: what to wait for is the answer
            if place in smallest:
                continue
            if trials.planned >= MAX_RUNS:
                self.complete = False
                break
            self.tried += 1
            if (ordered := trials.lets_in(combination)) is not None and lets_in(self.inquiry, self.goal, ordered):
                smallest[place] = ordered
        self.planned = trials.planned
        return [smallest[place] for place in sorted(smallest, key=lambda place: size(smallest[place]))]


def lets_in(inquiry: Inquiry, goal: PlanGoal, combination: Combination) -> bool:
    """Is the item in the plan made in full with these changes, and no referral or veto lost?"""
    try:
        after = inquiry.after([change.change for change in combination])
    except ProfileError:
        return False
    return goal.is_in(after) and vetoes_of(inquiry.session.recommendations) <= vetoes_of(after.recommendations)
