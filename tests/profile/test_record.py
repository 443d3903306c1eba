"""What a record holds beside findings: each is a typed place, each is a fact, and nothing of it is lost."""

import pytest

from plans import ASKED, HEAD, intake, minimal, mistakes, plan, taken, values
from stridewise.profile.paths import LEAVES


@pytest.mark.parametrize(
    ("sections", "kind", "value"),
    [
        ("goal: {}\nsafety: {blood_pressure: {systolic: 150, diastolic: 95}}", "systolic_pressure", 150),
        ("goal: {}\nsafety: {blood_pressure: {systolic: 150, diastolic: 95}}", "diastolic_pressure", 95),
        ("goal: {}\nsafety: {pelvic_floor: [leakage]}", "pelvic_floor_symptom", "leakage"),
        ("training: {cadence: 172}", "cadence", 172),
        ("training: {cross_training_hours: 3}", "cross_training_hours", 3),
        ("training: {shoes_changed_weeks_ago: 2}", "shoes_changed_weeks_ago", 2),
        ("goal: {}\nscores: [{visa_a: 61, date: 2026-11-01}, VISA-P 55]", "visa_p", 55),
        ("goal: {}\nscores: [{lefs: 62}]", "lefs", 62),
        ("surgery: [{part: knee_other, side: left, date: 2026-05-20, limits: no pivoting}]", "surgery", "knee_other"),
        ("diagnosis: [{other: plica syndrome, region: medial_knee, tissue: joint}]", "other_diagnosis", "plica syndrome"),
    ],
)
def test_a_place_states_its_fact(sections: str, kind: str, value: object) -> None:
    assert set(values(minimal(sections), kind)) == {value}


def test_the_runner_is_more_than_an_age() -> None:
    text = "schema: 1\nrunner: {ref: R, height: 1.7 m, mass: 150 lb, dominant_leg: r, menopause: peri}\ngoal: {}\n"
    facts = {fact.kind: fact.value for fact in intake(text).facts}
    assert facts["height"] == 170
    assert round(float(facts["body_mass"])) == 68
    assert (facts["dominant_leg"], facts["menopause_stage"]) == ("right_leg", "perimenopause")


def test_the_date_of_an_operation_is_months() -> None:
    (fact,) = taken(minimal("recorded: 2026-11-20\nsurgery: [{part: hip, side: left, date: 2026-05-20}]"), "surgery")
    assert fact.get("months_ago") == 6
    assert "lies after the day" in mistakes(minimal("surgery: [{part: hip, date: 2027-05-20}]"))[0]
    assert "not both" in mistakes(minimal("surgery: [{part: hip, date: 2026-05-20, months_ago: 2}]"))[0]


def test_a_diagnosis_outside_the_list_spares_its_region() -> None:
    """No new load on it, and the reason names it."""
    made = plan(f"{ASKED}diagnosis: [{{other: plica syndrome, region: anterior_knee}}]\n")
    assert any("no guidance here for this pain: front of the knee" in notice for notice in made.notices)
    assert "split_squat" not in [item.exercise for item in made.prescriptions]
    assert "needs its region" in mistakes(minimal("diagnosis: [{other: plica syndrome}]"))[0]


def test_the_worst_pain_counts_where_no_other_number_is_known() -> None:
    pain = taken(minimal("symptoms: [{pain: achilles, side: left, worst: 7, best: 1}]"), "pain")
    assert [fact.get("intensity") for fact in pain] == [7]
    both = taken(minimal("symptoms: [{pain: achilles, side: left, worst: 7, intensity: 3}]"), "pain")
    assert [fact.get("intensity") for fact in both] == [3]


@pytest.mark.parametrize("code", ["007", "12E4", "0815", "R-1", "1_000"])
def test_a_code_stays_as_it_is_typed(code: str) -> None:
    assert intake(f"schema: 1\nrunner: {{ref: {code}}}\ngoal: {{}}\n").runner == code


@pytest.mark.parametrize("path", [path for path, leaf in LEAVES.items() if path not in ("schema", "runner", "runner.ref")])
def test_a_blank_says_nothing(path: str) -> None:
    """Wherever it stands, a key without a value is as if it were left out."""
    lines = ["schema: 1", "runner: {ref: R}", "goal: {}"]
    *steps, last = path.split(".")
    if steps[:1] == ["runner"]:
        lines[1] = f"runner: {{ref: R, {last}: }}"
    elif path.startswith("goal"):
        lines[2:] = [f"goal: {{{last}: }}" if steps else "goal:", "findings: []"]
    else:
        text = f"{last}:"
        for step in reversed(steps):
            text = f"{step}: {{{text.rstrip()} }}"
        lines.append(text)
    found = intake("\n".join(lines) + "\n")
    assert {fact.kind for fact in found.facts} <= {"condition"}


def test_what_was_denied_stands_in_the_letter() -> None:
    made = plan(f"{HEAD}findings: [fever, no night pain, no swelling]\nsymptoms: [medial shin pain left 4/10]\n")
    assert {"no night pain", "no swelling"} <= set(made.story.negatives)
