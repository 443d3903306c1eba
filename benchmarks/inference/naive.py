"""What the knowledge base means, by trying every fact at every condition until nothing new fires. Slow and plain on purpose."""

from collections.abc import Iterator, Sequence

from benchmarks.inference.form import (
    FIELDS,
    Bind,
    Condition,
    Fact,
    Firing,
    KnowledgeBase,
    OneOf,
    Pattern,
    Rule,
    Test,
    Value,
    firing,
)

Binding = dict[str, Value]


def naive_firings(base: KnowledgeBase) -> frozenset[Firing]:
    """Every firing: the rule and the facts that met its positive conditions."""
    facts: dict[str, list[Fact]] = {kind: [] for kind in FIELDS}
    for fact in base.facts:
        facts[str(fact[0])].append(fact)
    firings: set[Firing] = set()
    for stratum in base.strata:
        while _once(stratum, facts, firings):
            pass
    return frozenset(firings)


def _once(rules: Sequence[Rule], facts: dict[str, list[Fact]], firings: set[Firing]) -> bool:
    """Try every rule once; did anything new fire?"""
    before = len(firings)
    for rule in rules:
        for conditions in rule.choices:
            for matched, binding in list(_matches(conditions, facts, (), {})):
                if not any(pattern.fill(binding) in facts[pattern.kind] for pattern in rule.absent):
                    firings.add(firing(rule.id, matched))
                    _conclude(rule.then, binding, facts)
    return len(firings) > before


def _conclude(pattern: Pattern | None, binding: Binding, facts: dict[str, list[Fact]]) -> None:
    if pattern is not None and (fact := pattern.fill(binding)) not in facts[pattern.kind]:
        facts[pattern.kind].append(fact)


def _matches(
    conditions: Sequence[Condition], facts: dict[str, list[Fact]], matched: tuple[Fact, ...], binding: Binding
) -> Iterator[tuple[tuple[Fact, ...], Binding]]:
    if not conditions:
        yield matched, binding
        return
    for fact in list(facts[conditions[0].kind]):
        more = _accepts(conditions[0], fact, binding)
        if more is not None:
            yield from _matches(conditions[1:], facts, (*matched, fact), more)


def _accepts(condition: Condition, fact: Fact, binding: Binding) -> Binding | None:
    """The binding with what this fact adds, None where it does not pass."""
    more = dict(binding)
    for name, test in condition.tests:
        if not passes(test, fact[FIELDS[condition.kind].index(name) + 1], more):
            return None
    return more


def passes(test: Test, value: Value, binding: Binding) -> bool:
    """Does a value pass a test? A variable is bound on the way."""
    if isinstance(test, Bind):
        return binding.setdefault(test.name, value) == value
    if isinstance(test, OneOf):
        return value in test.values
    return isinstance(value, int) and (test.low is None or value >= test.low) and (test.high is None or value <= test.high)
