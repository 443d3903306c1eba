"""The pictures of a plan's exercises, where they are asked for: beside the plan, which its seal does not cover."""

from collections.abc import Callable
from dataclasses import replace

from stridewise.plan.model import ExerciseDrawn, Plan

Drawn = Callable[[str, str], str]  # the SVG of an exercise, by its id, for the side that works


def with_drawings(plan: Plan, drawn: Drawn) -> Plan:
    """The plan with the drawing of each of its exercises that has one, once for each side."""
    asked = dict.fromkeys((one.exercise, one.side) for one in plan.prescriptions)
    made = (ExerciseDrawn(exercise=exercise, side=side, svg=drawn(exercise, side)) for exercise, side in asked)
    return replace(plan, drawings=tuple(one for one in made if one.svg))
