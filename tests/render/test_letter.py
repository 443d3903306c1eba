"""The referral letter: to whom, how soon, on what findings, what was stopped, what is asked; no diagnosis, no signature."""

import pytest

from render_kit import PROFILES, example, plan, refer_first, referral
from stridewise.plan.model import Plan
from stridewise.render.html import render_html
from stridewise.render.letter import CLAIM, DRAFT, PLACEHOLDERS, Letter, letters, parts
from stridewise.render.markdown import render_markdown
from stridewise.render.text import render_text


def test_one_letter_for_each_who_comes_before_the_plan_the_most_urgent_first() -> None:
    assert [one.to for one in letters(refer_first())] == ["emergency department", "family doctor"]


def test_a_ready_plan_has_no_letter() -> None:
    ready = plan(referrals=(referral("physiotherapist", "routine", "impact", "Plan a visit."),))
    assert letters(ready) == ()


def test_the_letter_goes_back_to_what_was_recorded() -> None:
    """A concluded fact is no finding: the letter gives the recorded facts below it."""
    first = letters(refer_first())[0]
    assert first.findings == ("weak thumb", "sleep 4 h")


def test_it_says_what_was_stopped_what_is_asked_and_who_else_is_asked() -> None:
    first = letters(refer_first())[0]
    assert "all exercise and running" in first.stopped
    assert any("start again" in text for text in first.asked)
    assert first.also == ("family doctor, to be seen within 72 hours", "physiotherapist, by appointment")
    assert first.urgency == "EMERGENCY, to be seen now"


def test_empty_parts_are_left_out() -> None:
    only = refer_first(warnings=(), referrals=(referral("family_doctor", "same_day", "running", "Today."),))
    assert [title for title, _ in parts(only_letter(only))] == [
        "Findings, as recorded", "Why this was noticed", "What the runner was told", "What was stopped", "What we ask of you",
    ]  # fmt: skip


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
    assert "numbness between the legs" in " ".join(one.findings)
