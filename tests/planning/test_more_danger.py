"""A profile that says more danger never gets less care: a red flag more loses no referral, a worse pain adds no load, less
equipment no exercise that needs it; more time takes nothing away that was wanted.

A few runners in an ordinary run, some hundreds in the slow one, thousands with STRIDEWISE_LONG=1."""

import json
import os
from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest

from danger import beyond_the_kit, less_care, more_load, more_minutes, one_item_less, one_more_flag, one_pain_worse, opens_a_stage
from plans import session
from population import Runner, profile_of
from stridewise.planning.dosage import top
from stridewise.session import Session

SOME = 3000 if os.environ.get("STRIDEWISE_LONG") == "1" else 30
FEW = range(3)
PRIORITIES = ("optional", "low", "medium", "high")


def held(runner: Runner) -> Session:
    return session(json.dumps(runner))


def wanted(made: Session) -> dict[str, int]:
    """The targets that some rule wants, more than to fill the time, and how much."""
    asked = [(PRIORITIES.index(one.what.priority), one.what.target) for one in made.recommendations.train]
    return {target: much for much, target in sorted(asked) if much}


def served(made: Session) -> set[str]:
    return {target for one in made.plan.prescriptions for target in one.targets} & wanted(made).keys()


# --- what holds for one runner ----------------------------------------------------------------------------------------------


def a_red_flag_more_keeps_every_referral(runner: Runner, rng: Random) -> None:
    """With its urgency and what it stops. One about the same may take its place: those are named."""
    before, after = held(runner), held(one_more_flag(runner, rng))
    assert not list(less_care(before.plan, after.plan))


def a_worse_pain_adds_no_load(runner: Runner, rng: Random) -> None:
    """No jump, no kilometre, no run, no less care; but where it answers what its pathway asks, and a stage opens."""
    before, after = held(runner), held(one_pain_worse(runner, rng))
    assert not list(less_care(before.plan, after.plan))
    if not opens_a_stage(before.plan, after.plan):
        assert not list(more_load(before.plan, after.plan))


def less_equipment_asks_for_none_of_it(runner: Runner, rng: Random) -> None:
    """Nor does it empty a plan: every part of the base has an exercise with body weight."""
    less = one_item_less(runner, rng)
    before, after = held(runner), held(less)
    assert not beyond_the_kit(less, after.plan)
    assert bool(after.plan.prescriptions) == bool(before.plan.prescriptions)


def more_time_keeps_what_is_wanted(runner: Runner, rng: Random) -> None:
    """Every target that a rule wants more than to fill the time is still served, but where a longer exercise now fits and takes
    its place for a target that is wanted more: up to 20 minutes hold three. What heals keeps its exercise and its dose. An
    exercise may go where others serve its targets: with more time the first choice for each fits, and fewer do for two."""
    before, after = held(runner), held(more_minutes(runner, rng))
    much, new = wanted(after), served(after) - served(before)
    for lost in served(before) - served(after):
        assert any(much[target] > much[lost] for target in new), lost
    now = {one.exercise: one for one in after.plan.prescriptions}
    for one in before.plan.prescriptions:
        if one.heals:
            assert one.exercise in now, one.exercise
            assert top(now[one.exercise].dosage.sets, Decimal(1)) >= top(one.dosage.sets, Decimal(1)), one.exercise


RELATIONS: list[Callable[[Runner, Random], None]] = [
    a_red_flag_more_keeps_every_referral,
    a_worse_pain_adds_no_load,
    less_equipment_asks_for_none_of_it,
    more_time_keeps_what_is_wanted,
]


@pytest.mark.parametrize("seed", FEW)
@pytest.mark.parametrize("relation", RELATIONS)
def test_more_danger_never_gives_less_care(relation: Callable[[Runner, Random], None], seed: int) -> None:
    relation(profile_of(seed), Random(seed))  # noqa: S311


@pytest.mark.slow
@pytest.mark.parametrize("relation", RELATIONS)
def test_more_danger_never_gives_less_care_to_anybody(relation: Callable[[Runner, Random], None]) -> None:
    for seed in range(SOME):
        try:
            relation(profile_of(seed), Random(seed))  # noqa: S311
        except AssertionError as error:
            pytest.fail(f"seed {seed}: {error}")
