"""What each key of a pack's documents means: one list for the reference and for editors."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Meanings = Mapping[str, Mapping[str, str]]  # by shape and key


@cache
def meanings() -> Meanings:
    """The meanings as written beside this file."""
    told: Meanings = yaml.safe_load(Path(__file__).with_name("keys.yaml").read_text(encoding="utf-8"))
    return told


def describe(name: str, schema: dict[str, Any]) -> None:
    """Put the meaning of its keys into the schema of a shape."""
    for key, text in meanings().get(name, {}).items():
        if key in schema.get("properties", {}):
            schema["properties"][key]["description"] = text
