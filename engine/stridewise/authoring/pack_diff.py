"""Whose plans change between two versions of a pack, and how: what a lead clinician signs off."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from stridewise.documents.frozen import frozen
from stridewise.errors import Problem, ProfileError
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values
from stridewise.profile.profile import Profile, load_profile
from stridewise.program.program import Program
from stridewise.session import recommend

ENDINGS = (".yaml", ".yml", ".json")
# Sections of the plan, and what tells one item of a section from another.
SECTIONS: dict[str, tuple[str, ...]] = {
    "referrals": ("id", "to"),
    "warnings": ("id",),
    "acknowledged": ("id", "by"),
    "swaps": ("avoid",),
    "load_adjustments": ("metric",),
    "prescriptions": ("exercise",),
    "pathways": ("pathway", "side"),
    "set_aside": ("exercise", "target", "reason"),
    "conclusions": ("fact",),
    "conflicts": ("between",),
    "missing": ("fact",),
}


@frozen
class Change:
    """One item that is added (+), removed (-) or changed (~) in a section of a plan."""

    section: str
    sign: str
    item: str
    details: tuple[str, ...] = ()


@frozen
class PlanChange:
    """What changes in the plan of one profile."""

    profile: str
    runner: str
    changes: tuple[Change, ...]


def read_profiles(folder: Path) -> list[Profile]:
    """Every profile below a folder, in the order of paths. Raises ProfileError where there is none, or one is unreadable."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())
    if not paths:
        raise ProfileError([Problem(str(folder), 0, "holds no profile; give a folder with YAML or JSON profiles")])
    return [load_profile(path) for path in paths]


def diff_plans(
    old: Program, new: Program, profiles: Iterable[Profile], as_of: date, engine: str = "both"
) -> list[PlanChange]:  # fmt: skip
    """What changes for each profile, those without a change included."""
    return [_diff(_planner(old, as_of, engine), _planner(new, as_of, engine), profile) for profile in profiles]


Planner = Callable[[Profile], Plan | str]


def _planner(program: Program, as_of: date, engine: str) -> Planner:
    def plan(profile: Profile) -> Plan | str:
        try:
            return recommend(profile, program, as_of, engine)
        except ProfileError as error:  # a new version may ask for what a profile does not give, or the other way round
            return str(error)

    return plan


def _diff(old: Planner, new: Planner, profile: Profile) -> PlanChange:
    before, after = old(profile), new(profile)
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


def _keyed(items: Sequence[dict[str, Any]], names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {_name(item, names): item for item in items}


def _name(item: dict[str, Any], names: tuple[str, ...]) -> str:
    return ", ".join(_show(item[name]) for name in names if item.get(name) is not None)


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


def _details(old: dict[str, Any], new: dict[str, Any], path: str = "") -> Iterator[str]:
    """The fields that differ, one line each; of reasons, which rules came and went."""
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if name == "because":
            yield from _because(before or [], after or [])
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from _details(before, after, f"{path}{name} ")
        else:
            yield f"{path}{name}: {_show(before)} → {_show(after)}"


def _because(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    before, after = {reason["rule"]: reason for reason in old}, {reason["rule"]: reason for reason in new}
    yield from (f"no longer because of {rule}" for rule in before if rule not in after)
    yield from (f"also because of {rule}" for rule in after if rule not in before)
    for rule in sorted(before.keys() & after.keys()):
        for name in ("text", "strength", "certainty"):
            if before[rule][name] != after[rule][name]:
                yield f"{rule}: {name}: {before[rule][name]} → {after[rule][name]}"


def _show(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {"min", "max"}:
        return f"{value['min']}–{value['max']}"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_show(item)}" for name, item in value.items())
    if isinstance(value, list):
        return " and ".join(map(_show, value)) or "nothing"
    return "nothing" if value in (None, "") else str(value)


def render_diff(plans: Sequence[PlanChange]) -> str:
    """The changes for a reader, profile by profile and section by section."""
    changed = [plan for plan in plans if plan.changes]
    parts = [_render(plan) for plan in changed]
    return "\n".join([*parts, f"{len(changed)} of {len(plans)} plans change."]) + "\n"


def _render(plan: PlanChange) -> str:
    lines = [f"{plan.profile} ({plan.runner}): {len(plan.changes)} change{'s' if len(plan.changes) > 1 else ''}"]
    for section in dict.fromkeys(change.section for change in plan.changes):
        lines.append(f"  {section.replace('_', ' ')}")
        for change in plan.changes:
            if change.section == section:
                lines.append(f"    {change.sign} {change.item}")
                lines += [f"        {detail}" for detail in change.details]
    return "\n".join(lines) + "\n"
