"""Each step of a dose by itself: what it leaves, and that it says why. The numbers are written down once more."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from kit import vocabulary_of
from situations import conclude, memory_of, record, situation_of
from stridewise.documents.shape import Range
from stridewise.language.dosage import Dosage, Effort, FromTest, Load, Percentage, Stage
from stridewise.language.exercise import Exercise
from stridewise.language.fact import Fact
from stridewise.planning.dosage import HALF, Dosed, caution, contacts, dosage_in_week, dose, fewest_sets, minutes, top
from stridewise.planning.situation import Situation


def number(value: Any) -> Decimal:
    return Decimal(str(value))


def between(low: int, high: int) -> Range:
    return Range(number(low), number(high))


BODY, BAR, PAIR = Load(kind="body_weight"), Load(kind="barbell", how="heavy"), Load(kind="dumbbell", how="heavy")
TEN = Dosage(sets=number(4), reps=number(10), load=(BODY,), rest_s=number(60))
HEAVY = Dosage(sets=number(4), reps=number(5), load=(BAR,), rest_s=number(180), effort=Effort(left=number(1)))
STEPS = (Stage(from_week=1, sets=number(2)), Stage(from_week=3, sets=number(5), reps=number(6), how="heavy"))
ALLOWED = {"heavy_allowed": ["yes"]}
NEW, NEAR = {}, {"new_exercise_dose": ["half"]}
BARBELL = ("barbell",)
CAP = Fact("repetitions_left", number(4))


def press(first: Dosage = TEN, **more: Any) -> Exercise:
    return record(dosage={"strength": first, **more.pop("goals", {})}, **more)


def runner(*kit: str, retune: Dosage | None = None, factor: str = "1", ruled_out: bool = False, **said: Any) -> Situation:
    retunes = [] if retune is None else [SimpleNamespace(exercise="press", dosage=retune, reason="Sore.")]
    return situation_of(
        {"equipment": kit, **said}, ["equipment"], retunes=retunes, sets_factor=number(factor), is_heavy_ruled_out=ruled_out
    )


def reasons(one: Dosed) -> list[str]:
    return [because.rule.removeprefix("stridewise/") for because in one.because]


def test_where_nothing_speaks_the_record_s_own_dose_stands_without_a_reason() -> None:
    assert dose(runner(), press(), None, None) == Dosed(TEN, "strength", ())


# --- which goal -----------------------------------------------------------------------------------------------------------

GOALS = {"control": replace(TEN, sets=number(1)), "rehabilitation": replace(TEN, sets=number(3))}


@pytest.mark.parametrize(
    ("wanted", "concluded", "goal"),
    [
        (None, [], "strength"),
        ("control", ["rehabilitation"], "control"),
        ("power", [], "strength"),
        (None, ["control", "rehabilitation"], "rehabilitation"),
        (None, ["power", "control"], "control"),
        ("power", ["control"], "control"),
        (None, ["power"], "strength"),
    ],
)
def test_the_goal_asked_for_then_the_most_cautious_concluded_then_the_first(
    wanted: str | None, concluded: list[str], goal: str
) -> None:
    found = dose(runner(dose_goal=concluded), press(goals=GOALS), wanted, None)
    assert (found.goal, found.dosage.sets) == (goal, {"strength": 4, "control": 1, "rehabilitation": 3}[goal])


def test_a_goal_that_a_rule_concluded_says_which() -> None:
    held = memory_of({"equipment": []}, ["equipment"])
    conclude(held, "clinic/minds", Fact("dose_goal", "control"))
    conclude(held, "clinic/other", Fact("dose_goal", "power"))
    assert reasons(dose(situation_of(held), press(goals=GOALS), None, None)) == ["clinic/minds"]


@pytest.mark.parametrize(
    ("current", "wanted", "goal"),
    [
        ([], "control", "strength"),
        ([], "rehabilitation", "rehabilitation"),
        ([], None, "strength"),
        (["press"], "control", "control"),
        (["press"], None, "rehabilitation"),
    ],
)
def test_what_is_new_near_a_race_has_the_first_dose_unless_it_heals(current: list[str], wanted: str | None, goal: str) -> None:
    near = runner(current_exercise=current, dose_goal=["rehabilitation"], **NEAR)
    assert dose(near, press(goals=GOALS), wanted, None).goal == goal


def test_the_order_of_caution() -> None:
    order = ["rehabilitation", "control", "mobility", "endurance", "power", "strength", "another", None]
    assert [caution(goal) for goal in order] == [0, 1, 2, 3, 4, 5, 6, 6]


# --- how many sets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("factor", "said", "sets", "why"),
    [
        ("1", {}, 4, []),
        ("0.5", {}, 2, ["fewer-sets"]),
        ("0.75", {}, 3, ["fewer-sets"]),
        ("0.7", {}, 2, ["fewer-sets"]),
        ("0.1", {}, 1, ["fewer-sets"]),
        ("1", NEAR, 2, ["half-dose"]),
        ("0.75", NEAR, 2, ["half-dose"]),
        ("0.25", NEAR, 1, ["half-dose"]),
        ("0.75", {**NEAR, "current_exercise": ["press"]}, 3, ["fewer-sets"]),
        ("1.2", {}, 4, []),
    ],
)
def test_fewer_sets_are_taken_once_by_the_strictest(factor: str, said: Any, sets: int, why: list[str]) -> None:
    found = dose(runner(factor=factor, **said), press(), None, None)
    assert (found.dosage, reasons(found)) == (replace(TEN, sets=number(sets)), why)
    assert number("0.5") == HALF


def test_the_half_dose_rests_on_what_a_rule_concluded() -> None:
    (because,) = dose(runner(**NEAR), press(), None, None).because
    assert because.facts == (("new_exercise_dose", "half"),)


def test_of_a_range_the_most_is_shared_and_every_step_with_it() -> None:
    staged = replace(TEN, sets=between(2, 5), stages=(Stage(from_week=2, sets=between(4, 6)), Stage(from_week=4, reps=number(9))))
    found = dose(runner(factor="0.5"), press(staged), None, None).dosage
    assert found.sets == 2
    assert [stage.sets for stage in found.stages] == [3, None]


def test_a_dose_without_sets_and_one_that_heals_keep_theirs() -> None:
    held = replace(TEN, sets=None)
    assert dose(runner(factor="0.5"), press(held), None, None) == Dosed(held, "strength", ())
    healing = dose(runner(factor="0.25", **NEAR), press(goals=GOALS), "rehabilitation", None)
    assert (healing.dosage.sets, healing.because) == (3, ())


# --- kit and heaviness ----------------------------------------------------------------------------------------------------


def test_heavy_sets_stay_where_they_are_allowed_and_possible() -> None:
    assert dose(runner(*BARBELL, **ALLOWED), press(HEAVY), None, None) == Dosed(HEAVY, "strength", ())


@pytest.mark.parametrize(
    ("said", "ruled_out"), [({}, False), ({"heavy_allowed": ["no"]}, False), (ALLOWED, True)], ids=["unsaid", "no", "ruled out"]
)
def test_where_heavy_is_not_allowed_the_sets_are_longer_lighter_and_further_from_the_last(said: Any, ruled_out: bool) -> None:
    found = dose(runner(*BARBELL, ruled_out=ruled_out, **said), press(HEAVY), None, None)
    lighter = (Load(kind="barbell", how="moderate"),)
    assert found.dosage == Dosage(
        sets=number(4), reps=between(8, 12), load=lighter, rest_s=number(90), effort=Effort(left=between(3, 4))
    )
    assert reasons(found) == ["held-back"]
    assert "heavy sets come later" in found.because[0].text


def test_what_is_not_heavy_is_not_held_back() -> None:
    light = replace(TEN, load=(Load(kind="barbell", how="moderate"),))
    assert dose(runner(*BARBELL), press(light), None, None) == Dosed(light, "strength", ())


def test_heavy_by_the_body_alone_cannot_be_made_lighter_and_stays_further_from_the_last() -> None:
    own = replace(HEAVY, load=(Load(kind="body_weight", how="heavy"),))
    found = dose(runner(), press(own), None, None)
    assert found == Dosed(replace(own, effort=Effort(left=between(3, 4))), "strength", ())


STONE = replace(HEAVY, load=(Load(kind="unknown", note="a stone"),))


def test_a_load_in_words_is_heavy_where_the_exercise_is_a_lift() -> None:
    lift = press(STONE, demands={"heavy_load": 3})
    found = dose(runner(), lift, None, None)
    assert (found.dosage.reps, found.dosage.load, reasons(found)) == (between(8, 12), STONE.load, ["held-back"])
    assert dose(runner(), press(STONE), None, None) == Dosed(STONE, "strength", ())
    limited = dose(runner(repetitions_left=[CAP], retune=Dosage(reps=number(5)), **ALLOWED), lift, None, None)
    assert (limited.dosage.reps, reasons(limited)) == (5, ["retuned", "beyond-the-cap"])


def test_light_steps_are_not_held_back() -> None:
    steps = (Stage(from_week=1, sets=number(2)), Stage(from_week=3, sets=number(5), how="light"))
    found = dose(runner(*BARBELL), press(replace(STAGED, stages=steps)), None, None)
    assert (found.dosage.stages, found.because) == (steps, ())


STAGED = replace(HEAVY, sets=number(4), reps=number(10), load=(Load(kind="barbell", how="moderate"),), stages=STEPS)


def test_heavy_steps_come_later_where_heavy_is_not_allowed() -> None:
    found = dose(runner(*BARBELL), press(STAGED), None, None)
    assert reasons(found) == ["held-back"]
    assert "under 8 repetitions, come later" in found.because[0].text
    assert found.dosage.stages == STEPS[:1]
    assert found.dosage.sets == 2, "the first step holds"


def test_heavy_steps_stay_where_the_bar_gives_them() -> None:
    found = dose(runner(*BARBELL, **ALLOWED), press(STAGED), None, None)
    assert (found.dosage.stages, found.dosage.sets, found.because) == (STEPS, 2, ())


@pytest.mark.parametrize(
    ("load", "laterality", "kept"),
    [
        (Load(kind="body_weight"), "bilateral", 1),
        (Load(kind="dumbbell", how="moderate"), "bilateral", 1),
        (Load(kind="dumbbell", how="moderate"), "unilateral", 2),
        (Load(kind="machine", how="moderate"), "bilateral", 2),
    ],
)
def test_steps_whose_load_the_kit_cannot_give_are_left_out(load: Load, laterality: str, kept: int) -> None:
    exercise = press(replace(STAGED, load=(load,)), laterality=laterality)
    found = dose(runner("dumbbell", "machine", **ALLOWED), exercise, None, None)
    assert found.dosage.stages == STEPS[:kept]
    bare = press(replace(STAGED, load=()), laterality=laterality)
    assert dose(runner(**ALLOWED), bare, None, None).dosage.stages == STEPS[:1]


def test_without_the_kit_for_heavy_sets_they_are_longer_and_it_is_said() -> None:
    pairs = replace(HEAVY, load=(PAIR,))
    found = dose(runner("dumbbell", **ALLOWED), press(pairs), None, None)
    assert (found.dosage.reps, found.dosage.load) == (between(8, 12), (Load(kind="dumbbell", how="moderate"),))
    assert reasons(found) == ["kit"]
    longer = dose(runner("dumbbell", **ALLOWED), press(replace(pairs, reps=number(12))), None, None)
    assert reasons(longer) == [], "no fewer repetitions were asked for"


def test_progress_waits_where_a_rule_says_so() -> None:
    found = dose(runner(*BARBELL, progress_waits=["yes"], **ALLOWED), press(STAGED), None, None)
    assert (found.dosage.stages, found.dosage.sets, reasons(found)) == ((), 2, ["progress-waits"])
    assert found.because[0].facts == (("progress_waits", "yes"),)
    assert dose(runner(*BARBELL, progress_waits=["no"], **ALLOWED), press(STAGED), None, None).dosage.stages == STEPS
    assert reasons(dose(runner(progress_waits=["yes"]), press(), None, None)) == []


def test_the_effort_is_capped_after_all_else() -> None:
    found = dose(runner(repetitions_left=[CAP]), press(), None, None)
    assert found.dosage == replace(TEN, effort=Effort(left=number(4)))


def test_a_dose_starts_from_a_test() -> None:
    share = FromTest(test="press_reps", share=Percentage(number("0.5")))
    words = vocabulary_of({"kinds": {"press_reps": {"open": True, "value": {"number": "count"}}}})
    found = dose(situation_of({"press_reps": [12]}, vocabulary=words), press(from_test=share), None, None)
    assert found.start_from is not None
    assert (found.start_from.test, found.start_from.value, found.dosage.reps) == ("press_reps", 12, 6)
    assert reasons(found) == ["from-test"]


# --- the clinician --------------------------------------------------------------------------------------------------------


def test_what_a_rule_overrides_replaces_its_fields_and_the_steps() -> None:
    given = Dosage(sets=number(1), hold_s=number(20), note="Slowly.")
    found = dose(runner(**ALLOWED), press(replace(TEN, stages=STEPS)), None, given)
    assert found.dosage == replace(TEN, sets=number(1), reps=None, hold_s=number(20), note="Slowly.")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (Dosage(sets=number(2)), False),
        (Dosage(reps=number(2)), False),
        (Dosage(hold_s=number(2)), False),
        (Dosage(distance_m=number(2)), False),
        (Dosage(rest_s=number(2)), True),
        (Dosage(tempo="slow"), True),
    ],
)
def test_other_sets_or_another_measure_replace_the_steps(given: Dosage, kept: bool) -> None:
    staged = replace(TEN, stages=(Stage(from_week=3, sets=number(5)),))
    found = dose(runner(), press(staged), None, given).dosage
    assert bool(found.stages) is kept
    assert found.reps == (10 if kept or given.sets is not None else given.reps)


@pytest.mark.parametrize("measure", ["hold_s", "distance_m"])
def test_another_measure_takes_the_place_of_the_record_s_and_its_words_stay(measure: str) -> None:
    own = Dosage(sets=number(2), tempo="Slowly.", note="On a step.", **{measure: number(30)})
    found = dose(runner(), press(own), None, Dosage(reps=number(5)))
    assert found.dosage == Dosage(sets=number(2), reps=number(5), tempo="Slowly.", note="On a step.")


def test_what_the_clinician_retunes_is_the_last_word_and_says_why() -> None:
    found = dose(runner(retune=Dosage(sets=number(6)), factor="0.5"), press(), None, None)
    assert (found.dosage.sets, reasons(found)) == (6, ["fewer-sets", "retuned"])
    assert found.because[-1].text == "Dose set by the clinician: Sore."
    assert reasons(dose(runner(retune=Dosage(sets=number(6))), record("pull", dosage={"strength": TEN}), None, None)) == []


def test_a_retune_past_the_effort_limit_is_kept_and_told() -> None:
    close = Dosage(effort=Effort(left=number(1)))
    found = dose(runner(repetitions_left=[CAP], retune=close), press(), None, None)
    assert (found.dosage.effort, reasons(found)[-1]) == (Effort(left=number(1)), "beyond-the-cap")
    assert found.because[-1].text == "The clinician's dose exceeds the effort limit for this runner."
    far = Dosage(effort=Effort(left=number(5)))
    assert "beyond-the-cap" not in reasons(dose(runner(repetitions_left=[CAP], retune=far), press(), None, None))


def test_of_several_loads_that_are_set_the_first_at_hand_holds() -> None:
    loads = Dosage(load=(Load(kind="barbell"), Load(kind="kettlebell"), BODY))
    assert dose(runner("kettlebell", retune=loads), press(), None, None).dosage.load == (Load(kind="kettlebell"),)
    two = Dosage(load=(Load(kind="barbell"), BODY))
    assert dose(runner("kettlebell", retune=two), press(), None, None).dosage.load == (BODY,)
    one = Dosage(load=(Load(kind="barbell"),))
    assert dose(runner("kettlebell", retune=one), press(), None, None).dosage.load == (Load(kind="barbell"),)


def test_the_steps_that_are_set_start_with_the_first() -> None:
    found = dose(
        runner(retune=Dosage(stages=(Stage(from_week=1, sets=number(1)), Stage(from_week=2, sets=number(9))))),
        press(),
        None,
        None,
    )
    assert found.dosage.sets == 1


# --- what it amounts to ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "sets", "reps", "how"), [(1, 2, 10, "moderate"), (2, 2, 10, "moderate"), (3, 5, 6, "heavy"), (9, 5, 6, "heavy")]
)
def test_a_week_has_what_its_steps_change(week: int, sets: int, reps: int, how: Any) -> None:
    found = dosage_in_week(STAGED, week)
    assert (found.sets, found.reps, found.load[0].how, found.stages) == (sets, reps, how, STEPS)
    assert dosage_in_week(replace(STAGED, load=(BODY,)), week).load == (BODY,), "the body is as heavy as it is"


def test_a_step_may_change_how_long_is_held() -> None:
    held = Dosage(sets=number(2), hold_s=number(20), stages=(Stage(from_week=2, hold_s=number(40)),))
    assert [dosage_in_week(held, week).hold_s for week in (1, 2)] == [20, 40]


@pytest.mark.parametrize(
    ("sets", "goal", "fewest"),
    [
        (3, "strength", 2),
        (2, None, 2),
        (1, "strength", 1),
        (None, "strength", 1),
        (3, "rehabilitation", 3),
        (between(3, 5), "strength", 3),
        (between(1, 5), "rehabilitation", 1),
    ],
)
def test_a_full_session_comes_down_to_two_sets_or_the_lower_end(sets: Any, goal: str | None, fewest: int) -> None:
    amount = sets if isinstance(sets, Range | None) else number(sets)
    assert fewest_sets(Dosage(sets=amount), goal) == fewest


def test_minutes_and_contacts_count_the_most_of_every_range_and_both_sides() -> None:
    hop = record(minutes_per_set=number("1.5"), contacts_per_rep=2, dosage={"strength": TEN})
    most = Dosage(sets=between(2, 3), reps=between(4, 5))
    assert (minutes(hop, most), contacts(hop, most), contacts(hop, replace(most, per_side=True))) == (number("4.5"), 30, 60)
    bare = Dosage(hold_s=number(9))
    assert (minutes(hop, bare), contacts(hop, bare), contacts(hop, replace(bare, per_side=True))) == (number("1.5"), 2, 4)
    assert contacts(replace(hop, contacts_per_rep=0), most) == 0
    assert (top(None, number(7)), top(number(3), number(7)), top(between(1, 2), number(7))) == (7, 3, 2)
