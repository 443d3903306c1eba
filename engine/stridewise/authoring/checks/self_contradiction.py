"""What a pack asks for and itself never lets through: one rule, or two of which the one fires whenever the other does."""

from collections.abc import Iterator

from stridewise.authoring.checks.collisions import PossibleCollision, asked_for, exercises_in_dispute, insists, metrics_in_dispute
from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject
from stridewise.authoring.checks.logic import Terms, implications, negative_terms
from stridewise.authoring.checks.witness import NONE, Witnesses
from stridewise.language.rule import Adjust, Avoid, Rule
from stridewise.program.program import Program


class SelfContradictions:
    """A pack whose rules meet on every runner does not undo what it says, each shown on a concrete runner."""

    name = "self-contradiction"

    def find(self, subject: Subject) -> Iterator[Finding]:
        witnesses = Witnesses(subject.program, subject.as_of)
        for candidate in _candidates(subject):
            rules = tuple({rule.id: rule for rule in (candidate.first, candidate.second)}.values())
            answer = witnesses.look(rules, candidate.shown_by)
            if answer.verdict != NONE:
                yield _finding(subject, candidate, answer.profile)


def _candidates(subject: Subject) -> Iterator[PossibleCollision]:
    negative = negative_terms(subject.program.vocabulary)
    for first in subject.rules:
        for second in (rule for rule in subject.rules if rule.pack == first.pack):
            if (over := _kept_out(subject.program, first, second)) and _always(first, second, negative):
                yield PossibleCollision(first, second, over, "avoids")
            both_ways = first.id <= second.id and metrics_in_dispute(first, second)
            if both_ways and _always(first, second, negative) and _always(second, first, negative):
                yield PossibleCollision(first, second, both_ways, "adjusts")


def _kept_out(program: Program, first: Rule, second: Rule) -> tuple[str, ...]:
    if not any(isinstance(item, Avoid) for item in second.consequents):
        return ()
    return exercises_in_dispute(program, first, second)


def _always(first: Rule, second: Rule, negative: Terms) -> bool:
    """Does the second fire whenever the first does?"""
    return first.id == second.id or any(True for _ in implications(second.conditions, first.conditions, negative))


def _finding(subject: Subject, candidate: PossibleCollision, witness: str) -> Finding:
    first, second = candidate.first, candidate.second
    over = ", ".join(candidate.over)
    place = subject.place(first, "then", _index(candidate))
    itself = "itself" if first.id == second.id else f"{second.id} ({second.place}), which fires whenever it does,"
    if candidate.what == "adjusts":
        message = f"{first.id} sets {over}, and {itself} sets it otherwise: only the more cautious ever holds."
        return Finding("error", place, SelfContradictions.name, message, "Keep one of the two.", witness)
    level: FindingLevel = "error" if _leaves_nothing(candidate) else "warning"
    message = f"{first.id} asks for {over}, and {itself} speaks against it."
    mend = "Narrow one rule's conditions, or choose other exercises."
    return Finding(level, place, SelfContradictions.name, message, mend, witness)


def _leaves_nothing(candidate: PossibleCollision) -> bool:
    asked = [set(asked_for(item)) for item in candidate.first.consequents if insists(item)]
    return any(names <= set(candidate.over) for names in asked)


def _index(candidate: PossibleCollision) -> int:
    """The first consequent that is in dispute."""
    adjusts = candidate.what == "adjusts"
    items = enumerate(candidate.first.consequents)
    return next(index for index, item in items if (isinstance(item, Adjust) if adjusts else insists(item)))
