"""Two profiles that say the same give the same plan: the race by its date or in weeks, miles or kilometres, a term under any of
its names, words or entries, both sides in one or one a side, left for right, YAML or JSON, and any order.

A few runners in an ordinary run, each rewritten in every way at once; some hundreds in the slow one, one way at a time; thousands
with STRIDEWISE_LONG=1."""

import json
import os
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import pytest

import twins
from plans import built_in, built_in_packs, meaning, plan
from population import Runner, profile_of
from runners import shuffled
from stridewise.program.builder import build_program
from stridewise.program.program import Program

FEW, SOME = 8, 2000 if os.environ.get("STRIDEWISE_LONG") == "1" else 25
Twins = tuple[Runner | str, Runner | str]


def written(runner: Runner | str) -> str:
    """Every value on a line of its own: where something stands is part of no meaning."""
    return runner if isinstance(runner, str) else json.dumps(runner, indent=1)


def planned(runner: Runner | str, program: Program | None = None) -> Any:
    """The plan of a profile as values, without places and receipt."""
    return meaning(plan(written(runner), program))


def without_tissue(runner: Runner) -> Runner:
    """No words say of which tissue a pain is."""
    return twins.each_entry(runner, lambda entry: {key: value for key, value in entry.items() if key != "tissue"})


def every_way_at_once(runner: Runner, rng: Random) -> Twins:
    miles, kilometres = twins.in_miles(runner, rng)
    other = twins.race_by_date(twins.one_a_side(twins.in_other_words(shuffled(miles, rng), rng)))
    return kilometres, twins.as_yaml(other)


WAYS: dict[str, Callable[[Runner, Random], Twins]] = {
    "a date": lambda runner, rng: (runner, twins.race_by_date(runner)),
    "miles": twins.in_miles,
    "other names": lambda runner, rng: (runner, twins.in_other_words(runner, rng)),
    "jottings": lambda runner, rng: (without_tissue(runner), twins.jotted(without_tissue(runner), rng)),
    "a phrase": twins.a_phrase,
    "one a side": lambda runner, rng: (runner, twins.one_a_side(runner)),
    "blocks of YAML": lambda runner, rng: (runner, twins.as_yaml(runner)),
    "one line of JSON": lambda runner, rng: (runner, json.dumps(runner)),
    "another order": lambda runner, rng: (runner, shuffled(runner, rng)),
}


def same(way: Callable[[Runner, Random], Twins], seed: int) -> None:
    one, other = way(profile_of(seed), Random(seed))  # noqa: S311
    assert planned(one) == planned(other), f"seed {seed}"


def mirrors(seed: int) -> None:
    """The plan for the runner in a mirror is the plan in the mirror, its sentences too."""
    runner = profile_of(seed)
    there = twins.mirrored_plan(planned(runner))
    assert twins.unordered(there) == twins.unordered(planned(twins.mirrored(runner))), f"seed {seed}"


def decided(values: Any) -> Any:
    """What a plan decides: without the facts as they were written, which say what was only assumed."""
    if isinstance(values, dict):
        return {key: decided(item) for key, item in values.items() if key not in ("facts", "story", "not_used")}
    return [decided(item) for item in values] if isinstance(values, list) else values


def takes_for_granted(seed: int) -> None:
    """What is left out because it is the usual decides as if it were written. The reasons say that it was assumed."""
    runner = profile_of(seed)
    assert decided(planned(runner)) == decided(planned(twins.without_the_usual(runner))), f"seed {seed}"


# --- an ordinary run ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(FEW))
def test_a_runner_rewritten_in_every_way_gets_the_same_plan(seed: int) -> None:
    same(every_way_at_once, seed)


@pytest.mark.parametrize("seed", [2, 43, 260])
def test_a_runner_in_a_mirror_gets_the_plan_in_a_mirror(seed: int) -> None:
    mirrors(seed)


@pytest.mark.parametrize("seed", [13, 24])
def test_words_say_what_entries_say(seed: int) -> None:
    same(WAYS["jottings"], seed)


# --- many runners, one way at a time --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_the_same_said_another_way_is_the_same_plan(way: str) -> None:
    for seed in range(SOME):
        same(WAYS[way], seed)


@pytest.mark.slow
def test_mirrored_runners_get_mirrored_plans() -> None:
    for seed in range(SOME):
        mirrors(seed)


@pytest.mark.slow
def test_what_is_taken_for_granted_decides_as_if_it_were_written() -> None:
    for seed in range(SOME):
        takes_for_granted(seed)


@cache
def other_order() -> Program:
    return build_program(built_in_packs()[::-1])


@pytest.mark.slow
def test_packs_in_another_order_plan_the_same() -> None:
    for seed in range(SOME):
        assert planned(profile_of(seed), built_in()) == planned(profile_of(seed), other_order()), f"seed {seed}"


def test_each_way_says_something_another_way() -> None:
    """Else a runner would only be compared with itself."""
    for name, way in WAYS.items():
        pairs = [way(profile_of(seed), Random(seed)) for seed in range(20)]  # noqa: S311
        changed = [written(one) != written(other) for one, other in pairs]
        assert sum(changed) > len(changed) / 3, name
