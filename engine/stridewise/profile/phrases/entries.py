"""A line of jottings to entries of a profile: in the notation, as a test, as words. What is not understood is said with what
to write, never guessed."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.language.fact import read_facts
from stridewise.language.vocabulary import Place, Vocabulary
from stridewise.profile.phrases.aliases import phrase_of
from stridewise.profile.phrases.cores import HERE, Entry, cores
from stridewise.profile.phrases.measures import measure
from stridewise.profile.phrases.sides import of_each_side, side_pattern
from stridewise.profile.phrases.strength import strength
from stridewise.profile.phrases.text import plain
from stridewise.profile.phrases.unread import not_understood
from stridewise.profile.phrases.words import read_words

MOST_PARTS = 6  # commas inside one entry
LONGEST = 200  # letters of a jotting
LONGEST_LINE = 1_000  # letters of a line of jottings
_AND = re.compile(r"\s+(?:and|&|plus|or)\s+", re.IGNORECASE)


def read_entries(text: str, vocabulary: Vocabulary, kinds: Iterable[str] = ()) -> list[Entry]:
    """The entries of a line: one, or several separated by semicolons, commas or "and". Raises ValueError."""
    _check_length(text, LONGEST_LINE)
    return [entry for part in text.split(";") if part.strip() for entry in _by_commas(part.strip(), vocabulary, tuple(kinds))]


def kinds_of(section: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The kinds whose terms may stand alone in a section, in the order of the vocabulary."""
    return tuple(kind.name for kind in vocabulary.kinds.values() if kind.traits.section == section)


def _by_commas(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> Iterator[Entry]:
    """The longest beginning that is an entry, then the rest: "HR L 22, R 14, weak glutes" holds two."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    before = ""
    while parts:
        found, count = _longest(parts, before, vocabulary, kinds)
        yield from found
        before = ", ".join(parts[:count])
        parts = parts[count:]


def _longest(parts: list[str], before: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> tuple[list[Entry], int]:
    """The entries of as many parts as can be read together, and how many these are. Raises ValueError."""
    whole: ValueError | None = None
    for count in range(min(len(parts), MOST_PARTS), 0, -1):
        try:
            return _in_list(", ".join(parts[:count]), before, vocabulary, kinds), count
        except ValueError as error:
            whole = whole or error
            alone = error
    raise alone if len(parts) > 1 else whole or alone


def _in_list(text: str, before: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> list[Entry]:
    """The entries of an item of a list. The words that open the item `before` may hold for it as well: "tight calves,
    hamstrings"; where it can be read with and without them, and behind a "no", that is asked and not guessed. Raises ValueError.
    """
    if not before:
        return _one_or_two(text, vocabulary, kinds)
    opening = opening_of(before, vocabulary)
    together = _tried(f"{opening} {text}", vocabulary, kinds) if opening else None
    if together is not None:
        _refuse_side_of_one(before, text, vocabulary)
    if together is None and not (is_negated(before, vocabulary) and not is_negated(text, vocabulary)):
        return _one_or_two(text, vocabulary, kinds)
    if together is None or _tried(text, vocabulary, kinds) is not None:
        raise ValueError(
            f'"{text}" stands behind "{before}": write it as an entry of its own, with or without "{opening or "no"}"'
        )
    return together


def _one_or_two(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> list[Entry]:
    """The entries of a text, or of its halves around an "and" that are entries each. Raises ValueError."""
    try:
        return read_entry(text, vocabulary, kinds)
    except ValueError as whole:
        refused = whole
        for match in _AND.finditer(text):
            first, then = text[: match.start()], text[match.end() :]
            if (left := _tried(first, vocabulary, kinds)) is not None:
                try:
                    return left + _second(first, match[0].strip().casefold(), then, vocabulary, kinds)
                except ValueError as error:
                    refused = error if opening_of(first, vocabulary) else whole
        raise refused from None


def _second(first: str, joined: str, then: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> list[Entry]:
    """The entries of what is joined to a first one. A side in one of the two may hold for both. Raises ValueError."""
    _refuse_side_of_one(first, then, vocabulary)
    return _either(first, then, vocabulary, kinds) if joined == "or" else _in_list(then, first, vocabulary, kinds)


def _refuse_side_of_one(first: str, then: str, vocabulary: Vocabulary) -> None:
    one, other = (re.search(side_pattern(vocabulary), plain(half)) is not None for half in (first, then))
    if one != other:
        raise ValueError(f'"{first}" and "{then}": say the side of each, or write two entries')


def _either(first: str, then: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> list[Entry]:
    """What "or" adds to something that is denied; of anything else nobody knows which. Raises ValueError."""
    if not is_negated(first, vocabulary):
        raise ValueError(f'"{first}" or "{then}"')
    return read_entry(f"{opening_of(first, vocabulary)} {then}", vocabulary, kinds)


def _tried(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> list[Entry] | None:
    try:
        return read_entry(text, vocabulary, kinds)
    except ValueError:
        return None


def opening_of(text: str, vocabulary: Vocabulary) -> str:
    """The words of a kind that a text opens with, before its term: "weak", "no", "history of"."""
    words = plain(text)
    return max((form for form in _openings(vocabulary) if words.startswith(form)), key=len, default="").strip()


@lru_cache(maxsize=16)
def _openings(vocabulary: Vocabulary) -> frozenset[str]:
    """The words that stand before a term."""
    forms = (form for kind in vocabulary.kinds.values() for form in kind.traits.shorthand if HERE in form)
    return frozenset(before for form in forms if (before := form.partition(HERE)[0]))


def is_negated(text: str, vocabulary: Vocabulary) -> bool:
    """Does a text say that something is not there? A phrase of the vocabulary says what it says."""
    known = phrase_of(text, vocabulary)
    if known is not None and not any(vocabulary.kind_of(fact).traits.denies for fact in known.alias.facts):
        return False
    return any(word in vocabulary.negations for word in re.split(r"[^\w']+", plain(text)))


def read_entry(text: str, vocabulary: Vocabulary, kinds: Iterable[str] = ()) -> list[Entry]:
    """One jotting: one entry, or one a side. `kinds` are those whose terms may stand alone, the likeliest first. Raises
    ValueError with what to write."""
    _check_length(text, LONGEST)
    own = tuple(kinds)
    whole = next(cores(plain(text), vocabulary, own), None)
    if whole is not None and whole.phrase:  # nothing beside it: the quick way of most profiles
        return whole.entries((), vocabulary)
    entry = _notation(text, vocabulary)
    if entry is not None:
        return [_checked(entry, vocabulary)]
    return _jotting(text, vocabulary, own)


def _check_length(text: str, most: int) -> None:
    if len(text) > most:
        raise ValueError(f'the phrase "{text[:40]}…" is {len(text)} letters long; write shorter ones, one an entry')


def _jotting(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> list[Entry]:
    refused: ValueError | None = None
    for read in (strength, measure):
        try:
            if (entry := read(text, vocabulary)) is not None:
                return [_checked(entry, vocabulary)]
        except ValueError as error:  # a number may also belong to a pain
            refused = refused or error
    try:
        entries = _in_words(text, vocabulary, kinds)
    except ValueError as error:
        raise (refused or error) from None
    if entries is None:
        raise refused or not_understood(text, vocabulary)
    return entries


def _in_words(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> list[Entry] | None:
    """The entries of words, one for each side that has a score of its own; None where they are not understood. Raises
    ValueError."""
    if (sides := of_each_side(text, vocabulary)) is None:
        return read_words(text, vocabulary, kinds)
    left, right = (read_words(side, vocabulary, kinds) for side in sides)
    return left + right if left and right else None


def _checked(entry: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    """The entry, if a profile may hold it. Raises ValueError where not."""
    read_facts(vocabulary, entry, Place("", 0))
    return entry


def _notation(text: str, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """`weakness: soleus, side: left`, with or without braces, as it would stand in a profile."""
    name = re.match(r"\{?\s*([a-z_0-9]+)\s*:", text)
    if name is None or (name[1] not in vocabulary.kinds and name[1] != "alias"):
        return None
    flow = text if text.startswith("{") else f"{{{text}}}"
    try:
        root = parse_document(flow.encode("utf-8", "replace"), "", ProfileError).root
    except ProfileError as error:
        raise ValueError(f'"{text}" is not in the notation of profiles; write it as weakness: soleus, side: left') from error
    return dict(root) if isinstance(root, dict) else None
