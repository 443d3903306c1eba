"""The pieces that every FHIR resource is made of: identities, references, concepts in words, and what may not be empty."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from stridewise.errors import spelt_out
from stridewise.language.translation import ENGLISH
from stridewise.language.vocabulary import Coding
from stridewise.plan.model import Because, Plan
from stridewise.plan.on_record import NOTHING, OnRecord
from stridewise.render.plan_words import grade, spoken_sources

Json = dict[str, Any]
OWN = uuid.UUID("6f2d5a1e-8c2b-5b0e-9d55-2f6a3f0c7b41")  # all identities are made within it: a new one would be a new world
URN = "urn:ietf:rfc:3986"  # an identifier that is an address itself


@dataclass
class Making:
    """One bundle in the making: the plan, and whom it is about as the receiving system calls them. The same runner, day and item
    always get the same identity, so that a plan made again takes the place of the first."""

    plan: Plan
    subject: Json
    held: list[Json] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)

    @property
    def record(self) -> OnRecord:
        """What the plan was made from."""
        return self.plan.on_record or NOTHING

    def add(self, kind: str, key: str, **said: Any) -> Json:
        """A resource with its identity; a reference to it comes back."""
        name = f"{self.plan.runner}\0{self.plan.as_of}\0{kind}\0{key}"
        self.given[name] += 1
        own = uuid.uuid5(OWN, f"{name}\0{self.given[name]}")
        head = {"resourceType": kind, "id": str(own), "language": self.plan.language or ENGLISH.code}
        self.held.append({"fullUrl": own.urn, "resource": head | said})
        return {"reference": own.urn}

    def coded(self, name: str, term: str, text: str) -> Json:
        """A term in words, with the codes that packs give to it."""
        return concept(text, self.record.codings(name, term))


def identifier(key: str) -> list[Json]:
    """What a receiving system finds a resource again by."""
    return [{"system": URN, "value": uuid.uuid5(OWN, key).urn}]


def concept(text: str, codings: Iterable[Coding] = ()) -> Json:
    """Something in words."""
    coding = [{"system": one.system, "code": one.code, "display": one.display} for one in codings]
    return {"coding": coding, "text": text}


def reasons(because: Sequence[Because]) -> list[Json]:
    """Why, each with its rule, how firm it is, and its sources."""
    return list(map(concept, spoken_reasons(because)))


def spoken_reasons(because: Sequence[Because]) -> list[str]:
    """The same as texts."""
    return [f"{one.text} [{'; '.join(filter(None, [one.rule, grade(one), spoken_sources(one)]))}]" for one in because]


def lines(texts: Iterable[str]) -> str:
    """Each text on a line of its own, once."""
    return "\n".join(dict.fromkeys(filter(None, texts)))


def cleaned(value: Any) -> Any:
    """JSON values without what is empty, which FHIR allows nowhere, and without signs that it does not allow in a text."""
    if isinstance(value, str):
        return spelt_out(value).strip()
    if isinstance(value, dict):
        pairs = ((key, cleaned(item)) for key, item in value.items())
        return {key: item for key, item in pairs if not _is_empty(item)}
    return [item for item in map(cleaned, value) if not _is_empty(item)] if isinstance(value, list) else value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
