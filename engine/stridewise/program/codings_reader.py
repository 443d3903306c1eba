"""Read which codes of other systems a pack gives to terms and kinds: `codings: {LIST: {TERM: [{system, code}]}}`, with `kinds` as
the list of all kinds. No codes come with stridewise, as most lists of them are licensed: whoever may use one brings them."""

from collections.abc import Mapping

from stridewise.documents.located import Document
from stridewise.errors import Problems, did_you_mean
from stridewise.language.vocabulary import KINDS, Coding, Vocabulary

Codings = dict[str, dict[str, tuple[Coding, ...]]]  # by list and term


def read_codings(vocabulary: Vocabulary, document: Document, written: Codings, problems: Problems) -> None:
    """Add the codes of one file to the vocabulary, of which all terms and kinds are known by now. A term has one code a system:
    a second one is told, whichever pack brings it."""
    for name, terms in written.items():
        known: Mapping[str, object] | None = vocabulary.kinds if name == KINDS else vocabulary.terms.get(name)
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
                _add(vocabulary, (name, term), code, problems, line)


def _add(vocabulary: Vocabulary, of: tuple[str, str], coding: Coding, problems: Problems, line: int) -> None:
    name, term = of
    held = vocabulary.codings.setdefault(name, {})
    before = next((one for one in held.get(term, ()) if one.system == coding.system), None)
    if before is not None:
        message = f'codings.{name}.{term}: it has the code "{before.code}" of {coding.system} already; leave one of them out'
        problems.add(line, message)
        return
    held[term] = tuple(sorted((*held.get(term, ()), coding), key=lambda one: one.system))
