"""Cover as much as possible with as little as possible, exactly: branch and bound over the wants, under a node cap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NODE_CAP = 20_000
NO_RANK = 1_000_000  # worse than any


@dataclass(frozen=True, slots=True)
class Item:
    """An exercise as the search sees it: what it takes, its movement pattern and, for each want it serves, its rank there (0 is
    preferred)."""

    name: str
    minutes: Decimal
    contacts: Decimal
    is_main: bool
    ranks: Mapping[int, int]
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a session holds. `minutes` None: not limited. The used amounts are what is in already."""

    minutes: Decimal | None
    contacts: Decimal
    main: int
    others: int

    def fits(self, items: Sequence[Item]) -> bool:
        """Do these exercises fit into one session?"""
        main = [item for item in items if item.is_main]
        if len(main) > self.main or len(items) - len(main) > self.others:
            return False
        if sum((item.contacts for item in items), Decimal(0)) > self.contacts:
            return False
        return self.minutes is None or sum((item.minutes for item in main), Decimal(0)) <= self.minutes


@dataclass(slots=True)
class Cover:
    """The chosen exercises. `complete` is False where the node cap ended the search before it was exhausted."""

    items: tuple[Item, ...]
    complete: bool = True


def best_cover(weights: Sequence[int], items: Sequence[Item], fixed: Sequence[Item], limits: Limits) -> Cover:
    """The exercises that serve the most weight, then repeat no movement pattern, are fewest, best ranked, shortest, first by
    name.

    `weights` belong to the wants by index; `fixed` are in whatever happens and are not counted."""
    search = _Search(weights, sorted(items, key=lambda item: item.name), fixed, limits)
    search.explore(0, (), search.served_by(fixed))
    return Cover(search.best, search.nodes <= NODE_CAP)


class _Search:
    """Sets of wants are bit masks: bit i stands for want i."""

    def __init__(self, weights: Sequence[int], items: Sequence[Item], fixed: Sequence[Item], limits: Limits) -> None:
        self.weights, self.fixed, self.limits = weights, tuple(fixed), limits
        self.serving = [
            sorted((item for item in items if want in item.ranks), key=lambda item: (item.ranks[want], item.name))
            for want in range(len(weights))
        ]
        self.heaviest = sorted((want for want, found in enumerate(self.serving) if found), key=lambda want: -weights[want])
        self.kinds = [{item.is_main for item in found} for found in self.serving]  # main exercises, others, or both
        self.reach = max((len(item.ranks) for item in items), default=0)  # wants that one exercise serves at most
        self.shared = [
            min((item.ranks[want] for item in found if len(item.ranks) > 1), default=NO_RANK)
            for want, found in enumerate(self.serving)
        ]
        self.weighed: dict[int, int] = {0: 0}
        self.nodes = 0
        self.best: tuple[Item, ...] = ()
        self.best_key: tuple[Any, ...] = ()

    def served_by(self, items: Sequence[Item]) -> int:
        """The wants that these exercises serve."""
        return sum(1 << want for want in {want for item in items for want in item.ranks})

    def explore(self, want: int, chosen: tuple[Item, ...], served: int, left_out: int = 0) -> None:
        """Decide want by want: one of the exercises that serve it, or none of them in all that follows."""
        self.nodes += 1
        if self.nodes > NODE_CAP:
            return
        self._keep_if_better(chosen, served)
        while served >> want & 1:
            want += 1
        if want == len(self.weights) or self._is_hopeless(want, chosen, served, left_out):
            return
        for item in self.serving[want]:
            serves = self.served_by((item,))
            if not serves & left_out and self.limits.fits((*self.fixed, *chosen, item)):
                self.explore(want + 1, (*chosen, item), served | serves, left_out)
        self.explore(want + 1, chosen, served, left_out | 1 << want)

    def _keep_if_better(self, chosen: tuple[Item, ...], served: int) -> None:
        if self.best_key and -self._weight(served) > self.best_key[0]:
            return
        key = objective(self.weights, (*self.fixed, *chosen), chosen)
        if not self.best_key or key < self.best_key:
            self.best, self.best_key = chosen, key

    def _weight(self, served: int) -> int:
        if served not in self.weighed:
            self.weighed[served] = sum(weight for want, weight in enumerate(self.weights) if served >> want & 1)
        return self.weighed[served]

    def _is_hopeless(self, want: int, chosen: tuple[Item, ...], served: int, left_out: int) -> bool:
        """Even if every free place served as much as any exercise can, the best would not be reached."""
        undecided = ~(served | left_out) >> want << want
        reached = self._reachable(undecided, (*self.fixed, *chosen))
        needed = -(-len(reached) // self.reach) if self.reach else 0
        weight = -self._weight(served) - sum(reached)
        if weight != self.best_key[0]:
            return bool(weight > self.best_key[0])
        inside = (*self.fixed, *chosen)
        return bool((repeats(inside), len(chosen) + needed, self._lowest_ranks(chosen)) > self.best_key[1:4])

    def _reachable(self, undecided: int, inside: Sequence[Item]) -> list[int]:
        """The weights of the wants that the free places could serve at best, the heaviest first."""
        main = sum(item.is_main for item in inside)
        free = {True: (self.limits.main - main) * self.reach, False: (self.limits.others - len(inside) + main) * self.reach}
        places = free[True] + free[False]
        reached: list[int] = []
        for want in self.heaviest:
            kinds = self.kinds[want]
            if undecided >> want & 1 and len(reached) < places and any(free[kind] > 0 for kind in kinds):
                reached.append(self.weights[want])
                if len(kinds) == 1:
                    free[next(iter(kinds))] -= 1
        return reached

    def _lowest_ranks(self, chosen: tuple[Item, ...]) -> int:
        """The sum of ranks that stays at least: only an exercise that serves another want too can still better one's rank."""
        ranks: dict[int, int] = {}
        for item in (*self.fixed, *chosen):
            for want, rank in item.ranks.items():
                ranks[want] = min(rank, ranks.get(want, self.shared[want]))
        return sum(ranks.values())


def objective(weights: Sequence[int], all_items: Sequence[Item], chosen: Sequence[Item]) -> tuple[Any, ...]:
    """Smaller is better: minus the weight served, patterns repeated, number of exercises, sum of ranks, minutes, names."""
    served = {want for item in all_items for want in item.ranks}
    ranks = sum(min(item.ranks[want] for item in all_items if want in item.ranks) for want in served)
    minutes = sum((item.minutes for item in chosen), Decimal(0))
    names = sorted(item.name for item in chosen)
    return (-sum(weights[want] for want in served), repeats(all_items), len(chosen), ranks, minutes, names)


def repeats(items: Sequence[Item]) -> int:
    """How many main exercises share a movement pattern with another one of the session."""
    patterns = [item.pattern for item in items if item.is_main and item.pattern]
    return len(patterns) - len(set(patterns))
