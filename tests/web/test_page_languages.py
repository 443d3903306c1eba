"""The page in another language: every word of its own is one that translators are shown, German says them all, and what is
written does not depend on the language."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from cli_kit import run
from page import VOID
from plans import built_in
from stridewise import session as sessions
from stridewise.authoring.translations import coverage, texts_of
from stridewise.errors import PackError
from stridewise.interview import QUESTIONS, start
from stridewise.language.translation import Language, speaking
from stridewise.program.languages import language_of
from stridewise.render.clinic import Clinic
from stridewise.web import groups
from stridewise.web.desk import Desk
from stridewise.web.folder import digest
from stridewise.web.groups import GROUPS
from stridewise.web.typed import in_english
from web_kit import AS_OF, Browser, filled, read, words

NAME = "R-014.yaml"
SHOWN = [("GET", "/", {}), ("POST", "/open", {"file": "x y", "text": "a: 1"}), ("GET", "/p/nobody.yaml", {})]
SHOWN += [("POST", "/new", {"at": str(at)}) for at in range(-1, 5)]
SHOWN += [
    ("POST", "/new", {"at": "0", "asked:red flags": "some", "q:sex": "male", "q:pregnancy": "no", "q:age": "old"}),
    ("POST", "/new", {"at": "4", "q:goal": "performance", "q:findings": "weak glutes\nHR 12/18"}),
    ("GET", f"/p/{NAME}/change", {}),
    ("POST", f"/p/{NAME}/change", {"was": "x", "do": "ban", "exercise": "dead_bug"}),
    ("POST", f"/p/{NAME}/ask", {"question": "why", "item": "dead_bug"}),
    ("POST", f"/p/{NAME}/ask", {"question": "what if"}),
]
# What a screen holds beside the page's own words: names of files, what was typed, marks, the brand.
NOT_OURS = ("stridewise", NAME, "R-020.yaml", "a: 1", "R-001", "weak glutes", "HR 12/18", "old")
ENGLISH_ONLY = {"the", "your", "with", "and", "of", "what", "is", "it", "not", "for", "asked", "pain", "week", "back", "year"}
TYPED = {
    "q:runner": "R-050",
    "asked:red flags": "none",
    "q:PAR-Q+": "ja, freigegeben von Dr. Weber am 2026-11-01",
    "q:age": "41",
    "q:sex": "female",
    "q:pregnancy": "8 Wochen nach der Geburt",
    "q:symptoms": "Schmerz Knie außen L 3/10 beim Laufen seit 6 Wochen",
    "q:running years": "2,5",
    "q:week": "Mo Ruhetag, Dienstag Intervalle, So. langer Lauf",
    "q:exercises": "Split Squat, Wandsitz",
    "q:race": "Marathon in 3 Wochen, A",
    "asked:equipment": "none",
}
IN_ENGLISH = TYPED | {
    "q:PAR-Q+": "yes, cleared by Dr. Weber on 2026-11-01",
    "q:pregnancy": "8 weeks after birth",
    "q:running years": "2.5",
    "q:week": "mon rest, tue intervals, sun long",
    "q:exercises": "split squat, wall sit",
    "q:race": "marathon in 3 weeks, A",
}


@pytest.fixture
def german(tmp_path: Path) -> Browser:
    return filled(tmp_path, "de")


def send(browser: Browser, method: str, path: str, fields: dict[str, str]) -> Any:
    return browser.get(path) if method == "GET" else browser.post(path, fields)


class ReadOut(HTMLParser):
    """What is read out of a page: its texts and names, but for what is marked as English, or typed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.left_out = [False]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        left_out = self.left_out[-1] or tag in ("style", "textarea") or given.get("lang") == "en"
        if not left_out:
            self.pieces.append(given.get("aria-label") or "")
        if tag not in VOID:
            self.left_out.append(left_out)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.left_out.pop()

    def handle_data(self, data: str) -> None:
        if not self.left_out[-1]:
            self.pieces.append(data)


def unmarked(text: str) -> str:
    """What stands outside the marks, and is not ours to tell."""
    while (inner := re.sub(r"«[^«»]*»", " ", text)) != text:
        text = inner
    for known in NOT_OURS:
        text = text.replace(known, " ")
    return " ".join(re.findall(r"[^\W\d_]{2,}", text))


# --- every text -------------------------------------------------------------------------------------------------------


def test_no_word_of_the_page_is_kept_from_translators(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a language that marks all it says, nothing on these screens stands without a mark; and German says all of it."""
    language = Language("de", {text: f"«{text}»" for _, _, text in texts_of(built_in())})
    monkeypatch.setattr(Desk, "words", language)
    monkeypatch.setattr(sessions, "language_of", lambda program, code: language)
    browser = filled(tmp_path, "de")
    for method, path, fields in SHOWN:
        answer = send(browser, method, path, fields)
        assert read(answer).root.all("html")[0].attributes["lang"] == "de"
        assert unmarked(" | ".join(ReadOut(answer.text).pieces)) == "", (path, fields)
    assert not [one.missing for one in coverage(built_in(), language_of(built_in(), "de")) if one.missing]


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_examples_of_the_hints_are_understood(code: str) -> None:
    with speaking(language_of(built_in(), code)):
        for question in QUESTIONS:
            if question.title in ("symptoms", "diagnosis", "history", "findings", "week", "race"):
                examples = [one for one in re.findall(r'"([^"]+)"', groups.hint(question)) if one != "7/10"]
                assert examples, question.title
                for example in examples:
                    question.read(start(AS_OF), in_english(built_in(), question, example), built_in().vocabulary)


# --- from the intake to the plan --------------------------------------------------------------------------------------


def test_from_the_intake_to_the_plan_no_english_word_is_left(german: Browser) -> None:
    screens = [german.get("/"), german.get("/new")]
    for at in range(len(GROUPS)):
        screens.append(german.post("/new", {**TYPED, "at": str(at), "go": "on"}))
    saved = german.post("/new", {**TYPED, "at": "5", "go": "save", "file": "R-050"})
    assert saved.status_code == 303, words(saved)
    screens += [german.get(f"/p/R-050.yaml{tab}") for tab in ("/letter", "/sheet", "/change")]
    for screen in screens:
        assert screen.status_code == 200, words(screen)
        assert read(screen).root.all("html")[0].attributes["lang"] == "de"
        told = " ".join(ReadOut(screen.text).pieces).lower()
        assert ENGLISH_ONLY & set(re.findall(r"[^\W\d_]+", told)) == set(), words(screen)[:80]
    assert "Neues Profil: bitte durchsehen" in words(screens[-4])
    assert "Ihr Übungsplan" in words(screens[-2])


@pytest.mark.parametrize("answers", [IN_ENGLISH, TYPED], ids=["typed in English", "typed in German"])
def test_what_is_written_is_the_same_whichever_language_the_page_has(tmp_path: Path, answers: dict[str, str]) -> None:
    written = []
    for language, typed in (("", IN_ENGLISH), ("de", answers)):
        (tmp_path / f"page-{language}").mkdir()
        browser = Browser(tmp_path / f"page-{language}", language)
        saved = browser.post("/new", {**typed, "at": "5", "go": "save", "file": "R-050"})
        assert saved.status_code == 303, words(saved)
        written.append((browser.folder / "R-050.yaml").read_bytes())
    assert written[0] == written[1]
    assert b"running_years: 2.5" in written[0]
    assert b"language" not in written[0]


@pytest.mark.parametrize("typed", ["45,5", "45,5, 48", "78,82"])
def test_a_comma_that_may_be_a_decimal_sign_is_asked_about(german: Browser, typed: str) -> None:
    answer = german.post("/new", {"at": "3", "go": "on", "q:weekly distance": typed})
    assert answer.status_code == 422
    assert "kann eine Zahl sein oder zwei" in words(answer)


def test_the_chart_of_a_report_is_told_in_its_language(german: Browser) -> None:
    """The race, the phases below the bars, and what the bars and the line are."""
    figures = read(german.get(f"/p/{NAME}")).root.all("figure")
    told = next(one.text for one in figures if "class" not in one.attributes)
    assert {"Wettkampf", "Laufen", "Wochen"} <= set(re.findall(r"\w+", told))
    assert not {"race", "Running", "Longest", "Weeks"} & set(re.findall(r"\w+", told))


# --- what stays English, and whose language ---------------------------------------------------------------------------


def test_what_stays_english_is_marked(german: Browser) -> None:
    answer = read(german.post(f"/p/{NAME}/ask", {"question": "why", "item": "beckenheben"})).root
    wrong = read(german.post("/new", {"at": "0", "q:age": "old"})).root
    for page, said in ((answer, "Why Glute bridge is in the plan"), (wrong, "expected a number")):
        english = [one for one in page.all() if one.attributes.get("lang") == "en"]
        assert any(said in one.text for one in english), said
    assert {one.attributes["lang"] for one in read(german.get("/packs")).root.all("html")} == {"en"}


@pytest.mark.parametrize(("page", "own"), [("de", "en"), ("en", "de"), ("", "de")])
def test_a_profile_in_another_language_has_its_plan_in_its_own(tmp_path: Path, page: str, own: str) -> None:
    browser = filled(tmp_path, page)
    text = browser.file("R-020.yaml")
    (tmp_path / "R-020.yaml").write_text(f"language: {own}\n{text}", encoding="utf-8")
    shown = read(browser.get("/p/R-020.yaml/sheet")).root
    assert shown.all("html")[0].attributes["lang"] == own
    assert shown.all("nav")[0].attributes["lang"] == (page or "en")
    assert ("Ihr Übungsplan" if own == "de" else "Your exercise plan") in shown.text


def test_that_a_wish_is_not_in_the_plan_is_told_in_the_pages_language(tmp_path: Path) -> None:
    browser = filled(tmp_path, "de")
    was = digest((browser.folder / "R-020.yaml").read_bytes())
    fields = {"was": was, "do": "pin", "exercise": "goblet_squat", "reason": "gewünscht"}
    answer = browser.post("/p/R-020.yaml/change", fields)
    told = [one for one in read(answer).root.all("p") if "steht aber nicht im Plan" in one.text]
    assert [one.attributes.get("class") for one in told] == ["in-0 wrong"]


def test_sheets_bear_the_clinics_name(german: Browser) -> None:
    german.app.app.state.desk.clinic = Clinic("Hügelpraxis", "0123 456")
    assert "Hügelpraxis" in words(german.get(f"/p/{NAME}/sheet"))


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[Desk]:
    """The desks of servers, which end before they listen."""
    desks: list[Desk] = []

    def make_app(desk: Desk, *_: object) -> None:
        desks.append(desk)
        raise PackError("not served")

    monkeypatch.setattr("stridewise.cli.serve.load_program", lambda _: built_in())
    monkeypatch.setattr("stridewise.cli.serve._listening", lambda _: MagicMock())
    monkeypatch.setattr("stridewise.web.app.make_app", make_app)
    return desks


def test_an_unknown_language_of_the_page_is_told_and_nothing_is_served(tmp_path: Path, loaded: list[Desk]) -> None:
    ran = run("serve", tmp_path, "--no-open", "--lang", "ge")
    assert (ran.code, ran.out, loaded) == (2, "", [])
    assert 'no pack has texts in "ge"; there is en, de' in ran.err


@pytest.mark.parametrize(("options", "language"), [((), "de"), (("--lang", "en"), "en")])
def test_the_clinics_language_is_the_pages_where_none_is_asked_for(
    tmp_path: Path, loaded: list[Desk], options: tuple[str, ...], language: str
) -> None:
    (tmp_path / "clinic.yml").write_text("name: Hügelpraxis\nlanguage: de\n", encoding="utf-8")
    ran = run("serve", tmp_path, "--no-open", "--clinic", tmp_path / "clinic.yml", *options)
    assert [(desk.language, desk.clinic.name) for desk in loaded] == [(language, "Hügelpraxis")], ran.err
