"""What an accessibility checker asks of every screen (WCAG 2.2 AA), checked without a browser."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from test_change import NAME, PAGE

from page import Page
from stridewise.authoring.checks.finding import Finding
from stridewise.authoring.firing import Firing
from stridewise.authoring.pack_diff import Change, PlanChange
from stridewise.authoring.tried import CaseRun, Tried
from stridewise.errors import Problem
from stridewise.language.vocabulary import Place
from stridewise.web import packs, workbench
from stridewise.web.folder import digest
from web_kit import Browser, filled, read, with_pack

RULES = "rules/shin.yaml"
BENCH = f"/workbench?pack=clinic&file={RULES}"
PROBLEM = Problem(f"clinic/{RULES}", 1, "is wrong")
TRIED = Tried(
    loaded_before=False,
    of_runners=2,
    runners=1,
    unplanned=("R-9.yaml",),
    of_cases=2,
    unchecked=("boundary",),
    firings=(Firing("clinic/one", "changed", ("R-014.yaml",), ()),),
    cases=(CaseRun("A case.", "clinic/cases/x.yaml:1", ("no",), ()),),
    plans=(PlanChange("R-014.yaml", "R-014", (Change("warnings", "+", "x", ("so",)),)),),
    findings=(Finding("warning", Place("clinic/pack.yaml", 1), "review", "not signed", "Sign it."),),
)
SCREENS = {
    "start": ("GET", "/", {}),
    "taken in wrong": ("POST", "/open", {"file": "x y", "text": "a: 1"}),
    "intake": ("GET", "/new", {}),
    "intake wrong": ("POST", "/new", {"at": "0", "q:age": "old", "asked:red flags": "some"}),
    "complaint": ("POST", "/new", {"at": "0"}),
    "means": ("POST", "/new", {"at": "3"}),
    "review": ("POST", "/new", {"at": "4", "q:goal": "performance"}),
    "not enough": ("POST", "/new", {"at": "4"}),
    "change": ("GET", PAGE, {}),
    "changed meanwhile": ("POST", PAGE, {"was": "x", "do": "ban", "exercise": "dead_bug"}),
    "wrong": ("POST", PAGE, {"was": "", "do": ""}),
    "why": ("POST", f"/p/{NAME}/ask", {"question": "why", "item": "dead_bug"}),
    "report": ("GET", f"/p/{NAME}", {}),
    "what if": ("POST", f"/p/{NAME}/ask", {"question": "what if", "path": "race.in_weeks", "value": "9"}),
    "packs": ("GET", "/packs", {}),
    "pack": ("POST", "/packs", {"pack": "warm-up"}),
    "files of a pack": ("GET", "/workbench?pack=clinic", {}),
    "workbench": ("GET", f"{BENCH}&saved=1", {}),
    "tried": ("POST", "/workbench", {"do": "try"}),
    "not saved": ("POST", "/workbench", {"do": "save"}),
    "pack changed meanwhile": ("POST", "/workbench", {"was": "x", "do": "try"}),
    "nobody": ("GET", "/p/nobody.yaml", {}),
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = Path(tmp_path_factory.mktemp("served"))
    with_pack(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbench, "tried", lambda *_: TRIED)
        patch.setattr(packs, "tried", lambda *_: TRIED)
        patch.setattr(workbench, "problems_of", lambda *_: (PROBLEM,))
        yield filled(folder)


@pytest.fixture(params=SCREENS, scope="module")
def screen(request: Any, browser: Browser) -> Page:
    method, path, fields = SCREENS[request.param]
    if path == "/workbench":
        was = digest((browser.folder / "clinic" / RULES).read_bytes())
        fields = {"pack": "clinic", "file": RULES, "text": "- id: x\n", "was": was} | fields
    return read(browser.get(path) if method == "GET" else browser.post(path, fields))


def test_it_is_well_formed_and_has_language_title_and_landmarks(screen: Page) -> None:
    assert screen.unclosed == []
    assert screen.root.all("html")[0].attributes["lang"] == "en"
    assert screen.root.all("title")[0].text
    assert [one.tag for one in screen.root.all("body")[0].children] == ["nav", "header", "main", "footer"]
    viewport = next(one for one in screen.root.all("meta") if one.attributes.get("name") == "viewport")
    assert not re.search(r"user-scalable|maximum-scale", viewport.attributes["content"])


def test_headings_start_at_one_and_skip_no_level(screen: Page) -> None:
    levels = [int(one.tag[1]) for one in screen.root.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_every_field_has_a_label_and_every_button_a_name(screen: Page) -> None:
    labelled = {one.attributes.get("for") for one in screen.root.all("label")}
    for field in screen.root.all("input", "select", "textarea"):
        inside = field.parent is not None and field.parent.tag == "label" and field.parent.text
        assert field.attributes.get("type") == "hidden" or inside or field.attributes.get("id") in labelled, field.attributes
    assert all(one.text for one in screen.root.all("button"))
    assert all(one.children[0].tag == "legend" and one.children[0].text for one in screen.root.all("fieldset"))


def test_the_name_of_a_button_begins_with_what_it_shows(screen: Page) -> None:
    for one in screen.root.all("button"):
        assert one.attributes.get("aria-label", one.text).startswith(one.text)


def test_no_two_buttons_or_summaries_of_one_name_do_different_things(screen: Page) -> None:
    summaries = [one.text for one in screen.root.all("summary") if not one.text.startswith("Why:")]
    named = [one.attributes["aria-label"] for one in screen.root.all("button") if "aria-label" in one.attributes]
    assert len(summaries) == len(set(summaries))
    assert len(named) == len(set(named))


def test_ids_are_unique_and_every_reference_exists(screen: Page) -> None:
    ids = [one.attributes["id"] for one in screen.root.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    used = [
        part
        for one in screen.root.all()
        for name in ("aria-labelledby", "aria-describedby", "for")
        for part in one.attributes.get(name, "").split()
    ]
    used += [one.attributes["href"][1:] for one in screen.root.all("a") if one.attributes["href"].startswith("#")]
    assert set(used) <= set(ids)


def test_lists_hold_only_what_lists_may_hold(screen: Page) -> None:
    for listed in screen.root.all("ul"):
        assert {child.tag for child in listed.children} <= {"li"}
    for defined in screen.root.all("dl"):
        assert {child.tag for child in defined.children} <= {"dt", "dd"}


def test_what_is_wrong_is_announced(browser: Browser) -> None:
    for name in ("taken in wrong", "intake wrong", "not enough", "changed meanwhile", "wrong"):
        _, path, fields = SCREENS[name]
        assert [one for one in read(browser.post(path, fields)).root.all("div") if one.attributes.get("role") == "alert"], name


def test_the_tab_one_is_on_is_marked(browser: Browser) -> None:
    for path in (f"/p/{NAME}", f"/p/{NAME}/sheet", f"/p/{NAME}/letter", PAGE):
        marked = [one for one in read(browser.get(path)).root.all("a") if one.attributes.get("aria-current")]
        assert [one.attributes["href"].endswith(path) for one in marked] == [True]
