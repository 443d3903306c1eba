"""For which runners a rule fires, with a pack as edited and as saved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from stridewise.errors import StridewiseError
from stridewise.packs.pack import RulePack, Written
from stridewise.program.program import Program
from stridewise.session import Session

Standing = Literal["new", "changed", "gone", "as saved"]


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule, how it stands to the saved one, and the runners for whom it fires, now and as saved."""

    rule: str
    standing: Standing
    now: tuple[str, ...]
    before: tuple[str, ...]


class Firings:
    """Collects, runner by runner, which rules fire. Told are the rules asked for, and every other whose runners change."""

    def __init__(self, asked: Mapping[str, Standing]) -> None:
        self.asked = asked
        self.before: dict[str, list[str]] = defaultdict(list)
        self.now: dict[str, list[str]] = defaultdict(list)

    def add(self, runner: str, before: Session | StridewiseError, after: Session | StridewiseError) -> None:
        """One more runner, planned for with both as far as there is a plan."""
        for fired, session in ((self.before, before), (self.now, after)):
            for rule in session.plan.receipt.fired if isinstance(session, Session) else ():
                fired[rule].append(runner)

    def told(self) -> tuple[Firing, ...]:
        """What is known so far."""
        others = sorted(rule for rule in self.before.keys() | self.now.keys() if self.before[rule] != self.now[rule])
        return tuple(
            Firing(rule, self.asked.get(rule, "as saved"), tuple(self.now[rule]), tuple(self.before[rule]))
            for rule in dict.fromkeys((*self.asked, *others))
        )


def edited_rules(file: str, saved: RulePack | None, edited: RulePack, before: Program, after: Program) -> dict[str, Standing]:
    """The rules that an edit touches; where it touches none, all that stand in the file."""
    found = touched_rules(saved, edited, before, after)
    return found or {rule.id: "as saved" for rule in after.rules if rule.place.path == file}


def touched_rules(saved: RulePack | None, edited: RulePack | None, before: Program, after: Program) -> dict[str, Standing]:
    """The rules that are not written alike in two versions of a pack, those of pathways and of gates too."""
    old, new = _records(saved), _records(edited)
    found: dict[str, Standing] = {}
    for name in dict.fromkeys((*new, *old)):
        if name not in old:
            found |= dict.fromkeys(_rules(after, name, new), "new")
        elif name not in new:
            found |= dict.fromkeys(_rules(before, name, old), "gone")
        elif old[name].node != new[name].node:
            found |= dict.fromkeys(_rules(after, name, new), "changed")
    return found


Records = dict[tuple[str, str], Written]


def _records(pack: RulePack | None) -> Records:
    """Rules, pathways and exercises of a pack, by what they are and their id."""
    if pack is None:
        return {}
    parts: dict[str, Iterable[Written]] = {"rule": pack.rules, "pathway": pack.pathways, "exercise": pack.exercises}
    return {(part, written.item.id): written for part, records in parts.items() for written in records}


def _rules(program: Program, name: tuple[str, str], records: Records) -> Iterator[str]:
    """The rules that a record was read into: the stages of a pathway stand below its first line, before the next record."""
    path, first = records[name].place.path, records[name].place.line
    later = [one.place.line for one in records.values() if one.place.path == path and one.place.line > first]
    last = min(later, default=None)
    for rule in program.rules:
        if rule.place.path == path and first <= rule.place.line and (last is None or rule.place.line < last):
            yield rule.id
