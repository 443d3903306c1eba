"""A jotting as it is compared: case, kinds of space, dash and quotation mark do not matter. Nothing is left out of it."""

import re
from functools import lru_cache

NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "≈": "~"})
# Nothing that a word or a number goes on with stands beside a match.
BEFORE, AFTER = r"(?<![\w/.'+-])", r"(?![\w/'+]|[.-]\w)"


def plain(text: str) -> str:
    """
    >>> plain("Runner’s  Knee (L)"), plain("?PFPS")
    ("runner's knee (l)", 'query pfps')
    """
    asked = re.sub(r"(^|\s)\?+\s*(?=\w)", r"\1query ", text)
    return " ".join(asked.translate(_SAME).casefold().split()).strip("\"'")


@lru_cache(maxsize=8_192)  # asked for the same words again and again
def words_pattern(words: str) -> str:
    """A pattern for words, whichever of space, hyphen and underscore stands between them."""
    return r"[ _-]?".join(re.escape(word) for word in re.split(r"[ _-]+", words.casefold()))
