"""A record batch as rows of cells: which columns there are, checked once for all rows, and what each row says in them."""

import json
from collections.abc import Iterator
from typing import Any

from stridewise.columns.arrow import arrow
from stridewise.columns.cells import UnreadTypeError, reader_of, values_of
from stridewise.columns.rows import DOCUMENT, UNREAD, check_columns, paths
from stridewise.errors import Problems, ProfileError

AT_ONCE = 500  # rows that are held as Python values


def check_table(schema: Any, shown: str = "") -> None:
    """Is every column of an Arrow schema read? `shown` is what the table is called. Raises ProfileError with all that are not."""
    problems = Problems(shown, ProfileError)
    columns = _columns(arrow().RecordBatch.from_pylist([], schema))
    check_columns([name for name, _ in columns], problems, 0)
    for name, array in columns:
        try:
            reader_of(array.type)
        except UnreadTypeError as unread:
            problems.add(0, f'the column "{name}": {unread}')
    problems.raise_if_any()


def rows_of(batch: Any) -> Iterator[bytes]:
    """The rows of a record batch, each as the JSON of column → cell without the columns that are null in it; of a column of
    whole profiles also where it is."""
    columns = [(name, reader_of(array.type), values_of(array)) for name, array in _columns(batch)]
    for _ in range(batch.num_rows):
        yield json.dumps(_row([(name, read, next(values)) for name, read, values in columns])).encode()


def _row(parts: list[tuple[str, Any, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, read, value in parts:
        try:
            cell = None if value is None else read(value)
        except ValueError as error:
            row.setdefault(UNREAD, []).append(f"{name}: {error}")
            continue
        if cell is not None or name == DOCUMENT:
            row[name] = "" if cell is None else cell
    return row


def _columns(batch: Any) -> list[tuple[str, Any]]:
    """The columns by their paths: a struct that is a section of the profile is a column for each of its fields."""
    known = frozenset(paths())
    named = zip(batch.schema.names, batch.columns, strict=True)
    return [column for name, array in named for column in _unfolded(name.strip(), array, known)]


def _unfolded(name: str, array: Any, known: frozenset[str]) -> Iterator[tuple[str, Any]]:
    pa = arrow()
    while isinstance(array.type, pa.BaseExtensionType):
        array = array.storage
    if not pa.types.is_struct(array.type) or name in known:
        yield name, array
        return
    for field, inner in zip(array.type, array.flatten(), strict=True):
        path = field.name if name == DOCUMENT else f"{name}.{field.name}"
        yield from _unfolded(path, inner, known)
