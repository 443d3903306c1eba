"""What a jotting is about, its details taken away: a phrase of the vocabulary, or a term with the words of a kind around it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from stridewise.language.fact import read_facts
from stridewise.language.vocabulary import BOTH, Alias, Kind, Place, Value, Vocabulary, fold
from stridewise.profile.phrases.aliases import Phrase, phrase_of
from stridewise.profile.phrases.details import WORSE, Found
from stridewise.profile.phrases.sides import OTHER
from stridewise.profile.phrases.slots import names_of

Entry = str | dict[str, Any]
HERE = "{value}"  # in a kind's shorthand: where the term stands
WORSE_SIDE = "worse_side"  # the attribute that says it where a kind has no grades
FELT = "score"  # the unit of a number that belongs to one side


@dataclass(frozen=True, slots=True)
class Core:
    """What is said, in the notation of profiles; `phrase` where it is one of the vocabulary, as typed."""

    facts: tuple[dict[str, Any], ...]
    phrase: str = ""

    def entries(self, details: Sequence[Found], vocabulary: Vocabulary) -> list[Entry]:
        """The entries, every detail in each. Raises ValueError where one does not belong to what is said."""
        said = [self._with(fact, details, vocabulary) for fact in self.facts]
        kept = all(one.keys() >= fact.keys() for (one, _), fact in zip(said, self.facts, strict=True))
        same = all(more == said[0][1] for _, more in said)
        if self.phrase and kept and same and WORSE not in said[0][1]:
            return [{"alias": self.phrase, **one} if one else self.phrase for one in _each(said[0][1])]
        return [entry for fact, more in said for one in _each(more) for entry in _by_side(fact, one, vocabulary)]

    def _with(
        self, fact: dict[str, Any], details: Sequence[Found], vocabulary: Vocabulary
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The fact and what the details say of it; a fact that lies in the past is of the kind that records the past."""
        kind = vocabulary.kind_of(fact)
        past = vocabulary.kinds.get(kind.traits.past)
        if past is not None and any(detail.fits(past) < detail.fits(kind) for detail in details):
            over = {past.name if name == kind.name else name: value for name, value in fact.items()}
            return over, _said_of(past, over, details, vocabulary)
        return fact, _said_of(kind, fact, details, vocabulary)


def _said_of(kind: Kind, fact: dict[str, Any], details: Sequence[Found], vocabulary: Vocabulary) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for detail in details:
        for name, value in detail.attributes(kind, vocabulary).items():
            if name in said or name in fact:
                raise ValueError(f'"{kind.name}": {name.replace("_", " ")} is said twice')
            said[name] = value
    if WORSE not in said:
        for one in _each(said):
            read_facts(vocabulary, {**fact, **one}, Place("", 0))
    return said


def _each(said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One mapping for each item of a list among the values: "on stairs and squatting" are two facts."""
    several = next((name for name, value in said.items() if isinstance(value, list)), None)
    for item in said[several] if several else (None,):
        yield {**said, several: item} if several else dict(said)


def _by_side(fact: dict[str, Any], more: dict[str, Any], vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """One entry; for "L>R" one a side, the worse one of the grade that counts more, or one for both that names the worse side."""
    worse = more.pop(WORSE, "")
    kind = vocabulary.kind_of(fact)
    if not worse:
        yield {**fact, **more}
        return
    graded = next(((name, grade) for name in kind.attributes if (grade := _emphasis(kind, name, vocabulary))), None)
    if "side" in more or (graded and graded[0] in more) or any(_is_felt(kind, name) for name in more):
        raise ValueError("which side is worse and a side, a grade or a number stand together; write one entry for each side")
    if graded:
        name, grade = graded
        for side in OTHER:
            yield {**fact, **more, "side": side, name: grade if side == worse else kind.attributes[name].default}
    elif WORSE_SIDE in kind.attributes:
        yield {**fact, **more, "side": BOTH, WORSE_SIDE: worse}
    else:
        raise ValueError(f'"{kind.name}" has no worse side; write one entry for each side')


def _is_felt(kind: Kind, name: str) -> bool:
    return name in kind.attributes and kind.attributes[name].type.unit == FELT


def _emphasis(kind: Kind, name: str, vocabulary: Vocabulary) -> Value | None:
    """The term of an attribute's list that counts more."""
    attribute = kind.attributes[name]
    terms = vocabulary.terms.get(attribute.type.terms, {}).values()
    return next((term.name for term in terms if term.emphasis), None) if attribute.default is not None else None


# --- which there are ----------------------------------------------------------------------------------------------


def cores(words: str, vocabulary: Vocabulary, kinds: Sequence[str], among: Sequence[Alias] | None = None) -> Iterator[Core]:
    """What the words may say, the likeliest first. A term of a section's own `kinds` stands before a phrase that says another;
    `among` as `phrase_of` takes it."""
    phrase = phrase_of(words, vocabulary, among)
    if phrase is None or not any(vocabulary.kind_of(fact).name in kinds for fact in phrase.alias.facts):
        own = [vocabulary.kinds[name] for name in kinds if name in vocabulary.kinds]
        yield from _terms(_as_they_stand(words, own, vocabulary), vocabulary)
    if phrase is not None:
        yield _of_phrase(phrase, words, vocabulary)
    yield from _terms(_formed(words, vocabulary), vocabulary)


def _of_phrase(phrase: Phrase, words: str, vocabulary: Vocabulary) -> Core:
    return Core(tuple(phrase.entries(vocabulary)), words)


def _terms(guesses: Iterable[tuple[Kind, str]], vocabulary: Vocabulary) -> Iterator[Core]:
    for kind, words in guesses:
        term = term_of(vocabulary, kind, words)
        if term is not None and kind.name not in vocabulary.terms[kind.type.terms][term].traits.not_asked_as:
            yield Core(({kind.name: term},))


def _formed(words: str, vocabulary: Vocabulary) -> Iterator[tuple[Kind, str]]:
    """Kinds with the words that would be their term, by the words around it; then those whose terms may stand alone."""
    for kind, form in around(words.partition(" ")[0], vocabulary):
        yield from ((kind, inside) for inside in inside_of(words, form))
    yield from _as_they_stand(words.strip(), alone(vocabulary), vocabulary)


def _as_they_stand(words: str, kinds: Iterable[Kind], vocabulary: Vocabulary) -> list[tuple[Kind, str]]:
    """Each kind with the words as its term; none where they are a term of no kind, as most are."""
    return [] if _every_name(vocabulary).isdisjoint(_in_any_number(words)) else [(kind, words) for kind in kinds]


@lru_cache(maxsize=16)
def _every_name(vocabulary: Vocabulary) -> frozenset[str]:
    """Every way to say a term of any list, folded."""
    return frozenset(name for terms in vocabulary.terms for name in names_of(terms, vocabulary))


@lru_cache(maxsize=1024)  # asked for the few words that jottings begin with
def around(first: str, vocabulary: Vocabulary) -> list[tuple[Kind, str]]:
    """Kinds with the words that can stand around their terms in a text with this first word."""
    forms = [(kind, form) for kind in vocabulary.kinds.values() for form in kind.traits.shorthand if HERE in form]
    return [one for one in forms if one[1] != HERE and first.startswith(one[1].partition(HERE)[0].partition(" ")[0])]


@lru_cache(maxsize=16)
def alone(vocabulary: Vocabulary) -> list[Kind]:
    """The kinds whose terms may stand alone."""
    return [kind for kind in vocabulary.kinds.values() for form in kind.traits.shorthand if form == HERE]


def inside_of(words: str, form: str) -> list[str]:
    """The words that stand where a form has its {value}: one, or none where the form is not theirs."""
    before, _, after = form.partition(HERE)
    fits = words.startswith(before) and words.endswith(after) and len(words) > len(before) + len(after)
    return [words[len(before) : len(words) - len(after)].strip()] if fits else []


def term_of(vocabulary: Vocabulary, kind: Kind, words: str) -> str | None:
    """The term that the words name, in the singular or plural."""
    known = names_of(kind.type.terms, vocabulary)
    return next((known[form] for form in _in_any_number(words) if form in known), None)


@lru_cache(maxsize=1024)  # asked for the same words kind after kind
def _in_any_number(words: str) -> tuple[str, str, str]:
    """Words, folded, as they are and with an s less or more."""
    return fold(words), fold(words.removesuffix("s")), fold(f"{words}s")
