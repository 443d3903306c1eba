"""How much a profile may hold, far more than anybody records of a runner: what is read beyond that takes minutes, and is told
before any of it is read."""

from collections.abc import Iterator
from typing import Any

from stridewise.documents.located import Document, LocatedDict, LocatedList
from stridewise.errors import Problems

MOST_ENTRIES = 400  # of one list
MOST_LETTERS = 10_000  # of all lines in a clinician's own words
Path = tuple[str | int, ...]


def check_size(document: Document, problems: Problems) -> None:
    """Raises ProfileError with the line where a list, or the lines in own words together, hold too much."""
    for path, entries in _lists(document.root):
        if len(entries) > MOST_ENTRIES:
            message = f"{len(entries)} entries are listed, and at most {MOST_ENTRIES} are read; leave out what repeats"
            problems.add(document.line(*path, MOST_ENTRIES), f"{'.'.join(map(str, path))}: {message}")
    _check_letters(document, problems)
    problems.raise_if_any()


def _lists(node: Any, path: Path = ()) -> Iterator[tuple[Path, LocatedList]]:
    """The lists of words and of mappings. Numbers are counted where they are read."""
    if isinstance(node, LocatedList) and node and isinstance(node[0], str | LocatedDict):
        yield path, node
    inside = node.items() if isinstance(node, LocatedDict) else enumerate(node) if isinstance(node, LocatedList) else ()
    for step, value in inside:
        if isinstance(value, LocatedDict | LocatedList):
            yield from _lists(value, (*path, step))


def _check_letters(document: Document, problems: Problems) -> None:
    letters = 0
    for section, entries in document.root.items():
        for index, entry in enumerate(entries if isinstance(entries, LocatedList) else ()):
            letters += len(entry) if isinstance(entry, str) else 0
            if letters > MOST_LETTERS:
                message = f"the lines up to here hold more than {MOST_LETTERS} letters, and no more are read; write less"
                problems.add(document.line(section, index), f"{section}[{index}]: {message}")
                return
