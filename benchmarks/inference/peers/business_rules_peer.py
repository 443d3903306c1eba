"""business-rules: one rule of the library for each distinct condition, its action notes the condition. It does not chain: the
rules test, the driver joins. The driver offers a fact only to the rules of its kind."""

from collections.abc import Iterator, Sequence
from typing import Any

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_NUMERIC
from business_rules.variables import BaseVariables, numeric_rule_variable, string_rule_variable

from benchmarks.inference.driver import Alpha, Driver, Fired
from benchmarks.inference.form import (
    FIELDS,
    NUMBER_FIELDS,
    NUMBERS,
    Fact,
    Firing,
    KnowledgeBase,
    OneOf,
    firing,
)


class BusinessRules:
    """All rules, by kind."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.driver, self.facts = Driver(base), base.facts
        self.variables = {kind: _variables(kind) for kind in FIELDS}
        self.rules: dict[str, list[dict[str, Any]]] = {kind: [] for kind in FIELDS}
        for number, alpha in enumerate(self.driver.alphas):
            actions = [{"name": "passes", "params": {"number": number}}]
            self.rules[alpha[0]].append({"conditions": _conditions(alpha), "actions": actions})

    def run(self) -> Fired:
        return self.driver.run(self.facts, self._classify)

    def _classify(self, facts: Sequence[Fact]) -> Iterator[list[int]]:
        for fact in facts:
            noted = _Noted()
            run_all(self.rules[str(fact[0])], self.variables[str(fact[0])](fact), noted)
            yield noted.numbers

    def firings(self, result: Fired) -> frozenset[Firing]:
        return frozenset(firing(*one) for one in result)


class _Noted(BaseActions):  # type: ignore[misc]  # untyped library
    def __init__(self) -> None:
        self.numbers: list[int] = []

    @rule_action(params={"number": FIELD_NUMERIC})  # type: ignore[untyped-decorator]
    def passes(self, number: int) -> None:
        self.numbers.append(number)


def _variables(kind: str) -> Any:
    """A class of the library's variables: one a field of this kind."""

    def start(self: Any, fact: Fact) -> None:
        self.fact = fact

    members: dict[str, Any] = {"__init__": start}
    for index, name in enumerate(FIELDS[kind], 1):
        is_number = name in NUMBER_FIELDS or (name == "value" and kind in NUMBERS)
        members[name] = (numeric_rule_variable if is_number else string_rule_variable)(label=name)(_reader(index))
    return type(kind, (BaseVariables,), members)


def _reader(index: int) -> Any:
    def read(self: Any) -> Any:
        return self.fact[index]

    return read


def _conditions(alpha: Alpha) -> dict[str, Any]:
    parts = [part for name, test in alpha[1] for part in _parts(name, test)]
    return {"all": parts or [{"name": "value", "operator": "non_empty", "value": ""}]}


def _parts(name: str, test: Any) -> Iterator[dict[str, Any]]:
    if isinstance(test, OneOf):
        yield {"any": [{"name": name, "operator": "equal_to", "value": value} for value in test.values]}
        return
    ends = (("greater_than_or_equal_to", test.low), ("less_than_or_equal_to", test.high))
    yield from ({"name": name, "operator": operator, "value": end} for operator, end in ends if end is not None)
