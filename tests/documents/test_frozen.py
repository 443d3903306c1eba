"""A frozen class does what the standard library's does: nothing but the start is quicker."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, make_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stridewise.documents.frozen import frozen

VALUES = st.sampled_from([None, 0, 1, True, "", "a", (), (0,), (1, "a")])


@frozen
class Point:
    """Two numbers that count, one that does not."""

    x: int
    y: int = 0
    seen: int = field(default=0, compare=False, repr=False)
    total: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self.x + self.y)


@frozen(kw_only=True)
class Named:
    """Made by name only."""

    name: str


@frozen
class Empty:
    """Nothing at all."""


@frozen
class Hashed:
    """With a hash of its own."""

    x: int

    def __hash__(self) -> int:
        return 7


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[str], dict[str, bool], list[Any], list[Any]]:
    """Field names, which of them count, and two rows of values."""
    names = draw(st.lists(st.sampled_from("abcd"), max_size=4, unique=True))
    counts = {name: draw(st.booleans()) for name in names}
    return names, counts, [draw(VALUES) for _ in names], [draw(VALUES) for _ in names]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs())
def test_it_compares_hashes_and_shows_as_a_dataclass_does(drawn: tuple[list[str], dict[str, bool], list[Any], list[Any]]) -> None:
    names, counts, one, other = drawn
    body = {"__annotations__": dict.fromkeys(names, object), "__qualname__": "C", "__module__": __name__}
    body |= {name: field(compare=counts[name], repr=counts[name]) for name in names}
    ours = frozen(type("C", (), dict(body)))
    theirs = make_dataclass("C", [(name, object, body[name]) for name in names], frozen=True, slots=True)
    assert (ours(*one) == ours(*other)) == (theirs(*one) == theirs(*other))
    assert (hash(ours(*one)) == hash(ours(*other))) == (hash(theirs(*one)) == hash(theirs(*other)))
    assert repr(ours(*one)) == repr(theirs(*one))


def test_what_does_not_count_is_not_compared_or_shown() -> None:
    assert Point(1, 2, seen=3) == Point(1, 2)
    assert len({Point(1, 2, seen=3), Point(1, 2), Point(2, 1)}) == 2
    assert repr(Point(1, 2, seen=3)) == "Point(x=1, y=2)"
    assert Empty() == Empty() and hash(Empty()) == hash(Empty()) and repr(Empty()) == "Empty()"


def test_another_class_is_never_equal() -> None:
    @dataclass(frozen=True)
    class Twin:
        x: int
        y: int = 0

    assert Point(1, 2) != Twin(1, 2) and Point(1, 2) != (1, 2)


def test_nothing_can_be_changed_or_added() -> None:
    point = Point(1)
    for name in ("x", "other"):
        with pytest.raises((FrozenInstanceError, TypeError, AttributeError)):
            setattr(point, name, 5)
    with pytest.raises(FrozenInstanceError):
        del point.x  # type: ignore[misc]
    assert not hasattr(point, "__dict__")


def test_it_is_a_dataclass_to_all_who_ask() -> None:
    assert is_dataclass(Point) and [one.name for one in fields(Point)] == ["x", "y", "seen", "total"]
    changed = replace(Point(1, 2), y=5)
    assert (changed, changed.total) == (Point(1, 5), 6)
    for copied in (pickle.loads(pickle.dumps(Point(1, 2, 3))), copy.deepcopy(Point(1, 2, 3))):  # noqa: S301  # our own bytes
        assert (copied, copied.seen, copied.total) == (Point(1, 2), 3, 3)


def test_own_methods_stay() -> None:
    assert hash(Hashed(1)) == 7 and Hashed(1) == Hashed(1) != Hashed(2)
    with pytest.raises(TypeError):
        Named("x")  # type: ignore[misc]
    assert Named(name="x") == Named(name="x")
