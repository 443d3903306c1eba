"""On which days of the week strength fits: never on consecutive days, rather later on a hard day than on a rest day, and not the
day before a key run. What cannot be kept gives way by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, pairwise

from stridewise.language.translation import fixed, say

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEY_RUNS = frozenset({"long", "intervals", "tempo", "race"})  # a session the legs should be fresh for
HARD_RUNS = frozenset({"intervals", "tempo"})

# Cost of a strength session on a day, in the order of evidence.md §2 and C11: smaller is better (policy).
COST_OF_DAY = {"intervals": 0, "tempo": 0, "cross": 1, "easy": 1, "strength": 0, "": 1, "rest": 4, "long": 6, "race": 20}
COST_WHEN_NEW = COST_OF_DAY | {"easy": 0, "cross": 0, "intervals": 2, "tempo": 2}  # new drills start after an easy run
COST_BEFORE_KEY_RUN = 3
BEFORE_KEY_RUN = fixed("The day before a key run, because no better day is free. Keep leg work light.")


@dataclass(frozen=True, slots=True)
class Pattern:
    """The days chosen (0 is the first of the week), and for each what gave way there."""

    days: tuple[int, ...] = ()
    gave_way: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Days:
    """The days to choose from. `sessions` are the runner's own, one more than `allowed`: the last is the day after.

    `works_legs`: the strength work loads the legs; `is_new`: it holds exercises the runner has not done before."""

    sessions: tuple[str, ...]
    allowed: tuple[bool, ...]
    works_legs: bool
    is_new: bool = False

    def choose(self, number: int) -> Pattern:
        """The best `number` of non-consecutive days, fewer where there are not that many."""
        free = [day for day, is_allowed in enumerate(self.allowed) if is_allowed]
        for size in range(min(number, len(free)), 0, -1):
            apart = [chosen for chosen in combinations(free, size) if all(b - a > 1 for a, b in pairwise(chosen))]
            if apart:
                best = min(apart, key=lambda chosen: (sum(map(self._cost, chosen)), _crowding(chosen), chosen))
                return Pattern(best, {day: said for day in best if (said := self._gave_way(day))})
        return Pattern()

    def _before_key_run(self, day: int) -> bool:
        return self.works_legs and self.sessions[day + 1] in KEY_RUNS

    def _cost(self, day: int) -> int:
        costs = COST_WHEN_NEW if self.is_new else COST_OF_DAY
        return costs.get(self.sessions[day], 1) + (COST_BEFORE_KEY_RUN if self._before_key_run(day) else 0)

    def _gave_way(self, day: int) -> str:
        """The soft rule that a day breaks, and why it is broken."""
        if self._before_key_run(day):
            return BEFORE_KEY_RUN
        if self.is_new and self.sessions[day] in HARD_RUNS:
            return fixed("On the day of a hard run, because no easier day fits. New exercises are better after an easy run.")
        if self.sessions[day] == "rest":
            return fixed("On a rest day, because no running day has room. Keep it short.")
        return fixed("On the day of the long run: the other days fit even less.") if self.sessions[day] == "long" else ""


@lru_cache(maxsize=256)
def best_days(days: Days, number: int) -> Pattern:
    """The best days for `number` sessions; weeks that look alike are decided once."""
    return days.choose(number)


def _crowding(chosen: Sequence[int]) -> int:
    """Between equally good days, those spread more evenly over the week."""
    return sum((later - earlier - 7 // len(chosen)) ** 2 for earlier, later in pairwise(chosen))


def order_note(session: str) -> str:
    """How run and strength share a day: run first, with the gap stated (sources doma-2013, schumann-2022)."""
    if session in HARD_RUNS or session == "long":
        return say("Run first. Do strength at least 6 hours later.")
    if session in ("easy", "race"):
        return say("Run first. Do strength 6 hours later if you can, at least 3.")
    return ""
