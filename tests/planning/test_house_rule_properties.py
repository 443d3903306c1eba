"""Over many random runners a house rule keeps its word: what goes with something is planned with it or told, and takes nothing
away but what only fills a session up."""

import json
import os
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kit import rule, write_pack
from plans import DAY, built_in, built_in_packs, meaning, session
from population import profile_of
from stridewise.documents.shape import Amount
from stridewise.packs.pack import load_pack
from stridewise.plan.model import Plan, Prescription
from stridewise.planning.companions import goes_with
from stridewise.planning.dosage import dose, top
from stridewise.planning.session_size import MAX_WARM_UP, session_size
from stridewise.planning.wants import REHABILITATION
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.session import Session

pytestmark = pytest.mark.slow

NUMBER = 4000 if os.environ.get("STRIDEWISE_LONG") == "1" else 120
RAISES = ["standing_calf_raise", "single_leg_calf_raise", "bent_knee_calf_raise"]
RULES = [
    rule("stretch", [], [{"prescribe": "wall_calf_stretch", "wherever_planned": RAISES}]),
    rule("breathe", [], [{"prescribe": "dead_bug", "wherever_planned": {"demand": "heavy_load", "above": 1}}]),
    rule("reach", [], [{"prescribe": "cat_cow", "wherever_planned": "dead_bug", "block": "warm_up"}]),
    rule("hop", [], [{"prescribe": "pogo_hops", "wherever_planned": {"demand": "balance", "above": 1}, "priority": "high"}]),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The built-in packs and the house rules."""
    return with_rules(tmp_path_factory.mktemp("house") / "house", RULES)


def with_rules(folder: Path, rules: list[dict[str, object]]) -> Program:
    own = [{**one, "sources": ["stridewise-policy"], "strength": "expert_opinion"} for one in rules]
    return build_program([*built_in_packs(), load_pack(write_pack(folder, {"rules/all.yaml": own}), shown="house")])


@cache
def usual(seed: int) -> Session:
    return session(json.dumps(profile_of(seed)), built_in())


def planned(made: Plan) -> set[str]:
    return {one.exercise for one in made.prescriptions}


def only_fills(held: Session, one: Prescription, after: Plan) -> bool:
    """Is it told for nothing more than optional that nothing else serves?"""
    asked = held.recommendations
    wanted = {want.what.target for want in asked.train if want.what.priority != "optional"} & {*one.targets}
    by_name = any(want.what.prescribe == one.exercise and want.what.priority != "optional" for want in asked.prescribe)
    return not by_name and wanted <= {target for other in after.prescriptions for target in other.targets}


@pytest.mark.parametrize("start", range(0, NUMBER, NUMBER // 4))
def test_house_rules_are_kept_or_told_and_push_nothing_out(house: Program, start: int) -> None:
    """The audit reads every one of these plans as well: no veto, no gate, no kit is passed over."""
    for seed in range(start, start + NUMBER // 4):
        before, held = usual(seed), session(json.dumps(profile_of(seed)), house)
        companions_are_planned_or_told(held)
        nothing_else_is_lost(before, held)
        sessions_hold_their_time(held)


def companions_are_planned_or_told(held: Session) -> None:
    plan, exercises = held.plan, held.situation.program.exercises
    told = {one.exercise: one.because for one in plan.set_aside} | {one.exercise: one.because for one in plan.prescriptions}
    for asked in held.recommendations.companions:
        if any(goes_with(asked.what, exercises[one.exercise], held.situation) for one in plan.prescriptions):
            assert asked.what.prescribe in told
            assert asked.rule.id in {because.rule for because in told[asked.what.prescribe]}


def nothing_else_is_lost(before: Session, held: Session) -> None:
    """Rehabilitation keeps its dose, and every exercise its place that does not only fill the time."""
    after = {one.exercise: one for one in held.plan.prescriptions}
    assert held.plan.referrals == before.plan.referrals
    for one in before.plan.prescriptions:
        assert one.exercise in after or only_fills(before, one, held.plan)
        if one.heals:
            assert replace(after[one.exercise].dosage, sets=one.dosage.sets) == one.dosage
            assert after[one.exercise].dosage.sets in (one.dosage.sets, own_sets(held, one))
            assert after[one.exercise].session == one.session
    if not {one.what.prescribe for one in held.recommendations.companions} & planned(held.plan) and not held.plan.set_aside:
        assert meaning(held.plan)["prescriptions"] == meaning(before.plan)["prescriptions"]


def own_sets(held: Session, one: Prescription) -> Amount | None:
    """The sets that its dose says: a third one only fills the time."""
    return dose(held.situation, held.situation.program.exercises[one.exercise], REHABILITATION, None).dosage.sets


def sessions_hold_their_time(held: Session) -> None:
    exercises, size = held.situation.program.exercises, session_size(held.situation)
    for name in ("A", "B"):
        inside = [one for one in held.plan.prescriptions if name in one.session]
        main = [one for one in inside if one.block != "warm_up"]
        lengths = (exercises[one.exercise].minutes_per_set * top(one.dosage.sets, Decimal(1)) for one in main)
        assert sum(lengths, Decimal(0)) <= size.minutes
        assert len(inside) - len(main) <= MAX_WARM_UP


def test_the_order_of_house_rules_changes_nothing(house: Program, tmp_path: Path) -> None:
    other = with_rules(tmp_path / "house", RULES[::-1])
    for seed in range(25):
        text = json.dumps(profile_of(seed))
        assert meaning(session(text, house).plan) == meaning(session(text, other, DAY, "both").plan)
