"""What a profile says that may be true and is more often a slip of the pen: asked about in the plan, never refused."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from stridewise.language.fact import Fact, show_fact
from stridewise.language.translation import fixed, say
from stridewise.language.vocabulary import Vocabulary

# A week that is so much more than any other that is listed.
TIMES_MORE, KM_MORE = 2, 50
RAN_SINCE_AGE = 5  # years


def doubts(vocabulary: Vocabulary, facts: Iterable[Fact]) -> Iterator[str]:
    """What to check in these facts, a sentence each."""
    facts = tuple(facts)
    yield from filter(None, (_unusual(vocabulary, fact) for fact in facts))
    age, ran = _number(facts, "age"), _number(facts, "running_years")
    if age is not None and ran is not None and ran > age - RAN_SINCE_AGE:
        yield say("Please check: age {age}, and {years} years of running.", age=age, years=ran)
    if any((fact.kind, fact.value) == ("sex", "male") for fact in facts):
        for fact in facts:
            if fact.kind == "condition" and fact.value in ("pregnancy", "postpartum"):
                yield say("Please check: sex male, and {condition}.", condition=show_fact(vocabulary, fact))
    yield from _denied_and_recorded(vocabulary, facts)


def _denied_and_recorded(vocabulary: Vocabulary, facts: Sequence[Fact]) -> Iterator[str]:
    """What is recorded as absent and as present too: the plan holds to what is present."""
    for denial in facts:
        denied = vocabulary.kinds[denial.kind].traits.denies
        for fact in facts if denied else ():
            if fact.kind in denied and fact.value == denial.value and _is_denied(denial, fact):
                text = fixed("Please check: {denial}, and {fact}. The plan holds to the second.")
                yield say(text, denial=show_fact(vocabulary, denial), fact=show_fact(vocabulary, fact))


def _is_denied(denial: Fact, fact: Fact) -> bool:
    """Does the one say that the other is not there: on the same side, and in the same task where it names one?"""
    is_there = not fact.negative and fact.get("intensity") != 0
    is_same_side = denial.side in (None, "both", fact.side) or fact.side in (None, "both")
    return is_there and is_same_side and denial.get("during") in (None, fact.get("during"))


def _unusual(vocabulary: Vocabulary, fact: Fact) -> str | None:
    """A number that hardly anybody has."""
    usual = vocabulary.kinds[fact.kind].traits.usual
    if usual is None or not isinstance(fact.value, Decimal) or usual.min <= fact.value <= usual.max:
        return None
    said = show_fact(vocabulary, fact)
    return say("Please check: {said}. From {low} to {high} is usual.", said=said, low=usual.min, high=usual.max)


def sudden_week(weeks: Sequence[Decimal]) -> Iterator[str]:
    """A last week far above all others, in km: it is what the plan builds on."""
    *earlier, latest = weeks
    if earlier and latest > max(earlier) * TIMES_MORE and latest > max(earlier) + KM_MORE:
        yield say(
            "Please check: {latest} km in the latest week, at most {most} km in those before.",
            latest=latest,
            most=max(earlier),
        )


def _number(facts: Iterable[Fact], kind: str) -> Decimal | None:
    return next((fact.value for fact in facts if fact.kind == kind and isinstance(fact.value, Decimal)), None)
