"""Report, sheet and letters as the command writes them; two visits side by side; the packs; many requests at once."""

import asyncio
import re
from pathlib import Path

import pytest

from cli_kit import run
from stridewise.authoring.tried import Tried
from stridewise.web import packs
from web_kit import AS_OF, HOST, MARATHON, TOKEN, Browser, filled, httpx, read, words

EARLIER = MARATHON.replace("schema: 1\n", "schema: 1\nrecorded: 2026-10-10\n").replace("2026-11-21", "2026-10-10")
NO_PLAN = "schema: 1\nrunner: {ref: R-9}\nfindings: [weak gluts]\nrace: {distance: marathn}\n"


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    (tmp_path / "R-014-1.yaml").write_text(EARLIER, encoding="utf-8")
    (tmp_path / "R-009.yaml").write_text(NO_PLAN, encoding="utf-8")
    return filled(tmp_path)


@pytest.mark.parametrize(("path", "form"), [("", "html"), ("/sheet", "handout"), ("/letter", "letter")])
@pytest.mark.parametrize("name", ["R-014.yaml", "R-020.yaml"])
def test_the_page_is_the_commands_with_tabs_on_top(browser: Browser, name: str, path: str, form: str) -> None:
    ran = run(browser.folder / name, "--as-of", str(AS_OF), "--engine", "reference", "--format", form)
    shown = browser.get(f"/p/{name}{path}").text
    own, theirs = shown.partition("</nav>\n")[2], ran.out.partition("<body>\n")[2]
    assert ran.code == 0
    assert (own or "nothing").strip() == theirs.strip()


def test_tabs_are_not_printed(browser: Browser) -> None:
    shown = browser.get("/p/R-014.yaml/sheet").text
    assert "@media print { nav.tabs { display: none; } }" in shown.partition("</style>")[0]


def test_what_is_wrong_with_a_profile_is_told_as_by_the_command(browser: Browser) -> None:
    ran = run(browser.folder / "R-009.yaml", "--as-of", str(AS_OF))
    answer = browser.get("/p/R-009.yaml")
    assert (ran.code, answer.status_code) == (2, 422)
    assert len(ran.err.strip().splitlines()) == 2
    assert [line for line in ran.err.strip().splitlines() if " ".join(line.split()) not in words(answer)] == []


def test_two_visits_side_by_side(browser: Browser) -> None:
    options = ("--as-of", str(AS_OF), "--engine", "reference", "--format", "html")
    ran = run("compare", browser.folder / "R-014-1.yaml", browser.folder / "R-014.yaml", *options)
    shown = browser.get("/compare?old=R-014-1.yaml&new=R-014.yaml")
    assert (ran.code, shown.status_code) == (0, 200)
    assert shown.text.partition("<main>")[2] == ran.out.partition("<main>")[2]


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("R-014-1.yaml", "R-020.yaml", 422),
        ("R-014.yaml", "R-014-1.yaml", 422),
        ("R-014.yaml", "", 404),
        ("../x.yaml", "R-014.yaml", 404),
    ],
)
def test_what_are_no_two_visits_is_told(browser: Browser, old: str, new: str, status: int) -> None:
    assert browser.get("/compare", params={"old": old, "new": new}).status_code == status


def test_the_packs_are_listed(browser: Browser) -> None:
    rows = read(browser.get("/packs")).root.all("tr")
    assert {"safety", "strength", "exercises"} <= {row.children[0].text for row in rows}


def test_a_pack_is_checked_and_its_cases_are_run(browser: Browser) -> None:
    shown = words(browser.post("/packs", {"pack": "warm-up"}))
    assert re.search(r"Its cases [1-9][0-9]* passed, 0 failed\.", shown)
    assert re.search(r"Its check [0-9]+ findings?", shown)
    assert browser.post("/packs", {"pack": "none such"}).status_code == 422


def test_what_a_pack_was_not_checked_for_is_named(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "tried", lambda *_: Tried(of_cases=3, unchecked=("contradiction",)))
    shown = words(browser.post("/packs", {"pack": "warm-up"}))
    assert "Not everything was looked at within 60 seconds. Left out: 3 of 3 cases; these checks: contradiction." in shown


def test_a_red_flag_stands_first_on_every_tab(browser: Browser) -> None:
    for path in ("", "/sheet", "/change"):
        shown = words(browser.get(f"/p/R-020.yaml{path}"))
        assert "REFER FIRST" in shown or "Do this first" in shown


@pytest.mark.slow
def test_a_hundred_requests_at_once_are_answered_alike(browser: Browser) -> None:
    async def asking() -> list[str]:
        transport = httpx.ASGITransport(browser.app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", timeout=120) as client:
            answers = await asyncio.gather(*(client.get(f"/{TOKEN}/p/{name}") for name in ("R-014.yaml", "R-020.yaml") * 50))
            assert {answer.status_code for answer in answers} == {200}
            return [answer.text for answer in answers]

    pages = asyncio.run(asking())
    assert len(set(pages[::2])) == len(set(pages[1::2])) == 1
