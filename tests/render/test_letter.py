"""The referral letter: to whom, how soon, on what findings, what was stopped, what is asked; no diagnosis, no signature."""

import pytest

from render_kit import PROFILES, example, plan, refer_first, referral
from stridewise.plan.model import Aims, Plan, Story
from stridewise.render.html import render_html
from stridewise.render.letter import CLAIM, DRAFT, PLACEHOLDERS, Letter, letters
from stridewise.render.markdown import render_markdown
from stridewise.render.text import render_text


def test_one_letter_for_each_who_comes_before_the_plan_the_most_urgent_first() -> None:
    assert [one.to for one in letters(refer_first())] == ["emergency department", "family doctor"]


def test_a_ready_plan_has_no_letter() -> None:
    ready = plan(referrals=(referral("physiotherapist", "routine", "impact", "Plan a visit."),))
    assert letters(ready) == ()


def said_of(one: Letter) -> dict[str, str]:
    """The paragraphs by what they are about."""
    return dict(one.paragraphs)


def test_a_letter_tells_the_story_in_sentences() -> None:
    """clinic.md §5: prose with diagnosis, load, race, findings, what was denied, and why so soon."""
    story = Story(
        runner="34-year-old female runner",
        running="running 45 km a week",
        symptoms=("3-week history of focal shin pain",),
        diagnosis=("shin splints",),
        examination=("hop pain: 6",),
        negatives=("none of the other signs",),
        history=("sprain",),
    )
    sent = (referral("family_doctor", "same_day", "running", "Call today."),)
    said = said_of(only_letter(refer_first(story=story, aims=Aims(race="half marathon", race_date="2026-12-12"), referrals=sent)))
    assert said["Why now"].startswith(
        "Please see this 34-year-old female runner today. Running 45 km a week; half marathon on 12 Dec"
    )
    assert said["Presenting complaint"] == "3-week history of focal shin pain."
    assert said["Diagnosis on record"] == "Shin splints."
    assert said["Findings"] == "Hop pain: 6."
    assert said["Relevant negatives"] == "None of the other signs."
    assert said["Past history"] == "Sprain."
    assert "running and jumping" in said["Request"]


def test_an_emergency_letter_is_short() -> None:
    """Nothing is asked and nobody is told to come back: it goes with the runner, now."""
    first = letters(refer_first())[0]
    assert first.urgency == "EMERGENCY, to be seen now"
    assert not {"Request", "Told to the runner", "Also referred"} & set(said_of(first))
    assert said_of(first)["Stopped"].startswith("All exercise and running")


def test_the_most_that_is_stopped_is_said_once() -> None:
    sent = (referral("doctor", "same_day", "lower_limb", "A."), referral("doctor", "urgent", "running", "B."))
    one = only_letter(refer_first(referrals=sent))
    assert said_of(one)["Stopped"].startswith("Running and all leg exercise, on ")
    assert said_of(one)["Told to the runner"] == "A."


def test_it_says_who_else_is_asked() -> None:
    second = letters(refer_first())[1]
    assert (
        said_of(second)["Also referred"] == "Emergency department (EMERGENCY, to be seen now). Physiotherapist (by appointment)."
    )


def test_empty_paragraphs_are_left_out() -> None:
    only = refer_first(warnings=(), referrals=(referral("family_doctor", "same_day", "running", "Today."),))
    assert [title for title, _ in only_letter(only).paragraphs] == ["Why now", "Stopped", "Told to the runner", "Request"]


@pytest.mark.parametrize("name", PROFILES)
def test_nothing_assumed_stands_in_a_letter(name: str) -> None:
    assert "assumed" not in str(letters(example(name)))


def only_letter(one: Plan) -> Letter:
    """The single letter of a plan."""
    (found,) = letters(one)
    return found


@pytest.mark.parametrize("said", [CLAIM, DRAFT, "to be seen now", *PLACEHOLDERS])
def test_every_format_holds_the_whole_letter(said: str) -> None:
    one = refer_first()
    for text in (render_text(one), render_markdown([one]), render_html([one])):
        assert said in " ".join(text.split())


@pytest.mark.parametrize("name", PROFILES)
def test_examples_have_a_letter_exactly_when_someone_comes_first(name: str) -> None:
    assert bool(letters(example(name))) == (example(name).status == "refer_first")


def test_the_letter_names_nobody() -> None:
    """A code stands for the runner; name and signature are filled in by hand."""
    one = only_letter(example("red_flag"))
    assert one.subject == "Runner R-027, [name, date of birth]"
    assert "Numbness between the legs" in said_of(one)["Presenting complaint"]
    assert "1-week history of sudden-onset low back pain, 6/10 with long sitting" in said_of(one)["Presenting complaint"]
