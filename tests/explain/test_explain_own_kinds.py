"""What a clinic's own vocabulary says of its kinds and terms counts as much as what the built-in one says."""

from pathlib import Path
from typing import Any

import pytest

from kit import rule, write_pack
from plans import ASKED, ATLAS, DAY, EXERCISES, HEAD, exercise, profile, vocabulary_pack
from stridewise.explain.edits.changes import RemoveFacts
from stridewise.explain.inquiry import Inquiry, open_inquiry
from stridewise.explain.questions import OpenQuestion, open_questions
from stridewise.explain.sensitivity import thresholds
from stridewise.explain.what_if import WATERMARK, what_if
from stridewise.explain.why_not import why_not
from stridewise.packs.pack import load_pack
from stridewise.profile.phrases.entries import read_entry
from stridewise.program.builder import build_program
from stridewise.program.program import Program

ACHE = {"label": "resting ache {value}", "value": {"number": "score", "min": 0, "max": 10}, "open": True}
LIFT = {"label": "leg press {value}", "value": {"number": "kg", "min": 0, "max": 300}, "open": True}
NEEDS_ACHE = {"needs": [{"resting_ache": "<= 2"}], "earn": "Little ache at rest."}
NEEDS_LIFT = {"needs": [{"leg_press_kg": ">= 60"}], "earn": "A leg press of 60 kg."}


def own(folder: Path, kinds: dict[str, Any], *rules: dict[str, Any], gate: Any = None, terms: Any = None) -> Program:
    """A clinic with these kinds, these rules, and an exercise `spin` behind this gate."""
    spin = exercise("spin", target="", **({"gates": [gate]} if gate else {}))
    words = {"kinds": kinds, **({"terms": terms} if terms else {})}
    gym = write_pack(folder / "gym", {"exercises/all.yaml": [spin, *EXERCISES], "sources.yaml": ATLAS})
    asks = rule("asks", [{"weakness": "soleus"}], [{"prescribe": "spin"}])
    trial = write_pack(folder / "trial", {"vocabulary/own.yaml": words, "rules/all.yaml": [asks, *rules]})
    return build_program([vocabulary_pack(), load_pack(gym, shown="gym"), load_pack(trial, shown="trial")], without_safety=True)


def about(program: Program, findings: str, head: str = ASKED) -> Inquiry:
    return open_inquiry(profile(f"{head}findings: [{findings}]\n"), program, DAY, "reference")


def proposed(program: Program, findings: str) -> list[tuple[str, str, str]]:
    """What why-not proposes for `spin`: how modifiable, what, from what."""
    answer = why_not(about(program, f"{{weakness: soleus}}, {findings}"), "spin")
    return [(change.label, step.text, step.now) for change in answer.changes for step in change.steps]


@pytest.mark.parametrize("said", [{}, {"safety": True}], ids=["nothing said", "safety: true"])
def test_a_score_of_a_packs_own_is_never_offered_as_a_change(tmp_path: Path, said: dict[str, Any]) -> None:
    """As it is for the built-in pain on hopping: nobody decides to hurt less."""
    program = own(tmp_path, {"resting_ache": {**ACHE, **said}}, gate=NEEDS_ACHE)
    assert proposed(program, "{resting_ache: 7}") == []


def test_a_score_that_the_vocabulary_says_is_no_safety_matter_may_be_worked_on(tmp_path: Path) -> None:
    program = own(tmp_path, {"resting_ache": {**ACHE, "safety": False}}, gate=NEEDS_ACHE)
    assert proposed(program, "{resting_ache: 7}") == [("earn", "resting ache 2", "resting ache 7")]


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ({}, "earn"),
        ({"modifiable": "found"}, "would apply if tested"),
        ({"modifiable": "fixed"}, "not modifiable"),
        ({"modifiable": "reported"}, "not modifiable"),
        ({"modifiable": "arranged"}, "earn"),
    ],
)
def test_a_kind_says_how_modifiable_it_is(tmp_path: Path, said: dict[str, Any], label: str) -> None:
    program = own(tmp_path, {"leg_press_kg": {**LIFT, **said}}, gate=NEEDS_LIFT)
    assert proposed(program, "{leg_press_kg: 40}") == [(label, "leg press 60 kg", "leg press 40 kg")]


def test_what_only_grows_is_never_made_smaller(tmp_path: Path) -> None:
    months = {"label": "{value} after surgery", "value": {"number": "months", "min": 0}, "open": True, "grows": True}
    early = {"needs": [{"months_after_surgery": "<= 3"}], "earn": "Early after surgery."}
    late = {"needs": [{"months_after_surgery": ">= 6"}], "earn": "Six months after surgery."}
    finding, kinds = "{months_after_surgery: 4}", {"months_after_surgery": months}
    for name, gate, label in (("a", early, "not modifiable"), ("b", late, "earn")):
        told = proposed(own(tmp_path / name, kinds, gate=gate), finding)
        assert [how for how, *_ in told] == [label]


def test_what_if_marks_a_lost_safety_fact_of_a_packs_own(tmp_path: Path) -> None:
    inquiry = about(own(tmp_path, {"resting_ache": ACHE}), "{resting_ache: 7}")
    ache = tuple(fact for fact in inquiry.session.situation.intake.facts if fact.kind == "resting_ache")
    answer = what_if(inquiry, [RemoveFacts(ache)])
    assert answer.watermark == WATERMARK
    assert answer.removed_safety == ("resting ache 7",)


def test_what_to_wait_for_is_told_in_the_words_of_the_kind_or_its_term(tmp_path: Path) -> None:
    swab = {"value": {"terms": "swabs"}, "open": True, "wait": "when the swab has been repeated: {value}"}
    terms = {"swabs": {"cloudy": {}, "red": {"wait": "when the surgeon has seen it"}}}
    waits = rule("waits", [{"swab": "any"}], [{"avoid": "spin", "level": "contraindication"}])
    program = own(tmp_path, {"swab": swab}, waits, terms=terms)
    for value, told in (("cloudy", "when the swab has been repeated: cloudy"), ("red", "when the surgeon has seen it")):
        answer = why_not(about(program, f"{{weakness: soleus}}, {{swab: {value}}}"), "spin")
        assert answer.wait_for == (told,)


# --- questions -----------------------------------------------------------------------------------------------------------


def asked(program: Program, findings: str, head: str = ASKED) -> dict[str, OpenQuestion]:
    return {question.name: question for question in open_questions(about(program, findings, head).session)}


def test_a_kind_is_asked_in_its_group_and_its_words(tmp_path: Path) -> None:
    said = {"asked": "history", "further_asked": "examination", "question_first": "Any swab?", "question_further": "Any other?"}
    swab = {"value": {"terms": "swabs"}, "open": True, **said}
    acts = rule("acts", [{"swab": ["cloudy", "red"]}], [{"warn": "Hm.", "level": "info"}])
    program = own(tmp_path, {"swab": swab}, acts, terms={"swabs": {"cloudy": {}, "red": {}}})
    first, further = asked(program, "{weakness: soleus}")["swab"], asked(program, "{swab: red}")["swab"]
    assert (first.question, first.group) == ("Any swab?", "history")
    assert (further.question, further.group) == ("Any other?", "examination")
    assert [words for words, _ in further.answers] == ["cloudy"]


def test_a_kind_or_a_term_is_asked_of_those_whom_it_may_concern(tmp_path: Path) -> None:
    swab = {"value": {"terms": "swabs"}, "open": True, "asked_if": [{"weakness": "soleus"}], "asked_unless": [{"age": ">= 60"}]}
    terms = {"swabs": {"cloudy": {}, "red": {"asked_unless": [{"sex": "male"}]}, "dark": {"not_asked_as": ["swab"]}}}
    acts = rule("acts", [{"swab": ["cloudy", "red", "dark"]}], [{"warn": "Hm.", "level": "info"}])
    program = own(tmp_path, {"swab": swab}, acts, terms=terms)
    man = HEAD.replace("age: 30", "age: 30, sex: male")
    old = HEAD.replace("age: 30", "age: 60")
    assert [words for words, _ in asked(program, "{weakness: soleus}")["swab"].answers] == ["cloudy", "red"]
    assert [words for words, _ in asked(program, "{weakness: soleus}", man)["swab"].answers] == ["cloudy"]
    assert "swab" not in asked(program, "{weakness: soleus}", old)
    assert "swab" not in asked(program, "{weakness: quadriceps}")


def test_a_kind_that_is_never_asked_is_not(tmp_path: Path) -> None:
    acts = rule("acts", [{"leg_press_kg": ">= 60"}], [{"warn": "Hm.", "level": "info"}])
    assert "leg_press_kg" in asked(own(tmp_path / "a", {"leg_press_kg": LIFT}, acts), "{weakness: soleus}")
    never = own(tmp_path / "b", {"leg_press_kg": {**LIFT, "asked": "never"}}, acts)
    assert "leg_press_kg" not in asked(never, "{weakness: soleus}")


# --- tests ---------------------------------------------------------------------------------------------------------------


def test_the_error_of_a_packs_own_test_is_told_beside_its_cut_off(tmp_path: Path) -> None:
    error = {"largest": 5, "source": "atlas", "text": "smallest real change 5 kg"}
    acts = rule("acts", [{"leg_press_kg": ">= 60"}], [{"warn": "Hm.", "level": "info"}])
    program = own(tmp_path, {"leg_press_kg": {**LIFT, "error": error}}, acts)
    found = {load: thresholds(about(program, f"{{leg_press_kg: {load}}}").session) for load in (63, 70)}
    assert [(one.within_error, one.error and one.error.source) for one in found[63]] == [(True, "atlas")]
    assert [one.within_error for one in found[70]] == [False]


def test_a_packs_own_test_and_finding_have_short_names(tmp_path: Path) -> None:
    swab = {"value": {"terms": "swabs"}, "open": True, "shorthand": ["swabbed {value}", "{value}"]}
    program = own(tmp_path, {"leg_press_kg": {**LIFT, "shorthand": ["lp"]}, "swab": swab}, terms={"swabs": {"cloudy": {}}})
    assert read_entry("LP 60 kg", program.vocabulary) == [{"leg_press_kg": "60 kg"}]
    assert read_entry("swabbed cloudy", program.vocabulary) == [{"swab": "cloudy"}]
    assert read_entry("cloudy", program.vocabulary) == [{"swab": "cloudy"}]
