"""Whom a question concerns: what the vocabulary says of whom it is asked, so that nobody is asked what cannot be."""

from collections.abc import Iterable

from stridewise.inference.memory import WorkingMemory
from stridewise.language.condition_reader import ConditionReader
from stridewise.language.traits import Entry
from stridewise.language.vocabulary import Value, Vocabulary


class Concerns:
    """Answers for one runner."""

    def __init__(self, vocabulary: Vocabulary, memory: WorkingMemory) -> None:
        self.vocabulary = vocabulary
        self.memory = memory
        self.conditions = ConditionReader(vocabulary, {}, "")

    def kind(self, name: str) -> bool:
        """Could facts of this kind be true of this runner?"""
        traits = self.vocabulary.kinds[name].traits
        return self._allowed(traits.asked_if, traits.asked_unless)

    def term(self, kind: str, value: Value) -> bool:
        """Could it be said of this runner?"""
        term = self.vocabulary.term(kind, value)
        return term is None or self._allowed(term.traits.asked_if, term.traits.asked_unless)

    def _allowed(self, only_if: tuple[Entry, ...], unless: tuple[Entry, ...]) -> bool:
        return (not only_if or self._any_holds(only_if)) and not self._any_holds(unless)

    def _any_holds(self, entries: Iterable[Entry]) -> bool:
        return any(self.memory.has(self.conditions.read(entry), {}) for entry in entries)


def kinds_that_decide(vocabulary: Vocabulary) -> frozenset[str]:
    """The kinds that say whom a question concerns, such as the sex of the runner."""
    asked = [(kind.traits.asked_if, kind.traits.asked_unless) for kind in vocabulary.kinds.values()]
    said = [(term.traits.asked_if, term.traits.asked_unless) for terms in vocabulary.terms.values() for term in terms.values()]
    entries = (entry for only_if, unless in (*asked, *said) for entry in (*only_if, *unless))
    return frozenset(key for entry in entries for key in entry if key in vocabulary.kinds)
