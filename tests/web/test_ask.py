"""Why, why not, what if: the answers of the command, and no question in an address."""

from pathlib import Path

import pytest

from stridewise.explain.inquiry import open_inquiry
from stridewise.explain.why import explain
from stridewise.render.answers.why import why_lines
from web_kit import AS_OF, TOKEN, Browser, filled, read, words

from plans import built_in  # isort: skip
from stridewise.profile.profile import load_profile  # isort: skip

ASK = "/p/R-014.yaml/ask"


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return filled(tmp_path)


def test_why_says_every_line_of_the_command(browser: Browser) -> None:
    answer = words(browser.post(ASK, {"question": "why", "item": "split_squat"}))
    inquiry = open_inquiry(load_profile(browser.folder / "R-014.yaml"), built_in(), AS_OF, "reference")
    said = [" ".join(line.text.split()) for line in why_lines(explain(inquiry, "split_squat")) if line.text]
    assert len(said) > 5
    assert [line for line in said if line not in answer] == []


@pytest.mark.slow
def test_why_not_next_and_thresholds_are_answered(browser: Browser) -> None:
    assert "What to wait for" in words(browser.post(ASK, {"question": "why not", "item": "barbell_deadlift"}))
    for question in ("next", "thresholds"):
        assert browser.post(ASK, {"question": question}).status_code == 200


def test_what_if_changes_nothing_that_is_kept(browser: Browser) -> None:
    before = browser.file("R-014.yaml")
    fields = {"question": "what if", "path": "race.in_weeks", "value": "12", "add": "weakness: soleus\n", "remove": ["1"]}
    answer = words(browser.post(ASK, fields))
    assert "finding 1 (weak glutes)" in answer
    assert "race.in_weeks = 12" in answer
    assert "add weakness: soleus" in answer
    assert browser.file("R-014.yaml") == before


def test_where_the_advice_flips(browser: Browser) -> None:
    fields = {"question": "what if", "path": "race.in_weeks", "value": "3", "to": "5"}
    assert "race.in_weeks from 3 to 5: where the advice flips" in words(browser.post(ASK, fields))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"question": "what if"}, "nothing to change"),
        ({"question": "what if", "add": "weak gluts"}, 'unknown phrase "weak gluts"'),
        ({"question": "what if", "path": "race.in_weeks", "value": "many"}, "race.in_weeks"),
        ({"question": "what if", "remove": "99"}, "the profile has 2 findings"),
        ({"question": "what if", "path": "race.in_weeks", "value": "1", "to": "9999"}, "values; give 2 to"),
        ({"question": "why", "item": "split squad"}, "split squad"),
        ({"question": "when"}, "is no question"),
    ],
)
def test_what_cannot_be_answered_is_told(browser: Browser, fields: dict[str, str], told: str) -> None:
    answer = browser.post(ASK, fields)
    assert answer.status_code == 422
    assert told in words(answer)


def test_questions_are_sent_as_forms_and_addresses_hold_names_of_files_alone(browser: Browser) -> None:
    found = read(browser.get("/p/R-014.yaml/change")).root
    assert {form.attributes["method"] for form in found.all("form")} == {"post"}
    linked = {one.attributes["href"] for one in found.all("a")}
    assert all(not href.partition("?")[2] and href.startswith(f"/{TOKEN}/") for href in linked)
