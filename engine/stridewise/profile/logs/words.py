"""The words of exports: read once from `words.yaml`, and looked up whatever their case, accents and punctuation."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stridewise.documents.reader import read_document
from stridewise.errors import InferenceError

FILE = Path(__file__).with_name("words.yaml")
_PREFIXES = ("com samsung health exercise ", "hkworkoutactivitytype ", "hk workout activity type ")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Maker:
    """Whose export it is. `distance` are the units it may be in, `duration` that of a bare number; `utc` where its clock is."""

    name: str
    distance: tuple[str, ...] = ("km", "mi", "m")
    duration: str = ""
    utc: bool = False


ANYBODY = Maker("a table")


def fold(word: str) -> str:
    """A word without case, accents and punctuation.

    >>> fold("Temps écoulé"), fold("TrailRun"), fold("Distance (km)"), fold("com.samsung.health.exercise.duration")
    ('temps ecoule', 'trail run', 'distance km', 'duration')
    """
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", word.strip()))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    folded = _SIGNS.sub(" ", plain).strip()
    for prefix in _PREFIXES:
        folded = folded.removeprefix(prefix)
    return folded


@cache
def table() -> Mapping[str, Any]:
    """The file as it stands."""
    root: Mapping[str, Any] = read_document(FILE, FILE.name, InferenceError).root
    return root


def _flat(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
        return
    for item in words.values() if isinstance(words, Mapping) else words:
        yield from _flat(item)


@cache
def names(section: str, meaning: str = "") -> tuple[str, ...]:
    """The folded words of a section, or of one meaning in it, in their order."""
    words = table()[section]
    return tuple(dict.fromkeys(map(fold, _flat(words[meaning] if meaning else words))))


@cache
def by_word(section: str) -> Mapping[str, str]:
    """Folded word → its meaning in a section."""
    return {word: meaning for meaning in reversed(list(table()[section])) for word in names(section, meaning)}


@cache
def foreign(meaning: str) -> frozenset[str]:
    """The folded names of a column that only a language of metric countries has."""
    languages = table()["columns"][meaning]
    metric = {fold(word) for name in table()["metric_languages"] for word in languages.get(name, ())}
    return frozenset(metric - set(map(fold, languages["en"])))


_CLOCK = re.compile(r"(.+?) (?:h{1,2} mm|(h{1,2}|m{1,2})(?: mm)? ss)")  # time (h:mm), (hh:mm:ss), (mm:ss)


def unit_in(header: str) -> tuple[str, str]:
    """A folded header without its unit, and the unit; what is nothing but a unit is kept. Of a clock it is "mm:ss", "h:mm" or "".

    >>> unit_in("distance km"), unit_in("workout time seconds"), unit_in("miles"), unit_in("distanz in km")
    (('distance', 'km'), ('workout time', 's'), ('miles', 'mi'), ('distanz', 'km'))
    """
    if match := _CLOCK.fullmatch(header):
        return match[1], "h:mm" if match[2] is None else "mm:ss" if match[2].startswith("m") else ""
    *before, last = header.split() or [""]
    unit = by_word("units").get(last, "")
    if unit and before and before[-1] == "in":
        before = before[:-1]
    return (" ".join(before) or header, unit) if unit else (header, "")


def maker_of(headers: Iterable[str]) -> Maker:
    """Whose export has these folded headers."""
    stand = {word for header in headers for word in (header, unit_in(header)[0])}
    for maker in table()["makers"]:
        if stand.intersection(map(fold, maker["marks"])):
            return Maker(maker["name"], tuple(maker["distance"]), maker.get("duration", ""), maker.get("utc", False))
    return ANYBODY
