"""Conditions that are counted together, and of which one fact may meet two."""

from collections.abc import Iterator
from itertools import permutations

from stridewise.authoring.checks.finding import Finding, Subject, check
from stridewise.authoring.checks.logic import alike, covers, negative_terms


@check("counted-twice")
def counted_twice(subject: Subject) -> Iterator[Finding]:
    """Of the conditions of an `at_least`, whatever meets one should not always meet another: one finding would count as two."""
    negative = negative_terms(subject.program.vocabulary)
    for rule in subject.rules:
        for _, group in rule.conditions.at_least:
            for (wide, general), (narrow, specific) in permutations(enumerate(group, 1), 2):
                if covers(general, specific, alike(specific), negative):
                    message = f"{rule.id}: at_least: what meets condition {narrow} meets condition {wide} too: it counts twice."
                    mend = "Make them differ, or leave one out."
                    yield Finding("warning", subject.place(rule, "when"), message, mend)
