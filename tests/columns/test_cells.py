"""What a cell of an Arrow table is read as: nulls, exact numbers, days, texts, lists, structs and maps."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="no pyarrow: pip install 'stridewise[arrow]'")

from stridewise.columns.cells import UnreadTypeError, reader_of, values_of  # noqa: E402

READ: dict[str, tuple[Any, Any, Any]] = {
    "an integer": (34, pa.int8(), 34),
    "a float that is whole": (34.0, pa.float64(), 34),
    "a float": (78.4, pa.float64(), 78.4),
    "a float of 32 bits": (78.4, pa.float32(), 78.4),
    "a large float of 32 bits": (3e38, pa.float32(), int(3e38)),
    "a float of 16 bits": (7.3, pa.float16(), 7.3),
    "no number": (float("nan"), pa.float64(), None),
    "no number of 32 bits": (float("nan"), pa.float32(), None),
    "a decimal": (Decimal("78.40"), pa.decimal128(10, 2), 78.4),
    "a decimal that is whole": (Decimal("34.00"), pa.decimal256(40, 2), 34),
    "a boolean": (True, pa.bool_(), True),
    "a day": (date(2026, 11, 21), pa.date32(), "2026-11-21"),
    "a timestamp": (datetime(2026, 11, 21, 23, 59), pa.timestamp("ms"), "2026-11-21"),
    "midnight somewhere": (datetime(2026, 11, 20, 23), pa.timestamp("us", "Europe/Berlin"), "2026-11-21"),
    "a large text": ("weak glutes", pa.large_string(), "weak glutes"),
    "bytes": (b"weak glutes", pa.binary(), "weak glutes"),
    "a dictionary": ("female", pa.dictionary(pa.int8(), pa.string()), "female"),
    "a list with a gap": ([78.0, None], pa.list_(pa.float64()), [78, None]),
    "a large list": ([1], pa.large_list(pa.int32()), [1]),
    "a list of a fixed size": ([1, 2], pa.list_(pa.int32(), 2), [1, 2]),
    "an empty list": ([], pa.list_(pa.string()), []),
    "a struct": (
        {"pain": "heel", "side": None, "weeks": float("nan")},
        pa.struct([("pain", pa.string()), ("side", pa.string()), ("weeks", pa.float64())]),
        {"pain": "heel"},
    ),
    "a map": ([("weakness", "soleus"), ("side", None)], pa.map_(pa.string(), pa.string()), {"weakness": "soleus"}),
}


@pytest.mark.parametrize(("value", "kind", "read"), READ.values(), ids=READ)
def test_a_value_is_read_as_what_it_means(value: Any, kind: Any, read: Any) -> None:
    array = pa.array([value], pa.string()).dictionary_encode() if pa.types.is_dictionary(kind) else pa.array([value], kind)
    (found,) = values_of(array)
    made = reader_of(array.type)(found)
    assert (made, type(made)) == (read, type(read))


def test_nanoseconds_matter_to_no_day() -> None:
    """Also deep inside, where Python has no such time."""
    kind = pa.list_(pa.struct([("date", pa.timestamp("ns"))]))
    moment = pa.scalar(1795305599999999999, pa.timestamp("ns"))
    array = pa.ListArray.from_arrays([0, 1], pa.StructArray.from_arrays([pa.array([moment])], ["date"]))
    assert array.type == kind
    (found,) = values_of(array)
    assert reader_of(array.type)(found) == [{"date": "2026-11-21"}]


REFUSED: dict[str, tuple[Any, Any, str]] = {
    "endless": (float("inf"), pa.float64(), "not a number that can be used"),
    "too exact": (Decimal("0.12345678901234567890"), pa.decimal128(30, 20), "more digits than are read"),
    "another day elsewhere": (datetime(2026, 11, 20, 22), pa.timestamp("us", "Europe/Berlin"), "another day elsewhere"),
    "no text": (b"\xff", pa.binary(), "not UTF-8"),
    "a key twice": ([("side", "left"), ("side", "right")], pa.map_(pa.string(), pa.string()), 'the key "side" stands twice'),
}


@pytest.mark.parametrize(("value", "kind", "said"), REFUSED.values(), ids=REFUSED)
def test_what_could_mean_something_else_is_refused(value: Any, kind: Any, said: str) -> None:
    (found,) = values_of(pa.array([value], kind))
    with pytest.raises(ValueError, match=said):
        reader_of(kind)(found)


@pytest.mark.parametrize("kind", [pa.time32("s"), pa.duration("s"), pa.list_(pa.duration("s")), pa.binary(4)], ids=str)
def test_a_type_that_no_profile_holds_is_refused(kind: Any) -> None:
    with pytest.raises(UnreadTypeError, match="is read nowhere in a profile"):
        reader_of(kind)
