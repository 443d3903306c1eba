"""rule-engine: one compiled expression for each distinct condition. It does not chain: expressions test, the driver joins.

The driver offers a fact only to the expressions of its kind."""

from collections.abc import Iterator, Sequence
from typing import Any

import rule_engine

from benchmarks.inference.driver import Alpha, Driver, Fired
from benchmarks.inference.form import FIELDS, Fact, Firing, KnowledgeBase, OneOf, firing


class RuleEngine:
    """All expressions, by kind."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.driver, self.facts = Driver(base), base.facts
        self.rules: dict[str, list[tuple[int, Any]]] = {kind: [] for kind in FIELDS}
        for number, alpha in enumerate(self.driver.alphas):
            self.rules[alpha[0]].append((number, rule_engine.Rule(_expression(alpha))))

    def run(self) -> Fired:
        return self.driver.run(self.facts, self._classify)

    def _classify(self, facts: Sequence[Fact]) -> Iterator[list[int]]:
        for kind, *values in facts:
            fields = dict(zip(FIELDS[str(kind)], values, strict=True))
            yield [number for number, rule in self.rules[str(kind)] if rule.matches(fields)]

    def firings(self, result: Fired) -> frozenset[Firing]:
        return frozenset(firing(*one) for one in result)


def _expression(alpha: Alpha) -> str:
    return " and ".join(part for name, test in alpha[1] for part in _parts(name, test)) or "true"


def _parts(name: str, test: Any) -> Iterator[str]:
    if isinstance(test, OneOf):
        terms = ", ".join(f'"{value}"' for value in test.values)
        yield f"{name} == {terms}" if len(test.values) == 1 else f"{name} in [{terms}]"
        return
    yield from (f"{name} {sign} {end}" for sign, end in ((">=", test.low), ("<=", test.high)) if end is not None)
