"""Left, right, both: where a side stands in a jotting, and which side is the worse one."""

import re
from functools import lru_cache

from stridewise.language.vocabulary import BOTH, Vocabulary
from stridewise.profile.phrases.slots import ways_to_say
from stridewise.profile.phrases.text import NUMBER, plain, words_pattern

SIDES = "sides"
OTHER = {"left": "right", "right": "left"}


@lru_cache(maxsize=16)
def side_words(vocabulary: Vocabulary) -> dict[str, str]:
    """Every way to say a side, in small letters, with the side."""
    return {way.casefold(): term.name for term in vocabulary.terms.get(SIDES, {}).values() for way in ways_to_say(term)}


@lru_cache(maxsize=16)
def side_pattern(vocabulary: Vocabulary) -> str:
    """A pattern of every way to say a side, the longest first."""
    ways = sorted(side_words(vocabulary), key=lambda way: (-len(way), way))
    return rf"(?<![a-z])(?:{'|'.join(map(words_pattern, ways)) or '(?!)'})(?![a-z])"


def side_of(words: str | None, vocabulary: Vocabulary) -> str:
    """The side that words say, "" where they say none."""
    return side_words(vocabulary).get(" ".join((words or "").replace("_", " ").replace("-", " ").split()), "") if words else ""


def numbers_by_side(text: str, number: str, behind: str, vocabulary: Vocabulary) -> tuple[list[tuple[str, str, str]], str]:
    """(side or nothing, number, what stands behind it) of each number of a form, and what is left of the text."""
    side = side_pattern(vocabulary)
    pattern = re.compile(
        rf"\(?(?P<before>{side})\)?\s*[:=]?\s*(?P<one>{number})(?P<of>{behind})"
        rf"|(?P<two>{number})(?P<with>{behind})(?:\s*\(?(?P<behind>{side})\)?)?"
    )
    found = [
        (side_of(one["before"] or one["behind"], vocabulary), one["one"] or one["two"], one["of"] or one["with"] or "")
        for one in pattern.finditer(text)
    ]
    return found, pattern.sub(" ", text)


@lru_cache(maxsize=16)
def worse_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """`L>R`: both sides, the left one more."""
    side = side_pattern(vocabulary)
    return re.compile(rf"\(?(?P<one>{side})\s*(?P<sign>>+|<+|worse than|more than)\s*(?P<two>{side})\)?")


def worse_side(match: re.Match[str], vocabulary: Vocabulary) -> str:
    """The side that is worse in `L>R`; "" where the two are not left and right."""
    one, two = side_of(match["one"], vocabulary), side_of(match["two"], vocabulary)
    if BOTH in (one, two) or one == two:
        return ""
    return two if match["sign"].startswith("<") else one


@lru_cache(maxsize=16)
def _scored_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """`L 4/10 R 2/10`: a score for each side. A comma parts entries, so none stands between them."""
    side, score = rf"\(?({side_pattern(vocabulary)})\)?\s*[:=]?\s*", rf"({NUMBER}\s*/\s*[0-9]+)(?![\w/])"
    return re.compile(rf"{side}{score}\s*(?:[/&]|and(?![a-z]))?\s*{side}{score}")


def of_each_side(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """A jotting that scores left and right, as one for each: what stands around the scores holds for both. None for any other.

    "Knee pain L 4/10 R 2/10" is "knee pain l 4/10" and "knee pain r 2/10"."""
    written = plain(text)
    match = _scored_pattern(vocabulary).search(written)
    if match is None or {side_of(match[1], vocabulary), side_of(match[3], vocabulary)} != set(OTHER):
        return None
    before, after = written[: match.start()], written[match.end() :]
    return f"{before}{match[1]} {match[2]}{after}", f"{before}{match[3]} {match[4]}{after}"
