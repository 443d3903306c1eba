"""Jumps of one session: sixty ground contacts at most to begin with, those of both legs counted; who cannot jump has none."""

from typing import Any

import pytest

from one_program import OneProgram
from plans import ASKED, HEAD, SCREEN, aside, exercise, plan, prescribed
from stridewise.plan.model import Plan

CLINIC = OneProgram(exercises=[exercise(f"skip_{impact}", "", "plyometric", demands={"impact": impact}) for impact in (1, 2, 3)])
Asked = tuple[str, tuple[str, ...]]


def hop(sets: int, reps: int, **more: Any) -> str:
    """A jump with one contact each repetition; its name."""
    dosage = {"strength": {"sets": sets, "reps": reps, "load": "body weight", "rest_s": 60, **more}}
    name = f"hop_{len(CLINIC.exercises)}"
    CLINIC.exercises.append(exercise(name, "", "plyometric", contacts_per_rep=1, demands={"impact": 3}, dosage=dosage))
    return name


def asked(*names: str) -> Asked:
    """The finding on which these are prescribed, and their names."""
    return CLINIC.when(*({"prescribe": name} for name in names)), names


def planned(finding: str) -> Plan:
    return plan(f"{ASKED}findings: [{finding}]\n", CLINIC.program)


@pytest.mark.parametrize(
    ("jump", "fits"),
    [
        (asked(hop(3, 20)), True),
        (asked(hop(3, 21)), False),  # 60 and 63
        (asked(hop(3, 10, per_side=True)), True),
        (asked(hop(3, 11, per_side=True)), False),  # 60 and 66: both legs land
    ],
)
def test_more_than_sixty_contacts_are_not_planned(jump: Asked, fits: bool) -> None:
    finding, names = jump
    made = planned(finding)
    assert prescribed(made) == (set(names) if fits else set())
    assert set(aside(made)) == (set() if fits else set(names)), "what does not fit is told"


@pytest.mark.parametrize(
    ("jumps", "together"),
    [
        (asked(hop(3, 10), hop(3, 10)), 2),
        (asked(hop(3, 10), hop(3, 11)), 1),
        (asked(hop(2, 10, per_side=True), hop(2, 10)), 2),
        (asked(hop(2, 10, per_side=True), hop(3, 10)), 1),
    ],
)
def test_a_session_has_sixty_contacts_at_most(jumps: Asked, together: int) -> None:
    """What goes beyond that stands in the other of the sessions that take turns."""
    finding, names = jumps
    sessions = [part.exercises for day in planned(finding).schedule for part in day.sessions if part.kind == "strength"]
    assert {one.exercise for held in sessions for one in held} == set(names)
    assert {len(held) for held in sessions} == {together}


@pytest.mark.parametrize(("jump", "contacts"), [(asked(hop(3, 10)), 30), (asked(hop(3, 10, per_side=True)), 60)])
def test_the_week_tells_the_contacts_of_both_legs(jump: Asked, contacts: int) -> None:
    totals = [day.totals for day in planned(jump[0]).schedule if day.totals and day.totals.sets == 3]
    assert totals
    assert {one.contacts for one in totals} == {contacts}


@pytest.mark.parametrize(("impact", "finding"), [(impact, asked(f"skip_{impact}")[0]) for impact in (1, 2, 3)])
def test_who_cannot_jump_gets_no_impact_of_any_degree(impact: int, finding: str) -> None:
    """Skips and quick steps are impact 1: they too leave the ground."""
    text = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [], cannot: [%s]}}\nfindings: [{finding}]\n"
    assert prescribed(plan(text % "", CLINIC.program)) == {f"skip_{impact}"}
    made = plan(text % "jump", CLINIC.program)
    assert prescribed(made) == set()
    assert "the runner cannot jump" in aside(made)[f"skip_{impact}"]
