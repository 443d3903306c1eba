"""On which days strength fits: hard rules always, the best of all combinations, and every soft rule that breaks by name."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stridewise.planning.week_pattern import (
    COST_BEFORE_KEY_RUN,
    COST_OF_DAY,
    COST_WHEN_NEW,
    HARD_RUNS,
    KEY_RUNS,
    WEEKDAYS,
    Days,
    order_note,
)

SESSIONS = ("", "rest", "easy", "long", "intervals", "tempo", "race", "cross", "strength")
WEEK = ["rest", "intervals", "easy", "tempo", "rest", "easy", "long"]  # Monday to Sunday


@st.composite
def weeks(draw: st.DrawFn) -> Days:
    """Up to nine days (a last rest of a plan), with the day after, and days on which nothing may stand."""
    size = draw(st.integers(1, 9))
    return Days(
        sessions=draw(st.lists(st.sampled_from(SESSIONS), min_size=size + 1, max_size=size + 1).map(tuple)),
        allowed=draw(st.lists(st.booleans(), min_size=size, max_size=size).map(tuple)),
        works_legs=draw(st.booleans()),
        is_new=draw(st.booleans()),
    )


def apart(days: Days, size: int) -> list[tuple[int, ...]]:
    """Every way to place that many sessions on allowed, non-consecutive days."""
    free = [day for day, is_allowed in enumerate(days.allowed) if is_allowed]
    return [chosen for chosen in combinations(free, size) if all(later - earlier > 1 for earlier, later in pairwise(chosen))]


def cost(days: Days, chosen: tuple[int, ...]) -> int:
    """What a choice costs, said once more in plain words."""
    costs = COST_WHEN_NEW if days.is_new else COST_OF_DAY
    before_key_run = [day for day in chosen if days.works_legs and days.sessions[day + 1] in KEY_RUNS]
    return sum(costs[days.sessions[day]] for day in chosen) + COST_BEFORE_KEY_RUN * len(before_key_run)


@given(weeks(), st.integers(0, 4))
@settings(max_examples=500, deadline=None)
def test_hard_rules_are_never_broken(days: Days, number: int) -> None:
    """Only allowed days, never two in a row, never more than asked for."""
    chosen = days.choose(number).days
    assert len(chosen) <= number
    assert all(days.allowed[day] for day in chosen)
    assert all(later - earlier > 1 for earlier, later in pairwise(chosen))


@given(weeks(), st.integers(1, 4))
@settings(max_examples=500, deadline=None)
def test_no_combination_is_better(days: Days, number: int) -> None:
    """As many days as fit, and among those the cheapest."""
    chosen = days.choose(number).days
    most = max((size for size in range(number + 1) if apart(days, size)), default=0)
    assert len(chosen) == most
    if most:
        assert cost(days, chosen) == min(cost(days, other) for other in apart(days, most))


@given(weeks(), st.integers(1, 4))
@settings(max_examples=300, deadline=None)
def test_every_soft_break_is_named_and_nothing_else(days: Days, number: int) -> None:
    pattern = days.choose(number)
    breaks = {
        day
        for day in pattern.days
        if days.sessions[day] in ("rest", "long")
        or (days.is_new and days.sessions[day] in HARD_RUNS)
        or (days.works_legs and days.sessions[day + 1] in KEY_RUNS)
    }
    assert set(pattern.gave_way) == breaks
    assert all(said.endswith(".") for said in pattern.gave_way.values())


@given(weeks(), st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_the_same_week_gives_the_same_days(days: Days, number: int) -> None:
    assert days.choose(number) == days.choose(number)


def week(works_legs: bool = True, **more: bool) -> Days:
    return Days((*WEEK, "rest"), (True,) * 7, works_legs, **more)


def weekdays(days: Days, number: int) -> list[str]:
    return [WEEKDAYS[day] for day in days.choose(number).days]


def test_strength_goes_later_on_the_hard_days() -> None:
    assert weekdays(week(), 2) == ["tue", "thu"]


def test_a_new_drill_goes_on_an_easy_day_rather() -> None:
    assert "tue" not in weekdays(Days((*WEEK, "rest"), (True,) * 7, works_legs=False, is_new=True), 1)


def test_the_day_before_a_key_run_is_left_free() -> None:
    """Wednesday is easy, but the tempo run follows; without leg work that does not matter."""
    only = (False, False, True, False, True, False, False)
    assert Days((*WEEK, "rest"), only, works_legs=True).choose(1).days == (2,)  # cheaper than a rest day, and said
    assert Days((*WEEK, "rest"), only, works_legs=True).choose(1).gave_way
    assert not Days((*WEEK, "rest"), only, works_legs=False).choose(1).gave_way


def test_no_day_allowed_is_no_session() -> None:
    assert Days((*WEEK, "rest"), (False,) * 7, works_legs=True).choose(2).days == ()


@pytest.mark.parametrize(("session", "said"), [("intervals", "at least 6 hours later"), ("easy", "at least 3"), ("rest", "")])
def test_the_gap_to_the_run_is_stated(session: str, said: str) -> None:
    note = order_note(session)
    assert said in note
    assert bool(note) == bool(said)
