"""New jumping is asked for only where nothing holds it back: a precaution gives way where nothing else serves a target, and no
other exercise serves a jump."""

import json
from collections import Counter
from typing import Any

import pytest

from plans import built_in, built_in_packs, session
from stridewise.authoring.cases import Case, read_cases
from stridewise.errors import ProfileError
from stridewise.language.rule import Avoid, Conclude
from stridewise.plan.seal import to_values
from stridewise.planning.vetoes import selects
from stridewise.session import Session

JUMP = 2  # of the demand `impact`
GATE = [{"single_leg_squat_reps": 8}, {"heel_raise_reps": 25}, {"hop_pain": 0}, {"skill": "landing", "grade": "owned"}]
ON_ITS_OWN = {"load/no-new-heavy-or-explosive-work-3-weeks-out"}  # the race window it rests on silences the request itself


def is_about_jumps(what: Any) -> bool:
    """Does a precaution keep out whatever jumps?"""
    return (
        isinstance(what, Avoid)
        and not isinstance(what.avoid, str)
        and what.level == "precaution"
        and (what.avoid.demand == "impact" and what.avoid.above < JUMP)
    )


def test_every_rule_that_holds_jumping_back_says_so() -> None:
    """Else the request for jumps would get past it."""
    for rule in built_in().rules:
        if any(map(is_about_jumps, rule.consequents)) and rule.id not in ON_ITS_OWN:
            concluded = {item.kind for item in rule.consequents if isinstance(item, Conclude)}
            assert "new_jumps_wait" in concluded, rule.id


def ready_to_jump(case: Case) -> Session | None:
    """The runner of a case, who passes the gate and wants to run faster; None where the case says otherwise."""
    root = to_values(case.profile)
    runner = {"ref": "R-1", "age": 30, **root.get("runner", {})}
    goal = {**root.get("goal", {}), "kind": "performance"}
    findings = [*(root.get("findings") or []), *GATE]
    try:
        return session(json.dumps({"schema": 1, **root, "runner": runner, "goal": goal, "findings": findings}))
    except ProfileError:
        return None


@pytest.mark.slow
def test_nobody_in_the_casebook_gets_a_new_jump_against_a_precaution() -> None:
    """Every case of every pack once more, with the gate passed."""
    seen = Counter[str]()
    for case in (case for pack in built_in_packs() for case in read_cases(pack)):
        if (held := ready_to_jump(case)) is None:
            continue
        for item in held.plan.prescriptions:
            exercise = built_in().exercises[item.exercise]
            if exercise.demand("impact") >= JUMP:
                seen["jumps"] += 1
                for one in held.recommendations.avoid:
                    against = one.what.level == "precaution" and not isinstance(one.what.avoid, str)
                    assert not (against and selects(one.what.avoid, exercise, held.situation.current)), (
                        case.place,
                        item.exercise,
                    )
        seen["plans"] += 1
    assert seen["plans"] > 500
    assert seen["jumps"] > 100
