"""The form in which the knowledge base is written: kinds, facts, conditions and rules that belong to no engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# kind → its fields, the value first; a fact is the tuple (kind, value, attribute …) with every field filled
FIELDS: Mapping[str, tuple[str, ...]] = {
    "weakness": ("value", "side", "grade"),
    "tightness": ("value", "side", "grade"),
    "movement_fault": ("value", "side", "grade"),
    "pain": ("value", "side", "intensity"),
    "injury": ("value", "side", "months_ago"),
    "reps": ("value", "side", "number"),
    "skill": ("value", "grade"),
    "weekly_distance": ("value",),
    "longest_run": ("value",),
    "weeks_to_race": ("value",),
    "age": ("value",),
    "experience_months": ("value",),
    "equipment": ("value",),
    "load_state": ("value",),
    "race_phase": ("value",),
    "group": ("value",),
    "option": ("value",),
    "both_sides": ("value",),
    "irritable": ("value", "side"),
    "deficit": ("value", "side"),
    "pattern": ("value", "side"),
    "ready": ("value", "side"),
    "focus": ("value", "side"),
    "drill": ("value", "side"),
    "vulnerable": ("value", "side"),
    "caution": ("value", "side"),
    "linked": ("value", "side"),
}
NUMBERS = frozenset({"weekly_distance", "longest_run", "weeks_to_race", "age", "experience_months"})  # kinds with a number
NUMBER_FIELDS = frozenset({"intensity", "months_ago", "number"})
CLOSED = frozenset({"equipment"})
DERIVED = frozenset(
    {"load_state", "race_phase", "group", "option", "both_sides", "irritable", "deficit", "pattern", "ready", "focus", "drill"}
    | {"vulnerable", "caution", "linked"}
)

Value = str | int
Fact = tuple[Value, ...]
Firing = tuple[str, tuple[Fact, ...]]  # rule id, the facts that met its positive conditions, sorted


def firing(rule: str, facts: Iterable[Fact]) -> Firing:
    """The one form in which engines are compared: the rule, and the facts that met its positive conditions, in no order."""
    return rule, tuple(sorted(facts, key=repr))


@dataclass(frozen=True, slots=True)
class Bind:
    """A variable: takes the value, and joins where it recurs."""

    name: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these terms."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A number from `low` to `high`, ends included, None where it has no end."""

    low: int | None
    high: int | None


Test = Bind | OneOf | Range


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on one fact; fields that are not named may hold anything."""

    kind: str
    tests: tuple[tuple[str, Test], ...]

    @property
    def constants(self) -> tuple[str, ...] | None:
        """The values it names, None where its value is free."""
        test = dict(self.tests)["value"]
        return test.values if isinstance(test, OneOf) else None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A whole fact with variables in it: what a rule concludes, or what must not be there."""

    kind: str
    fields: tuple[str | Bind, ...]

    def fill(self, binding: Mapping[str, Value]) -> Fact:
        """The fact under a binding."""
        return (self.kind, *(binding[item.name] if isinstance(item, Bind) else item for item in self.fields))


@dataclass(frozen=True, slots=True)
class Rule:
    """All of `when`, one of `either` (if there are any), none of `absent`. Fires once for each set of facts."""

    id: str
    when: tuple[Condition, ...]
    either: tuple[Condition, ...] = ()
    absent: tuple[Pattern, ...] = ()
    then: Pattern | None = None

    @property
    def choices(self) -> list[tuple[Condition, ...]]:
        """The positive conditions, once for each choice in `either`."""
        return [(*self.when, one) for one in self.either] or [self.when]


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Rules, lowest stratum first, and the facts to run them on. `answered`: the closed kinds whose list was given."""

    strata: tuple[tuple[Rule, ...], ...]
    facts: tuple[Fact, ...]
    answered: frozenset[str]

    @property
    def rules(self) -> list[Rule]:
        return [rule for stratum in self.strata for rule in stratum]


def condition(kind: str, value: Test | str | Sequence[str], **attributes: Test | str | Sequence[str]) -> Condition:
    """A condition in short: a text is one term, a sequence several."""
    tests = {"value": value, **attributes}
    return Condition(kind, tuple((name, _test(test)) for name, test in tests.items()))


def _test(written: Test | str | Sequence[str]) -> Test:
    if isinstance(written, Bind | OneOf | Range):
        return written
    return OneOf((written,) if isinstance(written, str) else tuple(written))


def whole(kind: str, *fields: str | Bind) -> Pattern:
    """A pattern in short."""
    return Pattern(kind, fields)
