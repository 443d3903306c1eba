"""One test on facts. A condition accepts a fact or not, and binds its variables; what several conditions share joins them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import prod
from typing import Any

from stridewise.documents.sentences import as_found
from stridewise.documents.units import quantity
from stridewise.errors import did_you_mean
from stridewise.language.fact import VALUE, Fact, no_attribute, value_type
from stridewise.language.translation import either, say, told_quantity
from stridewise.language.vocabulary import BOTH, Kind, Value, ValueType, Vocabulary

_VARIABLE = re.compile(r"\$([a-z][a-z0-9_]*)\Z")
_COMPARISON = re.compile(r"(>=|<=|>|<)\s*(\S.*)\Z")
_OTHER_RANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:-|–|—|…|\.{2,}|to)\s*([0-9]+(?:\.[0-9]+)?)(?![0-9.])")
_OTHER_SIGN = re.compile(r"(?:[=≥≤≠!~≈][<>=]*|over|under|above|below|(?:more|less|fewer) than|at (?:least|most))\s*[-0-9a-z]")
_RANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*\.\.\s*([0-9]+(?:\.[0-9]+)?)\Z")

Binding = Mapping[str, Value]
MOST_CHOICES = 1_000  # of one condition each from all any_of groups of a rule; the rules of a clinic have a handful


@dataclass(frozen=True, slots=True)
class OneOf:
    """Names its values: the only test that can match a negative term."""

    values: frozenset[Value]

    def accepts(self, value: Value) -> bool:
        return value in self.values


@dataclass(frozen=True, slots=True)
class Anything:
    """`any`: recorded, whatever it says."""

    def accepts(self, value: Value) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Variable:
    """`$name`: binds, and joins where it recurs."""

    name: str

    def accepts(self, value: Value) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Within:
    """A comparison of numbers: between `low` and `high` where given, ends included unless `open_ends`."""

    low: Decimal | None
    high: Decimal | None
    open_ends: bool = False
    threshold: str = ""

    def accepts(self, value: Value) -> bool:
        if not isinstance(value, Decimal):
            return False
        if self.open_ends and value in (self.low, self.high):
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


Test = OneOf | Anything | Variable | Within


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on one fact: its kind, its value (field "") and the attributes mentioned, in the order of their names.

    Worked out once: `value` is the test on the value, `others` those beside it; `variables` are (field, variable) pairs in
    field order; `constants` the values it names, None where it covers all values concerned; `named` the fields tested by
    name."""

    kind: str
    tests: tuple[tuple[str, Test], ...]
    value: Test = field(init=False, repr=False, compare=False)
    variables: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)
    constants: frozenset[Value] | None = field(init=False, repr=False, compare=False)
    others: tuple[tuple[str, Test], ...] = field(init=False, repr=False, compare=False)
    named: frozenset[str] = field(init=False, repr=False, compare=False)
    hashed: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        value = next((test for name, test in self.tests if name == VALUE), Anything())
        variables = tuple((name, test.name) for name, test in self.tests if isinstance(test, Variable))
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "variables", variables)
        object.__setattr__(self, "constants", value.values if isinstance(value, OneOf) else None)
        object.__setattr__(self, "others", tuple((name, test) for name, test in self.tests if name != VALUE))
        object.__setattr__(self, "named", frozenset(name for name, test in self.tests if isinstance(test, OneOf)))
        object.__setattr__(self, "hashed", hash((self.kind, self.tests)))

    def __hash__(self) -> int:
        """Worked out once: the matchers are compiled by looking conditions up."""
        return self.hashed

    def __reduce__(self) -> tuple[Any, ...]:
        """Made anew where it is copied to: the hash of a text is another one in every process."""
        return Condition, (self.kind, self.tests)

    def accepts(self, fact: Fact) -> bool:
        """Does this fact alone pass? Negative terms pass only where they are named."""
        return fact.kind == self.kind and self.value.accepts(fact.value) and self.accepts_rest(fact)

    def accepts_rest(self, fact: Fact) -> bool:
        """Does a fact of this kind, with a value that passes, pass in all else?"""
        if fact.negative and not fact.negative <= self.named:
            return False
        for name, test in self.others:
            value = fact.get(name)
            if value is None or not test.accepts(value):
                return False
        return len(self.variables) < 2 or self._consistent(fact)

    def _consistent(self, fact: Fact) -> bool:
        """A variable used twice in one condition must have one value."""
        bound: dict[str, Value | None] = {}
        return all(bound.setdefault(name, fact.get(part)) == fact.get(part) for part, name in self.variables)

    def bind(self, fact: Fact) -> dict[str, Value]:
        """The values this fact gives to the condition's variables."""
        return {name: value for part, name in self.variables if (value := fact.get(part)) is not None}

    def matches(self, fact: Fact, binding: Binding) -> bool:
        """Does this fact pass under a binding? Variables not bound there are free."""
        for part, name in self.variables:
            if name in binding and binding[name] != fact.said.get(part):
                return False
        return self.accepts(fact)


@dataclass(frozen=True, slots=True)
class Conditions:
    """The `when` of a rule: all hold. Each of `any_of` needs one of its conditions, each of `at_least` a number of different
    ones: whoever makes it, one that stands twice counts once. Without any the rule is about every runner."""

    positives: tuple[Condition, ...] = ()
    absents: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()
    at_least: tuple[tuple[int, tuple[Condition, ...]], ...] = ()

    def __post_init__(self) -> None:
        if self.at_least:
            different = tuple((number, tuple(dict.fromkeys(group))) for number, group in self.at_least)
            object.__setattr__(self, "at_least", different)

    def every(self) -> Iterator[Condition]:
        """Every condition, absent ones too."""
        yield from self.present()
        yield from self.absents

    def present(self) -> Iterator[Condition]:
        """Every condition that can support the rule."""
        yield from self.positives
        for group in self.any_of:
            yield from group
        for _, group in self.at_least:
            yield from group

    def groups(self) -> Iterator[tuple[int, tuple[Condition, ...]]]:
        """What is to be met, each with how many of its conditions: one of a single one, one of a choice, or a number."""
        yield from ((1, (condition,)) for condition in self.positives)
        yield from ((1, group) for group in self.any_of)
        yield from self.at_least

    def replaced(self, make: Callable[[Condition], Condition]) -> "Conditions":
        """The same `when` of other conditions."""

        def each(group: Iterable[Condition]) -> tuple[Condition, ...]:
            return tuple(map(make, group))

        counted = tuple((number, each(group)) for number, group in self.at_least)
        return Conditions(each(self.positives), each(self.absents), tuple(map(each, self.any_of)), counted)

    @property
    def are_none(self) -> bool:
        """Is nothing asked, so that the rule holds for every runner?"""
        return not (self.positives or self.absents or self.any_of or self.at_least)

    @property
    def bound(self) -> frozenset[str]:
        """Variables that have a value whenever the rule fires."""
        names = _names(self.positives)
        for group in [*self.any_of, *(group for _, group in self.at_least)]:
            names |= frozenset.intersection(*(_names([condition]) for condition in group))
        return names


def _names(conditions: Iterable[Condition]) -> frozenset[str]:
    return frozenset(name for condition in conditions for _, name in condition.variables)


def put_in(conditions: Conditions, values: Binding) -> Conditions:
    """The conditions with these variables replaced by their values."""
    if not values:
        return conditions

    def named(condition: Condition) -> Condition:
        return Condition(condition.kind, tuple((name, _named(test, values)) for name, test in condition.tests))

    return conditions.replaced(named)


def _named(test: Test, values: Binding) -> Test:
    return OneOf(frozenset({values[test.name]})) if isinstance(test, Variable) and test.name in values else test


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number with a unit and a source that rules compare with by name."""

    name: str
    value: Decimal
    unit: str
    source: str = ""
    verified: bool = False


class ConditionReader:
    """Reads conditions against a vocabulary and the thresholds in reach (own by name, others as pack/name)."""

    def __init__(self, vocabulary: Vocabulary, thresholds: Mapping[str, Threshold], pack: str) -> None:
        self.vocabulary = vocabulary
        self.thresholds = thresholds
        self.pack = pack

    def read_all(self, entries: Iterable[Any]) -> Conditions:
        """The whole `when`. Raises ValueError for the first entry that cannot be read."""
        positives, absents, any_of, at_least = [], [], [], []
        for entry in entries:
            match entry:
                case {"any_of": inner} | {"of": inner} if not isinstance(inner, list):
                    raise ValueError("expected a list of conditions in the group, found a single one; write each behind a dash")
                case {"at_least": _} if "of" not in entry:
                    raise ValueError('at_least: the list "of" is missing; write "at_least: 2" and "of: [...]" together')
                case {"absent": inner, **rest}:
                    _only(rest, "absent")
                    absents.append(self._absent(inner))
                case {"any_of": [*inner], **rest}:
                    _only(rest, "any_of")
                    any_of.append(self._group(inner, "any_of"))
                case {"at_least": number, "of": [*inner], **rest}:
                    _only(rest, "at_least")
                    group = _different(self._group(inner, "at_least"))
                    at_least.append((_count(number, inner), group))
                case _:
                    positives.append(self.read(entry))
        conditions = Conditions(tuple(positives), tuple(absents), tuple(any_of), tuple(at_least))
        _check_shared_variables(conditions)
        _check_absent_variables(conditions)
        _check_choices(conditions)
        return conditions

    def _group(self, entries: list[Any], name: str) -> tuple[Condition, ...]:
        if not entries:
            raise ValueError(f"{name} is empty; list at least one condition")
        return tuple(self.read(entry) for entry in entries)

    def _absent(self, entry: Any) -> Condition:
        condition = self.read(entry)
        mode = self.vocabulary.kinds[condition.kind].mode
        if mode in ("open", "computed"):
            raise ValueError(f'absent: "{condition.kind}" is {mode}; what is not recorded is unknown, not false')
        return condition

    def read(self, entry: Any) -> Condition:
        """One condition on one fact. Raises ValueError."""
        if not isinstance(entry, dict):
            raise ValueError(f'expected a condition such as "weakness: gluteus_medius", found {as_found(entry)}')
        if nested := [key for key in ("absent", "any_of", "at_least", "of") if key in entry]:
            raise ValueError(f'"{nested[0]}" may not stand inside another condition; groups do not nest')
        kind = self.vocabulary.kind_of(entry, ("absent", "any_of", "at_least"))
        tests = {VALUE: self._test(kind, VALUE, entry[kind.name])}
        for name in entry:
            if name != kind.name and name not in kind.attributes:
                raise ValueError(no_attribute(kind, name, entry[name]))
            if name != kind.name:
                tests[name] = self._test(kind, name, entry[name])
        return Condition(kind.name, tuple(sorted(tests.items())))

    def _test(self, kind: Kind, name: str, written: Any) -> Test:
        type_ = value_type(kind, name)
        label = name or kind.name
        if written == "any":
            return Anything()
        if isinstance(written, str):
            if match := _VARIABLE.match(written):
                return Variable(match[1])
            if type_.is_number and (match := _COMPARISON.match(written)):
                return self._comparison(type_, match[1], match[2])
            if type_.is_number and (match := _RANGE.match(written)):
                return _range(match)
            if type_.is_number:
                _refuse_other_spellings(written, label)
        items = written if isinstance(written, list) else [written]
        if not items:
            raise ValueError(f"{label}: the list is empty; name at least one value")
        values = frozenset(self.vocabulary.read(type_, item, label) for item in items)
        if name == "side" and BOTH in values:
            raise ValueError('side: rules see only left or right; leave the side out or write "$side"')
        return OneOf(values)

    def _comparison(self, type_: ValueType, operator: str, written: str) -> Within:
        threshold = self.threshold(written, type_)
        bound = threshold.value if threshold else quantity(written, type_.unit)
        name = threshold.name if threshold else ""
        low, high = (bound, None) if operator[0] == ">" else (None, bound)
        return Within(low, high, len(operator) == 1, name)

    def threshold(self, written: str, type_: ValueType) -> Threshold | None:
        """The threshold that a name stands for, None where it is no name. Raises ValueError."""
        if not re.match(r"[a-z]", written):
            return None
        name = written if "/" in written else f"{self.pack}/{written}"
        if name not in self.thresholds:
            raise ValueError(f'unknown threshold "{written}".{did_you_mean(name, self.thresholds)}')
        threshold = self.thresholds[name]
        if threshold.unit != type_.unit:
            raise ValueError(f'threshold "{written}" is in {threshold.unit}, the value compared is in {type_.unit}')
        return threshold


def _only(rest: Mapping[Any, Any], keyword: str) -> None:
    if rest:
        raise ValueError(f'"{keyword}" stands alone in its entry, found also {", ".join(rest)}')


def _count(number: Any, entries: list[Any]) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(entries):
        raise ValueError(
            f"at_least: expected a number from 1 to {len(entries)} (the conditions listed), found {as_found(number)}"
        )
    return number


def _different(group: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions that are counted. One that stands twice would count one finding as two."""
    means = [_meaning(condition, group) for condition in group]
    for place, meant in enumerate(means):
        if (first := means.index(meant)) < place:
            raise ValueError(f"at_least: conditions {first + 1} and {place + 1} are the same; different ones are counted")
    return group


def _meaning(condition: Condition, group: tuple[Condition, ...]) -> tuple[str, frozenset[tuple[str, Test]]]:
    """What a condition accepts: a variable that no other one has takes anything, and a threshold is its number."""
    shared = _names(other for other in group if other is not condition)
    named = ((name, replace(test, threshold="") if isinstance(test, Within) else test) for name, test in condition.tests)
    return condition.kind, frozenset(
        (name, Anything() if isinstance(test, Variable) and test.name not in shared else test) for name, test in named
    )


def _refuse_other_spellings(written: str, label: str) -> None:
    """A range or a comparison as people also write them. Raises ValueError with how it is written here."""
    if match := _OTHER_RANGE.match(written):
        raise ValueError(f'{label}: a range is written "{match[1]}..{match[2]}", without a unit, found "{written[:40]}"')
    if _OTHER_SIGN.match(written):
        raise ValueError(f'{label}: a comparison begins with >=, <=, > or <, as in ">= 3", found "{written[:40]}"')


def _range(match: re.Match[str]) -> Within:
    low, high = Decimal(match[1]), Decimal(match[2])
    if low > high:
        raise ValueError(f'"{match[0]}" is empty: the first number is larger than the second')
    return Within(low, high)


def _check_shared_variables(conditions: Conditions) -> None:
    """In `at_least`, a variable is shared by all conditions (and counted per value) or belongs to one alone."""
    groups = [group for _, group in conditions.at_least]
    for index, group in enumerate(groups):
        others = [c for i, other in enumerate(groups) if i != index for c in other]
        outside = _names([*conditions.positives, *conditions.absents, *others, *(c for g in conditions.any_of for c in g)])
        for name in sorted(_names(group)):
            holders = sum(name in _names([condition]) for condition in group)
            if holders < len(group) and (holders > 1 or name in outside):
                raise ValueError(
                    f'at_least: "${name}" stands in {holders} of {len(group)} conditions; put it in all of them or in one'
                )


def _check_choices(conditions: Conditions) -> None:
    if (ways := prod(len(group) for group in conditions.any_of)) > MOST_CHOICES:
        advice = "name several values in one condition, or make several rules of it"
        raise ValueError(f"the any_of groups can be met in {ways} ways, and at most {MOST_CHOICES} are looked at; {advice}")


def _check_absent_variables(conditions: Conditions) -> None:
    """A variable in `absent` that a group binds must be bound in every one of its branches."""
    groups = [*conditions.any_of, *(group for _, group in conditions.at_least)]
    sometimes = _names(c for group in groups for c in group) - conditions.bound
    for name in sorted(_names(conditions.absents) & sometimes):
        raise ValueError(f'absent: "${name}" is bound in some branches of a group only; bind it in all of them or outside')


def describe_test(vocabulary: Vocabulary, kind: Kind, name: str, test: Test) -> str:
    """A test in a reader's words, for the catalogue and for why-not."""
    type_ = value_type(kind, name)
    match test:
        case OneOf(values):
            shown = sorted(vocabulary.show_value(type_, value) for value in values)
            return either(shown)
        case Within(low, high, open_ends):
            return _describe_bounds(low, high, open_ends, type_.unit)
        case _:
            return say("any")


def _describe_bounds(low: Decimal | None, high: Decimal | None, open_ends: bool, unit: str) -> str:
    if low is not None and high is not None:
        return say("{low} to {high}", low=told_quantity(low, unit), high=told_quantity(high, unit))
    if low is not None:
        return say("more than {amount}" if open_ends else "at least {amount}", amount=told_quantity(low, unit))
    return say("less than {amount}" if open_ends else "at most {amount}", amount=told_quantity(high or Decimal(0), unit))
