"""Put together what says the same: items by a key, and the reasons of a group, each once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from stridewise.plan.model import Because
from stridewise.recommendation.collect import Recommendation

T = TypeVar("T")


def grouped(items: Iterable[T], key: Callable[[T], Any]) -> list[list[T]]:
    """Items with equal keys together, in the order of first appearance."""
    groups: dict[Any, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def reasons(group: Sequence[Recommendation]) -> tuple[Because, ...]:
    """All reasons of a group, each once, in the order of rule ids."""
    return each_once(item.because for item in sorted(group, key=lambda item: item.because.order))


def each_once(told: Iterable[Because]) -> tuple[Because, ...]:
    """Reasons, each where it is first told."""
    unique: list[Because] = []
    for because in told:
        if because not in unique:
            unique.append(because)
    return tuple(unique)
