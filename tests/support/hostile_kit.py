"""What spoils a document or a file, and what an error about it must say."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from stridewise.errors import StridewiseError

MANY = 20 if os.environ.get("STRIDEWISE_LONG") == "1" else 1
AS_OF = ("--as-of", "2026-11-21")
RUN = (sys.executable, "-c", "from stridewise.cli import main; main()")
ROOT = Path(__file__).parents[2]
SHORT = ROOT / "profiles" / "shortest.yaml"
HEAD = "schema: 1\nrunner: {ref: R-1}\n"
SUPPRESSED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]


def often(number: int) -> settings:
    """So many examples, the same ones every time."""
    return settings(max_examples=number * MANY, deadline=None, database=None, derandomize=True, suppress_health_check=SUPPRESSED)


def told(error: StridewiseError, *files: str) -> None:
    """Every problem names one of the files, and says something that can be shown."""
    assert error.problems
    for problem in error.problems:
        assert problem.path in files, problem
        assert problem.line >= 0
        assert problem.message
        assert not [letter for letter in str(problem) if ord(letter) < 32 and letter not in "\n\t"], problem


# --- what may stand in a document -----------------------------------------------------------------------------------

SCALARS = [
    "",
    " ",
    "~",
    "null",
    "true",
    "yes",
    "-1",
    "0",
    "1e3",
    "1e400",
    "-1e-400",
    "1e99999999999999999999",
    ".inf",
    "-.inf",
    ".nan",
    "NaN",
    "Infinity",
    "0x1F",
    "0o17",
    "1_000",
    "1:30",
    "9" * 30,
    "2026-02-30",
    "2026-11-21",
    "9999-12-31",
    "0000-00-00",
    "2026-11-21T10:00:00Z",
    "{}",
    "[]",
    "[[]]",
    "[1, [2, [3]]]",
    "{a: {b: c}}",
    "{1: 2}",
    "{[a]: b}",
    "{null: 1}",
    "&a [*a]",
    "*nowhere",
    "&a x",
    "!!python/object/apply:os.system [echo]",
    "!!binary aGk=",
    "!!set {a}",
    "!custom x",
    "<<: {a: b}",
    "'\"",
    '"\\u0000"',
    '"\\ud800"',
    '"\\u202e"',
    '"\\e[2J"',
    "{n}",
    "{0.__class__}",
    "%s",
    "$x",
    "../../etc/passwd",
    "/dev/zero",
    "<script>alert(1)</script>",
    "a: b",
    "- a",
    "# none",
    "'''",
    "|\n  text",
    ">-\n  text",
    "weak glutes",
    "race in -3 weeks",
    "race in 1e9 weeks",
    "é" * 50,
    "x" * 2_000,
    "55 mi",
    "3..1",
    ">= 3",
    "any",
]
VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    10**9,
    10**23,
    -(10**23),
    0.1,
    1e-20,
    "",
    " ",
    "x" * 500,
    "\u0000",
    "\ud800",
    "NaN",
    "2026-02-30",
    [],
    {},
    [[]],
    [None],
    [{}],
    {"": ""},
    {"a": {"b": []}},
    ["a"] * 50,
    [[[[[1]]]]],
    "race in 3 weeks",
    {"weakness": "soleus"},
    {"weakness": 5},
    "9999-12-31",
    "0001-01-01",
]


def paths_of(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a value."""
    yield before
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths_of(item, (*before, key))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with another value there."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(copy[path[0]], path[1:], new)
    return copy


def spoilt(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    """One of these documents with one or two of its values, wherever they stand, replaced by something hostile."""

    @st.composite
    def draw_one(draw: st.DrawFn) -> Any:
        value = draw(st.sampled_from(values))
        for _ in range(draw(st.integers(1, 2))):
            path = draw(st.sampled_from(list(paths_of(value))))
            value = put(value, path, draw(st.sampled_from(VALUES)))
            if draw(st.booleans()) and isinstance(value, dict):
                key = draw(st.sampled_from(["x", "", "schema ", "runner.ref", "__class__", "1"]))
                value = {**value, key: draw(st.sampled_from(VALUES))}
        return value

    return draw_one()


def no_file(path: Path, kind: str) -> None:
    """Something at this path that is no regular file."""
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        import socket

        with socket.socket(socket.AF_UNIX) as made, contextlib.chdir(path.parent):
            made.bind(path.name)
