"""For a recall: which plans on file a rule touched, and what it gave in each, by itself or by way of other rules."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from stridewise.errors import Problem, ProfileError, did_you_mean
from stridewise.explain.gave import Gave, gave_by
from stridewise.explain.on_file import PlanOnFile
from stridewise.explain.vouching import broken_seals, fired, rules_behind
from stridewise.plan.entries import mappings
from stridewise.program.program import Program

NOT_LISTED = "not listed"  # of a receipt that does not name the pack


@dataclass(frozen=True, slots=True)
class Touched:
    """A plan that the rule touched, the version of its pack then, and what it gave."""

    plan: str
    runner: str
    as_of: str
    version: str
    gave: tuple[Gave, ...]


@dataclass(frozen=True, slots=True)
class Affected:
    """`rule` by all its `names`; of the `read` plans the `touched`. `versions` of its pack with the number of plans; `damaged`
    could not be read, `edited` were read and do not fit their seals."""

    rule: str
    names: tuple[str, ...]
    version: str
    read: int
    touched: tuple[Touched, ...]
    versions: dict[str, int]
    damaged: tuple[str, ...]
    edited: tuple[str, ...]


def affected(rule: str, version: str, plans: Iterable[PlanOnFile], program: Program) -> Affected:
    """Every plan that a rule touched; with a `version`, of those made with that version of its pack. Raises ProfileError with the
    nearest names where no plan names the rule and no pack knows it."""
    names, seen = names_of(rule, program), set[str]()
    versions, touched, damaged, edited = Counter[str](), list[Touched](), list[str](), list[str]()
    for plan in plans:
        if plan.problem is not None:
            damaged.append(str(plan.problem))
            continue
        if broken_seals(plan.values):
            edited.append(plan.shown)
        seen.update(rules_behind(plan.values), fired(plan.values))
        then = _version(plan.values, rule)
        versions[then] += 1
        gave = tuple(gave_by(plan.values, names)) if version in ("", then) else ()
        touched += [Touched(plan.shown, str(plan.values.get("runner")), str(plan.values["as_of"]), then, gave)] if gave else []
    _refuse_unknown(rule, names, seen, program)
    whole = sum(versions.values())
    return Affected(rule, names, version, whole, tuple(touched), dict(sorted(versions.items())), tuple(damaged), tuple(edited))


def names_of(rule: str, program: Program) -> tuple[str, ...]:
    """The rule's name, and those that it had before or has now."""
    known = program.rule(rule)
    old = (name for name, now in program.old_rule_names.items() if known is not None and now == known.id)
    return tuple(dict.fromkeys([rule, *([known.id] if known is not None else ()), *old]))


def _refuse_unknown(rule: str, names: tuple[str, ...], seen: set[str], program: Program) -> None:
    if program.rule(rule) is None and not seen.intersection(names):
        known = {*seen, *program.old_rule_names, *(one.id for one in program.rules)}
        message = f'no plan names the rule "{rule}", and no pack that is loaded has it.{did_you_mean(rule, known)}'
        raise ProfileError([Problem("", 0, f"{message} A rule is named with its pack: strength/its-id")])


def _version(values: dict[str, Any], rule: str) -> str:
    """The version of the rule's pack, as the receipt of a plan has it."""
    packs = mappings(values["receipt"].get("packs"))
    named = [str(one.get("version")) for one in packs if one.get("name") == rule.partition("/")[0]]
    return named[0] if named else NOT_LISTED
