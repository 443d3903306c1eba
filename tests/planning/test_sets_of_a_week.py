"""The sets of one week and the size of a session, each step by itself. The numbers are written down once more."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from situations import adjusted, outlook_of, prescribed, record, situation_of
from stridewise.documents.shape import Range
from stridewise.language.dosage import Dosage, Stage
from stridewise.plan.model import Because, Prescription
from stridewise.planning.outlook import Outlook
from stridewise.planning.session_size import FILLED, SHORT, SessionSize, session_size
from stridewise.planning.strength_sets import WeekSets, variants

FOUR = Dosage(sets=Decimal(4), reps=Decimal(10))
PRESS = prescribed("press", FOUR)
HALVED = (Because(rule="stridewise/half-dose", text=""),)


def week(
    *main: Prescription, number: int = 1, outlook: Outlook | None = None, per_set: Any = 1, factor: str = "1", minutes: int = 60
) -> WeekSets:
    library = {one.exercise: record(one.exercise, minutes_per_set=Decimal(str(per_set))) for one in main}
    situation = situation_of({"session_minutes": [minutes]}, exercises=library, sets_factor=Decimal(factor))
    return WeekSets(situation, main, number, outlook or outlook_of())


def sets(one: Prescription, **more: Any) -> Decimal:
    return week(one, **more).of(one)


@pytest.mark.parametrize(
    ("number", "phase", "is_lighter"),
    [
        (4, "base", True),
        (8, "build", True),
        (12, "off_season", True),
        (4, "", True),
        (4, "taper", False),
        (4, "race_week", False),
        (4, "recovery", False),
        (3, "base", False),
        (5, "base", False),
        (2, "base", False),
        (1, "base", False),
    ],
)
def test_every_fourth_week_of_training_has_a_set_less(number: int, phase: str, is_lighter: bool) -> None:
    outlook = outlook_of(phase=phase)
    assert week(PRESS, number=number, outlook=outlook).is_lighter is is_lighter
    assert sets(PRESS, number=number, outlook=outlook) == (3 if is_lighter else 4)


def test_what_heals_what_warms_up_and_a_single_set_keep_theirs_in_a_lighter_week() -> None:
    one_set = replace(PRESS, dosage=replace(FOUR, sets=Decimal(1)))
    for kept, number in ((replace(PRESS, heals=True), 4), (replace(PRESS, block="warm_up"), 4), (one_set, 1)):
        assert sets(kept, number=4) == number
    assert sets(replace(PRESS, block="core"), number=4) == 3


def test_of_a_range_the_most_and_of_nothing_one() -> None:
    assert sets(replace(PRESS, dosage=replace(FOUR, sets=Range(Decimal(2), Decimal(5))))) == 5
    assert sets(replace(PRESS, dosage=replace(FOUR, sets=None))) == 1


def test_it_is_worked_out_once() -> None:
    held = week(PRESS)
    assert held.of(PRESS) == held.of(replace(PRESS, dosage=replace(FOUR, sets=Decimal(9)))) == 4
    assert held.known == {"press": 4}


# --- what the rules leave ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "factor", "because", "left"),
    [
        ("-50%", "1", (), 2),
        ("-30%", "1", (), 2),
        ("-75%", "1", (), 1),
        ("-95%", "1", (), 1),
        ("", "1", (), 4),
        ("+50%", "1", (), 4),
        ("-50%", "0.5", (), 4),
        ("-75%", "0.5", (), 2),
        ("-25%", "0.5", (), 4),  # the dose has less already
        ("-50%", "1", HALVED, 4),
        ("-75%", "1", HALVED, 2),
        ("-75%", "0.25", HALVED, 4),
        ("-75%", "1", (Because(rule="stridewise/fewer-sets", text=""),), 1),
    ],
)
def test_a_week_takes_of_the_full_dose_what_is_not_taken_already(change: str, factor: str, because: Any, left: int) -> None:
    outlook = outlook_of(adjusted("strength_sets", change=change), adjusted("weekly_distance", change="-90%"))
    assert sets(replace(PRESS, because=because), outlook=outlook, factor=factor) == left


@pytest.mark.parametrize(
    ("full", "factor", "change", "left"),
    [(6, "0.59", "-41%", 6), (6, "0.45", "-70%", 4), (6, "0.56", "-72%", 3), (3, "0.9", "-40%", 2), (5, "0.75", "-40%", 4)],
)
def test_no_set_is_lost_in_a_fraction(full: int, factor: str, change: str, left: int) -> None:
    """Six sets at 45 % are four at 30 %; worked out by way of thirteen and a third they were three."""
    one = replace(PRESS, dosage=replace(FOUR, sets=Decimal(full)))
    assert sets(one, outlook=outlook_of(adjusted("strength_sets", change=change)), factor=factor) == left


def test_rehabilitation_and_the_warm_up_keep_their_sets_whatever_the_calendar_says() -> None:
    outlook = outlook_of(adjusted("strength_sets", change="-50%"))
    assert sets(replace(PRESS, heals=True), outlook=outlook) == 4
    assert sets(replace(PRESS, block="warm_up"), outlook=outlook) == 4
    assert (
        sets(replace(PRESS, block="warm_up", because=HALVED), outlook=outlook_of(adjusted("strength_sets", change="-75%"))) == 4
    )


def test_a_lighter_week_takes_one_of_what_is_left() -> None:
    assert sets(PRESS, number=4, outlook=outlook_of(adjusted("strength_sets", change="-50%"))) == 1


# --- room for stages --------------------------------------------------------------------------------------------------------

STAGED = prescribed("raise", Dosage(sets=Decimal(3), reps=Decimal(12), stages=(Stage(from_week=3, sets=Decimal(5)),)), heals=True)


@pytest.mark.parametrize(
    ("minutes", "staged", "other"),
    [
        (9, 5, 4),  # both fit
        (8, 5, 3),  # the other work gives a set
        (7, 3, 4),  # no room: the first stage stays, and nothing is given
    ],
)
def test_a_stage_holds_where_it_fits_and_other_work_gives_a_set_for_it(minutes: int, staged: int, other: int) -> None:
    held = week(STAGED, PRESS, number=3, minutes=minutes)
    assert (held.of(STAGED), held.of(PRESS)) == (staged, other)


def test_before_its_week_a_stage_changes_nothing() -> None:
    held = week(STAGED, PRESS, number=2, minutes=7)
    assert (held.of(STAGED), held.of(PRESS)) == (3, 4)


def test_the_longest_of_the_sessions_that_take_turns_must_fit() -> None:
    a, b = replace(STAGED, session=("A",)), replace(PRESS, session=("B",))
    assert week(a, b, number=3, minutes=5).of(a) == 5
    assert week(a, b, number=3, minutes=4).of(a) == 3
    both = replace(STAGED, session=("A", "B"))
    assert week(both, b, number=3, minutes=8).of(b) == 3
    assert week(a, number=3, minutes=9, per_set=2).of(a) == 3
    assert week(a, number=3, minutes=10, per_set=2).of(a) == 5


def test_of_one_set_none_is_given() -> None:
    one_set = replace(PRESS, dosage=replace(FOUR, sets=Decimal(1)))
    held = week(STAGED, one_set, number=3, minutes=5)
    assert (held.of(STAGED), held.of(one_set)) == (3, 1)
    assert week(STAGED, one_set, number=3, minutes=6).of(STAGED) == 5


def test_a_warm_up_alone_has_its_stage() -> None:
    """There is no session whose length could be passed."""
    drill = replace(STAGED, block="warm_up", heals=False)
    held = WeekSets(week(STAGED).situation, (), 3, outlook_of())
    assert held.of(drill) == 5


def test_the_sessions_that_take_turns() -> None:
    assert variants([replace(PRESS, session=("B",)), replace(PRESS, session=("A", "B"))]) == ["A", "B"]
    assert variants([]) == []


# --- the size of a session --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "minutes", "exercises"),
    [
        ({}, 30, 5),
        ({"minutes_per_session": [45]}, 45, 5),
        ({"session_minutes": [20], "minutes_per_session": [45]}, 20, 5),
        ({"exercises_at_most": [3]}, 30, 3),
        ({"session_minutes": [25]}, 25, 5),
    ],
)
def test_a_session_has_thirty_minutes_and_five_exercises_unless_it_is_said_otherwise(
    said: Any, minutes: int, exercises: int
) -> None:
    assert session_size(situation_of(said)) == SessionSize(Decimal(minutes), exercises)


def test_what_a_session_may_hold() -> None:
    size = SessionSize(Decimal(40), 4)
    limits = size.limits
    assert (limits.minutes, limits.contacts, limits.main, limits.others) == (40, 60, 4, 2)
    assert (size.enough, Decimal("0.6"), Decimal(10)) == (24, FILLED, SHORT)
