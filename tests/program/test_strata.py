"""Rules are ordered so that a negation or a count looks only at what is complete; where that cannot be, the cycle is shown."""

from typing import Any

import pytest

from kit import problems_of, read_rule, rule
from stridewise.errors import PackError
from stridewise.program.strata import Suppliers, may_match, stratify


def strata(*written: dict[str, Any]) -> list[list[str]]:
    return [[one.id.removeprefix("toy/") for one in stratum] for stratum in stratify([read_rule(item) for item in written])]


BASE = rule("base", [{"colour": "red"}], {"pile": "red"})


def test_rules_without_negation_share_one_stratum_in_the_order_of_their_ids() -> None:
    """A chain and a recursion need no second one."""
    chain = rule("chain", [{"pile": "$c"}], {"heap": "$c"})
    back = rule("back", [{"heap": "$c"}], {"pile": "$c"})
    assert strata(chain, BASE, back) == [["back", "base", "chain"]]
    assert strata() == []


@pytest.mark.parametrize(
    "entry",
    [
        {"absent": {"pile": "any"}},
        {"absent": {"pile": "red"}},
        {"absent": {"pile": ["red", "blue"]}},
        {"absent": {"pile": "$c"}},
        {"at_least": 1, "of": [{"pile": "red"}]},
    ],
)
def test_a_negation_or_a_count_stands_above_what_it_looks_at(entry: dict[str, Any]) -> None:
    """Of that value, or of all values."""
    assert strata(rule("above", [{"shape": "any"}, entry]), BASE) == [["base"], ["above"]]


def test_dependencies_are_over_kind_and_constant_value() -> None:
    """A negation of another value of the kind does not wait, and makes no cycle."""
    other = rule("other", [{"absent": {"pile": "blue"}}], {"pile": "green"})
    assert strata(other, BASE) == [["base", "other"]]


def test_a_positive_condition_lifts_a_rule_with_what_it_needs() -> None:
    """Strata follow the longest chain of negations."""
    one = rule("one", [{"absent": {"pile": "red"}}], {"heap": "red"})
    two = rule("two", [{"heap": "any"}], {"tower": "round"})
    three = rule("three", [{"any_of": [{"colour": "any"}, {"shape": "any"}]}, {"absent": {"tower": "any"}}])
    assert strata(three, two, one, BASE) == [["base"], ["one", "two"], ["three"]]


@pytest.mark.parametrize("kind", ["absent", "at_least"])
def test_a_rule_that_waits_for_itself_is_refused(kind: str) -> None:
    """With its id in the chain and its place."""
    inner = {"pile": "red"}
    entry = {"absent": inner} if kind == "absent" else {"at_least": 1, "of": [inner]}
    with pytest.raises(PackError) as raised:
        strata(rule("selfish", [entry], {"pile": "red"}))
    assert problems_of(raised) == [
        "toy.yaml:1: these rules wait for each other through a negation or a count: toy/selfish ← toy/selfish"
    ]


def test_a_cycle_through_a_negation_is_refused_and_shown() -> None:
    """Every rule of the cycle is named, and no other."""
    rules = [
        rule("a", [{"absent": {"heap": "any"}}], {"pile": "red"}),
        rule("b", [{"pile": "any"}], {"tower": "round"}),
        rule("c", [{"tower": "$f"}], {"heap": "red"}),
        rule("innocent", [{"heap": "red"}], {"ready": "yes"}),
    ]
    with pytest.raises(PackError) as raised:
        strata(*rules)
    chain = problems_of(raised)[0].rpartition(": ")[2].split(" ← ")
    assert chain[0] == chain[-1]
    assert set(chain) == {"toy/a", "toy/b", "toy/c"}


def test_a_concluded_variable_may_be_any_value() -> None:
    """What is bound when the rule fires is not known before."""
    with pytest.raises(PackError, match="wait for each other"):
        strata(rule("a", [{"colour": "$c"}, {"absent": {"pile": "blue"}}], {"pile": "$c"}))


def test_suppliers_are_the_rules_that_could_conclude_what_a_condition_asks() -> None:
    """By value, by variable and by comparison, each rule once."""
    rules = [
        read_rule(BASE),
        read_rule(rule("var", [{"colour": "$c"}], [{"conclude": {"pile": "$c"}}, {"conclude": {"pile": "red"}}])),
        read_rule(rule("five", [{"colour": "any"}], {"tally": 5})),
    ]
    suppliers = Suppliers(rules)
    asked = [{"pile": "red"}, {"pile": "blue"}, {"pile": "any"}, {"tally": ">= 5"}, {"tally": "> 5"}, {"colour": "red"}]
    found = [[one.id for one in suppliers.of(read_rule(rule("q", [entry])).conditions.positives[0])] for entry in asked]
    assert found == [["toy/base", "toy/var"], ["toy/var"], ["toy/base", "toy/var"], ["toy/five"], [], []]


def test_a_conclusion_of_another_kind_passes_no_condition() -> None:
    """Whatever its value, and though every value of that kind would pass."""
    base = read_rule(BASE)
    (concluded,) = base.conclusions
    asked = [read_rule(rule("q", [{kind: "any"}])).conditions.positives[0] for kind in ("pile", "heap")]
    assert [may_match(concluded, condition) for condition in asked] == [True, False]


def test_a_chain_of_negations_has_as_many_strata_as_rules() -> None:
    """No more is a cycle, and no fewer will do."""
    one = rule("one", [{"absent": {"pile": "red"}}], {"heap": "red"})
    two = rule("two", [{"absent": {"heap": "red"}}], {"tower": "round"})
    assert strata(two, one, BASE) == [["base"], ["one"], ["two"]]
    assert strata(one, BASE) == [["base"], ["one"]]
