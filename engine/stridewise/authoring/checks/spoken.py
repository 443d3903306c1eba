"""Labels and texts as they read: in "20 floors floors of stairs" the number brings its unit, and the author says it again."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stridewise.authoring.checks.finding import Finding, Subject, at, check, section
from stridewise.documents.units import show, spellings
from stridewise.language.rule import Rule, Template
from stridewise.language.vocabulary import Kind, ValueType, Vocabulary

IN_FULL = {
    "min": ("minute", "minutes"),
    "s": ("seconds", "second"),
    "h": ("hour", "hours"),
    "km": ("kilometres", "kilometers"),
    "m": ("metres", "meters"),
    "cm": ("centimetres", "centimeters"),
    "kg": ("kilograms",),
    "mi": ("miles",),
    "%": ("percent", "per"),
}
EXAMPLE = Decimal(20)
_NUMBER = re.compile(r"\d ?([^\W\d]+|%)[ -]?([^\W\d]+|%)")
_WORD_TWICE = re.compile(r"\b(\w{2,}) \1\b", re.IGNORECASE)


@check("said-twice")
def said_twice(subject: Subject) -> Iterator[Finding]:
    """No label and no text says the unit of a number, or a word of a term, once more."""
    yield from _labels(subject)
    for rule in (rule for rule in subject.rules if rule.id in subject.written):
        for part, template in _templates(rule):
            if twice := unit_twice(_filled(template)):
                mend = "A number brings its unit; leave it out of the text."
                message = f'{rule.id}: {part} reads "{twice}".'
                yield Finding("warning", subject.place(rule, part), message, mend)


def _labels(subject: Subject) -> Iterator[Finding]:
    vocabulary = subject.program.vocabulary
    for document in subject.vocabularies:
        for name in section(document.root, "kinds"):
            if read := _label_twice(vocabulary, vocabulary.kinds[name]):
                mend = "The value brings that word; leave it out of the label."
                place = at(document, "kinds", name, "label")
                yield Finding("warning", place, f'the label of {name} reads "{read}".', mend)


def unit_twice(text: str) -> str:
    """Where a number is followed by its unit twice; nothing where it is not."""
    found = (match for match in _NUMBER.finditer(text) if match[2] in (*spellings(match[1]), *IN_FULL.get(match[1], ())))
    return next((match[0] for match in found), "")


def _label_twice(vocabulary: Vocabulary, kind: Kind) -> str:
    """The label with a value that says a word twice."""
    labels = (kind.label.replace("{value}", value) for value in _examples(vocabulary, kind.type))
    return next((label for label in labels if unit_twice(label) or _WORD_TWICE.search(label)), "")


def _examples(vocabulary: Vocabulary, type_: ValueType) -> list[str]:
    if type_.is_number:
        return [show(EXAMPLE, type_.unit)]
    return [term.label for term in vocabulary.terms.get(type_.terms, {}).values()]


def _templates(rule: Rule) -> Iterator[tuple[str, Template]]:
    yield "because", rule.because
    if rule.patient is not None:
        yield "patient", rule.patient
    own = {rule.because, rule.patient}
    yield from (("then", template) for _, template in rule.texts if template not in own)


def _filled(template: Template) -> str:
    return template.fill(
        {name: show(EXAMPLE, quote.type.unit) if quote.type.is_number else "…" for name, quote in template.quotes}
    )
