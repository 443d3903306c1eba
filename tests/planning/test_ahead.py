"""Looking ahead: days that no rule can tell apart are inferred once, and each gives what it would give alone."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import plans
from population import profile_of
from stridewise.inference.engine import infer
from stridewise.inference.memory import Activation
from stridewise.planning import outlook as ahead
from stridewise.planning.outlook import Ahead, Outlook

LONG_RACE = "race: {distance: marathon, date: 2027-06-06, priority: a}\n"


def told(outlook: Outlook) -> Any:
    """What the schedule reads of an outlook."""
    adjusted = [(one.metric, one.id, one.from_, one.to, one.change) for one in outlook.adjustments]
    return outlook.phase, outlook.windows, adjusted


def alone(look: Ahead, day: date) -> Outlook:
    """The day inferred by itself."""
    return Ahead(look.situation)._infer(look.clock(day), is_today=False)


def days_away(number: int) -> ahead.Clock:
    """A race that many days away."""
    return {"days_to_race": Decimal(number), "weeks_to_race": Decimal(number) / 7}


@pytest.mark.parametrize("goal", ["", "training: {weekly_distance_km: [60, 64, 70], longest_run_km: 24}\n"])
def test_every_day_up_to_the_race_is_as_if_inferred_alone(goal: str) -> None:
    look = Ahead(plans.session(plans.minimal(LONG_RACE + goal)).situation)
    assert look.days_to_race is not None
    days = [look.situation.intake.as_of + timedelta(number) for number in range(int(look.days_to_race) + 1)]
    assert [told(look.on(day)) for day in days] == [told(alone(look, day)) for day in days]
    assert len(look.seen) < len(days) / 4


def test_a_number_that_a_rule_uses_keeps_the_days_apart(tmp_path: Path) -> None:
    counted = {"adjust": "weekly_distance", "at_most": "100% of days_to_race", "text": "So."}
    program = plans.clinic(tmp_path, plans.when_weak("r", counted))
    small = ahead._calendar_program(program)
    assert ahead._passed(small, days_away(9)) != ahead._passed(small, days_away(8))


def test_a_number_that_only_a_text_quotes_does_not(tmp_path: Path) -> None:
    quoted = {**plans.when_weak("r", {"adjust": "weekly_distance", "by": "-10%", "text": "So."}), "because": "{days} days."}
    quoted["when"] = [*quoted["when"], {"days_to_race": "$days"}, {"days_to_race": "<= 5"}]
    small = ahead._calendar_program(plans.clinic(tmp_path, quoted))
    assert ahead._passed(small, days_away(9)) == ahead._passed(small, days_away(8)) != ahead._passed(small, days_away(5))


def test_the_calendar_is_inferred_from_the_rules_it_needs_alone() -> None:
    session = plans.session(plans.minimal(LONG_RACE))
    small = ahead._calendar_program(session.situation.program)
    intake = session.situation.intake
    part = infer(small, intake.facts, intake.answered, "reference").memory
    for kind in ahead.LOOKED_FOR:
        assert part.values(kind) == session.situation.memory.values(kind)


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_a_later_day_is_as_if_the_whole_calendar_were_inferred(seed: int) -> None:
    """What no distance to a race changes is taken over from today: every rule that fires, every fact and every derivation is the
    same as without that."""
    session = plans.session(json.dumps(profile_of(seed)))
    look = Ahead(session.situation)
    intake, small = session.situation.intake, look.program
    for day in (intake.as_of + timedelta(number) for number in (1, 6, 13, 40, 100)):
        clock = look.clock(day)
        quick = look._later(clock)
        facts = [ahead._moved(fact, clock) for fact in intake.facts if fact.kind in ahead._kinds_read(small)]
        whole = infer(small, facts, intake.answered, "reference").memory
        assert fired(quick.activations) == fired(whole.activations)
        assert quick.facts.keys() == whole.facts.keys()
        assert {fact: fired(why) for fact, why in quick.derivations.items()} == {
            fact: fired(why) for fact, why in whole.derivations.items()
        }


def fired(activations: Iterable[Activation]) -> Counter[Any]:
    """What fired, in no order."""
    return Counter((*one.identity, one.binding, one.supports) for one in activations)


def test_some_rules_are_run_anew_and_most_are_not() -> None:
    program = ahead._calendar_program(plans.built_in())
    again = {rule.id for rule in ahead._dated_program(program).rules}
    assert again and len(again) < len(program.rules) / 4
    assert all(rule.id in again for rule in program.rules if any(c.kind in ahead.DISTANCES for c in rule.conditions.every()))
