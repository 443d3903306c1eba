"""What a single text of a document says: a number, a word of the format, or the text as it looks."""

import re
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from stridewise.errors import UNPRINTABLE

MAX_DIGITS = 24
# YAML 1.2 core schema, decimal only: "yes", "off", 0o17 and 1:30 stay text.
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_AS_TEXT = re.compile(r"[-+]?0[0-9]+\Z|[0-9]{2,}[eE][0-9]+\Z")  # codes that look like numbers: 007, 12E4
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
# Spaces that look like one, and letters that cannot be seen: none of them is meant.
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    "|(?<=[ -~])[\u200c\u200d](?=[ -~])"
)
_CURLY = re.compile("[\u201c\u201e\u00ab](.*)[\u201d\u201c\u00bb]|[\u2018\u201a](.*)[\u2019\u2018]")


def folded(text: str) -> str:
    """The text as it looks: every space a space, nothing unseen, letters with their accents as one.

    >>> folded("weak\u00a0glu\u200btes"), len(folded("e\u0301"))
    ('weak glutes', 1)
    """
    if text.isascii():
        return text
    return normalize("NFC", _UNSEEN.sub("", _SPACES.sub(" ", text)))


def unquoted(text: str) -> str:
    """A text without the curly quotation marks around it: they are meant as straight ones."""
    curly = None if text.isascii() else _CURLY.fullmatch(text)
    return (curly[1] or curly[2] or "") if curly else text


def number(text: str) -> int | Decimal:
    """The exact number that `text` spells: int without a point or exponent, else Decimal. Raises ValueError."""
    try:
        value = Decimal(text)
    except ArithmeticError:  # an exponent beyond what decimals hold
        value = Decimal("inf")
    if len(text) > MAX_DIGITS or not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS:
        raise ValueError(f"the number {text[:20]}… is out of range; write at most {MAX_DIGITS} digits")
    return int(text) if _INTEGER.match(text) else value


def scalar(text: str, plain: bool) -> Any:
    if not plain or _AS_TEXT.match(text):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if DECIMAL.match(text):
        return number(text)
    if _NOT_FINITE.match(text):
        raise ValueError(f"{text} is not a number that can be used; write a finite number")
    return text


def check_text(value: Any) -> None:
    """Refuse what could steer a terminal, turn text around, or not be written at all. Raises ValueError."""
    if isinstance(value, str) and (unprintable := UNPRINTABLE.search(value)):
        raise ValueError(f"the text holds the character U+{ord(unprintable[0]):04X}, which cannot be shown; remove it")
