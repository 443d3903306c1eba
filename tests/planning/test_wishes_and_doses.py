"""Bans, pins, gates and equipment decide what is planned; races, loads and the clinician how much of it."""

from pathlib import Path

import pytest

from plans import ASKED, HEAD, SCREEN, WEAK, aside, clinic, exercise, plan, prescribed, swaps, when_weak
from session_rules import EVERYTHING, NEAR, PLANNED, SQUAT, avoid, dosed


def test_a_ban_is_a_veto_with_its_reason(tmp_path: Path) -> None:
    """What the clinician rules out is in no plan, whatever rules ask for it."""
    made = plan(
        f"{ASKED}{WEAK}clinician: {{ban: [{{exercise: easy_squat, reason: dislikes}}]}}\n",
        clinic(tmp_path, SQUAT, *PLANNED),
    )
    assert "easy_squat" not in prescribed(made)
    texts = [because.text for one in made.set_aside if one.exercise == "easy_squat" for because in one.because]
    assert any("dislikes" in text for text in texts)


def test_a_pin_does_not_earn_what_is_not_earned(tmp_path: Path) -> None:
    """Behind a gate the nearest easier rung stands in until the gate is passed."""
    pinned = f"{ASKED}{WEAK}clinician: {{pin: [heavy_squat]}}\n"
    program = clinic(tmp_path)
    made = plan(pinned, program)
    assert "heavy_squat" not in prescribed(made)
    assert "easy_squat" in prescribed(made)
    assert "Show a hinge." in aside(made)["heavy_squat"]
    owned = pinned.replace("findings: [", "findings: [{skill: hip_hinge, grade: owned}, ")
    assert "heavy_squat" in prescribed(plan(owned, program))
    learning = pinned.replace("findings: [", "findings: [{skill: hip_hinge, grade: learning}, ")
    assert "heavy_squat" not in prescribed(plan(learning, program))


def test_an_unearned_exercise_asks_for_what_would_earn_it(tmp_path: Path) -> None:
    """The open skill is among the questions, with the exercise it could change."""
    made = plan(f"{ASKED}{WEAK}clinician: {{pin: [heavy_squat]}}\n", clinic(tmp_path))
    assert any(one.fact == {"skill": "hip_hinge"} and "heavy_squat" in one.could_change for one in made.missing)


@pytest.mark.parametrize(("equipment", "there"), [("[]", False), ("[dumbbell]", False), ("[cable]", True), ("unsaid", False)])
def test_only_what_the_equipment_allows_is_planned(tmp_path: Path, equipment: str, there: bool) -> None:
    """Equipment that was not asked counts as none, and that is said."""
    constraints = "" if equipment == "unsaid" else f"constraints: {{equipment: {equipment}}}\n"
    made = plan(f"{HEAD}{SCREEN}\n{constraints}{WEAK}", clinic(tmp_path, when_weak("rope", {"prescribe": "rope_row"})))
    assert ("rope_row" in prescribed(made)) == there
    assert any("Equipment not recorded" in notice for notice in made.notices) == (equipment == "unsaid")
    assert there or "cable" in aside(made)["rope_row"]


@pytest.mark.parametrize(
    ("term", "position"),
    [
        ("kneel", "kneeling"),
        ("kneel", "quadruped"),
        ("lie_prone", "prone"),
        ("lie_supine", "supine"),
        ("hang", "hanging"),
        ("get_to_floor", "supine"),
        ("get_to_floor", "side_lying"),
    ],
)
def test_what_the_runner_cannot_do_is_left_out(tmp_path: Path, term: str, position: str) -> None:
    """A position the runner cannot take rules its exercises out, and the reason is given."""
    program = clinic(tmp_path, when_weak("asks", {"prescribe": "posed"}), exercises=[exercise("posed", position=position)])
    text = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [], cannot: [{term}]}}\n{WEAK}"
    made = plan(text, program)
    assert prescribed(made) == set()
    assert "the runner cannot" in aside(made)["posed"]


def test_who_cannot_jump_gets_no_impact(tmp_path: Path) -> None:
    """Any impact is a jump."""
    text = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [], cannot: [jump]}}\n{WEAK}"
    assert "big_hop" not in prescribed(plan(text, clinic(tmp_path, *PLANNED)))


def test_nothing_is_dropped_silently(tmp_path: Path) -> None:
    """Every exercise that a rule asks for is in the plan, swapped, or set aside with a reason."""
    made = plan(
        ASKED + WEAK,
        clinic(tmp_path, *PLANNED, when_weak("careful", avoid("deep_squat", "precaution"), avoid("arm_row", "contraindication"))),
    )
    told = prescribed(made) | set(aside(made)) | set(swaps(made))
    assert set(EVERYTHING) <= told
    assert all(one.reason for one in made.set_aside)


def test_near_a_race_what_is_new_gets_half_the_sets(tmp_path: Path) -> None:
    """A familiar exercise keeps its sets; without a race nothing is halved."""
    program = clinic(tmp_path, *NEAR, when_weak("asks", {"prescribe": "easy_squat"}))
    race = "race: {in_weeks: 3}\n"
    knows = "training: {current_exercises: [easy_squat]}\n"
    assert dosed(plan(ASKED + WEAK, program), "easy_squat").sets == 3
    halved = plan(ASKED + WEAK + race, program)
    assert dosed(halved, "easy_squat").sets == 1
    assert dosed(plan(ASKED + WEAK + race + knows, program), "easy_squat").sets == 3
    rules = [because.rule for one in halved.prescriptions for because in one.because]
    assert "stridewise/half-dose" in rules


def test_near_a_race_no_new_impact(tmp_path: Path) -> None:
    """A selector of what is new spares what the runner does already."""
    program = clinic(tmp_path, *NEAR, when_weak("asks", {"prescribe": "big_hop"}))
    race = "race: {in_weeks: 2}\n"
    assert "big_hop" in prescribed(plan(ASKED + WEAK, program))
    assert "big_hop" not in prescribed(plan(ASKED + WEAK + race, program))
    assert "big_hop" in prescribed(plan(f"{ASKED}{WEAK}{race}training: {{current_exercises: [big_hop]}}\n", program))


HEAVY = exercise(
    "weights", equipment=[["barbell"]], dosage={"strength": {"sets": 3, "reps": 5, "load": {"kind": "barbell", "how": "heavy"}}}
)
BARBELL = ASKED.replace("dumbbell", "barbell")


def test_heavy_sets_wait_until_they_are_allowed(tmp_path: Path) -> None:
    """Five heavy repetitions become 8 to 12 with some left, with the reason; once allowed they stay."""
    asks = when_weak("asks", {"prescribe": "weights"})
    held = plan(BARBELL + WEAK, clinic(tmp_path / "a", asks, exercises=[HEAVY]))
    assert (dosed(held, "weights").reps.min, dosed(held, "weights").reps.max) == (8, 12)
    assert "stridewise/held-back" in {because.rule for because in held.prescriptions[0].because}
    allowed = when_weak("allows", {"conclude": {"heavy_allowed": "yes"}})
    assert dosed(plan(BARBELL + WEAK, clinic(tmp_path / "b", asks, allowed, exercises=[HEAVY])), "weights").reps == 5


def test_the_clinicians_dose_is_the_last_word(tmp_path: Path) -> None:
    """A retune overrides record and rule, and is told with its reason."""
    text = f"{ASKED}{WEAK}clinician: {{retune: [{{exercise: easy_squat, dosage: {{sets: 1, hold_s: 20}}, reason: sore knee}}]}}\n"
    made = plan(text, clinic(tmp_path, when_weak("asks", {"prescribe": "easy_squat"})))
    dosage = dosed(made, "easy_squat")
    assert (dosage.sets, dosage.hold_s, dosage.reps) == (1, 20, None)
    assert any("sore knee" in because.text for one in made.prescriptions for because in one.because)


def test_beside_the_steps_of_a_dose_nothing_says_that_nothing_gets_harder() -> None:
    """Near a race a rehabilitation dose keeps its steps; every other exercise stays as it is."""
    race, kit = "race: {distance: 10k, date: 2026-12-12}", "constraints: {equipment: [machine, dumbbell]}"
    sore = "diagnosis: [{condition: insertional_achilles_tendinopathy, side: left, irritability: low}]"
    calm = "symptoms: [{pain: achilles_insertion, side: left, intensity: 1, during: run, next_morning: 1}]"
    made = plan(f"{HEAD}{SCREEN}\n{race}\n{kit}\n{sore}\n{calm}\nfindings: [{{heel_raise_reps: 19}}]\n")
    staged = [one for one in made.prescriptions if one.dosage.stages]
    assert 0 < len(staged) < len(made.prescriptions)
    for one in made.prescriptions:
        assert ("Nothing gets harder" in one.progression) != bool(one.dosage.stages)
