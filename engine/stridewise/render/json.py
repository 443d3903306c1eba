"""The plan as JSON, exactly the contract: stable order, UTF-8, every array present."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from stridewise.plan.model import ExerciseDrawn, Plan
from stridewise.plan.seal import to_values


def render_json(plans: Sequence[Plan]) -> str:
    """One plan as an object, several as an array in their order."""
    values = [to_values(plan) for plan in plans]
    return json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=2) + "\n"


def with_drawings(plan: Plan, drawn: Callable[[str, str], str]) -> Plan:
    """The plan with the drawing of each of its exercises that has one, once for each side."""
    asked = dict.fromkeys((one.exercise, one.side) for one in plan.prescriptions)
    made = (ExerciseDrawn(exercise=exercise, side=side, svg=drawn(exercise, side)) for exercise, side in asked)
    return replace(plan, drawings=tuple(one for one in made if one.svg))
