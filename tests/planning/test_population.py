"""Over a whole population of runners nothing unsafe is ever planned. The ordinary run takes 2,000 of them; with
STRIDEWISE_LONG=1 it is 200,000 (or as many as STRIDEWISE_POPULATION says) in as many processes as there are cores."""

import json
import multiprocessing
import os
import re
from collections import Counter
from functools import cache
from typing import Any

import jsonschema
import pytest

from plans import built_in, meaning, profile, session
from population import Runner, exercises, profile_of, terms
from stridewise.authoring.schemas import schema_of
from stridewise.inference import durable
from stridewise.render.json import render_json
from stridewise.session import Session

pytestmark = pytest.mark.slow

LONG = os.environ.get("STRIDEWISE_LONG") == "1"
NUMBER = int(os.environ.get("STRIDEWISE_POPULATION", "200000" if LONG else "2000"))
CHUNK = 250
JUMP = 2  # of the demand `impact`
STOPS = {  # what a referral stops, in the words of the interface: an exercise that makes such a demand is out
    "weight_bearing": {"weight_bearing", "impact"},
    "lower_limb": {"lower_limb", "weight_bearing", "impact"},
    "impact": {"impact"},
    "running": {"impact"},
    "nothing": set(),
    "all_exercise": set(),
}


def is_first(referral: Any) -> bool:
    """Does a referral, as data or as written in a rule, come before any plan?"""
    urgency, stops = (referral[key] if isinstance(referral, dict) else getattr(referral, key) for key in ("urgency", "stops"))
    return stops == "all_exercise" or urgency in ("emergency", "same_day") or (urgency == "urgent" and stops != "nothing")


Said = frozenset[tuple[str, str]]  # what is known of a runner, as (kind, value)


@cache
def simple_rules() -> tuple[tuple[Said, Said, bool], ...]:
    """The rules of one condition that tests one kind for constants, as their authors wrote them: which facts fire each, what it
    concludes, and whether it refers first. A small reading of its own, apart from the engine's."""
    found = []
    for written in (written for pack in built_in().packs for written in pack.rules):
        when, then = written.node["when"], written.node["then"]
        if len(when) == 1 and len(when[0]) == 1:
            ((kind, values),) = when[0].items()
            fires = frozenset((kind, str(value)) for value in (values if isinstance(values, list) else [values]))
            concludes = [item for one in then for item in one.get("conclude", {}).items()]
            found.append((fires, frozenset(concludes), any("refer" in one and is_first(one) for one in then)))
    return tuple(found)


@cache
def flags_that_refer_first() -> frozenset[str]:
    """The red flags for which the rules as written refer first on that flag alone, whatever else is known."""
    return frozenset(flag for flag in terms("red_flags") if _refers_first({("red_flag", flag)}))


def _refers_first(known: set[tuple[str, str]]) -> bool:
    while True:
        fired = [(concludes, first) for fires, concludes, first in simple_rules() if fires & known]
        if any(first for _, first in fired):
            return True
        more = known.union(*(concludes for concludes, _ in fired))
        if more == known:
            return False
        known = more


@cache
def validator() -> Any:
    return jsonschema.Draft7Validator(schema_of("plan"))


def check(seed: int) -> Counter[str]:
    """Plan the runner of this seed with both matchers and assert everything; what occurred is counted."""
    runner = profile_of(seed)
    text = json.dumps(runner)
    held = session(text, engine="both")
    safe(held)
    refers_where_it_must(runner, held)
    if durable.available():
        assert held.plan.receipt.engine.startswith(("durable_rules and reference", "reference alone")), held.plan.receipt.engine
    shown = json.loads(render_json([held.plan]), parse_constant=pytest.fail)
    if seed % 10 == 0:
        validator().validate(shown)
        assert session(text, engine="both").plan == held.plan
        assert meaning(session(text).plan) == meaning(held.plan)
    return occurred(runner, held)


def safe(held: Session) -> None:
    """Nothing that a contraindication, a referral or the clinician keeps out is prescribed, nor stands in the schedule."""
    plan, library = held.plan, held.situation.program.exercises
    assert (plan.status == "refer_first") == any(is_first(one) for one in plan.referrals)
    if any(one.stops == "all_exercise" for one in plan.referrals):
        assert not plan.prescriptions
        assert not plan.schedule
    stopped = set().union(*(STOPS[one.stops] for one in plan.referrals))
    planned = {item.exercise for day in plan.schedule for part in day.sessions for item in part.exercises}
    prescribed = {item.exercise for item in plan.prescriptions}
    assert planned <= prescribed
    for name in prescribed:
        assert not [demand for demand in stopped if library[name].demand(demand)], name
        assert name not in held.situation.names("banned_exercise"), name
        vetoes = [one for one in held.recommendations.avoid if one.what.level == "contraindication"]
        assert not [one for one in vetoes if rules_out(one, name, held.situation.current)], name
        if library[name].demand("impact") >= JUMP and name not in held.situation.names("pinned_exercise"):
            careful = [one for one in held.recommendations.avoid if one.what.level == "precaution"]
            assert not [one for one in careful if rules_out(one, name, held.situation.current)], name
    for item in plan.prescriptions:
        steps_are_safe(item, held)


def steps_are_safe(item: Any, held: Session) -> None:
    """No harder and no easier step is named that a rule, a referral or the clinician keeps out."""
    library, current = held.situation.program.exercises, held.situation.current
    stopped = set().union(*(STOPS[one.stops] for one in held.plan.referrals))
    held_back = [one for one in held.recommendations.avoid if one.what.level in ("contraindication", "precaution")]
    exercise = library[item.exercise]
    for text, names in ((item.progression, exercise.progression), (item.regression, exercise.regression)):
        for name in names:
            kept_out = name in held.situation.names("banned_exercise") or any(library[name].demand(one) for one in stopped)
            if kept_out or [one for one in held_back if rules_out(one, name, current)]:
                assert library[name].name not in re.split(r"Then: |Once ready: |hurts: | or |\.", text), (item.exercise, name)


def rules_out(avoided: Any, name: str, current: frozenset[str]) -> bool:
    """Does an avoidance name the exercise, or a demand that it makes more of than is allowed?"""
    what = avoided.what.avoid
    if isinstance(what, str):
        return what == name
    if what.new and name in current:
        return False
    return what.demand is None or built_in().exercises[name].demand(what.demand) > what.above


def refers_where_it_must(runner: Runner, held: Session) -> None:
    """A recorded red flag that alone means “refer first”, and an uncleared yes on the PAR-Q, come before any plan."""
    safety = runner.get("safety", {})
    flags = set(safety.get("red_flags", ()))
    if flags & flags_that_refer_first():
        assert held.plan.status == "refer_first", flags
    if flags:
        assert held.recommendations.refer or held.recommendations.warn, flags
    if safety.get("par_q", {}).get("follow_up") == "not_done":
        assert held.plan.status == "refer_first"
        assert not held.plan.prescriptions
    if not safety:
        assert any("screen" in notice for notice in held.plan.notices)


def occurred(runner: Runner, held: Session) -> Counter[str]:
    """What is worth knowing of a population: that everything in it really occurs."""
    safety = runner.get("safety", {})
    return Counter(
        {
            held.plan.status: 1,
            "with prescriptions": bool(held.plan.prescriptions),
            "with a red flag": bool(safety.get("red_flags")),
            "with a swap": bool(held.plan.swaps),
            "with a contraindication": any(one.what.level == "contraindication" for one in held.recommendations.avoid),
            "with a race": "race" in runner,
        }
    )


def checked(start: int) -> tuple[Counter[str], list[str]]:
    """One chunk of the long run, in a process of its own: what occurred, and the seeds that failed."""
    counts, failed = Counter[str](), []
    for seed in range(start, min(start + CHUNK, NUMBER)):
        try:
            counts += check(seed)
        except Exception as error:
            failed.append(f"seed {seed}: {type(error).__name__}: {str(error)[:300]}")
        except AssertionError as error:
            failed.append(f"seed {seed}: {error}")
    return counts, failed


RARE = ("ready", "refer_first", "with prescriptions", "with a red flag", "with a swap", "with a contraindication", "with a race")


@pytest.mark.skipif(LONG, reason="the long run takes them all")
@pytest.mark.parametrize("start", range(0, 2_000, CHUNK))
def test_nobody_gets_an_unsafe_plan(start: int) -> None:
    """Nothing vetoed is prescribed, a red flag comes first, both matchers agree, the JSON is valid, all of it repeatable."""
    counts = sum((check(seed) for seed in range(start, start + CHUNK)), Counter[str]())
    assert not [name for name in RARE if not counts[name]], counts


@pytest.mark.skipif(not LONG, reason="the long run; set STRIDEWISE_LONG=1")
def test_nobody_in_a_large_population_gets_an_unsafe_plan() -> None:
    """The same over all of them; every runner that failed is told by its seed."""
    counts, failed = Counter[str](), []
    with multiprocessing.get_context("spawn").Pool(maxtasksperchild=20) as pool:
        for found, wrong in pool.imap_unordered(checked, range(0, NUMBER, CHUNK)):
            counts += found
            failed += wrong
    print(dict(counts))  # noqa: T201  # the figures of the long run, with -s
    assert not failed, "\n".join(failed[:20])
    assert not [name for name in RARE if not counts[name]], counts


def test_the_population_is_as_varied_as_it_says() -> None:
    """Every finding, flag, region and exercise occurs; the same seed is the same runner; shares are about those documented."""
    drawn = [profile_of(seed) for seed in range(3_000)]
    assert profile_of(7) == drawn[7]
    text = json.dumps(drawn)
    for name in ("muscles", "movement_faults", "red_flags", "pain_regions", "equipment_items", "distances", "goals"):
        assert not [term for term in terms(name) if f'"{term}"' not in text], name
    assert not [name for name in exercises() if f'"{name}"' not in text]
    shares = {
        "age unknown": (sum("age" not in one["runner"] for one in drawn), 1 / 20),
        "pain": (sum(bool(one["symptoms"]) for one in drawn), 0.55),
        "race": (sum("race" in one for one in drawn), 1 / 2),
        "not screened": (sum("safety" not in one for one in drawn), 1 / 10),
        "diagnosis": (sum("diagnosis" in one for one in drawn), 1 / 4),
    }
    for name, (number, share) in shares.items():
        assert abs(number / len(drawn) - share) < 0.04, name


def test_every_runner_of_the_population_is_a_profile() -> None:
    """None is refused; what is refused would never be planned, and prove nothing."""
    for seed in range(300):
        assert not profile(json.dumps(profile_of(seed))).problems


def test_there_are_flags_that_refer_first() -> None:
    """The oracle reads rules as written: it must find some, and not all of them."""
    assert {"saddle_numbness", "cannot_weight_bear"} <= flags_that_refer_first() < set(terms("red_flags"))
