"""A row of a table as a profile: a column is a path such as `runner.ref`, or the one column `profile` holds whole profiles. A
cell of text is written as in YAML, items of a list separated by semicolons; a cell of another type stands as it is."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import is_dataclass
from typing import Any, get_args, get_origin

from stridewise.documents.located import Document, LocatedDict, LocatedList
from stridewise.documents.reader import parse_document
from stridewise.errors import Problem, Problems, ProfileError, did_you_mean
from stridewise.profile.paths import LEAVES

TEXTS = frozenset(path for path, leaf in LEAVES.items() if leaf.shape is str and not leaf.terms)  # 007 stays 007
LISTS = frozenset(path for path, leaf in LEAVES.items() if leaf.is_list)
REF = "runner.ref"
DOCUMENT = "profile"  # the column of whole profiles, in YAML or JSON
UNREAD = ""  # under this name, which no column has, a row says what of it could not be read at all
NAMES = (f"{DOCUMENT}.yaml", f"{DOCUMENT}.json")  # what such a profile is called in messages
_JSON = re.compile(r'\ufeff?\s*\{\s*["}]')


def paths() -> Iterator[str]:
    """Every path that can be a column."""
    for path, leaf in LEAVES.items():
        if get_origin(leaf.shape) is dict:
            yield from (f"{path}.{key}" for key in get_args(get_args(leaf.shape)[0]))
        elif not is_dataclass(leaf.shape):
            yield path


def check_columns(columns: Sequence[str], problems: Problems, line: int = 1) -> None:
    """Add a problem for every column that no profile has, or that stands twice; `line` is where their names stand."""
    names = [column.strip() for column in columns]
    if len(names) == 1 and ";" in names[0]:
        problems.add(line, "the columns are separated by semicolons; save the file with commas")
        return
    known = [REF, DOCUMENT] if DOCUMENT in names else [*paths(), DOCUMENT]
    for number, name in enumerate(names):
        if name not in known:
            problems.add(line, _unknown(name, known))
        elif name in names[:number]:
            problems.add(line, f'the column "{name}" stands twice; keep one')
    if not problems.found and REF not in names and DOCUMENT not in names:
        problems.add(line, f'the column "{REF}" is missing')


def _unknown(name: str, known: Sequence[str]) -> str:
    if DOCUMENT in known[:2]:
        return f'unknown column "{name}": beside "{DOCUMENT}", which holds whole profiles, only "{REF}" is read; leave it out'
    expected = f'the path of an entry of a profile, or "{DOCUMENT}" for whole profiles'
    return f'unknown column "{name}"; expected {expected}.{did_you_mean(name, known)}'


def row_as_document(cells: dict[str, Any], content: bytes, shown: str, line: int) -> tuple[Document, list[Problem]]:
    """The profile that a row spells or holds, and what is wrong with its cells. `content` are the bytes of the row, `shown` and
    `line` its place; a profile that it holds has lines of its own. Raises ProfileError where that cannot be read."""
    unread = [Problem(shown, line, message) for message in cells.get(UNREAD, ())]
    spelt = {column: cell for column, cell in cells.items() if column != UNREAD}
    if DOCUMENT in spelt:
        document = _held(str(spelt[DOCUMENT]))
        return document, [*unread, *_other_ref(document, str(spelt.get(REF) or ""))]
    root, problems = row_as_profile(spelt, shown, line)
    return Document(shown, root, content), [*unread, *problems]


def _held(text: str) -> Document:
    yaml, json_ = NAMES
    return parse_document(text.encode("utf-8", "surrogateescape"), json_ if _JSON.match(text) else yaml, ProfileError)


def _other_ref(document: Document, ref: str) -> list[Problem]:
    """Is the profile of somebody else than the row? Nothing is wrong where one of them does not say."""
    runner = document.root.get("runner") if isinstance(document.root, dict) else None
    own = runner.get("ref") if isinstance(runner, dict) else None
    if own is None or ref.strip() in ("", str(own)):
        return []
    message = f'{REF}: the row is of "{ref.strip()}", its profile of "{own}"; expected the same'
    return [Problem(document.path, document.line("runner", "ref"), message)]


def row_as_profile(cells: dict[str, Any], shown: str, line: int) -> tuple[LocatedDict, list[Problem]]:
    """The profile that a row spells, and what is wrong with its cells. An empty cell is not recorded, `[]` asked and none."""
    root = _mapping(line)
    problems: list[Problem] = []
    for column, cell in {"schema": "1", **cells}.items():
        if not isinstance(cell, str) or cell.strip():
            try:
                _put(root, column.split("."), _value(column, cell, shown), line)
            except ProfileError as error:
                problems += [Problem(shown, line, f"{column}: {problem.message}") for problem in error.problems]
    return root, problems


def _value(column: str, cell: Any, shown: str) -> Any:
    if column in TEXTS:
        text = cell.strip() if isinstance(cell, str) else cell if isinstance(cell, bool | list | dict) else str(cell)
        return _typed(text)  # text as it stands, checked as any other
    if not isinstance(cell, str):
        return _in_list(column, _typed(cell), shown)
    items = [_read(item, shown) for item in cell.strip().split(";") if item.strip()]
    if len(items) == 1 and (column not in LISTS or isinstance(items[0], list)):
        return items[0]
    return LocatedList(items)


def _typed(cell: Any) -> Any:
    """A cell with a type of its own, its texts checked and its numbers exact. Raises ProfileError."""
    return parse_document(json.dumps(cell).encode(), "cell.json", ProfileError).root


def _in_list(column: str, value: Any, shown: str) -> Any:
    """What belongs in a list stands in one, and a text in a list is written as an item of a cell."""
    if column not in LISTS:
        return value
    items = value if isinstance(value, list) else [value]
    return LocatedList(_read(item, shown) if isinstance(item, str) else item for item in items)


def _read(item: str, shown: str) -> Any:
    return parse_document(item.strip().encode("utf-8", "surrogateescape"), shown, ProfileError).root


def _put(root: LocatedDict, steps: list[str], value: Any, line: int) -> None:
    for step in steps[:-1]:
        root.lines[step] = line
        root = root.setdefault(step, _mapping(line))
    root[steps[-1]] = at_line(value, line)
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
