"""The knowledge of the built-in packs, taken together: nothing of the inventory is missing, every exercise can be reached, every
sign does something, and no text claims more than is known or is hard to read."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from plans import PROFILES, ROOT, built_in, built_in_packs, every_because, minimal, plan, prescribed
from readability import reading_age
from stridewise.authoring.cases import read_cases
from stridewise.authoring.checks.wording import CONTRADICTED, FORBIDDEN
from stridewise.language.exercise import Exercise
from stridewise.language.rule import Prescribe, Train, texts_of
from stridewise.plan.model import Plan

INVENTORY = Path(__file__).parents[3] / "shared" / "knowledge.md"
PROGRAM = built_in()
EXERCISES = sorted(PROGRAM.exercises.values(), key=lambda exercise: exercise.id)
EXAMPLES = [*PROFILES, *sorted((ROOT / "profiles").glob("*/*.yaml"))]  # in a folder: those that need another file beside them
RULES = sorted((rule for rule in PROGRAM.rules if not rule.id.endswith("-is-earned")), key=lambda rule: rule.id)
SCREEN = "safety: {screened: 2026-11-21, red_flags: [], par_q: {any_yes: false}}"

# What no rule asks for, and why; a clinician's pin brings each into a plan.
ON_REQUEST = {
    "cat_cow": "an easy movement for the back; no finding asks for it",
    "close_grip_bench_press": "pushing strength is optional for runners (hamner-2010)",
    "close_grip_cable_press": "pushing strength is optional for runners (hamner-2010)",
    "close_grip_overhead_press": "pushing strength is optional for runners (hamner-2010)",
    "crunch": "listed so that a runner who does it gets a swap with reasons",
    "iron_cross": "listed so that a runner who does it gets a swap with reasons",
    "push_up": "pushing strength is optional for runners (hamner-2010)",
}
# A finding (or another section) that asks for each target.
ASKING = {
    "ankle_mobility": "{movement_fault: squat_insufficient_depth}, {knee_to_wall_cm: 7}",
    "balance": "{terrain: uneven}",
    "calf_strength": "{weakness: gastrocnemius}",
    "dynamic_warm_up": "{habit: no_warm_up}",
    "foot_strength": "{weakness: foot_intrinsics}",
    "hamstring_strength": "{weakness: hamstrings}",
    "hinge_pattern": "{movement_fault: hinge_rounded_back}",
    "hip_abduction_strength": "{weakness: gluteus_medius}",
    "hip_adduction_strength": "{weakness: hip_adductors}",
    "hip_extension_strength": "{weakness: gluteus_maximus}",
    "hip_flexor_mobility": "{tightness: hip_flexors}",
    "hip_flexor_strength": "{weakness: hip_flexors}",
    "hip_rotation_control": "{weakness: deep_hip_rotators}",
    "landing_capacity": "{movement_fault: landing_loud}",
    "lower_limb_strength": "",
    "pelvic_floor_strength": "{postpartum_weeks: 6}",
    "plyometric_power": "",
    "posterior_chain_warm_up": "{weakness: gluteus_maximus}",
    "pull_strength": "{weakness: upper_back}",
    "quadriceps_strength": "{weakness: quadriceps}",
    "scapular_control": "{weakness: scapular_stabilisers}",
    "single_leg_control": "{movement_fault: dynamic_knee_valgus, grade: mild}",
    "soleus_strength": "{weakness: soleus}",
    "spinal_extension_endurance": "{weakness: spinal_extensors}",
    "squat_pattern": "{movement_fault: squat_knees_in}",
    "tibialis_strength": "{weakness: tibialis_anterior}",
    "trunk_anti_extension": "{weakness: abdominals}",
    "trunk_anti_rotation": "{diagnosis: low_back_pain}",
    "trunk_lateral_control": "{weakness: obliques}",
}
EARNED = (
    "{skill: hip_hinge, grade: owned}, {skill: goblet_squat, grade: owned}, {skill: single_leg_squat, grade: owned}, "
    "{skill: landing, grade: owned}, {single_leg_squat_reps: 8}, {heel_raise_reps: 25}, {hop_pain: 0}"
)


def a_runner(sections: str, clinician: str = "") -> str:
    """An adult of 30, screened, in a profile of these sections."""
    text = minimal(f"recorded: 2026-11-21\n{SCREEN}\n{sections}\n{clinician}\n")
    return text.replace("runner: {ref: R-1}", "runner: {ref: R-1, age: 30}")


# --- counts and coverage ----------------------------------------------------------------------------------------------


def test_the_packs_hold_enough() -> None:
    """At least 170 rules, 80 exercises and 500 cases."""
    assert len(RULES) >= 170
    assert len(EXERCISES) >= 80
    assert sum(len(read_cases(pack)) for pack in built_in_packs()) >= 500


@pytest.mark.skipif(not INVENTORY.is_file(), reason="the knowledge inventory lies beside the repository, and not here")
def test_every_row_of_the_inventory_is_covered() -> None:
    """Each key is named by a rule or an exercise, and no key is named that does not exist."""
    text = INVENTORY.read_text(encoding="utf-8")
    keys = set(re.findall(r"^\|\s*(K\d{3}|C\d+)\b", text, re.MULTILINE))
    covered = {key for rule in RULES for key in rule.covers} | {key for exercise in EXERCISES for key in exercise.covers}
    assert len(keys) > 100
    assert keys - covered == set()
    assert covered - keys == set()


@pytest.mark.parametrize("key", [f"C{number}" for number in range(1, 13)])
def test_every_contradiction_is_settled_by_rules_with_cases(key: str) -> None:
    """A visible rule settles it, and at least two cases show it: both ways, or one way and silence."""
    rules = {rule.id for rule in RULES if key in rule.covers}
    assert rules, key
    named = [
        case.shape.name
        for pack in built_in_packs()
        for case in read_cases(pack)
        if rules & {*case.shape.expect.fires, *case.shape.expect.silent}
    ]
    assert len(named) >= 2, key


def test_there_are_twenty_examples_and_each_says_what_it_shows() -> None:
    """A reader finds a runner like the own one; the first line tells who it is."""
    assert len(PROFILES) >= 20
    for path in EXAMPLES:
        assert path.read_text(encoding="utf-8").startswith("# "), path.name


# --- exercises --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", sorted(PROGRAM.vocabulary.terms["targets"]))
def test_every_target_has_two_exercises_and_one_without_equipment(target: str) -> None:
    """Nobody is left without a choice."""
    serving = [exercise for exercise in EXERCISES if target in exercise.targets.direct]
    assert len(serving) >= 2
    assert any(exercise.equipment_choice(frozenset()) is not None for exercise in serving)


def test_ladders_lead_both_ways() -> None:
    """What is harder names what is easier, and back."""
    for exercise in EXERCISES:
        for name in exercise.progression:
            assert exercise.id in PROGRAM.exercises[name].regression, (exercise.id, name)
        for name in exercise.regression:
            assert exercise.id in PROGRAM.exercises[name].progression, (exercise.id, name)


def wishes(exercise: Exercise) -> Iterator[str]:
    """Profiles that should lead to it: its target is wanted, it is earned and at hand, and other ways there are disliked."""
    for target in exercise.targets.direct:
        if target in ASKING:
            others = [
                other.id
                for other in EXERCISES
                if target in (*other.targets.direct, *other.targets.indirect) and other.id != exercise.id
            ]
            bans = ", ".join(f"{{exercise: {name}, reason: disliked}}" for name in others)
            items = ", ".join(exercise.equipment[0] if exercise.equipment else ())
            findings = ", ".join(filter(None, (ASKING[target], EARNED)))
            training = f"training: {{strength: {{experience_months: 30}}, current_exercises: [{exercise.id}]}}"
            at_hand = f"constraints: {{equipment: [{items}], minutes_per_session: 60}}"
            for goal in ("goal: {kind: performance}", ""):
                sections = "\n".join(filter(None, (goal, f"findings: [{findings}]", training, at_hand)))
                yield a_runner(sections, f"clinician: {{ban: [{bans}]}}")


@pytest.mark.parametrize("exercise", [one for one in EXERCISES if one.id not in ON_REQUEST], ids=lambda one: one.id)
def test_every_exercise_is_reached_by_a_profile(exercise: Exercise) -> None:
    """Some runner gets it."""
    assert any(exercise.id in prescribed(plan(text)) for text in wishes(exercise))


@pytest.mark.parametrize("name", sorted(ON_REQUEST))
def test_what_no_rule_asks_for_comes_when_it_is_pinned(name: str) -> None:
    """On request it comes, and no rule trains towards it."""
    exercise = PROGRAM.exercises[name]
    wanted = {one.target for rule in RULES for one in rule.consequents if isinstance(one, Train)}
    wanted |= {one.prescribe for rule in RULES for one in rule.consequents if isinstance(one, Prescribe)}
    named = {option for rule in RULES for one in rule.consequents if isinstance(one, Train) for option in one.options}
    assert name not in wanted | named
    items = ", ".join(exercise.equipment[0] if exercise.equipment else ())
    text = a_runner(
        f"goal: {{kind: performance}}\ntraining: {{strength: {{experience_months: 30}}}}\nconstraints: {{equipment: [{items}]}}",
        f"clinician: {{pin: [{name}]}}",
    )
    assert name in prescribed(plan(text))


# --- signs ------------------------------------------------------------------------------------------------------------


def unused(made: Plan) -> set[str]:
    """The kinds that the plan lists as used by no rule."""
    return {next(iter(one.fact)) for one in made.not_used}


@pytest.mark.parametrize("flag", sorted(PROGRAM.vocabulary.terms["red_flags"]))
def test_every_red_flag_leads_to_a_referral(flag: str) -> None:
    """None is recorded in vain. One of them is read in context only: with a second sign beside it."""
    context = "symptoms: [{pain: low_back, intensity: 5, night: true, weeks: 3}]\n" if flag == "cancer_history" else ""
    made = plan(minimal(f"{context}goal: {{kind: performance}}\nsafety: {{screened: 2026-11-21, red_flags: [{flag}]}}"))
    assert made.referrals
    assert "red_flag" not in unused(made)
    assert any("red_flag" in used.fact for because in every_because(made) for used in because.facts)


@pytest.mark.parametrize("condition", sorted(PROGRAM.vocabulary.terms["conditions"]))
def test_every_condition_does_something(condition: str) -> None:
    """As a diagnosis, as a lasting condition or as a past injury."""
    ways = (
        ("diagnosis", a_runner(f"diagnosis: [{{condition: {condition}}}]")),
        ("condition", a_runner(f"history: [{{condition: {condition}}}]")),
    )
    assert any(kind not in unused(made) and reasons(made, kind) for kind, made in ((kind, plan(text)) for kind, text in ways))


@pytest.mark.parametrize("region", sorted(PROGRAM.vocabulary.terms["pain_regions"]))
def test_every_pain_region_does_something(region: str) -> None:
    """A sore place changes the plan, or the plan says that it has no guidance."""
    made = plan(a_runner(f"symptoms: [{{pain: {region}, side: left, intensity: 3, tissue: muscle}}]"))
    assert "pain" not in unused(made)
    assert reasons(made, "pain")


def reasons(made: Plan, kind: str) -> list[str]:
    """The rules that give a fact of this kind as a reason."""
    return [because.rule for because in every_because(made) for used in because.facts if kind in used.fact]


# --- wording ----------------------------------------------------------------------------------------------------------

# Claims of the articles that evidence contradicts (evidence register, section 0), beside those that `pack check` looks for.
WRONG = (
    r"frontal plane",
    r"\bno bulk\b",
    r"\b(can|could) be avoided by strength",
    r"\bmust (always )?(be )?(kept? )?(completely )?(flat|neutral|straight) (back|spine)",
    r"\bstrong hamstrings (spare|protect|relieve)",
    r"\bglutes? (are|is) the most important",
    r"\b(usually|mostly|all) (underdeveloped|weak) (glutes|in runners)",
    r"\b(4|four) (times|×) (your )?body ?weight",
    r"\bhit(ting)? the ground harder lengthens",
    r"\bas low as possible\b",
    r"\bactivat(es?|ing) (the |your )?(sleeping|lazy)",
)
PROMISES = (r"\bguarantee[sd]?\b(?! against)", r"\bwill prevent\b", r"\bcures?\b", r"\binjury[- ](proof|free)\b", r"\byou must\b")
SPARED = {"Strength work is no guarantee against injury", "It is no guarantee."}


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Every text a reader may see, with whose it is."""
    return tuple(_rule_texts()) + tuple(_exercise_texts())


def _rule_texts() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        patient = rule.patient.text if rule.patient else ""
        spoken = (text for one in rule.consequents for text in texts_of(one))
        yield from ((rule.id, text) for text in (rule.title, rule.because.text, patient, *spoken) if text)


def _exercise_texts() -> Iterator[tuple[str, str]]:
    for one in EXERCISES:
        swaps = (swap[name] for swap in one.swaps for name in ("keeps", "loses"))
        gates = (text for gate in one.gates for text in (gate.earn, gate.question))
        words = (*one.instructions, one.feel, one.fault, one.stop_if, one.progress_when, one.not_to_confuse_with, *swaps, *gates)
        yield from ((one.id, text) for text in words if text)


@pytest.mark.parametrize("pattern", [*(pattern for pattern, _ in (*FORBIDDEN, *CONTRADICTED)), *WRONG, *PROMISES])
def test_no_text_claims_more_than_is_known(pattern: str) -> None:
    """No promise, no cause that was not shown, and none of the wrong claims."""
    found = [(whose, text) for whose, text in texts() if re.search(pattern, text, re.IGNORECASE)]
    assert [one for one in found if not any(spared in one[1] for spared in SPARED)] == []


# --- reading age ------------------------------------------------------------------------------------------------------


def told_to_the_runner(made: Plan) -> str:
    """All that a plan says to the runner: reasons in plain words, and how to do each exercise."""
    parts = [because.patient for because in every_because(made) if because.patient]
    for one in made.prescriptions:
        parts += instructions(PROGRAM.exercises[one.exercise])
    return " ".join(dict.fromkeys(parts))


def instructions(exercise: Exercise) -> list[str]:
    """The sentences of an exercise that the runner reads."""
    spoken = (*exercise.instructions, exercise.feel, exercise.fault, exercise.stop_if, exercise.progress_when)
    return [text if text.endswith((".", "!", "?")) else f"{text}." for text in spoken if text]


def test_the_measure_tells_easy_from_hard() -> None:
    """Otherwise the limits below would mean nothing."""
    assert reading_age("Stand on one leg. Bend your knee a little.") < 8
    assert reading_age("Progressive overload facilitates neuromuscular adaptation in experienced individuals.") > 16


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_plan_can_be_read_at_eleven(path: Path) -> None:
    """The whole of what a plan says to the runner."""
    made = plan(path.read_text(encoding="utf-8"), name=path.name, folder=path.parent)
    assert reading_age(told_to_the_runner(made)) <= 11


@pytest.mark.parametrize("pack", sorted({rule.pack for rule in RULES}))
def test_what_a_pack_says_to_runners_can_be_read_at_eleven(pack: str) -> None:
    """All its sentences for the runner together, and no single one far above."""
    said = {rule.id: rule.patient.text for rule in RULES if rule.pack == pack and rule.patient}
    assert reading_age(" ".join(said.values())) <= 11
    assert [(name, text) for name, text in said.items() if reading_age(text) > 14] == []


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_an_exercise_can_be_read_at_ten(exercise: Exercise) -> None:
    """Its steps, what it feels like, and when to stop."""
    assert reading_age(" ".join(instructions(exercise))) <= 10
