"""Values that remember their lines, and how deep and large they may be."""

from dataclasses import dataclass
from typing import Any

from stridewise.errors import Problems

MAX_DEPTH = 40
MAX_NODES = 200_000


class LocatedDict(dict[str, Any]):
    """A mapping that knows its first line (`line`) and the line of every key (`lines`)."""

    line = 0
    lines: dict[Any, int]


class LocatedList(list[Any]):
    """A list that knows its first line (`line`) and the line of every item (`lines`)."""

    line = 0
    lines: dict[Any, int]


def with_lines_of(node: Any, values: Any) -> Any:
    """The values as a mapping or list that has the lines of a node; a value that it has in its place keeps its own."""
    located = LocatedDict(values) if isinstance(values, dict) else LocatedList(values)
    located.line, located.lines = getattr(node, "line", 0), getattr(node, "lines", {})
    return located


@dataclass(frozen=True, slots=True)
class Document:
    """One file: `path` as shown to people, `root` of dicts, lists, str, int, Decimal, bool and None."""

    path: str
    root: Any
    content: bytes = b""

    def line(self, *steps: str | int) -> int:
        """The line of the node that `steps` lead to, or of the deepest one that exists."""
        return line_of(self.root, *steps)


def line_of(node: Any, *steps: str | int) -> int:
    """The line of the node that `steps` lead to from `node`, or of the deepest one that exists."""
    line = getattr(node, "line", 1)
    for step in steps:
        lines = getattr(node, "lines", {})
        if step not in lines:
            break
        line = lines[step]
        try:
            node = node[step]
        except (KeyError, IndexError):  # left out because it did not fit; its line is still known
            break
    return int(line)


TOO_DEEP = f"is nested more than {MAX_DEPTH} levels deep"  # some parsers stop first, at a depth of their own


def put(mapping: LocatedDict, key: str, value: Any, line: int, problems: Problems) -> None:
    if key in mapping:
        problems.add(line, f'the key "{key}" stands twice (first on line {mapping.lines[key]}); keep one')
        return
    mapping[key] = value
    mapping.lines[key] = line
