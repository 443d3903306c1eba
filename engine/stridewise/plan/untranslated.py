"""A plan of which a language does not say everything says so itself, once: how many of its texts are English."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from stridewise.language.translation import PLACEHOLDER, language_in_force, say_number
from stridewise.plan.audit.told import is_told
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values


def saying_what_is_english(plan: Plan, texts: Iterable[str]) -> Plan:
    """The plan, with a notice where some of these English texts stand in it; headings are not counted."""
    whole = "\n".join(_texts(to_values(plan)))
    number = sum(_stands_in(text, whole) for text in texts)
    return replace(plan, notices=(*plan.notices, _notice(number))) if number else plan


def _notice(number: int) -> str:
    return say_number(
        "{number} text of this plan is told in English, not counting headings: this language has nothing for it yet. "
        "recommend pack check --lang {code} --level info, with the same packs, lists all such texts.",
        "{number} texts of this plan are told in English, not counting headings: this language has nothing for them yet. "
        "recommend pack check --lang {code} --level info, with the same packs, lists all such texts.",
        number,
        code=language_in_force().code,
    )


def _stands_in(text: str, whole: str) -> bool:
    """Is it there, with its placeholders filled? What holds no word is the same in every language."""
    pieces = PLACEHOLDER.split(text)[::2]
    has_words = any(map(str.isalpha, "".join(pieces)))
    return has_words and re.search(rf"(?<!\w){'.+?'.join(map(re.escape, pieces))}(?!\w)", whole) is not None


def _texts(value: Any, at: str = "", is_text: bool = False) -> Iterator[str]:
    """What a plan tells people, without its ids and dates."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{at}.{key}", is_told(key, at))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, at, is_text)
    elif is_text and isinstance(value, str):
        yield value
