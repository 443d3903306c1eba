"""What is said of a jotting that is not understood: what to write instead, or an example; never something else than it says."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial

from stridewise.errors import AdvisedError, meant, nearest, number_of_words
from stridewise.language.translation import fixed
from stridewise.language.vocabulary import Vocabulary, fold
from stridewise.profile.phrases.cores import HERE, alone, around, inside_of
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
    for rest in rests:
        near = nearest(rest, _of_as_many_words(rest, vocabulary))
        if near is not None and fold(near) != fold(rest):  # of the very same words a form was tried, and is not meant so
            return meant(near)
    return ""


def _of_as_many_words(rest: str, vocabulary: Vocabulary) -> list[str]:
    """The phrases of as many words, and the terms of the kinds whose words stand around the rest, in these words."""
    words = number_of_words(rest)
    forms = [(kind, form) for kind, form in around(rest.partition(" ")[0], vocabulary) if kind.name != RED_FLAG]
    formed = [_formed(form, kind.type.terms, vocabulary) for kind, form in forms if inside_of(rest, form)]
    return [phrase for known in (_phrases(vocabulary), *formed) for phrase in known.get(words, ())]


@lru_cache(maxsize=16)
def _phrases(vocabulary: Vocabulary) -> Mapping[int, list[str]]:
    """The phrases, and the terms that may stand alone."""
    phrases = [alias.phrase for alias in vocabulary.aliases.values() if not any(RED_FLAG in fact for fact in alias.facts)]
    kinds = [kind for kind in alone(vocabulary) if kind.name != RED_FLAG]
    return _by_number([*phrases, *(term for kind in kinds for term in _terms_in(HERE, kind.type.terms, vocabulary))])


@lru_cache(maxsize=1024)
def _formed(form: str, terms: str, vocabulary: Vocabulary) -> Mapping[int, list[str]]:
    return _by_number(_terms_in(form, terms, vocabulary))


def _terms_in(form: str, terms: str, vocabulary: Vocabulary) -> list[str]:
    """Every term of a list in a form."""
    of_the_list = vocabulary.terms.get(terms, {}).values()
    ways = (way for term in of_the_list for way in (term.name.replace("_", " "), *term.aliases))
    return [form.replace(HERE, way.casefold()) for way in ways]


def _by_number(phrases: Iterable[str]) -> Mapping[int, list[str]]:
    """Phrases by their number of words: only one of as many can be a slip of another."""
    by_number: dict[int, list[str]] = {}
    for phrase in phrases:
        by_number.setdefault(number_of_words(phrase), []).append(phrase)
    return by_number
