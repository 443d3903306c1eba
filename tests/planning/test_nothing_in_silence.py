"""What rules ask for and does not come about is told: two doses of one exercise, a prescription against a preference, what waits
behind a gate, and whom a runner is sent to by name."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kit import write_pack
from plans import ASKED, ATLAS, WEAK, aside, clinic, plan, prescribed, vocabulary_pack, when_weak
from stridewise.packs.pack import load_pack
from stridewise.plan.model import Plan
from stridewise.program.builder import build_program
from stridewise.render.formats import render_plans


def dosed(name: str, sets: int, reps: int, because: str, **more: Any) -> dict[str, Any]:
    return when_weak(name, {"prescribe": "easy_squat", "dosage": {"sets": sets, "reps": reps}}, because=because, **more)


def dose_of(made: Plan) -> tuple[Any, Any]:
    (one,) = made.prescriptions
    return one.dosage.sets, one.dosage.reps


FEW, MANY = dosed("many-in-the-alphabet", 2, 5, "Few."), dosed("a-lot", 5, 15, "Many.")
SETTLED = [
    ("the more cautious", {}, {}, (2, 5)),
    ("certainty", {"certainty": "low"}, {"certainty": "high"}, (5, 15)),
    ("strength", {"strength": "strong"}, {"strength": "expert_opinion"}, (2, 5)),
]


@pytest.mark.parametrize(("by", "few", "many", "holds"), SETTLED, ids=[by for by, *_ in SETTLED])
def test_of_two_doses_one_holds_by_a_step_of_the_order_and_the_other_is_told(
    tmp_path: Path, by: str, few: dict[str, str], many: dict[str, str], holds: tuple[int, int]
) -> None:
    """It was the rule that came first in the alphabet, and nobody was told."""
    made = plan(ASKED + WEAK, clinic(tmp_path, {**FEW, **few}, {**MANY, **many}))
    assert dose_of(made) == tuple(map(Decimal, holds))
    (conflict,) = made.conflicts
    assert conflict.settled_by == by
    assert conflict.between == ("trial/a-lot", "trial/many-in-the-alphabet")
    assert "2 × 5" in conflict.text
    assert "5 × 15" in conflict.text


def test_the_dose_of_the_more_specific_rule_holds(tmp_path: Path) -> None:
    narrow = {**MANY, "when": [{"weakness": "soleus"}, {"weakness": "soleus", "grade": "mild"}]}
    made = plan(ASKED + WEAK, clinic(tmp_path, FEW, narrow))
    assert dose_of(made) == (Decimal(5), Decimal(15))
    assert [conflict.settled_by for conflict in made.conflicts] == ["specificity"]


def test_one_dose_that_two_rules_give_is_no_conflict(tmp_path: Path) -> None:
    made = plan(ASKED + WEAK, clinic(tmp_path, FEW, dosed("too", 2, 5, "So."), when_weak("plain", {"prescribe": "easy_squat"})))
    assert made.conflicts == ()


def test_the_sets_that_a_rule_gives_are_kept_where_there_is_time_for_more(tmp_path: Path) -> None:
    assert dose_of(plan(ASKED + WEAK, clinic(tmp_path, FEW))) == (Decimal(2), Decimal(5))


def test_a_preference_that_holds_claims_no_other_exercise(tmp_path: Path) -> None:
    """Nothing else was named, so nothing else suits better; both reasons are told."""
    asks = when_weak("asks", {"prescribe": "easy_squat"}, because="Squats help.")
    against = when_weak("dislikes", {"avoid": "easy_squat", "level": "preference"}, because="Squats bore.")
    made = plan(ASKED + WEAK, clinic(tmp_path, asks, against))
    assert prescribed(made) == set()
    assert aside(made) == {"easy_squat": "less suitable for this runner"}
    (conflict,) = made.conflicts
    assert conflict.text == "Easy squat stays out. For it: Squats help. Against it: Squats bore."


WAITING = [
    ("heavy_squat", when_weak("asks", {"prescribe": "heavy_squat"}), ""),
    ("rope_row", when_weak("asks", {"prescribe": "rope_row"}), ""),
    ("rope_row", when_weak("asks", {"target": "push_strength", "options": ["rope_row"]}), ""),
    ("heavy_squat", when_weak("asks", {"prescribe": "arm_row"}), "clinician: {pin: [{exercise: heavy_squat, reason: wished}]}\n"),
]


@pytest.mark.parametrize(("name", "rule", "pin"), WAITING, ids=["gate", "equipment", "option", "pin"])
def test_what_is_set_aside_keeps_the_reasons_that_ask_for_it(tmp_path: Path, name: str, rule: dict[str, Any], pin: str) -> None:
    made = plan(ASKED + WEAK + pin, clinic(tmp_path, rule))
    (left_out,) = (one for one in made.set_aside if one.exercise == name)
    assert [reason.rule for reason in left_out.because] == ["stridewise/pinned" if pin else "trial/asks"]


FORMATS = ("text", "markdown", "html", "handout", "letter")


def test_a_role_is_called_what_the_vocabulary_calls_it(tmp_path: Path) -> None:
    """Sent to "Dr Jane Bay", not to "sports doctor"."""
    send = {"refer": "sports_doctor", "urgency": "urgent", "stops": "running", "text": "Have the tendon looked at."}
    terms = {"professionals": {"sports_doctor": {"label": "Dr Jane Bay"}}}
    files = {"vocabulary/own.yaml": {"terms": terms}, "rules/all.yaml": [when_weak("sends", send)], "sources.yaml": ATLAS}
    own = load_pack(write_pack(tmp_path / "own", files), shown="own")
    made = plan(ASKED + WEAK, build_program([vocabulary_pack(), own], without_safety=True))
    for form in FORMATS:
        shown = render_plans([made], form)
        assert "Dr Jane Bay" in shown, form
        assert "sports doctor" not in shown, form
