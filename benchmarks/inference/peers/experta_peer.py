"""experta: a Rete network in pure Python. Facts are classes, rules are methods, salience orders the strata.

Its pinned frozendict 1.2 asks for names that `collections` lost in Python 3.10; they are put back before it is imported."""

import collections
import collections.abc
from collections.abc import Callable
from typing import Any

for _name in ("Mapping", "MutableMapping", "Iterable", "Callable"):
    if not hasattr(collections, _name):
        setattr(collections, _name, getattr(collections.abc, _name))

import experta  # noqa: E402  # only now can it be imported

from benchmarks.inference.form import (  # noqa: E402
    FIELDS,
    Bind,
    Condition,
    Fact,
    Firing,
    KnowledgeBase,
    OneOf,
    Pattern,
    Range,
    Rule,
    firing,
)

_CLASSES = {kind: type(kind, (experta.Fact,), {}) for kind in FIELDS}


class Experta:
    """One knowledge engine, reset for each run."""

    def __init__(self, base: KnowledgeBase) -> None:
        rules = {
            name: item for level, stratum in enumerate(base.strata) for rule in stratum for name, item in _rules(rule, level)
        }
        self.engine = type("Engine", (experta.KnowledgeEngine,), rules)()
        self.facts = base.facts

    def run(self) -> list[tuple[str, list[Any]]]:
        engine = self.engine
        engine.fired = []
        engine.reset()
        for fact in self.facts:
            engine.declare(_declared(fact))
        engine.run()
        fired: list[tuple[str, list[Any]]] = engine.fired
        return fired

    def firings(self, result: list[tuple[str, list[Any]]]) -> frozenset[Firing]:
        return frozenset(firing(rule, map(_plain, facts)) for rule, facts in result)


def _declared(fact: Fact) -> Any:
    kind = str(fact[0])
    return _CLASSES[kind](**dict(zip(FIELDS[kind], fact[1:], strict=True)))


def _plain(fact: Any) -> Fact:
    kind = type(fact).__name__
    return (kind, *(fact[name] for name in FIELDS[kind]))


def _rules(rule: Rule, level: int) -> list[tuple[str, Any]]:
    return [(f"{rule.id}#{number}", _rule(rule, choice, level)) for number, choice in enumerate(rule.choices)]


def _rule(rule: Rule, choice: tuple[Condition, ...], level: int) -> Any:
    patterns = [getattr(experta.AS, f"f{index}") << _condition(condition) for index, condition in enumerate(choice)]
    absent = [experta.NOT(_pattern(pattern)) for pattern in rule.absent]
    return experta.Rule(*patterns, *absent, salience=-level)(_action(rule, len(choice)))


def _action(rule: Rule, number: int) -> Callable[..., None]:
    names = [f"f{index}" for index in range(number)]

    def action(engine: Any, **context: Any) -> None:
        engine.fired.append((rule.id, [context[name] for name in names]))
        if rule.then is not None:
            engine.declare(_declared(rule.then.fill(context)))

    return action


def _condition(condition: Condition) -> Any:
    return _CLASSES[condition.kind](**{name: _test(test) for name, test in condition.tests})


def _test(test: Any) -> Any:
    if isinstance(test, Bind):
        return getattr(experta.MATCH, test.name)
    if isinstance(test, Range):
        return experta.P(lambda value: (test.low is None or value >= test.low) and (test.high is None or value <= test.high))
    return _one_of(test)


def _one_of(test: OneOf) -> Any:
    first, *others = [experta.L(value) for value in test.values]
    for other in others:
        first = first | other
    return first


def _pattern(pattern: Pattern) -> Any:
    fields = zip(FIELDS[pattern.kind], pattern.fields, strict=True)
    terms = {name: getattr(experta.MATCH, item.name) if isinstance(item, Bind) else experta.L(item) for name, item in fields}
    return _CLASSES[pattern.kind](**terms)
