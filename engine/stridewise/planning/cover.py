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

    def explore(self, want: int, chosen: tuple[Item, ...]) -> None:
        """Decide want by want: one of the exercises that serve it, or none."""
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
        for item in sorted((i for i in self.items if want in i.ranks and i not in chosen), key=lambda i: (i.ranks[want], i.name)):
            if self.limits.fits((*self.fixed, *chosen, item)):
                self.explore(want + 1, (*chosen, item))
        self.explore(want + 1, chosen)

    def _serves(self, want: int, chosen: Sequence[Item]) -> bool:
        return any(want in item.ranks for item in chosen)

    def _hopeless(self, want: int, chosen: tuple[Item, ...]) -> bool:
        """Even if all that is left were served at no cost, the best would not be reached."""
        served = sum(w for i, w in enumerate(self.weights) if self._serves(i, (*self.fixed, *chosen)))
        left = sum(w for i, w in enumerate(self.weights) if i >= want and not self._serves(i, (*self.fixed, *chosen)))
        bound = (-(served + left), len(chosen) + (1 if left else 0))
        return bound > self.best_key[:2]


def objective(weights: Sequence[int], all_items: Sequence[Item], chosen: Sequence[Item]) -> tuple[Any, ...]:
    """Smaller is better: minus the weight served, number of exercises, sum of ranks, minutes, names."""
    served = {want for item in all_items for want in item.ranks}
    ranks = sum(min(item.ranks[want] for item in all_items if want in item.ranks) for want in served)
    minutes = sum((item.minutes for item in chosen), Decimal(0))
    names = sorted(item.name for item in chosen)
    return (-sum(weights[want] for want in served), len(chosen), ranks, minutes, names)
