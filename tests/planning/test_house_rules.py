"""Rules about every runner, and exercises that go with others: what a clinic's house rules bring into a plan, what silences them,
and what is said where they cannot be kept."""

from pathlib import Path
from typing import Any

import pytest

from kit import rule
from plans import ASKED, EXERCISES, WEAK, aside, clinic, exercise, meaning, plan, prescribed, refer, session, when_weak
from stridewise.errors import PackError
from stridewise.explain.goal import EXERCISE, PlanGoal
from stridewise.explain.obstacles import obstacles
from stridewise.plan.model import Plan
from stridewise.render.text import render_text

SQUAT = when_weak("squat", {"prescribe": "easy_squat", "priority": "high"})
RUNNER = f"{ASKED}{WEAK}"
NOBODY = f"{ASKED}findings: []\n"


def goes_with(what: Any, name: str = "house", exercise: str = "calm_breath", when: Any = (), **more: Any) -> dict[str, Any]:
    """A house rule: the exercise wherever `what` is planned."""
    return rule(name, when, [{"prescribe": exercise, "wherever_planned": what, **more}], because=f"Our {name} rule.")


def with_time(minutes: int, sessions: int) -> str:
    """The runner with so many minutes a session, and sessions a week."""
    more = f"equipment: [dumbbell], minutes_per_session: {minutes}, sessions_per_week: {sessions}"
    return RUNNER.replace("equipment: [dumbbell]", more)


def reasons(made: Plan, exercise: str) -> list[str]:
    """Why an exercise is planned, in words."""
    return [because.text for one in made.prescriptions if one.exercise == exercise for because in one.because]


# --- for everybody ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["reference", "both"])
def test_a_rule_without_conditions_is_about_every_runner(tmp_path: Path, engine: str) -> None:
    """Whatever is recorded, and it says so: no fact stands behind it."""
    program = clinic(tmp_path, rule("all", [], [{"prescribe": "easy_squat"}], because="We all squat."))
    for text in (RUNNER, NOBODY):
        made = plan(text, program, engine=engine)
        assert prescribed(made) == {"easy_squat"}
        (because,) = [one for one in made.prescriptions[0].because if one.rule == "trial/all"]
        assert because.for_everybody
        assert not because.facts
    assert "for every runner, whatever is recorded" in render_text(made, explain=True)


def test_a_stop_of_all_exercise_silences_a_rule_about_every_runner(tmp_path: Path) -> None:
    """A referral is above every house rule."""
    everybody = rule("all", [], [{"prescribe": "easy_squat"}, {"warn": "Run on.", "level": "info", "about": "running"}])
    program = clinic(tmp_path, everybody, when_weak("seen", refer("emergency", "all_exercise")))
    assert not prescribed(plan(RUNNER, program))
    assert not plan(RUNNER, program).warnings
    assert prescribed(plan(NOBODY, program)) == {"easy_squat"}


def test_a_contraindication_holds_against_a_rule_about_every_runner(tmp_path: Path) -> None:
    everybody = rule("all", [], [{"prescribe": "easy_squat"}])
    no_squat = when_weak("no-squat", {"avoid": "easy_squat", "level": "contraindication"})
    assert not prescribed(plan(RUNNER, clinic(tmp_path, everybody, no_squat)))


# --- what goes with what ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["easy_squat", ["deep_squat", "easy_squat"], {"demand": "knee_flexion", "above": 1}])
def test_a_companion_is_planned_wherever_what_it_goes_with_is(tmp_path: Path, what: Any) -> None:
    """By one name, by several, or by what is asked of the body; and nowhere else."""
    gym = [one if one["id"] != "easy_squat" else exercise("easy_squat", demands={"knee_flexion": 2}) for one in EXERCISES]
    program = clinic(tmp_path, SQUAT, goes_with(what), exercises=gym)
    made = plan(RUNNER, program)
    assert prescribed(made) == {"easy_squat", "calm_breath"}
    assert reasons(made, "calm_breath")[:2] == ["Our house rule.", "Goes with Easy squat."]
    assert not prescribed(plan(NOBODY, program))


def test_what_goes_with_a_new_exercise_does_not_go_with_a_familiar_one(tmp_path: Path) -> None:
    program = clinic(tmp_path, SQUAT, goes_with({"new": True}))
    assert prescribed(plan(RUNNER, program)) == {"easy_squat", "calm_breath"}
    familiar = f"{RUNNER}training: {{current_exercises: [easy_squat]}}\n"
    assert prescribed(plan(familiar, program)) == {"easy_squat"}


def test_a_companion_keeps_the_dose_side_and_block_that_its_rule_gives(tmp_path: Path) -> None:
    more = {"dosage": {"sets": 1, "reps": 4}, "target": "trunk_lateral_control"}
    made = plan(RUNNER, clinic(tmp_path, SQUAT, goes_with("easy_squat", **more)))
    (one,) = [one for one in made.prescriptions if one.exercise == "calm_breath"]
    assert (one.dosage.sets, one.dosage.reps, one.targets) == (1, 4, ("trunk_lateral_control",))


def test_companions_have_companions_and_circles_end(tmp_path: Path) -> None:
    """To the end, whatever the order of the rules."""
    rules = [
        goes_with("easy_squat", "z"),
        goes_with("calm_breath", "y", "arm_row"),
        goes_with("arm_row", "x", "leg_drill"),
        goes_with("arm_row", "w", "calm_breath"),
    ]
    made = plan(RUNNER, clinic(tmp_path / "one", SQUAT, *rules))
    assert prescribed(made) == {"easy_squat", "calm_breath", "arm_row", "leg_drill"}
    assert meaning(made) == meaning(plan(RUNNER, clinic(tmp_path / "two", *reversed(rules), SQUAT)))


def test_a_companion_that_the_clinician_pins_past_a_precaution_keeps_the_word_of_its_rule(tmp_path: Path) -> None:
    careful = when_weak("careful", {"avoid": "calm_breath", "level": "precaution"})
    made = plan(f"{RUNNER}clinician: {{pin: [calm_breath]}}\n", clinic(tmp_path, SQUAT, careful, goes_with("easy_squat")))
    assert prescribed(made) == {"easy_squat", "calm_breath"}
    assert "Our house rule." in reasons(made, "calm_breath")


def test_a_companion_waits_for_the_conditions_of_its_rule(tmp_path: Path) -> None:
    program = clinic(tmp_path, SQUAT, goes_with("easy_squat", when=[{"tightness": "soleus"}]))
    assert prescribed(plan(RUNNER, program)) == {"easy_squat"}
    tight = RUNNER.replace("findings: [", "findings: [{tightness: soleus}, ")
    assert prescribed(plan(tight, program)) == {"easy_squat", "calm_breath"}


@pytest.mark.parametrize("level", ["contraindication", "precaution", "preference"])
def test_what_speaks_against_a_companion_keeps_it_out_and_is_told(tmp_path: Path, level: str) -> None:
    """With the rule that asks for it, and the one that keeps it out."""
    against = when_weak("against", {"avoid": "calm_breath", "level": level}, because="It is too much.")
    made = plan(RUNNER, clinic(tmp_path, SQUAT, goes_with("easy_squat"), against))
    assert prescribed(made) == {"easy_squat"}
    assert aside(made)["calm_breath"].startswith("asked for with Easy squat, but ")
    (told,) = [one for one in made.set_aside if one.exercise == "calm_breath"]
    assert [because.rule for because in told.because] == ["trial/house", "trial/against"]


def test_a_companion_that_a_referral_a_ban_the_kit_or_a_position_rules_out_is_told(tmp_path: Path) -> None:
    """The same vetoes as for any exercise."""
    program = clinic(tmp_path, SQUAT, goes_with("easy_squat", exercise="rope_row"))
    assert aside(plan(RUNNER, program))["rope_row"] == "asked for with Easy squat, but needs cable machine"
    program = clinic(tmp_path, SQUAT, goes_with("easy_squat", exercise="big_hop"), when_weak("seen", refer("routine", "impact")))
    made = plan(RUNNER, program)
    assert prescribed(made) == {"easy_squat"}
    assert "stopped until this has been examined" in aside(made)["big_hop"]
    banned = f"{RUNNER}clinician: {{ban: [calm_breath]}}\n"
    assert "ruled out by the clinician" in aside(plan(banned, clinic(tmp_path, SQUAT, goes_with("easy_squat"))))["calm_breath"]


def test_an_easier_step_stands_in_for_a_companion_that_is_not_earned(tmp_path: Path) -> None:
    """The gate is told and asked for."""
    row = when_weak("row", {"prescribe": "arm_row"})
    made = plan(RUNNER, clinic(tmp_path, row, goes_with("arm_row", exercise="heavy_squat")))
    assert prescribed(made) == {"arm_row", "easy_squat"}
    assert "Show a hinge." in aside(made)["heavy_squat"]
    assert any("heavy_squat" in one.could_change for one in made.missing)


def many(number: int, minutes: float = 3, **more: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """So many exercises, and rules that ask for them."""
    dose = {"rehabilitation": {"sets": 2, "reps": 10}, "control": {"sets": 2, "reps": 10}}
    gym = [exercise(f"move_{n}", minutes_per_set=minutes, dosage=dose) for n in range(number)]
    return gym, [when_weak(f"r{n}", {"prescribe": f"move_{n}", "priority": "medium", **more}) for n in range(number)]


def test_a_companion_pushes_nothing_out(tmp_path: Path) -> None:
    """Where the time is full of rehabilitation it stays out, and the plan says so."""
    gym, rules = many(5, goal="rehabilitation")
    text = with_time(30, 1)
    before = plan(text, clinic(tmp_path / "before", *rules, exercises=[*EXERCISES, *gym]))
    made = plan(text, clinic(tmp_path / "after", *rules, goes_with("move_1"), exercises=[*EXERCISES, *gym]))
    assert len(prescribed(before)) == 5
    assert made.prescriptions == before.prescriptions
    assert aside(made)["calm_breath"] == "asked for with Move 1, but there is no room left for it in 30 minutes"


def test_the_later_sets_of_rehabilitation_keep_their_time(tmp_path: Path) -> None:
    """What a stage comes to take is not given away in the first week."""
    stages = {"sets": 2, "reps": 10, "stages": [{"from_week": 3, "sets": 8}]}
    gym = [exercise("move", minutes_per_set=3, dosage={"rehabilitation": stages})]
    rules = [when_weak("r", {"prescribe": "move", "goal": "rehabilitation"}), goes_with("move")]
    text = with_time(25, 2)
    assert prescribed(plan(text, clinic(tmp_path, *rules, exercises=[*EXERCISES, *gym]))) == {"move"}
    assert prescribed(plan(with_time(40, 2), clinic(tmp_path, *rules, exercises=[*EXERCISES, *gym]))) == {"move", "calm_breath"}


def test_a_companion_needs_no_place_of_its_own(tmp_path: Path) -> None:
    """The number of exercises is for what is asked for by itself; the minutes hold for all."""
    gym, rules = many(5, minutes=1)
    text = with_time(30, 1)
    made = plan(text, clinic(tmp_path, *rules, goes_with("move_1"), exercises=[*EXERCISES, *gym]))
    assert len(prescribed(made)) == 6


def test_a_companion_stands_in_the_sessions_of_what_it_goes_with(tmp_path: Path) -> None:
    """Where two sessions take turns, in that one alone."""
    gym, rules = many(8, minutes=2)
    text = with_time(30, 2)
    made = plan(text, clinic(tmp_path, *rules, goes_with("move_7"), exercises=[*EXERCISES, *gym]))
    sessions = {one.exercise: one.session for one in made.prescriptions}
    assert sessions["move_7"] == ("B",)
    assert sessions["calm_breath"] == ("B",)


def test_what_fills_the_session_up_brings_its_companion_too(tmp_path: Path) -> None:
    optional = when_weak("filler", {"target": "pull_strength", "priority": "optional", "options": ["arm_row"]})
    made = plan(RUNNER, clinic(tmp_path, SQUAT, optional, goes_with("arm_row")))
    assert prescribed(made) == {"easy_squat", "arm_row", "calm_breath"}


def test_the_warm_up_takes_no_third_drill_with_another(tmp_path: Path) -> None:
    drills = [when_weak("d1", {"prescribe": "leg_drill"}), when_weak("d2", {"prescribe": "standing_drill"})]
    made = plan(RUNNER, clinic(tmp_path, *drills, goes_with("leg_drill", exercise="floor_twist")))
    assert aside(made)["floor_twist"] == "asked for with Leg drill, but the warm-up has 2 drills at most"


def test_why_not_names_what_a_companion_goes_with(tmp_path: Path) -> None:
    made = session(NOBODY, clinic(tmp_path, SQUAT, goes_with("easy_squat")))
    told = [one.text for one in obstacles(made, PlanGoal(EXERCISE, "calm_breath", "Calm breath"))]
    assert told == ["It goes with Easy squat, which is not in the plan."]


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("esay_squat", 'unknown exercise "esay_squat". Did you mean "easy_squat"?'),
        (["easy_squat", "leap"], 'unknown exercise "leap"'),
        ({"demand": "impct"}, 'unknown demand "impct". Did you mean "impact"?'),
        ({"demands": "impact"}, 'unknown key "demands". Did you mean "demand"?'),
        ([], "wherever_planned: the list is empty; name at least one exercise"),
        ("calm_breath", 'wherever_planned: "calm_breath" cannot go with itself'),
        (3, "wherever_planned: expected an exercise, a list of exercises, or a demand"),
    ],
)
def test_a_companion_of_nothing_that_exists_is_refused(tmp_path: Path, what: Any, message: str) -> None:
    """At its line, with the nearest name."""
    with pytest.raises(PackError) as raised:
        clinic(tmp_path, goes_with(what))
    (line,) = str(raised.value).splitlines()
    assert line.startswith("trial/rules/all.yaml:")
    assert message in line
