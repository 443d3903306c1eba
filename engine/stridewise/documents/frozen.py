"""A frozen dataclass with slots. Comparing, hashing and showing are written here once for all of them: a start makes 130 of these
classes, and the standard library writes out and compiles every method of each."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T] | None = None, /, *, kw_only: bool = False) -> type[T] | Callable[[type[T]], type[T]]:
    """The class as `@dataclass(frozen=True, slots=True)` makes it.

    >>> @frozen
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(1, 0), len({Point(1), Point(1)})
    (Point(x=1, y=0), True, 1)
    """
    return (lambda given: _freeze(given, kw_only)) if cls is None else _freeze(cls, kw_only)


def _freeze(cls: type[T], kw_only: bool) -> type[T]:
    made = dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=kw_only)(cls)
    for name, method in {**_comparing(made), "__repr__": _repr}.items():
        if name not in vars(cls):
            setattr(made, name, method)
    return made


def _comparing(cls: Any) -> dict[str, Callable[..., Any]]:
    """Equal where the class is the same and all fields that count are."""
    names = [field.name for field in fields(cls) if field.compare]
    values: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def equal(self: Any, other: Any) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": equal, "__hash__": lambda self: hash(values(self))}


def _repr(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({shown})"
