"""Left, right, both: where a side stands in a jotting, and which side is the worse one."""

import re
from functools import lru_cache

from stridewise.language.vocabulary import BOTH, Vocabulary
from stridewise.profile.phrases.slots import ways_to_say
from stridewise.profile.phrases.text import words_pattern

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
