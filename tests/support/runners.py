"""Random runners for property tests: profiles over the real vocabulary, drawn so that most of them could walk into a clinic.

A runner has an age (sometimes unknown), some running and strength training, at most two findings, pains and diagnoses each,
often a race, and constraints. Most are screened and healthy: what stops all exercise would leave nothing to look at."""

import json
from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import strategies as st

from plans import DAY, built_in

ORDERED = frozenset({"weekly_distance_km", "weekly_distance_mi"})  # lists whose order says something
DAYS_OF_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SKILLS = ("hip_hinge", "goblet_squat", "single_leg_squat", "landing")
Runner = dict[str, Any]


def terms(name: str) -> list[str]:
    """The term ids of a vocabulary list, negative ones left out."""
    return sorted(key for key, term in built_in().vocabulary.terms[name].items() if not term.negative)


def exercises() -> list[str]:
    """Every exercise of the library."""
    return sorted(built_in().exercises)


def _of(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(terms(name))


def _some(items: list[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(items), max_size=most, unique=True)


def _rarely(strategy: st.SearchStrategy[Any], otherwise: Any, one_in: int = 4) -> st.SearchStrategy[Any]:
    """The strategy's value once in `one_in` runners."""
    return st.integers(1, one_in).flatmap(lambda number: strategy if number == one_in else st.just(otherwise))


SIDES = st.sampled_from(["left", "right", "both"])
GRADES = st.sampled_from(["mild", "marked"])


def _findings() -> st.SearchStrategy[list[Runner]]:
    weakness = st.builds(lambda m, s, g: {"weakness": m, "side": s, "grade": g}, _of("muscles"), SIDES, GRADES)
    tight = st.builds(lambda m, s: {"tightness": m, "side": s}, _of("muscles"), SIDES)
    fault = st.builds(lambda f, s, g: {"movement_fault": f, "side": s, "grade": g}, _of("movement_faults"), SIDES, GRADES)
    asymmetry = st.builds(lambda c, s: {"asymmetry": c, "side": s}, _of("capacities"), st.sampled_from(["left", "right"]))
    terrain = st.builds(lambda t: {"terrain": t}, _of("terrains"))
    return st.lists(st.one_of(weakness, fault, weakness, tight, asymmetry, terrain), max_size=3, unique_by=repr)


def _tests() -> st.SearchStrategy[list[Runner]]:
    reps = st.integers(0, 35)
    both = st.fixed_dictionaries({"left": reps, "right": reps})
    few = st.fixed_dictionaries({"left": st.integers(0, 5), "right": st.integers(0, 5)})
    return st.builds(
        lambda raises, squats, hop: [{"heel_raise_reps": raises}, {"single_leg_squat_reps": squats}, {"hop_pain": hop}],
        both,
        both,
        few,
    )


def _skills() -> st.SearchStrategy[list[Runner]]:
    grade = st.sampled_from(["owned", "learning", None])
    drawn = st.fixed_dictionaries(dict.fromkeys(SKILLS, grade))
    return drawn.map(lambda grades: [{"skill": name, "grade": said} for name, said in grades.items() if said])


def _symptoms() -> st.SearchStrategy[list[Runner]]:
    pain = st.fixed_dictionaries(
        {
            "pain": _of("pain_regions"),
            "side": SIDES,
            "intensity": st.integers(1, 7),
            "next_morning": st.integers(0, 4),
            "tissue": st.sampled_from(["tendon", "muscle", "joint", "unknown"]),
            "onset": st.sampled_from(["gradual", "sudden"]),
            "rising": st.booleans(),
        }
    )
    return st.lists(pain, max_size=2, unique_by=lambda one: one["pain"])


def _diagnoses() -> st.SearchStrategy[list[Runner]]:
    one = st.fixed_dictionaries(
        {
            "condition": st.sampled_from([name for name in terms("conditions") if name not in ("pregnancy", "postpartum")]),
            "side": SIDES,
            "irritability": _of("irritabilities"),
            "certainty": _of("certainties"),
        }
    )
    return st.lists(one, max_size=2, unique_by=lambda one: one["condition"])


def _history() -> st.SearchStrategy[list[Runner]]:
    injury = st.fixed_dictionaries(
        {
            "injury": st.sampled_from(["hamstring_strain", "calf_strain", "ankle_sprain", "bone_stress_injury", "itb_pain"]),
            "side": st.sampled_from(["left", "right"]),
            "months_ago": st.integers(1, 40),
        }
    )
    lasting = st.sampled_from([{"condition": "osteoporosis"}, {"condition": "hypermobility"}])
    return st.lists(st.one_of(injury, lasting), max_size=2, unique_by=repr)


@st.composite
def _training(draw: st.DrawFn) -> Runner:
    training: Runner = {
        "weekly_distance_km": draw(st.lists(st.integers(5, 110), min_size=1, max_size=4)),
        "longest_run_km": draw(st.integers(3, 40)),
        "strength": {"sessions_per_week": draw(st.integers(0, 4))},
        "current_exercises": draw(_some(exercises(), 4)),
    }
    if (months := draw(st.one_of(st.none(), st.integers(0, 40)))) is not None:
        training["strength"]["experience_months"] = months
    if draw(st.booleans()):
        training["week"] = draw(st.fixed_dictionaries({day: _of("day_sessions") for day in DAYS_OF_WEEK}))
    return training


def _safety(draw: st.DrawFn, flags: list[str]) -> Runner:
    safety: Runner = {"screened": str(DAY), "red_flags": flags, "par_q": {"any_yes": False}}
    if weeks := draw(_rarely(st.integers(2, 30), 0, one_in=12)):
        safety["postpartum"] = {"weeks": weeks, "symptoms": draw(_some(terms("postpartum_symptoms"), 1))}
    return safety


def _constraints(draw: st.DrawFn) -> Runner:
    constraints: Runner = {"equipment": draw(_some(terms("equipment_items"), 5))}
    if minutes := draw(st.one_of(st.just(0), st.integers(10, 60))):
        constraints["minutes_per_session"] = minutes
    if sessions := draw(st.integers(0, 4)):
        constraints["sessions_per_week"] = sessions
    if cannot := draw(_rarely(_some(terms("cannot_terms"), 2), [])):
        constraints["cannot"] = cannot
    return constraints


@st.composite
def runners(draw: st.DrawFn, *, healthy: bool = False, equipment: list[str] | None = None) -> Runner:
    """A profile as a mapping. `healthy`: no pain, diagnosis, history, flag or clinician's wish; `equipment`: exactly this."""
    runner: Runner = {
        "schema": 1,
        "recorded": str(DAY),
        "runner": {"ref": "R-7", "sex": draw(_of("sexes"))},
        "goal": {"kind": draw(_of("goals"))},
        "training": draw(_training()),
        "findings": draw(_findings()) + draw(_skills()) + draw(_rarely(_tests(), [], one_in=2)),
        "safety": _safety(draw, [] if healthy else draw(_rarely(_some(terms("red_flags"), 1), [], one_in=10))),
        "constraints": _constraints(draw),
    }
    if age := draw(st.one_of(st.integers(18, 70), st.integers(10, 80), st.just(0))):
        runner["runner"]["age"] = age
    if draw(st.booleans()):
        weeks = draw(st.integers(0, 30))
        runner["race"] = {"distance": draw(_of("distances")), "in_weeks": weeks, "priority": draw(_of("priorities"))}
    if equipment is not None:
        runner["constraints"]["equipment"] = equipment
    if healthy:
        runner["safety"].pop("postpartum", None)
        return runner
    for section, strategy, one_in in (
        ("symptoms", _symptoms(), 2),
        ("diagnosis", _diagnoses(), 2),
        ("history", _history(), 3),
        ("clinician", _clinician(), 5),
    ):
        if drawn := draw(_rarely(strategy, [], one_in)):
            runner[section] = drawn
    return runner


def _clinician() -> st.SearchStrategy[Runner]:
    ban = st.sampled_from(exercises()).map(lambda name: {"exercise": name, "reason": "a reason"})
    bans = st.lists(ban, max_size=1)
    drawn = st.fixed_dictionaries({"pin": _some(exercises(), 2), "ban": bans})
    apart = drawn.filter(lambda one: not set(one["pin"]) & {item["exercise"] for item in one["ban"]})
    return apart.map(lambda one: {key: value for key, value in one.items() if value})


def text(runner: Mapping[str, Any]) -> str:
    """The profile as text; JSON is YAML too."""
    return json.dumps(runner, indent=1)


def shuffled(value: Any, rng: Random, key: str = "") -> Any:
    """The same profile with its mappings and its unordered lists in another order."""
    if isinstance(value, dict):
        keys = list(value)
        rng.shuffle(keys)
        return {name: shuffled(value[name], rng, name) for name in keys}
    if not isinstance(value, list):
        return value
    items = [shuffled(item, rng) for item in value]
    if key not in ORDERED:
        rng.shuffle(items)
    return items
