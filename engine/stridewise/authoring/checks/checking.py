"""Packs in, findings out: everything static that can be said, what keeps them from loading included."""

from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from stridewise.authoring import checks as room
from stridewise.authoring.cases import read_cases
from stridewise.authoring.checks.finding import Check, Finding, Subject, in_order, run_checks
from stridewise.authoring.checks.unloaded import further_problems
from stridewise.authoring.checks.unread import files_not_read
from stridewise.authoring.trial import run_case
from stridewise.errors import PackError
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import RulePack
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.program.safety import check_safety

# What is marked as a check in any file beside this one.
_MODULES = [import_module(f"{room.__name__}.{module.name}") for module in iter_modules(room.__path__)]
CHECKS = tuple(dict.fromkeys(one for module in _MODULES for one in vars(module).values() if isinstance(one, Check)))


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
        problems = [*error.problems, *further_problems(packs, is_checked)]
        told = (Finding("error", Place(one.path, one.line), one.message, "", check="load") for one in problems)
        return in_order([*told, *files_not_read(filter(is_checked, packs))])
    return run_checks(checks, subject)


def subject_of(program: Program, is_checked: Callable[[RulePack], bool], as_of: date, engine: str = "reference") -> Subject:
    """The packs to check, with their cases run. Raises PackError where a case cannot be read."""
    checked = tuple(pack for pack in program.packs if is_checked(pack))
    cases = [case for pack in checked for case in read_cases(pack)]
    return Subject(program, checked, as_of, tuple(run_case(program, case, engine) for case in cases))
