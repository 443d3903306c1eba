"""The strength programme that a physiotherapist hands out: the base stands, sessions are filled to their time, grades count, what
the tissue needs decides, rehabilitation keeps its days, and every exercise of today has a verdict (clinic.md S1–S10)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans import ASKED, HEAD, SCREEN, built_in, minimal, plan, prescribed
from runners import Runner, runners, terms, text
from stridewise.documents.shape import Amount, Range
from stridewise.plan.model import Plan, PlannedSession, Prescription

OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SLOTS: Mapping[str, tuple[str, ...]] = {
    "one leg": ("single_leg_control", "quadriceps_strength", "lower_limb_strength", "squat_pattern"),
    "hip extension": ("hip_extension_strength",),
    "calf": ("calf_strength", "soleus_strength"),
    "side of the hip or trunk": ("hip_abduction_strength", "trunk_lateral_control", "trunk_anti_extension"),
}
KIT = "constraints: {equipment: [dumbbell, step, bench, mini_band], minutes_per_session: 30, sessions_per_week: 2}\n"
ADULT = f"schema: 1\nrecorded: 2026-11-21\nrunner: {{ref: R-1, age: 34}}\n{SCREEN}\n"


def slots(made: Plan) -> set[str]:
    """The parts of the base that the plan trains."""
    trained = {t for one in made.prescriptions for t in built_in().exercises[one.exercise].targets.direct}
    return {slot for slot, targets in SLOTS.items() if trained & set(targets)}


def strength(made: Plan) -> list[PlannedSession]:
    return [one for day in made.schedule for one in day.sessions if one.kind == "strength"]


def longest(made: Plan) -> Decimal:
    """Minutes of the longest strength session."""
    return max((one.minutes or Decimal(0) for one in strength(made)), default=Decimal(0))


def dose(made: Plan, exercise: str) -> Prescription:
    return next(one for one in made.prescriptions if one.exercise == exercise)


def top(one: Prescription) -> Decimal:
    sets = one.dosage.sets
    return sets.max if isinstance(sets, Range) else sets or Decimal(1)


def is_light(one: Prescription) -> bool:
    """Easy, or several repetitions left; no effort is told of what is only held."""
    effort = one.dosage.effort
    left = None if effort is None else effort.left
    return effort is None or effort.how == "easy" or effort.left_s is not None or least(left) >= 3


def least(amount: Amount | None) -> Decimal:
    return amount.min if isinstance(amount, Range) else amount or Decimal(0)


# --- S1, S2: the base stands ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "found",
    ["findings: []", "findings: [weak glutes]", "findings: [weak glutes, valgus knee, high mileage]", "goal: {kind: prevention}"],
)
def test_the_base_stands_with_and_without_findings(found: str) -> None:
    assert slots(plan(f"{ADULT}{KIT}{found}\n")) == set(SLOTS)


@pytest.mark.parametrize("region", sorted(terms("pain_regions")))
def test_pain_without_a_diagnosis_keeps_a_part_of_the_base(region: str) -> None:
    """Minus what loads the region, light; a plan without an exercise only behind a referral that stops the legs."""
    made = plan(f"{ADULT}{KIT}symptoms: [{{pain: {region}, intensity: 2}}]\n")
    if not any(one.stops in ("all_exercise", "lower_limb", "weight_bearing") for one in made.referrals):
        assert len([one for one in made.prescriptions if one.block != "warm_up"]) >= 2, region
    assert all(is_light(one) for one in made.prescriptions), region


@pytest.mark.parametrize(
    "state",
    ["safety: {screened: 2026-11-21, red_flags: [], par_q: {any_yes: false}, pregnancy: {weeks: 32}}"],
)
def test_pregnancy_has_a_safe_list(state: str) -> None:
    made = plan(f"{HEAD}{KIT}{state}\ntraining: {{weekly_distance_km: 15}}\n")
    assert len(slots(made)) >= 3


def test_a_child_has_a_safe_list() -> None:
    made = plan(
        f"schema: 1\nrecorded: 2026-11-21\nrunner: {{ref: R-1, age: 13}}\n{SCREEN}\n{KIT}training: {{weekly_distance_km: 15}}\n"
    )
    assert slots(made) == set(SLOTS)


def stopped(made: Plan) -> bool:
    return any(one.stops in ("all_exercise", "lower_limb", "weight_bearing") for one in made.referrals)


@given(runners(healthy=True, equipment=["dumbbell", "step"]))
@OFTEN
def test_a_healthy_runner_away_from_a_race_trains_every_part_of_the_base(runner: Runner) -> None:
    """With half an hour; a ban, a pin or a position that cannot be taken may cost a slot."""
    runner.pop("race", None)
    runner.pop("clinician", None)
    runner["constraints"] = {"equipment": ["dumbbell", "step"], "minutes_per_session": 30, "sessions_per_week": 2}
    runner["findings"] = [one for one in runner["findings"] if "skill" in one]
    made = plan(text(runner))
    if not stopped(made):
        assert slots(made) == set(SLOTS)


@given(
    runners(healthy=True, equipment=["dumbbell", "step"]), st.sampled_from(terms("muscles")), st.sampled_from(["mild", "marked"])
)
@OFTEN
def test_a_finding_never_empties_the_plan_nor_takes_a_part_of_the_base(runner: Runner, muscle: str, grade: str) -> None:
    """Two sessions of half an hour hold the base and the finding."""
    runner.pop("race", None)
    runner.pop("clinician", None)
    runner["constraints"] = {"equipment": ["dumbbell", "step"], "minutes_per_session": 30, "sessions_per_week": 2}
    runner["findings"] = [one for one in runner["findings"] if "skill" in one]
    before = plan(text(runner))
    after = plan(text(runner | {"findings": [*runner["findings"], {"weakness": muscle, "grade": grade}]}))
    if not stopped(after):
        assert slots(after) >= slots(before)
        assert longest(after) >= Decimal(18)


# --- S3: filled to the time ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "most"), [(10, 3), (15, 3), (20, 3), (21, 5), (30, 5), (35, 5), (36, 6), (50, 6), (60, 7)])
def test_the_number_of_exercises_follows_from_the_minutes(minutes: int, most: int) -> None:
    made = plan(
        f"{ADULT}findings: [weak glutes, weak core, weak quads]\nconstraints: {{equipment: [], minutes_per_session: {minutes}}}\n"
    )
    for name in ("A", "B"):
        assert sum(name in one.session for one in made.prescriptions if one.block != "warm_up") <= most
    assert all((one.minutes or 0) <= minutes for one in strength(made))


@pytest.mark.parametrize("minutes", [15, 20, 25, 30, 40])
def test_a_session_holds_at_least_three_fifths_of_its_time(minutes: int) -> None:
    made = plan(
        f"{ADULT}findings: []\nconstraints: {{equipment: [dumbbell], minutes_per_session: {minutes}, sessions_per_week: 2}}\n"
    )
    assert longest(made) >= minutes * Decimal("0.6"), longest(made)


def test_unrecorded_minutes_are_thirty() -> None:
    assert Decimal(18) <= longest(plan(f"{ADULT}findings: []\n")) <= Decimal(30)


def test_two_sessions_differ_where_one_does_not_hold_what_is_wanted() -> None:
    found = "findings: [weak hamstrings, weak core, weak calves, weak quads, weak glute med, weak hip flexors]\n"
    made = plan(f"{ADULT}{KIT}{found}")
    assert {name for one in made.prescriptions for name in one.session} == {"A", "B"}
    titles = {one.title for one in strength(made)}
    assert {"Strength A", "Strength B"} <= titles
    assert not [one for one in made.set_aside if one.target in SLOTS["one leg"] + SLOTS["calf"]]


def test_a_short_session_says_why() -> None:
    short = plan(f"{ADULT}findings: []\nconstraints: {{equipment: [], minutes_per_session: 8}}\n")
    assert any("of 8 minutes" in notice and "time available" in notice for notice in short.notices)
    near = plan(f"{ADULT}{KIT}findings: []\nrace: {{distance: marathon, date: 2026-12-07}}\n")
    assert any("Strength sessions take" in notice and "race" in notice for notice in near.notices)


@given(runners())
@OFTEN
def test_a_session_under_ten_minutes_or_three_fifths_has_a_reason(runner: Runner) -> None:
    made = plan(text(runner))
    minutes = Decimal(runner.get("constraints", {}).get("minutes_per_session", 30))
    if strength(made) and longest(made) < max(Decimal(10), minutes * Decimal("0.6")):
        assert any("Strength sessions take" in notice for notice in made.notices) or stopped(made)


def test_an_hour_that_seven_exercises_do_not_fill_says_so() -> None:
    made = plan(f"{ADULT}findings: []\nconstraints: {{equipment: [], minutes_per_session: 60}}\n")
    assert any("of 60 minutes: 7 exercises" in notice for notice in made.notices)


# --- S4, S5: what the tissue needs; grades ------------------------------------------------------------------------------


def test_a_weak_soleus_takes_the_bent_knee_raise() -> None:
    assert "bent_knee_calf_raise" in prescribed(
        plan(f"{ADULT}{KIT}findings: [{{weakness: soleus, side: left, grade: marked}}]\n")
    )


@pytest.mark.parametrize("muscle", sorted({*terms("muscles")} - {"upper_back"}))  # small and optional for a runner at any grade
def test_a_marked_weakness_of_any_muscle_differs_from_a_mild_one(muscle: str) -> None:
    """In sets, order or exercises, not in the side alone; where both are only told, they say the same."""
    mild, marked = (
        plan(f"{ADULT}{KIT}findings: [{{weakness: {muscle}, side: left, grade: {grade}}}]\n") for grade in ("mild", "marked")
    )
    doses = [[(one.exercise, one.dosage) for one in made.prescriptions] for made in (mild, marked)]
    told = plan(f"{ADULT}{KIT}findings: []\n")
    assert doses[0] != doses[1] or {one.exercise for one in told.prescriptions} == {one[0] for one in doses[0]}


def test_the_side_of_a_finding_leads_where_the_base_trains_both() -> None:
    made = plan(f"{ADULT}{KIT}findings: [{{weakness: quadriceps, side: left}}]\n")
    assert dose(made, "split_squat").side == "left"


def test_a_marked_finding_differs_from_a_mild_one() -> None:
    """In sets or order, and it keeps its place in every session."""
    marked = plan(f"{ADULT}{KIT}findings: [{{weakness: gluteus_medius, side: left, grade: marked}}]\n")
    mild = plan(f"{ADULT}{KIT}findings: [{{weakness: gluteus_medius, side: left, grade: mild}}]\n")
    assert top(dose(marked, "side_lying_hip_abduction")) >= 3
    assert marked.prescriptions != mild.prescriptions


def test_an_irritable_patellar_tendon_takes_a_hold_or_the_leg_extension() -> None:
    """Not the split squat that the runner happens to do; why says so."""
    sore = (
        "diagnosis: [{condition: patellar_tendinopathy, side: left, irritability: high}]\n"
        "training: {current_exercises: [split_squat], strength: {sessions_per_week: 2, experience_months: 12}}\n"
    )
    made = plan(f"{ADULT}{KIT}{sore}")
    assert prescribed(made) & {"wall_sit", "spanish_squat_hold", "leg_extension"}
    assert "split_squat" not in prescribed(made)
    assert {one.exercise: one.verdict for one in made.current}["split_squat"] in ("pause", "stop")


def test_two_exercises_of_one_pattern_are_avoided_in_a_session() -> None:
    made = plan(f"{ADULT}{KIT}findings: [valgus knee]\n")
    for name in ("A", "B"):
        patterns = [built_in().exercises[one.exercise].pattern for one in made.prescriptions if name in one.session]
        assert patterns.count("lunge") <= 1


# --- S8: rehabilitation is not cut by the calendar ----------------------------------------------------------------------

ACHILLES = (
    "diagnosis: [{condition: achilles_tendinopathy, side: right, irritability: moderate}]\n"
    "symptoms: [{pain: achilles, side: right, intensity: 3, tissue: tendon}]\n"
    "training: {weekly_distance_km: 40, strength: {sessions_per_week: 2, experience_months: 24}}\n"
    "constraints: {equipment: [dumbbell, step], minutes_per_session: 30, sessions_per_week: 3}\n"
)


def test_an_achilles_tendon_is_loaded_as_often_as_prescribed() -> None:
    """Three sessions are possible and the half marathon is eight weeks away: three, also where strength only has to be held."""
    made = plan(f"{ADULT}{ACHILLES}race: {{distance: half_marathon, in_weeks: 8}}\n")
    week = [day for day in made.schedule if day.totals is not None and day.phase == "specific"][1]
    assert week.totals is not None
    assert week.totals.strength_sessions == 3


def test_rehabilitation_keeps_its_sets_in_the_taper() -> None:
    made = plan(f"{ADULT}{ACHILLES}race: {{distance: marathon, in_weeks: 2}}\ntraining_: {{}}\n".replace("training_: {}\n", ""))
    healing = [one for one in made.prescriptions if one.heals]
    assert all(top(one) >= 3 for one in healing)


# --- S9: what the runner does now ---------------------------------------------------------------------------------------


@given(runners())
@OFTEN
def test_every_current_exercise_has_one_verdict(runner: Runner) -> None:
    made = plan(text(runner))
    doing: list[Any] = runner["training"].get("current_exercises", [])
    assert sorted(one.exercise for one in made.current) == sorted(set(doing))
    in_plan = {one.exercise for one in made.prescriptions}
    for one in made.current:
        assert (one.exercise in in_plan) <= (one.verdict in ("keep", "change"))
        assert one.verdict != "pause" or one.until
        assert one.because


def test_a_banned_exercise_stops_and_a_free_one_stays() -> None:
    made = plan(
        minimal(
            "findings: []\ntraining: {current_exercises: [burpee_like, plank]}\n".replace("burpee_like", "crunch")
            + "clinician: {ban: [{exercise: crunch, reason: dislikes}]}"
        )
    )
    verdicts = {one.exercise: one.verdict for one in made.current}
    assert verdicts["crunch"] == "stop"
    assert verdicts["plank"] == "keep"


def test_in_the_last_ten_days_what_the_legs_know_stays_and_nothing_is_new() -> None:
    doing = "training: {current_exercises: [glute_bridge, standing_calf_raise]}\n"
    made = plan(f"{ASKED}{doing}race: {{distance: marathon, date: 2026-11-30}}\n")
    assert prescribed(made) == {"glute_bridge", "standing_calf_raise"}


# --- S9: what the runner does now -----------------------------------------------------------------------------------------


def verdict(made: Plan, name: str) -> tuple[str, str]:
    one = next(item for item in made.current if item.exercise == name)
    return one.verdict, one.text


def test_a_familiar_lift_outside_the_plan_is_lighter_under_a_cap_of_effort() -> None:
    """A heavy squat once stood as "no reason to stop it" at 32 weeks."""
    safe = "safety: {screened: 2026-11-21, red_flags: [], par_q: {any_yes: false}, pregnancy: {weeks: 32}}"
    lifts = "training: {strength: {experience_months: 48}, current_exercises: [barbell_back_squat, pogo_hops]}"
    made = plan(f"{HEAD}{safe}\n{lifts}\nconstraints: {{equipment: [barbell]}}\n")
    assert verdict(made, "barbell_back_squat")[0] == "change"
    assert verdict(made, "pogo_hops")[0] == "pause"


def test_near_a_race_nothing_gets_harder_and_a_habit_has_fewer_sets() -> None:
    lifts = "training: {strength: {experience_months: 48}, current_exercises: [nordic_curl, split_squat]}"
    made = plan(f"{ADULT}{KIT}{lifts}\nrace: {{distance: marathon, date: 2026-12-02}}\n")
    assert "half the sets" in verdict(made, "nordic_curl")[1]
    assert made.prescriptions
    assert all("Nothing gets harder or heavier" in one.progression for one in made.prescriptions)


def test_what_the_runner_does_is_not_set_aside_as_too_early() -> None:
    """One voice: "keep it" in one section and "needs first" in another were two."""
    lifts = "training: {strength: {experience_months: 48}, current_exercises: [barbell_back_squat, romanian_deadlift]}"
    made = plan(f"{ADULT}constraints: {{equipment: [barbell, dumbbell], minutes_per_session: 30}}\n{lifts}\n")
    goes_on = {one.exercise for one in made.current if one.verdict in ("keep", "change")}
    assert not goes_on & {one.exercise for one in made.set_aside}


def test_an_easy_drill_for_most_days_keeps_its_days_in_a_session_that_takes_turns() -> None:
    """The calf stretch of a sore heel once stood as once a week, because it was in session B."""
    heel = "diagnosis: [{condition: plantar_heel_pain, side: left}]"
    made = plan(f"{ADULT}constraints: {{equipment: [step], minutes_per_session: 20, sessions_per_week: 3}}\n{heel}\n")
    often = dose(made, "wall_calf_stretch").dosage.sessions_per_week
    assert least(often) >= 3


@pytest.mark.parametrize(
    "recorded",
    [
        "findings: [{health: uncontrolled_hypertension}]",
        "symptoms: [{pain: calf, side: left, intensity: 2, rising: true}]",
        "findings: [{pregnancy_weeks: 32}]",
        "findings: [{red_flag: missed_periods}, {red_flag: disordered_eating}]",
    ],
)
def test_no_text_offers_more_where_progress_waits(recorded: str) -> None:
    """ "No increase", "light weights only", and then "take the next heavier pair" were three voices."""
    made = plan(f"{ADULT}{KIT}{recorded}\n")
    assert made.prescriptions
    assert all("Nothing gets harder or heavier" in one.progression for one in made.prescriptions)
