"""Edit located values without losing their lines. What is new has no line: it reads as line 0."""

from collections.abc import Sequence
from typing import Any

from stridewise.documents.located import LocatedDict, LocatedList

Step = str | int


def copied(node: Any) -> Any:
    """The same value, free to change; lines are kept, and plain dicts and lists become located ones."""
    if isinstance(node, dict):
        mapping = LocatedDict((key, copied(value)) for key, value in node.items())
        return _with_lines(mapping, node, mapping)
    if isinstance(node, list | tuple):
        items = LocatedList(copied(value) for value in node)
        return _with_lines(items, node, range(len(items)))
    return node


def _with_lines(new: Any, old: Any, keys: Any) -> Any:
    lines = getattr(old, "lines", {})
    new.line, new.lines = getattr(old, "line", 0), {key: lines.get(key, 0) for key in keys}
    return new


def put(node: Any, step: Step, value: Any) -> None:
    """Set an entry of a mapping or a list; the end of a list may be appended to. Raises ValueError."""
    if isinstance(node, LocatedList):
        if not isinstance(step, int) or not 0 <= step <= len(node):
            raise ValueError(f"there is no entry {step}; the list has {len(node)}")
        if step == len(node):
            node.append(None)
    elif not isinstance(node, LocatedDict) or not isinstance(step, str):
        raise ValueError(f'"{step}" leads nowhere; there is no mapping here')
    node[step] = copied(value)
    node.lines[step] = node.lines.get(step, 0)


def delete(node: Any, step: Any) -> None:
    """Take an entry out of a mapping or a list. Raises ValueError where there is none."""
    if isinstance(node, LocatedList) and isinstance(step, int) and 0 <= step < len(node):
        kept = [node.lines[index] for index in range(len(node)) if index != step]
        del node[step]
        node.lines = dict(enumerate(kept))
    elif isinstance(node, LocatedDict) and step in node:
        del node[step]
        node.lines.pop(step, None)
    else:
        raise ValueError(f'"{step}" is not there to remove')


def append(root: Any, steps: Sequence[Step], value: Any) -> None:
    """Set a further entry of the list that steps lead to, made where it is missing. Raises ValueError."""
    *parents, last = steps
    node = enter(root, *parents)
    if node.get(last) is None:
        put(node, last, [])
    put(node[last], len(node[last]), value)


def enter(node: Any, *steps: Any) -> Any:
    """The mapping or list that steps lead to, each made where it is missing. Raises ValueError."""
    for step in steps:
        missing = node.get(step) is None if isinstance(node, LocatedDict) else step == len(node)
        if missing:
            put(node, step, {})
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError) as failure:
            raise ValueError(f'"{step}" leads nowhere') from failure
    return node


def reach(node: Any, *steps: Step) -> Any:
    """The value that steps lead to, None where one of them is missing."""
    for step in steps:
        is_there = (
            step in node if isinstance(node, dict) else isinstance(node, list) and isinstance(step, int) and step < len(node)
        )
        if not is_there:
            return None
        node = node[step]
    return node
