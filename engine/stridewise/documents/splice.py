"""Change a list inside a YAML text and nothing beside it: comments, order and spaces stay as somebody wrote them."""

import re
from typing import Any

import yaml

Path = tuple[str, ...]


class CannotSpliceError(ValueError):
    """The text is written in a way that is not changed here."""


def appended(text: str, path: Path, item: str, quoted: bool = False) -> str:
    """The text with one item more at the end of the list at a path of mappings; what is missing on the way is made. `item` is
    written as YAML in one line; `quoted` keys are those of JSON. Raises CannotSpliceError."""
    return _Text(text, quoted).append(path, item)


def removed(text: str, path: Path, index: int) -> str:
    """The text without one item of a list; a list that is left empty goes too where it stands in lines of its own. Raises
    CannotSpliceError."""
    return _Text(text, False).remove(path, index)


class _Text:
    """A text with the marks of its nodes."""

    def __init__(self, text: str, quoted: bool) -> None:
        self.text = text
        self.quoted = quoted
        self.newline = "\r\n" if "\r\n" in text else "\n"
        try:
            self.root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            raise CannotSpliceError(str(getattr(error, "problem", None) or error)) from error
        if not isinstance(self.root, yaml.MappingNode):
            raise CannotSpliceError("it is no mapping")

    # --- one item more -------------------------------------------------------------------------------------------------

    def append(self, path: Path, item: str) -> str:
        node: Any = self.root
        for number, step in enumerate(path):
            inner = _value(node, step)
            if inner is None:
                return self._enter(node, path[number:], item)
            if _is_nothing(inner):
                return self._fill(inner, path[number + 1 :], item)
            node = inner
        if not isinstance(node, yaml.SequenceNode):
            raise CannotSpliceError(f"{'.'.join(path)} is no list")
        return self._into_flow(node, item) if node.flow_style else self._below(node, f"- {item}")

    def _enter(self, mapping: Any, steps: Path, item: str) -> str:
        """A key more in a mapping."""
        if not isinstance(mapping, yaml.MappingNode):
            raise CannotSpliceError("it is no mapping")
        if mapping.flow_style:
            return self._into_flow(mapping, f"{self._key(steps[0])}: {self._flow(steps[1:], item)}")
        lines = [f"{'  ' * depth}{step}:" for depth, step in enumerate(steps)]
        return self._below(mapping, *lines, f"{'  ' * len(steps)}- {item}")

    def _flow(self, steps: Path, item: str) -> str:
        """What is inside further keys, on one line."""
        inside = f"[{item}]"
        for step in reversed(steps):
            inside = f"{{{self._key(step)}: {inside}}}"
        return inside

    def _key(self, step: str) -> str:
        return f'"{step}"' if self.quoted else step

    def _fill(self, nothing: Any, steps: Path, item: str) -> str:
        """A value in place of none, `null` or nothing at all."""
        start, end = nothing.start_mark.index, nothing.end_mark.index
        gap = "" if self.text[start - 1 : start].isspace() else " "
        return self.text[:start] + gap + self._flow(steps, item) + self.text[end:]

    def _into_flow(self, node: Any, written: str) -> str:
        """One more before the closing bracket."""
        end = node.value[-1] if node.value else None
        last = end[1] if isinstance(end, tuple) else end
        at = node.end_mark.index - 1 if last is None else last.end_mark.index
        return f"{self.text[:at]}{', ' if last is not None else ''}{written}{self.text[at:]}"

    def _below(self, node: Any, *lines: str) -> str:
        """Lines under the last one of a node, as far in as its own."""
        at, first = self._end_of_lines(node), node.start_mark
        before = self.text[:at]
        before += "" if before.endswith("\n") else self.newline
        return before + "".join(f"{' ' * first.column}{line}{self.newline}" for line in lines) + self.text[at:]

    def _end_of_lines(self, node: Any) -> int:
        """Where the line after a node begins; what stands behind it on its last line belongs to it."""
        last = _last(node)
        mark = last.end_mark
        if mark.column == 0 and mark.index > last.start_mark.index:
            return int(mark.index)
        end = self.text.find("\n", mark.index)
        return len(self.text) if end < 0 else end + 1

    # --- one item less -------------------------------------------------------------------------------------------------

    def remove(self, path: Path, index: int) -> str:
        nodes = [self.root]
        for step in path:
            nodes.append(_value(nodes[-1], step))
        listed = nodes[-1]
        if not isinstance(listed, yaml.SequenceNode) or not 0 <= index < len(listed.value):
            raise CannotSpliceError(f"{'.'.join(path)} has no item {index + 1}")
        if listed.flow_style:
            return self._out_of_flow(listed, index)
        if len(listed.value) > 1:
            return self._without_lines(listed.value[index], listed.value[index])
        return self._without_key(nodes, path)

    def _without_key(self, nodes: list[Any], path: Path) -> str:
        """Without the key that would hold an empty list, nor the one that would then hold nothing, and so on up."""
        for parent, step in zip(reversed(nodes[:-1]), reversed(path), strict=True):
            if len(parent.value) > 1 or parent is self.root:
                key, value = next(pair for pair in parent.value if pair[0].value == step)
                return self._without_lines(key, value)
        raise CannotSpliceError("nothing would be left")

    def _without_lines(self, first: Any, last: Any) -> str:
        start = self.text.rfind("\n", 0, first.start_mark.index) + 1
        return self.text[:start] + self.text[self._end_of_lines(last) :]

    def _out_of_flow(self, listed: Any, index: int) -> str:
        items = listed.value
        if index + 1 < len(items):
            start, end = items[index].start_mark.index, items[index + 1].start_mark.index
        else:
            start = items[index - 1].end_mark.index if index else items[index].start_mark.index
            end = items[index].end_mark.index
        return self.text[:start] + self.text[end:]


def _value(node: Any, key: str) -> Any:
    """The value at a key, None where there is none. Raises CannotSpliceError."""
    if not isinstance(node, yaml.MappingNode):
        raise CannotSpliceError("it is no mapping")
    return next((value for name, value in node.value if name.value == key), None)


def _is_nothing(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and re.fullmatch(r"~|null|Null|NULL|", node.value) is not None


def _last(node: Any) -> Any:
    """The node in which a node ends."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        end = node.value[-1]
        node = end[1] if isinstance(end, tuple) else end
    return node
