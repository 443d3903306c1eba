"""Phrases of the vocabulary: which one a text is, and the facts it stands for, its slots filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from stridewise.language.vocabulary import Alias, Vocabulary, fold
from stridewise.profile.phrases.slots import filled_in, is_pattern, may_stand_in, names_of, pattern_of
from stridewise.profile.phrases.text import plain


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the vocabulary as it was typed, and what stood in its slots."""

    alias: Alias
    slots: Mapping[str, str]

    def entries(self, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
        """The facts that it stands for. Raises ValueError where a slot holds what the kind does not take."""
        for template in self.alias.facts:
            kind = vocabulary.kind_of(template)
            types = {kind.name: kind.type} | {name: attribute.type for name, attribute in kind.attributes.items()}
            yield {name: filled_in(value, self.slots, types.get(name, kind.type)) for name, value in template.items()}


def phrase_of(text: str, vocabulary: Vocabulary, among: Sequence[Alias] | None = None) -> Phrase | None:
    """The phrase that a text is, case and spaces apart; None where it is none. A number is one word: "2 3" or "2-3" is none. Of
    the phrases with slots only those `among` are tried, all where none are given."""
    key = fold(text)
    if is_pattern(text):
        return None
    if key in vocabulary.aliases and not is_pattern(vocabulary.aliases[key].phrase):
        return Phrase(vocabulary.aliases[key], {})
    written = plain(text)
    for alias in possible_in(written, vocabulary) if among is None else among:
        pattern = pattern_of(alias.phrase, vocabulary)
        if match := pattern.regex.fullmatch(written):
            slots = pattern.filled(match)
            if all(slot not in vocabulary.terms or fold(words) in names_of(slot, vocabulary) for slot, words in slots.items()):
                return Phrase(alias, slots)
    return None


@lru_cache(maxsize=64)  # asked of a jotting, and of what is left of it
def possible_in(text: str, vocabulary: Vocabulary) -> list[Alias]:
    """The phrases with slots that a text, or what is left of it where something is taken away, may be."""
    return [alias for alias in _with_slots(vocabulary) if may_stand_in(text, alias.phrase)]


@lru_cache(maxsize=16)
def _with_slots(vocabulary: Vocabulary) -> tuple[Alias, ...]:
    """The phrases with slots, those that say most themselves first."""
    found = [alias for alias in vocabulary.aliases.values() if is_pattern(alias.phrase)]
    return tuple(sorted(found, key=lambda alias: (-len(alias.phrase.split()), alias.phrase)))
