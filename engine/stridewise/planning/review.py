"""When to look again, and what to test again then."""

from datetime import timedelta

from stridewise.plan.model import Review
from stridewise.planning.choice import Selection
from stridewise.planning.situation import Situation

REVIEW_AFTER_DAYS = 28  # policy: strength changes show after about four weeks
SOONER_AFTER_DAYS = 14  # policy: with pain or a diagnosis
MAX_RETESTS = 6


def make_review(situation: Situation, selection: Selection) -> Review:
    """The day to look again (before the race at the latest), and the tests: what was measured, then what earns the next rung."""
    memory = situation.memory
    after = SOONER_AFTER_DAYS if memory.by_kind.get("pain") or memory.by_kind.get("diagnosis") else REVIEW_AFTER_DAYS
    days_to_race = situation.number("days_to_race")
    days = after if days_to_race is None else min(after, max(0, int(days_to_race) - 1))
    kinds = situation.program.vocabulary.kinds
    measured = [
        kind for name, kind in sorted(kinds.items()) if kind.mode == "open" and kind.type.is_number and memory.by_kind.get(name)
    ]
    tests = [kind.label.replace("{value}", "").replace(" out of 10", "").strip(" :,") for kind in measured]
    next_rungs = {name for choice in selection.choices.values() for name in choice.exercise.progression}
    gates = [
        gate.earn for name in sorted(next_rungs & selection.unearned.keys()) for gate in situation.program.exercises[name].gates
    ]
    retest = tuple(dict.fromkeys([*tests, *gates]))[:MAX_RETESTS]
    return Review(date=str(situation.intake.as_of + timedelta(days)), retest=retest)
