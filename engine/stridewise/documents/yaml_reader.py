"""YAML events into located values. Nothing is ever executed, and a document cannot grow: depth, size, aliases and duplicate keys
are checked while it is read."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from stridewise.documents.commas import Commas
from stridewise.documents.faults import fault
from stridewise.documents.located import MAX_DEPTH, MAX_NODES, TOO_DEEP, LocatedDict, LocatedList, put
from stridewise.documents.scalars import check_text, scalar, unquoted
from stridewise.errors import Problems

_LOST = re.compile(r"(?<![ \t])[ \t]+(#[^\s#].*)")  # a comment that reads like the end of a text
_MERGE = "<<"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str, problems: Problems) -> Any:
    try:
        loader = _Loader(text)
        try:
            return _YamlReader(loader, problems, text).document()
        finally:
            loader.dispose()
    except yaml.YAMLError as failure:
        line, message = fault(failure, text)
        problems.add(line, TOO_DEEP if "nesting depth" in str(getattr(failure, "problem", "")) else message)
        return None


class _YamlReader:
    """Builds located values from parser events; events let us stop a hostile document before it is built."""

    def __init__(self, loader: Any, problems: Problems, text: str) -> None:
        self.events: Iterator[Any] = iter(loader.get_event, None)
        self.lines = text.splitlines() if _LOST.search(text) else []  # looked at only where a text may be cut off
        self.problems = problems
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.unused: dict[str, int] = {}  # anchors of texts that no alias has named yet, with their lines
        self.nodes = 0

    def document(self) -> Any:
        next(self.events)  # stream start
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        root = self.node(next(self.events), 1)
        next(self.events)  # document end
        extra = next(self.events)
        if isinstance(extra, yaml.DocumentStartEvent):
            line = extra.start_mark.line + 1 if extra.start_mark else 1
            self.problems.add(line, "a second document starts here; keep one document a file")
        for anchor, line in self.unused.items():
            self.problems.add(line, f"the anchor &{anchor} is used by no alias; a text that begins with & stands in quotes")
        return root

    def node(self, event: Any, depth: int) -> Any:
        line = event.start_mark.line + 1
        before = self.nodes
        self._count(1, line)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), line)
        if event.tag is not None and event.tag != "!":
            self.problems.add(line, f"the tag {event.tag} is not read; a text that begins with ! stands in quotes")
        if depth > MAX_DEPTH:
            self.problems.stop(line, TOO_DEEP)
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._list(event, line, depth)
        else:
            value = self._dict(line, depth)
        if event.anchor:
            self.anchors[event.anchor] = (value, self.nodes - before)
            if isinstance(event, yaml.ScalarEvent):
                self.unused[event.anchor] = line
        return value

    def _scalar(self, event: Any, line: int) -> Any:
        plain = event.implicit[0] and event.style in (None, "")
        try:
            check_text(event.value)
            value = scalar(unquoted(event.value) if plain else event.value, plain)
            if plain and self.lines and isinstance(value, str):
                self._check_not_cut(event)
        except ValueError as error:
            self.problems.add(line, str(error))
            return None
        return value

    def _check_not_cut(self, event: Any) -> None:
        """Refuse a text whose end would be lost as a comment. Raises ValueError."""
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if lost := _LOST.match(rest):
            said = f"{event.value} {lost[1]}"[:60]
            raise ValueError(
                f'" #" begins a comment, so "{lost[1][:40]}" would be lost; write "{said}" in quotes, or "# " for a comment'
            )

    def _list(self, start: Any, line: int, depth: int) -> LocatedList:
        items = LocatedList()
        items.line, items.lines = line, {}
        commas = Commas() if start.flow_style else None
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.lines[len(items)] = event.start_mark.line + 1
            if commas is not None and (unclear := commas.unclear(event)):
                self.problems.add(event.start_mark.line + 1, unclear)
            items.append(self.node(event, depth + 1))
        return items

    def _dict(self, line: int, depth: int) -> LocatedDict:
        mapping = LocatedDict()
        mapping.line, mapping.lines = line, {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key_line = event.start_mark.line + 1
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if key == _MERGE:
                self.problems.add(key_line, f'"{_MERGE}" (a merge) is not read; write the keys and values out')
            else:
                put(mapping, _key_text(key), value, key_line, self.problems)
        return mapping

    def _alias(self, anchor: str, line: int) -> Any:
        if anchor not in self.anchors:
            self.problems.add(line, f"the alias *{anchor} names no finished anchor; a text that begins with * stands in quotes")
            return None
        self.unused.pop(anchor, None)
        value, size = self.anchors[anchor]
        self._count(size, line)  # an alias costs what it expands to: no alias bombs
        return value

    def _count(self, nodes: int, line: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            self.problems.stop(line, f"holds more than {MAX_NODES} values")


def _key_text(key: Any) -> str:
    return key if isinstance(key, str) else str(key).lower() if isinstance(key, bool) else str(key)
