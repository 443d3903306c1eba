"""One server and one browser for all tests in a real browser; every test gets its folder as new."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from browser_kit import CHROMIUM, MISSING, QUIET
from web_kit import FLAGGED, MARATHON, with_pack

FIRST_VISIT = "schema: 1\nrunner: {ref: R-050}\nrecorded: 2026-10-10\nsymptoms:\n  - outer knee pain L 5/10 during run\n"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; the tests that ask for it are left out where there is none."""
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip(MISSING)
    with api.sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A running server."""
    from test_serve import started

    running = started(tmp_path_factory.mktemp("served"))
    yield running
    running.process.kill()
    running.process.communicate()


@pytest.fixture
def server(served: Any) -> Any:
    """The running server, its folder with a runner, one with a red flag, an earlier visit of a third, and a pack."""
    for path in served.folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, text in (("R-014", MARATHON), ("R-020", FLAGGED), ("R-050-1", FIRST_VISIT)):
        (served.folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    with_pack(served.folder)
    return served
