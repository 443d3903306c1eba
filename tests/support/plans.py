"""Plans for the tests: profiles from text, the built-in program, and a small invented clinic whose rules nobody else changes."""

import signal
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kit import rule, write_pack
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError, StridewiseError
from stridewise.language.fact import Fact
from stridewise.packs.pack import RulePack, load_pack
from stridewise.packs.plugins import load_packs, plugin_manager
from stridewise.plan.model import Because, Plan
from stridewise.plan.seal import to_values
from stridewise.profile.facts import Intake, take_in
from stridewise.profile.profile import Profile, read_profile
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.session import Session, hold_session

DAY = date(2026, 11, 21)
ROOT = Path(__file__).parents[2]
PROFILES = sorted((ROOT / "profiles").glob("*.yaml"))
FOUR_PHRASES = ("weak glutes", "valgus knee", "high mileage", "race in 3 weeks")
SCREEN = "safety: {screened: 2026-11-21, red_flags: [], par_q: {any_yes: false}}"
HEAD = "schema: 1\nrunner: {ref: R-1, age: 30}\nrecorded: 2026-11-21\n"
ASKED = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [dumbbell]}}\n"  # nothing left open that the engine asks for itself

ATLAS = [{"key": "atlas", "reference": "An atlas", "level": "3", "claims": [{"id": "a1", "text": "So.", "verified": True}]}]


@cache
def built_in_packs() -> tuple[RulePack, ...]:
    """The packs of this distribution, read once."""
    return tuple(load_packs(plugin_manager("")))


@cache
def built_in() -> Program:
    """The program of the built-in packs, built once."""
    return build_program(built_in_packs())


def profile(text: str, name: str = "profile.yaml", folder: Path | None = None) -> Profile:
    """A profile from its text, as if it stood in a file of this name."""
    return read_profile(parse_document(textwrap.dedent(text).encode(), name, ProfileError), folder)


def minimal(sections: str) -> str:
    """A profile of these sections and nothing else."""
    return f"schema: 1\nrunner: {{ref: R-1}}\n{textwrap.dedent(sections)}"


def intake(text: str, as_of: date = DAY, **more: Any) -> Intake:
    """What is taken in from a profile's text, with the built-in vocabulary."""
    return take_in(profile(text, **more), built_in().vocabulary, as_of)


def taken(text: str, kind: str, as_of: date = DAY, **more: Any) -> list[Fact]:
    """The facts of one kind in a profile's text, in the order of what they say."""
    return [fact for fact in intake(text, as_of, **more).facts if fact.kind == kind]


def values(text: str, kind: str, as_of: date = DAY, **more: Any) -> list[Any]:
    """The values of one kind in a profile's text."""
    return [fact.value for fact in taken(text, kind, as_of, **more)]


def mistakes(text: str, as_of: date = DAY, **more: Any) -> list[str]:
    """What is wrong with a profile, as shown to people."""
    with pytest.raises(ProfileError) as raised:
        intake(text, as_of, **more)
    return [str(problem) for problem in raised.value.problems]


def session(text: str, program: Program | None = None, as_of: date = DAY, engine: str = "reference", **more: Any) -> Session:
    """A session for a profile's text; the built-in program unless another is given."""
    return hold_session(profile(text, **more), program or built_in(), as_of, engine)


def plan(text: str, program: Program | None = None, as_of: date = DAY, engine: str = "reference", **more: Any) -> Plan:
    """The plan for a profile's text; the built-in program unless another is given."""
    return session(text, program, as_of, engine, **more).plan


def plan_or_error(text: str, **more: Any) -> Plan | str:
    """The plan, or what a user would be told instead. Whatever else is raised, is a bug."""
    try:
        return plan(text, **more)
    except StridewiseError as error:
        return str(error)


def prescribed(made: Plan) -> set[str]:
    """The exercises of a plan."""
    return {one.exercise for one in made.prescriptions}


def swaps(made: Plan) -> dict[str, str | None]:
    """What is swapped, for what."""
    return {one.avoid: one.instead for one in made.swaps}


def aside(made: Plan) -> dict[str, str]:
    """The exercises and targets set aside, and why."""
    return {one.exercise or one.target or "": one.reason for one in made.set_aside}


def meaning(made: Plan) -> Any:
    """The plan as JSON values without `at` and the receipt: what must not change where only the writing does."""
    shown = to_values(made)
    del shown["receipt"]
    return without_places(shown)


def without_places(value: Any) -> Any:
    """The same JSON values without any `at`."""
    if isinstance(value, dict):
        return {key: without_places(item) for key, item in value.items() if key != "at"}
    return [without_places(item) for item in value] if isinstance(value, list) else value


def every_because(made: Plan) -> Iterator[Because]:
    """Every reason anywhere in a plan."""
    for name in ("referrals", "warnings", "swaps", "load_adjustments", "prescriptions", "set_aside", "conclusions"):
        for item in getattr(made, name):
            yield from item.because


# --- a small invented clinic: the built-in words, but exercises and rules of its own ----------------------------------


def exercise(name: str, target: str = "squat_pattern", block: str = "strength", **more: Any) -> dict[str, Any]:
    """An exercise record with nothing special about it."""
    return {
        "id": name,
        "name": name.replace("_", " ").capitalize(),
        "blocks": [block],
        "targets": {"direct": [target] if target else []},
        "laterality": "bilateral",
        "instructions": ["Do it."],
        "stop_if": "It hurts.",
        "demands": "none",
        "sources": ["atlas"],
        "dosage": {"strength": {"sets": 3, "reps": 10, "load": "body weight", "rest_s": 60}},
        **more,
    }


HINGE_GATE = {"needs": [{"skill": "hip_hinge", "grade": "owned"}], "earn": "Show a hinge."}
EXERCISES = [
    exercise("easy_squat"),
    exercise("deep_squat", demands={"skill": 1, "knee_flexion": 3}, regression=["easy_squat"]),
    exercise("heavy_squat", demands={"skill": 2, "heavy_load": 3}, regression=["easy_squat"], gates=[HINGE_GATE]),
    exercise("big_hop", target="plyometric_power", block="plyometric", demands={"impact": 3, "skill": 1}),
    exercise("floor_twist", target="", block="warm_up", demands={"lumbar_flexion_rotation": 3}),
    exercise("standing_drill", target="dynamic_warm_up", block="warm_up", demands={"balance": 1, "hip_adduction": 2}),
    exercise("leg_drill", target="dynamic_warm_up", block="warm_up", demands={"balance": 1}),
    exercise("arm_row", target="pull_strength", block="accessory"),
    exercise("calm_breath", target="trunk_anti_rotation", block="core"),
    exercise("rope_row", target="push_strength", block="accessory", equipment=[["cable"]]),
]


def vocabulary_pack() -> RulePack:
    """The built-in pack that holds the words."""
    return next(pack for pack in built_in_packs() if pack.vocabularies and pack.sources)


def clinic(folder: Path, *rules: Mapping[str, Any], exercises: list[dict[str, Any]] | None = None, **head: Any) -> Program:
    """The built-in words, invented exercises, and one pack `trial` of these rules alone."""
    gym = write_pack(folder / "gym", {"exercises/all.yaml": exercises or EXERCISES, "sources.yaml": ATLAS})
    trial = write_pack(folder / "trial", {"rules/all.yaml": [dict(one) for one in rules]} if rules else {}, **head)
    return build_program([vocabulary_pack(), load_pack(gym, shown="gym"), load_pack(trial, shown="trial")], without_safety=True)


def when_weak(name: str, *then: Mapping[str, Any], muscle: str = "soleus", **more: Any) -> dict[str, Any]:
    """A rule that fires where a muscle tests weak."""
    return rule(name, [{"weakness": muscle}], [dict(one) for one in then], **more)


def refer(urgency: str = "routine", stops: str = "nothing", text: str = "See a physician.") -> dict[str, Any]:
    """A referral to a physician."""
    return {"refer": "physician", "urgency": urgency, "stops": stops, "text": text}


WEAK = "findings: [{weakness: soleus, side: left, grade: mild}]\n"


def heed_ctrl_c() -> None:
    """For a process to be started: a test run in the background hands down that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


FOREGROUND: dict[str, Any] = {"preexec_fn": heed_ctrl_c}  # for subprocess.Popen
