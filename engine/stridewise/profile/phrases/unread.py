"""What is said of a jotting that is not understood: what to write instead, or an example; never something else than it says."""

import re
from functools import partial

from stridewise.errors import AdvisedError, meant, nearest
from stridewise.language.translation import fixed
from stridewise.language.vocabulary import Vocabulary, fold
from stridewise.profile.phrases.cores import HERE, inside_of
from stridewise.profile.phrases.measures import how_written, test_named
from stridewise.profile.phrases.text import plain
from stridewise.profile.phrases.words import readings

RED_FLAG = "red_flag"
EXAMPLES = fixed('"weak glutes", "valgus knee L", "HR L 22 / R 14", "KTW 7/10 cm", "MMT soleus L 4-/5", "weakness: soleus"')


def not_understood(text: str, vocabulary: Vocabulary) -> ValueError:
    """The error for a text that cannot be read."""
    return AdvisedError(f'unknown phrase "{text[:80]}".', partial(_advice, text, vocabulary))


def _advice(text: str, vocabulary: Vocabulary) -> str:
    if comma := re.search(r"(?<![0-9,.])([0-9]+),([0-9]+)(?![0-9,.])", text):
        return f" A decimal has a point: write {comma[1]}.{comma[2]}"
    rests = _rests(text, vocabulary) or [plain(text)]
    unclear = next((vocabulary.unclear[fold(rest)] for rest in (plain(text), *rests) if fold(rest) in vocabulary.unclear), None)
    if unclear is not None:
        return f" {unclear[1]}"
    if (test := test_named(text, vocabulary)) is not None:
        return f" Expected {how_written(test)}"
    return _near(rests, vocabulary) or f" Write, for example, {EXAMPLES}"


def _rests(text: str, vocabulary: Vocabulary) -> list[str]:
    try:
        return [rest for rest, _ in readings(text, vocabulary)]
    except ValueError:  # too many
        return []


def _near(rests: list[str], vocabulary: Vocabulary) -> str:
    """A near miss of the same words; never a red flag: whoever meant one, says so."""
    harmless = [alias.phrase for alias in vocabulary.aliases.values() if not any(RED_FLAG in fact for fact in alias.facts)]
    for rest in rests:
        near = nearest(rest, [*harmless, *_formed(rest, vocabulary)])
        if near is not None and fold(near) != fold(rest):  # of the very same words a form was tried, and is not meant so
            return meant(near)
    return ""


def _formed(rest: str, vocabulary: Vocabulary) -> list[str]:
    """The terms of the kinds whose words stand around the rest, in these words."""
    forms = [(kind, form) for kind in vocabulary.kinds.values() if kind.name != RED_FLAG for form in kind.traits.shorthand]
    near = [(kind, form) for kind, form in forms if HERE in form and inside_of(rest, form)]
    return [
        form.replace(HERE, way.casefold())
        for kind, form in near
        for term in vocabulary.terms.get(kind.type.terms, {}).values()
        for way in (term.name.replace("_", " "), *term.aliases)
    ]
