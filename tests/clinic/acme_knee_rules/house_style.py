"""What we agreed on for our own packs: a rule has a sentence for the runner."""

from collections.abc import Iterator, Mapping
from typing import Any


def look(pack: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A note for each rule of ours that says nothing to the runner."""
    for rule in pack["rules"] if pack["name"].startswith("acme-") else ():
        if not rule["written"].get("patient"):
            message = f"{rule['written']['id']} says nothing to the runner"
            yield {"level": "info", "message": message, "mend": "Add patient.", "file": rule["file"], "line": rule["line"]}
