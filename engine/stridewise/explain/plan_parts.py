"""Two plans as JSON values: which parts of them differ, in the words that a reader knows them by."""

from typing import Any

NAMED_BY = ("name", "date", "metric", "avoid", "fact", "exercise", "target", "between", "id")
MOST_NAMED = 5


def differing(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The parts of the plan, or of a part of it, that differ, with the entries that came, went or changed."""
    return [_part(key, old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]


def _part(key: str, old: Any, new: Any) -> str:
    title = key.replace("_", " ")
    if isinstance(old, list) and isinstance(new, list):
        return f"{title}: {_entries(old, new)}"
    if isinstance(old, dict) and isinstance(new, dict):
        return f"{title}: {'; '.join(differing(old, new))}"
    return f"{title}: {short(old)} → {short(new)}"


def _entries(old: list[Any], new: list[Any]) -> str:
    """What is gone, new and changed in a list; an entry is changed where one of its name is there before and after."""
    gone = dict.fromkeys(_named(entry) for entry in old if entry not in new)
    come = dict.fromkeys(_named(entry) for entry in new if entry not in old)
    said = {
        "gone": [name for name in gone if name not in come],
        "new": [name for name in come if name not in gone],
        "changed": [name for name in gone if name in come],
    }
    return "; ".join(f"{verb}: {listed(names)}" for verb, names in said.items() if names) or "another order or number"


def listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= MOST_NAMED else f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"


def _named(entry: Any) -> str:
    """What a reader knows an entry of a plan by."""
    if not isinstance(entry, dict):
        return short(entry)
    return next((short(entry[key]) for key in NAMED_BY if entry.get(key)), "an entry")


def short(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {short(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(short, value)) or "nothing"
    return "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def mappings(value: Any) -> list[dict[str, Any]]:
    """The mappings of what is a list of them in every plan of ours; a plan on file may hold anything there."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
