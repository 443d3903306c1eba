"""What a pack asks for and itself never lets through: one rule, or two of which the one fires whenever the other does."""

from collections.abc import Iterator

from stridewise.authoring.checks.collisions import PossibleCollision, asked_for, exercises_in_dispute, insists, metrics_in_dispute
from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject, check
from stridewise.authoring.checks.logic import MAX_WAYS, implications, negative_terms, not_compared, ways_to_read
from stridewise.authoring.checks.witness import NONE, Witnesses
from stridewise.language.rule import Adjust, Rule


@check("self-contradiction")
def self_contradictions(subject: Subject) -> Iterator[Finding]:
    """A pack whose rules meet on every runner does not undo what it says, each shown on a concrete runner."""
    witnesses, negative = Witnesses(subject.program, subject.as_of), negative_terms(subject.program.vocabulary)
    for candidate in _candidates(subject):
        first, second = candidate.first, candidate.second
        pairs = [(general.conditions, specific.conditions) for general, specific in _asked(candidate)]
        ways = [ways_to_read(general, specific, negative) for general, specific in pairs]
        if all(ways) and max(ways, default=0) > MAX_WAYS:
            yield not_compared(first, second, max(ways))
        elif all(any(True for _ in implications(general, specific, negative)) for general, specific in pairs):
            answer = witnesses.look(tuple({rule.id: rule for rule in (first, second)}.values()), candidate.shown_by)
            if answer.verdict != NONE:
                yield _finding(subject, candidate, answer.profile)


def _candidates(subject: Subject) -> Iterator[PossibleCollision]:
    """Rules of one pack that cannot both be followed where they meet."""
    for first in subject.rules:
        for second in (rule for rule in subject.rules if rule.pack == first.pack):
            if over := exercises_in_dispute(subject.program, first, second):
                yield PossibleCollision(first, second, over, "avoids")
            if first.id <= second.id and (both_ways := metrics_in_dispute(first, second)):
                yield PossibleCollision(first, second, both_ways, "adjusts")


def _asked(candidate: PossibleCollision) -> list[tuple[Rule, Rule]]:
    """Which rule has to fire whenever which does; of two that set one metric, each whenever the other."""
    first, second = candidate.first, candidate.second
    if first.id == second.id:
        return []
    return [(second, first), (first, second)] if candidate.what == "adjusts" else [(second, first)]


def _finding(subject: Subject, candidate: PossibleCollision, witness: str) -> Finding:
    first, second = candidate.first, candidate.second
    over = ", ".join(candidate.over)
    place = subject.place(first, "then", _index(candidate))
    itself = "itself" if first.id == second.id else f"{second.id} ({second.place}), which fires whenever it does,"
    if candidate.what == "adjusts":
        message = f"{first.id} sets {over}, and {itself} sets it otherwise: only the more cautious ever holds."
        return Finding("error", place, message, "Keep one of the two.", witness)
    level: FindingLevel = "error" if _leaves_nothing(candidate) else "warning"
    message = f"{first.id} asks for {over}, and {itself} speaks against it."
    mend = "Narrow one rule's conditions, or choose other exercises."
    return Finding(level, place, message, mend, witness)


def _leaves_nothing(candidate: PossibleCollision) -> bool:
    asked = [set(asked_for(item)) for item in candidate.first.consequents if insists(item)]
    return any(names <= set(candidate.over) for names in asked)


def _index(candidate: PossibleCollision) -> int:
    """The first consequent that is in dispute."""
    adjusts = candidate.what == "adjusts"
    items = enumerate(candidate.first.consequents)
    return next(index for index, item in items if (isinstance(item, Adjust) if adjusts else insists(item)))
