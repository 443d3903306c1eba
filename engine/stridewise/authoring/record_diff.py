"""What two versions of a pack say differently, whoever it is about: rules, exercises, pathways, sources, words and numbers, each
with the fields that changed. A text that no example profile shows changes too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stridewise.packs.pack import RulePack
from stridewise.program.program import Program

Records = Mapping[str, Any]  # by id, as written
HEAD = ("version", "title", "author", "reviewer", "reviewed", "expires", "requires", "requires_engine")


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
    return tuple(change for name in names for change in _changes(_written(before.get(name)), _written(after.get(name))))


def _sha256(pack: RulePack | None) -> str:
    return pack.sha256 if pack is not None else ""


def _changes(old: Mapping[str, Records], new: Mapping[str, Records]) -> Iterator[Change]:
    for section in dict.fromkeys((*old, *new)):
        before, after = old.get(section, {}), new.get(section, {})
        yield from (Change(section, "-", name) for name in before if name not in after)
        yield from (Change(section, "+", name) for name in after if name not in before)
        for name in (name for name in before if name in after):
            if details := tuple(differing_fields(before[name], after[name])):
                yield Change(section, "~", name, details)


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


def differing_fields(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """The fields that differ, one line each."""
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        if old != new:
            yield f"{path.strip()}: {shown(old)} → {shown(new)}".removeprefix(": ")
        return
    for name in dict.fromkeys((*old, *new)):
        yield from differing_fields(old.get(name), new.get(name), f"{path}{name} ")


def shown(value: Any) -> str:
    """A value in a line."""
    if isinstance(value, Mapping) and set(value) == {"min", "max"}:
        return f"{value['min']}–{value['max']}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {shown(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return " and ".join(map(shown, value)) or "nothing"
    return "nothing" if value in (None, "") else str(value)
