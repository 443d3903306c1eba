"""Where facts stand in a profile: which entry says what, and how to take a fact out of it or put one in its place."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from stridewise.documents.located import Document
from stridewise.explain.edits.located import copied, delete, put, reach
from stridewise.language.fact import Fact
from stridewise.language.vocabulary import BOTH, Vocabulary
from stridewise.plan.seal import to_values
from stridewise.profile.facts import LISTS, SINGLE, SUFFIXES, take_in
from stridewise.profile.paths import LEAVES
from stridewise.profile.profile import read_profile
from stridewise.recommendation.reasons import merge_sides

SECTIONS = ("findings", "symptoms", "history", "diagnosis")
RACE = frozenset({"weeks_to_race", "days_to_race"})
DISTANCE = frozenset({"weekly_distance", "mean_weekly_distance", "weekly_distance_change", "weekly_distance_versus_mean"})
TIMED = frozenset({"weeks", "months_ago"})  # intake lets these grow with the days since the recording
SINCE = frozenset({"pregnancy_weeks", "postpartum_weeks"})  # and the value of these
_GIVEN_AT: dict[str, tuple[str, ...]] = {
    **{kind: (path,) for path, kind in SINGLE.items()},
    **dict.fromkeys(RACE, ("race.date", "race.in_weeks")),
    **dict.fromkeys(DISTANCE, ("training.weekly_distance", "training.log")),
    "planned_run_spike": ("training.planned_longest_run",),
    "safety_screen": ("safety.screened",),
    "par_q": ("safety.par_q",),
}
# Kind → the profile paths that give it, where no list of entries does; a distance may carry its unit in its key.
PATHS = {kind: tuple(path + suffix for path in paths for suffix in SUFFIXES) for kind, paths in _GIVEN_AT.items()}
LIST_OF = {kind: path for path, kind in LISTS.items()}
# Kind → the list whose entries give it, and the key that names its value in an entry.
LISTED = {
    **{kind: (path, kind) for kind, path in LIST_OF.items()},
    "cleared_flag": ("clinician.clear", "flag"),
    "pinned_exercise": ("clinician.pin", "exercise"),
    "banned_exercise": ("clinician.ban", "exercise"),
}


def facts_of(vocabulary: Vocabulary, entry: Any, section: str = "findings") -> tuple[Fact, ...]:
    """What one entry of a section says, phrases expanded. Raises ProfileError where it says nothing that can be read."""
    root = copied({"schema": 1, "runner": {"ref": "entry"}, "training": {}, section: [entry]})
    return take_in(read_profile(Document("", root)), vocabulary, date(2000, 1, 1)).facts


def canonical(root: Any) -> bytes:
    """A document as bytes that depend on nothing but what it says."""
    return json.dumps(to_values(root), ensure_ascii=False, sort_keys=True).encode()


def written(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """Facts in the notation a profile holds, assumed attributes left out, equal sides together."""
    return [
        {
            name: value
            for name, value in fact.as_mapping().items()
            if name not in fact.assumed or (name == "side" and value != BOTH)
        }
        for fact in merge_sides(facts, lambda fact: sorted(fact.assumed))
    ]


def says(fact: Fact, entry_fact: Fact) -> bool:
    """Is this fact the one that an entry states? Durations that have grown since do not count, and a phrase's fact is the
    same as the explicit one that stands for it."""
    if (fact.kind in RACE and entry_fact.kind in RACE) or (fact.kind in DISTANCE and entry_fact.kind in DISTANCE):
        return True
    if fact.kind in SINCE and fact.kind == entry_fact.kind:
        return True
    if _spot(fact) != _spot(entry_fact):
        return False
    return entry_fact.from_alias or _lasting(fact) == _lasting(entry_fact)


def _lasting(fact: Fact) -> dict[str, Any]:
    return {name: value for name, value in fact.attributes if name not in TIMED}


def take_out(vocabulary: Vocabulary, root: Any, matches: Callable[[Fact], bool]) -> int:
    """Take every fact that matches out of the lists of entries; what else an entry says stays. How many entries changed."""
    changed = 0
    for section in SECTIONS:
        entries = reach(root, section) or []
        for index in reversed(range(len(entries))):
            facts = facts_of(vocabulary, entries[index], section)
            gone = [fact for fact in facts if matches(fact)]
            if gone:
                changed += 1
                _replace(entries, index, [] if section == "diagnosis" else written(_kept(vocabulary, root, facts, gone)))
    return changed


def _kept(vocabulary: Vocabulary, root: Any, facts: Iterable[Fact], gone: list[Fact]) -> list[Fact]:
    """What is left of an entry: of a phrase, only what is not said in full elsewhere; of a race, no second way of dating it."""
    races = RACE & {fact.kind for fact in gone}
    kept = [fact for fact in facts if fact not in gone and not (fact.kind in RACE and races)]
    if not any(fact.from_alias for fact in kept):
        return kept
    entries = ((entry, section) for section in SECTIONS for entry in reach(root, section) or [] if isinstance(entry, dict))
    stated = (fact for entry, section in entries for fact in facts_of(vocabulary, entry, section))
    said_in_full = {_spot(fact) for fact in stated if not fact.from_alias}  # beside these a phrase does not count
    return [fact for fact in kept if _spot(fact) not in said_in_full]


def _spot(fact: Fact) -> tuple[Any, ...]:
    return (fact.kind, fact.value, fact.side)


def _replace(entries: Any, index: int, instead: list[dict[str, Any]]) -> None:
    """The entry gone, others in its place; they keep its line."""
    line = entries.lines[index]
    delete(entries, index)
    for entry in instead:
        put(entries, len(entries), entry)
        entries.lines[len(entries) - 1] = line


def remove_fact(vocabulary: Vocabulary, root: Any, fact: Fact) -> int:
    """Take a recorded fact out of the profile wherever it stands. How many places changed."""
    changed = take_out(vocabulary, root, lambda stated: says(fact, stated))
    changed += sum(drop(root, path) for path in _paths(fact))
    return changed + _remove_listed(vocabulary, root, fact)


def _paths(fact: Fact) -> Iterator[str]:
    yield from PATHS.get(fact.kind, ())
    if fact.kind in LEAVES["training.log"].says.worked_out:
        yield "training.log"
    if fact.kind == "training_day":
        yield f"training.week.{fact.value}"
    if fact.kind in ("condition", "diagnosis") and fact.value in ("pregnancy", "postpartum"):
        yield f"safety.{fact.value}"


def drop(root: Any, path: str) -> bool:
    """Take out what stands at a path of keys. Was there something?"""
    *parents, last = path.split(".")
    node = reach(root, *parents)
    is_there = isinstance(node, dict) and last in node
    if is_there:
        delete(node, last)
    return is_there


def _remove_listed(vocabulary: Vocabulary, root: Any, fact: Fact) -> int:
    """Out of the lists that answer a closed kind, and of the clinician's."""
    path, key = LISTED.get(fact.kind, ("", ""))
    entries = reach(root, *path.split(".")) or []
    values = [entry.get(key, entry.get(fact.kind)) if isinstance(entry, dict) else entry for entry in entries]
    type_ = vocabulary.kinds[fact.kind].type
    gone = [index for index, value in enumerate(values) if vocabulary.read(type_, value, fact.kind) == fact.value]
    for index in reversed(gone):
        delete(entries, index)
    return len(gone)


def days_ahead(as_of: date, days: Decimal) -> str:
    """The day that lies so many whole days ahead."""
    return str(date.fromordinal(as_of.toordinal() + int(days)))
