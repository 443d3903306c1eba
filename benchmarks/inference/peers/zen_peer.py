"""zen-engine, which does not chain: it tests, the driver joins.

`ZenTables` is the library's own idea of a rule set: one decision graph with a decision table for each kind of fact, all matching
rows collected, all facts of a wave in one evaluation. `ZenExpressions` uses its expression language alone: for each kind one
compiled expression that gives the list of what holds, evaluated once for each fact. The second is much the faster here."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import zen

from benchmarks.inference.driver import Alpha, Driver, Fired
from benchmarks.inference.form import FIELDS, Fact, Firing, KnowledgeBase, OneOf, firing

Tested = dict[str, list[tuple[int, Alpha]]]


class _Zen:
    """What both share: which conditions there are for each kind."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.driver, self.facts = Driver(base), base.facts
        self.tested: Tested = {}
        for number, alpha in enumerate(self.driver.alphas):
            self.tested.setdefault(alpha[0], []).append((number, alpha))

    def firings(self, result: Fired) -> frozenset[Firing]:
        return frozenset(firing(*one) for one in result)


class ZenTables(_Zen):
    """One decision, evaluated once for each wave of facts."""

    def __init__(self, base: KnowledgeBase) -> None:
        super().__init__(base)
        self.decision = zen.ZenEngine().create_decision(json.dumps(_graph(self.tested)))

    def run(self) -> Fired:
        return self.driver.run(self.facts, self._classify)

    def _classify(self, facts: Sequence[Fact]) -> Iterator[list[int]]:
        wave: dict[str, list[dict[str, Any]]] = {kind: [] for kind in self.tested}
        places = []
        for kind, *values in facts:
            rows = wave.get(str(kind))
            places.append((kind, len(rows) if rows is not None else -1))
            if rows is not None:
                rows.append(dict(zip(FIELDS[str(kind)], values, strict=True)))
        result = self.decision.evaluate(wave)["result"]
        for kind, index in places:
            yield [hit["alpha"] for hit in result[f"{kind}_hits"][index]] if index >= 0 else []


class ZenExpressions(_Zen):
    """One expression a kind."""

    def __init__(self, base: KnowledgeBase) -> None:
        super().__init__(base)
        self.expressions = {
            kind: ([number for number, _ in rows], zen.compile_expression(f"[{', '.join(_expression(a) for _, a in rows)}]"))
            for kind, rows in self.tested.items()
        }

    def run(self) -> Fired:
        return self.driver.run(self.facts, self._classify)

    def _classify(self, facts: Sequence[Fact]) -> Iterator[list[int]]:
        for kind, *values in facts:
            if kind not in self.expressions:
                yield []
                continue
            numbers, expression = self.expressions[str(kind)]
            holds = expression.evaluate(dict(zip(FIELDS[str(kind)], values, strict=True)))
            yield [number for number, one in zip(numbers, holds, strict=True) if one]


def _expression(alpha: Alpha) -> str:
    return " and ".join(part for name, test in alpha[1] for part in _parts(name, test)) or "true"


def _parts(name: str, test: Any) -> Iterator[str]:
    if isinstance(test, OneOf):
        yield f"{name} == {json.dumps(test.values[0])}" if len(test.values) == 1 else f"{name} in {json.dumps(test.values)}"
        return
    yield from (f"{name} {sign} {end}" for sign, end in ((">=", test.low), ("<=", test.high)) if end is not None)


def _graph(tested: Tested) -> dict[str, Any]:
    tables = [_node(kind, "decisionTableNode", _table(kind, rows)) for kind, rows in tested.items()]
    links = [pair for kind in tested for pair in (("facts", kind), (kind, "found"))]
    edges = [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in links]
    return {"nodes": [_node("facts", "inputNode"), *tables, _node("found", "outputNode")], "edges": edges}


def _node(name: str, kind: str, content: Any = None) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "content": content or {}, "position": {"x": 0, "y": 0}}


def _table(kind: str, rows: list[tuple[int, Alpha]]) -> dict[str, Any]:
    return {
        "hitPolicy": "collect",
        "executionMode": "loop",
        "passThrough": False,
        "inputField": kind,
        "outputPath": f"{kind}_hits",
        "inputs": [{"id": name, "name": name, "field": name} for name in FIELDS[kind]],
        "outputs": [{"id": "alpha", "name": "alpha", "field": "alpha"}],
        "rules": [{"_id": f"{kind}-{number}", "alpha": str(number), **_cells(alpha)} for number, alpha in rows],
    }


def _cells(alpha: Alpha) -> dict[str, str]:
    cells = dict.fromkeys(FIELDS[alpha[0]], "")
    for name, test in alpha[1]:
        if isinstance(test, OneOf):
            cells[name] = ", ".join(json.dumps(value) for value in test.values)
        else:
            bounds = [f"$ {sign} {end}" for sign, end in ((">=", test.low), ("<=", test.high)) if end is not None]
            cells[name] = " and ".join(bounds)
    return cells
