"""A new profile by pages: every question of `recommend new`, errors at their field, nothing lost, the same file in the end."""

from pathlib import Path
from typing import Any

import pytest

from cli_kit import run
from page import Page
from stridewise.interview import QUESTIONS
from stridewise.web.groups import CHECKLISTS, CHOICES, GROUPS, HINTS, LABELS
from web_kit import Browser, filled, read, words

ANSWERS = {
    "q:runner": "R-050",
    "asked:red flags": "none",
    "q:PAR-Q+": "no",
    "q:age": "41",
    "q:sex": "female",
    "q:pregnancy": "no",
    "q:symptoms": "outer knee pain L 3/10 during run 6 weeks next morning 1",
    "q:findings": "weak glutes\nHR 12/18",
    "q:weekly distance": "30, 32",
    "q:goal": "performance",
    "asked:equipment": "some",
    "q:equipment": ["dumbbell", "mini_band"],
    "q:sessions": "2",
    "asked:cannot": "none",
    "q:notes": "likes hills",
}


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return filled(tmp_path)


def sent_again(answer: Any) -> dict[str, list[str]]:
    """What a browser would send with the form of a page as it stands."""
    fields: dict[str, list[str]] = {}
    for one in read(answer).root.all("input", "textarea", "select"):
        name, kind = one.attributes.get("name", ""), one.attributes.get("type", "")
        if kind in ("radio", "checkbox") and "checked" not in one.attributes:
            continue
        chosen = [option.attributes["value"] for option in one.all("option") if "selected" in option.attributes]
        value = "".join(one.pieces).strip() if one.tag == "textarea" else one.attributes.get("value", "")
        fields.setdefault(name, []).extend(chosen or ([] if one.tag == "select" else [value]))
    return fields


def test_every_question_is_on_one_page_in_the_order_of_the_interview() -> None:
    titles = [question.title for question in QUESTIONS]
    assert [title for group in GROUPS for title in group.asks] == titles
    assert {*CHECKLISTS, *CHOICES, *HINTS, *LABELS} <= set(titles)


def test_page_by_page_to_the_same_file_as_the_command_writes(browser: Browser) -> None:
    answer = browser.get("/new")
    for _ in GROUPS:
        fields = sent_again(answer)
        fields |= {name: value for name, value in ANSWERS.items() if name in fields or name in answer.text}
        answer = browser.post("/new", {**fields, "go": "on"})
        assert answer.status_code == 200, words(answer)
    assert "look it over" in words(answer)
    answer = browser.post("/new", {**sent_again(answer), "go": "save", "file": "R-050"})
    assert (answer.status_code, answer.headers["location"].rpartition("/")[2]) == (303, "R-050.yaml")
    assert browser.get("/p/R-050.yaml").status_code == 200
    assert browser.file("R-050.yaml") == by_the_command(browser.folder / "typed.yaml")


def by_the_command(path: Path) -> str:
    """The profile of the same answers, typed at `recommend new`."""
    import os
    import subprocess
    import sys

    lines: list[str] = []
    for question in QUESTIONS:
        given = ANSWERS.get(f"q:{question.title}", ANSWERS.get(f"asked:{question.title}", ""))
        typed = [", ".join(given)] if isinstance(given, list) else str(given).split("\n")
        lines += [*typed, ""] if question.many and typed != [""] else typed
    code = "from stridewise.cli import main; main()"
    command = [sys.executable, "-c", code, "new", str(path), "--as-of", "2026-11-21"]
    subprocess.run(command, input="\n".join(lines).encode(), env=os.environ, check=True, capture_output=True)
    return path.read_text(encoding="utf-8")


def test_a_wrong_answer_is_told_at_its_field_and_all_answers_stay(browser: Browser) -> None:
    wrong = {**ANSWERS, "q:symptoms": ANSWERS["q:symptoms"] + "\nbanana pain"}
    answer = browser.post("/new", {**wrong, "at": "1", "go": "on"})
    assert answer.status_code == 422
    told = [one.text for one in read(answer).root.all("p") if one.attributes.get("class") == "wrong"]
    assert [text for text in told if text.startswith("Not taken: ") and "banana pain" in text]
    field = next(one for one in read(answer).root.all("textarea") if one.attributes["name"] == "q:symptoms")
    assert field.attributes["aria-invalid"] == "true"
    assert field.attributes["aria-describedby"] in [one.attributes.get("id") for one in read(answer).root.all("p")]
    assert field.text == " ".join(wrong["q:symptoms"].split())
    kept = sent_again(answer)
    for name, value in wrong.items():
        assert sorted(kept[name]) == sorted(value) if isinstance(value, list) else kept[name] == [value]


def test_every_wrong_answer_of_a_page_is_told(browser: Browser) -> None:
    answer = browser.post("/new", {"at": "0", "q:age": "old", "q:PAR-Q+": "maybe", "go": "on"})
    assert len([one for one in read(answer).root.all("p") if one.attributes.get("class") == "wrong"]) == 2


def test_the_way_back_loses_nothing_not_even_what_is_wrong(browser: Browser) -> None:
    answer = browser.post("/new", {**ANSWERS, "at": "1", "q:symptoms": "banana pain", "go": "back"})
    assert answer.status_code == 200
    assert sent_again(answer)["q:symptoms"] == ["banana pain"]
    assert sent_again(answer)["q:runner"] == ["R-050"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"asked:red flags": "none", "q:red flags": "fever"}, "ticked: fever"),
        ({"q:red flags": ["fever", "palpitations"]}, "ticked: fever, palpitations"),
        ({"asked:red flags": "some"}, "tick those that are meant"),
        ({"q:sex": "male", "q:pregnancy": "pregnant 20 weeks"}, "not asked of this runner"),
        ({"asked:red flags": "some", "q:red flags": "nothing_such"}, "nothing_such"),
    ],
)
def test_answers_that_disagree_are_never_settled_in_silence(browser: Browser, fields: dict[str, Any], told: str) -> None:
    answer = browser.post("/new", {"at": "0", "go": "on", **fields})
    assert answer.status_code == 422
    assert told in words(answer)


def test_a_ticked_red_flag_comes_first_in_the_plan(browser: Browser) -> None:
    fields = {**ANSWERS, "asked:red flags": "some", "q:red flags": ["fever"]}
    browser.post("/new", {**fields, "at": "5", "go": "save", "file": "R-051"})
    assert "red_flags: [fever]" in browser.file("R-051.yaml")
    shown = words(browser.get("/p/R-051.yaml"))
    ran = run(browser.folder / "R-051.yaml", "--as-of", "2026-11-21", "--engine", "reference")
    assert "Referrals" in shown
    assert ran.out.split("\n")[0] in shown


def test_red_flags_that_were_not_asked_stay_unknown(browser: Browser) -> None:
    answer = browser.post("/new", {"at": "4", "go": "on", "q:goal": "performance"})
    assert "# safety: not asked" in answer.text


def test_a_wrong_answer_of_an_earlier_page_leads_back_to_it(browser: Browser) -> None:
    answer = browser.post("/new", {**ANSWERS, "at": "5", "go": "save", "q:age": "old", "file": "R-050"})
    assert answer.status_code == 422
    assert "Page 1 of 5" in words(answer)
    assert not (browser.folder / "R-050.yaml").exists()


def test_nothing_to_plan_from_is_told_in_the_words_of_the_command(browser: Browser) -> None:
    answer = browser.post("/new", {"at": "4", "go": "on", "q:age": "30"})
    assert answer.status_code == 422
    assert "nothing to plan from yet: give a symptom" in words(answer)
    saved = browser.post("/new", {"at": "5", "go": "save", "q:age": "30", "file": "R-050"})
    assert saved.status_code == 422
    assert not (browser.folder / "R-050.yaml").exists()


def test_a_name_that_is_taken_is_told_and_the_answers_stay(browser: Browser) -> None:
    answer = browser.post("/new", {**ANSWERS, "at": "5", "go": "save", "file": "R-014"})
    assert answer.status_code == 422
    assert "R-014.yaml is there already" in words(answer)
    assert sent_again(answer)["q:notes"] == ["likes hills"]


@pytest.mark.parametrize("at", ["-1", "99", "x", "", "٣"])
def test_a_page_that_is_not_there_breaks_nothing(browser: Browser, at: str) -> None:
    assert browser.post("/new", {"at": at, "go": "on"}).status_code in (200, 422)


def test_what_was_typed_cannot_break_out_of_the_page(browser: Browser) -> None:
    evil = '"><script>alert(1)</script></textarea>'
    for at in ("0", "1", "4"):
        answer = browser.post("/new", {"at": at, "go": "on", "q:runner": evil, "q:symptoms": evil, "q:notes": evil})
        assert "<script" not in answer.text
        assert Page(answer.text).unclosed == []
