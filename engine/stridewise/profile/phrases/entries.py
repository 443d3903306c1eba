"""A line of jottings to entries of a profile: in the notation, as a test, as words. What is not understood is said with what
to write, never guessed."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.language.fact import read_facts
from stridewise.language.vocabulary import Place, Vocabulary
from stridewise.profile.phrases.aliases import phrase_of
from stridewise.profile.phrases.cores import Entry
from stridewise.profile.phrases.measures import measure
from stridewise.profile.phrases.strength import strength
from stridewise.profile.phrases.unread import not_understood
from stridewise.profile.phrases.words import read_words

MOST_PARTS = 6  # commas inside one entry
LONGEST = 200  # letters of a jotting


def read_entries(text: str, vocabulary: Vocabulary, kinds: Iterable[str] = ()) -> list[Entry]:
    """The entries of a line: one, or several separated by semicolons, commas or "and". Raises ValueError."""
    return [entry for part in text.split(";") if part.strip() for entry in _by_commas(part.strip(), vocabulary, tuple(kinds))]


def kinds_of(section: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The kinds whose terms may stand alone in a section, in the order of the vocabulary."""
    return tuple(kind.name for kind in vocabulary.kinds.values() if kind.traits.section == section)


def _by_commas(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> Iterator[Entry]:
    """The longest beginning that is an entry, then the rest: "HR L 22, R 14, weak glutes" holds two."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    first: ValueError | None = None
    while parts:
        for count in range(min(len(parts), MOST_PARTS), 0, -1):
            try:
                yield from _one_or_two(", ".join(parts[:count]), vocabulary, kinds)
            except ValueError as error:
                first = first or error
                if count == 1:
                    raise (error if len(parts) > 1 or first is None else first) from None
            else:
                parts = parts[count:]
                first = None
                break


def _one_or_two(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> list[Entry]:
    """The entries of a text, or of its halves around an "and" that are entries each."""
    try:
        return read_entry(text, vocabulary, kinds)
    except ValueError:
        for match in re.finditer(r"\s+(?:and|&|plus)\s+", text):
            try:
                halves = (text[: match.start()], text[match.end() :])
                return [entry for half in halves for entry in read_entry(half, vocabulary, kinds)]
            except ValueError:
                continue
        raise


def read_entry(text: str, vocabulary: Vocabulary, kinds: Iterable[str] = ()) -> list[Entry]:
    """One jotting: one entry, or one a side. `kinds` are those whose terms may stand alone, the likeliest first. Raises ValueError
    with what to write."""
    if len(text) > LONGEST:
        raise ValueError(f'the phrase "{text[:40]}…" is {len(text)} letters long; write shorter ones, one an entry')
    own = tuple(kinds)
    if phrase_of(text, vocabulary) is not None and not own:
        return [text]
    entry = _notation(text, vocabulary)
    if entry is not None:
        return [_checked(entry, vocabulary)]
    return _jotting(text, vocabulary, own)


def _jotting(text: str, vocabulary: Vocabulary, kinds: tuple[str, ...]) -> list[Entry]:
    refused: ValueError | None = None
    for read in (strength, measure):
        try:
            if (entry := read(text, vocabulary)) is not None:
                return [_checked(entry, vocabulary)]
        except ValueError as error:  # a number may also belong to a pain
            refused = refused or error
    try:
        entries = read_words(text, vocabulary, kinds)
    except ValueError as error:
        raise (refused or error) from None
    if entries is None:
        raise refused or not_understood(text, vocabulary)
    return entries


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
