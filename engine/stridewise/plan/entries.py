"""The entries of a plan by section and name, with their reasons: of a plan as an object, or as the JSON values of a file, which
may hold anything anywhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from stridewise.plan.model import Plan
from stridewise.plan.seal import BESIDE, to_values

Values = dict[str, Any]
Key = tuple[str, str]  # the section and the entry's name in it
Entries = dict[Key, list[Any]]

HEAD = ("schema", "runner", "as_of", "status", "language")
SECTIONS = tuple(part.name for part in fields(Plan) if not part.metadata and part.name not in (*HEAD, *BESIDE))
WORDS = ("aims", "story")  # what the record says, for readers
GIVEN = ("referrals", "warnings", "acknowledged", "swaps", "load_adjustments", "prescriptions", "current", "pathways")
REASONED = (*GIVEN, "set_aside", "conclusions")  # each entry with its reasons
# What an entry of a list is called by; any other by all that it says. The last two are a receipt's.
NAMED_BY = {
    "referrals": ("id",),
    "warnings": ("id",),
    "acknowledged": ("id",),
    "swaps": ("avoid",),
    "load_adjustments": ("metric",),
    "prescriptions": ("exercise",),
    "current": ("exercise",),
    "pathways": ("pathway", "stage"),
    "scores": ("score",),
    "set_aside": ("exercise", "target"),
    "conflicts": ("between",),
    "conclusions": ("fact",),
    "missing": ("fact",),
    "not_used": ("fact",),
    "schedule": ("date",),
    "packs": ("name",),
    "plugins": ("name",),
}


def entries_of(plan: Plan | Values, sections: Iterable[str] = SECTIONS) -> Entries:
    """The entries of these sections; those of one name stand together. What is no list is one entry, named as its section."""
    by_key: Entries = {}
    for section in sections:
        held = part_of(plan, section)
        if isinstance(held, list | tuple):
            for entry in held:
                by_key.setdefault((section, _name(section, entry)), []).append(entry)
        elif held is not None:
            by_key[section, section] = [held]
    return by_key


def part_of(item: Any, name: str) -> Any:
    """A field of an object or of JSON values; None where it has none of this name."""
    return item.get(name) if isinstance(item, dict) else getattr(item, name, None)


def _name(section: str, entry: Any) -> str:
    named = (part_of(entry, name) for name in NAMED_BY.get(section, ()))
    return "/".join(shown(part) for part in named if part) or shown(to_values(entry))


def because_of(entry: Any) -> Sequence[Any]:
    """The reasons of an entry that name their rule."""
    if isinstance(entry, dict):
        return [one for one in mappings(entry.get("because")) if isinstance(one.get("rule"), str)]
    return getattr(entry, "because", ())


def reasons_of(plan: Plan, sections: Iterable[str] = REASONED) -> Iterator[Any]:
    """The reasons of all entries of these sections (Because)."""
    return (because for section in sections for entry in getattr(plan, section) for because in entry.because)


def mappings(value: Any) -> list[Values]:
    """The mappings of what is a list of them in every plan of ours; a plan on file may hold anything there."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def shown(value: Any) -> str:
    """A value in a line.

    >>> shown({"sets": 3, "reps": {"min": 8, "max": 10}, "per_side": True}), shown(["left", None]), shown([])
    ('sets: 3, reps: 8–10, per_side: true', 'left, nothing', 'nothing')
    """
    if isinstance(value, Mapping):
        if value.keys() == {"min", "max"}:
            return f"{shown(value['min'])}–{shown(value['max'])}"
        return ", ".join(f"{name}: {shown(part)}" for name, part in value.items()) or "nothing"
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value)) or "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value in (None, "") else str(to_values(value))
