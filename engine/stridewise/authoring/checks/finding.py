"""A finding: one thing an author should look at, where it stands, and how to mend it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, Protocol

from stridewise.authoring.cases import Case
from stridewise.authoring.checks.trial import Trial
from stridewise.documents.located import line_of
from stridewise.errors import spelt_out
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import RulePack, Written
from stridewise.program.program import Program

LEVELS = ("error", "warning", "info")
FindingLevel = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`witness` is a profile, as YAML, that shows a collision."""

    level: FindingLevel
    place: Place
    check: str
    message: str
    mend: str
    witness: str = ""

    @property
    def sort_key(self) -> tuple[object, ...]:
        return (self.place.path, self.place.line, LEVELS.index(self.level), self.check, self.message)

    def __str__(self) -> str:
        place = str(self.place) if self.place.line else self.place.path
        return spelt_out(" ".join(filter(None, (f"{place}: {self.level}: {self.message}", self.mend, f"[{self.check}]"))))


@dataclass(frozen=True)
class Subject:
    """What is checked: `packs`, as part of the program they make with all other packs, on a day, with their cases run."""

    program: Program
    packs: tuple[RulePack, ...]
    as_of: date
    trials: tuple[Trial, ...] = ()

    @property
    def cases(self) -> list[Case]:
        return [trial.case for trial in self.trials]

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

    def place(self, rule: Rule, *steps: str | int) -> Place:
        """Where a part of a rule stands."""
        written = self.written.get(rule.id)
        return Place(rule.place.path, line_of(written.node, *steps)) if written and steps else rule.place


class Check(Protocol):
    """One check. `name` is shown with every finding; `find` gives all of them."""

    name: str

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Every finding of this check."""
        ...


def run_checks(checks: Iterable[Check], subject: Subject) -> list[Finding]:
    """The findings of all checks, each once, in the order of files and lines."""
    findings = {finding: None for check in checks for finding in check.find(subject)}
    return in_order(list(findings))


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """By file, line and level."""
    return sorted(findings, key=lambda finding: finding.sort_key)
