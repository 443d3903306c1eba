"""Manual strength: "MMT soleus L 4-/5", "glute med 4/5 left". A grade from 0 to 5 of a muscle; + and - are half a grade."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from stridewise.language.vocabulary import Kind, Vocabulary
from stridewise.profile.phrases.measures import sided
from stridewise.profile.phrases.sides import numbers_by_side, side_of, side_pattern
from stridewise.profile.phrases.text import plain

BEST_GRADE = 5
_GRADE = r"[0-5](?:\.5|[+-])?(?![0-9.])"
_OUT_OF_BEST = rf"(?<![0-9./]){_GRADE}\s*/\s*5(?![0-9/])"


def strength(text: str, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """The entry of a graded muscle. None where no grade is meant: it takes the name of the test, or a grade out of 5 of a muscle.
    Raises ValueError."""
    written = plain(text)
    for kind, part in _graded_kinds(vocabulary):
        names = "|".join(map(re.escape, kind.traits.shorthand))
        rest, named = re.subn(rf"(?<![a-z])(?:{names})(?![a-z])[:=]?", " ", written)
        if named or _is_of_a_muscle(written, kind, part, vocabulary):
            return _read(text, rest, kind, part, vocabulary)
    return None


@lru_cache(maxsize=16)
def _graded_kinds(vocabulary: Vocabulary) -> list[tuple[Kind, str]]:
    """The kinds that grade a part from 0 to 5 and have a short name, with the attribute that names the part."""
    graded = []
    for kind in vocabulary.kinds.values():
        parts = [name for name, attribute in kind.attributes.items() if attribute.type.terms and name != "side"]
        if kind.type.unit == "score" and kind.type.maximum == BEST_GRADE and kind.traits.shorthand and parts:
            graded.append((kind, parts[0]))
    return graded


def _is_of_a_muscle(text: str, kind: Kind, part: str, vocabulary: Vocabulary) -> bool:
    if not re.search(_OUT_OF_BEST, text):
        return False
    try:
        vocabulary.read(kind.attributes[part].type, _taken_apart(text, vocabulary)[1], part)
    except ValueError:
        return False
    return True


def _taken_apart(text: str, vocabulary: Vocabulary) -> tuple[list[tuple[str, str]], str]:
    """(side or nothing, grade) of each number, and the words that are left."""
    found, rest = numbers_by_side(text, _GRADE, r"(?:\s*/\s*5)?", vocabulary)
    grades = [(side, _half(grade)) for side, grade, _ in found]
    words = re.sub(r"[\s/,;:&]+", " ", rest).strip()
    if (
        len(grades) == 1 and not grades[0][0] and (elsewhere := re.search(side_pattern(vocabulary), words))
    ):  # "left glute med 4/5"
        grades = [(side_of(elsewhere[0], vocabulary), grades[0][1])]
        words = " ".join((words[: elsewhere.start()] + words[elsewhere.end() :]).split())
    return grades, words


def _read(text: str, rest: str, kind: Kind, part: str, vocabulary: Vocabulary) -> dict[str, Any]:
    grades, words = _taken_apart(rest, vocabulary)
    if not grades or re.search("[0-9]", words):
        raise ValueError(f'"{text}": expected a {part} and a grade from 0 to 5, such as "MMT soleus L 4-/5" or "MMT quads 4/5"')
    named = {part: vocabulary.read(kind.attributes[part].type, words, part)} if words else {}
    return sided(kind, text, grades, **named)


def _half(grade: str) -> str:
    """
    >>> _half("4-"), _half("4+"), _half("3")
    ('3.5', '4.5', '3')
    """
    step = {"+": Decimal("0.5"), "-": Decimal("-0.5")}.get(grade[-1], Decimal(0))
    return str(Decimal(grade.rstrip("+-")) + step)
