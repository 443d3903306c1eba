"""What survives: referrals and vetoes before everything, swaps in their order, adjustments never multiplied, nothing dropped
silently.

The rules and exercises are invented (plans.clinic); what real ones claim stands in the packs' own cases."""

from datetime import date
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import rule
from plans import (
    ASKED,
    DAY,
    HEAD,
    SCREEN,
    WEAK,
    aside,
    clinic,
    exercise,
    minimal,
    plan,
    plan_or_error,
    prescribed,
    refer,
    swaps,
    when_weak,
)
from stridewise.errors import ProfileError
from stridewise.planning.referrals import URGENCIES
from stridewise.planning.stops import STOPS
from stridewise.program.program import Program

DOES = f"{ASKED}training: {{current_exercises: [floor_twist]}}\n{WEAK}"
SQUAT = when_weak("train", {"target": "squat_pattern"})
DRILL = when_weak("drill", {"target": "dynamic_warm_up"})
EVERYTHING = ("easy_squat", "deep_squat", "big_hop", "standing_drill", "leg_drill", "arm_row", "calm_breath")
PLANNED = [when_weak(f"prescribe-{name.replace('_', '-')}", {"prescribe": name}) for name in EVERYTHING]


def avoid(name: str | dict[str, Any], level: str, *instead: str, **more: Any) -> dict[str, Any]:
    """An avoidance."""
    return {"avoid": name, "level": level, "instead": list(instead), **more}


# --- referrals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stops", STOPS)
@pytest.mark.parametrize("urgency", URGENCIES)
def test_refer_first_is_exactly_what_the_contract_says(tmp_path: Path, urgency: str, stops: str) -> None:
    """Stops all exercise, or emergency or same-day, or urgent and stops anything: else the plan is ready."""
    made = plan(ASKED + WEAK, clinic(tmp_path, when_weak("sends", refer(urgency, stops))))
    first = stops == "all_exercise" or urgency in ("emergency", "same_day") or (urgency == "urgent" and stops != "nothing")
    assert made.status == ("refer_first" if first else "ready")
    assert [(one.urgency, one.stops, one.to) for one in made.referrals] == [(urgency, stops, "physician")]


@pytest.mark.parametrize("urgency", URGENCIES)
def test_all_exercise_empties_the_plan(tmp_path: Path, urgency: str) -> None:
    """Neither rules nor pins put an exercise past a referral that stops all exercise."""
    program = clinic(tmp_path, when_weak("sends", refer(urgency, "all_exercise")), *PLANNED)
    made = plan(f"{ASKED}{WEAK}clinician: {{pin: [calm_breath]}}\n", program)
    assert made.prescriptions == ()
    assert made.schedule == ()
    assert made.status == "refer_first"


DEMANDING = {
    "weight_bearing": ("weight_bearing", "impact"),
    "lower_limb": ("lower_limb", "weight_bearing", "impact"),
    "impact": ("impact",),
    "running": ("impact",),
    "nothing": (),
}
LIMBS = [
    exercise(f"with_{name}", block="core", target="balance", demands={name: 1})
    for name in ("weight_bearing", "lower_limb", "impact")
]


@pytest.mark.parametrize("stops", DEMANDING)
def test_a_referral_stops_exercises_by_what_they_ask(tmp_path: Path, stops: str) -> None:
    """The part of the body that is stopped gets no exercise, not even a pinned one; the rest goes on."""
    names = [one["id"] for one in LIMBS]
    program = clinic(tmp_path, when_weak("sends", refer("routine", stops)), exercises=[*LIMBS, exercise("arms", block="core")])
    made = plan(f"{ASKED}{WEAK}clinician: {{pin: [{', '.join([*names, 'arms'])}]}}\n", program)
    assert prescribed(made) == {"arms"} | {name for name in names if name.removeprefix("with_") not in DEMANDING[stops]}
    assert all(name in aside(made) or name in swaps(made) for name in set(names) - prescribed(made))


def test_referrals_stand_in_the_order_of_their_urgency(tmp_path: Path) -> None:
    """The most urgent and the most restrictive first; equal ones merge with both reasons."""
    rules = [
        when_weak("a", refer("routine", "nothing", "Plan a visit.")),
        when_weak("b", refer("emergency", "all_exercise", "Call now.")),
        when_weak("c", refer("same_day", "impact", "Today.")),
        when_weak("d", refer("same_day", "lower_limb", "Today, off the leg.")),
        when_weak("e", refer("routine", "nothing", "Plan a visit.")),
    ]
    made = plan(ASKED + WEAK, clinic(tmp_path, *rules))
    assert [one.text for one in made.referrals] == ["Call now.", "Today, off the leg.", "Today.", "Plan a visit."]
    assert [because.rule for because in made.referrals[-1].because] == ["trial/a", "trial/e"]


# --- the screen -------------------------------------------------------------------------------------------------------


def test_a_profile_without_a_screen_says_so_first() -> None:
    """The first notice and the first question are the safety screen."""
    made = plan(minimal("findings: [weak glutes]"))
    assert made.notices[0].startswith("Safety screen not recorded")
    assert "safety_screen" in made.missing[0].fact


def test_a_screen_without_red_flags_asks_for_them() -> None:
    """A date alone does not say what was asked; the notice comes first."""
    made = plan(minimal("findings: []\nsafety: {screened: 2026-11-21}"))
    assert "red flags count as not asked" in made.notices[0]


@pytest.mark.parametrize("flags", ["[unknown]", "[null]"])
def test_red_flags_of_unknown_count_as_not_asked(flags: str) -> None:
    """Unknown is not "none"."""
    made = plan(minimal(f"findings: []\nsafety: {{screened: 2026-11-21, red_flags: {flags}}}"))
    assert any("red flags count as not asked" in notice for notice in made.notices)


def test_a_plan_without_an_exercise_says_so() -> None:
    """Pain that nothing here treats: an empty plan is no all-clear; where all exercise stops, the referral says it."""
    made = plan(minimal("findings: []\nsymptoms: [{pain: neck}]"))
    assert not made.prescriptions
    assert any(notice.startswith("This plan holds no exercise: no rule asks for one") for notice in made.notices)
    stopped = plan(minimal("findings: []\nsafety: {red_flags: [saddle_numbness]}"))
    assert not any("holds no exercise" in notice for notice in stopped.notices)


def test_a_screen_that_was_held_is_not_asked_again() -> None:
    """With date, flags and PAR-Q nothing of it is asked."""
    made = plan(f"{HEAD}{SCREEN}\nfindings: [weak glutes]\n")
    assert not any("screen" in notice or "PAR-Q" in notice for notice in made.notices)
    assert not {"safety_screen", "red_flag", "par_q"} & {next(iter(one.fact)) for one in made.missing}


@pytest.mark.parametrize("where", ["findings: [{red_flag: saddle_numbness}]", "symptoms: [{red_flag: saddle_numbness}]",
                                   "findings: [saddle numbness]", "safety: {red_flags: [saddle_numbness]}\nfindings: []",
                                   "safety: {screened: 2026-11-21, red_flags: []}\nsymptoms: [saddle numbness]"])  # fmt: skip
def test_a_red_flag_stops_the_plan_wherever_it_stands(where: str) -> None:
    """Recorded among findings or symptoms it weighs as much as in the screen."""
    made = plan(minimal(where))
    assert made.status == "refer_first"
    assert made.prescriptions == ()
    used = [used.fact for one in made.referrals for because in one.because for used in because.facts]
    assert used


def red_flags() -> list[str]:
    """All red flags of the vocabulary."""
    from plans import built_in

    return sorted(built_in().vocabulary.terms["red_flags"])


@pytest.mark.parametrize("flag", red_flags())
def test_no_red_flag_is_ignored(flag: str) -> None:
    """Each of them alone leads to a referral, or at least to a warning; a clearance by name is shown and takes it back."""
    text = f"{HEAD}findings: []\nsafety: {{screened: 2026-11-21, red_flags: [{flag}], par_q: {{any_yes: false}}}}\n"
    made = plan(text)
    assert made.referrals or made.warnings, f"{flag} leads nowhere"
    clear = f'clinician: {{clear: [{{flag: {flag}, by: Dr A, date: 2026-11-20, reason: "examined"}}]}}\n'
    past = plan(text + clear)
    assert past.referrals == ()
    assert any("Cleared by Dr A on 2026-11-20" in notice and "examined" in notice for notice in past.notices)


@pytest.mark.parametrize("follow_up", ["", ", follow_up: not_done", ", follow_up: referred"])
def test_a_par_q_yes_stops_all_exercise(follow_up: str) -> None:
    """Until it is cleared by name and date."""
    made = plan(
        f"{HEAD}findings: [weak glutes]\nsafety: {{screened: 2026-11-21, red_flags: [], par_q: {{any_yes: true{follow_up}}}}}\n"
    )
    assert made.status == "refer_first"
    assert made.prescriptions == ()
    cleared = "par_q: {any_yes: true, follow_up: cleared, by: Dr A, date: 2026-11-14}"
    past = plan(f"{HEAD}findings: [weak glutes]\nsafety: {{screened: 2026-11-21, red_flags: [], {cleared}}}\n")
    assert past.status == "ready"
    assert any("PAR-Q+ yes, cleared by Dr A on 2026-11-14" in notice for notice in past.notices)


# --- levels -----------------------------------------------------------------------------------------------------------


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
        "floor_twist", "standing_drill", "preference", "The warmth.", "The stretch.",
    )  # fmt: skip
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


# --- swaps ------------------------------------------------------------------------------------------------------------


FALLBACK = when_weak("prefers", avoid("floor_twist", "preference", "standing_drill", "leg_drill"))


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


# --- bans, pins, gates, equipment -------------------------------------------------------------------------------------


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


# --- dose -------------------------------------------------------------------------------------------------------------


NEAR = [
    rule(
        "near-race",
        [{"weeks_to_race": "<= 3"}],
        [
            {"conclude": {"new_exercise_dose": "half"}},
            avoid({"demand": "impact", "above": 0, "new": True}, "precaution"),
            avoid({"demand": "heavy_load", "above": 1, "new": True}, "precaution"),
        ],
    )
]


def dosed(made: Any, name: str) -> Any:
    """The dosage of an exercise in a plan."""
    return next(one.dosage for one in made.prescriptions if one.exercise == name)


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


HEAVY = exercise("weights", dosage={"strength": {"sets": 3, "reps": 5, "load": "heavy", "rest_s": 180}})


def test_heavy_sets_wait_until_they_are_allowed(tmp_path: Path) -> None:
    """Five heavy repetitions become 8 to 12 with some left, with the reason; once allowed they stay."""
    asks = when_weak("asks", {"prescribe": "weights"})
    held = plan(ASKED + WEAK, clinic(tmp_path / "a", asks, exercises=[HEAVY]))
    assert (dosed(held, "weights").reps.min, dosed(held, "weights").reps.max) == (8, 12)
    assert "stridewise/held-back" in {because.rule for because in held.prescriptions[0].because}
    allowed = when_weak("allows", {"conclude": {"heavy_allowed": "yes"}})
    assert dosed(plan(ASKED + WEAK, clinic(tmp_path / "b", asks, allowed, exercises=[HEAVY])), "weights").reps == 5


def test_the_clinicians_dose_is_the_last_word(tmp_path: Path) -> None:
    """A retune overrides record and rule, and is told with its reason."""
    text = f"{ASKED}{WEAK}clinician: {{retune: [{{exercise: easy_squat, dosage: {{sets: 1, hold_s: 20}}, reason: sore knee}}]}}\n"
    made = plan(text, clinic(tmp_path, when_weak("asks", {"prescribe": "easy_squat"})))
    dosage = dosed(made, "easy_squat")
    assert (dosage.sets, dosage.hold_s, dosage.reps) == (1, 20, None)
    assert any("sore knee" in because.text for one in made.prescriptions for because in one.because)


# --- load -------------------------------------------------------------------------------------------------------------


def adjusting(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Rules that each adjust a metric."""
    return [when_weak(f"adjust-{number}", {"text": f"Change {number}.", **change}) for number, change in enumerate(changes)]


RUNS = f"{ASKED}training: {{weekly_distance_km: [80, 90], longest_run_km: 20}}\n{WEAK}"
CAUTIOUS = [
    (({"adjust": "weekly_distance", "by": "-50%"}, {"adjust": "weekly_distance", "by": "-50%"}), 45),
    (({"adjust": "weekly_distance", "by": "-50%"}, {"adjust": "weekly_distance", "by": "-20%"}), 45),
    (({"adjust": "weekly_distance", "by": "-10%"}, {"adjust": "weekly_distance", "at_most": "50 km"}), 50),
    (({"adjust": "weekly_distance", "at_most": "50% of mean_weekly_distance"}, {"adjust": "weekly_distance", "by": "-50%"}), 40),
    (({"adjust": "weekly_distance", "to": "20 mi"}, {"adjust": "weekly_distance", "by": "-10%"}), 32.2),
    (({"adjust": "weekly_distance", "at_most": "95 km"}, {"adjust": "weekly_distance", "by": "10%"}), 95),
    (({"adjust": "weekly_distance", "by": "-10 km"}, {"adjust": "weekly_distance", "by": "-5 km"}), 80),
    (({"adjust": "weekly_distance", "by": "-100 km"},), 0),
    (({"adjust": "longest_run", "at_most": "110% of longest_run"},), 22),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "to"), CAUTIOUS)
def test_several_changes_are_never_multiplied(tmp_path: Path, changes: tuple[dict[str, Any], ...], to: float) -> None:
    """The most cautious single one holds; order does not matter, and losing ones are shown as settled."""
    for number, order in enumerate(permutations(changes)):
        made = plan(RUNS, clinic(tmp_path / str(number), *adjusting(*order)))
        (one,) = made.load_adjustments
        assert one.to is not None
        assert float(one.to) == to
        losers = [change for change in changes if change != changes[0]] if len(changes) > 1 else []
        assert len(made.conflicts) == (1 if losers else 0)


def test_a_cap_that_nothing_reaches_changes_nothing(tmp_path: Path) -> None:
    """At most 300 km, for a runner at 90, is no adjustment, and does not speak against ten percent more."""
    cap = {"adjust": "weekly_distance", "at_most": "300 km"}
    assert plan(RUNS, clinic(tmp_path / "alone", *adjusting(cap))).load_adjustments == ()
    (one,) = plan(RUNS, clinic(tmp_path / "both", *adjusting(cap, {"adjust": "weekly_distance", "by": "10%"}))).load_adjustments
    assert one.to == 99


@given(st.lists(st.integers(-100, 50), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_outcome_is_always_one_of_the_proposals(tmp_path_factory: pytest.TempPathFactory, percents: list[int]) -> None:
    """Any number of percentages gives the smallest of them."""
    rules = adjusting(*({"adjust": "weekly_distance", "by": f"{percent}%"} for percent in percents))
    (one,) = plan(RUNS, clinic(tmp_path_factory.mktemp("c"), *rules)).load_adjustments
    assert one.from_ == 90
    assert float(one.to or 0) == pytest.approx(max(0, 90 * (1 + min(percents) / 100)), abs=0.05)


@pytest.mark.parametrize(
    ("change", "said"), [({"by": "-50%"}, "-50%"), ({"at_most": "75% of longest_run"}, "75%"), ({"to": "80%"}, "80%")]
)
def test_an_unknown_base_leaves_the_percentage(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """Without a recorded distance there is no made-up number: from and to are null, the change is said."""
    (one,) = plan(ASKED + WEAK, clinic(tmp_path, *adjusting({"adjust": "longest_run", **change}))).load_adjustments
    assert (one.from_, one.to) == (None, None)
    assert said in one.change


def test_metrics_are_adjusted_one_by_one(tmp_path: Path) -> None:
    """Two metrics are two adjustments."""
    made = plan(
        RUNS, clinic(tmp_path, *adjusting({"adjust": "weekly_distance", "by": "-50%"}, {"adjust": "longest_run", "by": "-20%"}))
    )
    assert [(one.metric, one.to) for one in made.load_adjustments] == [("longest_run", 16), ("weekly_distance", 45)]


@pytest.mark.parametrize("change", [{"to": "5 weeks"}, {"by": "-3 kg"}, {"at_most": "10 s"}])
def test_an_adjustment_in_a_foreign_unit_is_refused_with_the_pack(tmp_path: Path, change: dict[str, Any]) -> None:
    """A distance in weeks is the pack's mistake and is told when the packs are loaded, not in front of a runner."""
    from stridewise.errors import PackError

    with pytest.raises(PackError):
        clinic(tmp_path, *adjusting({"adjust": "weekly_distance", **change}))


# --- warnings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("critical", "others"), [(0, 4), (0, 9), (3, 4), (7, 3)])
def test_at_most_five_warnings_but_every_critical_one(tmp_path: Path, critical: int, others: int) -> None:
    """A critical warning is never dropped; what is left out is counted and named."""
    levels = ["critical"] * critical + ["warning", "info"] * others
    rules = [
        when_weak(f"w-{number}", {"warn": f"Note {number}.", "level": level})
        for number, level in enumerate(levels[: critical + others])
    ]
    made = plan(ASKED + WEAK, clinic(tmp_path, *rules))
    assert sum(one.level == "critical" for one in made.warnings) == critical
    assert len(made.warnings) == max(critical, min(5, len(rules)))
    left_out = len(rules) - len(made.warnings)
    assert any("left out" in notice for notice in made.notices) == (left_out > 0)


def test_equal_warnings_are_one_with_both_reasons(tmp_path: Path) -> None:
    """The reader sees a sentence once."""
    rules = [when_weak(name, {"warn": "Careful.", "level": "warning"}) for name in ("one", "two")]
    (warning,) = plan(ASKED + WEAK, clinic(tmp_path, *rules)).warnings
    assert [because.rule for because in warning.because] == ["trial/one", "trial/two"]


# --- unknowns ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False])
def test_a_pain_region_without_guidance_is_said(tmp_path: Path, known: bool) -> None:
    """ "No guidance here for …": no exercise that loads the region unless the runner does it already."""
    loading = exercise("loading", target="balance", demands={"lower_limb": 1, "weight_bearing": 1, "achilles": 1, "impact": 1})
    program = clinic(tmp_path, when_weak("asks", {"prescribe": "loading"}), exercises=[loading, exercise("arms")])
    current = "training: {current_exercises: [loading]}\n" if known else ""
    made = plan(f"{ASKED}{current}findings: [{{weakness: soleus}}]\nsymptoms: [{{pain: achilles, side: left}}]\n", program)
    assert any(notice.startswith("No guidance here for pain") for notice in made.notices)
    assert ("loading" in prescribed(made)) == known


def test_what_a_rule_takes_for_granted_is_said(tmp_path: Path) -> None:
    """A rule that rests on "no rule concluded it" says so where the concluding rule only lacked a fact."""
    rules = [
        rule("concludes", [{"running_years": "> 5"}], [{"conclude": {"high_mileage": "yes"}}]),
        rule("rests", [{"weakness": "soleus"}, {"absent": {"high_mileage": "yes"}}], [{"prescribe": "easy_squat"}]),
    ]
    program = clinic(tmp_path, *rules)
    made = plan(ASKED + WEAK, program)
    (one,) = made.prescriptions
    assert one.assumes == ("running years not recorded",)
    assert {"running_years": "unknown"} in [missing.fact for missing in made.missing]
    known = plan(f"{ASKED}{WEAK}training: {{running_years: 3}}\n", program)
    assert known.prescriptions[0].assumes == ()
    assert all("running_years" not in missing.fact for missing in known.missing)


def test_what_no_rule_reads_is_listed(tmp_path: Path) -> None:
    """A recorded finding without a rule is shown with its line, not swallowed."""
    made = plan(
        f"{ASKED}findings:\n  - {{weakness: soleus, side: left}}\n  - {{tightness: soleus, side: left}}\nnotes: hello\n",
        clinic(tmp_path, SQUAT),
    )
    unread = {next(iter(one.fact)): one.at for one in made.not_used}
    assert unread["tightness"] == "profile.yaml:8"
    assert unread["notes"] == "profile.yaml:9"
    assert "weakness" not in unread


def test_an_answer_of_no_is_not_listed_as_unread() -> None:
    """PAR-Q "no" and an empty screen are read: they answer what the plan would ask first."""
    made = plan(f"{HEAD}{SCREEN}\nfindings: [weak glutes]\n")
    assert "par_q" not in {next(iter(one.fact)) for one in made.not_used}


def test_an_unknown_age_is_asked_first_after_the_screen() -> None:
    """Without an age the dose is cautious and the question stands near the top."""
    made = plan(f"schema: 1\nrunner: {{ref: R}}\n{SCREEN}\nfindings: [weak glutes]\n")
    assert any("Age not recorded" in notice for notice in made.notices)
    assert "age" in made.missing[0].fact


# --- packs ------------------------------------------------------------------------------------------------------------


def test_a_required_pack_that_is_missing_stops_the_plan() -> None:
    """A profile made for a pack is not planned without it."""
    told = plan_or_error(minimal("findings: []\nrequires_packs: [acme-knee]\n"))
    assert isinstance(told, str)
    assert 'profile.yaml:4: requires_packs: the pack "acme-knee" is not loaded' in told


def test_unsigned_and_expired_packs_say_so(tmp_path: Path) -> None:
    """A plan by packs nobody signed, or past their date, tells it; on the last day the date still holds."""
    program = clinic(tmp_path, SQUAT, expires=date(2026, 11, 21))
    assert any("no named clinician has signed" in notice and "trial" in notice for notice in plan(ASKED + WEAK, program).notices)
    assert not any("out of date" in notice for notice in plan(ASKED + WEAK, program).notices)
    later = plan(ASKED + WEAK, program, as_of=date(2026, 11, 22))
    assert any("trial" in notice and "2026-11-21" in notice and "out of date" in notice for notice in later.notices)


def test_a_signed_pack_is_not_called_unsigned(tmp_path: Path) -> None:
    """A named reviewer takes the pack off that list."""
    notices = plan(ASKED + WEAK, clinic(tmp_path, SQUAT, reviewer="A. Clinician", reviewed=date(2026, 1, 1))).notices
    assert not any("no named clinician" in notice and "trial" in notice for notice in notices)


# --- size -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [10, 20, 30, 60])
def test_the_plan_stays_small(tmp_path: Path, minutes: int) -> None:
    """At most six exercises, at most four besides warm-up and cool-down."""
    text = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [], minutes_per_session: {minutes}}}\n{WEAK}"
    made = plan(text, clinic(tmp_path, *PLANNED))
    main = [one for one in made.prescriptions if one.block not in ("warm_up", "cool_down")]
    assert len(main) <= 4
    assert len(made.prescriptions) <= 6


def test_blocks_stand_in_their_order(tmp_path: Path) -> None:
    """Warm-up first, plyometrics before strength."""
    from stridewise.language.exercise import BLOCKS

    order = [BLOCKS.index(one.block) for one in plan(ASKED + WEAK, clinic(tmp_path, *PLANNED)).prescriptions]
    assert order == sorted(order)


# --- no half plans ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["both", "durable", "reference"])
def test_each_engine_makes_the_same_plan(tmp_path: Path, engine: str) -> None:
    """Whichever matcher infers."""
    from plans import meaning

    program: Program = clinic(tmp_path, *PLANNED, *NEAR, FALLBACK)
    assert meaning(plan(DOES, program, engine=engine)) == meaning(plan(DOES, program))


PAIRS = list(combinations(("preference", "precaution", "contraindication"), 2))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_plan_never_holds_what_it_keeps_out(tmp_path: Path, first: str, second: str) -> None:
    """What is swapped or ruled out is not prescribed at the same time."""
    rules = [
        when_weak("one", avoid("floor_twist", first, "standing_drill")),
        when_weak("two", avoid("leg_drill", second), {"prescribe": "leg_drill"}),
    ]
    made = plan(DOES, clinic(tmp_path, *rules, DRILL))
    assert not set(swaps(made)) & prescribed(made)
    if second == "contraindication":
        assert "leg_drill" not in prescribed(made)


def test_a_profile_with_a_mistake_gives_no_plan_at_all() -> None:
    """Never half a plan."""
    with pytest.raises(ProfileError):
        plan(minimal("findings: [weak glutes, weak gluts]"), as_of=DAY)
