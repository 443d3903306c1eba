"""The example runners plan without error, and the runner of the issue gets what the issue says."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from plans import FOUR_PHRASES, PROFILES, ROOT, aside, built_in, every_because, minimal, plan, prescribed, swaps
from stridewise.plan.model import Plan, Prescription
from stridewise.render.text import render_text

MARATHON = (ROOT / "profiles" / "marathoner_in_three_weeks.yaml").read_text(encoding="utf-8")
VALGUS = "{movement_fault: dynamic_knee_valgus, during: single_leg_squat, side: left, grade: mild}"
FOUR = minimal(f"findings: [{', '.join(FOUR_PHRASES)}]")
GLUTES = {"hip_extension_strength", "posterior_chain_warm_up"}
ABDUCTION = {"hip_abduction_strength"}
each_profile = pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)


@pytest.fixture(name="marathoner", scope="module")
def _marathoner() -> Plan:
    """The plan of the main example."""
    return plan(MARATHON, name="marathoner_in_three_weeks.yaml", engine="both")


def serving(made: Plan, targets: set[str]) -> list[Prescription]:
    """The prescriptions whose exercise directly trains one of these targets."""
    exercises = built_in().exercises
    return [one for one in made.prescriptions if targets & set(exercises[one.exercise].targets.direct)]


# --- all of them ------------------------------------------------------------------------------------------------------


@each_profile
def test_every_example_plans_without_an_error(path: Path) -> None:
    """By both matchers, as text with the whole derivation."""
    made = plan(path.read_text(encoding="utf-8"), name=path.name, engine="both")
    assert render_text(made, explain=True)
    assert made.status == ("refer_first" if path.stem == "red_flag" else "ready")


@each_profile
def test_every_example_plan_has_exercises_unless_it_refers_first(path: Path) -> None:
    """An example that prescribes nothing would show nothing."""
    made = plan(path.read_text(encoding="utf-8"), name=path.name)
    assert bool(made.prescriptions) == (made.status == "ready")


@each_profile
def test_every_reason_can_be_checked(path: Path) -> None:
    """Rule, facts with lines, sources with level, strength and certainty, wherever a rule speaks."""
    made = plan(path.read_text(encoding="utf-8"), name=path.name)
    reasons = list(every_because(made))
    assert reasons
    for because in reasons:
        if because.rule.startswith("stridewise/"):
            continue
        rule = built_in().rule(because.rule)
        assert rule is not None
        assert because.text
        assert because.sources
        assert (because.strength, because.certainty) == (rule.strength, rule.certainty)
        for used in because.facts:
            assert used.derived_by or (used.at or "").startswith(f"{path.name}:")


@each_profile
def test_no_example_is_told_what_is_not_its_equipment(path: Path) -> None:
    """What is prescribed can be done with what is at hand."""
    made = plan(path.read_text(encoding="utf-8"), name=path.name)
    from plans import values

    have = frozenset(values(path.read_text(encoding="utf-8"), "equipment"))
    assert all(built_in().exercises[one.exercise].equipment_choice(have) is not None for one in made.prescriptions)


# --- the four phrases -------------------------------------------------------------------------------------------------


def test_the_four_phrases_together_are_a_profile() -> None:
    """The shortest possible profile, word for word; the screen is asked for first."""
    made = plan(FOUR, engine="both")
    assert made.notices[0].startswith("Safety screen not recorded")
    assert serving(made, GLUTES)
    assert serving(made, ABDUCTION)
    assert {"weekly_distance", "longest_run"} <= {one.metric for one in made.load_adjustments}
    assert all(
        one.from_ is None and one.to is None and one.change for one in made.load_adjustments if one.metric != "strength_sessions"
    )


@pytest.mark.parametrize("phrase", FOUR_PHRASES)
def test_each_phrase_alone_is_a_profile(phrase: str) -> None:
    """Each alone leads to advice."""
    made = plan(minimal(f"findings: [{phrase}]"), engine="both")
    assert made.status == "ready"
    assert made.prescriptions or made.warnings or made.load_adjustments


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("weak glutes", "weakness"),
        ("valgus knee", "movement_fault"),
        ("high mileage", "reported_mileage"),
        ("race in 3 weeks", "weeks_to_race"),
    ],
)
def test_each_phrase_is_used(phrase: str, kind: str) -> None:
    """Nothing of the four is left unread."""
    made = plan(minimal(f"findings: [{phrase}]"))
    assert kind not in {next(iter(one.fact)) for one in made.not_used}
    assert any(kind in used.fact for because in every_because(made) for used in because.facts)


# --- the runner of the issue ------------------------------------------------------------------------------------------


def test_the_iron_cross_gives_way_to_the_crossover_lunge(marathoner: Plan) -> None:
    """A preference with a healthy back: a swap that says what it keeps and loses, without alarm."""
    (swap,) = [one for one in marathoner.swaps if one.avoid == "iron_cross"]
    assert (swap.instead, swap.level) == ("knee_hug_crossover_lunge", "preference")
    assert swap.keeps
    assert swap.loses
    assert "knee_hug_crossover_lunge" in prescribed(marathoner)
    assert "iron_cross" not in prescribed(marathoner)


@pytest.mark.parametrize(
    "change",
    [
        (VALGUS, VALGUS.replace("mild", "marked")),
        ("safety:\n", "symptoms: [{pain: lateral_knee, side: left, intensity: 3, during: run, tissue: tendon}]\nsafety:\n"),
    ],
)
def test_where_crossing_the_midline_is_unwanted_the_reverse_lunge_stands_in(change: tuple[str, str]) -> None:
    """With a marked knee valgus or pain at the outer knee the step goes straight back."""
    text = MARATHON.replace(*change)
    assert text != MARATHON
    made = plan(text)
    assert swaps(made)["iron_cross"] == "knee_hug_reverse_lunge"
    assert "knee_hug_crossover_lunge" not in prescribed(made)


def test_weak_glutes_get_work_for_extension_and_abduction(marathoner: Plan) -> None:
    """Both muscles of the phrase are trained, each for the reason of the finding."""
    for targets, muscle in ((GLUTES, "gluteus_maximus"), (ABDUCTION, "gluteus_medius")):
        reasons = [because for one in serving(marathoner, targets) for because in one.because]
        assert any(used.fact.get("weakness") == muscle for because in reasons for used in because.facts), muscle


def test_the_barbell_squat_stays_out_and_says_its_gate(marathoner: Plan) -> None:
    """It is not prescribed; with a bar at hand what would earn it is part of the reason, without one nobody expects it."""
    assert "barbell_back_squat" not in prescribed(marathoner)
    assert "barbell_back_squat" not in aside(marathoner)
    example = (ROOT / "profiles" / "marathoner_in_three_weeks.yaml").read_text(encoding="utf-8")
    with_a_bar = plan(example.replace("[dumbbell, mini_band]", "[dumbbell, mini_band, barbell]"))
    gates = [gate.earn for gate in built_in().exercises["barbell_back_squat"].gates]
    assert gates
    assert all(gate.rstrip(".") in aside(with_a_bar)["barbell_back_squat"] for gate in gates)


def test_three_weeks_out_nothing_new_is_heavy_or_explosive(marathoner: Plan) -> None:
    """No new plyometrics, heavy loads or strong lengthening work."""
    for one in marathoner.prescriptions:
        record = built_in().exercises[one.exercise]
        assert record.demand("impact") == 0, one.exercise
        assert record.demand("heavy_load") <= 1, one.exercise
        assert one.block != "plyometric"


def test_the_running_load_comes_down_once(marathoner: Plan) -> None:
    """The week falls step by step from 90 km (clinic.md R4), and so does the longest run; one change a metric."""
    changes = {one.metric: one for one in marathoner.load_adjustments}
    assert len(changes) == len(marathoner.load_adjustments)
    assert changes["weekly_distance"].from_ == 90
    weeks = [day.totals.running_km for day in marathoner.schedule if day.totals is not None and day.totals.running_km is not None]
    assert len(weeks) == 4
    assert all(later < earlier for earlier, later in pairwise([Decimal(90), *weeks]))
    assert weeks[-1] <= 36, "race week holds at most two fifths of the usual week"
    assert changes["longest_run"].from_ == 32
    assert (changes["longest_run"].to or 99) < 32


def test_every_reason_of_the_example_names_its_line(marathoner: Plan) -> None:
    """From each prescription the way leads to lines of the file that say just that."""
    lines = MARATHON.splitlines()
    for one in (*marathoner.prescriptions, *marathoner.swaps, *marathoner.load_adjustments):
        places = [used.at for because in one.because for used in because.facts if used.at]
        derived = [used.derived_by for because in one.because for used in because.facts if used.derived_by]
        assert places or derived, one
        for place in places:
            name, _, line = place.split(", ")[0].rpartition(":")
            assert name == "marathoner_in_three_weeks.yaml"
            assert lines[int(line) - 1].split("#")[0].strip()


def test_every_prescription_of_the_example_is_whole(marathoner: Plan) -> None:
    """Dosage, pain limit, when to stop, what is harder and what is easier."""
    for one in marathoner.prescriptions:
        assert one.dosage.sets
        assert all((one.pain_limit, one.stop_if, one.progression, one.regression, one.targets, one.because))
