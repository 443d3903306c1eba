"""A real browser on a running server: which Chromium there is, and one window with what it complained of."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = "no Chromium on this machine: the page was not tried in a real browser"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desk": 1200, "phone": 390}
GIVEN_UP = "net::ERR_ABORTED"  # by the browser itself: its window was closed, or went to another page
EXPECTED = ("status of 404", "status of 409", "status of 422")  # answers that tell of a mistake; the browser notes them


@dataclass
class Window:
    """A browser's window: its first tab, and everything the browser complained of."""

    tab: Any
    context: Any
    complaints: list[str] = field(default_factory=list)

    def another(self) -> Any:
        """One more tab."""
        return self._watched(self.context.new_page())

    def _watched(self, tab: Any) -> Any:
        tab.set_default_timeout(90_000)
        tab.on("console", lambda message: self.complaints.append(message.text))
        tab.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        tab.on("request", lambda request: self._heard(request.url))
        return tab

    def _failed(self, url: str, why: str) -> None:
        if why != GIVEN_UP:
            self.complaints.append(f"failed: {url}: {why}")

    def _heard(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:")):
            self.complaints.append(f"asked elsewhere: {url}")


@contextmanager
def window(browser: Any, scripts: bool, width: str, scheme: str = "light") -> Iterator[Window]:
    """A window of its own, that remembers nothing of others."""
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": WIDTHS[width], "height": 800}, color_scheme=scheme
    )
    try:
        made = Window(None, context)
        made.tab = made.another()
        yield made
        context.cookies()  # a way there and back: all that the browser said by now is heard
        complaints = list(made.complaints)  # before the window is closed: what that breaks off is nobody's fault
    finally:
        context.close()
    assert [text for text in complaints if not any(said in text for said in EXPECTED)] == []


def tab_to(tab: Any, name: str, most: int = 80) -> Any:
    """What has the focus once the Tab key has reached it: the link, button or field of this name."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        focused = tab.locator(":focus")
        if focused.count() and _name(tab, focused).startswith(name):
            return focused
    raise AssertionError(f"Tab does not lead to {name}")


def _name(tab: Any, focused: Any) -> str:
    """What names the focused element: its own words, or its label's."""
    own = focused.get_attribute("aria-label") or ""
    if own or focused.evaluate("one => one.tagName") not in ("INPUT", "TEXTAREA", "SELECT"):
        return own or str(focused.text_content()).strip()
    return str(focused.evaluate("one => one.labels.length ? one.labels[0].textContent : ''")).strip()
