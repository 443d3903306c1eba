"""The words a profile and a rule may use: kinds of fact, their terms, units and sides, and the phrases that stand for them.

Several packs add to one vocabulary. A kind is open (not listed = not tested), closed (false where the list was given),
computed (from the fixed sections of a profile) or derived (only concluded by rules)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from stridewise.documents.sentences import as_found
from stridewise.documents.shape import yes_or_no
from stridewise.documents.units import quantity, show
from stridewise.errors import did_you_mean, nearest
from stridewise.language.traits import Direction, KindTraits, MeasurementError, TermTraits
from stridewise.language.translation import NO, YES, say, told_quantity

Value = str | Decimal
BOTH = "both"
SIDES = frozenset({"left", "right"})
MODES = ("open", "closed", "computed", "derived")
CONSEQUENTS = ("conclude", "target", "prescribe", "avoid", "warn", "adjust", "refer")
NUMBER_HERE, TIME_HERE = "n", "time"  # in a phrase: {n} is a number, {time} a time such as "6 weeks", {LIST} a term of a list
KINDS = "kinds"  # in place of a list: the kinds themselves
KEYWORDS = frozenset({"absent", "any_of", "at_least", "of", "alias", *CONSEQUENTS})
_SLOT = re.compile(r"\{([a-z_]+)\}")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+")
_CODE = re.compile(r"\S+(?: \S+)*")
_BETWEEN_WORDS = str.maketrans("", "", " _-\t\n\r")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a term list. `negative` records "tested and normal", `emphasis` that what is so graded counts more;
    `demands` are what loads a pain region. Old names of it, `renamed_from`, are still read."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    negative: bool = False
    demands: tuple[str, ...] = ()
    note: str = ""
    emphasis: bool = False
    traits: TermTraits = TermTraits()
    renamed_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueType:
    """What a value may be: a term of the list `terms`, a number of `unit`, yes or no, or free text."""

    terms: str = ""
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    text: bool = False

    @property
    def is_number(self) -> bool:
        return bool(self.unit)

    def describe(self) -> str:
        if self.is_number:
            return f"number ({self.unit})"
        return "text" if self.text else f"term of {self.terms}" if self.terms else "yes or no"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A further property of a fact, with the value assumed where none is given. `label` is what it is called, `question` how one
    asks for it, `mastered` the value that says a skill is owned."""

    name: str
    type: ValueType
    default: Value | None = None
    label: str = ""
    question: str = ""
    mastered: Value | None = None
    better: Direction | None = None
    error: MeasurementError | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact. `mode` is one of open, closed, computed, derived; `demands` are what its test asks of the body."""

    name: str
    label: str
    type: ValueType
    attributes: Mapping[str, Attribute]
    mode: str
    question: str
    place: Place
    traits: KindTraits = KindTraits()
    demands: Mapping[str, int] = field(default_factory=dict)

    def telling(self, value: str) -> str:
        """A fact of the kind, its value in words: "single-leg heel raises: 12"."""
        return say(self.label, self.name).replace("{value}", value)

    @property
    def spoken(self) -> str:
        """What a test is called: its label without the value, as "single-leg heel raises"."""
        return " ".join(
            say(self.label, self.name).replace("{value}", "").replace(" out of 10", "").replace(" of 5", "").split()
        ).strip(" :,")


@dataclass(frozen=True, slots=True)
class Alias:
    """A phrase such as "race in {n} weeks" and the facts it stands for, as written in the pack."""

    phrase: str
    facts: tuple[Mapping[str, Any], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Detail:
    """Words that say an attribute wherever they stand in a jotting: "{n}/10" is an intensity. Of `says` the first that fits the
    kind counts."""

    phrase: str
    says: tuple[Mapping[str, Any], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Coding:
    """What a term or kind is in a list of codes that others keep: the address that names the list, the code, its name there."""

    system: str
    code: str
    display: str = ""

    def __post_init__(self) -> None:
        if not _URI.fullmatch(self.system):
            expected = "the address that names a list of codes, as http://loinc.org"
            raise ValueError(f'system: expected {expected}, found "{self.system}"')
        if not _CODE.fullmatch(self.code):
            raise ValueError(f'code: expected a code without spaces around it, found "{self.code}"')


@dataclass(slots=True)
class Vocabulary:
    """All kinds, term lists and aliases of the loaded packs; what details of a jotting mean, which of its words say nothing
    (`fillers`), which say that something is not there (`negations`), what to write instead of a phrase that may mean several
    things (`unclear`), and the codes that packs give to terms, by list and term (`codings`)."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    terms: dict[str, dict[str, Term]] = field(default_factory=dict)
    aliases: dict[str, Alias] = field(default_factory=dict)
    details: dict[str, Detail] = field(default_factory=dict)
    unclear: dict[str, tuple[str, str]] = field(default_factory=dict)  # folded: the phrase, the advice
    fillers: dict[str, str] = field(default_factory=dict)
    negations: dict[str, str] = field(default_factory=dict)
    codings: dict[str, dict[str, tuple[Coding, ...]]] = field(default_factory=dict)

    def __hash__(self) -> int:
        """What is worked out of a vocabulary is kept with this very one."""
        return id(self)

    def kind_of(self, entry: Mapping[str, Any], keywords: Iterable[str] = ()) -> Kind:
        """The one kind among the keys of `entry`. Raises ValueError where there is none or more than one."""
        kinds = [key for key in entry if key in self.kinds]
        if len(kinds) == 1:
            return self.kinds[kinds[0]]
        if kinds:
            raise ValueError(f"holds {len(kinds)} kinds ({', '.join(sorted(kinds))}); write one fact an entry")
        keys = ", ".join(f'"{key}"' for key in entry) or "nothing"
        hints = [did_you_mean(key, [*self.kinds, *keywords]) for key in entry]
        raise ValueError(f"names no known kind of fact, found {keys}.{next(filter(None, hints), '')}")

    def read(self, type_: ValueType, written: Any, name: str) -> Value:
        """`written` as a value of this type, named `name` in messages. Raises ValueError with the nearest valid value."""
        if type_.is_number:
            return self._number(type_, written, name)
        if type_.text:
            return _text(written, name)
        if not type_.terms:
            return _yes_no(written, name)
        return self._term(type_.terms, written, name)

    def _number(self, type_: ValueType, written: Any, name: str) -> Decimal:
        try:
            number = quantity(written, type_.unit)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
        too_small = type_.minimum is not None and number < type_.minimum
        if too_small or (type_.maximum is not None and number > type_.maximum):
            limits = f"{_bound(type_.minimum, 'any')} to {_bound(type_.maximum, 'any')} {type_.unit}"
            raise ValueError(f"{name} {show(number)} is outside {limits}; check the number and its unit")
        return number

    def _term(self, list_name: str, written: Any, name: str) -> str:
        terms = self.terms.get(list_name, {})
        if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
            raise ValueError(f"{name}: expected a term of {list_name}, found {as_found(written)}")
        word = str(written)
        if word in terms:
            return word
        key = fold(word)
        for term in terms.values():
            if key in (fold(term.name), fold(term.label), *map(fold, (*term.aliases, *term.renamed_from))):
                return term.name
        known = [*terms, *(alias for term in terms.values() for alias in term.aliases)]
        hint = did_you_mean(word, known) or _choices(terms)
        raise ValueError(f'unknown {name} "{word[:60]}".{hint}')

    def suggestion(self, list_name: str, word: str) -> str:
        """What to write where only the name of a term will do, as a sentence to append: the term that the word says otherwise, or
        the one with the nearest word; else the whole list where it is short."""
        terms = self.terms.get(list_name, {})
        says = {said: term.name for term in terms.values() for said in (term.name, term.label, *term.aliases)}
        same = next((name for said, name in says.items() if fold(said) == fold(word)), None)
        meant = same or says.get(nearest(word, says) or "")
        return f' Did you mean "{meant}"?' if meant else _choices(terms)

    @lru_cache(maxsize=16)  # noqa: B019  # asked when the words are all read; a process has few vocabularies
    def old_names(self) -> dict[str, str]:
        """Old names of terms, folded, with the names of today; without those that say something else today."""
        terms = [term for listed in self.terms.values() for term in listed.values()]
        old = {fold(name): term.name for term in terms for name in term.renamed_from}
        today = {fold(name) for term in terms for name in (term.name, term.label, *term.aliases)} if old else set()
        return {name: term for name, term in old.items() if name not in today}

    def term(self, kind: str, value: Value) -> Term | None:
        """The term that is this value of a kind; None for a number or a text."""
        return self.terms.get(self.kinds[kind].type.terms, {}).get(str(value))

    def is_safety(self, kind: str, value: Value) -> bool:
        """May no question offer to change a fact of this kind and value?"""
        term = self.term(kind, value)
        return self.kinds[kind].traits.safety or (term is not None and term.traits.safety)

    def is_negative(self, type_: ValueType, value: Value) -> bool:
        term = self.terms.get(type_.terms, {}).get(str(value)) if type_.terms else None
        return term is not None and term.negative

    def show_value(self, type_: ValueType, value: Value) -> str:
        """The value for a reader: a term's label, a number with its unit."""
        if isinstance(value, Decimal):
            return told_quantity(value, type_.unit)
        return self.label(type_.terms, value) if type_.terms else say(value) if value in (YES, NO) else value

    def label(self, list_name: str, name: str) -> str:
        """A term of a list as it is told; its name where the list has no such term."""
        term = self.terms.get(list_name, {}).get(name)
        return say(term.label, list_name) if term else name


def _bound(limit: Decimal | None, none: str) -> str:
    return none if limit is None else show(limit)


def _choices(terms: Mapping[str, Term]) -> str:
    return f" Known: {', '.join(terms)}." if 0 < len(terms) <= 12 else ""


def _yes_no(written: Any, name: str) -> str:
    answer = yes_or_no(written)
    if answer is None:
        raise ValueError(f"{name}: expected yes or no, found {as_found(written)}")
    return "yes" if answer else "no"


def _text(written: Any, name: str) -> str:
    if isinstance(written, list | dict) or written is None or len(str(written)) > 500:
        raise ValueError(f"{name}: expected a short text, found {as_found(written)}")
    return str(written)


def slots_of(phrase: str) -> list[str]:
    """The slots of a phrase in their order.

    >>> slots_of("{distances} in {n} weeks")
    ['distances', 'n']
    """
    return _SLOT.findall(phrase)


def fold(phrase: str) -> str:
    """A phrase without the case, spaces, hyphens and underscores that do not matter.

    >>> fold("Glute  Max"), fold("gluteus_maximus")
    ('glutemax', 'gluteusmaximus')
    """
    return phrase.casefold().translate(_BETWEEN_WORDS)
