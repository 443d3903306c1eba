"""Of several reductions of sets the strictest holds, once: where they are settled, in the dose, and in the weeks."""

from decimal import Decimal
from itertools import permutations

import pytest

from kit import rule
from one_program import OneProgram
from plans import ASKED, exercise, plan, when_weak
from session_rules import dosed
from stridewise.plan.model import LoadAdjustment, Plan
from stridewise.planning.load import sets_factor

CLINIC = OneProgram(
    when_weak("asks", {"prescribe": "press"}),
    rule("near-race", [{"weeks_to_race": "<= 3"}, {"tightness": "soleus"}], [{"conclude": {"new_exercise_dose": "half"}}]),
    rule(
        "later",
        [{"days_to_race": "<= 7"}, {"weakness": "quadriceps"}],
        [{"adjust": "strength_sets", "by": "-50%", "text": "Fewer."}],
    ),
    exercises=[exercise("press", dosage={"strength": {"sets": 4, "reps": 10, "load": "body weight", "rest_s": 60}})],
)
RACE = "race: {in_weeks: 2}\n"  # no fourth week, which is a lighter one
NEW, LATER = "{tightness: soleus}", "{weakness: quadriceps}"


def fewer(*percents: int) -> str:
    """The finding on which rules take so much of the sets."""
    return CLINIC.when(*({"adjust": "strength_sets", "by": f"-{percent}%", "text": "Fewer."} for percent in percents))


def planned(*findings: str, race: str = "") -> Plan:
    return plan(f"{ASKED}{race}findings: [{{weakness: soleus, side: left}}, {', '.join(findings)}]\n", CLINIC.program)


def adjustment(change: str, metric: str = "strength_sets") -> LoadAdjustment:
    return LoadAdjustment(id="x/y", metric=metric, from_=None, to=None, change=change, unit="", text="", because=())


@pytest.mark.parametrize(
    ("finding", "most"), [(fewer(*percents), max(percents)) for percents in (*permutations((25, 50, 75)), (50, 25), (25, 50))]
)
def test_the_strictest_of_several_rules_holds(finding: str, most: int) -> None:
    made = planned(finding)
    assert [one.change for one in made.load_adjustments] == [f"-{most}%"]
    assert dosed(made, "press").sets == 4 - 4 * most // 100


def test_the_share_of_sets_is_the_smallest_that_is_left() -> None:
    """Whatever is handed over: settling is another place's business."""
    changes = [adjustment("-25%"), adjustment("-60%"), adjustment("-50%"), adjustment("+10%"), adjustment("-90%", "longest_run")]
    assert all(sets_factor(order) == Decimal("0.4") for order in permutations(changes))
    assert sets_factor([]) == sets_factor([adjustment("+10%"), adjustment("half of it")]) == 1


@pytest.mark.parametrize(("finding", "sets"), [(fewer(25), 2), (fewer(50), 2), (fewer(75), 1)])
def test_new_near_a_race_and_reduced_by_a_rule_is_reduced_once_by_the_stricter(finding: str, sets: int) -> None:
    """Half for what is new; neither the milder of the two nor their product."""
    made = planned(finding, NEW, race=RACE)
    assert dosed(made, "press").sets == sets
    held = {one.sets for day in made.schedule for part in day.sessions for one in part.exercises if one.exercise == "press"}
    assert held == {sets}


@pytest.mark.parametrize("quarter", [fewer(25)])
def test_a_stricter_week_ahead_takes_what_it_says_of_the_full_dose(quarter: str) -> None:
    """Three of four sets now; in the last week two of four, not half of three, and not three because that is settled today."""
    made = planned(quarter, LATER, race=RACE)
    days = [(day.date, part.exercises[0].sets) for day in made.schedule for part in day.sessions if part.kind == "strength"]
    assert {sets for day, sets in days if day < "2026-11-30"} == {3}
    assert {sets for day, sets in days if day >= "2026-11-30"} == {2}
