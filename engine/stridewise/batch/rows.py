"""A row of a CSV as a profile: a column is a path such as `runner.ref`, a cell is written as in YAML, and items of a list are
separated by semicolons."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import is_dataclass
from typing import Any, get_args, get_origin

from stridewise.documents.reader import LocatedDict, LocatedList, parse_document
from stridewise.errors import Problem, Problems, ProfileError, did_you_mean
from stridewise.profile.paths import LEAVES

TEXTS = frozenset(path for path, leaf in LEAVES.items() if leaf.shape is str and not leaf.terms)  # 007 stays 007
LISTS = frozenset(path for path, leaf in LEAVES.items() if leaf.is_list)


def paths() -> Iterator[str]:
    """Every path that can be a column."""
    for path, leaf in LEAVES.items():
        if get_origin(leaf.shape) is dict:
            yield from (f"{path}.{key}" for key in get_args(get_args(leaf.shape)[0]))
        elif not is_dataclass(leaf.shape):
            yield path


def check_columns(columns: Sequence[str], problems: Problems) -> None:
    """Add a problem for every column that no profile has, or that stands twice."""
    known = list(paths())
    names = [column.strip() for column in columns]
    if len(names) == 1 and ";" in names[0]:
        problems.add(1, "the columns are separated by semicolons; save the file with commas")
        return
    for number, name in enumerate(names):
        if name not in known:
            problems.add(1, f'unknown column "{name}"; expected the path of an entry of a profile.{did_you_mean(name, known)}')
        elif name in names[:number]:
            problems.add(1, f'the column "{name}" stands twice; keep one')
    if not problems.found and "runner.ref" not in names:
        problems.add(1, 'the column "runner.ref" is missing')


def row_as_profile(cells: dict[str, str], shown: str, line: int) -> tuple[LocatedDict, list[Problem]]:
    """The profile that a row spells, and what is wrong with its cells. An empty cell is not recorded, `[]` asked and none."""
    root = _mapping(line)
    problems: list[Problem] = []
    for column, cell in {"schema": "1", **cells}.items():
        if cell.strip():
            try:
                _put(root, column.split("."), _value(column, cell.strip(), shown), line)
            except ProfileError as error:
                problems += [Problem(shown, line, f"{column}: {problem.message}") for problem in error.problems]
    return root, problems


def _value(column: str, cell: str, shown: str) -> Any:
    if column in TEXTS:
        return _read(json.dumps(cell, ensure_ascii=False), shown)  # in quotes: text as it stands, checked as any other
    items = [_read(item, shown) for item in cell.split(";") if item.strip()]
    if len(items) == 1 and (column not in LISTS or isinstance(items[0], list)):
        return items[0]
    return LocatedList(items)


def _read(item: str, shown: str) -> Any:
    return parse_document(item.strip().encode("utf-8", "surrogateescape"), shown, ProfileError).root


def _put(root: LocatedDict, steps: list[str], value: Any, line: int) -> None:
    for step in steps[:-1]:
        root.lines[step] = line
        root = root.setdefault(step, _mapping(line))
    root[steps[-1]] = value
    root.lines[steps[-1]] = line


def _mapping(line: int) -> LocatedDict:
    mapping = LocatedDict()
    mapping.line, mapping.lines = line, {}
    return mapping


def at_line(value: Any, line: int) -> Any:
    """The same values, all of them standing on this line."""
    if isinstance(value, LocatedDict | LocatedList):
        keys = value if isinstance(value, LocatedDict) else range(len(value))
        value.line, value.lines = line, dict.fromkeys(keys, line)
        for item in value.values() if isinstance(value, LocatedDict) else value:
            at_line(item, line)
    return value
