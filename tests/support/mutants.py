"""Documents whose parts stand where other parts stood: made of valid ones, so that most of what comes out can still be read.

Spoiling single values (`hostile_kit.spoilt`) is seldom read any further; these reach what comes behind reading."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from hostile_kit import paths_of, put

Document = Any
Path = tuple[Any, ...]
ENDS = (0, 1, -1, 0.1, 3, 10, 11, 52, 100, 365, 10**6, 10**9)
UNITS = ("km", "mi", "m", "cm", "kg", "s", "min", "h", "days", "weeks", "months", "%")
OFTEN = (2, 10, 100)


def mutant(rng: Random, documents: Sequence[Document]) -> Document:
    """One of the documents, changed in one to four places."""
    made = deepcopy(rng.choice(documents))
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
        made = rng.choice(WAYS)(rng, made, rng.choice(documents))
    return made


def swapped(rng: Random, made: Document, other: Document) -> Document:
    """Two values, each in the place of the other."""
    one, two = (rng.choice(_leaves(made)) for _ in range(2))
    return put(put(made, one, _at(made, two)), two, _at(made, one))


def at_an_end(rng: Random, made: Document, other: Document) -> Document:
    """A number as small or large as somebody might write it."""
    return _changed(rng, made, _numbers(made), lambda value: rng.choice(ENDS))


def with_a_unit(rng: Random, made: Document, other: Document) -> Document:
    return _changed(rng, made, _numbers(made), lambda value: f"{value} {rng.choice(UNITS)}")


def repeated(rng: Random, made: Document, other: Document) -> Document:
    """An entry of a list again and again."""
    return _changed(rng, made, _lists(made), lambda entries: [*entries, *[rng.choice(entries)] * rng.choice(OFTEN)])


def longer(rng: Random, made: Document, other: Document) -> Document:
    """A list with what another document lists under the same name."""
    path = _chosen(rng, [path for path in _lists(made) if _same_name(path, _lists(other))])
    if path is None:
        return made
    return put(made, path, [*_at(made, path), *_at(other, rng.choice(_same_name(path, _lists(other))))])


def as_elsewhere(rng: Random, made: Document, other: Document) -> Document:
    """A value as another document has it under the same name."""
    every = [path for path in paths_of(other) if path]
    path = _chosen(rng, [path for path in paths_of(made) if path and _same_name(path, every)])
    return made if path is None else put(made, path, _at(other, rng.choice(_same_name(path, every))))


def grafted(rng: Random, made: Document, other: Document) -> Document:
    """A whole part of another document, in place of its own or beside the rest."""
    if not isinstance(made, dict) or not isinstance(other, dict):
        return [*made, rng.choice(other)] if made and other and isinstance(other, list) else made
    name = rng.choice(sorted(other))
    return {**made, name: other[name]}


def left_out(rng: Random, made: Document, other: Document) -> Document:
    path = rng.choice([path for path in paths_of(made) if path] or [()])
    if not path:
        return made
    inside = _at(made, path[:-1])
    without = {key: value for key, value in inside.items() if key != path[-1]} if isinstance(inside, dict) else list(inside)
    if isinstance(without, list):
        del without[path[-1]]
    return put(made, path[:-1], without)


WAYS: tuple[Callable[[Random, Document, Document], Document], ...] = (
    swapped,
    at_an_end,
    with_a_unit,
    repeated,
    longer,
    as_elsewhere,
    as_elsewhere,
    grafted,
    left_out,
)


def _changed(rng: Random, made: Document, places: Sequence[Path], new: Callable[[Any], Any]) -> Document:
    path = _chosen(rng, places)
    return made if path is None else put(made, path, new(_at(made, path)))


def _chosen(rng: Random, paths: Sequence[Path]) -> Path | None:
    return rng.choice(paths) if paths else None


def _at(value: Document, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _leaves(value: Document) -> list[Path]:
    return [path for path in paths_of(value) if not isinstance(_at(value, path), dict | list)] or [()]


def _numbers(value: Document) -> list[Path]:
    return [
        path for path in _leaves(value) if isinstance(_at(value, path), int | float) and not isinstance(_at(value, path), bool)
    ]


def _lists(value: Document) -> list[Path]:
    return [path for path in paths_of(value) if isinstance(_at(value, path), list) and _at(value, path)]


def _same_name(path: Path, others: Sequence[Path]) -> list[Path]:
    """The places that stand under the same name, wherever they are listed."""
    return [other for other in others if _name(other) == _name(path)]


def _name(path: Path) -> Any:
    return next((step for step in reversed(path) if isinstance(step, str)), None)
