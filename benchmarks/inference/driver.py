"""Forward chaining for engines that only test: the engine says which conditions a fact passes, this joins, negates and chains.

Each fact is tested once, together with all facts of its wave. Joins, absence and repetition until nothing new fires are plain
Python, so that these engines are measured by their tests, not by a clumsy loop around them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.inference.form import (
    FIELDS,
    Bind,
    Condition,
    Fact,
    KnowledgeBase,
    OneOf,
    Pattern,
    Range,
    Rule,
    Value,
)

Alpha = tuple[str, tuple[tuple[str, OneOf | Range], ...]]  # a kind, and the tests on it that need no other fact
Classify = Callable[[Sequence[Fact]], Iterable[Iterable[int]]]  # facts in; for each, the numbers of the alphas it passes
Fired = list[tuple[str, tuple[Fact, ...]]]


@dataclass(frozen=True, slots=True)
class _Choice:
    """One way to fire a rule: alphas by number, and for each which positions of a fact give which variables."""

    rule: str
    alphas: tuple[int, ...]
    variables: tuple[tuple[tuple[int, str], ...], ...]
    absent: tuple[Pattern, ...]
    then: Pattern | None


class Driver:
    """The rules of a knowledge base, prepared for joining. `alphas` is what the engine has to test, in the order of numbers."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.numbers: dict[Alpha, int] = {}
        self.strata = [[self._choice(*item) for item in _choices(stratum)] for stratum in base.strata]
        self.users: list[dict[int, list[_Choice]]] = [_by_alpha(choices) for choices in self.strata]

    @property
    def alphas(self) -> list[Alpha]:
        return list(self.numbers)

    def _choice(self, rule: str, conditions: Sequence[Condition], absent: tuple[Pattern, ...], then: Pattern | None) -> _Choice:
        alphas = tuple(self.numbers.setdefault(_alpha(condition), len(self.numbers)) for condition in conditions)
        return _Choice(rule, alphas, tuple(map(_variables, conditions)), absent, then)

    def run(self, facts: Sequence[Fact], classify: Classify) -> Fired:
        """Everything that fires, stratum by stratum to the fixpoint."""
        passed: list[list[Fact]] = [[] for _ in self.numbers]
        known, fired = set(facts), dict[tuple[str, tuple[Fact, ...]], None]()
        _take(facts, classify, passed)
        for choices, users in zip(self.strata, self.users, strict=True):
            waiting: Iterable[_Choice] = choices
            while waiting:
                new = dict.fromkeys(fact for choice in waiting for fact in _fire(choice, passed, known, fired))
                known.update(new)
                touched = _take(list(new), classify, passed)
                waiting = dict.fromkeys(choice for alpha in touched for choice in users.get(alpha, ()))
        return list(fired)


def _choices(stratum: Iterable[Rule]) -> Iterator[tuple[str, Sequence[Condition], tuple[Pattern, ...], Pattern | None]]:
    for rule in stratum:
        yield from ((rule.id, conditions, rule.absent, rule.then) for conditions in rule.choices)


def _by_alpha(choices: Sequence[_Choice]) -> dict[int, list[_Choice]]:
    users: dict[int, list[_Choice]] = {}
    for choice in choices:
        for alpha in choice.alphas:
            users.setdefault(alpha, []).append(choice)
    return users


def _alpha(condition: Condition) -> Alpha:
    return condition.kind, tuple((name, test) for name, test in condition.tests if not isinstance(test, Bind))


def _variables(condition: Condition) -> tuple[tuple[int, str], ...]:
    fields = FIELDS[condition.kind]
    return tuple((fields.index(name) + 1, test.name) for name, test in condition.tests if isinstance(test, Bind))


def _take(facts: Sequence[Fact], classify: Classify, passed: list[list[Fact]]) -> list[int]:
    """Have facts tested; which alphas have something new?"""
    touched: dict[int, None] = {}
    if facts:
        for fact, numbers in zip(facts, classify(facts), strict=True):
            for number in numbers:
                passed[number].append(fact)
                touched[number] = None
    return list(touched)


def _fire(
    choice: _Choice, passed: list[list[Fact]], known: set[Fact], fired: dict[tuple[str, tuple[Fact, ...]], None]
) -> Iterator[Fact]:
    """Fire a rule for what it has not fired for; give the facts that are new."""
    if not all(passed[alpha] for alpha in choice.alphas):
        return
    for facts, binding in _joined(choice, passed, 0, (), {}):
        one = (choice.rule, facts)
        if one not in fired and not any(pattern.fill(binding) in known for pattern in choice.absent):
            fired[one] = None
            if choice.then is not None and (fact := choice.then.fill(binding)) not in known:
                yield fact


def _joined(
    choice: _Choice, passed: list[list[Fact]], depth: int, facts: tuple[Fact, ...], binding: dict[str, Value]
) -> Iterator[tuple[tuple[Fact, ...], dict[str, Value]]]:
    if depth == len(choice.alphas):
        yield facts, binding
        return
    variables = choice.variables[depth]
    for fact in passed[choice.alphas[depth]]:
        if all(binding.get(name, fact[position]) == fact[position] for position, name in variables):
            more = binding | {name: fact[position] for position, name in variables}
            yield from _joined(choice, passed, depth + 1, (*facts, fact), more)
