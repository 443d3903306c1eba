"""What a plan was made from, for renderings that pass the record on: the facts as they were recorded, with the words that name
them. Nothing is worked out here, so that a plan costs no more for it."""

from dataclasses import dataclass
from datetime import date

from stridewise.language.fact import Fact
from stridewise.language.vocabulary import Coding, Vocabulary


@dataclass(frozen=True, slots=True)
class OnRecord:
    """The facts of a profile, the vocabulary that they are told in, and the day of recording where it is known."""

    facts: tuple[Fact, ...] = ()
    vocabulary: Vocabulary | None = None
    day: date | None = None

    def codings(self, name: str, term: str) -> tuple[Coding, ...]:
        """The codes that packs give to a term of a list, or to a kind."""
        return () if self.vocabulary is None else self.vocabulary.codings.get(name, {}).get(term, ())


NOTHING = OnRecord()
