"""The page in a real browser, by its labels: from a new profile to the printed sheet, changed, and compared with the visit
before; with and without scripts, at a phone's width, in two tabs, back, reloaded, after a restart."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from test_serve import started

from browser_kit import Window, window
from web_kit import MARATHON

pytestmark = pytest.mark.slow


@pytest.fixture(params=[(True, "desk"), (False, "phone")], ids=["desk, scripts on", "phone, scripts off"])
def opened(request: Any, chromium: Any, server: Any) -> Iterator[Window]:
    """A window at the first screen. What the browser complains of fails the test."""
    scripts, width = request.param
    with window(chromium, scripts, width) as made:
        made.tab.goto(server.address)
        yield made


def on(tab: Any, words: str = "Go on") -> None:
    tab.get_by_role("button", name=words).first.click()


def fill_in(tab: Any) -> None:
    """The intake, from the link on the first screen to the plan; one answer is wrong at first, one is added on the way back."""
    tab.get_by_role("link", name="New profile").click()
    tab.get_by_label("Code of the runner").fill("R-050")
    tab.get_by_role("group", name="Red flags").get_by_label("Asked: none").check()
    tab.get_by_label("Age in years").fill("old")
    on(tab)
    assert tab.get_by_role("alert").count() == 1
    assert tab.get_by_label("Code of the runner").input_value() == "R-050"
    tab.get_by_label("Age in years").fill("41")
    tab.get_by_label("Any PAR-Q+ question").fill("no")
    on(tab)
    tab.get_by_label("Pain or other symptoms").fill("outer knee pain L 3/10 during run 6 weeks next morning 1")
    for _ in range(3):
        on(tab)
    on(tab, "Back")
    tab.get_by_label("Kilometres in each of the last weeks").fill("30, 32")
    on(tab)
    on(tab, "Look at the profile")
    on(tab, "Save and show the plan")


def leave_out_the_first(tab: Any, reason: str) -> None:
    """The first exercise of the plan, left out of every plan."""
    if not tab.get_by_label("Reason").first.is_visible():
        tab.locator("summary").first.click()
    tab.get_by_label("Reason").first.fill(reason)
    on(tab, "Leave out")


def test_from_nothing_to_a_printed_sheet_changed_and_compared(opened: Window, server: Any) -> None:
    tab = opened.tab
    fill_in(tab)
    assert (server.folder / "R-050.yaml").is_file()
    saved = (server.folder / "R-050.yaml").read_text(encoding="utf-8")
    tab.get_by_role("link", name="Change and ask").click()
    leave_out_the_first(tab, "hurt last time")
    assert tab.get_by_role("heading", name="Written into R-050.yaml").is_visible()
    changed = (server.folder / "R-050.yaml").read_text(encoding="utf-8")
    assert [line for line in saved.splitlines() if line not in changed] == []
    tab.get_by_role("link", name="Runner's sheet").click()
    assert tab.get_by_role("heading", name="Your exercise plan").is_visible()
    tab.emulate_media(media="print")
    assert not tab.get_by_role("link", name="Change and ask").is_visible()
    assert tab.pdf().startswith(b"%PDF")
    tab.emulate_media(media="screen")
    tab.get_by_role("link", name="Profiles").click()
    tab.get_by_label("First visit").select_option("R-050-1.yaml")
    tab.get_by_label("Second visit").select_option("R-050.yaml")
    on(tab, "Compare")
    assert tab.get_by_role("cell", name="better").first.is_visible()
    assert tab.get_by_role("heading", name="What this changes in the plan").is_visible()


def test_back_and_reload_do_nothing_twice(opened: Window, server: Any) -> None:
    tab = opened.tab
    tab.get_by_role("link", name="R-014.yaml").click()
    tab.get_by_role("link", name="Change and ask").click()
    leave_out_the_first(tab, "hurt last time")
    once = (server.folder / "R-014.yaml").read_text(encoding="utf-8")
    tab.reload()  # sends the form again
    assert (server.folder / "R-014.yaml").read_text(encoding="utf-8") == once
    tab.go_back()
    leave_out_the_first(tab, "a second one")
    kept = (server.folder / "R-014.yaml").read_text(encoding="utf-8")
    assert kept.startswith(MARATHON)
    assert "hurt last time" in kept


def test_the_second_of_two_tabs_is_told_and_can_go_on(opened: Window, server: Any) -> None:
    tabs = [opened.tab, opened.another()]
    for tab in tabs:
        tab.goto(f"{server.address}p/R-014.yaml/change")
    for tab, reason in zip(tabs, ("the first tab", "the second tab"), strict=True):
        tab.get_by_role("combobox", name=re.compile("^Exercise")).select_option("dead_bug")
        tab.get_by_label("Reason").last.fill(reason)
        on(tab, "Leave out of every plan")
    tab = tabs[1]
    assert tab.get_by_role("heading", name="R-014.yaml was changed meanwhile").is_visible()
    assert "the second tab" not in (server.folder / "R-014.yaml").read_text(encoding="utf-8")
    on(tab, "Make this choice in the profile as it is now")
    assert "the second tab" in (server.folder / "R-014.yaml").read_text(encoding="utf-8")


def test_a_pack_is_tried_and_saved(opened: Window, server: Any) -> None:
    tab, file = opened.tab, server.folder / "clinic" / "rules" / "shin.yaml"
    tab.get_by_role("link", name="Rule packs").click()
    tab.get_by_role("link", name="clinic").click()
    tab.get_by_role("link", name="rules/shin.yaml").click()
    text = tab.get_by_label("Text of the file")
    assert text.input_value() == file.read_text(encoding="utf-8")
    text.fill(text.input_value().replace("tibialis_anterior", "tibialis_antrior"))
    on(tab, "Try")
    assert "→ 6 - weakness: tibialis_antrior" in " ".join(tab.get_by_role("alert").text_content().split())
    good = text.input_value().replace("tibialis_antrior", "soleus")
    text.fill(good)
    on(tab, "Save")
    assert tab.get_by_role("status").text_content().startswith("Saved.")
    assert file.read_text(encoding="utf-8") == good


def test_after_a_restart_what_was_saved_is_there_and_the_old_address_is_none(chromium: Any, server: Any) -> None:
    with window(chromium, False, "desk") as opened:
        opened.tab.goto(server.address)
        fill_in(opened.tab)
        again = started(server.folder)
        try:
            assert opened.tab.goto(again.address).status == 200
            opened.tab.get_by_role("link", name="R-050.yaml").click()
            assert opened.tab.get_by_role("link", name="Runner's sheet").is_visible()
            old = again.address.replace(again.address.split("/")[3], server.address.split("/")[3])
            assert opened.tab.goto(old).status == 404
            assert "Open the address that recommend serve printed" in opened.tab.content()
        finally:
            again.process.kill()
            again.process.communicate()
