"""No dose asks for a load that the kit cannot give, and a load in words is never dropped or rewritten."""

from pathlib import Path
from typing import Any

import pytest

from plans import ASKED, WEAK, clinic, exercise, plan, when_weak
from session_rules import dosed
from stridewise.documents.shape import Range
from stridewise.language.dosage import Load
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values

ALLOWED = {"conclude": {"heavy_allowed": "yes"}}
CHOICES = [{"kind": "barbell", "how": "heavy"}, {"kind": "dumbbell", "how": "heavy"}, "body_weight"]


def weights(load: Any, reps: int = 5, **more: Any) -> dict[str, Any]:
    equipment = [["barbell"], ["dumbbell"], ["long_band"], []]
    return exercise("weights", equipment=equipment, dosage={"strength": {"sets": 3, "reps": reps, "load": load}}, **more)


def with_kit(tmp_path: Path, equipment: str, record: dict[str, Any], dosage: dict[str, Any] | None = None) -> Plan:
    """The plan of a lifter for whom a rule prescribes the record."""
    asks = {"prescribe": "weights"} | ({"dosage": dosage} if dosage else {})
    program = clinic(tmp_path, when_weak("asks", asks), when_weak("allows", ALLOWED), exercises=[record])
    return plan(ASKED.replace("[dumbbell]", f"[{equipment}]") + WEAK, program)


def test_the_first_choice_at_hand_holds(tmp_path: Path) -> None:
    assert dosed(with_kit(tmp_path / "a", "barbell, dumbbell", weights(CHOICES)), "weights").load == (
        Load(kind="barbell", how="heavy"),
    )
    assert dosed(with_kit(tmp_path / "b", "", weights(CHOICES)), "weights").load == (Load(kind="body_weight"),)


@pytest.mark.parametrize(
    ("equipment", "laterality", "reps"),
    [
        ("barbell", "bilateral", 5),
        ("dumbbell", "unilateral", 5),
        ("dumbbell", "bilateral", Range),
        ("", "unilateral", Range),
    ],
)
def test_few_repetitions_need_a_bar_or_one_leg_and_a_weight(tmp_path: Path, equipment: str, laterality: str, reps: Any) -> None:
    """With dumbbells on two legs, and with body weight, the sets go to 8–12 and nothing is called heavy."""
    made = with_kit(tmp_path, equipment, weights(CHOICES, laterality=laterality))
    dosage = dosed(made, "weights")
    told = {because.rule for because in made.prescriptions[0].because}
    if reps is Range:
        assert (dosage.reps.min, dosage.reps.max) == (8, 12)
        assert dosage.load[0].how != "heavy"
        assert "stridewise/kit" in told
    else:
        assert dosage.reps == reps
        assert dosage.load[0].how == "heavy"
        assert "stridewise/kit" not in told


def test_a_mini_band_is_no_long_band(tmp_path: Path) -> None:
    """Of two kinds of band only the one the exercise is done with counts."""
    band = [{"kind": "band", "how": "light"}, "body_weight"]
    assert dosed(with_kit(tmp_path / "a", "mini_band", weights(band, 10)), "weights").load[0].kind == "body_weight"
    assert dosed(with_kit(tmp_path / "b", "long_band", weights(band, 10)), "weights").load[0].kind == "band"


def test_a_rules_load_in_words_stands_with_its_repetitions(tmp_path: Path) -> None:
    """Six repetitions against one spring were once 8–12 with "body weight or a light weight"."""
    dosage = dosed(with_kit(tmp_path, "", weights("body_weight", 10), {"reps": 6, "load": "one spring"}), "weights")
    assert dosage.reps == 6
    assert dosage.load == (Load(kind="unknown", note="one spring"),)


def test_the_clinicians_load_is_not_refitted(tmp_path: Path) -> None:
    program = clinic(tmp_path, when_weak("asks", {"prescribe": "weights"}), exercises=[weights("body_weight", 10)])
    retune = "clinician: {retune: [{exercise: weights, dosage: {reps: 4, load: {kind: barbell, how: heavy}}, reason: tested}]}\n"
    dosage = dosed(plan(ASKED + WEAK + retune, program), "weights")
    assert dosage.reps == 4
    assert dosage.load == (Load(kind="barbell", how="heavy"),)


def test_the_json_holds_the_words_and_the_data(tmp_path: Path) -> None:
    values = to_values(with_kit(tmp_path, "barbell", weights(CHOICES)))["prescriptions"][0]
    assert values["dosage"]["load"] == "a heavy barbell"
    assert values["dosage"]["loading"] == {"kind": "barbell", "how": "heavy"}
    assert values["dosage"]["stages"] == []
    assert values["start_from"] is None
