"""A finding: one thing an author should look at, where it stands, and how to mend it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal

from stridewise.authoring.trial import Trial
from stridewise.documents.located import Document
from stridewise.errors import spelt_out
from stridewise.language.rule import Consequent, Rule
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import RulePack, Written
from stridewise.program.program import Program

LEVELS = ("error", "warning", "info")
FindingLevel = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`witness` is a profile, as YAML, that shows a collision; `check` the name of the check whose finding it is."""

    level: FindingLevel
    place: Place
    message: str
    mend: str
    witness: str = ""
    check: str = ""

    @property
    def sort_key(self) -> tuple[object, ...]:
        return (self.place.path, self.place.line, LEVELS.index(self.level), self.check, self.message)

    def __str__(self) -> str:
        return spelt_out(" ".join(filter(None, (f"{self.place}: {self.level}: {self.message}", self.mend, f"[{self.check}]"))))


@dataclass(frozen=True)
class Subject:
    """What is checked: `packs`, as part of the program they make with all other packs, on a day, with their cases run."""

    program: Program
    packs: tuple[RulePack, ...]
    as_of: date
    trials: tuple[Trial, ...] = ()

    @cached_property
    def exercises(self) -> tuple[Written, ...]:
        """The exercises of the checked packs, as written."""
        return tuple(written for pack in self.packs for written in pack.exercises)

    @cached_property
    def vocabularies(self) -> tuple[Document, ...]:
        """The vocabulary files of the checked packs."""
        return tuple(document for pack in self.packs for document in pack.vocabularies)

    @cached_property
    def written(self) -> dict[str, Written]:
        """The rules of the checked packs as written, by full id."""
        return {f"{pack.name}/{written.item.id}": written for pack in self.packs for written in pack.rules}

    @cached_property
    def pathways(self) -> dict[str, Written]:
        """The pathways of the checked packs that are in force, as written, by id."""
        there = (written for pack in self.packs for written in pack.pathways)
        return {written.item.id: written for written in there if written.item.id in self.program.pathways}

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules of the checked packs that are in force, those of their pathways too."""
        of_stages = frozenset().union(*(self.program.pathways[name].rules for name in self.pathways))
        return [rule for rule in self.program.rules if rule.id in self.written or rule.id in of_stages]

    def consequents(self) -> Iterator[tuple[Rule, Consequent, Place]]:
        """Everything that these rules say, with where it stands."""
        for rule in self.rules:
            yield from ((rule, item, self.place(rule, "then", index)) for index, item in enumerate(rule.consequents))

    def place(self, rule: Rule, *steps: str | int) -> Place:
        """Where a part of a rule stands; of a stage, which is not written as a rule, where the stage does."""
        written = self.written.get(rule.id)
        return written.at(*steps) if written else rule.place


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `name` is shown with every finding; `look` gives them, and may name the check of one itself."""

    name: str
    look: Callable[[Subject], Iterator[Finding]]

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Every finding of this check."""
        return (replace(finding, check=finding.check or self.name) for finding in self.look(subject))


def check(name: str) -> Callable[[Callable[[Subject], Iterator[Finding]]], Check]:
    """Marks what gives findings as a check of this name."""
    return partial(Check, name)


def at(document: Document, *steps: str | int) -> Place:
    """Where a part of a document stands."""
    return Place(document.path, document.line(*steps))


def section(root: Any, name: str = "") -> dict[str, Any]:
    """A mapping within a document, or the document itself; an empty one where it holds none."""
    found = root.get(name) if name and isinstance(root, dict) else root
    return found if isinstance(found, dict) else {}


def run_checks(checks: Iterable[Check], subject: Subject) -> list[Finding]:
    """The findings of all checks, each once, in the order of files and lines."""
    return in_order(finding for check in checks for finding in check.find(subject))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Each once, by file, line and level."""
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key)
