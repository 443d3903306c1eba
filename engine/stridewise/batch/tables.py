"""Parquet files of athletes and of decisions, a few rows at a time: neither is ever held whole."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from stridewise.columns.arrow import arrow, parquet
from stridewise.columns.decisions import batch_of, schema
from stridewise.columns.table import AT_ONCE, check_table, rows_of
from stridewise.errors import Problem, ProfileError

TABLE_ENDING = ".parquet"
BUFFER = 1 << 20  # bytes of a column that are read ahead
ROW_GROUP = 5_000  # decisions in one group of a file


def is_table(path: Path) -> bool:
    """Is a file a Parquet table by its name, or a folder that a cluster wrote one into?"""
    return path.suffix.lower() == TABLE_ENDING


def parts_of(folder: Path) -> list[Path]:
    """The files of a table that is a folder; what is hidden or begins with an underscore is the cluster's own."""
    return [path for path in folder.rglob(f"*{TABLE_ENDING}") if not path.name.startswith((".", "_"))]


def count_rows(path: Path) -> int:
    """How many rows a file has, once its columns are known to be read. Raises ProfileError."""
    with _opened(path) as table:
        check_table(table.schema_arrow, str(path))
        return int(table.metadata.num_rows)


def table_rows(path: Path) -> Iterator[bytes]:
    """Every row as the JSON of its cells. Raises ProfileError where the file cannot be read on."""
    with _opened(path) as table:
        for batch in table.iter_batches(batch_size=AT_ONCE):
            yield from rows_of(batch)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with parquet().ParquetFile(path, buffer_size=BUFFER) as table:
            yield table
    except (OSError, arrow().ArrowException) as failure:
        message = f"cannot be read as Parquet: {' '.join(str(failure).split())[:200]}"
        raise ProfileError([Problem(str(path), 0, message)]) from failure


def write_decisions(rows: Iterable[Mapping[str, Any]], file: BinaryIO) -> None:
    """Write decisions as one Parquet file, always the same bytes for the same rows."""
    with parquet().ParquetWriter(file, schema()) as writer:
        left = iter(rows)
        while group := list(islice(left, ROW_GROUP)):
            writer.write_batch(batch_of(group))
