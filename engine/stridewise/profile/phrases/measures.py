"""Tests with numbers: "HR L 22 / R 14", "KTW 7/10 cm", "calf raises left 8, right 15". What a test is called, its kind says."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from stridewise.language.vocabulary import Kind, Vocabulary
from stridewise.profile.phrases.sides import OTHER, numbers_by_side, side_pattern
from stridewise.profile.phrases.text import AFTER, BEFORE, NUMBER, plain, words_pattern

_SPELLINGS = {"s": ("sec", "secs", "seconds", "second"), "min": ("mins", "minutes"), "degrees": ("deg", "°")}
_UNITS = {word: unit for unit, words in _SPELLINGS.items() for word in words}
_COUNTED = r"(?<![a-z])(?:reps?|times|x)(?![a-z])"  # says nothing behind a count


def measure(text: str, vocabulary: Vocabulary) -> dict[str, Any] | None:
    """The entry of a test with one number, or one for each side. None where no test is named. Raises ValueError."""
    written = plain(text)
    if not re.search("[0-9]", written):
        return None
    for name, kind in _names(vocabulary):
        match = name.search(written)
        rest = f"{written[: match.start()]} {written[match.end() :]}" if match else ""
        if match and re.search("[0-9]", rest):
            return sided(kind, text, list(_amounts(rest, text, kind, vocabulary)))
    return None


@lru_cache(maxsize=16)
def _names(vocabulary: Vocabulary) -> list[tuple[re.Pattern[str], Kind]]:
    """How each name stands before its number."""
    names = test_names(vocabulary)
    return [(re.compile(rf"{BEFORE}{words_pattern(name)}s?(?![a-z]|[.-]\w)\s*[:=]?"), kind) for name, kind in names]


def test_named(text: str, vocabulary: Vocabulary) -> Kind | None:
    """The test that a text begins with."""
    return next((kind for name, kind in test_names(vocabulary) if re.match(rf"{words_pattern(name)}{AFTER}", plain(text))), None)


@lru_cache(maxsize=16)
def test_names(vocabulary: Vocabulary) -> list[tuple[str, Kind]]:
    """Every way to name a measure, the longest first."""
    measures = {name: kind for name, kind in vocabulary.kinds.items() if kind.type.is_number and kind.mode == "open"}
    names = {name: kind for kind in measures.values() for name in kind.traits.shorthand}
    for name, kind in measures.items():
        names |= {name: kind, name.replace("_", " "): kind}
    return sorted(names.items(), key=lambda item: (-len(item[0]), item[0]))


def _amounts(text: str, written: str, kind: Kind, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """(side or nothing, amount with its unit) of each number. Raises ValueError where anything else is written."""
    side = side_pattern(vocabulary)
    unit = rf"(?:\s*(?!(?:{side}|and(?![a-z])))(?:[a-z%]+|°))?"
    found, rest = numbers_by_side(re.sub(_says_nothing(kind), " ", text), NUMBER, unit, vocabulary)
    if not found or re.sub(r"[\s/,;&]|and|vs", "", rest):
        raise ValueError(f'"{written}": expected {how_written(kind)}')
    for of_side, number, own in found:
        yield of_side, f"{number} {_unit(own) or _unit(found[-1][2])}".strip()


def _says_nothing(kind: Kind) -> str:
    """What may stand behind the number of a test: the most that a score can be, the word for a count."""
    if kind.type.unit == "score" and kind.type.maximum is not None:
        return rf"/\s*{kind.type.maximum}(?![0-9])"
    return _COUNTED if kind.type.unit == "count" else "(?!)"


def _unit(written: str) -> str:
    return _UNITS.get(written.strip(), written.strip())


def how_written(kind: Kind) -> str:
    """What to write for a measure, with its usual short name."""
    name = kind.traits.shorthand[0].upper() if kind.traits.shorthand else kind.name
    unit = "" if kind.type.unit in ("count", "score") else f" {kind.type.unit}"
    sides = f' or "{name} L 8 / R 10{unit}"' if "side" in kind.attributes else ""
    return f'a number{" of" if unit else ""}{unit}, such as "{name} 8{unit}"{sides}'


def sided(kind: Kind, written: str, amounts: list[tuple[str, str]], **more: Any) -> dict[str, Any]:
    """One entry for one number, a side map for two; two numbers without sides are left and right."""
    sides = [side for side, _ in amounts]
    values = [_plain(amount) for _, amount in amounts]
    if len(amounts) == 1:
        return {kind.name: values[0], **({"side": sides[0]} if sides[0] else {}), **more}
    sides = list(OTHER) if sides == ["", ""] else sides
    if sorted(sides) != sorted(OTHER) or "side" not in kind.attributes:
        raise ValueError(f'"{written}": expected {how_written(kind)}')
    return {kind.name: dict(sorted(zip(sides, values, strict=True))), **more}


def _plain(amount: str) -> Any:
    return Decimal(amount) if re.fullmatch(NUMBER, amount) and len(amount) <= 20 else amount
