"""The strength sessions of one week, each decision by itself: on which days they stand, how many there are, what each holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from situations import adjusted, outlook_of, prescribed, record, situation_of
from stridewise.language.dosage import Dosage, Load
from stridewise.plan.model import LoadAdjustment, Prescription
from stridewise.planning.running.running import blackout_days
from stridewise.planning.running.weeks import Week
from stridewise.planning.strength_week import StrengthWeek
from stridewise.planning.week_pattern import BEFORE_KEY_RUN, Pattern

MONDAY = date(2026, 11, 23)
THREE = Dosage(sets=Decimal(3), reps=Decimal(10))
HEAVY = Dosage(sets=Decimal(2), reps=Decimal(5), load=(Load(kind="barbell", how="heavy"),))
LIBRARY = {
    "row": record("row"),
    "squat": record("squat", demands={"lower_limb": 2}),
    "curl": record("curl", demands={"lower_limb": 1}),
    "hop": record("hop", demands={"lower_limb": 3}, contacts_per_rep=1, minutes_per_set=Decimal("1.5")),
    "drill": record("drill"),
}
ROW, SQUAT = prescribed("row", THREE), prescribed("squat", HEAVY)
HOP, DRILL = prescribed("hop", THREE, block="plyometric"), prescribed("drill", THREE, block="warm_up")
HEALS = prescribed("curl", replace(THREE, sessions_per_week=Decimal(3)), heals=True)
EASY = ("easy",) * 8


def week(
    *held: Prescription,
    runs: Sequence[str] = EASY,
    length: int = 7,
    race: int | None = None,
    windows: Mapping[int, str] | None = None,
    adjustments: Sequence[LoadAdjustment] = (),
    done: int = 0,
    has_runs: bool = True,
    number: int = 1,
    **said: Any,
) -> StrengthWeek:
    """A week from Monday on; `runs` are its days and the one after, `windows` what holds on a day, `race` its day."""
    dates = tuple(MONDAY + timedelta(day) for day in range(length))
    windows = windows or {}
    outlooks = {
        day: outlook_of(*adjustments, windows=[windows[place]] if place in windows else ()) for place, day in enumerate(dates)
    }
    situation = situation_of({"session_minutes": [60], **said}, exercises=LIBRARY)
    running = SimpleNamespace(
        situation=situation,
        outlooks=outlooks,
        race=None if race is None else MONDAY + timedelta(race),
        has_runs=has_runs,
        session_on=lambda day: runs[(day - MONDAY).days],
        closed=blackout_days(situation),
    )
    return StrengthWeek(cast(Any, running), Week(number, dates, ()), held or (ROW,), done)


def chosen(last: int | None = None, *held: Prescription, **more: Any) -> tuple[int, ...]:
    return week(*held, **more).choose(None if last is None else MONDAY + timedelta(last)).days


# --- on which days --------------------------------------------------------------------------------------------------------


def test_two_sessions_are_usual() -> None:
    assert chosen() == (0, 3)


@pytest.mark.parametrize(("last", "days"), [(None, (0, 3)), (-1, (1, 4)), (-2, (0, 3)), (-7, (0, 3))])
def test_no_session_stands_the_day_after_the_last_of_the_week_before(last: int | None, days: tuple[int, ...]) -> None:
    assert chosen(last) == days


@pytest.mark.parametrize(
    ("more", "days"),
    [
        ({"race": 0}, (1, 4)),
        ({"blackout": ["2026-11-23", "2026-11-26"]}, (1, 4)),
        ({"windows": {0: "clear_days", 3: "clear_days"}}, (1, 4)),
        ({"windows": {0: "no_heavy_legs"}}, (0, 3)),
        ({"available_day": ["mon", "sun"]}, (0, 6)),
        ({"available_day": ["tue"]}, (1,)),
        ({"windows": dict.fromkeys(range(7), "clear_days")}, ()),
    ],
)
def test_none_stands_on_the_race_day_on_clear_days_or_without_time(more: Any, days: tuple[int, ...]) -> None:
    assert chosen(**more) == days


def test_where_only_heavy_leg_work_is_planned_its_window_closes_the_day() -> None:
    closing = {0: "no_heavy_legs", 3: "no_heavy_legs"}
    assert chosen(None, SQUAT, windows=closing) == (1, 4)
    assert chosen(None, SQUAT, ROW, windows=closing) == (0, 3)
    assert chosen(None, replace(SQUAT, dosage=THREE), windows=closing) == (0, 3), "light"
    assert chosen(None, replace(ROW, dosage=HEAVY), windows=closing) == (0, 3), "not the legs"
    assert chosen(None, prescribed("curl", HEAVY), windows=closing) == (1, 4), "any leg work"
    assert chosen(None, DRILL) == (), "a warm-up is no session"


KEY_FIRST = ("easy", "long", "easy", "easy", "easy", "easy", "easy", "easy")


@pytest.mark.parametrize(("held", "days"), [(SQUAT, (3,)), (ROW, (0,)), (HEALS, (0,)), (HOP, (3,))])
def test_before_a_key_run_stands_no_work_with_the_legs(held: Prescription, days: tuple[int, ...]) -> None:
    """Of a demand above 1."""
    only = {"available_day": ["mon", "thu"], "sessions_per_week": [1]}
    plain = replace(held, heals=False, dosage=replace(held.dosage, sessions_per_week=None))
    assert chosen(None, plain, runs=KEY_FIRST, **only) == days


def test_the_day_after_the_week_is_looked_at() -> None:
    assert week(SQUAT, runs=(*["easy"] * 7, "long"), available_day=["sun"]).choose(None).gave_way == {6: BEFORE_KEY_RUN}
    assert week(SQUAT, runs=EASY, available_day=["sun"]).choose(None).gave_way == {}


@pytest.mark.parametrize(
    ("said", "days"), [({"new_exercise_dose": ["half"]}, (2,)), ({}, (0,)), ({"new_exercise_dose": ["x"]}, (0,))]
)
def test_what_is_new_stands_on_an_easy_day(said: Any, days: tuple[int, ...]) -> None:
    runs = ("tempo", "rest", "easy", *["rest"] * 5)
    assert chosen(runs=runs, sessions_per_week=[1], **said) == days


# --- how many -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "left", "heals", "number"),
    [
        ({}, None, None, 2),
        ({"sessions_per_week": [3]}, None, None, 3),
        ({"sessions_per_week": [5]}, None, None, 3),
        ({"sessions_per_week": [1]}, None, None, 1),
        ({"sessions_per_week": [0]}, None, None, 0),
        ({}, 1, None, 1),
        ({}, 0, None, 0),
        ({"sessions_per_week": [3]}, 2, None, 2),
        ({}, 5, None, 2),
        ({}, None, 3, 3),
        ({}, 1, 3, 3),
        ({}, None, 7, 3),
        ({}, 0, 2, 2),
        ({"sessions_per_week": [2]}, 0, 3, 2),
        ({"sessions_per_week": [3]}, 1, 3, 3),
        ({"sessions_per_week": [5]}, 0, 7, 3),
        ({}, 0, None, 0),
    ],
)
def test_so_many_sessions_as_fit_and_rehabilitation_keeps_its_days(
    said: Any, left: int | None, heals: int | None, number: int
) -> None:
    held = [ROW] if heals is None else [replace(HEALS, dosage=replace(THREE, sessions_per_week=Decimal(heals)))]
    adjustments = [] if left is None else [adjusted("strength_sessions", left)]
    assert len(chosen(None, *held, adjustments=adjustments, **said)) == number


def test_rehabilitation_without_a_number_of_days_has_the_usual_ones() -> None:
    held = replace(HEALS, dosage=THREE)
    assert len(chosen(None, held, adjustments=[adjusted("strength_sessions", 0)])) == 2
    assert len(chosen(None, replace(HEALS, heals=False), adjustments=[adjusted("strength_sessions", 0)])) == 0


@pytest.mark.parametrize(("length", "number"), [(1, 1), (2, 1), (3, 1), (5, 1), (6, 2), (7, 2)])
def test_a_part_of_a_week_has_its_share_and_one_at_least(length: int, number: int) -> None:
    assert len(chosen(length=length)) == number


def test_a_part_of_a_week_of_none_has_none_and_of_three_its_share() -> None:
    assert chosen(length=4, sessions_per_week=[0]) == ()
    assert len(chosen(length=4, sessions_per_week=[3])) == 2
    assert len(chosen(length=1, sessions_per_week=[3])) == 1


# --- what a session holds -------------------------------------------------------------------------------------------------


def held_in(one: StrengthWeek, index: int = 0, place: int = 0, gave_way: str = "") -> list[str]:
    return [exercise.exercise for exercise in one.session(index, place, gave_way).exercises]


def test_a_session_tells_what_is_done_and_how_long_it_takes() -> None:
    made = week(ROW, HOP, DRILL, runs=("tempo", *EASY)).session(0, 0)
    assert (made.kind, made.title, made.minutes, made.gave_way) == ("strength", "Strength", Decimal("7.5"), "")
    assert made.note == "Run first. Do strength at least 6 hours later."
    assert [(one.exercise, one.name, one.block, one.sets) for one in made.exercises] == [
        ("hop", "Hop", "plyometric", 3),
        ("row", "Row", "strength", 3),
    ]
    assert held_in(week(ROW, HOP, DRILL, has_runs=False)) == ["drill", "hop", "row"]
    assert week(ROW, DRILL, has_runs=False).session(0, 0).minutes == 3, "the drills take none of it"


def test_a_lighter_week_is_said() -> None:
    made = week(ROW, number=4, runs=("rest",) * 8).session(0, 0)
    assert (made.note, made.exercises[0].sets) == ("A lighter week: one set less.", 2)
    assert week(ROW, number=4).session(0, 0).note == (
        "Run first. Do strength 6 hours later if you can, at least 3. A lighter week: one set less."
    )
    assert week(ROW, number=3, runs=("rest",) * 8).session(0, 0).note == ""


def test_before_a_key_run_heavy_leg_work_stays_out_where_anything_else_is_left() -> None:
    assert held_in(week(SQUAT, ROW), gave_way=BEFORE_KEY_RUN) == ["row"]
    assert held_in(week(SQUAT), gave_way=BEFORE_KEY_RUN) == ["squat"]
    assert held_in(week(SQUAT, ROW), gave_way="Another.") == ["squat", "row"]
    assert week(SQUAT, ROW).session(0, 0, BEFORE_KEY_RUN).gave_way == BEFORE_KEY_RUN


def test_once_the_window_is_closed_no_heavy_leg_work_is_in_the_session_of_that_day() -> None:
    one = week(SQUAT, ROW, windows={3: "no_heavy_legs"})
    assert (held_in(one, 0), held_in(one, 3, 1)) == (["squat", "row"], ["row"])


A, B, BOTH = (replace(ROW, session=("A",)), replace(SQUAT, session=("B",)), replace(HOP, session=("A", "B")))


@pytest.mark.parametrize(
    ("done", "place", "title", "held"),
    [
        (0, 0, "Strength A", ["hop", "row"]),
        (0, 1, "Strength B", ["hop", "squat"]),
        (1, 0, "Strength B", ["hop", "squat"]),
        (1, 1, "Strength A", ["hop", "row"]),
        (3, 0, "Strength B", ["hop", "squat"]),
    ],
)
def test_sessions_take_turns_over_the_weeks(done: int, place: int, title: str, held: list[str]) -> None:
    one = week(A, B, BOTH, done=done)
    assert (one.session(place, place).title, held_in(one, place, place)) == (title, held)


def test_of_three_sessions_each_has_its_turn() -> None:
    one = week(A, B, replace(HOP, session=("C",)), done=1)
    assert [one.session(place, place).title for place in range(3)] == ["Strength B", "Strength C", "Strength A"]


def test_a_week_of_drills_alone_has_a_session_without_a_name() -> None:
    assert week(DRILL, has_runs=False).session(0, 0).title == "Strength"


def test_a_load_in_words_is_heavy_where_the_exercise_is_a_lift() -> None:
    stone = replace(HEAVY, load=(Load(kind="unknown", note="a stone"),))
    assert chosen(None, prescribed("squat", stone), windows={0: "no_heavy_legs", 3: "no_heavy_legs"}) == (0, 3)


def test_an_exercise_for_fewer_days_a_week_stays_out_of_later_ones() -> None:
    once = replace(ROW, dosage=replace(THREE, sessions_per_week=Decimal(1)))
    one = week(once, HOP)
    assert [held_in(one, place, place) for place in (0, 1)] == [["hop", "row"], ["hop"]]
    in_turn = week(replace(once, session=("A",)), replace(HOP, session=("B",)))
    assert held_in(in_turn, 2, 2) == ["row"], "what stands in one of two sessions comes with it"
    both = week(replace(once, session=("A", "B")), replace(HOP, session=("B",)))
    assert held_in(both, 1, 1) == ["hop"]


@pytest.mark.parametrize(("left", "held"), [(None, ["curl", "row"]), (2, ["curl", "row"]), (1, ["curl"]), (0, ["curl"])])
def test_beyond_what_the_rules_leave_rehabilitation_stands_alone(left: int | None, held: list[str]) -> None:
    adjustments = [] if left is None else [adjusted("strength_sessions", left)]
    assert sorted(held_in(week(ROW, HEALS, adjustments=adjustments), 2, 1)) == held


def test_three_sessions_are_the_most_whatever_is_left_unsaid() -> None:
    assert held_in(week(ROW), 6, 3) == []
    assert held_in(week(ROW), 6, 2) == ["row"]


def test_the_sets_and_contacts_of_a_week() -> None:
    one = week(ROW, HOP, SQUAT, windows={3: "no_heavy_legs"})
    sets, contacts = one.totals(Pattern((0, 3)))
    assert (sets, contacts) == (3 + 3 + 2 + 3 + 3, 60)
    assert one.totals(Pattern(())) == (0, 0)
    assert [exercise.sets for exercise in one.planned([SQUAT, ROW])] == [2, 3]


def test_the_sets_of_a_week_leave_out_what_gives_way_before_a_key_run() -> None:
    one = week(ROW, SQUAT)
    pattern = Pattern((0, 3), {3: BEFORE_KEY_RUN})
    held = [one.session(day, place, pattern.gave_way.get(day, "")) for place, day in enumerate(pattern.days)]
    assert one.totals(pattern)[0] == sum(exercise.sets for session in held for exercise in session.exercises) == 3 + 2 + 3
