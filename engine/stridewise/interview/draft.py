"""The profile so far, and how it is written: every list entry with the clinician's own words beside it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

HEAD = """\
# A screening profile, written by `recommend new`. Lines that start with # are for people.
# Unknown is not "no": what was skipped is left out, and the plan asks for it where it matters.
"""
ORDER = (
    "schema",
    "recorded",
    "runner",
    "safety",
    "symptoms",
    "diagnosis",
    "history",
    "findings",
    "training",
    "race",
    "goal",
    "constraints",
    "notes",
)
LISTED = ("symptoms", "diagnosis", "history", "findings")
_PLAIN = re.compile(r"[a-z][a-z_ ]*[a-z]|[0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Z]{1,3}-[0-9]+")
_WORDS = ("null", "true", "false", "yes", "no", "on", "off")
_REMARKS = {
    "recorded": "weeks and months count from this day",
    "safety.screened": "all red flags were asked on this day",
    "safety.red_flags": "asked; empty means none",
    "training.longest_run": "of the last 30 days",
    "training.weekly_distance_km": "oldest first",
    "training.weekly_distance_mi": "oldest first",
    "constraints.equipment": "empty means none",
    "notes": "read by no rule",
}
_SKIPPED = {
    "safety": "not asked: red flags and PAR-Q+. The plan says so first",
    "symptoms": "none recorded",
    "diagnosis": "none recorded",
    "history": "not asked",
    "findings": "nothing examined",
    "training": "not asked",
    "race": "no race recorded",
    "goal": "not asked",
    "constraints": "not asked: equipment, time, limits",
}


@dataclass(slots=True)
class Draft:
    """The profile so far. `said` keeps the clinician's words for each entry of a list, to stand beside it."""

    root: dict[str, Any]
    said: dict[str, list[str]] = field(default_factory=dict)

    def put(self, path: str, value: Any) -> None:
        """Write a value at a dotted path."""
        *steps, last = path.split(".")
        node = self.root
        for step in steps:
            node = node.setdefault(step, {})
        node[last] = value

    def get(self, path: str) -> Any:
        """The value at a dotted path, or None."""
        node: Any = self.root
        for step in path.split("."):
            node = node.get(step) if isinstance(node, dict) else None
        return node

    def add(self, section: str, entry: Any, said: str) -> None:
        """One more entry of a list, and the words it was given in."""
        self.root.setdefault(section, []).append(entry)
        self.said.setdefault(section, []).append(said)


def write(draft: Draft) -> str:
    """The profile as text, each list entry with the clinician's own words beside it."""
    return HEAD + "".join(line + "\n" for name in ORDER for line in _section(draft, name))


def _section(draft: Draft, name: str) -> Iterator[str]:
    value = draft.root.get(name)
    if value is None:
        if name in _SKIPPED:
            yield f"# {name}: {_SKIPPED[name]}"
    elif name in LISTED:
        yield f"{name}:"
        for entry, said in zip(value, draft.said[name], strict=True):
            yield f"  - {in_one_line(entry)}" + ("" if entry == said else f"  # {said}")
    elif isinstance(value, dict) and name != "runner" and value:
        yield f"{name}:"
        for key, item in value.items():
            yield f"  {key}: {in_one_line(item)}" + _remark(f"{name}.{key}")
    else:
        yield f"{name}: {in_one_line(value)}" + _remark(name)


def _remark(path: str) -> str:
    return f"  # {_REMARKS[path]}" if path in _REMARKS else ""


def in_one_line(value: Any) -> str:
    """A value on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {in_one_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_one_line, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value not in _WORDS else json.dumps(value, ensure_ascii=False)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
