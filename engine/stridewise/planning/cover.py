"""Cover as much as possible with as little as possible, exactly: branch and bound over the wants, under a node cap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

NODE_CAP = 20_000


@dataclass(frozen=True, slots=True)
class Item:
    """An exercise as the search sees it: what it takes and, for each want it serves, its rank there (0 is preferred)."""

    name: str
    minutes: Decimal
    contacts: Decimal
    is_main: bool
    ranks: Mapping[int, int]


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
    """The exercises that serve the most weight, then are fewest, best ranked, shortest, first by name.

    `weights` belong to the wants by index; `fixed` are in whatever happens and are not counted."""
    search = _Search(weights, sorted(items, key=lambda item: item.name), fixed, limits)
    search.explore(0, ())
    return Cover(search.best, search.nodes <= NODE_CAP)


@dataclass(slots=True)
class _Search:
    weights: Sequence[int]
    items: Sequence[Item]
    fixed: Sequence[Item]
    limits: Limits
    nodes: int = 0
    best: tuple[Item, ...] = ()
    best_key: tuple[Any, ...] = field(default=(), init=False)

    def explore(self, want: int, chosen: tuple[Item, ...], left_out: frozenset[int] = frozenset()) -> None:
        """Decide want by want: one of the exercises that serve it, or none of them in all that follows."""
        self.nodes += 1
        if self.nodes > NODE_CAP:
            return
        key = objective(self.weights, (*self.fixed, *chosen), chosen)
        if not self.best_key or key < self.best_key:
            self.best, self.best_key = chosen, key
        while want < len(self.weights) and self._serves(want, (*self.fixed, *chosen)):
            want += 1
        if want == len(self.weights) or self._hopeless(want, chosen):
            return
        serving = [item for item in self.items if want in item.ranks and left_out.isdisjoint(item.ranks)]
        for item in sorted(serving, key=lambda one: (one.ranks[want], one.name)):
            if self.limits.fits((*self.fixed, *chosen, item)):
                self.explore(want + 1, (*chosen, item), left_out)
        self.explore(want + 1, chosen, left_out | {want})

    def _serves(self, want: int, chosen: Sequence[Item]) -> bool:
        return any(want in item.ranks for item in chosen)

    def _hopeless(self, want: int, chosen: tuple[Item, ...]) -> bool:
        """Even if every free place served as much as any exercise can, the best would not be reached."""
        everything = (*self.fixed, *chosen)
        served = sum(weight for index, weight in enumerate(self.weights) if self._serves(index, everything))
        left = [weight for index, weight in enumerate(self.weights) if index >= want and not self._serves(index, everything)]
        places = self.limits.main + self.limits.others - len(everything)
        reach = max((len(item.ranks) for item in self.items), default=0)
        reached = sorted(left, reverse=True)[: max(0, places * reach)]
        needed = -(-len(reached) // reach) if reach else 0
        return (-(served + sum(reached)), len(chosen) + needed) > self.best_key[:2]


def objective(weights: Sequence[int], all_items: Sequence[Item], chosen: Sequence[Item]) -> tuple[Any, ...]:
    """Smaller is better: minus the weight served, number of exercises, sum of ranks, minutes, names."""
    served = {want for item in all_items for want in item.ranks}
    ranks = sum(min(item.ranks[want] for item in all_items if want in item.ranks) for want in served)
    minutes = sum((item.minutes for item in chosen), Decimal(0))
    names = sorted(item.name for item in chosen)
    return (-sum(weights[want] for want in served), len(chosen), ranks, minutes, names)
