"""Changed profiles tried quickly: would an item be in the plan? It is decided what the plan would hold, without doses, dates and
words; what lets the item in is made into a whole plan before it is told."""

from dataclasses import dataclass, field
from itertools import permutations

from stridewise.explain.change import PossibleChange
from stridewise.explain.goal import PlanGoal, would_hold
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.safety import supports, vetoes_of
from stridewise.language.fact import Fact
from stridewise.planning.build import decide

Combination = tuple[PossibleChange, ...]


@dataclass(slots=True)
class Trials:
    """Tries for one question. `planned` counts those for which it had to be decided what the plan would hold."""

    inquiry: Inquiry
    goal: PlanGoal
    planned: int = 0
    held: frozenset[Fact] = field(init=False)
    vetoes: frozenset[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.held = supports(self.inquiry.session)
        self.vetoes = vetoes_of(self.inquiry.session.recommendations)

    def lets_in(self, combination: Combination) -> Combination | None:
        """The changes in the order that lets the item in, with no fact that protects and no referral or veto lost; None where
        they do not."""
        return next((ordered for ordered in permutations(combination) if self._is_in(ordered)), None)

    def _is_in(self, combination: Combination) -> bool:
        after = self.inquiry.inferred_after([change.change for change in combination])
        if after is None:
            return False
        situation, recommendations = after
        if not (self.held <= set(situation.intake.facts) and self.vetoes <= vetoes_of(recommendations)):
            return False
        self.planned += 1
        return self.goal.among(would_hold(decide(situation, recommendations)))
