"""What the words of a plan forbid or allow, read from its texts, and what of it the plan holds all the same. A reading of its
own, apart from the engine's."""

import re
from collections.abc import Callable, Iterator

from plans import built_in
from stridewise.plan.model import Plan

JUMP = 2  # of the demand `impact`
HEAVY = 3  # of the demand `heavy_load`
LOADED = 1  # of the demand `lower_limb`


def texts(made: Plan) -> Iterator[tuple[str, str]]:
    """The referrals and warnings of a plan, each with its rule."""
    for item in (*made.referrals, *made.warnings):
        yield item.id, item.text


def runs(made: Plan) -> list[str]:
    """The days with a run, the race among them where it is more than a date, and the weeks with kilometres."""
    days = [day.date for day in made.schedule for part in day.sessions if part.kind == "run" or part.title.lower() == "race"]
    weeks = [f"week {day.week}" for day in made.schedule if day.totals and (day.totals.running_km or day.totals.longest_run_km)]
    return days + weeks


def asking(made: Plan, demand: str, least: int) -> list[str]:
    """The exercises prescribed that ask at least this much of a demand."""
    return [one.exercise for one in made.prescriptions if built_in().exercises[one.exercise].demand(demand) >= least]


def named(made: Plan, *words: str) -> list[str]:
    """The exercises prescribed whose names hold all of these words."""
    return [one.exercise for one in made.prescriptions if all(word in one.exercise for word in words)]


def repeated(made: Plan, word: str) -> list[str]:
    """The tests to repeat that hold a word, and the questions for a result of them."""
    asked = [one.question for one in made.missing if built_in().vocabulary.kinds[next(iter(one.fact))].type.is_number]
    return [text for text in (*made.review.retest, *asked) if word in text.lower()]


def increases(made: Plan) -> list[str]:
    """The load adjustments of running that go up."""
    running = ("weekly_distance", "longest_run")
    return [
        one.id
        for one in made.load_adjustments
        if one.metric in running and one.to is not None and one.from_ is not None and one.to > one.from_
    ]


FORBIDDEN: dict[str, Callable[[Plan], list[str]]] = {
    r"\bno running\b(?! that)|\b(no|leave out) leg exercise and (no )?running\b": runs,
    r"\bno\b[^.:;]*\b(jumping|jumps)\b": lambda made: asking(made, "impact", JUMP),
    r"\b(no|leave out)\b[^.:;]*\bleg exercise\b": lambda made: asking(made, "lower_limb", LOADED),
    r"\bno\b[^.:;]*\bheavy lifting\b": lambda made: asking(made, "heavy_load", HEAVY),
    r"\bno\b[^.:;]*\bheel raises?\b": lambda made: named(made, "single_leg_calf_raise") + repeated(made, "heel raises"),
    r"\bno stretching\b": lambda made: named(made, "stretch"),
    r"\b(no|without a) hop test\b|\bdo not (ask for a hop|hop)\b": lambda made: repeated(made, "hop"),
    r"\bno increase\b": increases,
}
ALLOWED = r"(?i)running may go on|\bruns? [^.:;]*(are fine|stay easy)|easy running|running that the knee|build the running up"


def broken_words(made: Plan) -> Iterator[tuple[str, str, list[str]]]:
    """Each text that forbids what the plan holds all the same: its rule, what it forbids, and what the plan holds."""
    for rule, text in texts(made):
        for pattern, holds in FORBIDDEN.items():
            if re.search(pattern, text, re.IGNORECASE) and (found := holds(made)):
                yield rule, pattern, found


def contradictions(made: Plan) -> Iterator[tuple[str, str]]:
    """Each text that lets running go on beside one that stops it."""
    said = list(texts(made))
    stops = next(iter(FORBIDDEN))
    if any(re.search(stops, text, re.IGNORECASE) for _, text in said):
        yield from ((rule, text) for rule, text in said if re.search(ALLOWED, text))
