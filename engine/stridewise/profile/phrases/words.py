"""A jotting in words: "valgus knee L", "achilles pain left 4/10 running, 10 weeks". Every word of it must be accounted for, by
what it is about or by a detail; otherwise it is not understood."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, product
from math import prod

from stridewise.language.vocabulary import Vocabulary
from stridewise.profile.phrases.aliases import possible_in
from stridewise.profile.phrases.cores import Entry, cores
from stridewise.profile.phrases.details import Found, details_in
from stridewise.profile.phrases.text import plain

MOST_DETAILS = 12
MOST_READINGS = 2_000  # ways to take details out of one jotting; a long one that people write has up to 1,500
MOST_TRIED = 800  # of these ways; the same long one has 540
MOST_LEFT = 3  # details that belong to what is said, like "morning" in "morning stiffness": no phrase of ours holds more
Reading = tuple[str, tuple[Found, ...]]  # what is left, and the details taken away


def read_words(text: str, vocabulary: Vocabulary, kinds: Sequence[str]) -> list[Entry] | None:
    """The entries of a jotting; None where some of its words are not understood. Raises ValueError where they are, and do not
    belong together."""
    refused: ValueError | None = None
    among = possible_in(plain(text), vocabulary)
    for rest, details in readings(text, vocabulary):
        for core in cores(rest, vocabulary, kinds, among):
            try:
                return core.entries(details, vocabulary)
            except ValueError as error:
                refused = refused or error
    if refused is not None:
        raise refused
    return None


@lru_cache(maxsize=16)  # asked for once more where the jotting is not understood
def readings(text: str, vocabulary: Vocabulary) -> tuple[Reading, ...]:
    """The ways to take details out of a text, those that leave most of it first. Raises ValueError where there are too many."""
    written = plain(text)
    groups = _groups(details_in(written, vocabulary)[:MOST_DETAILS])
    if len(_left(written, [(group[0].start, max(one.end for one in group)) for group in groups])) > 1:
        return ()  # commas part it, whatever is taken out
    choices = [list(_apart(group)) for group in groups]
    few = prod(map(len, choices)) <= MOST_READINGS
    taken = [tuple(chain.from_iterable(chosen)) for chosen in product(*choices) if chosen.count(()) <= MOST_LEFT] if few else []
    ways = {_rest(written, chosen): chosen for chosen in reversed(taken)}
    longest_first = sorted(ways.items(), key=lambda way: (-len(way[0]), way[0]))
    every = tuple(way for rest, chosen in longest_first if rest for way in _with_and_without_fillers(rest, chosen, vocabulary))
    if not few or len(every) > MOST_TRIED:
        told = f'"{text[:80]}" holds too many numbers, sides and times for one entry'
        raise ValueError(f"{told}; part them with commas, or write several")
    return every


def _with_and_without_fillers(rest: str, chosen: tuple[Found, ...], vocabulary: Vocabulary) -> Iterator[Reading]:
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


def _groups(found: Sequence[Found]) -> list[list[Found]]:
    """The details that overlap each other together, the others alone."""
    groups: list[list[Found]] = []
    end = 0
    for detail in found:
        if detail.start < end:
            groups[-1].append(detail)
        else:
            groups.append([detail])
        end = max(end, detail.end)
    return groups


def _rest(text: str, chosen: Sequence[Found]) -> str:
    """What is left of a text; nothing where it stands in two places that a comma parts."""
    parts = _left(text, [(detail.start, detail.end) for detail in chosen])
    return parts[0] if len(parts) == 1 else ""


def _left(text: str, taken: Sequence[tuple[int, int]]) -> list[str]:
    """The words beside what is taken, between commas."""
    left, at = "", 0
    for start, end in taken:
        left += f"{text[at:start]} "
        at = end
    return [words for part in (left + text[at:]).split(",") if (words := " ".join(part.strip(" .:;-").split()))]
