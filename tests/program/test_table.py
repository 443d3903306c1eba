"""A table gives back what was written, and nothing but the classes it was told of."""

import json
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stridewise.program.table import read_table, write_table


@dataclass(frozen=True, slots=True)
class Pair:
    left: Any
    right: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    name: str
    items: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


CLASSES = {one.__name__: one for one in (Pair, Named, Nothing)}
hashable = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.decimals(allow_nan=False) | st.just(Nothing()),
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.frozensets(inner, max_size=3)
        | st.builds(Pair, inner, inner)
        | st.builds(Named, name=st.text(), items=st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=12,
)
anything = st.recursive(
    hashable,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4) | st.builds(Pair, inner, inner),
    max_leaves=30,
)


def there_and_back(value: Any) -> Any:
    return read_table(json.loads(json.dumps(write_table(value, CLASSES))), CLASSES)


@pytest.mark.slow
@given(st.lists(anything, max_size=5))
def test_what_is_read_is_what_was_written(value: list[Any]) -> None:
    """To the type of every number: 1, True, Decimal("1") and Decimal("1.0") are four things."""
    assert there_and_back(value) == value
    assert exactly(there_and_back(value)) == exactly(value)


def exactly(value: Any) -> Any:
    """A value with the types that equality overlooks; sets have no order of their own."""
    if isinstance(value, frozenset):
        return sorted(map(exactly, value), key=repr)
    if isinstance(value, list | tuple):
        return type(value), list(map(exactly, value))
    if isinstance(value, dict):
        return [(key, exactly(item)) for key, item in value.items()]
    if isinstance(value, Pair | Named):
        return exactly([getattr(value, one.name) for one in fields(value)])
    return type(value), str(value)


def test_equal_values_give_the_same_bytes() -> None:
    """Whatever the order in which a set was filled."""
    one, other = frozenset(["a", "b", "c", "d", "e"]), frozenset(["e", "d", "c", "b", "a"])
    assert write_table([one], CLASSES) == write_table([other], CLASSES)


def test_what_can_be_changed_is_never_shared() -> None:
    """Two empty lists stay two."""
    first, second, table = there_and_back([[], [], {"a": {}, "b": {}}])
    first.append(1)
    assert second == []
    table["a"]["x"] = 1
    assert table["b"] == {}


def test_what_is_equal_is_one_object() -> None:
    """A place that a hundred rules name is made once."""
    pair = there_and_back([Pair("a", Decimal("1.50")), Pair("a", Decimal("1.50"))])
    assert pair[0] is pair[1]


class Stranger:
    pass


@pytest.mark.parametrize("value", [Stranger(), [1.5], {"a": {1, 2}}, (b"x",)])
def test_what_is_of_no_known_class_is_not_written(value: Any) -> None:
    """A program that holds something new fails when the wheel is built, not at the clinic."""
    with pytest.raises(KeyError):
        write_table(value, CLASSES)


@pytest.mark.parametrize("name", ["eval", "os.system", "Stranger", "print", "__import__", "type", "list.__class__"])
def test_no_other_class_can_be_made_by_a_table(name: str) -> None:
    """Names are looked up among the given classes and nowhere else."""
    with pytest.raises(KeyError):
        read_table([[name, [["1"]]]], CLASSES)


def test_a_day_is_a_day() -> None:
    assert there_and_back([date(2026, 11, 21)]) == [date(2026, 11, 21)]
