"""Plans on file, as JSON values: one of `--format json`, an array of several, or the lines of a batch. What is none is told."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from stridewise.documents.reader import LINE_ENDINGS, MAX_BYTES, read_bytes
from stridewise.errors import Problem, Problems, ProfileError
from stridewise.plan.model import SCHEMA

ENDING = ".json"
NO_PLAN = "is not one plan as JSON; make it with `recommend PROFILE --format json`"


@dataclass(frozen=True, slots=True)
class PlanOnFile:
    """A plan and where it lies; or, where there is a `problem`, what keeps it from being read."""

    shown: str
    values: dict[str, Any]
    problem: Problem | None = None


def is_plan(values: Any) -> bool:
    """Has it what every plan has?"""
    is_ours = isinstance(values, dict) and values.get("schema") == SCHEMA and isinstance(values.get("receipt"), dict)
    return is_ours and "as_of" in values and "prescriptions" in values


def no_plan(values: Any) -> str:
    """What to say of values that are no plan of ours: one of another version is told from what is none at all."""
    is_some = isinstance(values, dict) and isinstance(values.get("receipt"), dict)
    number: Any = values.get("schema") if is_some else None
    if number not in range(1, 100) or isinstance(number, bool) or number == SCHEMA:
        return NO_PLAN
    made = values["receipt"].get("version")  # 0.1.0 did not say it
    by = f"stridewise {made[:20]}" if isinstance(made, str) else "stridewise 0.1.0" if number < SCHEMA else "a later stridewise"
    do = "plan the profile anew, or ask the version that made it" if number < SCHEMA else "ask that version"
    return f"is a plan of schema {number}, as {by} wrote it; this version reads schema {SCHEMA}: {do}"


def plans_below(given: Path) -> Iterator[PlanOnFile]:
    """Every plan of a file, or of a folder and all below it, in the order of their names; nothing hidden. Raises ProfileError
    where there is none to look at."""
    if not given.exists():
        raise ProfileError([Problem(str(given), 0, "is not there; expected a folder of plans, as a batch writes them")])
    files = sorted(_files(given), key=lambda path: path.parts) if given.is_dir() else [given]
    if not files:
        message = f"holds no plan; expected files ending in {', '.join((ENDING, *LINE_ENDINGS))}"
        raise ProfileError([Problem(str(given), 0, message)])
    for path in files:
        yield from _lines(path) if path.suffix.lower() in LINE_ENDINGS else _whole(path)


def _files(folder: Path) -> Iterator[Path]:
    for at, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            if Path(name).suffix.lower() in (ENDING, *LINE_ENDINGS) and not name.startswith("."):
                yield Path(at, name)


def _whole(path: Path) -> Iterator[PlanOnFile]:
    try:
        content = read_bytes(path, Problems(str(path), ProfileError), MAX_BYTES * 10)  # of several plans in one array
    except ProfileError as error:
        yield PlanOnFile(str(path), {}, error.problems[0])
        return
    values = _read(content, str(path), 0)
    many = values if isinstance(values, list) and values else [values]
    yield from (_looked_at(one, str(path) if len(many) == 1 else f"{path} ({number})", 0) for number, one in enumerate(many, 1))


def _lines(path: Path) -> Iterator[PlanOnFile]:
    try:
        if not path.is_file():
            raise OSError("it is not a regular file")
        with path.open("rb") as file:
            for number, line in enumerate(_bounded(file), 1):
                if len(line) > MAX_BYTES:
                    yield PlanOnFile(f"{path}:{number}", {}, Problem(str(path), number, f"is longer than {MAX_BYTES} bytes"))
                elif line.strip():
                    yield _looked_at(_read(line, str(path), number), f"{path}:{number}", number)
    except OSError as failure:
        yield PlanOnFile(str(path), {}, Problem(str(path), 0, f"cannot be read: {failure.strerror or failure}"))


def _bounded(file: BinaryIO) -> Iterator[bytes]:
    """The lines, none held longer than it may be; of one that is, its beginning."""
    while line := file.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES + 1) or b"\n"


def _looked_at(values: Any, shown: str, line: int) -> PlanOnFile:
    if isinstance(values, Problem):
        return PlanOnFile(shown, {}, values)
    path = shown.rpartition(":")[0] if line else shown
    return PlanOnFile(shown, values) if is_plan(values) else PlanOnFile(shown, {}, Problem(path, line, no_plan(values)))


def _read(content: bytes, shown: str, line: int) -> Any:
    """The values, or the problem with them; a line of many at its own number."""
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as failure:
        at = line or getattr(failure, "lineno", 1)
        said = getattr(failure, "msg", None) or ("nested too deeply" if isinstance(failure, RecursionError) else failure)
        return Problem(shown, at, f"cannot be read as JSON: {said}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(name for number, (name, _) in enumerate(pairs) if name in dict(pairs[:number]))
        raise ValueError(f'the key "{twice}" stands twice')
    return made


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")
