"""The slots of a phrase: {n} a number, {time} a time, {LIST} a term of a list; what stands in them, and what it becomes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from stridewise.documents.units import plain as exact
from stridewise.language.vocabulary import NUMBER_HERE, TIME_HERE, Term, ValueType, Vocabulary, fold, slots_of
from stridewise.profile.phrases.text import NUMBER, words_pattern

YEAR = Decimal("365.25")
_DAYS = {
    "days": Decimal(1),
    "weeks": Decimal(7),
    "months": YEAR / 12,
    "years": YEAR,
    "h": 1 / Decimal(24),
    "min": 1 / Decimal(1440),
}
_UNITS = {
    "days": ("days", "day", "d"),
    "weeks": ("weeks", "week", "wks", "wk", "w"),
    "months": ("months", "month", "mths", "mth", "mo"),
    "years": ("years", "year", "yrs", "yr", "y"),
    "h": ("hours", "hour", "hrs", "hr"),
    "min": ("minutes", "minute", "mins", "min"),
}
_OF = {"7": "days", "52": "weeks", "12": "months"}  # "6/52" is six weeks
_SPELT = {word: unit for unit, words in _UNITS.items() for word in words}
_TIME = re.compile(rf"({NUMBER})\s*(?:/\s*({'|'.join(_OF)})|-?\s*({'|'.join(sorted(_SPELT, key=len, reverse=True))}))")
_TIME_TEXT = _TIME.pattern.replace("(", "(?:").replace("(?:?:", "(?:")
_BETWEEN = r"[\s_-]+"  # words: one is as good as another
_WHOLE_FROM = Decimal(10)  # nobody means tenths of a week there


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase as a regular expression; its groups are the slots in their order."""

    regex: re.Pattern[str]
    slots: tuple[str, ...]

    def filled(self, match: re.Match[str]) -> dict[str, str]:
        """What stands in each slot of a match; {tasks2} is the second {tasks}."""
        filled: dict[str, str] = {}
        for index, slot in enumerate(self.slots):
            filled[f"{slot}2" if slot in filled else slot] = match[f"s{index}"]
        return filled


@lru_cache(maxsize=4096)
def pattern_of(phrase: str, vocabulary: Vocabulary, around: tuple[str, str] = ("", "")) -> Pattern:
    """The pattern of a phrase; `around` stands before and behind it. Without these a slot for a term takes any words: whoever
    matches a whole text looks them up."""
    slots = tuple(slots_of(phrase))
    text, index = "", 0
    for part in re.split(r"(\{[a-z_]+\}|\[[^\]]*\]|\([^)]*\))", phrase.casefold()):
        if part.startswith("{"):
            text += rf"(?P<s{index}>{_within(part[1:-1], vocabulary) if any(around) else _any_of(part[1:-1])})\s*"
            index += 1
        elif part.startswith("["):
            text += rf"(?:(?:{_choice(part)})\s*)?"
        elif part.startswith("("):
            text += rf"(?:{_choice(part)})\s*"
        else:
            text += "".join(rf"{words_pattern(word)}\s*" for word in part.split())
    return Pattern(re.compile(f"{around[0]}{text}{around[1]}"), slots)


def may_stand_in(text: str, phrase: str) -> bool:
    """Are all words of a phrase in a text? Looking for them is much quicker than its pattern."""
    for words in _needed(phrase):
        for word in words:
            if word in text:
                break
        else:
            return False
    return True


@lru_cache(maxsize=4096)
def _needed(phrase: str) -> list[list[str]]:
    """The words without which a phrase cannot stand in a text, long ones first; of some one is enough."""
    fixed = re.sub(r"\{[^}]*\}|\[[^\]]*\]", " ", phrase.casefold())
    choices = [[_longest(either) for either in part[1:-1].split("|")] for part in re.findall(r"\([^)]*\)", fixed)]
    words = sorted(re.split(_BETWEEN, re.sub(r"\([^)]*\)", " ", fixed)), key=len, reverse=True)
    return [*([word] for word in words), *choices]


def _longest(words: str) -> str:
    return max(re.split(_BETWEEN, words), key=len)


def _choice(part: str) -> str:
    return "|".join(r"\s*".join(map(words_pattern, words.split())) for words in part[1:-1].split("|"))


def is_pattern(phrase: str) -> bool:
    """Does a phrase say more than its own words: by {slots}, [words] that may stand there, (one|of these)?"""
    return any(sign in phrase for sign in "{[(")


def written_out(phrase: str, slots: Mapping[str, str]) -> str:
    """A phrase as somebody could type it: the first of its words to choose from, an example in each slot.

    >>> written_out("[pain] in (left|the) {part}", {"part": "knee"})
    'pain in left knee'
    """
    chosen = re.sub(r"[\[(]([^|\])]*)[^\])]*[\])]", r"\1", phrase)
    return re.sub(r"\{([a-z_]+)\}", lambda slot: slots[slot[1]], chosen)


def _any_of(slot: str) -> str:
    """What may stand in a slot of a whole text: words, where it asks for a term."""
    return NUMBER if slot == NUMBER_HERE else _TIME_TEXT if slot == TIME_HERE else r"[a-z0-9][a-z0-9 '&./-]*?"


@lru_cache(maxsize=256)
def _within(slot: str, vocabulary: Vocabulary) -> str:
    """What may stand in a slot within a text."""
    if slot in (NUMBER_HERE, TIME_HERE):
        return _any_of(slot)
    ways = {way for term in vocabulary.terms.get(slot, {}).values() for way in ways_to_say(term)}
    return "|".join(words_pattern(way) for way in sorted(ways, key=lambda way: (-len(way), way))) or r"(?!)"


@lru_cache(maxsize=256)
def names_of(terms: str, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Every way to say a term of a list, folded, with the term; the first of the list has it."""
    known: dict[str, str] = {}
    for term in vocabulary.terms.get(terms, {}).values():
        for way in (*ways_to_say(term), *term.renamed_from):
            known.setdefault(fold(way), term.name)
    return known


def ways_to_say(term: Term) -> tuple[str, ...]:
    """Its name, its label and the other ways."""
    return (term.name, term.label, *term.aliases)


def filled_in(value: Any, slots: Mapping[str, str], type_: ValueType) -> Any:
    """A value of a template with what stood in the slots; a time is given in the unit of the type. Raises ValueError."""
    if not isinstance(value, str) or "{" not in value:
        return value
    if value == f"{{{TIME_HERE}}}":
        return in_unit(slots[TIME_HERE], type_.unit)
    if value == f"{{{NUMBER_HERE}}}":
        return exact(Decimal(slots[NUMBER_HERE]))
    for slot, written in slots.items():
        value = value.replace(f"{{{slot}}}", written)
    return value


def in_unit(time: str, unit: str) -> Decimal:
    """A time in a unit, for people: whole from ten on, else to one decimal. Raises ValueError where the unit is none of time.

    >>> in_unit("2 years", "months"), in_unit("6/52", "weeks"), in_unit("2 days", "weeks")
    (Decimal('24'), Decimal('6'), Decimal('0.3'))
    """
    match = _TIME.fullmatch(time)
    if match is None or unit not in _DAYS:
        raise ValueError(f'"{time}" is no time in {unit or "words"}')
    amount, own = Decimal(match[1]), _OF.get(match[2] or "") or _SPELT[match[3]]
    if own == unit:
        return exact(amount)
    converted = amount * _DAYS[own] / _DAYS[unit]
    return exact(converted.quantize(Decimal(1) if converted >= _WHOLE_FROM else Decimal("0.1"), ROUND_HALF_UP))
