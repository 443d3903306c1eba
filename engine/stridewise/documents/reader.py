"""Read YAML and JSON into plain values that remember their lines. Nothing in a document is ever executed, and
a document cannot grow: depth, size, aliases and duplicate keys are checked while it is read."""

import json
import re
import stat
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from json.decoder import JSONArray, JSONDecoder, JSONObject  # type: ignore[attr-defined]  # typeshed omits two
from json.scanner import py_make_scanner  # type: ignore[attr-defined]  # typeshed omits it
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

from stridewise.documents.faults import fault
from stridewise.errors import UNPRINTABLE, Problems, StridewiseError

LINE_ENDINGS = (".jsonl", ".ndjson")  # of files with a JSON document a line
MAX_BYTES = 4_000_000
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_DIGITS = 24

# YAML 1.2 core schema, decimal only: "yes", "off", 0o17 and 1:30 stay text.
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_AS_TEXT = re.compile(r"[-+]?0[0-9]+\Z|[0-9]{2,}[eE][0-9]+\Z")  # codes that look like numbers: 007, 12E4
_LOST = re.compile(r"(?<![ \t])[ \t]+(#[^\s#].*)")  # a comment that reads like the end of a text
_MERGE = "<<"
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}


class LocatedDict(dict[str, Any]):
    """A mapping that knows its first line (`line`) and the line of every key (`lines`)."""

    line = 0
    lines: dict[Any, int]


class LocatedList(list[Any]):
    """A list that knows its first line (`line`) and the line of every item (`lines`)."""

    line = 0
    lines: dict[Any, int]


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


def read_document(path: Path, shown: str, error: type[StridewiseError]) -> Document:
    """Read one file. Raises `error` with every problem found, each at its line."""
    problems = Problems(shown, error)
    content = read_bytes(path, problems)
    return parse_document(content, shown, error)


def parse_document(content: bytes, shown: str, error: type[StridewiseError], at_most: int = MAX_BYTES) -> Document:
    """Parse bytes as JSON where the name ends in .json, else as YAML. Raises `error` with every problem found."""
    problems = Problems(shown, error)
    text = decode(content, problems, at_most)
    parse = _parse_json if shown.lower().endswith(".json") else _parse_yaml
    root = parse(text, problems)
    problems.raise_if_any()
    return Document(shown, root, content)


def read_bytes(path: Path, problems: Problems, at_most: int = MAX_BYTES) -> bytes:
    """The content of a regular file of bounded size; anything else is a problem and raised."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            problems.add(0, "is not a regular file; give the path of a YAML or JSON file")
        elif status.st_size > at_most:
            problems.add(0, f"is {status.st_size} bytes long; at most {at_most} are read")
        else:
            return path.read_bytes()
    except (OSError, ValueError) as failure:
        problems.add(0, f"cannot be read: {getattr(failure, 'strerror', None) or failure}")
    problems.raise_if_any()
    raise AssertionError("unreachable: a problem was added")


def decode(content: bytes, problems: Problems, at_most: int = MAX_BYTES) -> str:
    """UTF-8 text, with or without a byte order mark; anything else is a problem and raised."""
    if len(content) > at_most:
        problems.add(0, f"is {len(content)} bytes long; at most {at_most} are read")
        problems.raise_if_any()
    try:
        text = folded(content.decode("utf-8-sig"))
    except UnicodeDecodeError as failure:
        line = content[: failure.start].count(b"\n") + 1
        problems.add(line, "is not UTF-8 text; save the file as UTF-8")
        problems.raise_if_any()
        raise AssertionError("unreachable: a problem was added") from failure
    return text


# Spaces that look like one, and letters that cannot be seen: none of them is meant.
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    "|(?<=[ -~])[\u200c\u200d](?=[ -~])"
)
_CURLY = re.compile("[\u201c\u201e\u00ab](.*)[\u201d\u201c\u00bb]|[\u2018\u201a](.*)[\u2019\u2018]")


def folded(text: str) -> str:
    """The text as it looks: every space a space, nothing unseen, letters with their accents as one.

    >>> folded("weak\u00a0glu\u200btes"), len(folded("e\u0301"))
    ('weak glutes', 1)
    """
    if text.isascii():
        return text
    return normalize("NFC", _UNSEEN.sub("", _SPACES.sub(" ", text)))


def _unquoted(text: str) -> str:
    """A text without the curly quotation marks around it: they are meant as straight ones."""
    curly = None if text.isascii() else _CURLY.fullmatch(text)
    return (curly[1] or curly[2] or "") if curly else text


def number(text: str) -> int | Decimal:
    """The exact number that `text` spells: int without a point or exponent, else Decimal. Raises ValueError."""
    try:
        value = Decimal(text)
    except ArithmeticError:  # an exponent beyond what decimals hold
        value = Decimal("inf")
    if len(text) > MAX_DIGITS or not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS:
        raise ValueError(f"the number {text[:20]}… is out of range; write at most {MAX_DIGITS} digits")
    return int(text) if _INTEGER.match(text) else value


def _scalar(text: str, plain: bool) -> Any:
    if not plain or _AS_TEXT.match(text):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _DECIMAL.match(text):
        return number(text)
    if _NOT_FINITE.match(text):
        raise ValueError(f"{text} is not a number that can be used; write a finite number")
    return text


_TOO_DEEP = f"is nested more than {MAX_DEPTH} levels deep"  # some parsers stop first, at a depth of their own

# --- YAML ---------------------------------------------------------------------------------------------------------

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _parse_yaml(text: str, problems: Problems) -> Any:
    try:
        loader = _Loader(text)
        try:
            return _YamlReader(loader, problems, text).document()
        finally:
            loader.dispose()
    except yaml.YAMLError as failure:
        line, message = fault(failure, text)
        problems.add(line, _TOO_DEEP if "nesting depth" in str(getattr(failure, "problem", "")) else message)
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
            self._stop(line, _TOO_DEEP)
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
            _check_text(event.value)
            value = _scalar(_unquoted(event.value) if plain else event.value, plain)
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
        commas = _Commas() if start.flow_style else None
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
                _put(mapping, _key_text(key), value, key_line, self.problems)
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
            self._stop(line, f"holds more than {MAX_NODES} values")

    def _stop(self, line: int, message: str) -> None:
        self.problems.add(line, message)
        self.problems.raise_if_any()


class _Commas:
    """Between the numbers of a list in brackets: [78,5, 82] may be two numbers or three, and is neither guessed."""

    def __init__(self) -> None:
        self.before: Any = None  # the number before
        self.tight = ""  # two numbers without a space between them
        self.spaced = self.told = False

    def unclear(self, event: Any) -> str:
        """What is wrong once commas with a space and commas without one stand between numbers; nothing where nothing is."""
        before, self.before = self.before, event if _is_number(event) else None
        if before is None or self.before is None or before.end_mark.line != event.start_mark.line:
            return ""
        if event.start_mark.column == before.end_mark.column + 1:
            self.tight = self.tight or f"{before.value},{event.value}"
        else:
            self.spaced = True
        if self.told or not (self.tight and self.spaced):
            return ""
        self.told = True
        return f'is "{self.tight}" one number? A decimal has a point; if it is two, put a space behind every comma of the list'


def _is_number(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and event.value[:1].isdigit() and _DECIMAL.match(event.value) is not None


def _key_text(key: Any) -> str:
    return key if isinstance(key, str) else str(key).lower() if isinstance(key, bool) else str(key)


def _put(mapping: LocatedDict, key: str, value: Any, line: int, problems: Problems) -> None:
    if key in mapping:
        problems.add(line, f'the key "{key}" stands twice (first on line {mapping.lines[key]}); keep one')
        return
    mapping[key] = value
    mapping.lines[key] = line


# --- JSON ---------------------------------------------------------------------------------------------------------


def _parse_json(text: str, problems: Problems) -> Any:
    try:
        return _JsonReader(text, problems).decode(text)
    except json.JSONDecodeError as failure:
        problems.add(failure.lineno, f"cannot be read as JSON: {failure.msg}")
    except ValueError as failure:
        problems.add(1, str(failure))
    return None


def _check_text(value: Any) -> None:
    """Refuse what could steer a terminal, turn text around, or not be written at all. Raises ValueError."""
    if isinstance(value, str) and (unprintable := UNPRINTABLE.search(value)):
        raise ValueError(f"the text holds the character U+{ord(unprintable[0]):04X}, which cannot be shown; remove it")


@dataclass(slots=True)
class _Lined:
    value: Any
    line: int


class _JsonReader(JSONDecoder):
    """The standard decoder in its Python form, told to note the line of every value."""

    def __init__(self, text: str, problems: Problems) -> None:
        super().__init__(parse_float=number, parse_int=number, parse_constant=_refuse, object_pairs_hook=self._pairs)
        self.problems = problems
        self.breaks = [index for index, letter in enumerate(text) if letter == "\n"]
        self.depth = 0
        self.parse_object = self._object
        self.parse_array = self._list
        self.scan_once = py_make_scanner(self)

    def _object(self, state: Any, strict: bool, scan: Any, *rest: Any) -> tuple[Any, int]:
        with self._nested(state[1]):
            value, end = JSONObject(state, strict, self._lined(scan), *rest)
        return value, end

    def _list(self, state: Any, scan: Any) -> tuple[LocatedList, int]:
        with self._nested(state[1]):
            values, end = JSONArray(state, self._lined(scan))
        items = LocatedList(lined.value for lined in values)
        items.line, items.lines = self._line(state[1]), {index: lined.line for index, lined in enumerate(values)}
        return items, end

    def _pairs(self, pairs: list[tuple[str, _Lined]]) -> LocatedDict:
        mapping = LocatedDict()
        mapping.line, mapping.lines = pairs[0][1].line if pairs else 1, {}
        for key, lined in pairs:
            with self.problems.at(lined.line, ""):
                _check_text(key)
            _put(mapping, key, lined.value, lined.line, self.problems)
        return mapping

    def _lined(self, scan: Any) -> Any:
        def scan_and_note(string: str, index: int) -> tuple[_Lined, int]:
            value, end = scan(string, index)
            with self.problems.at(self._line(index), ""):
                _check_text(value)
            return _Lined(value, self._line(index)), end

        return scan_and_note

    def _line(self, index: int) -> int:
        return bisect_left(self.breaks, index) + 1

    @contextmanager
    def _nested(self, index: int) -> Iterator[None]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.problems.add(self._line(index), _TOO_DEEP)
            self.problems.raise_if_any()
        yield
        self.depth -= 1


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number that can be used; write a finite number")
