"""Read plain values into declared shapes: records, lists, mappings, and types with notes on how they are written. What does not
fit is told all at once, each with the path to it, in the writer's words."""

import re
import types
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, NoReturn, Union, get_args, get_origin

from stridewise.errors import did_you_mean

Reader = Callable[[Any], Any]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
MOST_NAMES = 6  # keys named where a record is expected
MOST_LETTERS = 40  # of an item that is written out as a list


class Mismatch(NamedTuple):
    """Where something does not fit, and what: in `words` what was expected or is wrong, and what to write instead of it. Words
    `of_key` are about the last step of the path, not about what is `written` there."""

    path: tuple[Any, ...]
    words: str
    written: Any
    instead: str = ""
    of_key: bool = False


class MisfitError(Exception):
    """The value does not fit its shape."""

    def __init__(self, mismatches: list[Mismatch]) -> None:
        self.mismatches = mismatches


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


def fit(shape: Any, written: Any) -> Any:
    """What is written, as this shape. Raises MisfitError with everything that does not fit."""
    return _reader(shape)(written)


@cache
def hints_of(shape: Any) -> dict[str, Any]:
    """The types of a dataclass by the names of its fields, notes included."""
    return {field.name: field.type for field in fields(shape)}


@cache
def _reader(shape: Any) -> Reader:
    if shape in _SIMPLE:
        return _SIMPLE[shape]
    return _record_of(shape) if is_dataclass(shape) else _COMPOSED[get_origin(shape)](get_args(shape))


# --- single values ------------------------------------------------------------------------------------------------


def _refuse(words: str, written: Any, instead: str = "") -> NoReturn:
    raise MisfitError([Mismatch((), words, written, instead)])


def _exactly(type_: type, words: str) -> Reader:
    return lambda value: value if type(value) is type_ else _refuse(words, value)


def _decimal(value: Any) -> Decimal:
    if type(value) is int:
        return Decimal(value)
    return value if type(value) is Decimal and value.is_finite() else _refuse("expected a number", value)


def _date(value: Any) -> date:
    with suppress(ValueError):
        if isinstance(value, date) or _DAY.match(str(value)):
            return value if isinstance(value, date) else date.fromisoformat(value)
    _refuse("expected a date such as 2026-11-21", value)


_SIMPLE: dict[Any, Reader] = {
    Any: lambda value: value,
    str: _exactly(str, "expected a text"),
    bool: _exactly(bool, "expected yes or no"),
    int: _exactly(int, "expected a whole number"),
    types.NoneType: _exactly(types.NoneType, "expected nothing"),
    Decimal: _decimal,
    date: _date,
}


# --- what holds other values --------------------------------------------------------------------------------------


def _gathered(entries: Iterable[tuple[Any, Reader, Any]], wrong: Sequence[Mismatch] = ()) -> dict[Any, Any]:
    """By step, what its reader makes of the value there. Raises MisfitError with what is wrong beside, and everywhere in them."""
    made, mismatches = {}, list(wrong)
    for step, read, value in entries:
        try:
            made[step] = read(value)
        except MisfitError as misfit:
            mismatches += [one._replace(path=(step, *one.path)) for one in misfit.mismatches]
    if mismatches:
        raise MisfitError(mismatches)
    return made


def _record_of(shape: Any) -> Reader:
    """A dataclass, from a mapping with the names of its fields."""
    readers = {name: _reader(hint) for name, hint in hints_of(shape).items()}
    required = [field.name for field in fields(shape) if field.default is MISSING and field.default_factory is MISSING]
    names = ", ".join([*list(readers)[:MOST_NAMES], *(["…"] if len(readers) > MOST_NAMES else [])])

    def read(value: Any) -> Any:
        if type(value) is shape:
            return value
        if not isinstance(value, dict):
            _refuse(f"expected keys and values: {names}", value)
        missing = [name for name in required if name not in value]
        wrong = [Mismatch((name,), f'the key "{name}" is missing; add it', value, of_key=True) for name in missing]
        wrong += [_unknown(name, value[name], readers) for name in value if name not in readers]
        made = _gathered(((name, readers[name], item) for name, item in value.items() if name in readers), wrong)
        try:
            return shape(**made)
        except ValueError as error:
            _refuse(str(error), value)

    return read


def _unknown(name: Any, written: Any, known: Iterable[str]) -> Mismatch:
    hint = did_you_mean(str(name), known) or f" Known keys: {', '.join(known)}."
    return Mismatch((name,), f'unknown key "{name}".{hint}', written, of_key=True)


def _checked(inner: Sequence[Any]) -> Reader:
    """`Annotated[type, Before(…)]`, remarks beside it."""
    type_, *notes = inner
    then, check = _reader(type_), next((note.check for note in notes if isinstance(note, Reads)), None)

    def read(value: Any) -> Any:
        try:
            return then(check(value) if check else value)
        except ValueError as error:
            _refuse(str(error), value)

    return read if check else then


def _one_of(allowed: Sequence[Any]) -> Reader:
    *others, last = map(str, allowed)
    words = f"expected {', '.join(others)} or {last}" if others else f"expected {last}"
    texts = [item for item in allowed if isinstance(item, str)]

    def read(value: Any) -> Any:
        for item in allowed:
            if item == value and type(value) is not bool:  # a yes is no 1
                return item
        quoted = f'; write it in quotes: "{value}"' if str(value) in texts else ""
        near = did_you_mean(value, texts) if isinstance(value, str) and value.strip() else ""
        _refuse(words + quoted, value, f".{near}" if near else "")

    return read


def _either(inner: Sequence[Any]) -> Reader:
    """The first that fits: the alternatives of our shapes are of different types."""
    readers = [_reader(item) for item in inner if item is not types.NoneType]

    def read(value: Any) -> Any:
        wrong: list[Mismatch] = []
        if value is None and len(readers) < len(inner):
            return None
        for reader in readers:
            try:
                return reader(value)
            except MisfitError as misfit:
                wrong += misfit.mismatches
        raise MisfitError(wrong)

    return read


def _items(inner: Sequence[Any]) -> Reader:
    """A list, all of its items alike."""
    reader = _reader(inner[0])

    def read(value: Any) -> Any:
        if not isinstance(value, list | tuple):
            _refuse("expected a list", value, f"; write [{value}]" if _is_item(value) else "")
        return tuple(_gathered((index, reader, item) for index, item in enumerate(value)).values())

    return read


def _is_item(written: Any) -> bool:
    """Could a text be written as the only one of a list?"""
    is_text = isinstance(written, str) and written.strip() != ""
    return is_text and len(written) <= MOST_LETTERS and set(written).isdisjoint(",:[]{}#")


def _entries(inner: Sequence[Any]) -> Reader:
    """A mapping; its keys stay as they are written."""
    key, item = map(_reader, inner)

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            _refuse("expected keys and values", value)
        keys = ((name, key, name) for name in value)
        return _gathered([*keys, *((name, item, written) for name, written in value.items())])

    return read


_COMPOSED: dict[Any, Callable[[Sequence[Any]], Reader]] = {
    Annotated: _checked,
    Literal: _one_of,
    Union: _either,
    types.UnionType: _either,
    tuple: _items,
    dict: _entries,
}
