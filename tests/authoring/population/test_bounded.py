"""What is held does not grow with the runners, and nobody is lost to that: the rest is counted."""

from pathlib import Path

import pytest

from kit import rule, toy_pack, toy_program
from plans import DAY
from stridewise.authoring.population.compared import Compared, Planned
from stridewise.authoring.population.counting import MOST_LEFT_OUT, Counting
from stridewise.authoring.population.effect import Effect

LOST = Effect("referral_lost", "keeper, urgent, stops running", 2)
DOSE = Effect("dose_changed", "hop", 0, "sets: 4 → 3")


@pytest.fixture(name="counting")
def _counting(tmp_path: Path) -> Counting:
    program = toy_program(tmp_path, rule("one", [{"colour": "red"}]))
    pack = toy_pack(tmp_path / "toy", [rule("one", [{"colour": "red"}])])
    return Counting(program, program, (pack, pack), DAY, 3)


def changed(number: int, *effects: Effect) -> Compared:
    planned = Planned("ready", frozenset({"toy/one"}), frozenset({"toy/one"}), frozenset())
    return Compared(f"R-{number}", planned, planned, bool(effects), effects)


def test_the_gravest_are_kept_however_late_they_come(counting: Counting) -> None:
    """One of a thousand loses a referral, near the end; of equals the first are named."""
    for number in range(1000):
        counting.add(changed(number, *([LOST, DOSE] if number == 990 else [DOSE])))
        assert len(counting.gravest) <= 3
    found = counting.result()
    assert [one.ref for one in found.runners] == ["R-990", "R-0", "R-1"]
    assert (found.affected, found.runners_not_named) == (1000, 997)
    assert [(one.kind, one.runners) for one in found.effects] == [("referral_lost", 1), ("dose_changed", 1000)]


def test_those_without_a_plan_are_all_counted_and_the_first_named(counting: Counting) -> None:
    for number in range(MOST_LEFT_OUT + 50):
        counting.leave_out(f"R-{number}")
    found = counting.result()
    assert (found.no_plan, len(found.no_plan_named), found.profiles, found.compared) == (150, 100, 150, 0)


def test_nobody_affected_is_nobody_named(counting: Counting) -> None:
    counting.add(changed(1))
    found = counting.result()
    assert (found.compared, found.changed, found.affected, found.runners, found.effects) == (1, 0, 0, (), ())
    assert found.fires_unnamed == found.never_fires == ()
