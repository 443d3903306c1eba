"""One test on facts. A condition accepts a fact or not, and binds its variables; what several conditions share joins them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from stridewise.language.fact import VALUE, Fact, value_type
from stridewise.language.translation import either, say, told_quantity
from stridewise.language.vocabulary import Kind, Value, Vocabulary

Binding = Mapping[str, Value]


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
        names = variables_of(self.positives)
        for group in [*self.any_of, *(group for _, group in self.at_least)]:
            names |= frozenset.intersection(*(variables_of([condition]) for condition in group))
        return names


def variables_of(conditions: Iterable[Condition]) -> frozenset[str]:
    """The variables that stand in any of these."""
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
