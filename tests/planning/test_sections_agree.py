"""No section of a plan contradicts another: what a text forbids stands nowhere, one more pain never adds running or jumping, and
there is one pain limit for each region. Read from the finished plans, for every case of the packs and for random runners."""

import json
import os
import random
import re
from functools import cache

import pytest

from danger import more_load, opens_a_stage
from plans import DAY, HEAD, SCREEN, built_in, built_in_packs, minimal, plan
from population import Runner, profile_of, terms
from sections import ALLOWED, FORBIDDEN, broken_words, contradictions, repeated, runs
from stridewise.authoring.cases import document_of, read_cases
from stridewise.errors import ProfileError
from stridewise.plan.model import Plan
from stridewise.profile.profile import read_profile
from stridewise.session import hold_session

NUMBER = 200_000 if os.environ.get("STRIDEWISE_LONG") == "1" else 200
CHUNK = 50
WEEK = "training: {weekly_distance_km: 30, longest_run_km: 12, week: {mon: easy, tue: intervals, thu: easy, sun: long}}\n"


def agrees(made: Plan) -> None:
    """What its texts forbid it does not hold, and none lets running go on where another stops it."""
    assert not list(broken_words(made))
    assert not list(contradictions(made))


# --- every case of the packs ------------------------------------------------------------------------------------------


@cache
def case_plans() -> list[tuple[str, Plan]]:
    """The plans of all cases of all packs."""
    found = []
    for case in (case for pack in built_in_packs() for case in read_cases(pack)):
        try:
            held = hold_session(read_profile(document_of(case)), built_in(), case.shape.as_of, "reference")
        except ProfileError:
            continue
        found.append((str(case.place), held.plan))
    return found


@pytest.mark.slow
def test_what_a_text_forbids_stands_nowhere_in_the_casebook() -> None:
    """No running, jumping, leg exercise, heavy lifting, heel raise, stretching or hop test beside the text that rules it out."""
    assert len(case_plans()) > 500
    for place, made in case_plans():
        assert not list(broken_words(made)), place


# --- random runners, each beside a twin with one more pain -------------------------------------------------------------


def one_more_pain(runner: Runner, seed: int) -> Runner:
    """The same runner with pain in one more region, as bad as it may be."""
    rng = random.Random(seed)  # noqa: S311
    known = {entry["pain"] for entry in runner["symptoms"]}
    pain = {
        "pain": rng.choice([region for region in terms("pain_regions") if region not in known]),
        "side": rng.choice(("left", "right")),
        "intensity": rng.randint(1, 9),
        "next_morning": rng.randint(0, 4),
        "tissue": rng.choice(["tendon", "muscle", "joint", "nerve", "unknown", "bone"]),
        **{name: rng.randrange(5) == 0 for name in ("night", "focal", "rising")},
    }
    return runner | {"symptoms": [*runner["symptoms"], pain]}


def does_not_add(before: Plan, after: Plan) -> None:
    """One more pain adds no run, no kilometre, no jump and no contact."""
    if not opens_a_stage(before, after):
        assert not list(more_load(before, after))


def one_limit_a_region(runner: Runner, made: Plan) -> None:
    """Exercises that load the same sore regions state the same limit; a region without one of its own has the usual one."""
    sore = {item.fact["region"] for item in made.conclusions if "region" in item.fact and "pain_limit" in item.fact}
    sore |= {entry["pain"] for entry in runner["symptoms"]}
    regions = built_in().vocabulary.terms["pain_regions"]
    stated: dict[frozenset[str], set[str]] = {}
    for item in made.prescriptions:
        asked = built_in().exercises[item.exercise]
        loaded = frozenset(name for name in sore if any(asked.demand(demand) for demand in regions[str(name)].demands))
        stated.setdefault(loaded, set()).add(item.pain_limit)
    assert all(len(limits) == 1 for loaded, limits in stated.items() if loaded)


def every_current_exercise_has_a_verdict(runner: Runner, made: Plan) -> None:
    """Exactly one; a plan without such a list has none to check."""
    if hasattr(made, "current"):
        told = sorted(item.exercise for item in made.current)
        assert told == sorted(set(runner["training"]["current_exercises"]))


@pytest.mark.parametrize("start", range(0, NUMBER, CHUNK))
def test_sections_agree_and_pain_never_adds(start: int) -> None:
    """For each runner and the twin."""
    for seed in range(start, start + CHUNK):
        runner = profile_of(seed)
        twin = one_more_pain(runner, seed)
        before, after = plan(json.dumps(runner)), plan(json.dumps(twin))
        for hurt, made in ((runner, before), (twin, after)):
            agrees(made)
            one_limit_a_region(hurt, made)
            every_current_exercise_has_a_verdict(runner, made)
        does_not_add(before, after)


BONE_SIGN = "symptoms: [{pain: shin_medial, side: left, focal: true}]"

# --- the examples that each stood for a kind ---------------------------------------------------------------------------


def test_a_longest_run_of_nothing_is_not_capped_beside_no_running() -> None:
    """Rising pain stops running; the cap that counts from a longest run of 0 km says nothing then."""
    pain = "symptoms: [{pain: thigh, side: right, intensity: 1, next_morning: 4, during: run, tissue: muscle, rising: true}]"
    made = plan(minimal(f"{SCREEN}\ntraining: {{weekly_distance_km: [61, 61, 61, 61], longest_run_km: 0}}\n{pain}"))
    assert not {"longest_run", "weekly_distance", "hard_sessions"} & {one.metric for one in made.load_adjustments}


def test_bone_pain_anywhere_stops_running() -> None:
    made = plan(
        minimal(f"{SCREEN}\n{WEEK}symptoms: [{{pain: medial_knee, tissue: bone, night: true, focal: true, rising: true}}]")
    )
    assert not runs(made)


def test_no_hop_is_repeated_or_asked_for_where_bone_stress_is_suspected() -> None:
    """Not at the review, and not among the questions."""
    hurt = (
        "findings: [{hop_pain: 7, side: left}, {hop_distance_cm: 90}]\nsymptoms: [{pain: shin_medial, side: left, focal: true}]"
    )
    made = plan(minimal(f"{SCREEN}\n{hurt}"))
    assert any("no hop test" in warning.text for warning in (*made.warnings, *made.referrals))
    assert not repeated(made, "hop")


def test_a_hop_is_repeated_where_nothing_speaks_against_it() -> None:
    made = plan(f"{HEAD}{SCREEN}\nfindings: [{{hop_distance_cm: 90}}, {{heel_raise_reps: 20}}]")
    assert {"single-leg hop distance", "single-leg heel raises"} <= set(made.review.retest)


def test_a_stop_of_leg_exercise_repeats_no_leg_test() -> None:
    hurt = (
        "findings: [{heel_raise_reps: 20}, {single_leg_squat_reps: 8}]\nsymptoms: [{pain: shin_medial, side: left, focal: true}]"
    )
    made = plan(minimal(f"{SCREEN}\n{hurt}"))
    assert {one.stops for one in made.referrals} == {"lower_limb"}
    assert made.review.retest == ()


@pytest.mark.parametrize("site", ["navicular", "fibula"])
def test_no_heel_raise_is_repeated_or_asked_for_while_the_bone_is_protected(site: str) -> None:
    """Heel raises wait until walking is free of pain, also those the runner does; then they are asked for."""
    bone = f"diagnosis: [{{condition: bone_stress_injury, side: right, certainty: confirmed, site: {site}}}]\n"
    raises = f"{bone}findings: [{{heel_raise_reps: {{left: 20, right: 8}}}}]\n"
    calm = "symptoms: [{pain: ankle, side: right, during: walk, intensity: 0, focal: no}]\n"
    protected, loaded = (plan(minimal(f"{SCREEN}\n{raises}{more}")) for more in ("", calm))
    assert not any("heel raises" in text for text in (*protected.review.retest, *(one.question for one in protected.missing)))
    assert "single-leg heel raises" in loaded.review.retest


FLUOROQUINOLONE = "history: [{medication: fluoroquinolones}]\n"
TENDINOPATHY = "diagnosis: [{condition: achilles_tendinopathy, side: left}]\n"
ACHILLES = f"{TENDINOPATHY}symptoms: [{{pain: achilles, side: left, tissue: tendon, intensity: 3}}]\n"


def test_running_goes_on_in_no_text_beside_a_referral_that_stops_it() -> None:
    """With the antibiotic nothing says that running may go on; without it, it is said."""
    stopped, calm = (plan(minimal(f"{SCREEN}\n{WEEK}{history}{ACHILLES}")) for history in (FLUOROQUINOLONE, ""))
    assert any("Running may go on" in warning.text for warning in calm.warnings)
    assert not any("Running may go on" in warning.text for warning in stopped.warnings)
    assert not any(one.metric in ("weekly_distance", "longest_run") for one in stopped.load_adjustments)
    assert runs(calm)
    assert not runs(stopped)


def test_a_race_is_only_a_date_while_running_is_stopped() -> None:
    race = "race: {distance: 10k, in_weeks: 2}\nrecorded: 2026-11-21\n"
    made = plan(minimal(f"{SCREEN}\n{WEEK}{race}{FLUOROQUINOLONE}{ACHILLES}findings: [weak glutes]"), as_of=DAY)
    races = [part.title for day in made.schedule for part in day.sessions if part.kind == "race"]
    assert races == ["Race, only if running is allowed again by then"]


def test_no_key_run_pushes_strength_aside_while_running_is_stopped() -> None:
    """There is no long run on Sunday to keep the legs fresh for."""
    made = plan(minimal(f"{SCREEN}\n{WEEK}{FLUOROQUINOLONE}{ACHILLES}findings: [weak glutes]"))
    said = [part.gave_way + part.note for day in made.schedule for part in day.sessions]
    assert said
    assert not any("run" in text.lower() for text in said)


@pytest.mark.parametrize(
    ("recorded", "limit"),
    [
        (
            "diagnosis: [{condition: achilles_tendinopathy, side: left}]\nsymptoms: [{pain: achilles, side: left}]",
            "up to 5 of 10",
        ),
        ("diagnosis: [{condition: achilles_tendinopathy, side: left, irritability: high}]", "up to 2 of 10"),
        ("diagnosis: [{condition: insertional_achilles_tendinopathy, side: left, irritability: high}]", "up to 2 of 10"),
        (
            "symptoms: [{pain: achilles, tissue: tendon, side: left}, {pain: achilles, tissue: muscle, side: right}]",
            "up to 2 of 10",
        ),
    ],
)
def test_the_warnings_allow_what_the_exercises_allow(recorded: str, limit: str) -> None:
    """One limit for the region, in every section."""
    made = plan(minimal(f"{SCREEN}\n{recorded}\nfindings: [{{weakness: soleus, side: left, grade: marked}}]"))
    calf = [one.pain_limit for one in made.prescriptions if "calf_raise" in one.exercise]
    assert calf
    assert all(stated.startswith(limit) for stated in calf)
    said = " ".join(warning.text for warning in made.warnings)
    assert ("up to 5/10" in said) == (limit == "up to 5 of 10")
    assert ("2/10 or less" in said and "up to 5/10" in said) is False


@pytest.mark.parametrize("region", ["shin_anterior", "foot_dorsal", "shin_medial"])
def test_no_pain_is_worked_through_where_bone_is_possible(region: str) -> None:
    """Neither in an exercise that loads the place nor in a warning."""
    made = plan(
        minimal(f"{SCREEN}\nsymptoms: [{{pain: {region}, side: left, intensity: 1}}]\nfindings: [weak glutes, weak core]")
    )
    demands = built_in().vocabulary.terms["pain_regions"][region].demands
    loading = [one for one in made.prescriptions if any(built_in().exercises[one.exercise].demand(name) for name in demands)]
    assert {one.pain_limit for one in loading} <= {"none at all"}
    assert not any("2/10 or less" in warning.text for warning in made.warnings)


def test_every_sentence_that_is_looked_for_occurs() -> None:
    """Else a word that forbids would be looked for in vain."""
    said = [
        text
        for rule in built_in().rules
        for item in rule.consequents
        for text in (getattr(item, "warn", ""), getattr(item, "text", ""))
    ]
    for pattern in FORBIDDEN:
        assert any(re.search(pattern, text, re.IGNORECASE) for text in said), pattern
    assert any(re.search(ALLOWED, text) for text in said)


@pytest.mark.parametrize(
    "recorded",
    [
        "symptoms: [{symptom: severe_night_back_pain}]",
        "findings: [{health: uncontrolled_hypertension}]",
        "findings: [{postpartum_symptom: bleeding}]",
        "symptoms: [{pain: thoracic, tissue: bone, night: true, intensity: 4}]",
    ],
)
def test_no_heavy_lifting_means_no_heavy_weight_in_any_exercise(recorded: str) -> None:
    """Split squats with two heavy dumbbells once stood under "no heavy lifting"."""
    lifts = "training: {strength: {sessions_per_week: 2, experience_months: 48}, current_exercises: [split_squat]}"
    kit = "constraints: {equipment: [dumbbell, trap_bar, barbell, machine]}"
    made = plan(f"{HEAD}{SCREEN}\n{lifts}\n{kit}\n{recorded}\n")
    assert not [one.exercise for one in made.prescriptions for load in one.dosage.load if load.how == "heavy"]


def test_a_limit_of_no_pain_stands_alone() -> None:
    """ "Free of pain" in the referral beside "up to 2 of 10" under each exercise was once printed."""
    made = plan(f"{HEAD}{SCREEN}\nfindings: [{{hop_pain: 7, side: left}}]\nsymptoms: [{{pain: thigh, side: left}}]\n")
    assert made.prescriptions
    assert {one.pain_limit for one in made.prescriptions} == {"none at all"}
    assert not any("2/10" in one.text for one in made.warnings)


def test_no_increase_is_no_word_where_running_is_stopped() -> None:
    rising = "symptoms: [{pain: shin_medial, side: left, intensity: 4, rising: true, tissue: bone}]"
    made = plan(f"{HEAD}{SCREEN}\n{rising}\n")
    assert not any("No increase in running" in one.text for one in made.warnings)


def test_what_the_runner_does_and_may_keep_is_not_set_aside() -> None:
    """ "Romanian deadlift: keep" stood above "set aside: Romanian deadlift, needs first ten clean hip hinges"."""
    strain = "diagnosis: [{condition: hamstring_strain, side: left, irritability: low, weeks: 4}]"
    tests = "findings: [{single_leg_bridge_reps: {left: 14, right: 22}}, {strength_mrc: 4, muscle: hamstrings, side: left}]"
    sore = "symptoms: [{pain: hamstring, side: left, intensity: 1, during: sprint, next_morning: 0, weeks: 4}]"
    lifts = "training: {strength: {sessions_per_week: 2, experience_months: 30}, current_exercises: [romanian_deadlift]}"
    made = plan(f"{HEAD}{SCREEN}\n{strain}\n{tests}\n{sore}\n{lifts}\nconstraints: {{equipment: [dumbbell, barbell, machine]}}\n")
    assert [(one.exercise, one.verdict) for one in made.current] == [("romanian_deadlift", "keep")]
    assert "romanian_deadlift" not in {one.exercise for one in made.set_aside}


ILL = "goal: {kind: return_to_run}\nfindings: [{health: return_after_illness, months_ago: 1}]\nsymptoms: [{symptom_free_days: 8}]"
SORE_KNEE = (
    "diagnosis: [{condition: patellofemoral_pain, side: left, irritability: moderate, weeks: 8}]\n"
    "symptoms: [{pain: anterior_knee, side: left, intensity: 3, during: run, next_morning: 0, weeks: 8}]"
)


@pytest.mark.parametrize(
    ("recorded", "km", "running", "has_words"),
    [(ILL, "[35, 36, 0, 0]", "walk_run", False), (ILL, "[35, 36, 34, 35]", "limited", True), (SORE_KNEE, "30", "easy", True)],
)
def test_no_stage_says_more_running_than_the_plan_allows(recorded: str, km: str, running: str, has_words: bool) -> None:
    """ "The usual runs, one hard run a week" stood above a walk–run session, and above "every run is easy and flat"."""
    training = f"training: {{weekly_distance_km: {km}, longest_run_km: 14, runs_per_week: 4}}"
    (stage, *_) = plan(f"{HEAD}{SCREEN}\n{training}\n{recorded}\n").pathways
    assert (stage.running, bool(stage.plain)) == (running, has_words)


@pytest.mark.parametrize(("pain", "said"), [(0, True), (1, True), (4, False), (7, False)])
def test_a_week_that_pain_cuts_is_not_told_that_there_is_no_need_to_cut_it(pain: int, said: bool) -> None:
    sore = f"symptoms: [{{pain: lateral_knee, side: right, intensity: {pain}, during: run}}]\n" if pain else ""
    week = "training: {weekly_distance_km: [70, 70, 70, 70], longest_run_km: 25, runs_per_week: 5}"
    made = plan(f"{HEAD}{SCREEN}\n{week}\n{sore}")
    assert any("no need to cut" in one.text for one in made.warnings) is said


@pytest.mark.parametrize(("kit", "is_told"), [("[dumbbell]", False), ("[barbell]", True)])
def test_a_lift_whose_bar_is_not_on_record_gets_no_dose_without_it(kit: str, is_told: bool) -> None:
    """ "Barbell back squat: 2–3 × 8–12, body weight, while you learn it" was told to one who had lifted for four years."""
    lifts = "training: {strength: {sessions_per_week: 2, experience_months: 48}, current_exercises: [barbell_back_squat]}"
    pregnant = "safety: {screened: 2026-11-21, red_flags: [], par_q: {any_yes: false}, pregnancy: {weeks: 18}}"
    (one,) = plan(f"{HEAD}{pregnant}\n{lifts}\nconstraints: {{equipment: {kit}}}\n").current
    assert (one.verdict, one.dosage is not None) == ("change", is_told)


@pytest.mark.parametrize(("sessions", "said"), [(1, True), (2, True), (3, False)])
def test_rehabilitation_meant_for_more_days_than_there_are_sessions_is_said(sessions: int, said: bool) -> None:
    """ "3 times a week" stood under an exercise that the calendar had twice."""
    tendon = "diagnosis: [{condition: achilles_tendinopathy, side: left, irritability: moderate, weeks: 9}]"
    made = plan(f"{HEAD}{SCREEN}\n{tendon}\nconstraints: {{equipment: [dumbbell, step], sessions_per_week: {sessions}}}\n")
    about = [text for text in made.notices if text.startswith("Meant on more days a week than there are strength sessions:")]
    assert ["calf raise, 3 times a week" in text for text in about] == [True] * said


def test_a_test_of_both_sides_whose_difference_is_used_is_not_called_unused() -> None:
    """ "Hop distance on the right is 75% of the other side" stood above "recorded, and not used: single-leg hop distance"."""
    tests = "findings: [{hop_distance_cm: {left: 130, right: 98}}]"
    made = plan(f"{HEAD}{SCREEN}\n{tests}\ndiagnosis: [{{condition: acl_reconstruction, side: right, weeks: 60}}]\n")
    assert not [one.text for one in made.not_used if "hop distance" in one.text]
