"""What is wrong with a file that is no YAML, in the words of whoever typed it, with what to type instead."""

import re
from typing import Any

_NEEDS_QUOTES = "@`%&*!|>,]}"
_QUOTED = 'put the text in quotes: "…"'
_CHECK = f"check its colons, brackets and indentation, or {_QUOTED}"
_BRACKET = "a bracket is opened here and not closed, or a comma is missing in between; close it with ] or }"
_OPENED = {
    "quoted scalar": "a quotation mark is opened here and not closed; close it, or leave both out",
    "flow": _BRACKET,
    "',' or": _BRACKET,
}
_INDENT = "this line is indented differently from those above, or a quotation mark ends too early"
_HERE = {
    "block scalar": f"a text cannot begin with > or |; {_QUOTED}",
    "mapping values": f"there is a second colon in this line; {_QUOTED}",
    "expected key": f"{_INDENT}; align it, or {_QUOTED}",
    "block": f"{_INDENT}; align it, or {_QUOTED}",
}


def fault(failure: Any, text: str) -> tuple[int, str]:
    """The line of a parser's failure, and what to do there."""
    lines = text.splitlines()
    mark: Any = getattr(failure, "problem_mark", None) or getattr(failure, "context_mark", None)
    number = min(mark.line + 1, max(1, len(lines))) if mark else text.count("\n", 0, getattr(failure, "position", 0)) + 1
    problem = f"{getattr(failure, 'context', None) or ''} {getattr(failure, 'problem', None) or ''}"
    line = lines[number - 1] if number <= len(lines) else ""
    opened = failure.context_mark.line + 1 if getattr(failure, "context_mark", None) else number
    return _said(problem, line, mark.column if mark else 0, number, opened, lines)


def _said(problem: str, line: str, column: int, number: int, opened: int, lines: list[str]) -> tuple[int, str]:
    for words, message in _OPENED.items():
        if words in problem:
            return opened, message
    sign = line[column : column + 1]
    if "expected ':'" in problem or ("mapping values" in problem and len(re.findall(r":(?:\s|$)", line)) == 1):
        return _without_colon(number, lines)
    if "\t" in line[: max(column + 1, len(line) - len(line.lstrip()))] and "mapping values" not in problem:
        return number, "there is a tab at the beginning of this line; indent with spaces"
    if sign and sign in _NEEDS_QUOTES:
        return number, f"a text cannot begin with {sign}; {_QUOTED}"
    return number, next((message for words, message in _HERE.items() if words in problem), f"this line cannot be read; {_CHECK}")


def _without_colon(number: int, lines: list[str]) -> tuple[int, str]:
    """A simple key is missed where the next token begins: the line meant is that one, or the one above it."""
    written = [index for index in range(min(number, len(lines)), 0, -1) if re.match(r"\s*[^\s#]", lines[index - 1])]
    near = written[:2]
    dashed = next((index for index in near if re.match(r"\s*-[^\s-]", lines[index - 1])), 0)
    if dashed:
        return dashed, 'a dash that opens an entry is followed by a space: write "- " before it'
    tight = next((index for index in near if re.match(r"[\s-]*\w+:\S", lines[index - 1])), 0)
    if tight:
        return tight, 'a colon that opens a value is followed by a space: write "key: value"'
    bare = next((index for index in near if ":" not in lines[index - 1] and not lines[index - 1].lstrip().startswith("-")), 0)
    if bare:
        return bare, 'this line has no colon; write "key: value"'
    if len(near) > 1 and _indent(lines[near[0] - 1]) > _indent(lines[near[1] - 1]):
        return (
            number,
            f"this line is indented further than line {near[1]}, so it would go on with that text; align it, or {_QUOTED}",
        )
    return number, f"this line cannot be read; {_CHECK}"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
