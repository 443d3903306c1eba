"""Values as columns of text and numbers, and back. What is equal is written once, and reading makes nothing but the classes it
is given: no code can stand in a table."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

Classes = Mapping[str, Any]  # dataclasses by their names
Batches = list[Any]  # [name, columns]: a column is a list of values, or {"at": [places in the table]}


# --- reading ------------------------------------------------------------------------------------------------------


def read_table(batches: Batches, classes: Classes) -> Any:
    """The value that a table was written from. Columns are read by what is written in C: a start waits for this."""
    made: list[Any] = [()]
    for name, columns in batches:
        parts = [map(made.__getitem__, column["at"]) if isinstance(column, dict) else column for column in columns]
        made.extend(_PLAIN[name](*parts) if name in _PLAIN else _objects(classes[name], parts))
    return made[-1]


_PLAIN: dict[str, Callable[..., Iterable[Any]]] = {
    "value": iter,
    "Decimal": partial(map, Decimal),
    "date": partial(map, date.fromisoformat),
    "tuple": zip,
    "frozenset": partial(map, frozenset),
    "list": partial(map, list),
    "dict": partial(map, dict),
}


def _objects(class_: Any, columns: list[Iterable[Any]]) -> Iterable[Any]:
    names = _names(class_)
    if names and not any(field.kw_only for field in fields(class_)):
        return map(class_, *columns)
    return (class_(**dict(zip(names, row, strict=False))) for row in zip(*columns, strict=True))


def _names(class_: Any) -> list[str]:
    """The fields an object is made of."""
    return [field.name for field in fields(class_) if field.init]


# --- writing ------------------------------------------------------------------------------------------------------


def write_table(value: Any, classes: Classes) -> Batches:
    """The table of a value. Equal values give equal tables. Raises KeyError for what is of none of the classes."""
    table = _Table(classes)
    table.place(value)
    return table.batches()


@dataclass(frozen=True, slots=True)
class _At:
    """A reference to a row."""

    row: int


class _Table:
    """Rows of a name and parts, each part a plain value or a reference to an earlier row."""

    def __init__(self, classes: Classes) -> None:
        self.classes = classes
        self.rows: list[tuple[str, list[Any]]] = [("tuple", [])]  # no columns tell of the empty tuple: every table starts with it
        self.levels = [0]
        self.known = {repr(self.rows[0]): _At(0)}

    def place(self, value: Any) -> Any:
        """What stands for a value in a row."""
        if value is None or isinstance(value, str | bool | int):
            return value
        name, parts = self._apart(value)
        key = repr((name, parts))
        if key not in self.known or isinstance(value, dict | list):  # what can be changed is never shared
            self.known[key] = _At(len(self.rows))
            self.rows.append((name, parts))
            self.levels.append(1 + max((self.levels[part.row] for part in parts if isinstance(part, _At)), default=0))
        return self.known[key]

    def _apart(self, value: Any) -> tuple[str, list[Any]]:
        match value:
            case Decimal() | date():
                return type(value).__name__, [str(value)]
            case tuple():
                return "tuple", list(map(self.place, value))
            case frozenset():
                return "frozenset", [self.place(tuple(sorted(value, key=repr)))]
            case list():
                return "list", [self.place(tuple(value))]
            case dict():
                return "dict", [self.place(tuple(value.items()))]
        class_ = self.classes[type(value).__name__]
        return class_.__name__, [self.place(getattr(value, name)) for name in _names(class_)] or [None]

    def batches(self) -> Batches:
        """Rows of one name and length side by side, behind those they refer to. A column refers everywhere or nowhere; the plain
        values in one that refers go into the first batch."""
        groups: dict[tuple[int, str, int], list[int]] = defaultdict(list)
        for row, (name, parts) in enumerate(self.rows[1:], 1):
            groups[self.levels[row], name, len(parts)].append(row)
        batches = [(key[1], groups[key]) for key in sorted(groups)]
        columns = [list(zip(*(self.rows[row][1] for row in rows), strict=True)) for _, rows in batches]
        referring = [part for of_batch in columns for column in of_batch if _refers(column) for part in column]
        plain = {repr(part): part for part in referring if not isinstance(part, _At)}
        order = [repr(_At(0)), *plain, *(repr(_At(row)) for _, rows in batches for row in rows)]
        places = {key: place for place, key in enumerate(order)}

        def written(column: Any) -> Any:
            return {"at": [places[repr(part)] for part in column]} if _refers(column) else list(column)

        rest = [[name, list(map(written, of_batch))] for (name, _), of_batch in zip(batches, columns, strict=True)]
        return [["value", [list(plain.values())]], *rest]


def _refers(column: Iterable[Any]) -> bool:
    return any(isinstance(part, _At) for part in column)
