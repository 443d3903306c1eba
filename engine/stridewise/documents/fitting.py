"""Read plain values that fit a declared shape at once. All else is a misfit, and pydantic judges it and says what is wrong: a
run in which everything fits never imports it."""

import re
import types
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

Reader = Callable[[Any], Any]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class MisfitError(Exception):
    """The value does not fit, or fits in a way that only pydantic knows."""


class Reads:
    """A note on a type: what a written value becomes before its type is looked at, and how it may be written. Notes are plain
    classes: a start makes them, and a frozen one costs it half a millisecond."""

    __slots__ = ()

    def check(self, written: Any) -> Any:
        """What the written value becomes. Raises ValueError in the writer's words."""
        raise NotImplementedError

    def schema(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The JSON Schema of what may be written, from that of the type."""
        return typed

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core.core_schema import no_info_before_validator_function

        return no_info_before_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        return self.schema(handler(core))


class Before(Reads):
    """A check that needs nothing but the value; `also` are the shapes that may be written instead, for the schema."""

    __slots__ = ("also", "by")

    def __init__(self, by: Reader, also: tuple[Any, ...] = ()) -> None:
        self.by = by
        self.also = also

    def check(self, written: Any) -> Any:
        return self.by(written)

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        from pydantic import TypeAdapter

        shapes = [handler(TypeAdapter(shape).core_schema) for shape in self.also]
        return {"anyOf": [*shapes, handler(core)]} if shapes else self.schema(handler(core))


class Remark:
    """A note on a type for others who walk a shape; it changes nothing that is read."""

    __slots__ = ()


def fit(shape: Any, written: Any) -> Any:
    """What pydantic would make of `written`. Raises MisfitError or ValueError where it has to be asked."""
    return _reader(shape)(written)


@cache
def hints_of(shape: Any) -> dict[str, Any]:
    """The types of a dataclass by the names of its fields, notes included."""
    types_ = {field.name: field.type for field in fields(shape)}
    return get_type_hints(shape, include_extras=True) if any(isinstance(type_, str) for type_ in types_.values()) else types_


@cache
def _reader(shape: Any) -> Reader:
    if shape in _SIMPLE:
        return _SIMPLE[shape]
    if is_dataclass(shape):
        return _record_of(shape)
    make = _COMPOSED.get(get_origin(shape))
    return make(get_args(shape)) if make else _misfit


def _misfit(value: Any) -> Any:
    raise MisfitError


# --- single values ------------------------------------------------------------------------------------------------


def _exactly(type_: type) -> Reader:
    return lambda value: value if type(value) is type_ else _misfit(value)


def _decimal(value: Any) -> Decimal:
    if type(value) is int:
        return Decimal(value)
    return value if type(value) is Decimal and value.is_finite() else _misfit(value)


def _date(value: Any) -> date:
    if type(value) is str and _DAY.match(value):
        return date.fromisoformat(value)
    return value if type(value) is date else _misfit(value)


_SIMPLE: dict[Any, Reader] = {
    Any: lambda value: value,
    str: _exactly(str),
    bool: _exactly(bool),
    int: _exactly(int),
    types.NoneType: _exactly(types.NoneType),
    Decimal: _decimal,
    date: _date,
}


# --- what holds other values --------------------------------------------------------------------------------------


def _record_of(shape: Any) -> Reader:
    """A dataclass, from a mapping with the names of its fields."""
    hints = hints_of(shape)
    readers = {field.name: _reader(hints[field.name]) for field in fields(shape) if field.init}
    required = {field.name for field in fields(shape) if field.init and _has_no_default(field)}

    def read(value: Any) -> Any:
        if type(value) is shape:
            return value
        if not isinstance(value, dict) or not required <= value.keys() <= readers.keys():
            raise MisfitError
        return shape(**{name: readers[name](item) for name, item in value.items()})

    return read


def _has_no_default(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _checked(inner: Sequence[Any]) -> Reader:
    """`Annotated[type, Before(…)]`, remarks beside it."""
    type_, *notes = inner
    checks = [note.check for note in notes if isinstance(note, Reads)]
    then = _reader(type_)
    if len(checks) > 1 or not all(isinstance(note, Reads | Remark) for note in notes):
        return _misfit
    return (lambda value: then(checks[0](value))) if checks else then


def _one_of(allowed: Sequence[Any]) -> Reader:
    exact = {(type(item), item) for item in allowed}
    return lambda value: value if isinstance(value, str | int) and (type(value), value) in exact else _misfit(value)


def _either(inner: Sequence[Any]) -> Reader:
    """The first that fits: the alternatives of our shapes are of different types."""
    readers = [_reader(item) for item in inner]

    def read(value: Any) -> Any:
        for reader in readers:
            try:
                return reader(value)
            except (MisfitError, ValueError):
                continue
        raise MisfitError

    return read


def _items(inner: Sequence[Any]) -> Reader:
    if inner[1:] != (...,):
        return _misfit
    reader = _reader(inner[0])
    return lambda value: tuple(map(reader, value)) if isinstance(value, list | tuple) else _misfit(value)


def _entries(inner: Sequence[Any]) -> Reader:
    key, item = map(_reader, inner)
    return lambda value: {key(k): item(v) for k, v in value.items()} if isinstance(value, dict) else _misfit(value)


_COMPOSED: dict[Any, Callable[[Sequence[Any]], Reader]] = {
    Annotated: _checked,
    Literal: _one_of,
    Union: _either,
    types.UnionType: _either,
    tuple: _items,
    dict: _entries,
}
