"""The selection is exact: branch and bound finds what exhaustive search finds, and says so where the node cap ends it early."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stridewise.planning import cover
from stridewise.planning.cover import Item, Limits, best_cover, objective

WEIGHTS = (10_000, 100, 1)
ROOMY = Limits(minutes=None, contacts=Decimal(60), main=4, others=2)


@dataclass(frozen=True)
class Instance:
    """A small selection problem."""

    weights: list[int]
    items: list[Item]
    fixed: list[Item]
    limits: Limits


def item(name: str, *wants: int, minutes: int = 5, contacts: int = 0, is_main: bool = True) -> Item:
    """An exercise that is the first choice for these wants."""
    return Item(name, Decimal(minutes), Decimal(contacts), is_main, dict.fromkeys(wants, 0))


def search_exhaustively(given_: Instance) -> tuple[Item, ...]:
    """Every subset that fits, compared by the same objective."""
    most = given_.limits.main + given_.limits.others
    subsets = (chosen for size in range(most + 1) for chosen in combinations(given_.items, size))
    fitting = (chosen for chosen in subsets if not chosen or given_.limits.fits((*given_.fixed, *chosen)))
    return min(fitting, key=lambda chosen: objective(given_.weights, (*given_.fixed, *chosen), chosen))


def best(instance: Instance) -> cover.Cover:
    return best_cover(instance.weights, instance.items, instance.fixed, instance.limits)


def names(items: Sequence[Item]) -> list[str]:
    return sorted(one.name for one in items)


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """At most 6 wants and 9 exercises; some serve several wants, some cost time or contacts, some are in already."""
    weights = draw(st.lists(st.sampled_from(WEIGHTS), min_size=1, max_size=6).map(lambda found: sorted(found, reverse=True)))
    wants = st.dictionaries(st.integers(0, len(weights) - 1), st.integers(0, 4), max_size=3)
    drawn = st.tuples(
        st.integers(1, 15).map(Decimal),
        st.sampled_from([0, 0, 0, 20, 40]).map(Decimal),
        st.sampled_from([True, True, False]),
        wants,
    )
    made = [Item(f"e{number}", *parts) for number, parts in enumerate(draw(st.lists(drawn, max_size=9)))]
    split = draw(st.integers(0, min(2, len(made))))
    limits = Limits(
        minutes=draw(st.one_of(st.none(), st.integers(5, 40).map(Decimal))),
        contacts=Decimal(60),
        main=draw(st.integers(1, 4)),
        others=draw(st.integers(0, 2)),
    )
    return Instance(weights, made[split:], made[:split], limits)


@pytest.mark.slow
@given(instances())
@settings(max_examples=400, deadline=None)
def test_it_finds_what_exhaustive_search_finds(instance: Instance) -> None:
    found = best(instance)
    assert found.complete
    assert names(found.items) == names(search_exhaustively(instance))


@given(instances(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_exercises_changes_nothing(instance: Instance, rng: object) -> None:
    shuffled = list(instance.items)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random
    again = best_cover(instance.weights, shuffled, instance.fixed, instance.limits)
    assert names(again.items) == names(best(instance).items)


@given(instances())
@settings(max_examples=100, deadline=None)
def test_what_it_adds_fits_beside_what_is_in(instance: Instance) -> None:
    found = best(instance).items
    assert not found or instance.limits.fits((*instance.fixed, *found))


def test_one_exercise_for_two_wants_beats_two() -> None:
    found = best_cover([100, 100], [item("a", 0), item("b", 1), item("both", 0, 1)], [], ROOMY)
    assert names(found.items) == ["both"]


def test_an_important_want_outweighs_many_lesser_ones() -> None:
    limits = Limits(minutes=Decimal(10), contacts=Decimal(60), main=4, others=2)
    lesser = [item("x", 1, minutes=5), item("y", 2, minutes=5)]
    found = best_cover([10_000, 100, 100], [item("long", 0, minutes=10), *lesser], [], limits)
    assert names(found.items) == ["long"]


def test_the_preferred_exercise_wins_between_equals() -> None:
    ranked = [Item("a", Decimal(1), Decimal(0), True, {0: 1}), Item("b", Decimal(9), Decimal(0), True, {0: 0})]
    assert names(best_cover([100], ranked, [], ROOMY).items) == ["b"]


def test_what_is_in_already_serves_its_wants() -> None:
    assert best_cover([100], [item("a", 0)], [item("pinned", 0)], ROOMY).items == ()


def test_the_contact_budget_keeps_the_second_jump_out() -> None:
    jumps = [item("hop", 0, contacts=40), item("bound", 1, contacts=40)]
    assert names(best_cover([100, 1], jumps, [], ROOMY).items) == ["hop"]


def test_the_node_cap_ends_the_search_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some cover is found all the same, and it fits."""
    monkeypatch.setattr(cover, "NODE_CAP", 3)
    many = [item(f"e{number}", number) for number in range(5)]
    found = best_cover([100] * 5, many, [], ROOMY)
    assert not found.complete
    assert ROOMY.fits(found.items)


def test_nothing_wanted_is_nothing_chosen() -> None:
    found = best_cover([], [item("a")], [], ROOMY)
    assert found.items == ()
    assert found.complete
