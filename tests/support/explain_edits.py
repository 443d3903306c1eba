"""Profiles changed by hand, as a test would do it in an editor: the second opinion on what the engine's changes do."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from explain_worlds import WORDS
from oracle import Oracle, Told

VOCABULARY = {
    "kinds": {**WORDS["kinds"], "earned": {"derived": True, "value": {"terms": "exercises"}}},
    "terms": WORDS["terms"],
}
LISTED = {
    "equipment": ("constraints", "equipment"),
    "cannot": ("constraints", "cannot"),
    "current_exercise": ("training", "current_exercises"),
}
SINGLE = {
    "age": ("runner", "age"),
    "minutes_per_session": ("constraints", "minutes_per_session"),
    "weekly_distance": ("training", "weekly_distance_km"),
}
ORACLE = Oracle(VOCABULARY, (), ())
Entry = dict[str, Any]


def recorded(profile: Entry, entry: Entry) -> Entry:
    """The profile with a fact more, in place of what it contradicts."""
    changed, kind = deepcopy(profile), ORACLE.kind_of(entry)
    if kind in LISTED:
        section, name = LISTED[kind]
        changed.setdefault(section, {}).setdefault(name, []).append(entry[kind])
    elif kind in SINGLE:
        section, name = SINGLE[kind]
        changed.setdefault(section, {})[name] = entry[kind]
    else:
        new = ORACLE.tell(entry)
        changed["findings"] = [*_left(changed["findings"], lambda old: any(gives_way(one, old) for one in new)), entry]
    return changed


def taken_out(profile: Entry, entries: Iterable[Entry]) -> Entry:
    """The profile without these facts, wherever they stand."""
    changed = deepcopy(profile)
    gone = {fact for entry in entries for fact in ORACLE.tell(entry)}
    changed["findings"] = _left(changed["findings"], lambda fact: fact in gone)
    for fact in gone:
        value = value_of(fact)
        if fact.kind in LISTED:
            section, name = LISTED[fact.kind]
            listed = changed.get(section, {}).get(name, [])
            listed[:] = [one for one in listed if one != value]
        if fact.kind in SINGLE:
            section, name = SINGLE[fact.kind]
            changed.get(section, {}).pop(name, None)
    return changed


def gives_way(new: Told, old: Told) -> bool:
    """Intake would refuse the two together, or it is another grade of the same skill."""
    if new.kind != old.kind or new == old:
        return False
    mine, theirs = dict(new.fields), dict(old.fields)
    if new.kind in SINGLE:
        return True
    if "terms" not in ORACLE.kinds[new.kind]["value"]:
        return all(mine.get(name) == theirs.get(name) for name in (mine.keys() | theirs.keys()) - {new.kind})
    same = mine[new.kind] == theirs[new.kind] and mine.get("side") == theirs.get("side")
    return same and (new.kind == "skill" or _is_normal(new) != _is_normal(old))


def _is_normal(fact: Told) -> bool:
    return any(ORACLE.is_normal(fact.kind, name, value) for name, value in fact.fields)


def value_of(fact: Told) -> Any:
    return dict(fact.fields)[fact.kind]


def _left(findings: list[Entry], goes: Callable[[Told], bool]) -> list[Entry]:
    """The findings without the facts that go; of an entry for both sides the other side stays."""
    kept: list[Entry] = []
    for entry in findings:
        facts = ORACLE.tell(entry)
        left = [fact for fact in facts if not goes(fact)]
        kept += [entry] if len(left) == len(facts) else [{**entry, "side": dict(fact.fields)["side"]} for fact in left]
    return kept
