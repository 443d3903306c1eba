"""Rules about the floor twist and its family that several tests of planning share."""

from typing import Any

from kit import rule
from plans import ASKED, WEAK, when_weak

DOES = f"{ASKED}training: {{current_exercises: [floor_twist]}}\n{WEAK}"
SQUAT = when_weak("train", {"target": "squat_pattern"})
DRILL = when_weak("drill", {"target": "dynamic_warm_up"})
EVERYTHING = ("easy_squat", "deep_squat", "big_hop", "standing_drill", "leg_drill", "arm_row", "calm_breath")
PLANNED = [when_weak(f"prescribe-{name.replace('_', '-')}", {"prescribe": name}) for name in EVERYTHING]


def avoid(name: str | dict[str, Any], level: str, *instead: str, **more: Any) -> dict[str, Any]:
    """An avoidance."""
    return {"avoid": name, "level": level, "instead": list(instead), **more}


FALLBACK = when_weak("prefers", avoid("floor_twist", "preference", "standing_drill", "leg_drill"))


NEAR = [
    rule(
        "near-race",
        [{"weeks_to_race": "<= 3"}],
        [
            {"conclude": {"new_exercise_dose": "half"}},
            avoid({"demand": "impact", "above": 0, "new": True}, "precaution"),
            avoid({"demand": "heavy_load", "above": 1, "new": True}, "precaution"),
        ],
    )
]


def dosed(made: Any, name: str) -> Any:
    """The dosage of an exercise in a plan."""
    return next(one.dosage for one in made.prescriptions if one.exercise == name)
