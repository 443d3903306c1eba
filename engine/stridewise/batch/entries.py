"""What a batch is made of: every profile of a folder, a glob, a JSONL, CSV or Parquet file, in an order that never changes.

A file is only named here, it is read by the worker; lines and rows are cut out one at a time, so that a large file is never
held whole."""

import csv
import glob
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stridewise.batch.tables import count_rows, is_table, parts_of, table_rows
from stridewise.columns.rows import check_columns
from stridewise.documents.reader import LINE_ENDINGS, MAX_BYTES
from stridewise.errors import Problem, Problems, ProfileError, spelt_out
from stridewise.packs.foreign_files import PROFILE_ENDINGS, is_claimed, profile_files
from stridewise.packs.plugins import plugin_manager

FILE, LINE, ROW, BAD = "file", "line", "row", "bad"


@dataclass(frozen=True, slots=True)
class Entry:
    """One profile of a batch. `name` is unique and names its plan; `shown` and `line` (0: a whole file) are its place.

    `content` is the JSON of a line, or of a row as column → cell; of a BAD entry the reason why it is none."""

    name: str
    shown: str
    line: int = 0
    form: str = FILE
    content: bytes = b""


class Entries:
    """The profiles of an input, to be gone through as often as needed. Raises ProfileError where there is none."""

    def __init__(self, given: str) -> None:
        self.given = given
        self.files = list(_files(given))
        if not self.files:
            raise refused(given, f"holds no profile; expected files ending in {', '.join(PROFILE_ENDINGS)}")
        self.tables = {path for path, _ in self.files if path.suffix.lower() == ".csv" and _is_table(path)}
        self._check_names()
        self.total = self._count()
        if not self.total:
            raise refused(given, "holds no profile: it has no line to read")

    def __iter__(self) -> Iterator[Entry]:
        for path, name in self.files:
            yield from self._of(path, name)

    def _of(self, path: Path, name: str) -> Iterator[Entry]:
        """The profiles of one file."""
        if path.suffix.lower() in LINE_ENDINGS:
            yield from _lines(path, name)
        elif path in self.tables:
            yield from _rows(path, name)
        elif is_table(path):
            rows = enumerate(table_rows(path), 1)
            yield from (Entry(f"{name}-{number:06d}", str(path), number, ROW, row) for number, row in rows)
        elif not _is_text(str(path)):
            yield Entry(spelt_out(name), spelt_out(str(path)), 0, BAD, b"has a name that is not UTF-8; rename the file")
        else:
            yield Entry(name, str(path))

    def _count(self) -> int:
        """How many profiles there are. Raises ProfileError with everything wrong with the columns of Parquet files."""
        total, problems = 0, Problems("", ProfileError)
        for path, name in self.files:
            try:
                total += count_rows(path) if is_table(path) else sum(1 for _ in self._of(path, name))
            except ProfileError as error:
                problems.found += error.problems
        problems.raise_if_any()
        return total

    def _check_names(self) -> None:
        """Two profiles that would write one plan are refused before anything is done."""
        first: dict[str, Path] = {}
        problems = Problems("", ProfileError)
        for path, name in self.files:
            if name in first:
                problems.within(str(path)).add(0, f"would give its plan the name of {first[name]}; rename one of them")
            first.setdefault(name, path)
        problems.raise_if_any()


def _files(given: str) -> Iterator[tuple[Path, str]]:
    """Every file of the input with the name of its plan, in the order of their names."""
    path = Path(given)
    if not given:
        raise refused("INPUT", "is empty; expected a folder, a glob in quotes, or a file of profiles")
    if path.is_dir():
        yield from _named(path, parts_of(path) if is_table(path) else profile_files(path))
    elif path.exists():
        yield from _named(path.parent, [path])
    elif glob.has_magic(given):
        matching = map(Path, glob.glob(given, recursive=True))  # noqa: PTH207  # a pattern may be absolute
        yield from _named(_root(path), (file for file in matching if not file.is_dir()))
    else:
        raise refused(given, "is not there; expected a folder, a glob in quotes, or a file of profiles")


def _root(pattern: Path) -> Path:
    """The part of a glob before its first wildcard."""
    root = Path()
    for part in pattern.parts[:-1]:
        if glob.has_magic(part):
            break
        root /= part
    return root


def _named(root: Path, paths: Iterator[Path] | list[Path]) -> Iterator[tuple[Path, str]]:
    for path in sorted(paths, key=lambda path: path.parts):
        name = path.relative_to(root).with_suffix("")
        if ".." in name.parts:
            raise refused(str(path), 'leads out of the folder that the pattern starts in; write the pattern without ".."')
        yield path, name.as_posix()


def refused(given: str, message: str) -> ProfileError:
    """The error for an input that cannot be used."""
    return ProfileError([Problem(given, 0, message)])


# --- lines and rows -----------------------------------------------------------------------------------------------


def _lines(path: Path, name: str) -> Iterator[Entry]:
    """One entry a line that is not blank. A line too long to be read is an entry that fails."""
    with _opened(path) as file:
        number = 0
        while line := file.readline(MAX_BYTES + 1):
            number += 1
            entry = f"{name}-{number:06d}"
            if len(line) > MAX_BYTES:
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_BYTES)
                yield Entry(entry, str(path), number, BAD, f"is longer than {MAX_BYTES} bytes".encode())
            elif text := (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip():
                yield Entry(entry, str(path), number, LINE, text)


def _rows(path: Path, name: str) -> Iterator[Entry]:
    """One entry a row that holds anything, at the line it starts on."""
    with _opened(path) as file:
        reader = csv.reader(_texts(file), strict=True)
        columns: list[str] | None = None
        while True:
            start = reader.line_num + 1
            entry = f"{name}-{start:06d}"
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as failure:
                message = f"cannot be read as CSV: {failure}; is a quote opened here and never closed?"
                yield Entry(entry, str(path), start, BAD, message.encode())
                continue
            if columns is None:
                columns = [cell.strip() for cell in cells]
            elif any(cell.strip() for cell in cells):
                yield _row(Entry(entry, str(path), start), columns, cells)


def _texts(file: BinaryIO) -> Iterator[str]:
    """The lines as text; what is no UTF-8 goes on as halves of surrogate pairs, which the check of the cell refuses."""
    encoding = "utf-8-sig"
    while line := file.readline(MAX_BYTES):
        yield line.decode(encoding, "surrogateescape")
        encoding = "utf-8"


def _row(entry: Entry, columns: list[str], cells: list[str]) -> Entry:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Entry(entry.name, entry.shown, entry.line, BAD, b"has more cells than the first line has columns")
    if not _is_text("".join(cells)):
        return Entry(entry.name, entry.shown, entry.line, BAD, b"is not UTF-8 text; save the file as UTF-8")
    content = json.dumps(dict(zip(columns, cells, strict=False)), ensure_ascii=True)
    return Entry(entry.name, entry.shown, entry.line, ROW, content.encode())


def _is_text(text: str) -> bool:
    """Can it be written as UTF-8? A name or line of other bytes is read with halves of surrogate pairs in their place."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_table(path: Path) -> bool:
    """Is a CSV one profile a row, rather than one that a plugin reads? Raises ProfileError where it is neither."""
    try:
        _columns(path)
    except ProfileError:
        if is_claimed(path, plugin_manager()):
            return False
        raise
    return True


def _columns(path: Path) -> None:
    """The first line of a CSV, checked once for all its rows. Raises ProfileError."""
    with _opened(path) as file:
        problems = Problems(str(path), ProfileError)
        try:
            first = file.readline(MAX_BYTES).decode("utf-8-sig")
            check_columns(next(csv.reader([first]), []), problems)
        except UnicodeDecodeError:
            problems.add(1, "is not UTF-8 text; save the file as UTF-8")
        except csv.Error as failure:
            problems.add(1, f"cannot be read as CSV: {failure}")
        problems.raise_if_any()


def _opened(path: Path) -> BinaryIO:
    if not path.is_file():
        raise refused(str(path), "is not a regular file")
    try:
        return path.open("rb")
    except OSError as failure:
        raise refused(str(path), f"cannot be read: {failure.strerror or failure}") from failure
