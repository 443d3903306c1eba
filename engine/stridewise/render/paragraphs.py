"""Paragraphs and table rows of the text renderings: what is said and how it wraps, nothing about what it means."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from stridewise.render.escaping import escape

WIDTH = 80
STYLES = {
    "verdict": "bold",
    "title": "bold cyan",
    "section": "bold",
    "item": "bold",
    "alarm": "bold red",
    "quiet": "dim",
    "plain": "",
}
GAP = "  "


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Text at a width; words, hyphenated names among them, are never split."""
    rows = textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )
    return rows or [""]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its style, how far it is indented, and a mark that hangs before it."""

    text: str
    style: str = "plain"
    indent: int = 0
    mark: str = ""

    def wrapped(self, width: int) -> list[str]:
        """The paragraph at a width."""
        start = " " * self.indent + self.mark
        return wrap(self.text, width, start, " " * len(start))


@dataclass(frozen=True, slots=True)
class Row:
    """One table row. A width of 0 takes a share of what is left of the line; negative columns stand flush right."""

    cells: tuple[str, ...]
    widths: tuple[int, ...]
    style: str = "plain"
    indent: int = 2

    def wrapped(self, width: int) -> list[str]:
        """The row at a width, each cell wrapped in its column."""
        fixed = sum(map(abs, self.widths)) + len(GAP) * (len(self.widths) - 1) + self.indent
        share = max(8, (width - fixed) // (self.widths.count(0) or 1))
        columns = [(wrap(cell, abs(size) or share), size or share) for cell, size in zip(self.cells, self.widths, strict=True)]
        height = max(len(column) for column, _ in columns)
        return [" " * self.indent + self._joined(columns, number) for number in range(height)]

    @staticmethod
    def _joined(columns: list[tuple[list[str], int]], number: int) -> str:
        parts = [(column[number] if number < len(column) else "", size) for column, size in columns]
        return GAP.join(text.rjust(-size) if size < 0 else text.ljust(size) for text, size in parts).rstrip()


Rows = Line | Row
Entry = TypeVar("Entry", bound=Rows)


def bullet(text: str, indent: int = 2) -> Line:
    """An entry of a list."""
    return Line(text, indent=indent, mark="- ")


def bullets(texts: Iterable[str], indent: int = 2) -> Iterator[Line]:
    """Each text as an entry of a list."""
    return (bullet(text, indent) for text in texts)


def table(titles: Sequence[str], widths: tuple[int, ...], rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Rows under the titles of their columns; nothing where there is none."""
    if rows:
        yield Row(tuple(titles), widths, "quiet")
    yield from (Row(tuple(row), widths) for row in rows)


def section(title: str, body: Iterable[Entry], style: str = "section") -> Iterator[Entry | Line]:
    """A title over what it holds, parted from what stands above; nothing where it holds nothing, no title where it has none."""
    listed = list(body)
    if listed and title:
        yield Line("")
        yield Line(title, style)
    yield from listed


def named(texts: Mapping[str, str]) -> str:
    """One line for each text, behind its name."""
    width = max(map(len, texts))
    return "".join(f"{name.ljust(width)}  {text}\n" for name, text in texts.items())


def to_text(lines: Iterable[Rows], width: int = WIDTH) -> str:
    """Paragraphs at a width."""
    return "\n".join(row for line in lines for row in line.wrapped(width)) + "\n"


def to_markdown(lines: Iterable[Line]) -> str:
    """The same paragraphs as markdown: titles, and lists nested as they are indented."""
    rows = []
    for line in lines:
        text = escape(line.text)
        if line.style in ("title", "section"):
            rows.append(f"{'#' * (2 + line.indent // 2 + (line.style == 'section'))} {text}\n")
        elif line.mark[:1].isdigit():
            rows.append(f"{' ' * max(0, line.indent - 2)}{line.mark}{text}")
        elif line.mark or line.indent:
            rows.append(f"{' ' * max(0, line.indent - 2)}- {line.mark.strip('- ')}{' ' if line.mark.strip('- ') else ''}{text}")
        else:
            rows.append(text and f"{text}\n")
    return "\n".join(rows) + "\n"
