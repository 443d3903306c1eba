"""The page in German in a real browser: its words are long, and nothing is wider than the window for all that."""

from typing import Any

import pytest

from browser_kit import WIDTHS, window
from web_kit import filled

SCREENS = [
    ("GET", path, {}) for path in ("/", "/p/R-014.yaml", "/p/R-014.yaml/sheet", "/p/R-020.yaml/letter", "/p/R-014.yaml/change")
]
SCREENS += [("POST", "/new", {"at": str(at), "q:findings": "weak glutes", "q:age": "41"}) for at in range(-1, 5)]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the screens are, asked for before there is a browser: both have an event loop."""
    browser = filled(tmp_path_factory.mktemp("served"), "de")
    return [(browser.get(path) if method == "GET" else browser.post(path, fields)).text for method, path, fields in SCREENS]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_screen_in_german_is_wider_than_the_window(pages: list[str], chromium: Any, width: str) -> None:
    with window(chromium, True, width) as opened:
        for (_, path, fields), page in zip(SCREENS, pages, strict=True):
            opened.tab.set_content(page)
            assert not opened.tab.evaluate("document.documentElement.scrollWidth > window.innerWidth"), (path, fields)
            assert opened.tab.locator("html").get_attribute("lang") == "de"
