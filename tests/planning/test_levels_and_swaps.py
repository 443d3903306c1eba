"""What speaks against an exercise, from preference to contraindication, and what stands in its place."""

from itertools import permutations
from pathlib import Path

import pytest

from plans import ASKED, WEAK, aside, clinic, exercise, plan, prescribed, swaps, when_weak
from session_rules import DOES, FALLBACK, SQUAT, avoid


def test_a_contraindication_keeps_out_what_rules_and_clinician_ask_for(tmp_path: Path) -> None:
    """No number of rules outvotes a veto, nor does a pin."""
    asking = [
        when_weak(f"asks-{number}", {"prescribe": "deep_squat"}, strength="strong", certainty="high") for number in range(5)
    ]
    veto = when_weak("forbids", avoid("deep_squat", "contraindication"), strength="expert_opinion", certainty="very_low")
    made = plan(f"{ASKED}{WEAK}clinician: {{pin: [deep_squat]}}\n", clinic(tmp_path, veto, *asking, SQUAT))
    assert "deep_squat" not in prescribed(made)
    reasons = [because.rule for one in (*made.set_aside, *made.swaps) for because in one.because if "deep_squat" in str(one)]
    assert "trial/forbids" in reasons


def test_a_precaution_keeps_out_what_has_another_way(tmp_path: Path) -> None:
    """Where something else covers the target, the exercise in question waits, and it is said."""
    made = plan(ASKED + WEAK, clinic(tmp_path, SQUAT, when_weak("careful", avoid("deep_squat", "precaution"))))
    assert "deep_squat" not in prescribed(made)
    assert "easy_squat" in prescribed(made)
    assert "deep_squat" in aside(made)


def test_a_precaution_gives_way_where_nothing_else_covers_the_target(tmp_path: Path) -> None:
    """It then appears with the reason for care."""
    made = plan(
        ASKED + WEAK,
        clinic(tmp_path, when_weak("row", {"target": "pull_strength"}), when_weak("careful", avoid("arm_row", "precaution"))),
    )
    (one,) = [item for item in made.prescriptions if item.exercise == "arm_row"]
    assert {"trial/careful", "trial/row"} <= {because.rule for because in one.because}


def test_a_pause_gives_way_to_no_target_and_to_a_pin(tmp_path: Path) -> None:
    """A precaution that says until when it holds; a split squat for an irritable tendon once came back for a knee that drifts."""
    pause = when_weak("careful", avoid("arm_row", "precaution", until="it is calm"))
    program = clinic(tmp_path, when_weak("row", {"target": "pull_strength", "priority": "high"}), pause)
    assert "arm_row" not in prescribed(plan(ASKED + WEAK, program))
    assert "arm_row" in prescribed(plan(f"{ASKED}{WEAK}clinician: {{pin: [arm_row]}}\n", program))


def test_a_pin_lifts_a_precaution_in_the_open(tmp_path: Path) -> None:
    """The clinician's pin puts it in, together with the reason for care."""
    program = clinic(tmp_path, SQUAT, when_weak("careful", avoid("deep_squat", "precaution")))
    made = plan(f"{ASKED}{WEAK}clinician: {{pin: [{{exercise: deep_squat, reason: likes it}}]}}\n", program)
    (one,) = [item for item in made.prescriptions if item.exercise == "deep_squat"]
    assert {"stridewise/pinned", "trial/careful"} <= {because.rule for because in one.because}
    assert any("likes it" in because.text for because in one.because)


def test_a_preference_swaps_without_alarm(tmp_path: Path) -> None:
    """A habit is replaced by what suits better, with what that keeps and loses; no warning, no referral."""
    swap = when_weak("prefers", avoid("floor_twist", "preference", "standing_drill", keeps="The warmth.", loses="The stretch."))
    made = plan(DOES, clinic(tmp_path, swap))
    (one,) = made.swaps
    assert (one.avoid, one.instead, one.level, one.keeps, one.loses) == (
        "floor_twist",
        "standing_drill",
        "preference",
        "The warmth.",
        "The stretch.",
    )
    assert (made.warnings, made.referrals, made.status) == ((), (), "ready")
    assert "standing_drill" in prescribed(made)


def test_the_firmest_of_several_levels_holds_with_all_reasons(tmp_path: Path) -> None:
    """Preference, precaution and contraindication on one exercise are a contraindication with three reasons."""
    levels = ("preference", "precaution", "contraindication")
    for order in permutations(levels):
        rules = [when_weak(f"{place}-{level}", avoid("floor_twist", level)) for place, level in zip("abc", order, strict=True)]
        (one,) = plan(DOES, clinic(tmp_path / "-".join(order), *rules)).swaps
        assert (one.level, one.instead) == ("contraindication", None)
        assert {because.rule for because in one.because} == {
            f"trial/{place}-{level}" for place, level in zip("abc", order, strict=True)
        }


def test_a_demand_keeps_out_all_exercises_that_make_it(tmp_path: Path) -> None:
    """`above` is a strict bound."""
    rules = [when_weak("bend", avoid({"demand": "knee_flexion", "above": above}, "contraindication")) for above in (2, 3)]
    pinned = f"{ASKED}{WEAK}clinician: {{pin: [deep_squat]}}\n"
    made = [plan(pinned, clinic(tmp_path / str(number), one)) for number, one in enumerate(rules)]
    assert ["deep_squat" in prescribed(one) for one in made] == [False, True]


def test_the_first_replacement_that_nothing_speaks_against_is_taken(tmp_path: Path) -> None:
    """`instead` is an order; a veto, a ban or a precaution on the first leads to the second."""
    assert swaps(plan(DOES, clinic(tmp_path / "a", FALLBACK))) == {"floor_twist": "standing_drill"}
    for level in ("precaution", "contraindication"):
        against = when_weak("against", avoid("standing_drill", level))
        assert swaps(plan(DOES, clinic(tmp_path / level, FALLBACK, against)))["floor_twist"] == "leg_drill"
    banned = f"{DOES}clinician: {{ban: [standing_drill]}}\n"
    assert swaps(plan(banned, clinic(tmp_path / "b", FALLBACK)))["floor_twist"] == "leg_drill"


def test_a_preference_without_a_replacement_lets_the_habit_stay(tmp_path: Path) -> None:
    """Nothing better at hand is no reason to take something away; it is said."""
    none = when_weak("none", avoid("standing_drill", "contraindication"), avoid("leg_drill", "contraindication"))
    made = plan(DOES, clinic(tmp_path, FALLBACK, none))
    assert "floor_twist" not in swaps(made)
    assert "stays for now" in aside(made)["floor_twist"]


@pytest.mark.parametrize("level", ["precaution", "contraindication"])
def test_a_firmer_level_takes_away_without_a_replacement(tmp_path: Path, level: str) -> None:
    """What is not safe goes, whether or not something can stand in."""
    made = plan(DOES, clinic(tmp_path, when_weak("away", avoid("floor_twist", level))))
    assert swaps(made) == {"floor_twist": None}
    assert "floor_twist" not in prescribed(made)


@pytest.mark.parametrize("names", [("a-first", "z-last"), ("z-last", "a-first")])
def test_the_replacements_of_the_firmest_rule_come_first(tmp_path: Path, names: tuple[str, str]) -> None:
    """Safety before taste, whatever the rules are called: the veto's own replacement is taken."""
    taste, veto = names
    rules = [
        when_weak(taste, avoid("floor_twist", "preference", "standing_drill", keeps="Taste.")),
        when_weak(veto, avoid("floor_twist", "contraindication", "leg_drill", keeps="Safety.")),
    ]
    (one,) = plan(DOES, clinic(tmp_path, *rules)).swaps
    assert (one.instead, one.level, one.keeps) == ("leg_drill", "contraindication", "Safety.")


def test_what_nobody_does_or_asks_for_is_not_swapped(tmp_path: Path) -> None:
    """An avoidance of something foreign to the runner makes no swap, but what a rule names is said."""
    made = plan(ASKED + WEAK, clinic(tmp_path, FALLBACK))
    assert made.swaps == ()
    assert "standing_drill" not in prescribed(made)


def test_a_swap_says_what_the_record_says_it_keeps_and_loses(tmp_path: Path) -> None:
    """What the replacement's own record knows of this swap comes before the rule's words."""
    known = {"for": "floor_twist", "keeps": "Own keeps.", "loses": "Own loses."}
    exercises = [exercise("floor_twist", target="", block="warm_up"), exercise("standing_drill", block="warm_up", swaps=[known])]
    made = plan(
        DOES,
        clinic(
            tmp_path,
            when_weak("p", avoid("floor_twist", "preference", "standing_drill", keeps="K.", loses="L.")),
            exercises=exercises,
        ),
    )
    assert [(one.keeps, one.loses) for one in made.swaps] == [("Own keeps.", "Own loses.")]
