"""The search for the smallest change, each decision by itself: what is tried and in which order, what never, and what is told."""

from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from stridewise.errors import ProfileError
from stridewise.explain import search
from stridewise.explain.change import PossibleChange
from stridewise.explain.goal import EXERCISE, PlanGoal
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.obstacles import GATE, PRECAUTION, VETO, ItemObstacle
from stridewise.explain.search import Search, lets_in, place_of, searched_space, size

GOAL = PlanGoal(EXERCISE, "spin", "Spin")


def change(text: str, modifiability: int = 0, moves: str = "0", rank: int = 0) -> PossibleChange:
    return PossibleChange(cast(Any, text), text, search.MODIFIABILITIES[modifiability], Decimal(moves), rank)


EARN, TEST, FIXED = (change(name, place) for place, name in enumerate(("earn", "test", "fixed")))


def test_from_what_can_be_earned_to_what_nobody_changes() -> None:
    assert len(search.MODIFIABILITIES) == 3
    assert search.MODIFIABILITIES[-1] == search.FIXED
    assert [place_of([one]) for one in (EARN, TEST, FIXED)] == [0, 1, 2]
    assert (place_of([EARN, TEST]), place_of([TEST, EARN]), place_of([FIXED, EARN])) == (1, 1, 2)


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ([change("b", 2, "9", 9)], [EARN, TEST]),
        ([change("b", 2, "1", 9)], [change("a", 0, "2")]),
        ([change("b", 0, "1", 9)], [change("a", 1, "1")]),
        ([change("b", 1, rank=1)], [change("a", 1, rank=2)]),
        ([change("a")], [change("b")]),
        ([EARN, change("b", 1)], [EARN, change("a", 2)]),
        ([change("a", moves="1"), change("b", moves="1")], [change("a", moves="0"), change("b", moves="3")]),
        ([change("a", rank=1), change("b", rank=1)], [change("a"), change("b", rank=3)]),
    ],
)
def test_fewer_facts_less_movement_what_can_be_earned_rank_and_name(smaller: Any, larger: Any) -> None:
    assert size(smaller) < size(larger)
    assert size(larger) > size(smaller)


def test_single_changes_come_first_then_pairs_of_what_can_be_earned_from_small_to_large(monkeypatch: pytest.MonkeyPatch) -> None:
    three = (change("c", moves="3"), TEST, change("a", moves="1"), FIXED, change("b", moves="2"))
    asked: list[Any] = []
    monkeypatch.setattr(search, "possible_changes", lambda session, goal: asked.append((session, goal)) or three)
    space = searched_space(cast(Any, "the session"), GOAL)
    assert [[one.text for one in combination] for combination in space] == [
        ["c"],
        ["test"],
        ["a"],
        ["fixed"],
        ["b"],
        ["a", "b"],
        ["c", "a"],
        ["c", "b"],
    ]
    assert asked == [("the session", GOAL)]


# --- what is tried --------------------------------------------------------------------------------------------------------


class Tries:
    """Lets in what it is told to let in, and notes what was tried."""

    def __init__(
        self,
        passing: Sequence[Sequence[PossibleChange]],
        holds: Any = None,
        cost: int = 1,
        ordered: Sequence[PossibleChange] = (),
    ) -> None:
        self.passing, self.ordered = [tuple(one) for one in passing], tuple(ordered)
        self.holding = [*self.passing, self.ordered] if holds is None else [tuple(one) for one in holds]
        self.cost, self.tried, self.planned, self.made = cost, [], 0, []  # type: ignore[var-annotated]

    def __call__(self, inquiry: Inquiry, goal: PlanGoal) -> "Tries":
        self.made.append((inquiry, goal))
        return self

    def lets_in(self, combination: tuple[PossibleChange, ...]) -> tuple[PossibleChange, ...] | None:
        self.tried.append([one.text for one in combination])
        self.planned += self.cost
        return (self.ordered or combination) if combination in self.passing else None


def found(
    monkeypatch: pytest.MonkeyPatch, tries: Tries, *changes: PossibleChange, obstacles: Sequence[ItemObstacle] = ()
) -> tuple[list[list[str]], Search]:
    inquiry = cast(Any, SimpleNamespace(session="the session"))
    asked_of = ("the session", GOAL)
    monkeypatch.setattr(search, "possible_changes", lambda session, goal: changes if (session, goal) == asked_of else ())
    monkeypatch.setattr(search, "Trials", tries)
    monkeypatch.setattr(
        search,
        "lets_in",
        lambda inquired, goal, combination: (inquired, goal) == (inquiry, GOAL) and combination in tries.holding,
    )
    one = Search(inquiry, GOAL)
    told = [[step.text for step in combination] for combination in one.smallest(obstacles)]
    if tries.made:
        assert tries.made == [(inquiry, GOAL)]
        assert one.planned == tries.planned
    return told, one


def test_the_smallest_of_each_modifiability_is_told_from_small_to_large(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap, dear = change("fixed, near", 2), change("earn, far", 0, "5")
    tries = Tries([[cheap], [dear], [FIXED], [EARN]])
    told, one = found(monkeypatch, tries, cheap, FIXED, dear, EARN)
    assert told == [["fixed, near"], ["earn, far"]]
    assert tries.tried == [["fixed, near"], ["earn, far"]], "no second of a kind is tried, nor a pair"
    assert (one.tried, one.complete) == (2, True)


def test_two_changes_are_told_only_where_no_single_one_can_be_earned(monkeypatch: pytest.MonkeyPatch) -> None:
    other = change("another", 0)
    told, _ = found(monkeypatch, Tries([[TEST], [EARN, other], [EARN, FIXED]]), EARN, other, TEST, FIXED)
    assert told == [["test"], ["earn", "another"]]
    told, _ = found(monkeypatch, Tries([[EARN], [EARN, other]]), EARN, other)
    assert told == [["earn"]]
    tries = Tries([[EARN, TEST], [TEST, FIXED]])
    told, one = found(monkeypatch, tries, EARN, TEST, FIXED)
    assert told == []
    assert tries.tried == [["earn"], ["test"], ["fixed"]], "no pair with a finding"
    assert one.tried == 3


def test_what_the_whole_plan_does_not_hold_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    second = change("second", 0)
    told, _ = found(monkeypatch, Tries([[EARN], [second]], holds=[[second]]), EARN, second)
    assert told == [["second"]]


# --- what is never tried --------------------------------------------------------------------------------------------------


WAITS = ItemObstacle(PRECAUTION, "Not now.", wait_for=("when it is over",))


@pytest.mark.parametrize("others", [[], [ItemObstacle(GATE, "Show it.")]])
def test_past_a_veto_nothing_is_tried(monkeypatch: pytest.MonkeyPatch, others: list[ItemObstacle]) -> None:
    tries = Tries([[EARN]])
    told, one = found(monkeypatch, tries, EARN, obstacles=[*others, ItemObstacle(VETO, "Never.")])
    assert (told, tries.tried, tries.made, one.tried, one.complete) == ([], [], [], 0, True)


@pytest.mark.parametrize(
    ("obstacle", "told"),
    [
        (WAITS, [["earn"]]),
        (ItemObstacle(PRECAUTION, "Not now."), [["earn"], ["fixed"]]),
        (ItemObstacle(GATE, "Show it.", wait_for=("when it is shown",)), [["earn"], ["fixed"]]),
    ],
)
def test_round_a_precaution_that_ends_by_itself_no_way_is_told_that_nobody_can_go(
    monkeypatch: pytest.MonkeyPatch, obstacle: ItemObstacle, told: list[list[str]]
) -> None:
    tries = Tries([[EARN], [FIXED]])
    assert found(monkeypatch, tries, EARN, FIXED, obstacles=[obstacle])[0] == told
    after = Tries([[EARN]])
    assert found(monkeypatch, after, FIXED, EARN, obstacles=[WAITS])[0] == [["earn"]], "what comes after it is tried"


def test_the_search_stops_at_six_hundred_plans_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = [change(f"change {number:03}") for number in range(5)]
    told, one = found(monkeypatch, Tries([[changes[4]]], cost=200), *changes)
    assert (told, one.tried, one.complete, one.planned) == ([], 3, False, 600)
    told, one = found(monkeypatch, Tries([[changes[3]]], cost=199), *changes)
    assert (told, one.tried, one.complete, one.planned) == ([["change 003"]], 4, True, 796)


# --- the plan in full -----------------------------------------------------------------------------------------------------


def test_two_changes_are_told_in_the_order_in_which_they_let_it_in(monkeypatch: pytest.MonkeyPatch) -> None:
    other = change("another")
    told, _ = found(monkeypatch, Tries([[EARN, other]], ordered=[other, EARN]), EARN, other)
    assert told == [["another", "earn"]]


@pytest.mark.parametrize(
    ("after", "is_in", "vetoes", "expected"),
    [
        (True, True, {"a", "b"}, True),
        (True, True, {"a", "b", "c"}, True),
        (True, True, {"a"}, False),
        (True, False, {"a", "b"}, False),
        (False, True, {"a", "b"}, False),
    ],
)
def test_the_item_is_in_the_plan_and_no_referral_or_veto_is_lost(
    monkeypatch: pytest.MonkeyPatch, after: bool, is_in: bool, vetoes: set[str], expected: bool
) -> None:
    tried: list[Any] = []
    made = SimpleNamespace(recommendations=vetoes)

    def plan_of(changes: list[str]) -> Any:
        tried.append(changes)
        if not after:
            raise ProfileError("they do not fit")
        return made

    inquiry = SimpleNamespace(session=SimpleNamespace(recommendations={"a", "b"}), after=plan_of)
    goal = SimpleNamespace(is_in=lambda session: is_in and session is made)
    monkeypatch.setattr(search, "vetoes_of", frozenset)
    assert lets_in(cast(Any, inquiry), cast(Any, goal), (EARN, TEST)) is expected
    assert tried == [["earn", "test"]]
