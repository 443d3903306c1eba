"""A pack with one file edited, tried before it is saved: whether it loads, for whom its rules fire, whose plan changes, what its
cases and the checks say. Nothing is written, and nothing of a pack folder is executed."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from stridewise.authoring.cases import Case, read_cases
from stridewise.authoring.checks.checking import CHECKS
from stridewise.authoring.checks.collisions import contradictions
from stridewise.authoring.checks.companions import lonely_companions
from stridewise.authoring.checks.coverage import boundaries, failing_cases, missing_cases
from stridewise.authoring.checks.finding import Check, Subject, in_order
from stridewise.authoring.checks.naming import duplicates
from stridewise.authoring.firing import Firings, edited_rules
from stridewise.authoring.pack_diff import held, plan_change
from stridewise.authoring.trial import Trial, run_case
from stridewise.authoring.tried import CaseRun, Edit, Tried
from stridewise.errors import PackError, StridewiseError
from stridewise.packs.foreign_files import load_any_profile
from stridewise.packs.pack import RulePack, load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.program.safety import check_safety

ENGINE = "reference"
OF_CASES = (duplicates, missing_cases, boundaries, lonely_companions)  # wait until every case was run
SAID = (failing_cases,)  # how the cases went is told case by case
LAST = (contradictions,)  # searches for a runner to every pair of rules: minutes with a large pack

Answers = Generator[Tried, None, Tried]


def try_out(edit: Edit, others: Sequence[RulePack], runners: Sequence[Path], as_of: date) -> Iterator[Tried]:
    """What comes of the edit beside the `others`, for the runners of these profiles: answers, each more complete than the one
    before, the last one whole, so that whoever runs out of time keeps what was found."""
    try:
        pack = load_pack(edit.folder, shown=edit.shown, edited={edit.file: edit.content})
        program, cases = _with(others, pack), read_cases(pack)
    except StridewiseError as error:
        yield Tried(tuple(error.problems))
        return
    saved, before = _as_saved(edit, others)
    quick = [check for check in CHECKS if check not in SAID + OF_CASES + LAST]
    unchecked = tuple(check.name for check in (*quick, *OF_CASES, *LAST))
    tried = Tried((), saved is not None, len(runners), of_cases=len(cases), unchecked=unchecked)
    yield tried
    firings = Firings(edited_rules(edit.place, saved, pack, before, program))
    tried = yield from _on_runners(tried, firings, (before, program), runners, as_of)
    subject = Subject(program, tuple(one for one in program.packs if one.folder == pack.folder), as_of)
    tried = yield from _checked(tried, quick, subject)
    trials: list[Trial] = []
    tried = yield from _on_cases(tried, program, cases, trials)
    yield from _checked(tried, OF_CASES + LAST, replace(subject, trials=tuple(trials)))


def _with(others: Sequence[RulePack], pack: RulePack) -> Program:
    """The program with this pack in place of one of its name. Raises PackError, PluginError."""
    program = build_program([*(one for one in others if one.name != pack.name and one.folder != pack.folder), pack])
    check_safety(program)
    return program


def _as_saved(edit: Edit, others: Sequence[RulePack]) -> tuple[RulePack | None, Program]:
    """The pack as its files are, with its program; where it does not load, none and the program without it."""
    try:
        pack = load_pack(edit.folder, shown=edit.shown)
        return pack, _with(others, pack)
    except PackError:
        return None, build_program([one for one in others if one.folder != edit.folder.resolve()])


def _on_runners(
    tried: Tried, firings: Firings, programs: tuple[Program, Program], runners: Sequence[Path], as_of: date
) -> Answers:
    for number, path in enumerate(runners, 1):
        tried = replace(tried, runners=number)
        try:
            profile = load_any_profile(path)
            before, after = (held(profile, program, as_of, ENGINE) for program in programs)
            changed = replace(plan_change(profile, before, after), profile=path.name)
            firings.add(path.name, before, after)
            tried = replace(tried, plans=(*tried.plans, changed), firings=firings.told())
        except StridewiseError:  # no plan with either: not of the edit's making
            tried = replace(tried, unplanned=(*tried.unplanned, path.name))
        yield tried
    return tried


def _checked(tried: Tried, checks: Sequence[Check], subject: Subject) -> Answers:
    for check in checks:
        findings = in_order((*tried.findings, *check.find(subject)))
        unchecked = tuple(name for name in tried.unchecked if name != check.name)
        tried = replace(tried, findings=tuple(findings), unchecked=unchecked)
        yield tried
    return tried


def _on_cases(tried: Tried, program: Program, cases: Sequence[Case], trials: list[Trial]) -> Answers:
    """Case by case; `trials` takes what each was run on."""
    for case in cases:
        trial = run_case(program, case, ENGINE)
        trials.append(trial)
        run = CaseRun(case.shape.name, str(case.place), trial.failures, tuple(sorted(trial.fired)))
        tried = replace(tried, cases=(*tried.cases, run))
        yield tried
    return tried
