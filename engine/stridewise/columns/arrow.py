"""pyarrow, the extra stridewise[arrow], imported only where a table is read or written."""

from typing import Any

from stridewise.errors import StridewiseError

MISSING = "Parquet and Arrow tables need pyarrow: install it with pip install 'stridewise[arrow]', or use .csv and .jsonl files"


class ArrowMissingError(StridewiseError):
    """No table can be read or written here. The message says what to install."""

    exit_code = 2


def arrow() -> Any:
    """The module pyarrow. Raises ArrowMissingError where it is not installed."""
    try:
        import pyarrow
    except ImportError as missing:
        raise ArrowMissingError(MISSING) from missing
    return pyarrow


def parquet() -> Any:
    """The module pyarrow.parquet. Raises ArrowMissingError where pyarrow is not installed."""
    arrow()
    import pyarrow.parquet

    return pyarrow.parquet
