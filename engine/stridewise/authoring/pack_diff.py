"""Whose plans change between two versions of a pack, and how: what a lead clinician signs off."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pluggy

from stridewise.authoring.record_diff import Change, differing_fields, shown
from stridewise.errors import Problem, ProfileError
from stridewise.language.translation import ENGLISH
from stridewise.packs.foreign_files import load_any_profile, profile_files
from stridewise.packs.plugins import plugin_manager
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values
from stridewise.profile.profile import Profile
from stridewise.program.program import Program
from stridewise.session import recommend

# Sections of the plan, and what tells one item of a section from another.
SECTIONS: dict[str, tuple[str, ...]] = {
    "referrals": ("id", "to"),
    "warnings": ("id",),
    "acknowledged": ("id", "by"),
    "swaps": ("avoid",),
    "load_adjustments": ("metric",),
    "prescriptions": ("exercise",),
    "current": ("exercise",),
    "pathways": ("pathway", "side"),
    "set_aside": ("exercise", "target", "reason"),
    "conclusions": ("fact",),
    "conflicts": ("between",),
    "missing": ("fact",),
}
TOLD_OF_A_REASON = ("text", "patient", "strength", "certainty", "sources")


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
    plans = _planner(old, as_of, engine), _planner(new, as_of, engine)
    return _all_of(lambda profile: plan_change(profile, *(plan(profile) for plan in plans)), profiles)


Planner = Callable[[Profile], Plan | str]


def _planner(program: Program, as_of: date, engine: str) -> Planner:
    def plan(profile: Profile) -> Plan | str:
        try:
            return recommend(profile, program, as_of, engine, ENGLISH.code)
        except ProfileError as error:  # a new version may ask for what a profile does not give, or the other way round
            return str(error)

    return plan


def plan_change(profile: Profile, before: Plan | str, after: Plan | str) -> PlanChange:
    """From one plan of a profile to another, either of which may be the reason why there is none. Raises ProfileError where
    there is neither."""
    if isinstance(before, Plan) and isinstance(after, Plan):
        return PlanChange(profile.document.path, after.runner, tuple(_changes(to_values(before), to_values(after))))
    if isinstance(before, str) and isinstance(after, str):
        raise ProfileError(before)
    sign, reason = ("-", after) if isinstance(after, str) else ("+", before)
    return PlanChange(profile.document.path, str(profile.sections.runner.ref), (Change("plan", sign, "a plan", (str(reason),)),))


def _changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    if old["status"] != new["status"]:
        yield Change("status", "~", "status", (f"{old['status']} → {new['status']}",))
    for text in (*old["notices"], *new["notices"]):
        if (text in old["notices"]) != (text in new["notices"]):
            yield Change("notices", "-" if text in old["notices"] else "+", text)
    for section, names in SECTIONS.items():
        yield from _section(section, _keyed(old[section], names), _keyed(new[section], names))
    if days := sorted({day["date"] for day in _in_one_alone(old["schedule"], new["schedule"])}):
        yield Change("schedule", "~", "the weeks", (f"{len(days)} days differ, the first on {days[0]}",))


def _in_one_alone(old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from (item for item in old if item not in new)
    yield from (item for item in new if item not in old)


def _keyed(items: Sequence[dict[str, Any]], names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {_name(item, names): item for item in items}


def _name(item: dict[str, Any], names: tuple[str, ...]) -> str:
    return ", ".join(shown(item[name]) for name in names if item.get(name) is not None)


def _section(section: str, old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[Change]:
    for name in sorted(old.keys() - new.keys()):
        yield Change(section, "-", name, _reasons(old[name]))
    for name in sorted(new.keys() - old.keys()):
        yield Change(section, "+", name, _reasons(new[name]))
    for name in sorted(old.keys() & new.keys()):
        if details := tuple(_details(old[name], new[name])):
            yield Change(section, "~", name, details)


def _reasons(item: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{reason['rule']}: {reason['text']}" for reason in item.get("because", ())))


def _details(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """The fields that differ, one line each; of reasons, which rules came and went."""
    yield from _because(old.get("because") or [], new.get("because") or [])
    before, after = ({name: item[name] for name in item if name != "because"} for item in (old, new))
    yield from differing_fields(before, after)


def _because(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    before, after = {reason["rule"]: reason for reason in old}, {reason["rule"]: reason for reason in new}
    yield from (f"no longer because of {rule}" for rule in before if rule not in after)
    yield from (f"also because of {rule}" for rule in after if rule not in before)
    for rule in sorted(before.keys() & after.keys()):
        was, now = ({name: reason.get(name) for name in TOLD_OF_A_REASON} for reason in (before[rule], after[rule]))
        yield from (f"{rule}: {line}" for line in differing_fields(was, now))


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
    lines = [f"{what}: {len(changes)} change{'s' if len(changes) > 1 else ''}"]
    for section in dict.fromkeys(change.section for change in changes):
        lines.append(f"  {section.replace('_', ' ')}")
        for change in changes:
            if change.section == section:
                lines.append(f"    {change.sign} {change.item}")
                lines += [f"        {detail}" for detail in change.details]
    return "\n".join(lines) + "\n"
