"""The yardstick: what a good programmer would write by hand for exactly this knowledge base, generated to save the typing.

Straight-line Python, one block a rule, in an order in which every rule stands below what it needs: no loop to a fixpoint, no
interpretation of rules. Facts are plain tuples in dicts by (kind, value) and by kind; a condition that leaves nothing open is a
look-up in a set; the most selective condition is asked first."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.inference.form import (
    FIELDS,
    NUMBERS,
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
from benchmarks.inference.order import one_after_another

Fired = list[tuple[str, tuple[Fact, ...]]]
RunByHand = Callable[[Sequence[Fact]], tuple[Fired, set[Fact]]]
_HEAD = """
def run(facts):
    known, fired = set(facts), []
    at, of = defaultdict(list), defaultdict(list)
    for fact in facts:
        at[fact[0], fact[1]].append(fact)
        of[fact[0]].append(fact)

    def conclude(fact):
        if fact not in known:
            known.add(fact)
            at[fact[0], fact[1]].append(fact)
            of[fact[0]].append(fact)

"""


class ByHand:
    """The function and the facts to run it on."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.function, self.facts = compile_by_hand(base), base.facts

    def run(self) -> tuple[Fired, set[Fact]]:
        return self.function(self.facts)

    def firings(self, result: tuple[Fired, set[Fact]]) -> frozenset[Firing]:
        return frozenset(firing(*one) for one in result[0])


def compile_by_hand(base: KnowledgeBase) -> RunByHand:
    """The function: facts in; what fired, and all that is known, out. Compiled once."""
    space: dict[str, Any] = {"defaultdict": defaultdict}
    exec(compile(source_by_hand(base), "<by hand>", "exec"), space)  # noqa: S102  # our own text, made above
    run: RunByHand = space["run"]
    return run


def source_by_hand(base: KnowledgeBase) -> str:
    """The text of the function."""
    lines = [line for rule in one_after_another(base.rules) for choice in rule.choices for line in _block(rule, choice)]
    return _HEAD + "\n".join(f"    {line}" for line in [*lines, "return fired, known"]) + "\n"


def _block(rule: Rule, choice: Sequence[Condition]) -> Iterator[str]:
    """Nested loops and tests, the most selective condition outermost."""
    bound: dict[str, str] = {}
    indent, names = "", {}
    for number, condition in sorted(enumerate(choice), key=lambda item: (item[1].constants is None, item[1].kind in NUMBERS)):
        name = names[number] = f"f{number}"
        for line in _condition(condition, name, bound):
            yield indent + line
            indent += "    " if line.endswith(":") else ""
    for pattern in rule.absent:
        yield f"{indent}if {_filled(pattern, bound)} not in known:"
        indent += "    "
    yield f"{indent}fired.append(({rule.id!r}, ({', '.join(names[number] for number in range(len(choice)))},)))"
    if rule.then is not None:
        yield f"{indent}conclude({_filled(rule.then, bound)})"


def _condition(condition: Condition, name: str, bound: dict[str, str]) -> Iterator[str]:
    if exact := _exactly(condition, bound):
        yield f"{name} = {exact}"
        yield f"if {name} in known:"
        return
    tests = dict(condition.tests)
    yield from _loop(condition, tests.pop("value"), name, bound)
    checks = [_check(test, f"{name}[{FIELDS[condition.kind].index(field) + 1}]", bound) for field, test in tests.items()]
    if found := [check for check in checks if check]:
        yield f"if {' and '.join(found)}:"


def _loop(condition: Condition, test: Bind | OneOf | Range, name: str, bound: dict[str, str]) -> Iterator[str]:
    kind = condition.kind
    if isinstance(test, OneOf) and len(test.values) == 1:
        yield f"for {name} in at.get({(kind, test.values[0])!r}, ()):"
    elif isinstance(test, OneOf):
        yield f"for value in {test.values!r}:"
        yield f"for {name} in at.get(({kind!r}, value), ()):"
    elif isinstance(test, Bind) and test.name in bound:
        yield f"for {name} in at.get(({kind!r}, {bound[test.name]}), ()):"
    else:
        yield f"for {name} in of.get({kind!r}, ()):"
        if check := _check(test, f"{name}[1]", bound):
            yield f"if {check}:"


def _check(test: Bind | OneOf | Range, value: str, bound: dict[str, str]) -> str:
    """The test of one field as an expression, empty where a variable is met for the first time."""
    if isinstance(test, OneOf):
        return f"{value} == {test.values[0]!r}" if len(test.values) == 1 else f"{value} in {test.values!r}"
    if isinstance(test, Range):
        low, high = ("" if test.low is None else f"{test.low} <= "), ("" if test.high is None else f" <= {test.high}")
        return f"{low}{value}{high}"
    return f"{value} == {bound[test.name]}" if bound.setdefault(test.name, value) != value else ""


def _exactly(condition: Condition, bound: dict[str, str]) -> str:
    """The one fact that can pass, as an expression, where the condition leaves nothing open; else empty."""
    tests, parts = dict(condition.tests), [repr(condition.kind)]
    for field in FIELDS[condition.kind]:
        test = tests.get(field)
        if isinstance(test, OneOf) and len(test.values) == 1:
            parts.append(repr(test.values[0]))
        elif isinstance(test, Bind) and test.name in bound:
            parts.append(bound[test.name])
        else:
            return ""
    return f"({', '.join(parts)})"


def _filled(pattern: Pattern, bound: dict[str, str]) -> str:
    fields = [bound[item.name] if isinstance(item, Bind) else repr(item) for item in pattern.fields]
    return f"({', '.join([repr(pattern.kind), *fields])})"
