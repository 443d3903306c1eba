"""The values worth trying for each field of a fact: every term, and of numbers one in each stretch that rules tell apart."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from stridewise.documents.units import plain
from stridewise.language.condition import OneOf, Test, Within
from stridewise.language.fact import value_type
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import BOTH, Kind, Value, ValueType
from stridewise.program.program import Program

Domain = frozenset[Value]
SIDES: Domain = frozenset({"left", "right"})


class Domains:
    """What a program can tell apart. Two values of one stretch meet the same conditions."""

    def __init__(self, program: Program) -> None:
        self.vocabulary = program.vocabulary
        self.numbers = _compared(program)
        self.known: dict[tuple[str, str], Domain] = {}

    def whole(self, kind: Kind, field: str) -> Domain:
        """All values to try, without the negative ones, which only naming matches."""
        key = (kind.name, field)
        if key not in self.known:
            self.known[key] = self._whole(value_type(kind, field), field)
        return self.known[key]

    def passing(self, kind: Kind, field: str, test: Test) -> Domain:
        """The values to try that pass a test."""
        if isinstance(test, OneOf):
            return test.values
        return frozenset(value for value in self.whole(kind, field) if test.accepts(value))

    def _whole(self, type_: ValueType, field: str) -> Domain:
        if type_.is_number:
            return frozenset(_stretches(self.numbers.get(type_.unit, set()), type_))
        if type_.text:
            return frozenset({"text"})
        if not type_.terms:
            return frozenset({"yes", "no"})
        terms = self.vocabulary.terms.get(type_.terms, {}).values()
        names = frozenset(term.name for term in terms if not term.negative)
        return names & SIDES if field == "side" else names


def _compared(program: Program) -> dict[str, set[Decimal]]:
    """The numbers that conditions compare with, by unit; weeks count as days too."""
    by_unit: dict[str, set[Decimal]] = defaultdict(set)
    for rule in program.rules:
        for unit, value in _numbers(program, rule):
            by_unit[unit].add(value)
    by_unit["days"] |= {value * 7 for value in by_unit["weeks"]}
    return by_unit


def _numbers(program: Program, rule: Rule) -> Iterable[tuple[str, Decimal]]:
    for condition in rule.conditions.every():
        for field, test in condition.tests:
            values = [test.low, test.high] if isinstance(test, Within) else test.values if isinstance(test, OneOf) else ()
            for value in values:
                if isinstance(value, Decimal):
                    yield value_type(program.vocabulary.kinds[condition.kind], field).unit, value
    for conclusion in rule.conclusions:
        for field, fixed in conclusion.values:
            if isinstance(fixed, Decimal):
                yield value_type(program.vocabulary.kinds[conclusion.kind], field).unit, fixed


def _stretches(numbers: set[Decimal], type_: ValueType) -> Iterable[Decimal]:
    """Every number, one between each two neighbours, and one beyond either end, within the limits of the type."""
    ordered = sorted(numbers) or [type_.minimum or Decimal(1)]
    between = [_between(low, high) for low, high in pairwise(ordered)]
    limits = [limit for limit in (type_.minimum, type_.maximum) if limit is not None]
    for value in (ordered[0] - 1, *ordered, *between, ordered[-1] + 1, *limits):
        if (type_.minimum is None or value >= type_.minimum) and (type_.maximum is None or value <= type_.maximum):
            yield plain(value)


def _between(low: Decimal, high: Decimal) -> Decimal:
    """A number between two, whole where there is one."""
    whole = (low + 1).to_integral_value(rounding="ROUND_FLOOR")
    return whole if low < whole < high else (low + high) / 2


def preferred(domain: Domain) -> list[Value]:
    """The values in the order to try them: whole numbers and plain terms first."""
    return sorted(domain, key=_preference)


def _preference(value: Value) -> tuple[bool, bool, Value]:
    return (value == BOTH, isinstance(value, Decimal) and value % 1 != 0, value)
