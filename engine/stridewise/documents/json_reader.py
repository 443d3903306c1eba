"""JSON into located values, by the standard decoder, with the same limits as YAML."""

import json
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from json.decoder import JSONArray, JSONDecoder, JSONObject  # type: ignore[attr-defined]  # typeshed omits two
from json.scanner import py_make_scanner  # type: ignore[attr-defined]  # typeshed omits it
from typing import Any

from stridewise.documents.located import MAX_DEPTH, TOO_DEEP, LocatedDict, LocatedList, put
from stridewise.documents.scalars import check_text, number
from stridewise.errors import Problems


def parse_json(text: str, problems: Problems) -> Any:
    try:
        return _JsonReader(text, problems).decode(text)
    except json.JSONDecodeError as failure:
        problems.add(failure.lineno, f"cannot be read as JSON: {failure.msg}")
    except ValueError as failure:
        problems.add(1, str(failure))
    return None


_Lined = tuple[Any, int]  # a value and its line


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
        items = LocatedList(value for value, _ in values)
        items.line, items.lines = self._line(state[1]), {index: line for index, (_, line) in enumerate(values)}
        return items, end

    def _pairs(self, pairs: list[tuple[str, _Lined]]) -> LocatedDict:
        mapping = LocatedDict()
        mapping.line, mapping.lines = pairs[0][1][1] if pairs else 1, {}
        for key, (value, line) in pairs:
            with self.problems.at(line, ""):
                check_text(key)
            put(mapping, key, value, line, self.problems)
        return mapping

    def _lined(self, scan: Any) -> Any:
        def scan_and_note(string: str, index: int) -> tuple[_Lined, int]:
            value, end = scan(string, index)
            with self.problems.at(self._line(index), ""):
                check_text(value)
            return (value, self._line(index)), end

        return scan_and_note

    def _line(self, index: int) -> int:
        return bisect_left(self.breaks, index) + 1

    @contextmanager
    def _nested(self, index: int) -> Iterator[None]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.problems.stop(self._line(index), TOO_DEEP)
        yield
        self.depth -= 1


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number that can be used; write a finite number")
