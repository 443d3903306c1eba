"""Whose plans change between two versions of a pack, and how: what a lead clinician signs off."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import pluggy

from stridewise.authoring.record_diff import Change, told
from stridewise.documents.sentences import counted
from stridewise.errors import Problem, ProfileError, StridewiseError
from stridewise.language.translation import ENGLISH
from stridewise.packs.foreign_files import load_any_profile, profile_files
from stridewise.packs.plugins import plugin_manager
from stridewise.plan.difference import difference
from stridewise.plan.entries import SECTIONS, WORDS
from stridewise.plan.model import Plan
from stridewise.profile.profile import Profile
from stridewise.program.program import Program
from stridewise.session import Session, hold_session

TOLD = (*SECTIONS, *WORDS)
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What changes in the plan of one profile."""

    profile: str
    runner: str
    changes: tuple[Change, ...]


def read_profiles(folder: Path, plugins: Callable[[], pluggy.PluginManager] = plugin_manager) -> list[Profile]:
    """Every profile below a folder, in the order of paths, those that only a plugin reads too. Raises ProfileError where there is
    none, or with all that is wrong where some are unreadable."""
    manager = plugins()
    paths = sorted(path for path in profile_files(folder, lambda: manager) if path.is_file())
    if not paths:
        raise ProfileError([Problem(str(folder), 0, "holds no profile; give a folder with YAML or JSON profiles")])
    return _all_of(lambda path: load_any_profile(path, lambda: manager), paths)


def _all_of(make: Callable[[T], R], given: Iterable[T]) -> list[R]:
    """What is made of each. Raises ProfileError with the problems of all that nothing can be made of."""
    made, problems = [], list[Problem]()
    for one in given:
        try:
            made.append(make(one))
        except ProfileError as error:
            problems += error.problems
    if problems:
        raise ProfileError(problems)
    return made


def diff_plans(old: Program, new: Program, profiles: Iterable[Profile], as_of: date, engine: str = "both") -> list[PlanChange]:
    """What changes for each profile, those without a change included. Raises ProfileError with all that is wrong with those
    that neither version plans for."""

    def change(profile: Profile) -> PlanChange:
        return plan_change(profile, *(held(profile, program, as_of, engine, ProfileError) for program in (old, new)))

    return _all_of(change, profiles)


Held = Session | StridewiseError  # how it went for a runner with one version of the packs


def held(profile: Profile, program: Program, as_of: date, engine: str, among: type[StridewiseError] = StridewiseError) -> Held:
    """The session in English, or the error that leaves no plan: a new version may ask for what a profile does not give, or the
    other way round. Raises errors that are not `among` those."""
    try:
        return hold_session(profile, program, as_of, engine, ENGLISH.code)
    except among as error:
        return error


def plan_change(profile: Profile, before: Held, after: Held) -> PlanChange:
    """From what one version makes of a profile to what another does. Raises the error of the first where neither makes a plan."""
    path, runner = profile.document.path, str(profile.sections.runner.ref)
    if isinstance(before, Session) and isinstance(after, Session):
        return PlanChange(path, runner, tuple(_changes(before.plan, after.plan)))
    if isinstance(before, Session):
        return PlanChange(path, runner, (Change("plan", "-", "a plan", (str(after),)),))
    if isinstance(after, Session):
        return PlanChange(path, runner, (Change("plan", "+", "a plan", (str(before),)),))
    raise before


def _changes(old: Plan, new: Plan) -> Iterator[Change]:
    """Of the schedule only how many days differ: a plan has months of them."""
    differs = difference(old, new, TOLD)
    if old.status != new.status:
        yield Change("status", "~", "status", (f"{old.status} → {new.status}",))
    yield from told((change for change in differs.all if change.section != "schedule"), TOLD)
    if days := sorted(change.name for change in differs.all if change.section == "schedule"):
        yield Change("schedule", "~", "the weeks", (f"{len(days)} days differ, the first on {days[0]}",))


def render_diff(plans: Sequence[PlanChange], records: Sequence[Change] = ()) -> str:
    """The changes for a reader: what the packs say differently, then profile by profile and section by section."""
    changed = [plan for plan in plans if plan.changes]
    parts = [render_records(records)] if records else []
    parts += [_render(f"{plan.profile} ({plan.runner})", plan.changes) for plan in changed]
    return "\n".join([*parts, f"{len(changed)} of {len(plans)} plans change."]) + "\n"


def render_records(records: Sequence[Change]) -> str:
    """What the packs say differently; nothing where they say the same."""
    return _render("In the pack", records) if records else ""


def _render(what: str, changes: Sequence[Change]) -> str:
    lines = [f"{what}: {counted(len(changes), 'change')}"]
    for section in dict.fromkeys(change.section for change in changes):
        lines.append(f"  {section.replace('_', ' ')}")
        for change in changes:
            if change.section == section:
                lines.append(f"    {change.sign} {change.item}")
                lines += [f"        {detail}" for detail in change.details]
    return "\n".join(lines) + "\n"
