"""Random little worlds to ask about: invented kinds, exercises and rules that conclude, recommend, warn, hold back, adjust and
swap, and a profile whose findings are facts of that vocabulary, read by the real intake."""

import json
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from kit import BASICS, SOURCES, VOCABULARY, write_pack
from plans import DAY, exercise
from program_maker import always_bound, make_case, make_condition
from stridewise.documents.reader import parse_document
from stridewise.errors import PackError, ProfileError
from stridewise.explain.inquiry import Inquiry, open_inquiry
from stridewise.packs.pack import RulePack, load_pack
from stridewise.profile.profile import Profile, read_profile
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.session import Session, hold_session

KINDS: dict[str, Any] = {
    "girth": {
        "open": True,
        "value": {"number": "cm", "min": 0, "max": 100},
        "attributes": {"side": {"terms": "sides", "default": "both"}},
    },
    "skill": {
        "open": True,
        "value": {"terms": "skills"},
        "modifiable": "earned",
        "attributes": {"grade": {"terms": "skill_grades", "default": "learning", "mastered": "owned"}},
    },
    "pain": {
        "open": True,
        "safety": True,
        "value": {"terms": "pain_regions"},
        "attributes": {"side": {"terms": "sides", "default": "both"}, "intensity": {"number": "score", "min": 0, "max": 10}},
    },
    "age": {"computed": True, "value": {"number": "years", "min": 0, "max": 110}, "modifiable": "fixed", "grows": True},
    "weekly_distance": {"computed": True, "value": {"number": "km", "min": 0, "max": 400}, "modifiable": "reported"},
    "minutes_per_session": {"computed": True, "value": {"number": "min", "min": 0, "max": 300}, "modifiable": "arranged"},
    "equipment": {"closed": True, "value": {"terms": "equipment_items"}, "modifiable": "arranged"},
    "cannot": {"closed": True, "value": {"terms": "cannot_terms"}, "modifiable": "arranged"},
    "current_exercise": {"closed": True, "value": {"terms": "exercises"}, "modifiable": "reported"},
}
TERMS: dict[str, Any] = {
    "skills": {"hop": {}, "spin": {}},
    "skill_grades": {"owned": {}, "learning": {}},
    "pain_regions": {"toe": {"demands": ["impact"]}, "ear": {"demands": ["balance"]}},
    "equipment_items": {"rope": {}, "ball": {}},
    "cannot_terms": {"kneel": {}, "jump": {}},
    "targets": {"neatness": {}, "bounce": {}, "calm": {}},
}
WORDS: dict[str, Any] = {"kinds": {**VOCABULARY["kinds"], **KINDS}, "terms": {**VOCABULARY["terms"], **TERMS}}
EXERCISES = ["hop_on", "roll_up", "lift_off", "sway", "tap"]
# What rules act on, beside the kinds that program_maker concludes from.
EXTRA: list[dict[str, Any]] = [
    {"girth": ">= 20"},
    {"girth": "< 35", "side": "left"},
    {"girth": "20..35"},
    {"girth": "<= 20", "side": "$s1"},
    {"skill": "hop"},
    {"skill": ["hop", "spin"], "grade": "owned"},
    {"pain": "toe"},
    {"pain": "any", "intensity": ">= 3"},
    {"age": ">= 50"},
    {"current_exercise": "sway"},
    {"badge": ["gold", "silver"]},
]
ACTED_ON = ["colour", "colour", "shape", "badge", "pile", "heap", "tower", "ready"]


@dataclass(frozen=True)
class World:
    """A program and a profile, both as written and as read."""

    rules: list[dict[str, Any]]
    exercises: list[dict[str, Any]]
    profile: dict[str, Any]
    program: Program = field(compare=False, repr=False)

    def ask(self, profile: dict[str, Any] | None = None) -> Inquiry:
        """Ready for questions. Raises ProfileError."""
        return open_inquiry(read(profile or self.profile), self.program, DAY, "reference")

    def plan_for(self, profile: dict[str, Any]) -> Session | None:
        """A fresh session for a profile as written; None where it is refused."""
        try:
            return hold_session(read(profile), self.program, DAY, "reference")
        except ProfileError:
            return None


def read(profile: dict[str, Any]) -> Profile:
    """A profile as written in a file, every number exact, an entry a line."""
    return read_profile(parse_document(json.dumps(profile, indent=1, default=float).encode(), "made.json", ProfileError))


@cache
def base() -> RulePack:
    """The pack that holds the words, read once."""
    with tempfile.TemporaryDirectory(prefix="stridewise-words-") as folder:
        files = {"vocabulary/toy.yaml": WORDS, "sources.yaml": SOURCES}
        return load_pack(write_pack(Path(folder) / "base", files), shown="base")


def make_world(random: Random) -> World | None:
    """A world; None where the rules cannot be put in order or the profile contradicts itself."""
    case = make_case(random)
    profile = _profile(random, case.facts)
    rules = [*case.rules, *(_action(random, number, profile["findings"]) for number in range(random.randint(3, 6)))]
    exercises = [_exercise(random, name) for name in EXERCISES]
    try:
        program = _program(rules, exercises)
        world = World(rules, exercises, profile, program)
        world.ask()
    except (PackError, ProfileError):
        return None
    return world


def _program(rules: list[dict[str, Any]], exercises: list[dict[str, Any]]) -> Program:
    with tempfile.TemporaryDirectory(prefix="stridewise-world-") as folder:
        files = {"rules/all.yaml": json.dumps(rules, default=float), "exercises/all.yaml": json.dumps(exercises)}
        head = {"thresholds": {"tall": {"value": 40, "unit": "cm"}}}
        pack = load_pack(write_pack(Path(folder) / "toy", {**files, "sources.yaml": json.dumps(SOURCES)}, **head), shown="toy")
        return build_program([base(), pack], without_safety=True)


# --- rules ---------------------------------------------------------------------------------------------------------------


def _action(random: Random, number: int, findings: list[dict[str, Any]]) -> dict[str, Any]:
    """A rule that does something in a plan."""
    when = [_acted_on(random, findings) for _ in range(random.choice([1, 1, 1, 2, 2]))]
    if random.random() < 0.2:
        when.append({"any_of": [_acted_on(random, findings) for _ in range(2)]})
    if random.random() < 0.2:
        different = list({str(one): one for one in (_plain(random) for _ in range(3))}.values())
        when.append({"at_least": min(random.choice([1, 2]), len(different)), "of": different})
    if random.random() < 0.25:
        when.append({"absent": make_condition(random, ["heap", "ready", "tower"], variables=0)})
    if random.random() < 0.08:  # fires on what is not so alone
        when = [{"absent": make_condition(random, ["heap", "ready", "pile"], variables=0)}]
    bound = always_bound(when)
    then = [_consequent(random, number, "s1" in bound)]
    return {"id": f"act{number}", "when": when, "then": then, **BASICS}


def _acted_on(random: Random, findings: list[dict[str, Any]]) -> dict[str, Any]:
    roll = random.random()
    if roll < 0.45:  # asks for what one of the findings says, mostly
        return {name: value for name, value in random.choice(findings).items() if value != "both" and name != "intensity"}
    return dict(random.choice(EXTRA)) if roll < 0.7 else make_condition(random, ACTED_ON, variables=0.35)


def _plain(random: Random) -> dict[str, Any]:
    return make_condition(random, ["colour", "shape", "badge", "heap"], variables=0)


def _consequent(random: Random, number: int, has_side: bool) -> dict[str, Any]:
    kind = random.choice(["target", "target", "target", "prescribe", "prescribe", "avoid", "avoid", "warn", "adjust", "refer"])
    side = {"side": "$s1"} if has_side and random.random() < 0.5 else {}
    if kind == "target":
        options = random.sample(EXERCISES, random.choice([0, 0, 1, 2]))
        return {
            "target": random.choice(sorted(TERMS["targets"])),
            "priority": random.choice(["high", "low"]),
            **side,
            **({"options": options} if options else {}),
        }
    if kind == "prescribe":
        return {"prescribe": random.choice(EXERCISES), **side}
    if kind == "avoid":
        level = random.choice(["preference", "precaution", "contraindication"])
        instead = random.sample(EXERCISES, random.choice([0, 1, 2]))
        return {"avoid": random.choice([*EXERCISES, {"demand": "impact"}]), "level": level, "instead": instead}
    if kind == "warn":
        said = number % 3  # two rules may say the same
        return {"warn": f"Careful with number {said}.", "level": ["info", "warning", "critical"][said]}
    if kind == "adjust":
        return {"adjust": "stacking", "by": random.choice(["-20%", "-50%"]), "text": "Stack less."}
    return {"refer": "keeper", "urgency": "routine", "stops": random.choice(["nothing", "impact"]), "text": "See the keeper."}


# --- exercises and profiles ----------------------------------------------------------------------------------------------


def _exercise(random: Random, name: str) -> dict[str, Any]:
    more: dict[str, Any] = {"demands": {"impact": random.choice([0, 0, 2]), "skill": random.choice([0, 1])}}
    targets = random.sample(sorted(TERMS["targets"]), random.choice([1, 1, 2]))
    if random.random() < 0.3:
        needs = [dict(random.choice([*EXTRA[:6], {"ready": "yes"}, {"heap": "red"}])) for _ in range(random.choice([1, 1, 2]))]
        more["gates"] = [{"needs": needs, "earn": "Show it."}]
        more["regression"] = [random.choice([one for one in EXERCISES if one != name])]
    if random.random() < 0.3:
        more["equipment"] = random.choice([[["rope"]], [["rope", "ball"]], [["rope"], ["ball"]]])
    if random.random() < 0.2:
        more["position"] = "kneeling"
    return {**exercise(name, block=random.choice(["strength", "core", "warm_up"]), **more), "targets": {"direct": targets}}


def _profile(random: Random, facts: list[dict[str, Any]]) -> dict[str, Any]:
    findings = [*facts[:5], *(_finding(random) for _ in range(random.randint(1, 3)))]
    unique = {_spot(entry): entry for entry in findings}
    profile: dict[str, Any] = {"schema": 1, "runner": {"ref": "R-0"}, "findings": list(unique.values())}
    if random.random() < 0.4:
        profile["runner"]["age"] = random.choice([30, 55])
    constraints: dict[str, Any] = {}
    if random.random() < 0.5:
        constraints["equipment"] = random.choice([[], ["rope"], ["rope", "ball"]])
    if random.random() < 0.3:
        constraints["cannot"] = [random.choice(["kneel", "jump"])]
    if random.random() < 0.3:
        constraints["minutes_per_session"] = random.choice([6, 12])
    if constraints:
        profile["constraints"] = constraints
    if random.random() < 0.4:
        profile["training"] = {"current_exercises": random.sample(EXERCISES, random.choice([0, 1, 2]))}
    return profile


def _finding(random: Random) -> dict[str, Any]:
    side = {"side": random.choice(["left", "right"])} if random.random() < 0.5 else {}
    return random.choice(
        [
            {"girth": random.choice([10, 20, 34.9, 60]), **side},
            {"skill": random.choice(["hop", "spin"])},
            {"skill": "hop", "grade": "owned"},
            {"pain": random.choice(["toe", "ear"]), "intensity": random.choice([1, 4]), **side},
        ]
    )


def _spot(entry: dict[str, Any]) -> tuple[Any, ...]:
    """What only one finding may be about: a number has one value here, a term is said once."""
    kind = next(name for name in entry if name in WORDS["kinds"])
    return (kind,) if "number" in WORDS["kinds"][kind]["value"] else (kind, entry[kind])
