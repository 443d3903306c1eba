"""The plan as a whole: small, in its order, the same from each engine, and never half of one."""

from itertools import combinations
from pathlib import Path

import pytest

from kit import needs_durable
from plans import ASKED, DAY, HEAD, SCREEN, WEAK, clinic, minimal, plan, prescribed, swaps, when_weak
from session_rules import DOES, DRILL, FALLBACK, NEAR, PLANNED, avoid
from stridewise.errors import ProfileError
from stridewise.program.program import Program

# --- size -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [10, 20, 30, 60])
def test_the_plan_stays_small(tmp_path: Path, minutes: int) -> None:
    """At most five exercises besides the warm-up in one session where no pack says how many."""
    text = f"{HEAD}{SCREEN}\nconstraints: {{equipment: [], minutes_per_session: {minutes}}}\n{WEAK}"
    made = plan(text, clinic(tmp_path, *PLANNED))
    main = [one for one in made.prescriptions if one.block != "warm_up"]
    for session in ("A", "B"):
        assert sum(session in one.session for one in main) <= 5
    assert all((one.minutes or 0) <= minutes for day in made.schedule for one in day.sessions)


def test_blocks_stand_in_their_order(tmp_path: Path) -> None:
    """Warm-up first, plyometrics before strength."""
    from stridewise.language.exercise import BLOCKS

    order = [BLOCKS.index(one.block) for one in plan(ASKED + WEAK, clinic(tmp_path, *PLANNED)).prescriptions]
    assert order == sorted(order)


# --- no half plans ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["both", pytest.param("durable", marks=needs_durable), "reference"])
def test_each_engine_makes_the_same_plan(tmp_path: Path, engine: str) -> None:
    """Whichever matcher infers."""
    from plans import meaning

    program: Program = clinic(tmp_path, *PLANNED, *NEAR, FALLBACK)
    assert meaning(plan(DOES, program, engine=engine)) == meaning(plan(DOES, program))


PAIRS = list(combinations(("preference", "precaution", "contraindication"), 2))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_plan_never_holds_what_it_keeps_out(tmp_path: Path, first: str, second: str) -> None:
    """What is swapped or ruled out is not prescribed at the same time."""
    rules = [
        when_weak("one", avoid("floor_twist", first, "standing_drill")),
        when_weak("two", avoid("leg_drill", second), {"prescribe": "leg_drill"}),
    ]
    made = plan(DOES, clinic(tmp_path, *rules, DRILL))
    assert not set(swaps(made)) & prescribed(made)
    if second == "contraindication":
        assert "leg_drill" not in prescribed(made)


def test_a_profile_with_a_mistake_gives_no_plan_at_all() -> None:
    """Never half a plan."""
    with pytest.raises(ProfileError):
        plan(minimal("findings: [weak glutes, weak gluts]"), as_of=DAY)
