"""A fact is read from one notation: unknown is nothing, both sides are two, defaults are marked, normal is marked."""

from decimal import Decimal
from typing import Any

import pytest

from kit import HERE, TOY, facts_of, plain
from stridewise.language.fact import Fact, make_fact, read_facts, show_fact, split_sides


def test_both_sides_are_two_facts_with_one_line() -> None:
    """Left and right, each with the place of the one entry."""
    left, right = facts_of({"colour": "red", "side": "both", "shade": "dark"})
    assert (left.side, right.side) == ("left", "right")
    assert left.places == right.places == (HERE,)


def test_a_side_that_is_not_given_is_assumed_both() -> None:
    """The default is used, and the facts say that it was assumed."""
    facts = facts_of({"colour": "red", "shade": "dark"})
    assert [fact.side for fact in facts] == ["left", "right"]
    assert all(fact.assumed == {"side"} for fact in facts)


def test_a_side_map_gives_one_fact_a_side() -> None:
    """Each side with its own value; an unknown side gives none."""
    assert [plain(fact) for fact in facts_of({"size": {"left": 22, "right": "14 cm"}})] == [
        {"size": 22.0, "side": "left"},
        {"size": 14.0, "side": "right"},
    ]
    assert [fact.side for fact in facts_of({"size": {"left": "unknown", "right": 14}})] == ["right"]


@pytest.mark.parametrize("written", [{"both": 1}, {"left": 1, "top": 2}])
def test_a_side_map_has_sides_only(written: dict[str, int]) -> None:
    """Other keys, or a side beside the map, or a kind without sides, are refused."""
    wrong: list[dict[str, Any]] = [{"size": written}, {"size": {"left": 1}, "side": "left"}, {"badge": {"left": "gold"}}]
    for entry in wrong:
        with pytest.raises(ValueError, match="expected one value, or left and right where the kind has sides"):
            facts_of(entry)


@pytest.mark.parametrize("value", ["unknown", None])
def test_unknown_is_the_same_as_leaving_out(value: object) -> None:
    """As a value it gives no fact; as an attribute it leaves the default, or nothing."""
    assert facts_of({"colour": value}) == []
    assert facts_of({"colour": "red", "shade": value}) == facts_of({"colour": "red"})
    assert facts_of({"shape": "round", "near": value})[0].get("near") is None


def test_negative_terms_are_marked_where_they_stand() -> None:
    """`negative` names the fields that record "normal", the fact's own value as the empty name."""
    (clear, _), (shaded, _), (plain_, _) = (
        facts_of(entry)
        for entry in (
            {"colour": "clear"},
            {"colour": "red", "shade": "plain"},
            {"colour": "red"},
        )
    )
    assert [set(fact.negative) for fact in (clear, shaded, plain_)] == [{""}, {"shade"}, set()]


def test_numbers_are_exact_and_converted() -> None:
    """From text to the fact without a float."""
    values = [fact.value for fact in facts_of({"size": 0.1}, {"size": "1 in"}, {"size": "1.20 m"})]
    assert values == [Decimal("0.1"), Decimal("2.54"), Decimal(120)]


def test_facts_are_equal_where_they_say_the_same() -> None:
    """Places and assumptions are no part of what a fact says; a number's spelling is not either."""
    assert facts_of({"colour": "red"}) == facts_of({"shade": "light", "side": "both", "colour": "Scarlet"})
    assert facts_of({"size": 5}) == facts_of({"size": "5.0"})
    assert len({*facts_of({"size": 5}), *facts_of({"size": "5.0 cm"})}) == 1


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"pile": "red"}, '"pile" is concluded by rules and cannot be recorded'),
        ({"colour": "rde"}, 'unknown colour "rde". Did you mean "red"?'),
        ({"colour": "red", "shad": "dark"}, '"colour" has no attribute "shad". Did you mean "shade"?'),
        ({"badge": "gold", "shiny": 1}, '"badge" has no attribute "shiny".'),
        ({"colour": "red", "near": "green"}, '"colour" has no attribute "near". It has: side, shade.'),
        ({"colour": "red", "side": "lft"}, 'unknown side "lft". Did you mean "left"?'),
        ({"colr": "red"}, 'names no known kind of fact, found "colr". Did you mean "colour"?'),
        ({"colour": "red", "shape": "round"}, "holds 2 kinds (colour, shape); write one fact an entry"),
        ({}, "names no known kind of fact, found nothing"),
        ({"colour": ["red", "green"]}, "expected a term of colours"),
    ],
)
def test_an_entry_that_states_no_fact_is_refused_in_the_clinicians_words(entry: dict[str, Any], message: str) -> None:
    """What was found, and the nearest name of a kind, term or attribute."""
    with pytest.raises(ValueError) as raised:
        read_facts(TOY, entry, HERE)
    assert message in str(raised.value)


def test_a_fact_is_shown_with_labels_and_units_and_nothing_assumed() -> None:
    """Attributes follow; a side or grade needs no name; what is only assumed says nothing."""
    red = facts_of({"colour": "red", "side": "left"})[0]
    assert show_fact(TOY, red) == "bright red colour, left"
    assert show_fact(TOY, facts_of({"size": 12.5, "side": "left"})[0]) == "size: 12.5 cm, left"


def test_facts_sort_by_what_they_say() -> None:
    """Numbers by size, not by spelling; kinds first."""
    facts = facts_of({"size": 10}, {"size": 9}, {"colour": "red"}, {"size": 9, "side": "right"})
    ordered = sorted(facts, key=lambda fact: fact.sort_key)
    assert [plain(fact).get("size") for fact in ordered] == [None, None, 9.0, 9.0, 10.0]


def test_splitting_a_made_fact_keeps_its_other_fields() -> None:
    """What a rule concludes for both sides becomes two facts like any other."""
    made = make_fact(TOY, TOY.kinds["heap"], "clear", {"side": "both"})
    assert [(f.side, f.value, set(f.negative)) for f in split_sides(made)] == [("left", "clear", {""}), ("right", "clear", {""})]
    assert list(split_sides(Fact("ready", "yes"))) == [Fact("ready", "yes")]
