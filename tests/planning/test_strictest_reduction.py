"""Of several reductions of sets the strictest holds, once: where they are settled, in the dose, and in the weeks."""

from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kit import rule
from plans import ASKED, WEAK, clinic, exercise, plan, when_weak
from session_rules import dosed
from stridewise.plan.model import LoadAdjustment
from stridewise.planning.load import sets_factor

FOUR = exercise("press", dosage={"strength": {"sets": 4, "reps": 10, "load": "body weight", "rest_s": 60}})
ASKS = when_weak("asks", {"prescribe": "press"})
HALF_WHEN_NEW = rule("near-race", [{"weeks_to_race": "<= 3"}], [{"conclude": {"new_exercise_dose": "half"}}])
RACE = "race: {in_weeks: 2}\n"  # no fourth week, which is a lighter one


def fewer(*percents: int) -> list[dict[str, Any]]:
    return [when_weak(f"fewer-{number}", {"adjust": "strength_sets", "by": f"-{percent}%", "text": "Fewer."})
            for number, percent in enumerate(percents)]  # fmt: skip


def adjustment(change: str, metric: str = "strength_sets") -> LoadAdjustment:
    return LoadAdjustment(id="x/y", metric=metric, from_=None, to=None, change=change, unit="", text="", because=())


@pytest.mark.parametrize("percents", [*permutations((25, 50, 75)), (50, 25), (25, 50)])
def test_the_strictest_of_several_rules_holds(tmp_path: Path, percents: tuple[int, ...]) -> None:
    made = plan(ASKED + WEAK, clinic(tmp_path, *fewer(*percents), ASKS, exercises=[FOUR]))
    assert [one.change for one in made.load_adjustments] == [f"-{max(percents)}%"]
    assert dosed(made, "press").sets == 4 - 4 * max(percents) // 100


def test_the_share_of_sets_is_the_smallest_that_is_left() -> None:
    """Whatever is handed over: settling is another place's business."""
    changes = [adjustment("-25%"), adjustment("-60%"), adjustment("-50%"), adjustment("+10%"), adjustment("-90%", "longest_run")]
    assert all(sets_factor(order) == Decimal("0.4") for order in permutations(changes))
    assert sets_factor([]) == sets_factor([adjustment("+10%"), adjustment("half of it")]) == 1


@pytest.mark.parametrize(("percent", "sets"), [(25, 2), (50, 2), (75, 1)])
def test_new_near_a_race_and_reduced_by_a_rule_is_reduced_once_by_the_stricter(tmp_path: Path, percent: int, sets: int) -> None:
    """Half for what is new; neither the milder of the two nor their product."""
    program = clinic(tmp_path, HALF_WHEN_NEW, *fewer(percent), ASKS, exercises=[FOUR])
    made = plan(ASKED + WEAK + RACE, program)
    assert dosed(made, "press").sets == sets
    held = {one.sets for day in made.schedule for part in day.sessions for one in part.exercises if one.exercise == "press"}
    assert held == {sets}


def test_a_stricter_week_ahead_takes_what_it_says_of_the_full_dose(tmp_path: Path) -> None:
    """Three of four sets now; in the last week two of four, not half of three, and not three because that is settled today."""
    later = rule("later", [{"days_to_race": "<= 7"}], [{"adjust": "strength_sets", "by": "-50%", "text": "Fewer."}])
    made = plan(ASKED + WEAK + RACE, clinic(tmp_path, later, *fewer(25), ASKS, exercises=[FOUR]))
    days = [(day.date, part.exercises[0].sets) for day in made.schedule for part in day.sessions if part.kind == "strength"]
    assert {sets for day, sets in days if day < "2026-11-30"} == {3}
    assert {sets for day, sets in days if day >= "2026-11-30"} == {2}
