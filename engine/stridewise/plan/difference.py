"""What differs between two plans, entry by entry, and field by field in what changed. Whoever tells of it asks here: what-if, the
questions, two visits, a plan on file, two versions of a pack."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from stridewise.plan.entries import SECTIONS, Entries, Key, Values, because_of, entries_of, part_of, shown
from stridewise.plan.model import Plan
from stridewise.plan.seal import PLACES, to_values

RENAMED = ("referrals", "warnings")  # are named after the first of their rules
Fate = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that came, went or changed. `parts` are the fields that differ, `because` its reasons, `reason` why it changed
    where somebody asked; `before` and `after` all entries of this name."""

    section: str
    name: str
    parts: tuple[str, ...]
    reason: str
    because: tuple[Any, ...]
    before: tuple[Any, ...]
    after: tuple[Any, ...]

    @property
    def fate(self) -> Fate:
        if not self.before:
            return "new"
        return "changed" if self.after else "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """From one plan to another. `status` is the plan's status before and after."""

    status: tuple[Any, Any]
    added: tuple[EntryChange, ...]
    removed: tuple[EntryChange, ...]
    changed: tuple[EntryChange, ...]

    @property
    def all(self) -> tuple[EntryChange, ...]:
        return (*self.added, *self.removed, *self.changed)


def difference(
    before: Plan | Values, after: Plan | Values, sections: Iterable[str] = SECTIONS, left_out: frozenset[str] = PLACES
) -> Difference:
    """What the second plan has, lacks and says otherwise in these sections, whatever stands under the keys `left_out`."""
    named = tuple(sections)
    old, new = entries_of(before, named), entries_of(after, named)
    found = changes(old, _named_as_before(old, new), left_out)
    by_fate = {fate: tuple(one for one in found if one.fate == fate) for fate in ("new", "gone", "changed")}
    status = part_of(before, "status"), part_of(after, "status")
    return Difference(status, by_fate["new"], by_fate["gone"], by_fate["changed"])


def changes(old: Entries, new: Entries, left_out: frozenset[str] = PLACES) -> list[EntryChange]:
    """What is new, gone and changed among entries, whatever stands under the keys `left_out`."""
    found = [_change(key, [], new[key]) for key in new if key not in old]
    found += [_change(key, old[key], []) for key in old if key not in new]
    for key in (key for key in old if key in new and old[key] != new[key]):
        if parts := _parts(to_values(old[key], left_out), to_values(new[key], left_out)):
            found.append(_change(key, old[key], new[key], parts))
    return found


def _change(key: Key, old: list[Any], new: list[Any], parts: tuple[str, ...] = ()) -> EntryChange:
    because = tuple(reason for entry in new or old for reason in because_of(entry))
    return EntryChange(*key, parts, "", because, tuple(old), tuple(new))


def _parts(old: list[Any], new: list[Any]) -> tuple[str, ...]:
    """The fields that differ in JSON values; reasons count last, and a name goes with them."""
    if len(old) != len(new):
        return ("number",)
    names = list(dict.fromkeys(name for was, now in zip(old, new, strict=True) for name in _differing(was, now)))
    return tuple(sorted((name for name in names if name != "id"), key=lambda name: name == "because")) or tuple(names)


def _differing(was: Any, now: Any) -> Iterator[str]:
    if isinstance(was, dict) and isinstance(now, dict):
        yield from (name for name in {**was, **now} if (name in was) != (name in now) or was[name] != now[name])
    elif was != now:
        yield "entry"


def _named_as_before(old: Entries, new: Entries) -> Entries:
    """The new entries; one that says the same as an old one under the name of another rule goes by the old name."""
    named = dict(new)
    for key in [key for key in new if key not in old and key[0] in RENAMED]:
        now = [*map(said, new[key])]
        same = (was for was in old if was not in named and was[0] == key[0] and [*map(said, old[was])] == now)
        if (name := next(same, None)) is not None:
            named[name] = named.pop(key)
    return named


def said(entry: Any) -> Any:
    """What an entry says, whatever it is called and rests on."""
    values = to_values(entry, PLACES)
    return {name: values[name] for name in values if name not in ("id", "because")} if isinstance(values, dict) else values


def differing_fields(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """The fields that differ in JSON values, down to the last mapping, one line each.

    >>> list(differing_fields({"dose": {"sets": 4}, "side": "left"}, {"dose": {"sets": 3}, "side": "left"}))
    ['dose sets: 4 → 3']
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*old, *new)):
            yield from differing_fields(old.get(name), new.get(name), f"{path}{name} ")
    elif old != new:
        yield f"{path.strip()}: {shown(old)} → {shown(new)}".removeprefix(": ")
