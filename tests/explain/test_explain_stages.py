"""Why a stage holds, why a later one does not, what would change it, and what is asked for the next, in the criteria's words."""

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from explain_kit import asked_of
from stridewise.errors import ProfileError
from stridewise.explain.ask import ask
from stridewise.explain.edits.changes import AddFact
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.questions import open_questions
from stridewise.explain.summary import summary
from stridewise.explain.what_if import Flip, what_if
from stridewise.explain.why import explain
from stridewise.explain.why_not import why_not
from stridewise.plan.difference import difference
from stridewise.render.answers.sweep import flip_words
from stridewise.render.answers.what_if import what_if_lines
from stridewise.render.answers.why_not import why_not_lines

ACHILLES = "achilles_midportion"
ROOT: dict[str, Any] = {
    "schema": 1,
    "runner": {"ref": "R-1", "age": 40},
    "recorded": "2026-11-21",
    "diagnosis": [{"condition": "achilles_tendinopathy", "side": "right", "irritability": "low"}],
    "symptoms": [{"pain": "achilles", "side": "right", "intensity": 1, "next_morning": 0, "tissue": "tendon"}],
    "safety": {"screened": "2026-11-21", "red_flags": [], "par_q": {"any_yes": False}},
}


@cache
def loading() -> Inquiry:
    """At the second stage: how many heel raises there are is not known."""
    return asked_of(ROOT)


def told(inquiry: Inquiry, item: str) -> list[str]:
    return [obstacle.text for obstacle in why_not(inquiry, item).obstacles]


def test_why_a_stage_holds_goes_down_to_the_lines() -> None:
    """By its full name, by its pathway's, and by its title."""
    for name in (f"{ACHILLES}/load", ACHILLES, "Load it heavily and slowly"):
        (item,) = explain(loading(), name)
        assert item.section == "pathways"
        assert item.said == "Achilles tendon (mid-portion): stage 2 of 4, Load it heavily and slowly"
        assert not item.stays_without_all
        assert {next(iter(used.fact)) for used in item.without} == {"diagnosis", "pain"}


def test_why_not_names_every_criterion_on_the_way() -> None:
    assert told(loading(), f"{ACHILLES}/spring") == [
        "Before stage 3 of 4 on the right, not known: 20 single-leg heel raises on this side. "
        "How many single-leg heel raises can the runner do on the sore side?"
    ]
    further = told(loading(), f"{ACHILLES}/speed")
    assert [text.partition(" on the")[0] for text in further] == ["Before stage 3 of 4", *["Before stage 4 of 4"] * 2]


def test_the_smallest_change_that_opens_it_is_offered() -> None:
    """Something to earn; what hurts is never offered as a change."""
    (proposal,) = why_not(loading(), f"{ACHILLES}/spring").changes
    assert [step.change for step in proposal.steps] == ["add heel_raise_reps: 20, side: right"]
    sore = asked_of(ROOT | {"symptoms": [{**ROOT["symptoms"][0], "intensity": 4}]})
    answer = why_not(sore, f"{ACHILLES}/spring")
    assert "Before stage 3 of 4 on the right, not met: Pain of 2 of 10 or less in the exercises and on runs." in told(
        sore, f"{ACHILLES}/spring"
    )
    assert answer.changes == ()


def test_a_stage_that_is_passed_or_on_no_way_says_so() -> None:
    assert told(loading(), f"{ACHILLES}/settle") == ["It is passed on the right: stage 2 of 4 holds."]
    other = asked_of(ROOT | {"diagnosis": [{"condition": "itb_pain"}]})
    assert told(other, f"{ACHILLES}/load") == [
        "The runner is not on this pathway. It is for: Achilles tendinopathy (mid-portion)."
    ]
    assert why_not(loading(), f"{ACHILLES}/load").present
    with pytest.raises(ProfileError, match=f'Did you mean "{ACHILLES}/spring"'):
        why_not(loading(), f"{ACHILLES}/sprin")


def test_the_answer_reads_as_a_colleague_would_say_it() -> None:
    text = " ".join(line.text for line in why_not_lines(why_not(loading(), f"{ACHILLES}/spring")))
    assert "Why this stage does not hold: Achilles tendon (mid-portion), stage 3 of 4" in text
    assert "no rule asks for it" not in text
    assert "?." not in text


@pytest.mark.slow
def test_a_criterion_that_is_not_known_is_asked_in_its_own_words() -> None:
    own = "How many single-leg heel raises can the runner do on the sore side?"
    questions = {question.name: question.question for question in open_questions(loading().session)}
    assert questions["heel_raise_reps"] == own
    assert own in [question.question for question in ask(loading()).questions]
    mornings = asked_of(
        ROOT
        | {
            "diagnosis": [{"condition": "achilles_tendinopathy", "side": "right"}],
            "symptoms": [{"pain": "achilles", "side": "right", "intensity": 1}],
        }
    )
    asked = {question.name: question.question for question in open_questions(mornings.session)}
    assert asked["pain.next_morning achilles"] == "How much does the Achilles hurt the morning after a session, from 0 to 10?"


def test_another_stage_is_a_difference_between_plans() -> None:
    after = loading().after([AddFact({"heel_raise_reps": 25, "side": "right"})])
    phrases = summary(difference(loading().session.plan, after.plan), {})
    assert "adds the stage “Teach it to spring again” (Achilles tendon (mid-portion))" in phrases
    assert "drops the stage “Load it heavily and slowly” (Achilles tendon (mid-portion))" in phrases


def test_what_if_and_a_sweep_tell_another_stage() -> None:
    found = what_if(loading(), [AddFact({"heel_raise_reps": 25, "side": "right"})])
    texts = [line.text for line in what_if_lines(found)]
    assert "new: Achilles tendon (mid-portion): stage 3 of 4, Teach it to spring again" in texts
    assert "gone: Achilles tendon (mid-portion): stage 2 of 4, Load it heavily and slowly" in texts
    words = flip_words(Flip(Decimal(0), Decimal(25), (), found.difference))
    assert "Achilles tendon (mid-portion), stage 3: Teach it to spring again" in words["New"]
