"""Pain of 0 is nothing there, the PAR-Q+ is recorded by question, and what alone makes a profile."""

import pytest

from plans import intake, minimal, mistakes, taken, values


@pytest.mark.parametrize(
    "entry", ["", ", during: run", ", next_morning: 0, night: false, focal: false, rising: false", ", tissue: bone"]
)
def test_pain_of_nought_is_recorded_as_not_there(entry: str) -> None:
    """It is kept and no rule takes it for pain."""
    (fact,) = taken(minimal(f"symptoms: [{{pain: groin, side: left, intensity: 0{entry}}}]"), "pain")
    assert fact.negative == {"intensity"}


@pytest.mark.parametrize("entry", ["night: true", "focal: true", "rising: true", "next_morning: 1"])
def test_pain_of_nought_with_another_word_of_pain_is_there(entry: str) -> None:
    """A score during activity does not undo pain at night, at one spot, rising or the next morning."""
    (fact,) = taken(minimal(f"symptoms: [{{pain: groin, side: left, intensity: 0, {entry}}}]"), "pain")
    assert not fact.negative


def test_no_pain_at_rest_does_not_contradict_pain_in_a_run() -> None:
    """Two scores of one region are two facts."""
    both = (
        "symptoms: [{pain: groin, side: left, intensity: 0, during: rest}, {pain: groin, side: left, intensity: 4, during: run}]"
    )
    assert sorted(bool(fact.negative) for fact in taken(minimal(both), "pain")) == [False, True]


def test_the_questions_of_the_par_q_are_facts_and_answer_which() -> None:
    """Which of the seven were answered yes can be recorded."""
    text = minimal("safety: {par_q: {any_yes: true, yes_to: [bone_or_joint, heart]}}")
    assert sorted(values(text, "par_q_yes_to")) == ["bone_or_joint", "heart"]
    assert "par_q_yes_to" in intake(text).answered


def test_questions_answered_yes_contradict_a_no() -> None:
    """A no names no question."""
    told = mistakes(minimal("safety: {par_q: {any_yes: false, yes_to: [heart]}}"))
    assert any("yes_to names questions answered yes" in one for one in told)


@pytest.mark.parametrize(
    "sections",
    [
        "safety: {red_flags: [saddle_numbness]}",
        "safety: {par_q: {any_yes: true}}",
        "safety: {pregnancy: {weeks: 20}}",
        "safety: {postpartum: {weeks: 8}}",
        "history: [{injury: hamstring_strain, side: left}]",
    ],
)
def test_a_flag_a_pregnancy_a_birth_or_a_history_alone_is_a_profile(sections: str) -> None:
    """Each says something to plan or to refer by."""
    assert intake(minimal(sections)).facts


@pytest.mark.parametrize("safety", ["{}", "{red_flags: []}", "{screened: 2026-11-21, red_flags: []}"])
def test_a_screen_without_a_flag_is_no_profile(safety: str) -> None:
    """A clean screen alone says nothing of the runner."""
    assert any("nothing to go by" in one for one in mistakes(minimal(f"safety: {safety}")))
