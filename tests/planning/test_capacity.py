"""The dose starts from what the runner can do, stays as far from failure as a rule says, and rises over the weeks."""

from decimal import Decimal
from pathlib import Path

import pytest

from plans import HEAD, SCREEN, WEAK, built_in, clinic, exercise, plan, prescribed, when_weak
from session_rules import dosed
from stridewise.documents.shape import Range
from stridewise.language.dosage import Dosage, Load, Stage
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values
from stridewise.planning.dosage import dosage_in_week, is_heavy
from stridewise.planning.kit import least

SCREENED = f"{HEAD}{SCREEN}\n"
ASKS = "goal: {{kind: performance}}\nconstraints: {{equipment: [{kit}], minutes_per_session: 45}}\nclinician: {{pin: [{pin}]}}\n"


def runner_with(finding: str, pin: str, kit: str = "", months: int | None = None) -> Plan:
    """The plan of a runner with one test on record, for whom the exercise is asked."""
    lifts = "" if months is None else f"training: {{strength: {{experience_months: {months}}}}}\n"
    return plan(SCREENED + ASKS.format(kit=kit, pin=pin) + lifts + f"findings: [{finding}]\n")


def ends(dosage: Dosage) -> tuple[int, int]:
    amount = dosage.reps if dosage.reps is not None else dosage.hold_s
    assert amount is not None
    return (int(amount.min), int(amount.max)) if isinstance(amount, Range) else (int(amount), int(amount))


@pytest.mark.parametrize(("raises", "reps"), [(4, (2, 3)), (6, (3, 4)), (10, (6, 6)), (16, (8, 10)), (19, (8, 12))])
def test_heel_raises_set_the_sets(raises: int, reps: tuple[int, int]) -> None:
    made = runner_with(f"{{heel_raise_reps: {raises}}}", "single_leg_calf_raise")
    assert ends(dosed(made, "single_leg_calf_raise")) == reps
    assert dosed(made, "single_leg_calf_raise").load == (Load(kind="body_weight"),)


@pytest.mark.parametrize("raises", [0, 3])
def test_hardly_any_heel_raises_are_done_on_two_legs(raises: int) -> None:
    made = plan(f"{SCREENED}findings: [{{heel_raise_reps: {raises}}}]\nconstraints: {{equipment: []}}\n")
    assert "standing_calf_raise" in prescribed(made)
    assert "single_leg_calf_raise" not in prescribed(made)


def test_twenty_heel_raises_take_a_weight_or_more_repetitions() -> None:
    loaded = dosed(runner_with("{heel_raise_reps: 20}", "single_leg_calf_raise", "dumbbell"), "single_leg_calf_raise")
    assert loaded.load == (Load(kind="dumbbell", how="light"),)
    bare = dosed(runner_with("{heel_raise_reps: 25}", "single_leg_calf_raise"), "single_leg_calf_raise")
    assert ends(bare) == (12, 15)


def test_a_lifter_with_ten_heel_raises_holds_no_weight() -> None:
    """Six to eight against a heavy dumbbell is more than ten with body weight allow."""
    calf = dosed(runner_with("{heel_raise_reps: 10}", "single_leg_calf_raise", "dumbbell", 36), "single_leg_calf_raise")
    assert calf.load[0].kind == "body_weight"
    assert ends(calf)[1] <= 6


def test_two_sides_that_are_equal_both_stand_behind_the_start() -> None:
    """The reason once named the right side alone."""
    made = runner_with("{heel_raise_reps: {left: 6, right: 6}}", "single_leg_calf_raise")
    one = next(one for one in made.prescriptions if one.exercise == "single_leg_calf_raise")
    (reason,) = [because for because in one.because if because.rule == "stridewise/from-test"]
    assert [fact.fact["side"] for fact in reason.facts] == ["both"]


def test_the_weaker_side_leads_and_is_named() -> None:
    made = runner_with("{heel_raise_reps: {left: 18, right: 6}}", "single_leg_calf_raise")
    one = next(one for one in made.prescriptions if one.exercise == "single_leg_calf_raise")
    assert to_values(one)["start_from"] == {
        "test": "heel_raise_reps",
        "side": "right",
        "value": 6,
        "text": "single-leg heel raises: 6, right",
    }
    assert one.side == "right"
    assert ends(one.dosage) == (3, 4)
    assert any("6" in because.text and because.rule == "stridewise/from-test" for because in one.because)


@pytest.mark.parametrize(
    ("finding", "name", "expected"),
    [
        ("{side_plank_s: 25}", "side_plank", (10, 15)),
        ("{plank_s: 20}", "plank", (10, 15)),
        ("{single_leg_bridge_reps: 8}", "single_leg_glute_bridge", (4, 5)),
        ("{balance_s: 9}", "single_leg_balance", (5, 10)),
    ],
)
def test_every_capacity_sets_its_own_dose(finding: str, name: str, expected: tuple[int, int]) -> None:
    assert ends(dosed(runner_with(finding, name), name)) == expected


def test_a_goblet_squat_starts_at_a_share_of_the_tested_weight() -> None:
    goblet = dosed(runner_with("{goblet_squat_kg: 20}", "goblet_squat", "dumbbell"), "goblet_squat")
    assert goblet.load[0].kg == 14


def test_without_a_test_the_record_holds_and_nothing_starts_from_one() -> None:
    made = runner_with("{weakness: soleus}", "single_leg_calf_raise")
    one = next(one for one in made.prescriptions if one.exercise == "single_leg_calf_raise")
    assert ends(one.dosage) == (8, 12)
    assert one.start_from is None


# --- effort caps ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "how"), [(5, "light"), (4, "moderate"), (7, "light")])
def test_a_cap_holds_the_dose_itself_back_and_says_why(tmp_path: Path, left: int, how: str) -> None:
    """Light work in the referral beside sets with two repetitions left was once printed for high blood pressure."""
    dosage = {"sets": 3, "reps": 5, "load": {"kind": "barbell", "how": "heavy"}, "effort": {"left": 2}}
    heavy = exercise("weights", equipment=[["barbell"]], dosage={"strength": dosage})
    rules = [
        when_weak("asks", {"prescribe": "weights"}),
        when_weak("allows", {"conclude": {"heavy_allowed": "yes"}}),
        when_weak("caps", {"conclude": {"repetitions_left": left, "up_to": 8, "seconds_left": 20, "heaviest": how}}),
    ]
    made = plan(f"{SCREENED}constraints: {{equipment: [barbell]}}\n{WEAK}", clinic(tmp_path, *rules, exercises=[heavy]))
    dosage = dosed(made, "weights")
    assert ends(dosage) == (8, 12)
    assert dosage.load[0].how == how
    assert dosage.effort.left.min == left
    assert any(because.rule.endswith("/caps") for because in made.prescriptions[0].because)


@pytest.mark.parametrize("who", ["runner: {ref: R-1, age: 14}", "runner: {ref: R-1, age: 10}"])
def test_the_young_stay_far_from_failure_in_every_set(who: str) -> None:
    made = plan(
        f"schema: 1\n{who}\nrecorded: 2026-11-21\n{SCREEN}\nfindings: [weak quads, weak glutes, weak calves]\n"
        "constraints: {equipment: [barbell, bench, dumbbell]}\ntraining: {strength: {experience_months: 30}}\n"
    )
    assert made.prescriptions
    for one in made.prescriptions:
        effort = one.dosage.effort
        assert effort is None or effort.how == "easy" or effort.left_s is not None or effort.left.min >= 4, one.exercise
        assert not is_heavy(built_in().exercises[one.exercise], one.dosage)


def test_in_pregnancy_too() -> None:
    made = plan(
        "schema: 1\nrunner: {ref: R-1, age: 31, sex: female}\nrecorded: 2026-11-21\n"
        "safety: {screened: 2026-11-21, red_flags: [], par_q: {any_yes: false}, pregnancy: {weeks: 20}}\n"
        "findings: [weak glutes, weak calves]\nconstraints: {equipment: [dumbbell]}\n"
        "training: {strength: {experience_months: 36}}\n"
    )
    lefts = [one.dosage.effort.left for one in made.prescriptions if one.dosage.effort is not None and one.dosage.effort.left]
    assert lefts
    assert all((left.min if isinstance(left, Range) else left) >= 4 for left in lefts)


# --- stages -----------------------------------------------------------------------------------------------------------


def test_a_dose_is_read_week_by_week() -> None:
    stages = (
        Stage(from_week=1, sets=Decimal(3), reps=Decimal(12)),
        Stage(from_week=3, sets=Decimal(4), reps=Decimal(10)),
        Stage(from_week=5, sets=Decimal(5), how="heavy"),
    )
    dosage = Dosage(sets=Decimal(9), load=(Load(kind="dumbbell"),), stages=stages)
    weeks = [dosage_in_week(dosage, week) for week in (1, 2, 3, 4, 5, 12)]
    assert [week.sets for week in weeks] == [3, 3, 4, 4, 5, 5]
    assert [week.reps for week in weeks] == [12, 12, 10, 10, 10, 10]
    assert weeks[0].load[0].how is None
    assert weeks[-1].load[0].how == "heavy"


def test_the_towel_raise_starts_with_three_sets_not_five() -> None:
    heel = "{condition: plantar_heel_pain, side: left, irritability: moderate}"
    made = plan(f"{SCREENED}diagnosis: [{heel}]\nconstraints: {{equipment: []}}\n")
    towel = dosed(made, "towel_calf_raise")
    assert (towel.sets, towel.reps) == (3, 12)
    assert [(stage.from_week, stage.sets, stage.reps) for stage in towel.stages] == [(1, 3, 12), (3, 4, 10), (5, 5, 8)]


def test_steps_that_nobody_can_load_or_may_lift_are_left_out() -> None:
    """Two legs and a dumbbell give no load for six repetitions; one leg does, for a lifter."""

    def stages(months: int) -> dict[str, tuple[Stage, ...]]:
        made = plan(
            f"{SCREENED}diagnosis: [{{condition: achilles_tendinopathy, side: left}}]\nconstraints: {{equipment: [dumbbell]}}\n"
            f"clinician: {{pin: [single_leg_calf_raise]}}\ntraining: {{strength: {{experience_months: {months}}}}}\n"
        )
        return {one.exercise: one.dosage.stages for one in made.prescriptions if one.dosage.stages}

    lifter, novice = stages(36), stages(2)
    assert [name for name, found in lifter.items() if found[-1].reps == 6] == ["single_leg_calf_raise"]
    assert novice
    assert all(least(stage.reps) >= 8 for found in novice.values() for stage in found)
