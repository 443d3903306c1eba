"""The names an author gives: each one word, so that others can write it in a condition, an override, a text or a command."""

import re
from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, Subject, at, check, section
from stridewise.documents.located import Document
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import RulePack

_ONE_WORD = re.compile(r"\w[\w.-]*\Z")
Named = tuple[str, str, Place]  # what it is, its name, where it stands


@check("name")
def names(subject: Subject) -> Iterator[Finding]:
    """A name holds letters, digits, hyphens and underscores, no spaces: "my rule" cannot be named in a list or typed unquoted."""
    for pack in subject.packs:
        for what, name, place in _named(pack):
            if not _ONE_WORD.match(name):
                mend = f'Write "{_as_one_word(name)}".'
                yield Finding("error", place, f'the {what} "{name}" is not one word.', mend)


def _as_one_word(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "a-name"


def _named(pack: RulePack) -> Iterator[Named]:
    document = pack.document
    yield "pack", pack.name, at(document, "name")
    for name in pack.shape.thresholds:
        yield "threshold", name, at(document, "thresholds", name)
    for what, records in (("rule id", pack.rules), ("exercise id", pack.exercises)):
        yield from ((what, written.item.id, written.place) for written in records)
    for written in pack.sources:
        yield "source key", written.item.key, written.place
        for number, claim in enumerate(written.item.claims):
            yield "claim id", claim.id, written.at("claims", number)
    for document in pack.vocabularies:
        yield from _words(document)


def _words(document: Document) -> Iterator[Named]:
    for name, kind in section(document.root, "kinds").items():
        yield "kind", name, at(document, "kinds", name)
        for attribute in section(kind, "attributes"):
            yield "attribute", attribute, at(document, "kinds", name, "attributes", attribute)
    for list_name, terms in section(document.root, "terms").items():
        yield "list", list_name, at(document, "terms", list_name)
        for term in section(terms):
            yield "term", term, at(document, "terms", list_name, term)
