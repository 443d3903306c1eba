"""The language of a rule file: conditions, consequents, and texts that quote the facts they were fired by."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, get_args

from stridewise.documents.fitting import Before
from stridewise.documents.shape import Count, Flag
from stridewise.documents.units import convert
from stridewise.language.condition import Conditions, Variable, Within
from stridewise.language.dosage import Dosage
from stridewise.language.exercise import Block, Goal
from stridewise.language.fact import VALUE, value_type
from stridewise.language.translation import PLACEHOLDER, fill
from stridewise.language.vocabulary import Place, Value, ValueType, Vocabulary

Strength = Literal["strong", "conditional", "expert_opinion"]
Certainty = Literal["high", "moderate", "low", "very_low"]
STRENGTHS, CERTAINTIES = get_args(Strength), get_args(Certainty)
AvoidLevel = Literal["preference", "precaution", "contraindication"]
WarningLevel = Literal["info", "warning", "critical"]
About = Literal["running", "usual_distance", "usual_pain_limit"]
Urgency = Literal["emergency", "same_day", "urgent", "routine"]
Stops = Literal["all_exercise", "weight_bearing", "lower_limb", "impact", "running", "nothing"]
Priority = Literal["high", "medium", "low", "optional"]
EvidenceLevel = Literal["1", "1↓", "2", "2↓", "3", "3↓", "4", "4↓", "5", "G"]  # Oxford CEBM 2011, ↓ downgraded, G a guideline

# The unit a load metric is counted in; any other metric is told in the unit its rules write.
METRIC_UNITS = {"weekly_distance": "km", "longest_run": "km", "strength_sessions": "count", "hard_sessions": "count"}
MOST_TAKEN = Decimal(-100)  # percent
_QUANTITY = re.compile(r"([-+]?[0-9]+(?:\.[0-9]+)?)\s*(%|[a-z]+)?(?:\s+of\s+([a-z_0-9]+))?\Z")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of `unit`, or a percentage of the kind `base` (of the metric itself where that is empty)."""

    amount: Decimal
    unit: str
    base: str = ""

    @property
    def is_percentage(self) -> bool:
        return self.unit == "%"

    def in_unit(self, unit: str) -> Decimal:
        return self.amount if self.unit in ("", unit) else convert(self.amount, self.unit, unit)


def _read_quantity(written: Any) -> Quantity:
    if isinstance(written, Quantity):
        return written
    text = str(written) if isinstance(written, str | int | Decimal) and not isinstance(written, bool) else ""
    match = _QUANTITY.match(text)
    if match is None or (match[3] and match[2] != "%"):
        raise ValueError('expected an amount such as "20 km", "-50%" or "110% of longest_run"')
    if match[2] == "%" and Decimal(match[1]) < MOST_TAKEN:
        raise ValueError(f'"{text}" takes away more than there is; at most -100% can be taken')
    return Quantity(Decimal(match[1]), match[2] or "", match[3] or "")


WrittenQuantity = Annotated[Quantity, Before(_read_quantity)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclude:
    """A derived fact: the only consequent that conditions can match."""

    kind: str
    values: tuple[tuple[str, Value | Variable], ...]  # (field, constant or variable), the value's field is ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Train:
    """A training target, with exercises in order of preference where the rule names any."""

    target: str
    side: str | None = None
    priority: Priority = "medium"
    goal: Goal | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Exercises by what they ask: more than `above` of a demand; `new`: only those the runner does not do already."""

    demand: str | None = None
    above: Count = 0
    new: Flag = False

    def __post_init__(self) -> None:
        if self.demand is None and not self.new:
            raise ValueError("names no exercise: give a demand, or new: true")


def _read_several(written: Any) -> Any:
    if not isinstance(written, str | list | tuple | Selector | None):
        raise ValueError('expected an exercise, a list of exercises, or a demand such as "{demand: impact, above: 1}"')
    return (written,) if isinstance(written, str) else written


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescribe:
    """One exercise by name, for a block of the session; a companion is prescribed only `wherever_planned` is what it goes with:
    one of these exercises, or one that asks so much."""

    prescribe: str
    block: Block | None = None
    side: str | None = None
    target: str | None = None
    goal: Goal | None = None
    priority: Priority = "medium"
    dosage: Dosage | None = None
    wherever_planned: Annotated[tuple[str, ...] | Selector | None, Before(_read_several, also=(str,))] = None

    def __post_init__(self) -> None:
        if self.wherever_planned == ():
            raise ValueError("wherever_planned: the list is empty; name at least one exercise")
        if isinstance(self.wherever_planned, tuple) and self.prescribe in self.wherever_planned:
            raise ValueError(f'wherever_planned: "{self.prescribe}" cannot go with itself')


@dataclass(frozen=True, slots=True, kw_only=True)
class Avoid:
    """An exercise, or all with a demand, kept out at a level; `instead` in order of preference; `until` says what ends it."""

    avoid: str | Selector
    level: AvoidLevel
    instead: tuple[str, ...] = ()
    keeps: str = ""
    loses: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warn:
    """A sentence the reader must not miss. One `about: running` takes running for allowed and is left out where it is stopped,
    one about the usual distance also where pain or a break cuts that, and one about the usual pain limit where no sore region has
    it."""

    warn: str
    level: WarningLevel
    about: About | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjust:
    """A load metric set (`to`), changed (`by`) or capped (`at_most`)."""

    adjust: str
    text: str
    to: WrittenQuantity | None = None
    by: WrittenQuantity | None = None
    at_most: WrittenQuantity | None = None

    def __post_init__(self) -> None:
        if sum(item is not None for item in (self.to, self.by, self.at_most)) != 1:
            raise ValueError("give exactly one of to, by, at_most")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer:
    """Someone to see, how soon, and what stops until then."""

    refer: str
    urgency: Urgency
    stops: Stops
    text: str


Consequent = Conclude | Train | Prescribe | Avoid | Warn | Adjust | Refer
SHAPES: dict[str, Any] = {
    "target": Train,
    "prescribe": Prescribe,
    "avoid": Avoid,
    "warn": Warn,
    "adjust": Adjust,
    "refer": Refer,
}


@dataclass(frozen=True, slots=True)
class Quote:
    """What a placeholder stands for: a variable, or a field of the fact that met a condition."""

    type: ValueType
    variable: str = ""
    condition: int = -1
    field: str = VALUE


@dataclass(frozen=True, slots=True)
class Template:
    """A text with its placeholders looked up; `written` is the same as the pack has it where that names thresholds."""

    text: str
    quotes: tuple[tuple[str, Quote], ...] = ()
    written: str = ""

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with every placeholder replaced."""
        return fill(self.text, values)


def read_template(vocabulary: Vocabulary, conditions: Conditions, text: str) -> Template:
    """Look up each `{x}`: `$x`, else the value of the condition of kind x, else the attribute x of the one condition that
    has it. Raises ValueError."""
    if wrong := [placeholder for placeholder in re.findall(r"\{[^{}]*\}?|\}", text) if not PLACEHOLDER.fullmatch(placeholder)]:
        raise ValueError(f"{wrong[0]} is no placeholder; write {{name}} in small letters")
    names = sorted(set(PLACEHOLDER.findall(text)))
    return Template(text, tuple((name, _quote(vocabulary, conditions, name)) for name in names))


def _quote(vocabulary: Vocabulary, conditions: Conditions, name: str) -> Quote:
    if name in conditions.bound:
        return Quote(variable_type(vocabulary, conditions, name), variable=name)
    by_kind = [i for i, c in enumerate(conditions.positives) if c.kind == name]
    if len(by_kind) == 1:
        return Quote(vocabulary.kinds[name].type, condition=by_kind[0])
    having = [i for i, c in enumerate(conditions.positives) if name in dict(c.tests)]
    if not by_kind and len(having) == 1:
        kind = vocabulary.kinds[conditions.positives[having[0]].kind]
        return Quote(kind.attributes[name].type, condition=having[0], field=name)
    reason = "stands for several conditions" if by_kind or having else "is no bound variable, kind or attribute of a condition"
    raise ValueError(f"{{{name}}} {reason}; bind ${name} in one condition")


def variable_type(vocabulary: Vocabulary, conditions: Conditions, name: str) -> ValueType:
    """The type of the first field the variable stands for."""
    for condition in conditions.present():
        for part, variable in condition.variables:
            if variable == name:
                return value_type(vocabulary.kinds[condition.kind], part)
    raise ValueError(f"${name} is bound by no condition")


@dataclass(frozen=True)
class Rule:
    """One rule: what must hold, what follows, and why it may be believed. `id` is pack/kebab-sentence."""

    id: str
    conditions: Conditions
    consequents: tuple[Consequent, ...]
    because: Template
    patient: Template | None
    texts: tuple[tuple[str, Template], ...]  # the other texts, by what they say
    sources: tuple[str, ...]
    strength: Strength
    certainty: Certainty
    place: Place
    title: str = ""
    covers: tuple[str, ...] = ()
    renamed_from: tuple[str, ...] = ()  # its old ids, without the pack
    named_thresholds: tuple[str, ...] = ()  # those that its texts and conclusions name

    @cached_property
    def conclusions(self) -> tuple[Conclude, ...]:
        """Those of its consequents."""
        return tuple(item for item in self.consequents if isinstance(item, Conclude))

    @property
    def pack(self) -> str:
        return self.id.partition("/")[0]

    @property
    def thresholds(self) -> frozenset[str]:
        """Every threshold that its meaning or its words depend on, as pack/name."""
        tests = (test for condition in self.conditions.every() for _, test in condition.tests)
        return frozenset(self.named_thresholds) | {test.threshold for test in tests if isinstance(test, Within)} - {""}

    @property
    def is_protected(self) -> bool:
        """Referrals and contraindications can be neither disabled, replaced nor retuned."""
        return any(
            isinstance(item, Refer) or (isinstance(item, Avoid) and item.level == "contraindication") for item in self.consequents
        )


def used_variables(consequent: Consequent) -> Iterator[str]:
    """The variables a consequent uses."""
    if isinstance(consequent, Conclude):
        yield from (value.name for _, value in consequent.values if isinstance(value, Variable))
        return
    for item in fields(consequent):
        value = getattr(consequent, item.name)
        if isinstance(value, str) and value.startswith("$"):
            yield value[1:]


def texts_of(consequent: Consequent) -> Iterator[str]:
    """The texts with placeholders that a consequent holds."""
    for name in ("warn", "text", "keeps", "loses", "until"):
        if text := getattr(consequent, name, ""):
            yield text
