"""Jumps of one session: sixty ground contacts at most to begin with, those of both legs counted; who cannot jump has none."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from plans import ASKED, HEAD, SCREEN, WEAK, aside, clinic, exercise, plan, prescribed, when_weak
from stridewise.plan.model import Plan


def hop(name: str, sets: int, reps: int, **more: Any) -> dict[str, Any]:
    """A jump, one contact each repetition."""
    dosage = {"strength": {"sets": sets, "reps": reps, "load": "body weight", "rest_s": 60, **more}}
    return exercise(name, "", "plyometric", contacts_per_rep=1, demands={"impact": 3}, dosage=dosage, minutes_per_set=1)


def planned(tmp_path: Path, *jumps: Mapping[str, Any]) -> Plan:
    asks = [when_weak(f"asks-{one['id'].replace('_', '-')}", {"prescribe": one["id"]}) for one in jumps]
    return plan(f"{ASKED}{WEAK}", clinic(tmp_path, *asks, exercises=[dict(one) for one in jumps]))


@pytest.mark.parametrize(
    ("jumps", "held"),
    [
        ([hop("one", 3, 20)], {"one"}), ([hop("one", 3, 21)], set()),  # 60 and 63
        ([hop("one", 3, 10, per_side=True)], {"one"}), ([hop("one", 3, 11, per_side=True)], set()),  # 60 and 66: both legs land
    ],
)  # fmt: skip
def test_more_than_sixty_contacts_are_not_planned(tmp_path: Path, jumps: list[dict[str, Any]], held: set[str]) -> None:
    made = planned(tmp_path, *jumps)
    assert prescribed(made) == held
    assert set(aside(made)) == {one["id"] for one in jumps} - held, "what does not fit is told"


@pytest.mark.parametrize(
    ("jumps", "together"),
    [
        ([hop("one", 3, 10), hop("two", 3, 10)], 2), ([hop("one", 3, 10), hop("two", 3, 11)], 1),
        ([hop("one", 2, 10, per_side=True), hop("two", 2, 10)], 2), ([hop("one", 2, 10, per_side=True), hop("two", 3, 10)], 1),
    ],
)  # fmt: skip
def test_a_session_has_sixty_contacts_at_most(tmp_path: Path, jumps: list[dict[str, Any]], together: int) -> None:
    """What goes beyond that stands in the other of the sessions that take turns."""
    made = planned(tmp_path, *jumps)
    sessions = [part.exercises for day in made.schedule for part in day.sessions if part.kind == "strength"]
    assert {one.exercise for held in sessions for one in held} == {"one", "two"}
    assert {len(held) for held in sessions} == {together}


@pytest.mark.parametrize(("jump", "contacts"), [(hop("one", 3, 10), 30), (hop("one", 3, 10, per_side=True), 60)])
def test_the_week_tells_the_contacts_of_both_legs(tmp_path: Path, jump: dict[str, Any], contacts: int) -> None:
    made = planned(tmp_path, jump)
    totals = [day.totals for day in made.schedule if day.totals and day.totals.sets == 3]
    assert totals
    assert {one.contacts for one in totals} == {contacts}


@pytest.mark.parametrize("impact", [1, 2, 3])
def test_who_cannot_jump_gets_no_impact_of_any_degree(tmp_path: Path, impact: int) -> None:
    """Skips and quick steps are impact 1: they too leave the ground."""
    skip = exercise("skip", "", "plyometric", demands={"impact": impact})
    program = clinic(tmp_path, when_weak("asks", {"prescribe": "skip"}), exercises=[skip, exercise("stand", "")])
    text = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [], cannot: [%s]}}\n{WEAK}"
    assert prescribed(plan(text % "", program)) == {"skip"}
    made = plan(text % "jump", program)
    assert prescribed(made) == set()
    assert "the runner cannot jump" in aside(made)["skip"]
