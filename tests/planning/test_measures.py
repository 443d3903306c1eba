"""Every recorded test moves something: each is read by a rule, and a low result changes dose, choice, gate, warning or review."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from plans import HEAD, ROOT, SCREEN, built_in, plan
from stridewise.language.condition import Condition
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values

MEASURES = ROOT / "rules" / "stridewise_rules" / "vocabulary" / "vocabulary" / "measures.yaml"
KIT = "constraints: {equipment: [dumbbell, step], minutes_per_session: 45}\n"
SPRAIN = "history: [{injury: ankle_sprain, side: left, months_ago: 5}]\n"
SQUATS = "training: {strength: {experience_months: 12}}\nclinician: {pin: [single_leg_squat]}\n"
PARTS = ("prescriptions", "swaps", "set_aside", "warnings", "referrals")
# A result that a clinician would act on, and what has to stand beside it.
LOW: dict[str, tuple[str, str]] = {
    "heel_raise_reps": ("{heel_raise_reps: 6}", ""),
    "knee_to_wall_cm": ("{knee_to_wall_cm: {left: 7, right: 12}}", ""),
    "single_leg_squat_reps": ("{single_leg_squat_reps: 2}", SQUATS),
    "single_leg_bridge_reps": ("{single_leg_bridge_reps: 5}", ""),
    "hop_distance_cm": ("{hop_distance_cm: {left: 90, right: 140}}", SPRAIN),
    "hop_lsi_percent": ("{hop_lsi_percent: 70, side: left}", SPRAIN),
    "hop_pain": ("{hop_pain: {left: 4, right: 0}}", ""),
    "side_plank_s": ("{side_plank_s: 15}", ""),
    "plank_s": ("{plank_s: 20}", ""),
    "balance_s": ("{balance_s: 4}", ""),
    "strength_mrc": ("{strength_mrc: 4, muscle: hip_flexors, side: left}", ""),
    "pain_free_walk_min": ("{pain_free_walk_min: 30}", "diagnosis: [{condition: hamstring_strain, side: left}]\n"),
    "symptom_free_days": ("{symptom_free_days: 7}", "history: [{health: return_after_illness}]\n"),
    "goblet_squat_kg": ("{goblet_squat_kg: 12}", "clinician: {pin: [goblet_squat]}\n"),
}


def kinds() -> dict[str, Any]:
    """The tests that a profile may hold."""
    written = yaml.safe_load(MEASURES.read_text(encoding="utf-8"))["kinds"]
    return {name: kind for name, kind in written.items() if kind.get("open")}


@cache
def readers() -> dict[str, set[str]]:
    """Kind → the rules and gates that read it; a difference between sides counts for the test it is worked out from."""
    found: dict[str, set[str]] = {}
    for rule in built_in().rules:
        for condition in rule.conditions.present():
            for kind in read_by(condition):
                found.setdefault(kind, set()).add(rule.id)
    return found


def read_by(condition: Condition) -> Iterator[str]:
    yield condition.kind
    if condition.kind == "side_difference":
        yield from (str(value) for part, test in condition.tests if part == "measure" for value in getattr(test, "values", ()))


@pytest.mark.parametrize("measure", kinds())
def test_a_rule_reads_it(measure: str) -> None:
    assert readers().get(measure), f"no rule and no gate reads {measure}"


@pytest.mark.parametrize("measure", kinds())
def test_a_low_result_moves_the_plan(measure: str) -> None:
    """Beyond the review, which lists whatever was measured."""
    finding, beside = LOW[measure]
    assert meaning(planned(f"findings: [{finding}]\n{beside}")) != meaning(planned(beside))


@pytest.mark.parametrize("measure", kinds())
def test_it_is_tested_again(measure: str) -> None:
    finding, beside = LOW[measure]
    label = built_in().vocabulary.kinds[measure].label.partition(":")[0].partition("{")[0].strip()
    assert any(label in one for one in planned(f"findings: [{finding}]\n{beside}").review.retest)


@cache
def planned(rest: str) -> Plan:
    return plan(f"{HEAD}{SCREEN}\n{KIT}goal: {{kind: prevention}}\n{rest}")


def meaning(made: Plan) -> list[Any]:
    """What is done, without the reasons for it."""
    return [[without_reasons(one) for one in to_values(getattr(made, name))] for name in PARTS]


def without_reasons(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in ("because", "assumes")}


def test_the_sides_are_compared_wherever_both_are_on_record() -> None:
    """All but a score, a comparison itself and a nerve question."""
    sided = {name for name, kind in kinds().items() if "side" in kind.get("attributes", {})}
    assert sided - set(built_in().vocabulary.terms["side_measures"]) == {"hop_pain", "hop_lsi_percent", "strength_mrc"}
