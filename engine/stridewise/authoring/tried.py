"""What is tried, and what came of it: plain values that go from one process to another."""

from dataclasses import dataclass
from pathlib import Path

from stridewise.authoring.checks.finding import Finding
from stridewise.authoring.firing import Firing
from stridewise.authoring.pack_diff import PlanChange
from stridewise.errors import Problem


@dataclass(frozen=True, slots=True)
class Edit:
    """One file of a pack folder, by its path in it, and what it would hold; `shown` is the folder's name in messages."""

    folder: Path
    shown: str
    file: str
    content: bytes

    @property
    def place(self) -> str:
        """The file as messages name it."""
        return f"{self.shown}/{self.file}"


@dataclass(frozen=True, slots=True)
class CaseRun:
    """How a case went: no failures is a pass."""

    name: str
    place: str
    failures: tuple[str, ...]
    fired: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an edit. With `problems` the packs do not load, and nothing else was looked at. Of so many runners and cases
    the first were tried; `unplanned` profiles have no plan either way; `unchecked` are the checks not made yet."""

    problems: tuple[Problem, ...] = ()
    loaded_before: bool = True  # else plans are compared with those without the pack
    of_runners: int = 0
    runners: int = 0
    unplanned: tuple[str, ...] = ()
    firings: tuple[Firing, ...] = ()
    plans: tuple[PlanChange, ...] = ()
    of_cases: int = 0
    cases: tuple[CaseRun, ...] = ()
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Was everything looked at?"""
        return self.runners == self.of_runners and len(self.cases) == self.of_cases and not self.unchecked
