"""How several adjustments of one load are settled, each step by itself: numbers, words, and what is left out."""

from decimal import Decimal
from typing import Any, cast

import pytest

from kit import TOY
from situations import adjusted, situation_of
from stridewise.documents.arithmetic import our_arithmetic
from stridewise.language.rule import Adjust, Quantity
from stridewise.plan.model import Because, Conflict, LoadAdjustment, Referral
from stridewise.planning.load import load_adjustments, sessions_at_most, sets_factor, without_stopped
from stridewise.planning.stops import Stopped
from stridewise.recommendation.collect import Recommendation

KM = "weekly_distance"


def quantity(written: str) -> Quantity:
    """ "20 km", "-50 %" or "110 % of size"."""
    amount, unit, *base = written.split()
    return Quantity(Decimal(amount), unit, base[-1] if base else "")


def asks(rule: str, metric: str = KM, **change: str) -> Recommendation:
    what = Adjust(adjust=metric, text=f"{rule} says.", **{name: quantity(text) for name, text in change.items()})
    return Recommendation(what, Because(rule=rule, text=""), cast(Any, None))


def settled(*asked: Recommendation, **said: Any) -> tuple[list[LoadAdjustment], list[Conflict]]:
    """`keep_caps` as it is asked for, else as it is by itself."""
    keeps = {"keep_caps": said.pop("keep_caps")} if "keep_caps" in said else {}
    return load_adjustments(situation_of(said, vocabulary=TOY), asked, **keeps)


def told(*asked: Recommendation, **more: Any) -> list[tuple[Any, ...]]:
    """From, to, and the change in words."""
    return [(one.from_, one.to, one.change) for one in settled(*asked, **more)[0]]


FORTY: dict[str, Any] = {KM: [40]}


@pytest.mark.parametrize(
    ("change", "said", "expected"),
    [
        ({"by": "-25 %"}, FORTY, (40, 30, "-25%")),
        ({"by": "+10 %"}, FORTY, (40, 44, "+10%")),
        ({"by": "-25 %"}, {}, (None, None, "-25%")),
        ({"by": "-10 km"}, FORTY, (40, 30, "-25%")),
        ({"by": "4 km"}, FORTY, (40, 44, "+10%")),
        ({"by": "-100 km"}, FORTY, (40, 0, "-100%")),
        ({"by": "-10 km"}, {}, (None, None, "")),
        ({"to": "20 km"}, FORTY, (40, 20, "-50%")),
        ({"to": "20 km"}, {}, (None, 20, "")),
        ({"to": "20 mi"}, {}, (None, Decimal("32.2"), "")),
        ({"to": "80 %"}, FORTY, (40, 32, "-20%")),
        ({"to": "80 %"}, {}, (None, None, "80% of the weekly distance")),
        ({"to": "0 km"}, FORTY, (40, 0, "-100%")),
        ({"to": "0 km"}, {KM: [0]}, (0, 0, "")),
        ({"at_most": "30 km"}, FORTY, (40, 30, "-25%")),
        ({"at_most": "30 km"}, {}, (None, 30, "")),
        ({"at_most": "75 %"}, {}, (None, None, "at most 75% of the weekly distance")),
        ({"at_most": "75 %"}, FORTY, (40, 30, "-25%")),
        ({"at_most": "75 % of size"}, {}, (None, None, "at most 75% of the size")),
        ({"at_most": "10 % of size"}, {"size": [200], **FORTY}, (40, 20, "-50%")),
        ({"at_most": "10 % of size"}, FORTY, (None, None, "at most 10% of the size")),
        ({"to": "10 % of size"}, {"size": [200]}, (None, 20, "10% of the size")),
        ({"by": "-33 %"}, {KM: [10]}, (10, Decimal("6.7"), "-33%")),
        ({"to": "6.66 km"}, {KM: [9.99]}, (10, Decimal("6.7"), "-33%")),
    ],
)
def test_one_rule_is_told_in_numbers_where_they_are_known(change: dict[str, str], said: Any, expected: Any) -> None:
    assert told(asks("a/a", **change), **said) == [expected]


@pytest.mark.parametrize(("by", "expected"), [("-1 km", (40, 39, "-3%")), ("1 km", (40, 41, "+3%")), ("3 km", (40, 43, "+8%"))])
def test_half_a_percent_is_rounded_as_people_do_it(by: str, expected: Any) -> None:
    """Away from nothing, whichever whole number is the even one."""
    with our_arithmetic():
        assert told(asks("a/a", by=by), **FORTY) == [expected]


def test_an_adjustment_says_whose_it_is_and_of_what() -> None:
    ((one,), conflicts) = settled(asks("a/a", by="-25 %"), **FORTY)
    assert conflicts == []
    assert (one.id, one.metric, one.unit, one.text, [because.rule for because in one.because]) == (
        "a/a",
        KM,
        "km",
        "a/a says.",
        ["a/a"],
    )
    ((sets,), _) = settled(asks("a/a", "strength_sets", by="-25 %"))
    assert (sets.unit, sets.change) == ("", "-25%")
    ((sessions,), _) = settled(asks("a/a", "strength_sessions", at_most="1 count"), strength_sessions_per_week=[3])
    assert (sessions.unit, sessions.from_, sessions.to) == ("count", 3, 1)


@pytest.mark.parametrize(
    ("said", "now"),
    [({"planned_longest_run": [10], "longest_run": [20]}, 10), ({"longest_run": [20]}, 20), ({}, None)],
)
def test_the_longest_run_is_what_is_planned_else_what_was_run(said: Any, now: int | None) -> None:
    expected = (None, None) if now is None else (now, now * 0.5)
    assert [one[:2] for one in told(asks("a/a", "longest_run", by="-50 %"), **said)] == [expected]


# --- caps that nothing reaches ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "said", "most", "expected"),
    [
        (KM, FORTY, 41, []),
        (KM, FORTY, 40, []),
        (KM, FORTY, 38, [(40, 38, "-5%")]),
        (KM, {}, 40, [(None, 40, "")]),
        ("longest_run", {"longest_run": [20]}, 22, [(None, 22, "")]),  # nothing is planned: the cap is told, not a change
        ("longest_run", {"longest_run": [20]}, 20, [(None, 20, "")]),
        ("longest_run", {"longest_run": [20], "planned_longest_run": [20]}, 22, []),
        ("longest_run", {"planned_longest_run": [20]}, 18, [(20, 18, "-10%")]),
    ],
)
def test_a_cap_at_or_above_what_is_planned_is_idle(metric: str, said: Any, most: int, expected: Any) -> None:
    assert told(asks("a/a", metric, at_most=f"{most} km"), **said) == expected


def test_a_cap_is_kept_where_every_one_counts_and_changes_nothing_in_words() -> None:
    assert told(asks("a/a", at_most="41 km"), keep_caps=True, **FORTY) == [(None, 41, "")]


@pytest.mark.parametrize(
    ("cap", "asked", "to", "number"),
    [(50, "+50 %", 50, 1), (60, "+50 %", 60, 0), (70, "+50 %", 60, 0), (50, "-50 %", 20, 0), (40, "+10 %", 40, 1)],
)
def test_an_idle_cap_counts_below_what_another_rule_asks_for(cap: int, asked: str, to: int, number: int) -> None:
    held, conflicts = settled(asks("a/cap", at_most=f"{cap} km"), asks("b/asks", by=asked), **FORTY)
    assert [one.to for one in held] == [to]
    assert len(conflicts) == number
    assert [because.rule for because in held[0].because] == ["a/cap" if number else "b/asks"]


def test_where_nothing_is_run_and_nothing_asked_a_cap_of_nothing_is_idle() -> None:
    assert told(asks("a/a", at_most="0 km"), **{KM: [0]}) == []


def test_a_percentage_without_a_base_is_no_idle_cap_and_asks_for_nothing() -> None:
    assert told(asks("a/a", at_most="75 % of size"), asks("b/b", at_most="50 km"), **FORTY) == [
        (None, None, "at most 75% of the size")
    ]


# --- several rules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "winner", "losers"),
    [
        ([{"by": "-10 %"}, {"by": "-50 %"}, {"by": "-20 %"}], "r/1", ["r/0", "r/2"]),
        ([{"to": "30 km"}, {"by": "-50 %"}], "r/1", ["r/0"]),
        ([{"to": "30 km"}, {"by": "-10 %"}], "r/0", ["r/1"]),
        ([{"by": "-25 %"}, {"by": "-25 %"}], "r/0", []),
        ([{"to": "30 km"}, {"by": "-25 %"}], "r/0", []),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_the_most_cautious_holds_and_the_others_are_shown(
    changes: list[dict[str, str]], winner: str, losers: list[str], order: int
) -> None:
    asked = [asks(f"r/{number}", **change) for number, change in enumerate(changes)]
    held, conflicts = settled(*asked[::order], **FORTY)
    assert [one.id for one in held] == [winner]
    assert [one.between for one in conflicts] == ([tuple(sorted([winner, *losers]))] if losers else [])
    assert {one.settled_by for one in conflicts} <= {"the more cautious"}
    assert all("change the weekly distance" in one.text for one in conflicts)
    same = [f"r/{number}" for number in range(len(changes)) if f"r/{number}" not in losers]
    assert [because.rule for because in held[0].because] == same


def test_of_percentages_without_a_base_the_smallest_share_holds() -> None:
    held, conflicts = settled(asks("a/a", by="-10 %"), asks("b/b", at_most="60 %"), asks("c/c", to="70 %"))
    assert [one.id for one in held] == ["b/b"]
    assert [one.between for one in conflicts] == [("a/a", "b/b", "c/c")]


def test_an_amount_without_a_base_changes_nothing_in_comparison() -> None:
    """ "10 km less" of what nobody recorded is taken as all of it."""
    held, _ = settled(asks("a/a", by="-10 km"), asks("b/b", by="-10 %"))
    assert [one.id for one in held] == ["b/b"]
    held, _ = settled(asks("a/a", by="-10 km"), asks("b/b", by="+10 %"))
    assert [one.id for one in held] == ["a/a"]


def test_what_cannot_be_compared_stands_side_by_side_in_the_order_of_names() -> None:
    held, conflicts = settled(asks("z/z", by="-10 %"), asks("a/a", to="20 km"), asks("m/m", "longest_run", by="-10 %"))
    assert [(one.metric, one.id) for one in held] == [("longest_run", "m/m"), (KM, "a/a"), (KM, "z/z")]
    assert conflicts == []


# --- what is left of them --------------------------------------------------------------------------------------------------


def referral(stops: str) -> Referral:
    return Referral(id="r/r", to="physician", urgency="urgent", stops=cast(Any, stops), text="", because=(), to_name="")


@pytest.mark.parametrize(
    ("stopped", "left"),
    [
        (Stopped((), {}), {KM, "longest_run", "hard_sessions", "strength_sets", "plyometric_contacts"}),
        (Stopped((referral("all_exercise"),), {}), set()),
        (Stopped((referral("running"),), {"impact": 0}), {"strength_sets"}),
        (Stopped((), {}, running_waits=True), {"strength_sets", "plyometric_contacts"}),
        (Stopped((), {"impact": 0}), {KM, "longest_run", "hard_sessions", "strength_sets"}),
        (Stopped((), {"impact": 1}), {KM, "longest_run", "hard_sessions", "strength_sets", "plyometric_contacts"}),
    ],
)
def test_nothing_is_said_of_how_much_where_it_is_stopped(stopped: Stopped, left: set[str]) -> None:
    metrics = (KM, "longest_run", "hard_sessions", "strength_sets", "plyometric_contacts")
    assert {one.metric for one in without_stopped([adjusted(metric, 5) for metric in metrics], stopped)} == left


def test_that_there_is_no_jumping_is_said_where_it_is_stopped_and_no_running_is_not() -> None:
    none = [adjusted("plyometric_contacts", 0), adjusted(KM, 0)]
    stopped = Stopped((), {"impact": 0}, running_waits=True)
    assert [one.metric for one in without_stopped(none, stopped)] == ["plyometric_contacts"]


@pytest.mark.parametrize(
    ("changes", "left"),
    [([], 1), (["-25%"], "0.75"), (["-25%", "-60%", "-50%"], "0.4"), (["+10%"], 1), (["half"], 1), (["-100%"], 0)],
)
def test_the_share_of_sets_that_is_left(changes: list[str], left: Any) -> None:
    every = [adjusted("strength_sets", change=change) for change in changes]
    assert sets_factor([adjusted("longest_run", change="-90%"), *every]) == Decimal(left)


@pytest.mark.parametrize(
    ("adjustments", "left"),
    [
        ([], None),
        ([adjusted("strength_sessions", 1)], 1),
        ([adjusted("strength_sessions", 0)], 0),
        ([adjusted("strength_sessions"), adjusted("strength_sessions", 2)], 2),
        ([adjusted("strength_sets", 1)], None),
    ],
)
def test_the_sessions_that_are_left(adjustments: list[LoadAdjustment], left: int | None) -> None:
    assert sessions_at_most(adjustments) == left
