"""The page in a real browser, by its labels: intake, plan, a choice, print, compare; without scripts, at a phone's width, by
keyboard. Runs where playwright is installed (`uv run --with playwright`) and the machine has a Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_serve import Server, started

from web_kit import MARATHON

api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]
WIDTHS = {"desk": 1200, "phone": 390}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "R-014.yaml").write_text(MARATHON, encoding="utf-8")
    (tmp_path / "R-014-1.yaml").write_text(
        MARATHON.replace("2026-11-21", "2026-10-10") + "recorded: 2026-10-10\n", encoding="utf-8"
    )
    running = started(tmp_path)
    yield running
    running.process.kill()
    running.process.communicate()


@pytest.fixture(params=[(scripts, width) for scripts in (True, False) for width in WIDTHS], ids=str)
def tab(request: Any, server: Server) -> Iterator[Any]:
    """A page at the first screen. What a browser would complain of fails the test."""
    scripts, width = request.param
    with api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": WIDTHS[width], "height": 800})
        page = context.new_page()
        page.set_default_timeout(8000)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto(server.address)
        yield page
        assert [text for text in complaints if "status of 422" not in text and "status of 409" not in text] == []
        browser.close()


def test_from_nothing_to_a_printed_sheet(tab: Any, server: Server) -> None:
    tab.get_by_role("link", name="New profile").click()
    tab.get_by_label("Code of the runner").fill("R-050")
    tab.get_by_role("group", name="Red flags").get_by_label("Asked: none").check()
    tab.get_by_label("Age in years").fill("old")
    tab.get_by_role("button", name="Go on").click()
    assert tab.get_by_role("alert").count() == 1
    assert tab.get_by_label("Code of the runner").input_value() == "R-050"
    tab.get_by_label("Age in years").fill("41")
    tab.get_by_label("Any PAR-Q+ question").fill("no")
    tab.get_by_role("button", name="Go on").click()
    tab.get_by_label("Pain or other symptoms").fill("outer knee pain L 3/10 during run 6 weeks next morning 1")
    for _ in range(3):
        tab.get_by_role("button", name="Go on").click()
    tab.get_by_role("button", name="Back").click()
    tab.get_by_label("Kilometres in each of the last weeks").fill("30, 32")
    tab.get_by_role("button", name="Go on").click()
    tab.get_by_role("button", name="Look at the profile").click()
    tab.get_by_role("button", name="Save and show the plan").click()
    assert (server.folder / "R-050.yaml").is_file()
    tab.get_by_role("link", name="Runner's sheet").click()
    assert tab.get_by_role("heading", name="Your exercise plan").is_visible()
    assert tab.pdf().startswith(b"%PDF")


def test_a_choice_from_the_plan_and_the_back_button(tab: Any, server: Server) -> None:
    tab.get_by_role("link", name="R-014.yaml").click()
    tab.get_by_role("link", name="Change and ask").click()
    tab.locator("summary").first.click()
    tab.get_by_label("Reason").first.fill("hurt last time")
    tab.get_by_role("button", name="Leave out").first.click()
    assert tab.get_by_role("heading", name="Written into R-014.yaml").is_visible()
    tab.go_back()
    if not tab.get_by_label("Reason").first.is_visible():
        tab.locator("summary").first.click()
    tab.get_by_label("Reason").first.fill("again")
    tab.get_by_role("button", name="Leave out").first.click()
    kept = (server.folder / "R-014.yaml").read_text(encoding="utf-8")
    assert kept.startswith(MARATHON)
    assert "hurt last time" in kept


def test_two_visits(tab: Any) -> None:
    tab.get_by_label("First visit").select_option("R-014-1.yaml")
    tab.get_by_label("Second visit").select_option("R-014.yaml")
    tab.get_by_role("button", name="Compare").click()
    assert tab.get_by_role("heading", level=1).is_visible()
    assert "What this changes in the plan" in tab.content()


def test_nothing_is_wider_than_the_screen(tab: Any, server: Server) -> None:
    for path in ("", "new", "packs", "p/R-014.yaml", "p/R-014.yaml/sheet", "p/R-014.yaml/change"):
        tab.goto(server.address + path)
        assert tab.locator("html").bounding_box()["width"] <= tab.viewport_size["width"], path
        shown = tab.locator("body").bounding_box()
        assert shown["x"] + shown["width"] <= tab.viewport_size["width"], path


def test_by_keyboard_alone(tab: Any) -> None:
    """From the first link on, every step can be taken with Tab and Enter."""
    for _ in range(10):
        tab.keyboard.press("Tab")
        if tab.locator("a:focus").count() and tab.locator("a:focus").inner_text() == "New profile":
            break
    tab.keyboard.press("Enter")
    tab.get_by_label("Age in years").focus()
    tab.keyboard.type("old")
    tab.keyboard.press("Enter")
    tab.get_by_role("alert").wait_for()
