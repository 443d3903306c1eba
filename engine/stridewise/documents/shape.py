"""Check plain values against a declared shape and report every mismatch at its line, in the writer's words."""

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from stridewise.documents.fitting import Before, MisfitError, fit
from stridewise.documents.located import LocatedDict, LocatedList, line_of
from stridewise.documents.sentences import as_found, lost_decimal
from stridewise.errors import Problems, did_you_mean

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
ConfigDict = dict[str, Any]  # pydantic's own costs the import of pydantic
STRICT: ConfigDict = {"extra": "forbid", "arbitrary_types_allowed": True}


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise ValueError("a number is expected here")
    return value


def _word(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else str(value) if type(value) is int else value


Number = Annotated[Decimal, Before(_number)]
Count = Annotated[int, Before(_number)]
Word = Annotated[str, Before(_word)]  # a code or version that may look like a number


@dataclass(frozen=True, slots=True)
class Range:
    """A range of numbers, ends included."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    min: Number
    max: Number

    def __post_init__(self) -> None:
        if self.min > self.max:
            raise ValueError(f"min {self.min} is larger than max {self.max}")


YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


def yes_or_no(written: Any) -> bool | None:
    """A yes or a no, in any case, in quotes or not; None where it is neither.

    >>> yes_or_no("Yes"), yes_or_no("FALSE"), yes_or_no("on")
    (True, False, None)
    """
    return written if isinstance(written, bool) else YES_OR_NO.get(written.casefold()) if isinstance(written, str) else None


def _flag(value: Any) -> bool:
    answer = yes_or_no(value)
    if answer is None:
        raise ValueError("yes or no is expected here")
    return answer


Flag = Annotated[bool, Before(_flag)]


def _amount(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"min", "max"}:
        return Range(Decimal(_number(value["min"])), Decimal(_number(value["max"])))
    if isinstance(value, Range):
        return value
    return Decimal(_number(value))


Amount = Annotated[Decimal | Range, Before(_amount)]


@cache
def _adapter(shape: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(shape)


def validate(shape: type[T], written: Any, problems: Problems, line: int = 0, where: str = "") -> T | None:
    """`written` as a `shape`, or None with every mismatch added to `problems`. `line` is where it starts."""
    try:
        return cast(T, fit(shape, written))
    except (MisfitError, ValueError):
        pass
    from pydantic import ValidationError

    try:
        return cast(T, _adapter(cast(Any, shape)).validate_python(written))
    except ValidationError as failure:
        for steps, errors in _by_path(failure.errors(include_url=False), written):
            place = line_of(written, *steps) if hasattr(written, "line") else line
            problems.add(place or line, _message(shape, steps, errors, where))
    return None


def mismatches(shape: Any, written: Any) -> list[list[Any]]:
    """The paths at which `written` does not fit."""
    from pydantic import ValidationError

    try:
        _adapter(shape).validate_python(written)
    except ValidationError as failure:
        return [_steps(error, written) for error in failure.errors(include_url=False)]
    return []


def without(written: Any, paths: list[list[Any]]) -> Any:
    """A copy of a mapping without the entries at these paths; of a path that does not exist, without its parent. An item of a
    list becomes None, so that the others keep their numbers; one that is None already takes its list with it."""
    copy = LocatedDict(written)
    copy.line, copy.lines = getattr(written, "line", 0), getattr(written, "lines", {})
    for first in {path[0] for path in paths if path and path[0] in copy}:
        below = [path[1:] for path in paths if path and path[0] == first]
        if isinstance(copy[first], dict) and all(step and step[0] in copy[first] for step in below):
            copy[first] = without(copy[first], below)
        elif isinstance(copy[first], list) and all(step and _is_item(copy[first], step[0]) for step in below):
            copy[first] = _without_items(copy[first], {step[0] for step in below})
        else:
            del copy[first]
    return copy


def fitting_part(shape: type[T], written: Any, depths: Mapping[str, int], failed: set[str]) -> T | None:
    """What fits of a mapping that does not fit as a whole, None where that is nothing. Left out is the whole entry in which
    something is wrong: for the keys of `depths` it lies so deep, and its names go into `failed`; for the others it is all."""
    if not isinstance(written, LocatedDict):
        return None
    cut = [_entry_of(path, written, depths) for path in mismatches(shape, written)]
    for path in (path for path in cut if path and path[0] in depths):
        failed |= {*map(str, path[1:]), *_names_below(_at(written, path))}
    try:
        return cast(T, fit(shape, without(written, cut)))
    except (MisfitError, ValueError):
        return None


def _entry_of(path: list[Any], written: dict[str, Any], depths: Mapping[str, int]) -> list[Any]:
    first = str(path[0]) if path else ""
    return path[: depths.get(first, 1)] if isinstance(written.get(first), dict) else path[:1]


def _at(written: Any, path: list[Any]) -> Any:
    for step in path:
        written = written.get(step) if isinstance(written, dict) else None
    return written


def _names_below(written: Any) -> Iterator[str]:
    """The text itself; every key, and every text of a list."""
    if isinstance(written, str):
        yield written
    elif isinstance(written, dict):
        yield from map(str, written)
        for item in (item for item in written.values() if not isinstance(item, str)):
            yield from _names_below(item)
    elif isinstance(written, list):
        for item in written:
            yield from _names_below(item)


@cache
def _hints(shape: Any) -> dict[str, Any]:
    """The types of a record's fields."""
    return get_type_hints(shape)


def without_blanks(written: Any, shape: Any) -> Any:
    """A copy of a mapping without the keys of a record that stand there without a value: nothing is said with them."""
    if not isinstance(written, LocatedDict) or not is_dataclass(shape):
        return written
    copy = LocatedDict(written)
    copy.line, copy.lines = written.line, written.lines
    hints = _hints(cast(Any, shape))
    for name, value in written.items():
        if name in hints and value is None:
            del copy[name]
        elif name in hints:
            copy[name] = without_blanks(value, _bare(hints[name]))
    return copy


def _is_item(items: list[Any], index: Any) -> bool:
    return isinstance(index, int) and index < len(items) and items[index] is not None


def _without_items(items: list[Any], gone: set[int]) -> LocatedList:
    left = LocatedList(None if index in gone else item for index, item in enumerate(items))
    left.line, left.lines = getattr(items, "line", 0), getattr(items, "lines", {})
    return left


def _by_path(errors: list[Any], written: Any) -> list[tuple[list[Any], list[Any]]]:
    """The errors by where they stand: what may be one thing or another fits neither, and is one mistake; where something in it is
    wrong, that is the mistake, not that it is no other thing."""
    found: dict[tuple[Any, ...], list[Any]] = {}
    for error in errors:
        found.setdefault(tuple(_steps(error, written)), []).append(error)
    above = {steps[:depth] for steps in found for depth in range(len(steps))}
    return [(list(steps), alike) for steps, alike in found.items() if steps not in above]


def _steps(error: Any, written: Any) -> list[Any]:
    """The path of an error through the document; pydantic puts names of types between, which are no keys there."""
    steps: list[Any] = []
    missing = error["type"] in ("missing", "missing_argument")
    for index, step in enumerate(error["loc"]):
        inside = isinstance(written, dict | list)
        is_key = inside and (step in written if isinstance(written, dict) else isinstance(step, int) and step < len(written))
        names_a_key = is_key or (missing and index == len(error["loc"]) - 1)
        if names_a_key or not (isinstance(step, str) and ("[" in step or step in _TYPE_NAMES or step[:1].isupper())):
            steps.append(step)
            written = written[step] if is_key else None
    return steps


_TYPE_NAMES = frozenset({"str", "decimal", "int", "date"})  # besides those of classes, with a capital


def _message(shape: Any, steps: list[Any], errors: list[Any], where: str) -> str:
    path = spell([*([where] if where else []), *steps])
    error = errors[0]
    found = as_found(error["input"])
    place = f"{spell([where, *steps[:-1]])}: " if where or steps[:-1] else ""
    if steps and (lost := lost_decimal(steps[-1], error["input"])):
        return f"{place}{lost}"
    if error["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        known = field_names(shape, steps[:-1])
        hint = did_you_mean(str(steps[-1]), known) or (f" Known keys: {', '.join(known)}." if known else "")
        return f'{place}unknown key "{steps[-1]}".{hint}'
    if error["type"] in ("missing", "missing_argument"):
        return f'{place}the key "{steps[-1]}" is missing; add it'
    words = list(dict.fromkeys(_in_words(shape, steps, one) for one in errors))
    message = ", or ".join([words[0], *(word.removeprefix("expected ") for word in words[1:] if word.startswith("expected "))])
    if ", found " not in message and not _is_of_a_record(error, message):
        message = f"{message}, found {found}{_hint(error)}"
    return f"{path}: {message[:1].lower()}{message[1:]}" if path else message


def _is_of_a_record(error: Any, message: str) -> bool:
    """Is it about what a record says as a whole? Then its keys are no news."""
    return error["type"] == "value_error" and isinstance(error["input"], dict) and "expected" not in message


def _hint(error: Any) -> str:
    """What to write instead: the nearest of the words that may stand there, or the one item as a list."""
    written = error["input"]
    if not isinstance(written, str) or not written.strip():
        return ""
    if error["type"] == "literal_error":
        near = did_you_mean(written, re.findall(r"'([^']*)'", error["ctx"]["expected"]))
        return f".{near}" if near else ""
    is_list = _EXPECTED.get(error["type"].partition("_")[0]) == "expected a list"
    return f"; write [{written}]" if is_list and len(written) <= MOST_LETTERS and not set(written) & set(",:[]{}#") else ""


MOST_LETTERS = 40  # of an item that is written out as a list


def _in_words(shape: Any, steps: list[Any], error: Any) -> str:
    """What was expected, in the writer's words: no name of a class, nothing of the language this is written in."""
    if error["type"] == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "literal_error":
        expected = str(error["ctx"]["expected"])
        quoted = f'; write it in quotes: "{error["input"]}"' if f"'{error['input']}'" in expected else ""
        return f"expected {expected.replace(chr(39), '')}{quoted}"
    if error["type"] in _RECORDS:
        known = field_names(shape, steps)
        names = ", ".join(known[:MOST_NAMES]) + (", …" if len(known) > MOST_NAMES else "")
        return f"expected keys and values: {names}" if names else "expected keys and values"
    return next((words for beginning, words in _EXPECTED.items() if error["type"].startswith(beginning)), "does not fit here")


MOST_NAMES = 6  # keys named where a record is expected
_RECORDS = ("dataclass_type", "dataclass_exact_type", "dict_type", "mapping_type", "model_type")
_EXPECTED = {
    "tuple": "expected a list",
    "list": "expected a list",
    "iterable": "expected a list",
    "too_": "expected more or fewer items",
    "string": "expected a text",
    "bool": "expected yes or no",
    "int": "expected a whole number",
    "decimal": "expected a number",
    "float": "expected a number",
    "date": "expected a date such as 2026-11-21",
    "none_required": "expected nothing",
}


def spell(steps: list[Any]) -> str:
    """A path into a document: `findings[2].side`."""
    text = ""
    for step in filter(lambda s: s != "", steps):
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def field_names(shape: Any, steps: list[Any]) -> list[str]:
    """The keys a document may have at `steps` of this shape."""
    for step in steps:
        shape = _bare(shape)
        if is_dataclass(shape):
            shape = _hints(cast(Any, shape)).get(step)
        else:  # an item of a list or a mapping
            shape = next((item for item in reversed(get_args(shape)) if item is not Ellipsis), None)
    shape = _bare(shape)
    return [f.name for f in fields(shape)] if is_dataclass(shape) else []


def _bare(shape: Any) -> Any:
    """The shape without `| None` and without annotations."""
    while get_origin(shape) in (Union, types.UnionType, Annotated):
        ways = [item for item in get_args(shape) if item is not type(None)]
        shape = next((way for way in ways if is_dataclass(way)), next(iter(ways), None))
    return shape
