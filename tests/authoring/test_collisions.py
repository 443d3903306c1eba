"""A collision comes with the smallest runner on whom both rules fire, and none that a runner can meet is missed."""

import os
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from check_kit import DAY, RED, avoid, collisions, exercise, library, run_witness, target, two_packs
from kit import SOURCES, base_pack, rule, toy_pack, write_pack
from stridewise.authoring.checks.collisions import candidates
from stridewise.authoring.checks.witness import FOUND, NONE, Witnesses
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.packs.pack import RulePack, load_pack
from stridewise.profile.profile import read_profile
from stridewise.program.builder import build_program
from stridewise.program.program import Program
from stridewise.session import Session, hold_session

HOP = [{"prescribe": "hop"}]
ADJUST = {"adjust": "stacking", "text": "Change it."}
COLLIDING: list[tuple[str, list[Any], list[Any]]] = [
    ("by-name", [rule("a", [RED], HOP)], [rule("b", [{"shape": "star"}], [avoid("hop")])]),
    ("an-option", [rule("a", [RED], target(options=["hop"]))], [rule("b", [{"shape": "star"}], [avoid("hop", "preference")])]),
    ("adjustments", [rule("a", [RED], [{**ADJUST, "to": "3"}])], [rule("b", [RED], [{**ADJUST, "to": "4"}])]),
    ("up-and-down", [rule("a", [RED], [{**ADJUST, "by": "10%"}])], [rule("b", [RED], [{**ADJUST, "by": "-10%"}])]),
    ("above-the-cap", [rule("a", [RED], [{**ADJUST, "to": "4"}])], [rule("b", [RED], [{**ADJUST, "at_most": "3"}])]),
    ("numbers", [rule("a", [{"size": ">= 3"}], HOP)], [rule("b", [{"size": "<= 3"}], [avoid("hop")])]),
    (
        "concluded",
        [
            rule("a", [{"pile": "red", "side": "$s"}], HOP),
            rule("c", [{"colour": "$x", "side": "$s"}], {"pile": "$x", "side": "$s"}),
        ],
        [rule("b", [{"any_of": [{"shape": "star"}, {"size": "> 10"}]}], [avoid("hop")])],
    ),
    (
        "despite-absence",
        [rule("a", [RED, {"absent": {"heap": "red"}}], HOP), rule("c", [{"shape": "star"}], {"heap": "red"})],
        [rule("b", [{"shape": "any"}], [avoid("hop")])],
    ),
    (
        "not-on-the-plainest",
        [rule("a", [{"colour": "any"}, {"absent": {"heap": "red"}}], HOP), rule("c", [{"colour": "blue"}], {"heap": "red"})],
        [rule("b", [{"shape": "any"}], [avoid("hop")])],
    ),
    (
        "counted",
        [rule("a", [{"at_least": 2, "of": [RED, {"shape": "star"}, {"size": "> 1"}]}], HOP)],
        [rule("b", [{"size": "< 1"}], [avoid("hop")])],
    ),
]


@pytest.mark.parametrize(("first", "second"), [c[1:] for c in COLLIDING], ids=[c[0] for c in COLLIDING])
def test_a_collision_comes_with_a_runner_on_whom_both_rules_fire(tmp_path: Path, first: list[Any], second: list[Any]) -> None:
    packs = two_packs(tmp_path, first, second)
    (found,) = collisions(packs)
    assert found.level == "warning"
    assert {"toy/a", "other/b"} <= run_witness(packs, found.witness)


def test_a_witness_holds_nothing_it_does_not_need(tmp_path: Path) -> None:
    packs = two_packs(tmp_path, *COLLIDING[0][1:])
    (found,) = collisions(packs)
    findings = yaml.safe_load(found.witness)["findings"]
    assert findings == [{"colour": "red", "side": "left"}, {"shape": "star", "side": "left"}]


APART: list[tuple[str, list[Any], list[Any]]] = [
    ("other-exercise", [rule("a", [RED], [{"prescribe": "sit"}])], [rule("b", [RED], [avoid("hop")])]),
    ("two-caps", [rule("a", [RED], [{**ADJUST, "at_most": "3"}])], [rule("b", [RED], [{**ADJUST, "at_most": "4"}])]),
    (
        "other-numbers",
        [rule("a", [{"size": "> 3", "side": "left"}], HOP)],
        [rule("b", [{"size": "<= 3", "side": "left"}], [avoid("hop")])],
    ),
    (
        "always-absent",
        [rule("a", [RED, {"absent": {"heap": "red"}}], HOP), rule("c", [RED], {"heap": "red"})],
        [rule("b", [{"shape": "any"}], [avoid("hop")])],
    ),
    ("nobody-concludes", [rule("a", [{"pile": "red"}], HOP)], [rule("b", [RED], [avoid("hop")])]),
]


@pytest.mark.parametrize(("first", "second"), [c[1:] for c in APART], ids=[c[0] for c in APART])
def test_rules_that_can_never_meet_are_not_reported(tmp_path: Path, first: list[Any], second: list[Any]) -> None:
    assert collisions(two_packs(tmp_path, first, second)) == []


def test_a_contraindication_overrules_by_design_and_is_only_noted(tmp_path: Path) -> None:
    (found,) = collisions(two_packs(tmp_path, [rule("a", [RED], HOP)], [rule("b", [RED], [avoid("hop", "contraindication")])]))
    assert found.level == "info"
    assert found.witness


# On random small packs the search must find exactly what trying every runner finds, and prove the rest.
SMALL: dict[str, Any] = {
    "kinds": {
        "a": {"open": True, "value": {"terms": "letters"}},
        "b": {"open": True, "value": {"terms": "letters"}},
        "n": {"computed": True, "value": {"number": "cm", "min": 0, "max": 3}},
        "d": {"derived": True, "value": {"terms": "letters"}},
        "e": {"derived": True, "value": {"terms": "letters"}},
    },
    "terms": {"letters": {"x": {}, "y": {}}, "targets": {"neatness": {}}},
}
RUNNERS = [
    [*({"a": v} for v in one), *({"b": v} for v in other), *([{"n": n}] if n is not None else [])]
    for one, other, n in product([(), ("x",), ("y",), ("x", "y")], [(), ("x",), ("y",), ("x", "y")], [None, 0, 1, 1.5, 2, 3])
]


def random_condition(choose: random.Random, kinds: str, variables: bool = True) -> dict[str, Any]:
    kind = choose.choice(kinds)
    if kind == "n":
        return {"n": choose.choice(["< 1", "<= 1", "> 1", ">= 2", "1..2", "< 2"])}
    return {kind: choose.choice(["x", "y", ["x", "y"], "any", *(["$v"] if variables else [])])}


def different(conditions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each once: only different conditions may be counted."""
    unique = {str(condition): condition for condition in conditions}
    return [*unique.values(), {"a": "x"}, {"b": "y"}][: max(2, len(unique))]


def random_when(choose: random.Random, kinds: str) -> list[Any]:
    when: list[Any] = [random_condition(choose, kinds) for _ in range(choose.choice([1, 1, 2]))]
    if choose.random() < 0.3:
        when.append({"any_of": [random_condition(choose, kinds, False) for _ in range(2)]})
    if choose.random() < 0.2:
        when.append({"at_least": 2, "of": different([random_condition(choose, kinds, False) for _ in range(4)])})
    if choose.random() < 0.3 and "e" in kinds:
        when.append({"absent": {choose.choice("de"): choose.choice(["x", "y"])}})
    return when


def random_packs(choose: random.Random, folder: Path) -> list[RulePack]:
    suppliers = [rule(f"s{i}", random_when(choose, "abn"), {"d": choose.choice("xy")}) for i in range(2)]
    suppliers += [rule(f"t{i}", random_when(choose, "abnd"), {"e": choose.choice("xy")}) for i in range(2)]
    asking = [rule(f"p{i}", random_when(choose, "abnde"), HOP) for i in range(2)]
    avoiding = [rule(f"q{i}", random_when(choose, "abnde"), [avoid("hop")]) for i in range(2)]
    files = {"vocabulary/v.yaml": SMALL, "sources.yaml": SOURCES, **library(exercise("hop"))}
    base = load_pack(write_pack(folder / "base", {**files, "rules/r.yaml": suppliers}))
    return [base, toy_pack(folder / "toy", asking), toy_pack(folder / "other", avoiding)]


def sessions(program: Program) -> Iterator[Session]:
    for runner in RUNNERS:
        text = yaml.safe_dump({"schema": 1, "runner": {"ref": "r"}, "findings": runner})
        yield hold_session(read_profile(parse_document(text.encode(), "r.yaml", ProfileError)), program, DAY, "reference")


ROUNDS = 400 if os.environ.get("STRIDEWISE_LONG") else 12


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_search_decides_every_pair_as_trying_all_runners_does(tmp_path: Path, seed: int) -> None:
    program = build_program(random_packs(random.Random(seed), tmp_path), without_safety=True)  # noqa: S311  # not for secrets
    tried = list(sessions(program))
    witnesses = Witnesses(program, DAY)
    for candidate in candidates(program, frozenset({"toy"})):
        exists = any(candidate.shown_by(session) for session in tried)
        answer = witnesses.look((candidate.first, candidate.second), candidate.shown_by)
        assert answer.verdict == (FOUND if exists else NONE), (candidate.first.conditions, candidate.second.conditions, answer)


def test_two_facts_of_one_measure_are_no_proof_that_rules_cannot_meet(tmp_path: Path) -> None:
    """On one side two muscles may be measured: whoever asks for a weak and a strong one is not told that nobody has both."""
    attributes = {"side": {"terms": "sides"}, "at": {"terms": "shapes"}}
    measure = {"open": True, "value": {"number": "score", "min": 0, "max": 5}, "attributes": attributes}
    files = {"vocabulary/own.yaml": {"kinds": {"grade": measure}}, **library(exercise("hop"))}
    low, high = rule("a", [{"grade": "< 3", "side": "left"}], HOP), rule("b", [{"grade": "> 4", "side": "left"}], [avoid("hop")])
    packs = [base_pack(tmp_path), toy_pack(tmp_path / "toy", [low], files), toy_pack(tmp_path / "other", [high])]
    (found,) = collisions(packs)
    assert "collide" in found.message
