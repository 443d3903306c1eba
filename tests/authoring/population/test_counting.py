"""The counts over a population are what each runner's own plans say, recounted here from single runs of `recommend`."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from batch_kit import LONG
from kit import SOURCES, rule, write_pack
from plans import DAY, built_in_packs
from population import profile_of
from stridewise.authoring.population.compared import Compared, compare
from stridewise.authoring.population.counting import Counting
from stridewise.authoring.population.result import PopulationDiff
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.packs.pack import RulePack, load_pack
from stridewise.plan.model import Plan
from stridewise.planning.referrals import URGENCIES
from stridewise.planning.stops import STOPS
from stridewise.profile.profile import Profile, read_profile
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.session import recommend

pytestmark = pytest.mark.slow
MANY = 400 if LONG else 40
HEAD = {"requires": ["vocabulary", "exercises"]}
SORE = {"pain": "any", "intensity": ">= 3"}
SHARED = rule("lifters", [{"skill": "hip_hinge"}], [{"warn": "Lift on.", "level": "info"}])
NEVER = rule("nobody", [{"weakness": "soleus"}, {"age": ">= 119"}], [{"warn": "Old.", "level": "info"}])
OLD = [
    rule("sore-is-seen", [SORE], [{"refer": "physician", "urgency": "urgent", "stops": "running", "text": "See one."}]),
    rule("weak-hips-plank", [{"weakness": "any"}], [{"prescribe": "side_plank"}]),
    rule("tight-waits", [{"tightness": "any"}], [{"avoid": "pogo_hops", "level": "contraindication"}]),
    rule("faults", [{"movement_fault": "any"}], [{"warn": "Look.", "level": "critical"}]),
    SHARED,
    NEVER,
]
NEW = [
    rule(
        "sore-is-seen",
        [{"pain": "any", "intensity": ">= 5"}],
        [{"refer": "physician", "urgency": "routine", "stops": "nothing", "text": "See one."}],
    ),
    rule("weak-hips-plank", [{"weakness": "any"}], [{"prescribe": "dead_bug"}]),
    rule("uneven-is-seen", [{"asymmetry": "any"}], [{"refer": "coach", "urgency": "routine", "stops": "nothing", "text": "Go."}]),
    rule("faults", [{"movement_fault": "any"}], [{"warn": "Look.", "level": "warning"}]),
    SHARED,
    NEVER,
]


def pack(folder: Path, rules: list[dict[str, Any]]) -> RulePack:
    return load_pack(write_pack(folder / "clinic", {"rules/r.yaml": rules, "sources.yaml": SOURCES}, **HEAD))


def runner(seed: int) -> Profile:
    return read_profile(parse_document(json.dumps(profile_of(seed)).encode(), f"{seed}.json", ProfileError))


@pytest.fixture(scope="module", name="counted")
def _counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[PopulationDiff, list[tuple[Plan, Plan]]]:
    """The counts, and the plans of single runs to count them again from."""
    folder = tmp_path_factory.mktemp("packs")
    packs = pack(folder / "old", OLD), pack(folder / "new", NEW)
    old, new = (build_program([*built_in_packs(), one]) for one in packs)
    counting = Counting(old, new, packs, DAY, 5)
    for seed in range(MANY):
        one = compare(runner(seed), old, new, DAY, "reference")
        assert isinstance(one, Compared)
        counting.add(one)
    return counting.result(), [tuple(alone(seed, program) for program in (old, new)) for seed in range(MANY)]  # type: ignore[misc]


def alone(seed: int, program: Program) -> Plan:
    return recommend(runner(seed), program, DAY, "reference")


Counted = tuple[PopulationDiff, list[tuple[Plan, Plan]]]


def test_how_many_plans_change_is_what_single_plans_say(counted: Counted) -> None:
    found, plans = counted
    differing = sum(old.receipt.plan_sha256 != new.receipt.plan_sha256 for old, new in plans)
    assert (found.profiles, found.compared, found.no_plan, found.changed) == (MANY, MANY, 0, differing)
    assert 0 < differing < MANY
    first = [sum(plan.status == "refer_first" for plan in side) for side in zip(*plans, strict=True)]
    assert [found.refer_first.before, found.refer_first.after] == first


def test_every_rule_fires_and_refers_as_often_as_in_single_plans(counted: Counted) -> None:
    found, plans = counted
    fired = [Counter(rule for plan in side for rule in plan.receipt.fired) for side in zip(*plans, strict=True)]
    refers = [Counter(rule for plan in side for rule in referring(plan)) for side in zip(*plans, strict=True)]
    starts = Counter(rule for old, new in plans for rule in {*new.receipt.fired} - {*old.receipt.fired})
    stops = Counter(rule for old, new in plans for rule in {*old.receipt.fired} - {*new.receipt.fired})
    for rate in found.rules:
        name = rate.rule
        assert (rate.fires.before, rate.fires.after) == (fired[0][name], fired[1][name]), name
        assert (rate.refers.before, rate.refers.after) == (refers[0][name], refers[1][name]), name
        assert (rate.starts, rate.stops) == (starts[name], stops[name]), name
    assert {*fired[0], *fired[1]} <= {rate.rule for rate in found.rules}
    assert set(found.never_fires) == {rate.rule for rate in found.rules if rate.standing != "gone"} - set(fired[1])
    standing = {rate.rule: rate.standing for rate in found.rules if rate.rule.startswith("clinic/")}
    assert standing == {
        "clinic/sore-is-seen": "changed",
        "clinic/weak-hips-plank": "changed",
        "clinic/tight-waits": "gone",
        "clinic/faults": "changed",
        "clinic/uneven-is-seen": "new",
        "clinic/lifters": "as saved",
        "clinic/nobody": "as saved",
    }
    assert "clinic/nobody" in found.never_fires


def referring(plan: Plan) -> set[str]:
    return {because.rule for referral in plan.referrals for because in referral.because}


def test_effects_concern_as_many_as_single_plans_differ_in_them(counted: Counted) -> None:
    """Referrals lost, weaker, stricter and new, exercises gone and new, warnings: each recounted from the plans."""
    found, plans = counted
    expected = Counter(kind for old, new in plans for kind in expected_kinds(old, new))
    counts = {effect.kind: effect.runners for effect in found.effects}
    asked = {"referral_lost", "referral_weaker", "referral_stricter", "referral_new", "exercise_gone", "exercise_new"}
    assert {kind: counts.get(kind, 0) for kind in asked} == {kind: expected[kind] for kind in asked}
    assert all(expected[kind] for kind in ("referral_lost", "referral_weaker", "referral_new", "exercise_new"))
    assert counts["warning_lost"] >= expected["fault_softer"] > 0


def expected_kinds(old: Plan, new: Plan) -> set[str]:
    was, now = sent(old), sent(new)
    both = [(was[to], now[to]) for to in was.keys() & now.keys()]
    held, holds = ({one.exercise for one in plan.prescriptions} for plan in (old, new))
    kinds = {
        "referral_lost": was.keys() - now.keys(),
        "referral_new": now.keys() - was.keys(),
        "referral_weaker": any(b[0] > a[0] or b[1] > a[1] for a, b in both),
        "referral_stricter": any(b != a and b[0] <= a[0] and b[1] <= a[1] for a, b in both),
        "exercise_gone": held - holds,
        "exercise_new": holds - held,
        "fault_softer": any(one.id == "clinic/faults" and one.level == "critical" for one in old.warnings),
    }
    return {kind for kind, has in kinds.items() if has}


def sent(plan: Plan) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for one in plan.referrals:
        grade = URGENCIES.index(one.urgency), STOPS.index(one.stops)
        found[one.to] = tuple(map(min, found.get(one.to, grade), grade))  # type: ignore[assignment]
    return found


def test_the_gravest_are_named_and_the_rest_counted(counted: Counted) -> None:
    """A lost referral is among the first, whoever came first; codes alone are told."""
    found, _ = counted
    assert len(found.runners) == 5
    assert found.affected == 5 + found.runners_not_named >= found.changed
    gravity = [change.effects[0].gravity for change in found.runners]
    assert gravity == sorted(gravity)
    assert found.runners[0].effects[0].kind == "referral_lost"
    assert {change.ref for change in found.runners} <= {f"R-{seed}" for seed in range(MANY)}
