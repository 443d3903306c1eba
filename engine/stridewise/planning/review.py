"""When to look again, and what to test again then."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from stridewise.language.translation import say, told_inside
from stridewise.plan.model import Review
from stridewise.planning.choice import Selection
from stridewise.planning.pathways import Standing, retests
from stridewise.planning.situation import Situation
from stridewise.planning.stops import Stopped

REVIEW_AFTER_DAYS = 28  # policy: strength changes show after about four weeks
SOONER_AFTER_DAYS = 14  # policy: with pain or a diagnosis
CLOSE_TO_THE_RACE_DAYS = 3  # policy: nothing is looked at again between today and a race so near
AFTER_THE_RACE_DAYS = 7  # policy: then a week after it
MAX_RETESTS = 6


def make_review(situation: Situation, selection: Selection, stopped: Stopped, held: Sequence[Standing]) -> Review:
    """The day to look again (before the race, where there is time), and the tests: what the stages of pathways ask for, what was
    measured, then what earns the next rung. Whoever must be seen at once comes back when that is done: no day is set."""
    if any(referral.is_at_once for referral in stopped.referrals):
        return Review()
    tests = [*retests(situation, held, stopped), *_measured(situation, stopped), *_next_gates(situation, selection)]
    retest = tuple(dict.fromkeys(tests))[:MAX_RETESTS]
    return Review(date=str(situation.intake.as_of + timedelta(_days(situation))), retest=retest)


def _days(situation: Situation) -> int:
    measured = situation.memory.by_kind
    after = SOONER_AFTER_DAYS if measured.get("pain") or measured.get("diagnosis") else REVIEW_AFTER_DAYS
    days_to_race = situation.number("days_to_race")
    if days_to_race is None:
        return after
    days = int(days_to_race)
    return days + AFTER_THE_RACE_DAYS if days <= CLOSE_TO_THE_RACE_DAYS else min(after, days - 1)


def _measured(situation: Situation, stopped: Stopped) -> Iterator[str]:
    """The tests on record, but for those that ask what is stopped. What time alone moves is no test."""
    kinds, recorded = situation.program.vocabulary.kinds, situation.memory.by_kind
    for kind in (kinds[name] for name in sorted(kinds.keys() & recorded.keys()) if recorded[name]):
        is_test = kind.mode == "open" and kind.type.is_number and not kind.traits.grows
        if is_test and not stopped.asks_too_much(kind.demands):
            yield kind.spoken


def _next_gates(situation: Situation, selection: Selection) -> Iterator[str]:
    """What earns the exercises that come next and wait for nothing else."""
    next_rungs = {name for choice in selection.choices.values() for name in choice.exercise.progression}
    for name in sorted(next_rungs & selection.unearned.keys()):
        yield from (told_inside(say(gate.earn)).rstrip(".") for gate in situation.program.exercises[name].gates)
