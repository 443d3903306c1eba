"""A condition tests one fact by naming, comparing or binding, and says plainly what it cannot mean."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import THRESHOLDS, TOY, document, facts_of
from stridewise.language.condition import Anything, Condition, Conditions, OneOf, Within, describe_test, put_in
from stridewise.language.condition_reader import ConditionReader

READER = ConditionReader(TOY, THRESHOLDS, "toy")


def read(**entry: Any) -> Condition:
    return READER.read(document(entry).root)


def when(*entries: Any) -> Conditions:
    return READER.read_all(document(list(entries)).root)


def passes(condition: dict[str, Any], fact: dict[str, Any]) -> bool:
    (found,) = facts_of(fact)
    return read(**condition).accepts(found)


RED = {"colour": "red", "side": "left", "shade": "dark"}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"colour": "red"}, True),
        ({"colour": "Scarlet"}, True),
        ({"colour": ["green", "red"]}, True),
        ({"colour": "any"}, True),
        ({"colour": "$c"}, True),
        ({"colour": "green"}, False),
        ({"colour": ["green", "blue"]}, False),
        ({"shape": "any"}, False),
        ({"colour": "red", "side": "left"}, True),
        ({"colour": "red", "side": "right"}, False),
        ({"colour": "any", "side": "any", "shade": ["dark", "plain"]}, True),
        ({"colour": "red", "shade": "light"}, False),
    ],
)
def test_a_condition_accepts_what_it_names(condition: dict[str, Any], holds: bool) -> None:
    """A term, a list, `any`, a variable; every attribute mentioned must pass, the others do not matter."""
    assert passes(condition, RED) is holds


@pytest.mark.parametrize(
    "condition", [{"shape": "round", "near": "any"}, {"shape": "round", "near": "$c"}, {"shape": "round", "near": "red"}]
)
def test_an_attribute_that_is_not_recorded_passes_nothing(condition: dict[str, Any]) -> None:
    """Unknown is neither any nor something: even `$x` means recorded."""
    assert not passes(condition, {"shape": "round", "side": "left"})
    assert passes(condition, {"shape": "round", "side": "left", "near": "red"})


@pytest.mark.parametrize(
    ("condition", "fact", "holds"),
    [
        ({"colour": "any"}, {"colour": "clear"}, False),
        ({"colour": "$c"}, {"colour": "clear"}, False),
        ({"colour": "clear"}, {"colour": "clear"}, True),
        ({"colour": ["red", "clear"]}, {"colour": "clear"}, True),
        ({"colour": "red"}, {"colour": "red", "shade": "plain"}, False),
        ({"colour": "red", "shade": "any"}, {"colour": "red", "shade": "plain"}, False),
        ({"colour": "red", "shade": "$h"}, {"colour": "red", "shade": "plain"}, False),
        ({"colour": "red", "shade": "plain"}, {"colour": "red", "shade": "plain"}, True),
        ({"colour": "red", "shade": ["dark", "plain"]}, {"colour": "red", "shade": "plain"}, True),
        ({"colour": "any", "shade": "plain"}, {"colour": "clear", "shade": "plain"}, False),
    ],
)
def test_a_negative_term_is_matched_only_by_naming_it(condition: dict[str, Any], fact: dict[str, Any], holds: bool) -> None:
    """Tested and normal is never taken for a finding: not by `any`, not by a variable, not by an unmentioned attribute."""
    assert passes(condition, {"side": "left", **fact}) is holds


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        (">= 12.5", [False, True, True]),
        ("> 12.5", [False, False, True]),
        ("<= 12.5", [True, True, False]),
        ("< 12.5", [True, False, False]),
        ("12.4..12.5", [True, True, False]),
        ("12.5 .. 12.6", [False, True, True]),
        ("12.5..12.5", [False, True, False]),
        (12.5, [False, True, False]),
        ("12.50", [False, True, False]),
        ([12.4, 12.6], [True, False, True]),
        ("any", [True] * 3),
        (">=0.125 m", [False, True, True]),
    ],
)
def test_comparisons_are_exact_and_ranges_include_their_ends(test: Any, holds: list[bool]) -> None:
    """On both sides of the boundary and on it."""
    assert [passes({"size": test}, {"size": size}) for size in (12.4, 12.5, 12.6)] == holds


@given(st.integers(0, 4000), st.integers(0, 4000))
def test_a_comparison_agrees_with_the_order_of_decimals(size: int, bound: int) -> None:
    """For numbers of one decimal place."""
    number, limit = Decimal(size) / 10, Decimal(bound) / 10
    fact = facts_of({"size": f"{number}"})[0]
    held = [read(size=f"{sign} {limit}").accepts(fact) for sign in (">=", ">", "<", "<=")]
    assert held == [number >= limit, number > limit, number < limit, number <= limit]


def test_thresholds_are_named_own_or_with_their_pack() -> None:
    """`tall` is the pack's own; `far/tall` another's."""
    assert [passes({"size": test}, {"size": 50}) for test in (">= tall", "<= tall", ">= far/tall", "< far/tall")] == [
        True,
        False,
        False,
        True,
    ]
    assert dict(read(size=">= tall").tests)[""].threshold == "toy/tall"  # type: ignore[union-attr]  # it is a Within
    assert dict(read(size=">= 40").tests)[""].threshold == ""  # type: ignore[union-attr]  # it is a Within


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"size": ">= tal"}, 'unknown threshold "tal". Did you mean "toy/tall"?'),
        ({"size": ">= far/high"}, 'unknown threshold "far/high"'),
        ({"tally": ">= kilo"}, 'threshold "kilo" is in kg, the value compared is in cm'),
        ({"size": ">= 5 kg"}, 'expected cm, found "kg"'),
        ({"size": "5..3"}, '"5..3" is empty: the first number is larger than the second'),
        ({"size": "tall"}, 'expected a number of cm, found "tall"'),
        ({"colour": ">= 5"}, 'unknown colour ">= 5"'),
        ({"colour": "rde"}, 'unknown colour "rde". Did you mean "red"?'),
        ({"colour": []}, "the list is empty; name at least one value"),
        ({"colour": "red", "side": "both"}, "rules see only left or right"),
        ({"colour": "red", "sied": "left"}, '"colour" has no attribute "sied". Did you mean "side"?'),
        ({"colour": "red", "5": "left"}, '"colour" has no attribute "5".'),
        ({"colr": "red"}, 'found "colr". Did you mean "colour"?'),
        ({"absnt": {"pile": "red"}}, 'Did you mean "absent"?'),
        ({"colour": "red", "shape": "round"}, "holds 2 kinds"),
        ({"absent": {"colour": "red"}}, 'absent: "colour" is open; what is not recorded is unknown'),
        ({"absent": {"size": "any"}}, 'absent: "size" is computed'),
        ({"absent": {"pile": "red"}, "colour": "red"}, '"absent" stands alone'),
        (
            {
                "any_of": [],
            },
            "any_of is empty",
        ),
        ({"any_of": [{"any_of": [{"colour": "red"}]}]}, "groups do not nest"),
        ({"any_of": [{"absent": {"pile": "red"}}]}, "groups do not nest"),
        ({"absent": {"any_of": [{"pile": "red"}]}}, "groups do not nest"),
        ({"at_least": 3, "of": [{"colour": "red"}]}, 'expected a number from 1 to 1 (the conditions listed), found "3"'),
        ({"at_least": 0, "of": [{"colour": "red"}]}, 'found "0"'),
        ({"at_least": True, "of": [{"colour": "red"}]}, "expected a number"),
        ({"at_least": 1, "of": [{"colour": "red"}], "side": "left"}, '"at_least" stands alone'),
        ("red", 'found "red"'),
        ([], "expected a condition"),
        ({"size": "8-10"}, 'size: a range is written "8..10", without a unit, found "8-10"'),
        ({"size": "8–10 cm"}, 'a range is written "8..10", without a unit'),
        ({"size": "8 to 10"}, 'a range is written "8..10", without a unit'),
        ({"size": "8..10 cm"}, 'a range is written "8..10", without a unit'),
        ({"size": "≥ 8"}, 'size: a comparison begins with >=, <=, > or <, as in ">= 3", found "≥ 8"'),
        ({"size": "=> 8"}, "a comparison begins with >=, <=, > or <"),
        ({"size": "more than 8"}, "a comparison begins with >=, <=, > or <"),
        ({"size": "at least tall"}, "a comparison begins with >=, <=, > or <"),
    ],
)
def test_a_condition_that_means_nothing_is_refused(entry: Any, message: str) -> None:
    """What was found, and the nearest name or what to do."""
    thresholds = {**THRESHOLDS, "toy/kilo": THRESHOLDS["toy/tall"].__class__("toy/kilo", Decimal(1), "kg")}
    with pytest.raises(ValueError) as raised:
        ConditionReader(TOY, thresholds, "toy").read_all(document([entry]).root)
    assert message in str(raised.value)


def test_as_many_may_be_asked_for_as_are_listed() -> None:
    ((number, group),) = when({"at_least": 2, "of": [{"colour": "red"}, {"shape": "round"}]}).at_least
    assert (number, len(group)) == (2, 2)


@pytest.mark.parametrize("entry", [{"any_of": {"colour": "red"}}, {"at_least": 2}, {"at_least": 1, "of": {"colour": "red"}}])
def test_a_group_that_is_no_list_is_told_to_be_one(entry: dict[str, Any]) -> None:
    """The message speaks of the list, not of nesting."""
    with pytest.raises(ValueError, match="list"):
        when(entry)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            {"any_of": {"colour": "red"}},
            "expected a list of conditions in the group, found a single one; write each behind a dash",
        ),
        ({"any_of": []}, "any_of is empty; list at least one condition"),
        ({"at_least": 1, "of": []}, "at_least is empty; list at least one condition"),
        ({"colour": "red", "side": "both"}, 'side: rules see only left or right; leave the side out or write "$side"'),
    ],
)
def test_what_to_write_instead_is_said_in_whole_sentences(entry: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as raised:
        when(entry)
    assert str(raised.value) == said


def test_a_thousand_ways_to_meet_the_choices_are_looked_at_and_no_more() -> None:
    def choice(number: int) -> dict[str, Any]:
        return {"any_of": [{"size": f">= {least}"} for least in range(number)]}

    assert len(when(choice(10), choice(10), choice(10)).any_of) == 3
    with pytest.raises(ValueError) as raised:
        when(choice(7), choice(11), choice(13))
    assert str(raised.value) == (
        "the any_of groups can be met in 1001 ways, and at most 1000 are looked at; "
        "name several values in one condition, or make several rules of it"
    )


def test_absent_is_allowed_on_closed_and_derived_kinds() -> None:
    """On these, not holding can be known."""
    assert [condition.kind for condition in when({"absent": {"badge": "gold"}}, {"absent": {"pile": "any"}}).absents] == [
        "badge",
        "pile",
    ]


def test_a_variable_used_twice_in_one_condition_wants_one_value() -> None:
    """It joins the fact with itself."""
    assert [passes({"link": "$c", "to": "$c"}, {"link": "red", "to": to}) for to in ("red", "blue")] == [True, False]


def test_a_binding_limits_only_the_variables_it_knows() -> None:
    """Bound variables must agree; others are free."""
    condition, (fact,) = read(colour="$c", side="$s"), facts_of(RED)
    assert condition.bind(fact) == {"c": "red", "s": "left"}
    assert [condition.matches(fact, binding) for binding in ({}, {"s": "left"}, {"s": "right"}, {"z": "red"})] == [
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("entries", "bound"),
    [
        ([{"colour": "$c", "side": "$s"}], {"c", "s"}),
        ([{"any_of": [{"colour": "$c", "side": "$s"}, {"shape": "any", "side": "$s"}]}], {"s"}),
        ([{"at_least": 1, "of": [{"colour": "red", "side": "$s"}, {"shape": "any", "side": "$s"}]}], {"s"}),
        ([{"at_least": 1, "of": [{"colour": "$c"}, {"shape": "any"}]}], set()),
        ([{"colour": "red"}, {"absent": {"pile": "$c"}}], set()),
    ],
)
def test_a_variable_is_bound_outside_groups_or_in_every_branch(entries: list[Any], bound: set[str]) -> None:
    """Only then does it have a value whenever the rule fires."""
    assert when(*entries).bound == bound


def test_a_counted_variable_stands_in_all_conditions_or_in_one() -> None:
    """Some but not all would leave open what is counted per value of what."""
    some = [{"colour": "red", "side": "$s"}, {"shape": "any", "side": "$s"}, {"badge": "gold"}]
    with pytest.raises(ValueError, match=r'"\$s" stands in 2 of 3 conditions; put it in all of them or in one'):
        when({"at_least": 2, "of": some})
    with pytest.raises(ValueError, match=r'"\$s" stands in 1 of 2 conditions'):
        when({"at_least": 1, "of": some[1:]}, {"colour": "any", "side": "$s"})
    assert when({"at_least": 1, "of": some[1:]}).at_least


@pytest.mark.parametrize("group", ["any_of", "of"])
def test_a_variable_of_an_absence_is_bound_always_or_nowhere(group: str) -> None:
    """Bound in some branches only, its meaning would change from branch to branch."""
    entry: dict[str, Any] = {group: [{"colour": "red", "side": "$s"}, {"badge": "gold"}]}
    with pytest.raises(ValueError, match=r"\$s"):
        when({"at_least": 1, **entry} if group == "of" else entry, {"absent": {"heap": "any", "side": "$s"}})


SAME = [
    [{"colour": "red"}, {"colour": "scarlet"}],
    [{"size": ">= tall"}, {"size": ">= 40 cm"}],
    [{"colour": "red", "side": "$a"}, {"colour": "red", "side": "$b"}],
    [{"colour": "red", "side": "$s"}, {"shape": "star", "side": "$s"}, {"colour": "red", "side": "$s"}],
]


@pytest.mark.parametrize("group", SAME)
def test_one_condition_that_stands_twice_is_not_counted_twice(group: list[Any]) -> None:
    """By another name, number or variable it is the same: one finding would count as two."""
    with pytest.raises(ValueError, match="are the same; different ones are counted"):
        when({"at_least": 2, "of": group})


def test_conditions_that_differ_in_what_they_share_are_counted() -> None:
    group = [{"colour": "red", "side": "$s"}, {"colour": "red", "shade": "dark", "side": "$s"}, {"colour": "blue", "side": "$s"}]
    assert len(when({"at_least": 2, "of": group}).at_least[0][1]) == 3


# --- what is worked out of conditions ---------------------------------------------------------------------------------------


def test_a_text_is_in_no_range_whatever_the_range() -> None:
    assert not Within(None, None).accepts("red")
    assert Within(None, None).accepts(Decimal(0))


def test_a_condition_knows_its_value_what_it_names_and_which_others_are_like_it() -> None:
    """One that says nothing of the value passes any; copies are the same one."""
    red, side = read(colour=["red", "blue"]), Condition("colour", (("side", OneOf(frozenset({"left"}))),))
    assert (red.value, red.constants) == (OneOf(frozenset({"red", "blue"})), frozenset({"red", "blue"}))
    assert (side.value, side.constants, side.named) == (Anything(), None, frozenset({"side"}))
    assert {hash(red), hash(read(colour=["red", "blue"]))} == {hash((red.kind, red.tests))}
    assert hash(red) != hash(side)


SOME = ({"colour": "$c"}, {"shape": "star"}, {"absent": {"pile": "$c"}}, {"any_of": [{"colour": "$c"}, {"shape": "$s"}]})
COUNTED = {"at_least": 2, "of": [{"colour": "$c"}, {"pile": "$c"}, {"heap": "$c"}]}


def test_groups_are_what_is_to_be_met_each_with_its_number() -> None:
    found = when(*SOME, COUNTED)
    told = [(number, [one.kind for one in group]) for number, group in found.groups()]
    assert told == [(1, ["colour"]), (1, ["shape"]), (1, ["colour", "shape"]), (2, ["colour", "pile", "heap"])]


def test_values_are_put_in_for_variables_wherever_they_stand_and_nothing_else_changes() -> None:
    before, red = when(*SOME, COUNTED), Condition("colour", (("", OneOf(frozenset({"red"}))),))
    after = put_in(before, {"c": "red"})
    assert put_in(before, {}) is before
    assert after.positives == (red, before.positives[1])
    assert after.absents == (Condition("pile", red.tests),)
    assert after.any_of == ((red, before.any_of[0][1]),)
    assert after.at_least == ((2, tuple(Condition(kind, red.tests) for kind in ("colour", "pile", "heap"))),)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (OneOf(frozenset({Decimal(5)})), "5 cm"),
        (OneOf(frozenset({Decimal(9), Decimal(5)})), "5 cm or 9 cm"),
        (Within(Decimal(5), Decimal(9)), "5 cm to 9 cm"),
        (Within(Decimal(5), None), "at least 5 cm"),
        (Within(Decimal(5), None, open_ends=True), "more than 5 cm"),
        (Within(None, Decimal(9)), "at most 9 cm"),
        (Within(None, Decimal(9), open_ends=True), "less than 9 cm"),
        (Anything(), "any"),
    ],
)
def test_a_test_is_told_in_words(test: Any, said: str) -> None:
    assert describe_test(TOY, TOY.kinds["size"], "", test) == said


def test_a_term_is_told_by_its_label() -> None:
    assert describe_test(TOY, TOY.kinds["colour"], "", OneOf(frozenset({"red"}))) == TOY.show_value(
        TOY.kinds["colour"].type, "red"
    )
