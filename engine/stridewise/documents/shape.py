"""Check plain values against a declared shape and report every mismatch at its line, in the writer's words."""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from stridewise.documents.fitting import Before, MisfitError, Mismatch, fit, hints_of
from stridewise.documents.located import LocatedDict, line_of, with_lines_of
from stridewise.documents.sentences import as_found, lost_decimal
from stridewise.errors import Problems

T = TypeVar("T")
Path = tuple[Any, ...]  # keys and numbers of items that lead into a document


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise ValueError("a number is expected here")
    return value


def _count(value: Any) -> Any:
    """3.0 is a whole number too."""
    return int(value) if _number(value) == int(value) else value


def _word(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else str(value) if type(value) is int else value


Number = Annotated[Decimal, Before(_number)]
Count = Annotated[int, Before(_count)]
Word = Annotated[str, Before(_word)]  # a code or version that may look like a number


@dataclass(frozen=True, slots=True)
class Range:
    """A range of numbers, ends included."""

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


def validate(shape: type[T], written: Any, problems: Problems, line: int = 0, where: str = "") -> T | None:
    """`written` as a `shape`, or None with every mismatch added to `problems`. `line` is where it starts."""
    try:
        return cast(T, fit(shape, written))
    except MisfitError as misfit:
        for path, alike in _by_path(misfit.mismatches).items():
            place = line_of(written, *path) if hasattr(written, "line") else line
            problems.add(place or line, _message(alike, where))
    return None


def mismatches(shape: Any, written: Any) -> list[Path]:
    """The paths at which `written` does not fit."""
    try:
        fit(shape, written)
    except MisfitError as misfit:
        return [mismatch.path for mismatch in misfit.mismatches]
    return []


def without(written: Any, paths: Sequence[Path]) -> Any:
    """A copy of a mapping without the entries at these paths; of a path that does not exist, without its parent. An item of a
    list becomes None, so that the others keep their numbers; one that is None already takes its list with it."""
    copy = with_lines_of(written, written)
    for first in {path[0] for path in paths if path and path[0] in copy}:
        below = [path[1:] for path in paths if path and path[0] == first]
        if isinstance(copy[first], dict) and all(step and step[0] in copy[first] for step in below):
            copy[first] = without(copy[first], below)
        elif isinstance(copy[first], list) and all(step and _is_item(copy[first], step[0]) for step in below):
            gone = {step[0] for step in below}
            left = (None if index in gone else item for index, item in enumerate(copy[first]))
            copy[first] = with_lines_of(copy[first], left)
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
    except MisfitError:
        return None


def _entry_of(path: Path, written: dict[str, Any], depths: Mapping[str, int]) -> Path:
    first = str(path[0]) if path else ""
    return path[: depths.get(first, 1)] if isinstance(written.get(first), dict) else path[:1]


def _at(written: Any, path: Path) -> Any:
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


def without_blanks(written: Any, shape: Any) -> Any:
    """A copy of a mapping without the keys of a record that stand there without a value: nothing is said with them."""
    if not isinstance(written, LocatedDict) or not is_dataclass(shape):
        return written
    copy = with_lines_of(written, written)
    hints = hints_of(cast(Any, shape))
    for name, value in written.items():
        if name in hints and value is None:
            del copy[name]
        elif name in hints:
            copy[name] = without_blanks(value, bare(hints[name]))
    return copy


def _is_item(items: list[Any], index: Any) -> bool:
    return isinstance(index, int) and index < len(items) and items[index] is not None


def _by_path(mismatches: Sequence[Mismatch]) -> dict[Path, list[Mismatch]]:
    """By where they stand: what may be one thing or another fits neither, and is one mistake; where something in it is wrong,
    that is the mistake, not that it is no other thing."""
    found: dict[Path, list[Mismatch]] = {}
    for mismatch in mismatches:
        found.setdefault(mismatch.path, []).append(mismatch)
    above = {path[:depth] for path in found for depth in range(len(path))}
    return {path: alike for path, alike in found.items() if path not in above}


def _message(alike: Sequence[Mismatch], where: str) -> str:
    first, written = alike[0], alike[0].written
    path, parent = spell([where, *first.path]), spell([where, *first.path[:-1]])
    lost = lost_decimal(first.path[-1], written) if first.path else ""
    if lost or first.of_key:
        return f"{f'{parent}: ' if parent else ''}{lost or first.words}"
    words = list(dict.fromkeys(mismatch.words for mismatch in alike))
    message = ", or ".join([words[0], *(word.removeprefix("expected ") for word in words[1:] if word.startswith("expected "))])
    is_of_a_record = isinstance(written, dict) and "expected" not in message  # as a whole: its keys are no news
    if ", found " not in message and not is_of_a_record:
        message = f"{message}, found {as_found(written)}{first.instead}"
    return f"{path}: {message[:1].lower()}{message[1:]}" if path else message


def record_like(other: Any, shape: type[T], **known: Any) -> T:
    """A record with what is `known`; all else it shares with another record."""
    shared = {field.name: getattr(other, field.name) for field in fields(cast(Any, shape)) if hasattr(other, field.name)}
    return shape(**shared | known)


def spell(steps: Sequence[Any]) -> str:
    """A path into a document: `findings[2].side`."""
    text = ""
    for step in filter(lambda s: s != "", steps):
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def bare(shape: Any) -> Any:
    """The shape without `| None` and without annotations."""
    while get_origin(shape) in (Union, types.UnionType, Annotated):
        ways = [item for item in get_args(shape) if item is not type(None)]
        shape = next((way for way in ways if is_dataclass(way)), next(iter(ways), None))
    return shape
