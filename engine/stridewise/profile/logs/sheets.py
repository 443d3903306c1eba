"""A table of text as columns and rows: its separator, its letters and its header line are found by what is in it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stridewise.errors import Problems
from stridewise.profile.logs.words import Maker, by_word, fold, maker_of, names, unit_in

SEPARATORS = (",", ";", "\t", "|")
LINES_BEFORE_HEADER = 12  # a title, who it is, a blank line

Row = tuple[int, list[str]]  # the line a row starts on, and its cells


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its header as written and folded, and the unit in it."""

    place: int
    written: str
    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose header was understood: columns by meaning, the preferred one first; and all rows below it."""

    columns: Mapping[str, tuple[Column, ...]]
    unread: tuple[str, ...]
    rows: tuple[Row, ...]
    width: int
    header_line: int
    maker: Maker

    def first(self, meaning: str) -> Column | None:
        return next(iter(self.columns.get(meaning, ())), None)

    def cell(self, row: Row, column: Column | None) -> str:
        """The text of a cell, "" where the row is shorter or there is no such column."""
        return row[1][column.place].strip() if column is not None and column.place < len(row[1]) else ""


def read_text(content: bytes) -> tuple[str, str] | None:
    """The text of a table and a note about its letters; None where it is no text."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if content.startswith(mark):
            return _decoded(content, encoding, "")
    return _decoded(content, "utf-8", "") or _decoded(content, "cp1252", "It is read as Windows-1252, as Excel writes it.")


def _decoded(content: bytes, encoding: str, note: str) -> tuple[str, str] | None:
    try:
        return content.decode(encoding), note
    except UnicodeDecodeError:
        return None


def read_sheet(text: str, problems: Problems) -> Sheet | None:
    """The table in a text; None where no line is a header with a day and a distance, which is then told."""
    tried = {separator: list(_rows(text, separator, problems, LINES_BEFORE_HEADER)) for separator in SEPARATORS}
    for separator, first in tried.items():
        for number, (line, cells) in enumerate(first):
            columns = _columns(cells)
            if _is_header(columns):
                before = len(problems.found)
                rows = tuple(_rows(text, separator, problems))[number + 1 :]
                return _sheet(columns, line, rows) if len(problems.found) == before else None
    _tell(max(tried.values(), key=lambda rows: max((len(cells) for _, cells in rows), default=0)), problems)
    return None


def _rows(text: str, separator: str, problems: Problems, limit: int | None = None) -> Iterator[Row]:
    """Rows that hold anything, each with the line it starts on. What cannot be read is told, but for the first look."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield start, row
            start = reader.line_num + 1
            if limit is not None and start > limit:
                return
    except csv.Error as failure:
        if limit is None:
            problems.add(start, f"cannot be read as CSV: {failure}; is a quote opened here and never closed?")


def _columns(cells: Sequence[str]) -> list[Column]:
    columns = []
    for place, written in enumerate(cells):
        folded = fold(written)
        name, unit = unit_in(folded)
        columns.append(Column(place, written.strip(), folded if folded in by_word("columns") else name, unit))
    return columns


def _is_header(columns: Sequence[Column]) -> bool:
    meant = {by_word("columns").get(column.name) for column in columns}
    return bool(meant & {"day", "start"}) and ("distance" in meant or _sums_of_days(columns))


def _sums_of_days(columns: Sequence[Column]) -> bool:
    """Do the columns tell steps or floors, and neither sport nor duration nor effort?"""
    stand = {column.name for column in columns}
    is_of_one = any(by_word("columns").get(name) in ("sport", "duration", "rpe") for name in stand)
    return not is_of_one and bool(stand.intersection(names("daily_sums")))


def holds_sums_of_days(sheet: Sheet) -> bool:
    """Is this a table of steps and kilometres by the day, walking among them?"""
    return "sums" in sheet.columns


def _sheet(columns: Sequence[Column], line: int, rows: tuple[Row, ...]) -> Sheet:
    found: dict[str, list[Column]] = {}
    for column in columns:
        if meaning := by_word("columns").get(column.name):
            found.setdefault(meaning, []).append(column)
    for meaning, several in found.items():
        rank = names("columns", meaning).index
        several.sort(key=lambda column: rank(column.name))
    used = {column.place for meaning, several in found.items() for column in (several if meaning == "distance" else several[:1])}
    used |= {column.place for column in found.get("day", ())[1:2] if "start" not in found}
    by_meaning = {meaning: tuple(several) for meaning, several in found.items()}
    if _sums_of_days(columns):
        by_meaning["sums"] = ()
    unread = tuple(column.written for column in columns if column.place not in used and column.written)
    return Sheet(by_meaning, unread, rows, len(columns), line, maker_of(fold(column.written) for column in columns))


def _tell(first: Sequence[Row], problems: Problems) -> None:
    """What is missing in the line that looks most like a header."""
    line, cells = max(first, key=lambda row: len(row[1]), default=(1, []))
    stand = {by_word("columns").get(column.name) for column in _columns(cells)}
    found = f'; found "{", ".join(cell.strip() for cell in cells)[:80]}"' if any(cells) else ""
    expected = "expected a header line such as date,km,minutes,rpe, or an export as docs/logs.md lists them"
    if not stand & {"day", "start"}:
        problems.add(line, f"the column date is missing{found}; {expected}")
    if "distance" not in stand:
        problems.add(line, f"the column km is missing{found}; {expected}")
