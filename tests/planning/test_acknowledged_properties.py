"""Over many random runners an acknowledgement of all that may be acknowledged drops no sentence, moves nothing that must be said,
and changes nothing of what is planned."""

import json
import os
from typing import Any

import pytest

from plans import DAY, built_in, session
from population import profile_of
from stridewise.errors import ProfileError
from stridewise.language.rule import Refer
from stridewise.plan.model import Plan
from stridewise.session import Session

pytestmark = pytest.mark.slow

NUMBER = 4000 if os.environ.get("STRIDEWISE_LONG") == "1" else 80
SIGNED = {"because": "Agreed.", "by": "A. Example", "date": str(DAY)}


def acknowledged(profile: dict[str, Any], entries: list[dict[str, Any]]) -> Session:
    clinician = {**profile.get("clinician", {}), "acknowledge": entries}
    return session(json.dumps({**profile, "clinician": clinician}), built_in())


def entries_of(made: Plan) -> list[dict[str, Any]]:
    """Every warning and contradiction of a plan, by the rules behind it."""
    rules = {because.rule for one in made.warnings for because in one.because}
    warnings = [{"warning": name, **SIGNED} for name in sorted(rules)]
    pairs = sorted({one.between for one in made.conflicts if len(one.between) > 1})
    return [*warnings, *({"contradiction": list(pair), **SIGNED} for pair in pairs)]


def allowed(profile: dict[str, Any], entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are not refused."""
    try:
        acknowledged(profile, entries)
    except ProfileError as error:
        refused = {int(problem.message.partition("[")[2].partition("]")[0]) for problem in error.problems}
        return [one for number, one in enumerate(entries) if number not in refused]
    return entries


def sentences(made: Plan) -> set[str]:
    return {one.text for one in made.all_warnings} | {one.text for one in made.conflicts}


def must_stay(held: Session) -> set[str]:
    """The warnings that are critical, or whose rule refers or rests on a red flag or a sign."""
    firm = set()
    for item in held.recommendations.warn:
        behind = {fact.kind for fact in held.situation.memory.behind(item.firing.premises)}
        if (
            item.what.level == "critical"
            or behind & {"red_flag", "sign"}
            or any(isinstance(c, Refer) for c in item.rule.consequents)
        ):
            firm.add(item.rule.id)
    return {one.text for one in held.plan.warnings if firm & {because.rule for because in one.because}}


@pytest.mark.parametrize("start", range(0, NUMBER, NUMBER // 4))
def test_acknowledging_all_drops_nothing_and_moves_nothing_that_must_be_said(start: int) -> None:
    """The audit reads every one of these plans as well."""
    moved = 0
    for seed in range(start, start + NUMBER // 4):
        profile = profile_of(seed)
        before = session(json.dumps(profile), built_in())
        after = acknowledged(profile, allowed(profile, entries_of(before.plan)))
        moved += len(after.plan.acknowledged)
        assert sentences(before.plan) <= sentences(after.plan)
        assert must_stay(before) <= {one.text for one in after.plan.warnings}
        for part in ("status", "referrals", "prescriptions", "swaps", "load_adjustments", "schedule", "set_aside", "current"):
            assert getattr(after.plan, part) == getattr(before.plan, part)
    assert moved
