"""The search for the smallest change: which changes there are, what makes one smaller than another, and which are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from stridewise.explain.goal import Wanted
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.modifiability import FIXED, LABELS
from stridewise.explain.obstacles import PRECAUTION, VETO, Obstacle
from stridewise.explain.possible_changes import Candidate, candidates
from stridewise.explain.safety import vetoes
from stridewise.explain.trials import Combination, Trials
from stridewise.session import Session

MAX_RUNS = 600  # plans worked out for one question, at most


def searched_space(session: Session, wanted: Wanted) -> list[Combination]:
    """Every change that may be tried: the single ones, then all pairs of them, each from small to large."""
    single = candidates(session, wanted)
    return [*((one,) for one in single), *sorted(combinations(single, 2), key=size)]


def size(combination: Sequence[Candidate]) -> tuple[object, ...]:
    """What makes one change smaller than another: fewer facts, then less movement of numbers, then what can be earned first."""
    return (
        len(combination), sum(one.size for one in combination), LABELS.index(kinds_of(combination)[-1]),
        sum(one.rank for one in combination), [one.text for one in combination],
    )  # fmt: skip


def kinds_of(found: Iterable[Candidate]) -> list[str]:
    """The labels of several changes, the least modifiable last: it is that of all together."""
    return sorted({one.label for one in found}, key=LABELS.index)


@dataclass(slots=True)
class Search:
    """One question searched. `tried` changes were tried, `complete` unless the search stopped at its bound."""

    inquiry: Inquiry
    wanted: Wanted
    tried: int = 0
    complete: bool = True
    planned: int = field(default=0, init=False)

    def smallest(self, in_the_way: Sequence[Obstacle]) -> list[Combination]:
        """The smallest change of each label. One of two facts is told only where its label stands before those of all single
        ones: more than one thing to do is no answer where one would be."""
        if any(one.kind == VETO for one in in_the_way):
            return []  # no change on offer may lift a veto
        is_guarded = any(one.kind == PRECAUTION and one.wait_for for one in in_the_way)
        trials = Trials(self.inquiry, self.wanted)
        found: dict[int, Combination] = {}
        for combination in searched_space(self.inquiry.session, self.wanted):
            label = LABELS.index(kinds_of(combination)[-1])
            if is_guarded and LABELS[label] == FIXED:
                continue  # no way round a precaution that nobody can go: what to wait for is the answer
            if label in found or (len(combination) > 1 and label > min(found, default=len(LABELS))):
                continue
            if trials.planned >= MAX_RUNS:
                self.complete = False
                break
            self.tried += 1
            if (ordered := trials.lets_in(combination)) is not None and self._holds(ordered):
                found[label] = ordered
        self.planned = trials.planned
        return [found[label] for label in sorted(found, key=lambda one: size(found[one]))]

    def _holds(self, combination: Combination) -> bool:
        """The same, of the plan made in full."""
        return lets_in(self.inquiry, self.wanted, vetoes(self.inquiry.session), combination)


def lets_in(inquiry: Inquiry, wanted: Wanted, held: frozenset[tuple[str, str]], combination: Sequence[Candidate]) -> bool:
    """Is the item in the plan made with these changes, and no referral or veto lost?"""
    after = inquiry.trial([one.change for one in combination])
    return after is not None and wanted.is_in(after) and held <= vetoes(after)
