"""One fact: a kind, a value, attributes, and where it came from. Facts are read from the one notation that profiles, rules
and cases share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from stridewise.documents.sentences import lost_decimal
from stridewise.errors import did_you_mean
from stridewise.language.translation import say, told_number
from stridewise.language.vocabulary import BOTH, Kind, Place, Value, ValueType, Vocabulary

DETAIL = "details"  # where a language says the names of attributes
VALUE = ""  # the field name of a fact's own value, beside its attributes' names
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known. Equal where kind, value and attributes are; `negative` names the fields that record "normal",
    `assumed` the attributes filled in by default, `places` the lines it was written on (none for derived facts)."""

    kind: str
    value: Value
    attributes: tuple[tuple[str, Value], ...] = ()
    negative: frozenset[str] = field(default=frozenset(), compare=False)
    assumed: frozenset[str] = field(default=frozenset(), compare=False)
    places: tuple[Place, ...] = field(default=(), compare=False)
    from_alias: bool = field(default=False, compare=False)
    sort_key: tuple[Any, ...] = field(init=False, repr=False, compare=False)  # orders by what facts say, not where they stood
    said: Mapping[str, Value] = field(init=False, repr=False, compare=False)  # by field, the value's own is ""
    hashed: int = field(init=False, repr=False, compare=False)

    # Worked out when asked (cached_property), these and those of a condition made inference 8 to 12 % slower.
    def __post_init__(self) -> None:
        object.__setattr__(self, "said", {VALUE: self.value, **dict(self.attributes)})
        orderly = tuple([(name, _orderly(value)) for name, value in self.attributes])
        object.__setattr__(self, "sort_key", (self.kind, _orderly(self.value), orderly))
        object.__setattr__(self, "hashed", hash((self.kind, self.value, self.attributes)))

    def __hash__(self) -> int:
        """Worked out once: facts are looked up all the time."""
        return self.hashed

    def __reduce__(self) -> tuple[Any, ...]:
        """Made anew where it is copied to: the hash of a text is another one in every process."""
        return Fact, (self.kind, self.value, self.attributes, self.negative, self.assumed, self.places, self.from_alias)

    def get(self, name: str) -> Value | None:
        """The value (name "") or an attribute; None where the fact has no such attribute."""
        return self.said.get(name)

    @property
    def side(self) -> str | None:
        side = self.get("side")
        return None if side is None else str(side)

    def as_mapping(self) -> dict[str, Value]:
        """The fact in the notation it is written in."""
        return {self.kind: self.value, **dict(self.attributes)}


def _orderly(value: Value) -> tuple[int, Value]:
    return (1, value) if isinstance(value, str) else (0, value)


def make_fact(vocabulary: Vocabulary, kind: Kind, value: Value, attributes: Mapping[str, Value], **origin: Any) -> Fact:
    """A fact of values already read, with its negative fields marked."""
    types = {VALUE: (kind.type, value)} | {name: (kind.attributes[name].type, item) for name, item in attributes.items()}
    negative = frozenset(name for name, (type_, item) in types.items() if vocabulary.is_negative(type_, item))
    return Fact(kind.name, value, tuple(sorted(attributes.items())), negative, **origin)


def read_facts(vocabulary: Vocabulary, entry: Mapping[str, Any], place: Place, from_alias: bool = False) -> list[Fact]:
    """The facts one entry of a profile states: none for an unknown value, two where both sides are meant, and one a
    side for a side map. Raises ValueError in the clinician's words."""
    kind = vocabulary.kind_of(entry)
    if kind.mode == "derived":
        raise ValueError(f'"{kind.name}" is concluded by rules and cannot be recorded')
    written = entry[kind.name]
    if isinstance(written, dict):
        return [fact for one_sided in _side_entries(kind, entry) for fact in read_facts(vocabulary, one_sided, place, from_alias)]
    if written is None or written == UNKNOWN:
        return []
    value = vocabulary.read(kind.type, written, _value_name(kind))
    given = read_attributes(vocabulary, kind, entry)
    assumed = {name: item.default for name, item in kind.attributes.items() if item.default is not None and name not in given}
    fact = make_fact(vocabulary, kind, value, given | assumed, assumed=frozenset(assumed), places=(place,), from_alias=from_alias)
    return list(split_sides(fact))


def _value_name(kind: Kind) -> str:
    return singular(kind.type.terms) if kind.type.terms else kind.name


def singular(list_name: str) -> str:
    """`muscles` → `muscle`, `capacities` → `capacity`, for messages."""
    words = list_name.replace("_", " ")
    return f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s")


def _side_entries(kind: Kind, entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    sides = entry[kind.name]
    if "side" not in kind.attributes or not set(sides) <= {"left", "right"} or "side" in entry:
        raise ValueError(f"{kind.name}: expected one value, or left and right where the kind has sides")
    for side, value in sides.items():
        yield {**entry, kind.name: value, "side": side}


def read_attributes(vocabulary: Vocabulary, kind: Kind, entry: Mapping[str, Any]) -> dict[str, Value]:
    """The attributes an entry gives, unknown ones left out. Raises ValueError naming the nearest attribute."""
    given: dict[str, Value] = {}
    for name, written in entry.items():
        if name == kind.name:
            continue
        if name not in kind.attributes:
            raise ValueError(no_attribute(kind, name, written))
        if written is None or written == UNKNOWN:
            continue
        value = vocabulary.read(kind.attributes[name].type, written, name)
        if value != UNKNOWN:  # "tissue unknown" under any of its names
            given[name] = value
    return given


def no_attribute(kind: Kind, name: str, written: Any) -> str:
    """That a kind has no such attribute, with the nearest; what stands behind a decimal comma is a key of its own in YAML."""
    if lost := lost_decimal(name, written):
        return lost
    known = f" It has: {', '.join(kind.attributes)}." if kind.attributes else ""
    return f'"{kind.name}" has no attribute "{name}".{did_you_mean(name, kind.attributes) or known}'


def split_sides(fact: Fact) -> Iterator[Fact]:
    """Left and right where the fact says both: rules see only one side at a time."""
    if fact.side != BOTH:
        yield fact
        return
    for side in ("left", "right"):
        yield replace(fact, attributes=tuple((n, side if n == "side" else v) for n, v in fact.attributes))


def value_type(kind: Kind, name: str) -> ValueType:
    """The type of a kind's value (name "") or of one of its attributes."""
    return kind.type if name == VALUE else kind.attributes[name].type


def show_fact(vocabulary: Vocabulary, fact: Fact) -> str:
    """The fact as a reader would say it, the attributes that were recorded behind it; what is
    only assumed says nothing, nor does the side of what has none."""
    kind = vocabulary.kinds.get(fact.kind)
    if kind is None:
        return f"{fact.kind} {fact.value}"
    text = kind.telling(vocabulary.show_value(kind.type, fact.value))
    unsaid = fact.assumed | ({"side"} if is_sideless(vocabulary, fact) else set())
    told = [(name, value) for name, value in fact.attributes if name not in unsaid]
    return ", ".join([text, *(_show_attribute(vocabulary, kind, name, value) for name, value in told)])


def is_sideless(vocabulary: Vocabulary, fact: Fact) -> bool:
    """Is it of something that has no left and right?"""
    term = vocabulary.term(fact.kind, fact.value)
    return term is not None and term.traits.sideless


def _show_attribute(vocabulary: Vocabulary, kind: Kind, name: str, value: Value) -> str:
    words, shown = say(name.replace("_", " "), DETAIL), vocabulary.show_value(kind.attributes[name].type, value)
    if isinstance(value, Decimal) and kind.attributes[name].type.unit in name.replace("_", " "):
        shown = told_number(value)  # "weeks 6", not "weeks 6 weeks"
    return shown if name in ("side", "grade") or words.removesuffix(":") in shown else f"{words} {shown}"
