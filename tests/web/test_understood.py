"""Before a new profile is saved it says how every phrase was understood, and which side is meant can be pressed."""

from pathlib import Path
from typing import Any

import pytest

from web_kit import Browser, filled, read, words

LAST = "4"  # the last page of questions: what follows is the review


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return filled(tmp_path)


def reviewed(browser: Browser, symptoms: str, **more: str) -> Any:
    return browser.post("/new", {"at": LAST, "q:symptoms": symptoms, **more})


def understood(answer: Any) -> list[tuple[str, str]]:
    """The phrases as typed, each with what it was understood as."""
    (listed,) = read(answer).root.all("dl")
    texts = [one.text.partition(" Which side?")[0] for one in listed.all("dt", "dd")]
    return list(zip(texts[::2], texts[1::2], strict=True))


def sides(answer: Any) -> dict[str, str]:
    """The buttons for a side, by their names, and what they send."""
    buttons = [one.attributes for one in read(answer).root.all("button") if one.attributes.get("name") == "side"]
    return {one["aria-label"]: one["value"] for one in buttons}


def test_every_phrase_stands_beside_what_it_states(browser: Browser) -> None:
    answer = reviewed(browser, "outer knee pain L 3/10 during run\nachilles pain R 2/10")
    assert understood(answer) == [
        ("outer knee pain L 3/10 during run", "left lateral knee pain, 3/10 with running"),
        ("achilles pain R 2/10", "right Achilles tendon pain, 2/10"),
    ]
    assert sides(answer) == {}


def test_a_side_that_was_not_given_is_one_press_away(browser: Browser) -> None:
    answer = reviewed(browser, "achilles pain R 2/10\nouter knee pain 3/10")
    assert list(sides(answer)) == ["Left: outer knee pain 3/10", "Right: outer knee pain 3/10"]
    pressed = reviewed(browser, "achilles pain R 2/10\nouter knee pain 3/10", side=sides(answer)["Left: outer knee pain 3/10"])
    assert ("outer knee pain 3/10 L", "left lateral knee pain, 3/10") in understood(pressed)
    assert ("achilles pain R 2/10", "right Achilles tendon pain, 2/10") in understood(pressed)
    assert sides(pressed) == {}
    saved = browser.post("/new", {"at": "5", "q:symptoms": "outer knee pain 3/10 L", "go": "save", "file": "R-77"})
    assert saved.status_code == 303
    assert "side: left" in browser.file("R-77.yaml")


def test_several_complaints_on_one_line_are_not_given_one_side(browser: Browser) -> None:
    answer = reviewed(browser, "outer knee pain 3/10; achilles pain 2/10")
    assert len(understood(answer)) == 2
    assert sides(answer) == {}


@pytest.mark.parametrize("side", ["L", "X symptoms outer knee pain", "L nothing x", "L symptoms", "  ", "L symptoms other words"])
def test_a_press_that_means_nothing_changes_nothing(browser: Browser, side: str) -> None:
    pressed = reviewed(browser, "outer knee pain 3/10", side=side)
    assert understood(pressed) == [("outer knee pain 3/10", "lateral knee pain, 3/10")]


def test_the_whole_profile_is_there_to_look_at(browser: Browser) -> None:
    assert "alias: outer knee pain" in words(reviewed(browser, "outer knee pain 3/10"))
