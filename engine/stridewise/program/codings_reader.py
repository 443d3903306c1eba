"""Read which codes of other systems a pack gives to terms and kinds: `codings: {LIST: {TERM: [{system, code}]}}`, with `kinds` as
the list of all kinds. No codes come with stridewise, as most lists of them are licensed: whoever may use one brings them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stridewise.documents.located import Document
from stridewise.errors import Problems, did_you_mean
from stridewise.language.vocabulary import KINDS, Coding, Vocabulary

_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+")
_CODE = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingShape:
    """One code: the address that names the `system`, the `code` as text, and what the system calls it."""

    system: str
    code: str
    display: str = ""

    def __post_init__(self) -> None:
        if not _URI.fullmatch(self.system):
            raise ValueError(
                f'system: expected the address that names a list of codes, as http://loinc.org, found "{self.system}"'
            )
        if not _CODE.fullmatch(self.code):
            raise ValueError(f'code: expected a code without spaces around it, found "{self.code}"')


Codings = dict[str, dict[str, tuple[CodingShape, ...]]]  # by list and term


def read_codings(vocabulary: Vocabulary, document: Document, written: Codings, problems: Problems) -> None:
    """Add the codes of one file to the vocabulary, of which all terms and kinds are known by now. A term has one code a system:
    a second one is told, whichever pack brings it."""
    for name, terms in written.items():
        known = _names(vocabulary, name)
        if known is None:
            lists = (KINDS, *vocabulary.terms)
            problems.add(document.line("codings", name), f'codings: unknown list "{name}".{did_you_mean(name, lists)}')
            continue
        for term, codes in terms.items():
            line = document.line("codings", name, term)
            if term not in known:
                problems.add(line, f'codings.{name}: unknown term "{term}".{did_you_mean(term, known)}')
                continue
            for code in codes:
                _add(vocabulary, (name, term), Coding(code.system, code.code, code.display), problems, line)


def _names(vocabulary: Vocabulary, name: str) -> Iterable[str] | None:
    if name == KINDS:
        return vocabulary.kinds
    terms: Mapping[str, object] | None = vocabulary.terms.get(name)
    return terms


def _add(vocabulary: Vocabulary, of: tuple[str, str], coding: Coding, problems: Problems, line: int) -> None:
    name, term = of
    held = vocabulary.codings.setdefault(name, {})
    before = next((one for one in held.get(term, ()) if one.system == coding.system), None)
    if before is not None:
        message = f'codings.{name}.{term}: it has the code "{before.code}" of {coding.system} already; leave one of them out'
        problems.add(line, message)
        return
    held[term] = tuple(sorted((*held.get(term, ()), coding), key=lambda one: one.system))
