"""Taking a profile in: every section becomes facts in the one notation, and what was not said is not made up."""

import pytest

from plans import intake, minimal, mistakes, taken, values
from stridewise.language.fact import Fact
from stridewise.profile.facts import LISTS, SINGLE

SINGLE_VALUES = {
    "runner.age": "34",
    "runner.sex": "female",
    "goal.kind": "performance",
    "race.distance": "marathon",
    "race.priority": "A",
    "training.longest_run": "32",
    "training.planned_longest_run": "36",
    "training.running_years": "8",
    "training.surface": "road",
    "training.runs_per_week": "4",
    "training.pace": "6",
    "training.coach": "yes",
    "training.strength.sessions_per_week": "1",
    "training.strength.experience_months": "4",
    "safety.pregnancy.weeks": "20",
    "safety.postpartum.weeks": "8",
    "constraints.minutes_per_session": "30",
    "constraints.sessions_per_week": "2",
    "since_last.pain_max": "3",
    "runner.height": "170",
    "runner.mass": "68",
    "runner.dominant_leg": "left_leg",
    "runner.menopause": "perimenopause",
    "training.cadence": "172",
    "training.cross_training_hours": "3",
    "training.shoes_changed_weeks_ago": "2",
    "safety.blood_pressure.systolic": "130",
    "safety.blood_pressure.diastolic": "85",
}
LIST_VALUES = {
    "safety.red_flags": "fever",
    "training.current_exercises": "goblet_squat",
    "constraints.equipment": "dumbbell",
    "constraints.cannot": "kneel",
    "safety.postpartum.symptoms": "leakage",
    "safety.par_q.yes_to": "heart",
    "constraints.available_days": "mon",
    "safety.pelvic_floor": "heaviness",
}


def at_path(path: str, value: str) -> str:
    """A profile with this value at this path, and a goal so that it is one."""
    first, *rest = path.split(".")
    body = value
    for step in reversed(rest):
        body = f"{{{step}: {body}}}"
    if first == "runner":
        return f"schema: 1\nrunner: {{ref: R-1, {body[1:-1]}}}\nfindings: []\n"
    body = body.replace("{yes_to", "{any_yes: true, yes_to")  # which questions, beside the answer they belong to
    return minimal(f"findings: []\n{first}: {body}\n")


def sides(facts: list[Fact]) -> list[str | None]:
    """The sides of facts."""
    return [fact.side for fact in facts]


# --- sections ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SINGLE)
def test_every_single_value_becomes_one_fact_with_its_line(path: str) -> None:
    """The table of paths and kinds holds: the value arrives, and says where it stood."""
    (fact,) = taken(at_path(path, SINGLE_VALUES[path]), SINGLE[path])
    assert str(fact.value) == SINGLE_VALUES[path]
    assert [place.path for place in fact.places] == ["profile.yaml"]


@pytest.mark.parametrize("path", SINGLE)
@pytest.mark.parametrize("unknown", ["unknown", "null", ""])
def test_unknown_is_the_same_as_leaving_out(path: str, unknown: str) -> None:
    """`unknown`, nothing and an absent key mean the same: not recorded."""
    if unknown == "" and path.startswith("runner"):
        unknown = "null"
    assert taken(at_path(path, unknown), SINGLE[path]) == []


def test_the_line_of_a_value_is_its_own() -> None:
    """Facts point to the line of the very value, not of its section."""
    text = minimal("findings:\n\n  - weak glutes\n  # note\n  - {skill: hip_hinge, grade: owned}\ntraining:\n  surface: road\n")
    lines = {fact.kind: {place.line for place in fact.places} for fact in intake(text).facts}
    assert lines == {"weakness": {5}, "skill": {7}, "surface": {9}}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_answers_its_question_even_where_it_is_empty(path: str) -> None:
    """`[]` means "asked, none"; leaving the list out means "not asked"."""
    screened = at_path(path, "[]").replace("{red_flags", "{screened: 2026-11-21, red_flags")
    assert LISTS[path] in intake(screened).answered
    assert LISTS[path] not in intake(minimal("findings: []")).answered


@pytest.mark.parametrize("path", LISTS)
def test_every_entry_of_a_list_becomes_a_fact(path: str) -> None:
    """A list names terms; each is one fact."""
    assert values(at_path(path, f"[{LIST_VALUES[path]}]"), LISTS[path]) == [LIST_VALUES[path]]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("entry", ["unknown", "null"])
def test_a_list_of_unknown_answers_nothing(path: str, entry: str) -> None:
    """Unknown is not false: a list that says "unknown" is no "asked, none"."""
    text = at_path(path, f"[{entry}]").replace("{red_flags", "{screened: 2026-11-21, red_flags")
    assert LISTS[path] not in intake(text).answered


@pytest.mark.parametrize("path", LISTS)
def test_a_word_where_a_list_is_expected_is_told(path: str) -> None:
    """`equipment: dumbbell` is refused, with the way to write it."""
    assert any("expected a list" in told for told in mistakes(at_path(path, LIST_VALUES[path])))


def test_red_flags_count_only_where_a_screen_was_held() -> None:
    """Without `screened` an empty list of red flags answers nothing; a flag that is there still counts."""
    text = minimal("findings: []\nsafety: {red_flags: [fever]}")
    assert "red_flag" not in intake(text).answered
    assert values(text, "red_flag") == ["fever"]


@pytest.mark.parametrize("section", ["findings", "symptoms", "history"])
@pytest.mark.parametrize(
    "entry", ["{red_flag: saddle_numbness}", "saddle numbness", "Saddle  Numbness", "{alias: saddle numbness}"]
)
def test_a_red_flag_counts_wherever_it_stands(section: str, entry: str) -> None:
    """A flag among the findings, symptoms or history is the same fact as one in the screen."""
    assert values(minimal(f"goal: {{}}\n{section}: [{entry}]"), "red_flag") == ["saddle_numbness"]


def test_a_diagnosis_is_treated_now_and_is_on_record() -> None:
    """Rules about lasting conditions see a diagnosis too, so that none can miss it."""
    text = minimal("diagnosis: [{condition: osteoporosis, side: left, certainty: confirmed}]")
    assert [fact.as_mapping() for fact in taken(text, "diagnosis")] == [
        {"diagnosis": "osteoporosis", "certainty": "confirmed", "side": "left"}
    ]
    assert [fact.as_mapping() for fact in taken(text, "condition")] == [{"condition": "osteoporosis", "side": "left"}]


@pytest.mark.parametrize("entry", ["runner's knee", "{diagnosis: patellofemoral_pain}"])
@pytest.mark.parametrize("section", ["findings", "symptoms"])
def test_a_diagnosis_is_on_record_wherever_it_stands(section: str, entry: str) -> None:
    """As a phrase or a finding it says the same as in the section of diagnoses."""
    elsewhere, usual = minimal(f"goal: {{}}\n{section}: [{entry}]"), minimal("diagnosis: [{condition: patellofemoral_pain}]")
    for kind in ("diagnosis", "condition"):
        assert values(elsewhere, kind) == values(usual, kind), kind


@pytest.mark.parametrize("entry", ["runner's knee", "PFPS", "patellofemoral pain 2 years ago"])
def test_in_the_history_it_is_an_injury_of_the_past(entry: str) -> None:
    """Said under history it is over; a diagnosis written as a fact stays one."""
    text = minimal(f"goal: {{}}\nhistory: [{entry}]")
    assert set(values(text, "injury")) == {"patellofemoral_pain"}
    assert values(text, "diagnosis") == []
    assert set(values(minimal("goal: {}\nhistory: [{diagnosis: patellofemoral_pain}]"), "diagnosis")) == {"patellofemoral_pain"}


def test_pregnancy_and_birth_are_conditions() -> None:
    """Recording weeks is recording the condition, whether the weeks are known or not."""
    assert set(values(minimal("findings: []\nsafety: {pregnancy: {weeks: 20}}"), "condition")) == {"pregnancy"}
    assert set(values(minimal("findings: []\nsafety: {postpartum: {symptoms: [leakage]}}"), "condition")) == {"postpartum"}


def test_a_week_becomes_training_days() -> None:
    """Each day with its session."""
    found = taken(minimal("training: {week: {mon: rest, sun: long}}"), "training_day")
    assert {fact.value: fact.get("session") for fact in found} == {"mon": "rest", "sun": "long"}


def test_notes_are_kept_but_not_read() -> None:
    """Free text becomes no fact; it is handed on as not read."""
    taken_in = intake(minimal("findings: []\nnotes: weak glutes"))
    assert taken_in.facts == ()
    assert [text for text, _ in taken_in.not_read] == ["notes: weak glutes"]


@pytest.mark.parametrize("entry", ["{high_mileage: yes}", "{phase: taper}", "{earned: goblet_squat}"])
def test_what_only_rules_conclude_cannot_be_recorded(entry: str) -> None:
    """A derived fact in a profile would skip the rules, and is refused."""
    assert any("concluded by rules" in told for told in mistakes(minimal(f"findings: [{entry}]")))


@pytest.mark.parametrize("entry", ["{weakness: soleus, pain: heel}", "{side: left}", "{}", "{weaknes: soleus}"])
def test_an_entry_has_exactly_one_kind(entry: str) -> None:
    """None or two kinds in one entry is refused."""
    assert mistakes(minimal(f"findings: [{entry}]"))


# --- sides and values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["", ", side: both"])
def test_both_sides_are_two_facts_of_one_line(given: str) -> None:
    """Rules see left or right, never both; an unsaid side is assumed, a said one is not."""
    found = taken(minimal(f"findings: [{{weakness: soleus{given}}}]"), "weakness")
    assert sides(found) == ["left", "right"]
    assert found[0].places == found[1].places
    assert all(("side" in fact.assumed) == (given == "") for fact in found)


def test_a_side_map_is_one_fact_a_side() -> None:
    """22 left and 14 right, from one line; an unknown side is left out."""
    found = taken(minimal("findings: [{heel_raise_reps: {left: 22, right: 14}}]"), "heel_raise_reps")
    assert [(fact.side, fact.value) for fact in found] == [("right", 14), ("left", 22)]
    assert sides(taken(minimal("findings: [{heel_raise_reps: {left: 22, right: unknown}}]"), "heel_raise_reps")) == ["left"]


@pytest.mark.parametrize(
    "entry", ["{heel_raise_reps: {both: 22}}", "{plank_s: {left: 3}}", "{heel_raise_reps: {left: 1}, side: left}"]
)
def test_a_side_map_holds_left_and_right_of_a_kind_with_sides(entry: str) -> None:
    """Anything else in the place of a value is refused."""
    assert mistakes(minimal(f"findings: [{entry}]"))


@pytest.mark.parametrize(
    "entry",
    [
        "{weakness: soleus, side: middle}",
        "{weakness: soleus, grade: enormous}",
        "{weakness: soleus, sied: left}",
        "{heel_raise_reps: many}",
        "{heel_raise_reps: -1}",
        "{pain: heel, intensity: 11}",
        "{pain: heel, focal: maybe}",
        "{pain: elbow_of_the_knee}",
    ],
)
def test_a_value_outside_its_type_is_told_at_its_line(entry: str) -> None:
    """Terms, numbers and answers are checked one by one."""
    told = mistakes(minimal(f"findings:\n  - {{skill: hip_hinge}}\n  - {entry}\n"))
    assert len(told) == 1
    assert told[0].startswith("profile.yaml:5: findings[1]")


@pytest.mark.parametrize("written", ["unknown", "unknown tissue"])
def test_an_unknown_under_any_of_its_names_is_not_recorded(written: str) -> None:
    """What is taken for granted in its place is marked as such."""
    (pain,) = taken(minimal(f"symptoms: [{{pain: calf, side: left, tissue: {written}}}]"), "pain")
    assert pain.assumed == {"tissue"}
