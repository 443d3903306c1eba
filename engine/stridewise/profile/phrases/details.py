"""Details of a jotting: sides, numbers, tasks and times beside what it is about, found where they stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stridewise.language.vocabulary import Kind, Vocabulary
from stridewise.profile.phrases.sides import side_of, side_pattern, worse_pattern, worse_side
from stridewise.profile.phrases.slots import filled_in, may_stand_in, pattern_of
from stridewise.profile.phrases.text import AFTER, BEFORE

WORSE = ">"  # in the attributes of a detail: the side that is worse, both being affected


@dataclass(frozen=True, slots=True)
class Found:
    """A detail where it stands in a text. `says` are the ways to understand it, the first that a kind takes counts;
    a list stands for as many facts."""

    start: int
    end: int
    words: str
    says: tuple[Mapping[str, Any], ...]
    slots: Mapping[str, str]

    def fits(self, kind: Kind) -> int:
        """How many ways to understand it come before the one that a kind takes."""
        ways = (index for index, way in enumerate(self.says) if all(name in kind.attributes or name == WORSE for name in way))
        return next(ways, len(self.says))

    def attributes(self, kind: Kind, vocabulary: Vocabulary) -> dict[str, Any]:
        """What it says of a fact of this kind. Raises ValueError where the kind has no such thing."""
        if (first := self.fits(kind)) == len(self.says):
            known = ", ".join(name.replace("_", " ") for name in kind.attributes) or "nothing more"
            raise ValueError(f'"{kind.name}" takes no {next(iter(self.says[0])).replace("_", " ")}; it takes {known}')
        return {name: self._value(name, value, kind, vocabulary) for name, value in self.says[first].items()}

    def _value(self, name: str, value: Any, kind: Kind, vocabulary: Vocabulary) -> Any:
        if name == WORSE:
            return value
        type_ = kind.attributes[name].type
        given = [filled_in(one, self.slots, type_) for one in (value if isinstance(value, tuple) else [value])]
        for one in given:
            vocabulary.read(type_, one, name)
        return given if isinstance(value, tuple) else given[0]


def details_in(text: str, vocabulary: Vocabulary) -> list[Found]:
    """Every detail in a text, in the order of their places; they may overlap."""
    found = [*_sides(text, vocabulary), *_of_the_vocabulary(text, vocabulary)]
    return sorted(found, key=lambda one: (one.start, -one.end))


def _sides(text: str, vocabulary: Vocabulary) -> Iterator[Found]:
    for match in worse_pattern(vocabulary).finditer(text):
        if worse := worse_side(match, vocabulary):
            yield Found(match.start(), match.end(), match[0], ({WORSE: worse},), {})
    for match in re.finditer(rf"(?<![\w/'>-])\(?({side_pattern(vocabulary)})\)?(?![\w/'>-])", text):
        yield Found(match.start(), match.end(), match[0], ({"side": side_of(match[1], vocabulary)},), {})


def _of_the_vocabulary(text: str, vocabulary: Vocabulary) -> Iterator[Found]:
    for detail in vocabulary.details.values():
        if not may_stand_in(text, detail.phrase):
            continue
        pattern = pattern_of(detail.phrase, vocabulary, (BEFORE, AFTER))
        for match in pattern.regex.finditer(text):
            if match[0].strip():
                yield Found(match.start(), match.end(), match[0].strip(), detail.says, pattern.filled(match))
