"""The names an author gives: each one word, so that others can write it in a condition, an override, a text or a command."""

import re
from collections.abc import Iterator
from typing import Any

from stridewise.authoring.checks.finding import Finding, Subject
from stridewise.documents.located import line_of
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import RulePack

_ONE_WORD = re.compile(r"\w[\w.-]*\Z")
Named = tuple[str, str, Place]  # what it is, its name, where it stands


class Names:
    """A name holds letters, digits, hyphens and underscores, no spaces: "my rule" cannot be named in a list or typed unquoted."""

    name = "name"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for pack in subject.packs:
            for what, name, place in _named(pack):
                if not _ONE_WORD.match(name):
                    mend = f'Write "{_as_one_word(name)}".'
                    yield Finding("error", place, self.name, f'the {what} "{name}" is not one word.', mend)


def _as_one_word(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "a-name"


def _named(pack: RulePack) -> Iterator[Named]:
    document = pack.document
    yield "pack", pack.name, Place(document.path, document.line("name"))
    for name in pack.shape.thresholds:
        yield "threshold", name, Place(document.path, document.line("thresholds", name))
    for what, records in (("rule id", pack.rules), ("exercise id", pack.exercises)):
        yield from ((what, written.item.id, written.place) for written in records)
    for written in pack.sources:
        yield "source key", written.item.key, written.place
        for number, claim in enumerate(written.item.claims):
            yield "claim id", claim.id, Place(written.place.path, line_of(written.node, "claims", number))
    for document in pack.vocabularies:
        yield from _words(document.path, document.root)


def _words(path: str, root: Any) -> Iterator[Named]:
    for name, kind in _section(root, "kinds"):
        yield "kind", name, Place(path, line_of(root, "kinds", name))
        for attribute, _ in _section(kind, "attributes"):
            yield "attribute", attribute, Place(path, line_of(root, "kinds", name, "attributes", attribute))
    for list_name, terms in _section(root, "terms"):
        yield "list", list_name, Place(path, line_of(root, "terms", list_name))
        for term in terms if isinstance(terms, dict) else ():
            yield "term", str(term), Place(path, line_of(root, "terms", list_name, term))


def _section(root: Any, name: str) -> list[tuple[str, Any]]:
    section = root.get(name) if isinstance(root, dict) else None
    return [(str(key), value) for key, value in section.items()] if isinstance(section, dict) else []
