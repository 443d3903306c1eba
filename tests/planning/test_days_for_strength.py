"""Days for strength, with the policy written down once more: which is best, which is none, what is said where a rule breaks."""

from itertools import product

import pytest

from stridewise.planning.week_pattern import Days, Pattern, best_days, order_note

# The order of days, best first, and how much worse each is.
USUAL = {"intervals": 0, "tempo": 0, "strength": 0, "cross": 1, "easy": 1, "": 1, "rest": 4, "long": 6, "race": 20}
WHEN_NEW = {"easy": 0, "cross": 0, "strength": 0, "": 1, "intervals": 2, "tempo": 2, "rest": 4, "long": 6, "race": 20}
KEY = ("long", "intervals", "tempo", "race")
BEFORE = "The day before a key run, because no better day is free. Keep leg work light."
HARD = "On the day of a hard run, because no easier day fits. New exercises are better after an easy run."
REST = "On a rest day, because no running day has room. Keep it short."
LONG = "On the day of the long run: the other days fit even less."


def days(*sessions: str, after: str = "", works_legs: bool = False, is_new: bool = False, closed: tuple[int, ...] = ()) -> Days:
    allowed = tuple(day not in closed for day in range(len(sessions)))
    return Days((*sessions, after), allowed, works_legs, is_new)


@pytest.mark.parametrize("is_new", [False, True])
@pytest.mark.parametrize(("one", "other"), list(product(USUAL, repeat=2)))
def test_of_two_days_the_better_one_is_taken_else_the_first(one: str, other: str, is_new: bool) -> None:
    costs = WHEN_NEW if is_new else USUAL
    better = (2,) if costs[other] < costs[one] else (0,)
    assert days(one, "rest", other, is_new=is_new, closed=(1,)).choose(1).days == better


@pytest.mark.parametrize("is_new", [False, True])
@pytest.mark.parametrize(("session", "key"), list(product(USUAL, KEY)))
def test_the_day_before_a_key_run_is_three_worse_for_work_with_the_legs(session: str, key: str, is_new: bool) -> None:
    """Against a day of each kind, two days later and before nothing."""
    costs = WHEN_NEW if is_new else USUAL
    for other in USUAL:
        week = days(session, key, other, works_legs=True, is_new=is_new, closed=(1,))
        assert week.choose(1).days == ((2,) if costs[other] < costs[session] + 3 else (0,))
        assert week.choose(1).gave_way.get(0, BEFORE) == BEFORE
        light = days(session, key, other, is_new=is_new, closed=(1,))
        assert light.choose(1).days == ((2,) if costs[other] < costs[session] else (0,))


@pytest.mark.parametrize("after", ["easy", "rest", "cross", "strength", ""])
def test_before_any_other_day_nothing_gives_way(after: str) -> None:
    assert days("easy", after=after, works_legs=True).choose(1) == Pattern((0,), {})


def test_an_unknown_session_costs_as_much_as_an_easy_one() -> None:
    assert days("swim", "rest", "easy", closed=(1,)).choose(1).days == (0,)
    assert days("swim", "rest", "intervals", closed=(1,)).choose(1).days == (2,)
    assert days("rest", "easy", "swim", closed=(1,)).choose(1).days == (2,)


@pytest.mark.parametrize(
    ("session", "is_new", "said"),
    [
        ("intervals", True, HARD),
        ("tempo", True, HARD),
        ("intervals", False, ""),
        ("tempo", False, ""),
        ("rest", False, REST),
        ("rest", True, REST),
        ("long", False, LONG),
        ("long", True, LONG),
        ("easy", True, ""),
        ("race", True, ""),
        ("", False, ""),
    ],
)
def test_what_gives_way_is_said(session: str, is_new: bool, said: str) -> None:
    assert days(session, is_new=is_new).choose(1) == Pattern((0,), {0: said} if said else {})
    assert days(session, after="long", works_legs=True, is_new=is_new).choose(1).gave_way == {0: BEFORE}


# --- how many ---------------------------------------------------------------------------------------------------------------

EASY = ("easy",) * 7


@pytest.mark.parametrize(
    ("number", "chosen"),
    [(0, ()), (1, (0,)), (2, (0, 3)), (3, (0, 2, 4)), (4, (0, 2, 4, 6)), (5, (0, 2, 4, 6)), (7, (0, 2, 4, 6))],
)
def test_equal_days_are_spread_over_the_week_and_never_follow_each_other(number: int, chosen: tuple[int, ...]) -> None:
    assert days(*EASY).choose(number).days == chosen
    assert best_days(days(*EASY), number) == days(*EASY).choose(number)


@pytest.mark.parametrize(
    ("closed", "number", "chosen"),
    [
        ((0, 1, 2, 3, 4, 5, 6), 2, ()),
        ((0, 1, 2, 3, 4, 5), 2, (6,)),
        ((0, 1, 2, 5, 6), 2, (3,)),
        ((0, 1, 2, 4, 6), 3, (3, 5)),
        ((3,), 2, (1, 4)),
        ((2, 3, 4), 3, (1, 5)),
        ((2, 4, 5), 3, (1, 3, 6)),
    ],
)
def test_days_on_which_none_may_stand_are_left_and_fewer_are_chosen(
    closed: tuple[int, ...], number: int, chosen: tuple[int, ...]
) -> None:
    assert days(*EASY, closed=closed).choose(number).days == chosen


def test_cheaper_days_come_before_an_even_week() -> None:
    assert days("tempo", "easy", "tempo", "easy", "easy", "easy", "easy").choose(2).days == (0, 2)
    assert days("easy", "easy", "easy", "easy", "tempo", "easy", "tempo").choose(2).days == (4, 6)


@pytest.mark.parametrize("session", ["intervals", "tempo", "long"])
def test_six_hours_lie_between_a_hard_run_and_strength(session: str) -> None:
    assert order_note(session) == "Run first. Do strength at least 6 hours later."


@pytest.mark.parametrize("session", ["easy", "race"])
def test_three_at_least_after_another_run(session: str) -> None:
    assert order_note(session) == "Run first. Do strength 6 hours later if you can, at least 3."


@pytest.mark.parametrize("session", ["rest", "cross", "strength", ""])
def test_without_a_run_no_gap_is_asked_for(session: str) -> None:
    assert order_note(session) == ""
