"""A jotting in words: "valgus knee L", "achilles pain left 4/10 running, 10 weeks". Every word of it must be accounted for, by
what it is about or by a detail; otherwise it is not understood."""

from collections.abc import Iterator, Sequence

from stridewise.language.vocabulary import Vocabulary
from stridewise.profile.phrases.cores import Entry, cores
from stridewise.profile.phrases.details import Found, details_in
from stridewise.profile.phrases.text import plain

MOST_DETAILS = 12
Reading = tuple[str, tuple[Found, ...]]  # what is left, and the details taken away


def read_words(text: str, vocabulary: Vocabulary, kinds: Sequence[str]) -> list[Entry] | None:
    """The entries of a jotting; None where some of its words are not understood. Raises ValueError where they are, and do not
    belong together."""
    refused: ValueError | None = None
    for rest, details in readings(text, vocabulary):
        for core in cores(rest, vocabulary, kinds):
            try:
                return core.entries(details, vocabulary)
            except ValueError as error:
                refused = refused or error
    if refused is not None:
        raise refused
    return None


def readings(text: str, vocabulary: Vocabulary) -> Iterator[Reading]:
    """The ways to take details out of a text, those that leave most of it first."""
    written = plain(text)
    found = details_in(written, vocabulary)[:MOST_DETAILS]
    ways = {_rest(written, chosen): chosen for chosen in reversed(list(_apart(found)))}
    for rest, chosen in sorted(ways.items(), key=lambda way: (-len(way[0]), way[0])):
        if rest:
            yield rest, chosen
            bare = " ".join(word for word in rest.split() if word not in vocabulary.fillers)
            if bare and bare != rest:
                yield bare, chosen


def _apart(found: Sequence[Found], start: int = 0) -> Iterator[tuple[Found, ...]]:
    """Every choice of details that do not overlap."""
    if not found:
        yield ()
        return
    first, *others = found
    if first.start >= start:
        for chosen in _apart(others, first.end):
            yield (first, *chosen)
    yield from _apart(others, start)


def _rest(text: str, chosen: Sequence[Found]) -> str:
    """What is left of a text; nothing where it stands in two places that a comma parts."""
    left, at = "", 0
    for detail in chosen:
        left += f"{text[at : detail.start]} "
        at = detail.end
    parts = [words for part in (left + text[at:]).split(",") if (words := " ".join(part.strip(" .:;-").split()))]
    return parts[0] if len(parts) == 1 else ""
