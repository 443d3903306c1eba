"""A runner on whom rules meet is found or proven not to be, in bounded work; without the solver it is said that nobody looked."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from check_kit import DAY, RED, avoid, check, collisions, exercise, library, of, two_packs
from kit import rule
from plans import ROOT, built_in
from stridewise.authoring.checks import witness
from stridewise.authoring.checks.recordable import Recordable, Work
from stridewise.authoring.checks.recording import read
from stridewise.authoring.checks.witness import FOUND, MOST_STEPS, NONE, WitnessAnswer, Witnesses
from stridewise.profile.facts import take_in

HOP = [{"prescribe": "hop"}]
COLLIDE = [rule("a", [RED], HOP)], [rule("b", [{"any_of": [{"shape": "star"}, {"colour": "green"}]}], [avoid("hop")])]
BOTH = {"rules": [rule("a", [RED], HOP), rule("b", [RED], [avoid("hop")])], "files": library(exercise("hop"))}


def meet(*names: str) -> WitnessAnswer:
    """Rules of the built-in packs, on one runner."""
    program = built_in()
    rules = [rule for name in names if (rule := program.rule(name)) is not None]
    assert len(rules) == len(names)
    return Witnesses(program, DAY).look(rules, lambda session: True)


@pytest.mark.slow
def test_what_a_physician_has_to_sign_is_signed(tmp_path: Path) -> None:
    """A release for running stands with the injury that it belongs to, or the profile would be refused."""
    answer = meet("safety/bone-stress-low-risk-in-walk-run", "conditions/achilles-insertional-in-load")
    assert answer.verdict == FOUND
    assert "released" in answer.profile
    kinds = {fact.kind for fact in take_in(read(answer.profile), built_in().vocabulary, DAY).facts}
    assert {"bone_stress_released", "diagnosis", "condition"} <= kinds


@pytest.mark.slow
def test_whatever_a_rule_asks_for_is_met_by_something_that_can_be_recorded() -> None:
    """A rule about pain of up to two is met by pain of one: 0 says that there is none."""
    recordable = Recordable(built_in(), DAY, Work(MOST_STEPS), is_exact=False)
    facts = [fact for stated in recordable.entries().values() for fact in stated]
    asked = [one for one in recordable.conditions if built_in().vocabulary.kinds[one.kind].mode != "derived"]
    assert not [one for one in asked if not any(one.accepts(fact) for fact in facts)]


@pytest.mark.slow
def test_rules_that_exclude_each_other_through_what_others_conclude_are_proven_apart() -> None:
    """Each fires for somebody, and neither names what the other asks for."""
    assert meet("strength/strong-calves-train-on-one-leg", "conditions/achilles-insertional-in-load").verdict == NONE


CHAIN: list[Any] = [{"link": f"$v{number}", "to": f"$v{number + 1}"} for number in range(9)]


def test_a_search_that_would_be_long_ends_and_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "MOST_STEPS", 20_000)
    packs = two_packs(tmp_path, [rule("a", CHAIN, HOP)], [rule("b", CHAIN, [avoid("hop")])])
    (found,) = collisions(packs)
    assert (found.level, found.witness) == ("info", "")
    assert "may collide" in found.message


def test_a_rule_too_large_to_look_at_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What two rules rest on is looked at alone where all rules are too much."""
    monkeypatch.setattr(witness, "MOST_STEPS", 20_000)
    packs = two_packs(tmp_path, [rule("a", [RED], HOP), rule("large", CHAIN, HOP)], [rule("b", [RED], [avoid("hop")])])
    assert {(one.level, "toy/a" in one.message) for one in collisions(packs)} == {("warning", True), ("info", False)}


def test_without_the_solver_it_is_said_once_that_nobody_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Witnesses, "can_look", False)
    found = collisions(two_packs(tmp_path, *COLLIDE))
    (said,) = [one for one in found if one.level == "warning"]
    assert "clingo is not installed" in said.message
    assert "pip install 'stridewise[authoring]'" in said.mend
    (pair,) = [one for one in found if one.level == "info"]
    assert "may collide" in pair.message
    assert of(check(tmp_path / "one", BOTH), "self-contradiction", "error")


WITHOUT = """
import sys
sys.modules["clingo"] = None
from stridewise.authoring.checks.solver import IS_THERE
print(IS_THERE)
"""
TWICE = """
import sys
from datetime import date
from plans import built_in
from stridewise.authoring.checks.collisions import candidates
from stridewise.authoring.checks.witness import Witnesses
witnesses = Witnesses(built_in(), date(2026, 11, 21))
for one in list(candidates(built_in(), frozenset({"strength"})))[::400]:
    print(one.first.id, one.second.id, witnesses.look((one.first, one.second), one.shown_by))
"""


def run(script: str, seed: str = "0") -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "support"), "PYTHONHASHSEED": seed}
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment).stdout


def test_a_missing_solver_stops_no_check() -> None:
    assert run(WITHOUT) == "False\n"


@pytest.mark.slow
def test_every_run_finds_the_same_runners() -> None:
    first, second = run(TWICE, "1"), run(TWICE, "2")
    assert "runner:" in first
    assert first == second


def test_the_search_alone_imports_the_solver() -> None:
    importing = [path for path in (ROOT / "engine").rglob("*.py") if "clingo import" in path.read_text(encoding="utf-8")]
    assert [path.name for path in importing] == ["solver.py"]
