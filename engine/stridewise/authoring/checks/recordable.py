"""What a profile may record that these rules tell apart: for each condition the entries that meet it, one of every sort."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from stridewise.authoring.checks.logic import has_one_value, tests_of
from stridewise.authoring.checks.recording import Entry, Fields, Recording, as_profile, read
from stridewise.documents.units import plain
from stridewise.errors import ProfileError
from stridewise.language.condition import Anything, Condition, OneOf, Test, Variable, Within
from stridewise.language.fact import VALUE, Fact, make_fact, value_type
from stridewise.language.rule import Conclude, Rule, used_variables
from stridewise.language.vocabulary import BOTH, SIDES, Kind, Value, ValueType
from stridewise.profile.derive import DAYS_A_WEEK, work_out_race
from stridewise.profile.facts import take_in
from stridewise.profile.reader import Reader
from stridewise.program.program import Program

RACE = ("days_to_race", "weeks_to_race")  # one thing, recorded in days


class TooMuchError(Exception):
    """There is more to look at than is looked at: nothing is proven."""


class Work:
    """How much may still be looked at."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, steps: int) -> None:
        """Raises TooMuchError."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError


class Recordable:
    """The entries that a program tells apart, the plainest first, each with the facts that it states."""

    def __init__(self, program: Program, as_of: date, work: Work, is_exact: bool) -> None:
        self.work = work
        self.is_exact = is_exact
        self.vocabulary = program.vocabulary
        self.conditions = list(dict.fromkeys(c for rule in program.rules for c in rule.conditions.every()))
        self.numbers = _numbers(program)
        self.valued = frozenset(one for rule in program.rules for one in self._valued(rule))
        self.telling = self._telling(program)
        self.as_of = as_of
        self.blank = read(as_profile(Recording(()), self.vocabulary, as_of)), self.vocabulary, as_of

    def entries(self) -> dict[Entry, tuple[Fact, ...]]:
        """Raises TooMuchError."""
        found: dict[Entry, tuple[Fact, ...]] = {}
        for condition in self.conditions:
            kind = self.vocabulary.kinds[condition.kind]
            for entry in self._meeting(kind, condition) if kind.mode != "derived" else ():
                if entry not in found:
                    found[entry] = self._facts(entry)
        return found

    def _valued(self, rule: Rule) -> Iterator[tuple[Condition, str]]:
        """The variables that join, or whose value is asked for where it is concluded; each with a condition that it stands in."""
        named = [(condition, name) for condition in rule.conditions.every() for _, name in condition.variables]
        tests = ((one.kind, field, test) for one in self.conditions for field, test in one.tests)
        asked = {(kind, field) for kind, field, test in tests if not isinstance(test, Anything)}
        used = Counter(name for _, name in named)
        for item in rule.consequents:
            if isinstance(item, Conclude):
                used.update(v.name for field, v in item.values if isinstance(v, Variable) and (item.kind, field) in asked)
            else:
                used.update(used_variables(item))
        yield from ((condition, name) for condition, name in named if used[name] > 1)

    def _telling(self, program: Program) -> dict[str, dict[Condition, None]]:
        """By kind, the conditions that make it matter by which fact another one is met: their kind has one value, or something is
        negated that rests on them."""
        waiting = [condition for condition in self.conditions if has_one_value(self.vocabulary.kinds[condition.kind])]
        if self.is_exact:
            waiting += [condition for rule in program.rules for condition in rule.conditions.absents]
        telling: dict[str, dict[Condition, None]] = defaultdict(dict)
        while waiting:
            condition = waiting.pop()
            if condition not in telling[condition.kind]:
                telling[condition.kind][condition] = None
                waiting += [one for rule in program.suppliers.of(condition) for one in rule.conditions.every()]
        return telling

    def _meeting(self, kind: Kind, condition: Condition) -> Iterator[Entry]:
        """The entries that meet a condition and say nothing that it does not ask for, one of each sort."""
        if kind.name in RACE and RACE[0] in self.vocabulary.kinds:
            days = self._whole(self.vocabulary.kinds[RACE[0]], VALUE)
            yield from (Entry(RACE[0], ((VALUE, day),)) for day in days if isinstance(day, Decimal) and day % 1 == 0)
            return
        tests: dict[str, Test] = {name: Anything() for name, one in kind.attributes.items() if one.default is not None}
        tests |= {name: self._freed(condition, test) for name, test in condition.tests}
        telling = [one for one in self.telling[kind.name] if all(name in tests for name, _ in one.tests)]
        yield from (Entry(kind.name, fields) for fields in self._sorts(kind, sorted(tests.items()), telling))

    def _freed(self, condition: Condition, test: Test) -> Test:
        return test if not isinstance(test, Variable) or (condition, test.name) in self.valued else Anything()

    def _sorts(self, kind: Kind, tests: Sequence[tuple[str, Test]], telling: Sequence[Condition]) -> Iterator[Fields]:
        """What passes these tests: of the values that all telling conditions take for the same, the plainest."""
        if not tests:
            yield ()
            return
        (field, test), *others = tests
        asked = {one: self._freed(one, dict(one.tests).get(field, Anything())) for one in telling}
        is_valued = any(isinstance(one, Variable) for one in (test, *asked.values()))
        sorts: dict[object, tuple[Value, list[Condition]]] = {}
        for value in self._passing(kind, field, test):
            self.work.spend(1 + len(asked))
            left = [one for one, its_test in asked.items() if its_test.accepts(value)]
            alike = (value == 0, *left)  # no pain is no fact of pain
            sorts.setdefault(value if is_valued else alike, (value, left))
        for value, left in sorts.values():
            yield from (((field, value), *more) for more in self._sorts(kind, others, left))

    def _passing(self, kind: Kind, field: str, test: Test) -> list[Value]:
        """The values that pass a test, the plainest first."""
        passing = test.values if isinstance(test, OneOf) else filter(test.accepts, self._whole(kind, field))
        default = kind.attributes[field].default if field else None
        return sorted(passing, key=lambda value: (value != default, *_preference(value)))

    def _whole(self, kind: Kind, field: str) -> Iterable[Value]:
        """All values to try, without the negative ones, which only naming matches; of numbers one in each stretch."""
        type_ = value_type(kind, field)
        if type_.is_number:
            return _stretches(self.numbers.get(type_.unit, set()), type_)
        if type_.text:
            return ("text",)
        if not type_.terms:
            return ("yes", "no")
        names = [term.name for term in self.vocabulary.terms.get(type_.terms, {}).values() if not term.negative]
        return [name for name in names if field != "side" or name in SIDES]

    def _facts(self, entry: Entry) -> tuple[Fact, ...]:
        """The facts that an entry alone states, or would state if it were taken in."""
        reader = Reader(*self.blank)
        reader.entry({entry.kind: entry.value, **entry.attributes}, 1, "entry")
        work_out_race(reader)
        if not reader.problems.found:
            return tuple(reader.facts)
        try:
            return take_in(read(as_profile(Recording((entry,)), self.vocabulary, self.as_of)), self.vocabulary, self.as_of).facts
        except ProfileError:
            return (make_fact(self.vocabulary, self.vocabulary.kinds[entry.kind], entry.value, entry.attributes),)


def _numbers(program: Program) -> dict[str, set[Decimal]]:
    """The numbers that conditions compare with, and conclusions say, by unit; weeks count as days too."""
    by_unit: dict[str, set[Decimal]] = defaultdict(set)
    kinds = program.vocabulary.kinds
    for _, condition, field, test in tests_of(program.rules):
        values = (test.low, test.high) if isinstance(test, Within) else test.values if isinstance(test, OneOf) else ()
        by_unit[value_type(kinds[condition.kind], field).unit].update(v for v in values if isinstance(v, Decimal))
    for conclusion in (one for rule in program.rules for one in rule.conclusions):
        for field, fixed in conclusion.values:
            if isinstance(fixed, Decimal):
                by_unit[value_type(kinds[conclusion.kind], field).unit].add(fixed)
    by_unit["days"] |= {value * DAYS_A_WEEK for value in by_unit["weeks"]}
    return by_unit


def _stretches(numbers: set[Decimal], type_: ValueType) -> Iterator[Value]:
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


def _preference(value: Value) -> tuple[bool, bool, Value]:
    return (value == BOTH, isinstance(value, Decimal) and value % 1 != 0, value)
