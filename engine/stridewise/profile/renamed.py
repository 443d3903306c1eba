"""Old names that a document still uses: they work, and whoever wrote them is told the name of today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stridewise.documents.located import line_of
from stridewise.language.vocabulary import fold

KEY = "renamed_from"  # where old names are meant to stand


@dataclass(frozen=True, slots=True)
class OldName:
    """A name as written, what it is called today, and its line."""

    written: str
    today: str
    line: int


def old_names_in(node: Any, names: Mapping[str, str]) -> Iterator[OldName]:
    """Every old name among the values of a document. `names` are folded old names with those of today."""
    if not names or not isinstance(node, dict | list):
        return
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if key == KEY:
            continue
        if isinstance(value, str) and (today := names.get(fold(value))) is not None:
            yield OldName(value, today, line_of(node, key))
        yield from old_names_in(value, names)
