"""Packs in, findings out: everything static that can be said, what keeps them from loading included."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from stridewise.authoring.cases import read_cases
from stridewise.authoring.checks.collisions import Contradictions
from stridewise.authoring.checks.companions import LonelyCompanions
from stridewise.authoring.checks.counting import CountedTwice
from stridewise.authoring.checks.coverage import Boundaries, FailingCases, MissingCases
from stridewise.authoring.checks.drawings import Angles, MissingDrawings
from stridewise.authoring.checks.everybody import AlarmsForEverybody
from stridewise.authoring.checks.evidence import Reviews, Sources, Thresholds
from stridewise.authoring.checks.finding import Check, Finding, Subject, in_order, run_checks
from stridewise.authoring.checks.gates import ClosedGates
from stridewise.authoring.checks.logic import Subsumed, Unsatisfiable
from stridewise.authoring.checks.names import Names
from stridewise.authoring.checks.naming import (
    Covers,
    Duplicates,
    OldNames,
    UnusedSources,
    UnusedTerms,
    UnusedThresholds,
    UnusedWords,
)
from stridewise.authoring.checks.old_numbers import OldNumbers
from stridewise.authoring.checks.reachability import EmptyAvoidances, Ladders, UnreachableExercises, UnreachableRules
from stridewise.authoring.checks.rival_pathways import RivalPathways
from stridewise.authoring.checks.self_contradiction import SelfContradictions
from stridewise.authoring.checks.spoken import SaidTwice
from stridewise.authoring.checks.stages import OpenEnds, UnaskedCriteria, UnreachableStages, VetoedExercises
from stridewise.authoring.checks.translated import TranslatedTexts
from stridewise.authoring.checks.trial import run_trials
from stridewise.authoring.checks.unloaded import further_problems
from stridewise.authoring.checks.unread import UnreadFiles, UnsaidDemands, UnsaidPositions, unread_files
from stridewise.authoring.checks.wording import BannedPhrases, ContradictedClaims, LongTexts, MissingTexts, Wording
from stridewise.errors import PackError
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import RulePack
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.program.safety import check_safety

CHECKS: tuple[Check, ...] = (
    Duplicates(),
    UnusedWords(),
    UnusedTerms(),
    UnusedThresholds(),
    UnusedSources(),
    OldNames(),
    Covers(),
    Unsatisfiable(),
    Subsumed(),
    UnreachableRules(),
    UnreachableExercises(),
    Ladders(),
    EmptyAvoidances(),
    Sources(),
    Thresholds(),
    Reviews(),
    Wording(),
    ContradictedClaims(),
    BannedPhrases(),
    LongTexts(),
    MissingTexts(),
    FailingCases(),
    MissingCases(),
    Boundaries(),
    UnreadFiles(),
    UnsaidDemands(),
    UnsaidPositions(),
    Contradictions(),
    UnreachableStages(),
    OpenEnds(),
    VetoedExercises(),
    UnaskedCriteria(),
    Angles(),
    MissingDrawings(),
    CountedTwice(),
    SelfContradictions(),
    ClosedGates(),
    Names(),
    SaidTwice(),
    OldNumbers(),
    AlarmsForEverybody(),
    LonelyCompanions(),
    TranslatedTexts(),
    RivalPathways(),
)


def check_packs(
    load: Callable[[], Iterable[RulePack]],
    is_checked: Callable[[RulePack], bool],
    as_of: date,
    checks: Iterable[Check] = CHECKS,
    without_safety: bool = False,
) -> list[Finding]:
    """Every finding about the packs that are to be checked, as part of the program that all loaded packs make."""
    packs: list[RulePack] = []
    try:
        packs += load()
        program = build_program(packs, without_safety)
        check_safety(program)
        subject = subject_of(program, is_checked, as_of)
    except PackError as error:
        told = PackError([*error.problems, *further_problems(packs, is_checked)])
        return in_order([*load_findings(told), *unread_files(filter(is_checked, packs))])
    return run_checks(checks, subject)


def subject_of(program: Program, is_checked: Callable[[RulePack], bool], as_of: date, engine: str = "reference") -> Subject:
    """The packs to check, with their cases run. Raises PackError where a case cannot be read."""
    checked: Sequence[RulePack] = tuple(pack for pack in program.packs if is_checked(pack))
    cases = [case for pack in checked for case in read_cases(pack)]
    return Subject(program, tuple(checked), as_of, run_trials(program, cases, engine))


def load_findings(error: PackError) -> list[Finding]:
    """What keeps packs from loading, as findings."""
    return in_order([Finding("error", Place(p.path, p.line), "load", p.message, "") for p in error.problems])
