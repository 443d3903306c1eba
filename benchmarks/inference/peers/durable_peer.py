"""durable_rules by its documented interface: `durable.lang` for the rules, `Host` for the facts.

Used so that it stays exact: lists of terms and `any_of` become separate rules (its `$or` before a join matches falsely); absence
is decided in Python when a rule is dispatched, `pri` being the stratum (its `none` is wrong at times); every condition with a
join ends in one that is always true (else it may read out of bounds); numbers and texts never share a property; facts are
asserted inside the action of a first fact, one at a time, so that nothing fires half-informed and one that no rule awaits does
no harm. The host's timers are left out: they run in threads and may touch a state that is being deleted."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import product
from typing import Any

from durable import engine, lang

from benchmarks.inference.form import (
    FIELDS,
    NUMBER_FIELDS,
    NUMBERS,
    Bind,
    Condition,
    Fact,
    Firing,
    KnowledgeBase,
    OneOf,
    Range,
    Rule,
    Value,
    firing,
)

SID = "1"
_NAMES = iter(range(1_000_000))


class _Host(engine.Host):  # type: ignore[misc]  # untyped library
    def _run(self) -> None:
        """No timers."""


class DurablePublic:
    """One ruleset; its session is deleted after each run."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.name = f"benchmark-{next(_NAMES)}"
        ruleset = lang.ruleset(self.name)
        with ruleset:
            lang.when_all(lang.c.c0 << (lang.m.kind == "boot"), lang.pri(1))(self._boot)
            for level, stratum in enumerate(base.strata):
                for rule in stratum:
                    for choice in _choices(rule):
                        lang.when_all(*_expressions(choice), lang.pri(level + 2))(self._action(rule, choice))
        name, definition = ruleset.define()
        self.host = _Host({name: definition})
        self.given = base.facts

    def run(self) -> dict[tuple[str, tuple[Fact, ...]], None]:
        self.facts: list[Fact] = []
        self.known: set[Fact] = set()
        self.fired: dict[tuple[str, tuple[Fact, ...]], None] = {}
        self.failed: list[BaseException] = []
        self.host.assert_fact(self.name, {"sid": SID, "id": "boot", "kind": "boot"})
        self.host.delete_state(self.name, SID)
        if self.failed:
            raise self.failed[0]
        return self.fired

    def _boot(self, c: Any) -> None:
        try:
            for fact in self.given:
                self._assert(c, fact)
        except BaseException as error:  # durable_rules would keep it to itself
            self.failed.append(error)

    def _assert(self, c: Any, fact: Fact) -> None:
        if fact in self.known:
            return
        self.known.add(fact)
        message = {"sid": SID, "id": str(len(self.facts)), "f": len(self.facts), "one": 1, "kind": fact[0]}
        self.facts.append(fact)
        for name, value in zip(FIELDS[str(fact[0])], fact[1:], strict=True):
            message[_property(str(fact[0]), name)] = value
        with suppress(engine.MessageNotHandledException):  # no rule awaits it
            c.assert_fact(message)

    def _action(self, rule: Rule, choice: Sequence[Condition]) -> Callable[[Any], None]:
        aliases = [f"c{index}" for index in range(len(choice))]
        bound = _bound(choice)

        def action(c: Any) -> None:
            try:
                facts = tuple(self.facts[getattr(c, alias).f] for alias in aliases)
                binding = {name: facts[index][position] for name, (index, position) in bound.items()}
                self._fire(c, rule, facts, binding)
            except BaseException as error:
                self.failed.append(error)

        return action

    def _fire(self, c: Any, rule: Rule, facts: tuple[Fact, ...], binding: dict[str, Value]) -> None:
        if not any(pattern.fill(binding) in self.known for pattern in rule.absent):
            self.fired[rule.id, facts] = None
            if rule.then is not None:
                self._assert(c, rule.then.fill(binding))

    def firings(self, result: dict[tuple[str, tuple[Fact, ...]], None]) -> frozenset[Firing]:
        return frozenset(firing(*one) for one in result)


def _property(kind: str, name: str) -> str:
    is_number = name in NUMBER_FIELDS or (name == "value" and kind in NUMBERS)
    return f"{name}_number" if is_number else name


def _choices(rule: Rule) -> Iterator[tuple[Condition, ...]]:
    """The rule without `either` and without lists of terms: one choice for each combination."""
    for conditions in rule.choices:
        yield from product(*map(_single, conditions))


def _single(condition: Condition) -> list[Condition]:
    options = [[OneOf((value,)) for value in t.values] if isinstance(t, OneOf) else [t] for _, t in condition.tests]
    names = [name for name, _ in condition.tests]
    return [Condition(condition.kind, tuple(zip(names, tests, strict=True))) for tests in product(*options)]


def _bound(choice: Sequence[Condition]) -> dict[str, tuple[int, int]]:
    """Where each variable is met first: the condition, and the position in its fact."""
    bound: dict[str, tuple[int, int]] = {}
    for index, condition in enumerate(choice):
        for name, test in condition.tests:
            if isinstance(test, Bind):
                bound.setdefault(test.name, (index, FIELDS[condition.kind].index(name) + 1))
    return bound


def _expressions(choice: Sequence[Condition]) -> Iterator[Any]:
    bound = _bound(choice)
    for index, condition in enumerate(choice):
        expression, joined = lang.m.kind == condition.kind, False
        for name, test in condition.tests:
            here = getattr(lang.m, _property(condition.kind, name))
            if isinstance(test, Bind):
                first, position = bound[test.name]
                if first != index:
                    there = _property(choice[first].kind, FIELDS[choice[first].kind][position - 1])
                    expression, joined = expression & (here == getattr(getattr(lang.c, f"c{first}"), there)), True
            else:
                for part in _parts(here, test):
                    expression = expression & part
        pad = [lang.m.one == lang.c.c0.one] if joined else []
        yield getattr(lang.c, f"c{index}") << (expression & pad[0] if pad else expression)


def _parts(here: Any, test: OneOf | Range) -> Iterator[Any]:
    if isinstance(test, OneOf):
        yield here == test.values[0]
        return
    if test.low is not None:
        yield here >= test.low
    if test.high is not None:
        yield here <= test.high
