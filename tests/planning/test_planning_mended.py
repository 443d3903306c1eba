"""What a physiotherapist sent back: problems of planning found by reading the golden plans, each with its smallest case."""

from decimal import Decimal
from pathlib import Path

from plans import DAY, HEAD, SCREEN, plan, prescribed, swaps
from stridewise.documents.shape import Range
from stridewise.plan.model import Plan
from stridewise.planning.dosage import top

GOLDEN = Path(__file__).parents[1] / "golden"
SCREENED = f"{HEAD}{SCREEN}\n"


def golden(name: str) -> Plan:
    return plan((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"), as_of=DAY)


def main_count(made: Plan) -> int:
    """The exercises of the fuller session, the warm-up apart."""
    return max(sum(one.block != "warm_up" and name in one.session for one in made.prescriptions) for name in ("A", "B"))


def test_pins_stay_within_the_caps_or_are_set_aside() -> None:
    pins = "[plank, side_plank, dead_bug, bird_dog, glute_bridge, push_up, wall_sit]"
    made = plan(f"{SCREENED}goal: {{kind: prevention}}\nclinician: {{pin: {pins}}}\n")
    assert main_count(made) <= 5


def test_half_an_hour_holds_at_most_five_exercises_besides_the_warm_up() -> None:
    made = plan(f"{SCREENED}findings: [weak hamstrings, weak core, weak calves, weak quads, weak glute med, tight hip flexors]\n")
    assert main_count(made) <= 5


def test_stand_ins_fit_into_the_session() -> None:
    made = plan(
        f"{SCREENED}goal: {{kind: symptom}}\nconstraints: {{equipment: [], minutes_per_session: 8}}\n"
        "diagnosis: [{condition: patellofemoral_pain, side: left, irritability: high}, {condition: disc_or_radicular_pain},"
        " {condition: achilles_tendinopathy, side: left, irritability: high}]\n"
        "training: {current_exercises: [goblet_squat, crunch, single_leg_calf_raise]}\n"
    )
    assert all((one.minutes or 0) <= 8 for day in made.schedule for one in day.sessions if one.kind == "strength")


def test_the_running_taper_does_not_come_back_up() -> None:
    kilometres = [day.totals.running_km for day in golden("race_in_3_weeks").schedule if day.totals]
    assert kilometres == sorted(kilometres, key=lambda one: one or 0, reverse=True)


def test_the_week_says_what_its_load_adjustment_says() -> None:
    made = golden("race_in_1_week")
    adjusted = next(one.to for one in made.load_adjustments if one.metric == "weekly_distance")
    totals = made.schedule[0].totals
    assert totals is not None
    assert adjusted is not None
    assert totals.running_km is not None
    assert totals.running_km <= adjusted + 1


def test_a_later_taper_week_has_fewer_sets() -> None:
    weeks = [day for day in golden("race_in_8_weeks").schedule if day.totals]
    by_phase = {day.phase: day.totals for day in weeks}
    before, taper = by_phase["specific"], by_phase["taper"]
    assert before is not None
    assert taper is not None
    assert taper.sets < before.sets


def test_a_session_that_gave_way_before_a_key_run_holds_no_heavy_lift() -> None:
    made = golden("off_season_experienced")
    light = [one for day in made.schedule for one in day.sessions if "keep the legs light" in one.gave_way]
    assert not [one for one in light if "trap_bar_deadlift" in {item.exercise for item in one.exercises}]


def test_a_stand_in_keeps_the_dose_of_the_rule_that_prescribes_it() -> None:
    made = golden("insertional_achilles")
    assert swaps(made)["single_leg_calf_raise"] == "standing_calf_raise"
    calf = next(one for one in made.prescriptions if one.exercise == "standing_calf_raise")
    assert "flat floor" in calf.dosage.note


def test_an_added_dumbbell_is_an_outside_load() -> None:
    made = plan(
        "schema: 1\nrunner: {ref: R-1}\nrecorded: 2026-11-21\n" + SCREEN + "\ngoal: {kind: performance}\n"
        "training: {strength: {experience_months: 30}, current_exercises: [single_leg_calf_raise]}\n"
        "constraints: {equipment: [dumbbell]}\n"
    )
    calf = next(one for one in made.prescriptions if one.exercise == "single_leg_calf_raise")
    assert isinstance(calf.dosage.reps, Range)
    assert calf.dosage.reps.min >= 8


def test_a_dose_held_back_does_not_promise_six_repetitions() -> None:
    made = plan(
        f"{SCREENED}training: {{strength: {{experience_months: 2}}}}\n"
        "diagnosis: [{condition: achilles_tendinopathy, side: left}]\n"
    )
    stages = [stage for one in made.prescriptions for stage in one.dosage.stages]
    assert stages
    assert not [stage for stage in stages if stage.reps is not None and top(stage.reps, Decimal(0)) < 8]


def test_at_most_two_sessions_does_not_speak_against_going_to_two() -> None:
    weeks = [day.totals for day in golden("masters_runner").schedule if day.totals and day.phase == "taper"]
    assert {totals.strength_sessions for totals in weeks} == {2}


def test_what_no_rule_asked_for_is_not_set_aside_by_name() -> None:
    named = {one.exercise for one in golden("osteoporosis").set_aside}
    assert "power_clean" not in named


def test_equipment_is_told_where_it_is_what_lacks() -> None:
    made = golden("short_sessions_no_equipment")
    reasons = {one.exercise: one.reason for one in made.set_aside}
    assert "needs first" not in reasons.get("trap_bar_deadlift", "")


def test_the_longest_run_is_no_longer_than_the_week() -> None:
    for day in golden("patellofemoral_flare").schedule:
        if day.totals and day.totals.running_km is not None and day.totals.longest_run_km is not None:
            assert day.totals.longest_run_km <= day.totals.running_km


def test_a_retest_reads_as_words() -> None:
    assert not [one for one in golden("off_season_experienced").review.retest if one.rstrip().endswith(":")]


def test_a_drill_that_stands_in_does_not_push_out_a_lift_that_is_earned() -> None:
    made = plan(
        f"{SCREENED}training: {{strength: {{experience_months: 8}}}}\nfindings: [weak glute max, rounded back in hinge]\n"
        "constraints: {equipment: [bench, dumbbell]}\n"
    )
    assert "hip_thrust" in prescribed(made)
