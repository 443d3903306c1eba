"""From Arrow's types to what a profile may hold: text, exact numbers, yes or no, days, lists and mappings. What is null, and a
float that is not a number, is not recorded; what could be read in two ways is told, never guessed."""

import struct
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from stridewise.columns.arrow import arrow

Reader = Callable[[Any], Any]
BYTES_OF = {16: "e", 32: "f"}  # floats that Python has no type of its own for
EXPECTED = "text, numbers, booleans, dates, timestamps, lists, structs and maps of them are read"


class UnreadTypeError(Exception):
    """Nothing in a profile is of this type of Arrow."""


def reader_of(kind: Any) -> Reader:
    """What makes plain values of the Python values of an Arrow type. It raises ValueError for a value that cannot be read.
    Raises UnreadTypeError."""
    types = arrow().types
    for applies, make in _READERS.items():
        if any(getattr(types, f"is_{name}", _never)(kind) for name in applies.split()):
            return make(kind)
    raise UnreadTypeError(f"{kind} is read nowhere in a profile; {EXPECTED}")


def _never(kind: Any) -> bool:
    """A type that an older pyarrow does not know."""
    return False


# --- single values ------------------------------------------------------------------------------------------------


def _as_it_is(value: Any) -> Any:
    return value


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError as failure:
        raise ValueError("is not UTF-8 text") from failure


def _float(kind: Any) -> Reader:
    code = BYTES_OF.get(kind.bit_width)
    return _number if code is None else lambda value: _number(_shortest(value, code))


def _shortest(value: float, code: str) -> float:
    """The number with the fewest digits that is this float of few bits: 78.4, not 78.4000015."""
    whole = struct.pack(code, value)
    tries = (float(f"{value:.{digits}g}") for digits in range(1, 10))
    return next((one for one in tries if _packed(one, code) == whole), value)


def _packed(value: float, code: str) -> bytes:
    try:
        return struct.pack(code, value)
    except OverflowError:
        return b""


def _number(value: float | Decimal) -> int | float | None:
    """None where it is not a number, which is how pandas says that there is none."""
    if value != value:  # noqa: PLR0124  # only NaN
        return None
    if abs(value) == float("inf"):
        raise ValueError(f"{value} is not a number that can be used; write a finite number")
    return int(value) if value == int(value) else float(value)


def _exact(value: Decimal) -> int | float | None:
    number = _number(value)
    if isinstance(number, float) and Decimal(repr(number)) != value:
        raise ValueError(f"{value} has more digits than are read; round it")
    return number


def _day(value: date) -> str:
    """The day of a date or timestamp. One with a time zone is a day only at midnight there: elsewhere it may be another day."""
    if isinstance(value, datetime) and value.tzinfo is not None and value.time() != time():
        raise ValueError(f"{value} has a time zone and is another day elsewhere; write it as a date")
    return value.isoformat()[:10]


# --- what holds other values --------------------------------------------------------------------------------------


def _list(kind: Any) -> Reader:
    item = reader_of(kind.value_type)
    return lambda values: [None if value is None else item(value) for value in values]


def _struct(kind: Any) -> Reader:
    fields = {field.name: reader_of(field.type) for field in kind}
    return lambda value: _recorded((name, value[name], read) for name, read in fields.items())


def _map(kind: Any) -> Reader:
    read_key, read = reader_of(kind.key_type), reader_of(kind.item_type)

    def mapping(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
        keys = [str(read_key(key)) for key, _ in pairs]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise ValueError(f'the key "{twice}" stands twice; keep one')
        return _recorded((key, value, read) for key, (_, value) in zip(keys, pairs, strict=True))

    return mapping


def _recorded(parts: Iterator[tuple[str, Any, Reader]]) -> dict[str, Any]:
    """The parts that hold something: a struct has a place for everything, null where nothing is said."""
    values = {name: read(value) for name, value, read in parts if value is not None}
    return {name: value for name, value in values.items() if value is not None}


# The names of tests in pyarrow.types, and what is made of a type that passes one.
_READERS: dict[str, Callable[[Any], Reader]] = {
    "null boolean integer string large_string string_view": lambda _: _as_it_is,
    "binary large_binary binary_view": lambda _: _text,
    "floating": _float,
    "decimal": lambda _: _exact,
    "date timestamp": lambda _: _day,
    "list large_list fixed_size_list list_view large_list_view": _list,
    "struct": _struct,
    "map": _map,
    "dictionary": lambda kind: reader_of(kind.value_type),
}


def in_microseconds(kind: Any) -> Any:
    """The type with timestamps that Python can tell; nanoseconds matter to no day."""
    pa = arrow()
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        return pa.timestamp("us", kind.tz)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        make: Callable[[Any], Any] = pa.list_ if pa.types.is_list(kind) else pa.large_list
        return make(in_microseconds(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(in_microseconds(field.type)) for field in kind])
    return kind


def values_of(array: Any) -> Iterator[Any]:
    """The values of an Arrow array in plain Python, None where null."""
    kind = in_microseconds(array.type)
    return iter((array if kind.equals(array.type) else array.cast(kind, safe=False)).to_pylist())
