"""What two versions of a pack say differently, whoever it is about: rules, exercises, pathways, sources, words and numbers, each
with the fields that changed. A text that no example profile shows changes too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stridewise.packs.pack import RulePack
from stridewise.plan.difference import EntryChange, changes, differing_fields
from stridewise.plan.entries import Entries, because_of, part_of
from stridewise.plan.seal import to_values
from stridewise.program.program import Program

Records = Mapping[str, Any]  # by id, as written
HEAD = ("version", "title", "author", "reviewer", "reviewed", "expires", "requires", "requires_engine")
SIGNS = {"gone": "-", "new": "+", "changed": "~"}
TOLD_OF_A_REASON = ("text", "patient", "strength", "certainty", "sources")


@dataclass(frozen=True, slots=True)
class Change:
    """One item that is added (+), removed (-) or changed (~) in a section of a plan or a pack."""

    section: str
    sign: str
    item: str
    details: tuple[str, ...] = ()


def diff_records(old: Program, new: Program) -> tuple[Change, ...]:
    """What the packs of two programs say differently."""
    before, after = ({pack.name: pack for pack in program.packs} for program in (old, new))
    names = [name for name in dict.fromkeys((*before, *after)) if _sha256(before.get(name)) != _sha256(after.get(name))]
    return tuple(change for name in names for change in _in_pack(before.get(name), after.get(name)))


def _sha256(pack: RulePack | None) -> str:
    return pack.sha256 if pack is not None else ""


def _in_pack(old: RulePack | None, new: RulePack | None) -> Iterator[Change]:
    before, after = _written(old), _written(new)
    return told(changes(_entries(before), _entries(after), frozenset()), [*before, *after])


def _entries(written: Mapping[str, Records]) -> Entries:
    return {(section, name): [node] for section, records in written.items() for name, node in records.items()}


def _written(pack: RulePack | None) -> dict[str, Records]:
    """The records of a pack by section and id."""
    if pack is None:
        return {}
    root = pack.document.root
    sections: dict[str, Records] = {
        "pack": {pack.name: {name: root[name] for name in HEAD if name in root}},
        "thresholds": dict(root.get("thresholds") or {}),
        "overrides": {str(one.target): node for one, node in zip(pack.shape.overrides, root.get("overrides") or (), strict=True)},
    }
    for section in ("rules", "exercises", "pathways", "sources"):
        written = getattr(pack, section)
        sections[section] = {one.item.key if section == "sources" else one.item.id: one.node for one in written}
    return sections | _words(pack)


def _words(pack: RulePack) -> dict[str, Records]:
    """The sections of its vocabulary; of the lists, each term."""
    words: dict[str, Records] = {}
    for root in (document.root for document in pack.vocabularies if isinstance(document.root, dict)):
        for section, entries in root.items():
            for name, entry in entries.items() if isinstance(entries, dict) else ():
                inner = entry.items() if section == "terms" and isinstance(entry, dict) else ()
                told = {f"{name}: {term}": value for term, value in inner} or {name: entry}
                words[section] = {**words.get(section, {}), **told}
    return words


# --- told ----------------------------------------------------------------------------------------------------------------


def told(found: Iterable[EntryChange], sections: Sequence[str]) -> Iterator[Change]:
    """Section by section what is gone, new and changed; a reason that rests on other facts alone changes nothing for a reader."""
    signs = list(SIGNS)
    for change in sorted(found, key=lambda one: (sections.index(one.section), signs.index(one.fate))):
        details = tuple(dict.fromkeys(_details(change)))
        if details or change.fate != "changed":
            yield Change(change.section, SIGNS[change.fate], change.name, details)


def _details(change: EntryChange) -> Iterator[str]:
    """Of what came or went the reasons; of what changed the fields that differ, one line each."""
    if change.fate != "changed":
        yield from (f"{part_of(reason, 'rule')}: {part_of(reason, 'text')}" for reason in change.because)
    elif len(change.before) != len(change.after):
        yield f"number: {len(change.before)} → {len(change.after)}"
    else:
        for was, now in zip(to_values(change.before), to_values(change.after), strict=True):
            yield from _because(because_of(was), because_of(now))
            yield from differing_fields(_without_reasons(was), _without_reasons(now))


def _without_reasons(values: Any) -> Any:
    """In a rule as written `because` is a text like any other."""
    return {**values, "because": None} if because_of(values) else values


def _because(old: Iterable[Any], new: Iterable[Any]) -> Iterator[str]:
    """Which rules came and went among the reasons, and what those that stayed say otherwise."""
    before, after = {reason["rule"]: reason for reason in old}, {reason["rule"]: reason for reason in new}
    yield from (f"no longer because of {rule}" for rule in before if rule not in after)
    yield from (f"also because of {rule}" for rule in after if rule not in before)
    for rule in sorted(before.keys() & after.keys()):
        was, now = ({name: reason.get(name) for name in TOLD_OF_A_REASON} for reason in (before[rule], after[rule]))
        yield from (f"{rule}: {line}" for line in differing_fields(was, now))
