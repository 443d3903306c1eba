"""Keep a log of the plans that were given out, one a line, where ACME_PLAN_LOG names a file."""

import json
import os
from pathlib import Path
from typing import Any


def note(plan: dict[str, Any]) -> None:
    """Which plan it was, for whom and when: the seal tells later whether a sheet is that plan."""
    if name := os.environ.get("ACME_PLAN_LOG"):
        line = {"runner": plan["runner"], "day": plan["as_of"], "status": plan["status"], "plan": plan["receipt"]["plan_sha256"]}
        with Path(name).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
