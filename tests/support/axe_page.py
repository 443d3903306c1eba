"""axe-core on a page that is open in a browser. STRIDEWISE_AXE names axe.min.js; without it nothing can be asked."""

import os
from pathlib import Path
from typing import Any

FILE = os.environ.get("STRIDEWISE_AXE", "")
MISSING = "STRIDEWISE_AXE names no axe.min.js (npm pack axe-core brings it)"


def is_here() -> bool:
    """Is there an axe-core to ask?"""
    return bool(FILE) and Path(FILE).is_file()


def violations(page: Any) -> list[str]:
    """What axe-core finds wrong with the page as it stands, WCAG 2.2 AA and its own good practice: rule, place, what to do."""
    page.evaluate(Path(FILE).read_text(encoding="utf-8"))  # not as a script of the page: its policy allows none
    found = page.evaluate("async () => (await axe.run(document)).violations")
    return [f"{one['id']}: {node['target']}: {one['help']}" for one in found for node in one["nodes"]]
