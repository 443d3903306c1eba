"""The workbench: a file of a pack is tried as the text stands in the form, nothing changes before it is saved, and nothing of a
pack folder is executed."""

import hashlib
from multiprocessing import active_children
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote

import pytest

from plans import ROOT
from stridewise.authoring.tried import CaseRun, Edit, Tried
from stridewise.errors import PackError, Problem
from stridewise.web import trial_process, workbench
from web_kit import AS_OF, Browser, filled, hidden, read, with_pack, words

FILE = "rules/shin.yaml"
ADDRESS = f"/workbench?pack=clinic&file={quote(FILE)}"
PROBLEM = Problem(f"clinic/{FILE}", 6, "unknown weakness")


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    made = filled(tmp_path)
    with_pack(tmp_path)
    return made


def tree(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file below, with its content's digest and its time."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}


def sent(browser: Browser, do: str, text: str | None = None, was: str | None = None) -> Any:
    """The form of the file, sent with this text."""
    kept = browser.file(f"clinic/{FILE}")
    fields = {"pack": "clinic", "file": FILE, "was": was or hidden(browser.get(ADDRESS), "was"), "text": text or kept, "do": do}
    return browser.post("/workbench", fields)


def typed(answer: Any) -> str:
    """What the form holds."""
    import html

    return html.unescape(answer.text.partition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0])


def told(monkeypatch: pytest.MonkeyPatch, found: Tried) -> None:
    """Every trial ends like this."""
    monkeypatch.setattr(workbench, "tried", lambda *_: found)
    monkeypatch.setattr(workbench, "problems_of", lambda *_: found.problems)


def test_every_file_of_the_pack_is_a_link_and_python_is_none(browser: Browser) -> None:
    assert "clinic" in [link.text for link in read(browser.get("/packs")).root.all("a")]
    links = [link.text for link in read(browser.get("/workbench?pack=clinic")).root.all("a")]
    assert [name for name in links if "." in name] == [
        "rules/shin.yaml",
        "exercises/shin.yaml",
        "cases/shin.yaml",
        "pack.yaml",
        "sources.yaml",
    ]


def test_the_form_holds_the_file_as_it_is(browser: Browser) -> None:
    assert typed(browser.get(ADDRESS)) == browser.file(f"clinic/{FILE}")


@pytest.mark.parametrize(
    "address", ["?pack=..", "?pack=clinic&file=plugin.py", "?pack=clinic&file=../R-014.yaml", "?pack=/etc", ""]
)
def test_no_address_leads_out(browser: Browser, address: str) -> None:
    assert browser.get(f"/workbench{address}").status_code == 404


@pytest.mark.slow
def test_trying_shows_what_the_text_does_and_changes_nothing(browser: Browser, tmp_path: Path) -> None:
    before = tree(tmp_path)
    answer = sent(browser, "try", browser.file(f"clinic/{FILE}").replace("tibialis_anterior", "soleus") + "\n\n# typed  \n")
    assert answer.status_code == 200
    assert "Nothing is saved. Tried on the profiles of this folder." in words(answer)
    assert "Not everything" not in words(answer)
    assert typed(answer).endswith("\n\n# typed  \n")
    assert tree(tmp_path) == before
    assert not (tmp_path / "executed").exists()


@pytest.mark.slow
def test_a_mistake_stands_at_its_line_and_the_text_stays(browser: Browser, tmp_path: Path) -> None:
    before, wrong = tree(tmp_path), browser.file(f"clinic/{FILE}").replace("tibialis_anterior", "tibialis_antrior")
    for do in ("try", "save"):
        answer = sent(browser, do, wrong)
        assert answer.status_code == 422
        assert "clinic/rules/shin.yaml:6: weak-shin-muscle-starts-with-heel-walking: when[0]: unknown weakness" in words(answer)
        (shown,) = read(answer).root.all("pre")
        assert "→ 6 - weakness: tibialis_antrior" in shown.text
        assert typed(answer) == wrong
    assert tree(tmp_path) == before


def test_a_text_with_mistakes_is_saved_only_when_asked_once_more(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, Tried((PROBLEM,)))
    answer = sent(browser, "save", "- id: x\n")
    assert answer.status_code == 422
    assert [one.text for one in read(answer).root.all("button")] == ["Try", "Save", "Save with these mistakes"]
    assert browser.file(f"clinic/{FILE}") != "- id: x\n"
    assert sent(browser, "save anyway", "- id: x\n").status_code == 303
    assert browser.file(f"clinic/{FILE}") == "- id: x\n"


def test_saving_writes_the_text_and_nothing_else(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, Tried())
    before, text = tree(tmp_path), "# first\n\n" + browser.file(f"clinic/{FILE}") + "\n  \n"
    answer = sent(browser, "save", text)
    assert browser.file(f"clinic/{FILE}") == text
    after = tree(tmp_path)
    assert {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} == {
        str(tmp_path / "clinic" / FILE)
    }
    assert "Saved." in words(browser.get(answer.headers["location"].partition("test")[2]))


@pytest.mark.parametrize("do", ["try", "save", "save anyway"])
def test_the_second_window_is_told_and_loses_nothing(browser: Browser, monkeypatch: pytest.MonkeyPatch, do: str) -> None:
    told(monkeypatch, Tried())
    was = hidden(browser.get(ADDRESS), "was")
    sent(browser, "save", "# the first window\n", was)
    answer = sent(browser, do, "# the second window\n", was)
    assert answer.status_code == 409
    assert browser.file(f"clinic/{FILE}") == "# the first window\n"
    assert typed(answer) == "# the second window\n"
    assert "# the first window" in words(answer)
    sent(browser, "save", "# both\n", hidden(answer, "was"))
    assert browser.file(f"clinic/{FILE}") == "# both\n"


def test_what_comes_in_between_looking_and_writing_is_not_lost(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_window(*_: object) -> tuple[()]:
        (browser.folder / "clinic" / FILE).write_text("# meanwhile\n", encoding="utf-8")
        return ()

    monkeypatch.setattr(workbench, "problems_of", other_window)
    assert sent(browser, "save", "# mine\n").status_code == 409
    assert browser.file(f"clinic/{FILE}") == "# meanwhile\n"


def test_a_file_that_is_gone_leaves_the_text_on_the_page(browser: Browser) -> None:
    was = hidden(browser.get(ADDRESS), "was")
    (browser.folder / "clinic" / FILE).unlink()
    fields = {"pack": "clinic", "file": FILE, "was": was, "text": "# not lost", "do": "save"}
    answer = browser.post("/workbench", fields)
    assert answer.status_code == 404
    assert "# not lost" in words(answer)


def test_what_was_left_out_is_said(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    run = CaseRun("A case.", "clinic/cases/shin.yaml:3", (), ())
    told(monkeypatch, Tried(of_runners=20, runners=3, of_cases=5, cases=(run,), unchecked=("contradiction", "boundary")))
    shown = words(sent(browser, "try"))
    assert "Not everything was looked at within 30 seconds. Left out: 17 of 20 runners; 4 of 5 cases; " in shown
    assert "these checks: contradiction, boundary. recommend pack check" in shown


@pytest.mark.slow
def test_a_trial_ends_with_its_time_and_tells_what_it_found_by_then() -> None:
    """The check of this pack for contradictions alone takes minutes."""
    folder = ROOT / "rules" / "stridewise_rules" / "conditions"
    file = next((folder / "rules").glob("*.yaml"))
    edit, started = Edit(folder, "conditions", f"rules/{file.name}", file.read_bytes()), monotonic()
    found = trial_process.tried(edit, (), [ROOT / "profiles" / "shortest.yaml"], AS_OF, 20)
    assert monotonic() - started < 30
    assert "contradiction" in found.unchecked
    assert not found.problems
    assert active_children() == []


@pytest.mark.slow
def test_a_trial_that_found_nothing_in_its_time_says_so() -> None:
    with pytest.raises(PackError, match=r"nothing was found out within 0\.01 seconds"):
        trial_process.tried(Edit(ROOT / "rules", "rules", "pack.yaml", b""), (), [], AS_OF, 0.01)
    assert active_children() == []
