"""The language in which people are told things. Code and packs hold English; a language says for each English text what is said
instead, as a whole sentence, and by side or number where that decides. A text that has changed since has no translation: it
stays English and is counted, never told wrongly."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

from stridewise.documents.sentences import inside
from stridewise.documents.units import show

Said = str | Mapping[str, str]  # a sentence, or one for each side or plural form
BOTH_SIDES = "both"
NO_SIDE = "none"  # of what has no left and right
SIDE_FORMS = ("left", "right", BOTH_SIDES, NO_SIDE)
PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")
OTHER = "other"
PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Language:
    """What is said instead of each English text; `only` where it depends on the list that a term is of."""

    code: str = "en"
    texts: Mapping[str, Said] | None = None
    only: Mapping[str, Mapping[str, Said]] | None = None

    @property
    def is_english(self) -> bool:
        return self.texts is None

    def of(self, text: str, where: str = "") -> Said | None:
        """What is said instead of an English text, in a list of terms where that is named; None where nothing is."""
        special = (self.only or {}).get(where, {})
        return special.get(text) or (self.texts or {}).get(text)

    def plural_form(self, number: Decimal | int) -> str:
        """The plural form of a number by the language's own rules: one, few, other."""
        from babel import Locale

        return str(Locale.parse(self.code).plural_form(number))


def is_language(code: str) -> bool:
    """Is it the code of a language, whose rules for plurals and dates are known?"""
    from babel import Locale, UnknownLocaleError

    try:
        return bool(Locale.parse(code))
    except (ValueError, UnknownLocaleError):
        return False


ENGLISH = Language()
_in_force: ContextVar[Language] = ContextVar("language", default=ENGLISH)
_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


def language_in_force() -> Language:
    """The language of what is told now."""
    return _in_force.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """What is told within is told in this language."""
    before = _in_force.set(language)
    try:
        yield
    finally:
        _in_force.reset(before)


@contextmanager
def noting_english() -> Iterator[set[str]]:
    """The English texts that are told as they are within, because the language in force says nothing instead."""
    noted: set[str] = set()
    before = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(before)


def fixed(text: str) -> str:
    """An English text of the program that is told later: marks it for translators, and gives it back as it is."""
    return text


SPELT_OUT = {  # units that are words
    "years": fixed("{number} years"),
    "months": fixed("{number} months"),
    "weeks": fixed("{number} weeks"),
    "days": fixed("{number} days"),
}
YES, NO = fixed("yes"), fixed("no")


def say(text: str, where: str = "", /, **values: Any) -> str:
    """An English text in the language in force, `{placeholders}` filled; "" stays "". Where the language has a sentence for each
    side, the value that is a side decides. `where` names the list or kind that a word is of.

    >>> say("Start with the {side} side.", side="left")
    'Start with the left side.'
    """
    said = _instead(text, where) or text
    chosen = said if isinstance(said, str) else _by_side(said, values, text)
    return fill(chosen, {name: told(value) for name, value in values.items()}) if values else chosen


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every placeholder replaced."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], text)


def say_number(one: str, many: str, number: Decimal | int, /, **values: Any) -> str:
    """A text with `{number}`: `one` of exactly 1, else `many`, by which other languages know it.

    >>> say_number("{number} note", "{number} notes", 2)
    '2 notes'
    """
    said = _instead(many)
    if said is None:
        said = one if number == 1 else many
    elif not isinstance(said, str):
        said = said.get(language_in_force().plural_form(number)) or said[OTHER]
    return fill(said, {name: told(value) for name, value in {"number": number, **values}.items()})


def either(words: Iterable[str]) -> str:
    """The words as alternatives: barbell or machine; "" for none."""
    return joined(fixed("{one} or {other}"), words)


def all_of(words: Iterable[str]) -> str:
    """The words together: box and dumbbells; "" for none."""
    return joined(fixed("{one} and {other}"), words)


def joined(text: str, words: Iterable[str]) -> str:
    """The words in one, each put to those before it by a text with {one} and {other}; "" for none."""
    return reduce(lambda one, other: say(text, one=one, other=other), words) if (words := list(words)) else ""


def translated(text: str, where: str = "") -> Said:
    """What the language in force says instead of a text, unfilled; the text itself where it has nothing."""
    return _instead(text, where) or text


def _instead(text: str, where: str = "") -> Said | None:
    """What the language in force says instead of a text; that it says nothing is noted for whoever asked."""
    language = _in_force.get()
    if language.texts is None:  # English, the usual case, without a detour
        return None
    said = language.of(text, where)
    if said is None and text and (noted := _noted.get()) is not None:
        noted.add(text)
    return said


def told(value: Any) -> str:
    """A value in a sentence; a number with the decimal sign of the language."""
    return told_number(value) if isinstance(value, Decimal | int | float) else str(value)


def told_number(number: Decimal | int | float) -> str:
    """2.5, or 2,5 where the language writes it so."""
    shown = show(number if isinstance(number, Decimal) else Decimal(str(number)))
    if language_in_force().is_english or "." not in shown:
        return shown
    from babel.numbers import get_decimal_symbol

    return shown.replace(".", get_decimal_symbol(language_in_force().code))


def told_inside(title: str) -> str:
    """A told title inside a sentence; only English takes its capital away."""
    return inside(title) if language_in_force().is_english else title


def told_quantity(number: Decimal, unit: str) -> str:
    """A number with its unit: 6 weeks, 6 Wochen; 12 km."""
    if language_in_force().is_english:
        return show(number, unit)
    if unit in SPELT_OUT:
        return say_number(SPELT_OUT[unit].removesuffix("s"), SPELT_OUT[unit], number)
    return show(number, unit).replace(show(number), told_number(number), 1)


def _by_side(said: Mapping[str, str], values: Mapping[str, Any], text: str) -> str:
    side = next((value for value in values.values() if value in SIDE_FORMS), BOTH_SIDES)
    return said.get(side) or said.get(BOTH_SIDES) or text
