"""The cases of a pack: a minimal profile, and what must and must not come of it."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from stridewise.documents.located import Document, LocatedDict
from stridewise.errors import PackError, Problems
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import RulePack, read_records
from stridewise.plan.model import Status
from stridewise.profile.values import Day

DEFAULT_DAY = date(2026, 11, 21)
OF_RULES = ("fires", "silent", "refers", "warns")  # the parts of an expectation that name rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a case claims; everything left out is not looked at. Rule ids without a pack are the pack's own."""

    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    status: Status | None = None
    targets: tuple[Any, ...] = ()  # a target, or some of {target, priority, side, goal}
    prescribes: tuple[str, ...] = ()
    not_prescribed: tuple[str, ...] = ()
    swaps: dict[str, str | None] = field(default_factory=dict)
    not_swapped: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    avoids: tuple[Any, ...] = ()  # an exercise, or some of {exercise, demand, above, new, level}
    says: tuple[str, ...] = ()  # a piece of the text of a warning, a referral or a load adjustment
    adjusts: dict[str, dict[str, Any]] = field(default_factory=dict)
    concludes: tuple[dict[str, Any], ...] = ()
    notices: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShape:
    """One case: a sentence, a profile, and what to expect."""

    name: str
    profile: dict[str, Any]
    expect: Expectation
    as_of: Day = DEFAULT_DAY


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a pack, and where it stands."""

    pack: str
    shape: CaseShape
    profile: LocatedDict
    place: Place


def read_cases(pack: RulePack) -> list[Case]:
    """The cases of a pack. Raises PackError with every malformed one."""
    problems = Problems(pack.path, PackError)
    written = read_records(pack.cases, CaseShape, problems)
    cases = [Case(pack.name, _with_full_names(one.item, pack.name), one.node["profile"], one.place) for one in written]
    problems.raise_if_any()
    return cases


def _with_full_names(shape: CaseShape, pack: str) -> CaseShape:
    """The case, naming the rules of its own pack with the pack, too."""

    def full(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name if "/" in name else f"{pack}/{name}" for name in names)

    named: dict[str, Any] = {part: full(getattr(shape.expect, part)) for part in OF_RULES}
    return replace(shape, expect=replace(shape.expect, **named))


def document_of(case: Case) -> Document:
    """The case's profile as a document; schema and runner are filled in where a case leaves them out."""
    root = LocatedDict({"schema": 1, "runner": {"ref": "case"}} | case.profile)
    if isinstance(case.profile.get("runner"), dict):
        runner = LocatedDict({"ref": "case"} | case.profile["runner"])
        runner.line, runner.lines = case.profile["runner"].line, case.profile["runner"].lines
        root["runner"] = runner
    root.line, root.lines = case.profile.line, case.profile.lines
    return Document(case.place.path, root)
