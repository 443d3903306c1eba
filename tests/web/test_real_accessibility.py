"""Every screen in a real browser: nothing that axe-core finds, nothing wider than a phone, and every step by keyboard alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from test_real_browser import fill_in, leave_out_the_first, on

import axe_page
from browser_kit import tab_to, window

pytestmark = pytest.mark.slow


def screens(tab: Any, server: Any) -> Iterator[str]:
    """Drives from screen to screen; the name of each once it is there."""

    def at(path: str) -> None:
        tab.goto(server.address + path)

    at("")
    yield "start"
    tab.get_by_text("Take in a profile that you have as text").click()
    tab.get_by_label("Name of the file").fill("R 1")
    tab.get_by_label("Profile", exact=False).last.fill("a: 1")
    on(tab, "Take in")
    yield "not taken in"
    at("new")
    for number in range(1, 6):
        yield f"intake, page {number}"
        on(tab, "Look at the profile" if number == 5 else "Go on")
    yield "review of nothing"
    at("new")
    tab.get_by_label("Age in years").fill("old")
    on(tab)
    yield "intake, something wrong"
    at("")
    fill_in(tab)
    yield "report"
    tab.get_by_role("link", name="Runner's sheet").click()
    yield "sheet"
    tab.get_by_role("link", name="Letters").click()
    yield "no letter"
    at("p/R-020.yaml")
    yield "report of a red flag"
    at("p/R-020.yaml/letter")
    yield "letter"
    at("p/R-014.yaml/change")
    for details in tab.locator("summary").all()[:3]:
        details.click()
    yield "change, opened"
    leave_out_the_first(tab, "hurt")
    yield "written"
    tab.reload()
    yield "changed meanwhile"
    at("p/R-014.yaml/change")
    on(tab, "Why")
    yield "answer"
    at("compare?old=R-050-1.yaml&new=R-050.yaml")
    yield "compare"
    at("p/nobody.yaml")
    yield "nobody"
    yield from screens_of_packs(tab, at)


def screens_of_packs(tab: Any, at: Any) -> Iterator[str]:
    """Those for authors of packs."""
    at("packs")
    yield "packs"
    tab.get_by_label("Pack", exact=False).last.select_option("terrain")
    on(tab, "Check it and run its cases")
    yield "cases of a pack"
    at("workbench?pack=clinic")
    yield "files of a pack"
    at("workbench?pack=clinic&file=rules/shin.yaml")
    yield "a file"
    on(tab, "Try")
    yield "tried"
    tab.get_by_label("Text of the file").fill("- id: [")
    on(tab, "Save")
    yield "not saved"


@pytest.mark.parametrize(("width", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_no_screen_breaks_a_rule_of_accessibility_or_is_wider_than_the_window(
    chromium: Any, server: Any, width: str, scheme: str
) -> None:
    if not axe_page.is_here():
        pytest.skip(axe_page.MISSING)
    found: dict[str, list[str]] = {}
    with window(chromium, True, width, scheme) as opened:
        for screen in screens(opened.tab, server):
            found[screen] = axe_page.violations(opened.tab)
            if opened.tab.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[screen].append("wider than the window")
    assert {screen: problems for screen, problems in found.items() if problems} == {}
    assert len(found) > 20


def test_every_step_to_the_sheet_can_be_taken_with_the_keyboard_alone(chromium: Any, server: Any) -> None:
    with window(chromium, True, "desk") as opened:
        tab = opened.tab
        tab.goto(server.address)
        press(tab, "New profile")
        fields = [("Code of the runner", "R-060"), ("Age in years", "41"), ("Any PAR-Q+", "no")]
        press(tab, "Go on", *fields)
        press(tab, "Go on", ("Pain or other symptoms", "outer knee pain L 3/10 during run"))
        for words in ("Go on", "Go on", "Look at the profile", "Save and show the plan"):
            press(tab, words)
        press(tab, "Runner's sheet")
        tab.get_by_role("heading", name="Your exercise plan").wait_for()
    assert (server.folder / "R-060.yaml").is_file()


def press(tab: Any, words: str, *fields: tuple[str, str]) -> None:
    """Fill in fields on the way, in their order, and press what is called so. What has the focus shows it."""
    for name, text in fields:
        tab_to(tab, name)
        tab.keyboard.type(text)
    focused = tab_to(tab, words)
    outline = focused.evaluate("one => getComputedStyle(one).outlineStyle + getComputedStyle(one).outlineWidth")
    assert outline not in ("none0px", "none3px"), words
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
