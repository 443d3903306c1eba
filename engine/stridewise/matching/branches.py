"""Rules in the form both matchers work on: conjunctions of conditions, counted groups turned into facts of their own."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from stridewise.condition import Binding, Condition, OneOf, Variable
from stridewise.fact import VALUE, Fact, make_fact, split_sides
from stridewise.memory import Activation, WorkingMemory
from stridewise.rule import Conclude, Rule
from stridewise.vocabulary import Value, Vocabulary

COUNTED = "#counted"  # the kind of a fact that says: this at_least group is met under these values
ALWAYS = Fact("#always", "yes")
_ALWAYS_HOLDS = Condition(ALWAYS.kind, ((VALUE, OneOf(frozenset({"yes"}))),))


@dataclass(frozen=True, slots=True)
class Branch:
    """One conjunction of a rule. `own` of its conditions are the rule's positives, in the rule's order."""

    rule: Rule
    number: int
    conditions: tuple[Condition, ...]

    @property
    def absents(self) -> tuple[Condition, ...]:
        return self.rule.conditions.absents


@dataclass(frozen=True, slots=True)
class Stratum:
    """Rules that run to a fixpoint together, as branches."""

    rules: tuple[Rule, ...]
    branches: tuple[Branch, ...]


# Facts in, the activations of the stratum out. `allowed` says whether a branch's absent conditions hold under a binding;
# `conclude` gives the facts an activation concludes, which the matcher must match in turn.
Allowed = Callable[[Branch, Binding], bool]
Concluding = Callable[[Activation], Sequence[Fact]]


class Matcher(Protocol):
    """Computes the activations of one stratum, compiled once."""

    def saturate(self, facts: Sequence[Fact], allowed: Allowed, conclude: Concluding) -> list[Activation]:
        """Every activation at the fixpoint, each once, in any order."""
        ...


def compile_stratum(rules: Sequence[Rule]) -> Stratum:
    """The branches of these rules: one a choice in their any_of groups."""
    return Stratum(tuple(rules), tuple(branch for rule in rules for branch in _branches(rule)))


def _branches(rule: Rule) -> Iterator[Branch]:
    counted = [_counted_condition(rule, index) for index in range(len(rule.conditions.at_least))]
    for number, choice in enumerate(product(*rule.conditions.any_of)):
        conditions = (*rule.conditions.positives, *choice, *counted)
        yield Branch(rule, number, conditions or (_ALWAYS_HOLDS,))


def shared_variables(group: Sequence[Condition]) -> tuple[str, ...]:
    """The variables that every condition of an at_least group has: it is counted per value of these."""
    return tuple(sorted(frozenset.intersection(*(frozenset(name for _, name in c.variables) for c in group))))


def _group_name(rule: Rule, index: int) -> str:
    return f"{rule.id}#{index}"


def _counted_condition(rule: Rule, index: int) -> Condition:
    _, group = rule.conditions.at_least[index]
    tests = [(name, Variable(name)) for name in shared_variables(group)]
    return Condition(COUNTED, ((VALUE, OneOf(frozenset({_group_name(rule, index)}))), *tests))


def count_groups(stratum: Stratum, memory: WorkingMemory) -> dict[Fact, tuple[Fact, ...]]:
    """The at_least groups that are met, as facts, each with the facts that were counted. Lower strata must be complete."""
    met: dict[Fact, tuple[Fact, ...]] = {}
    for rule in stratum.rules:
        for index, (number, group) in enumerate(rule.conditions.at_least):
            for values, support in _count(group, number, memory):
                met[Fact(COUNTED, _group_name(rule, index), values)] = support
    return met


def _count(
    group: Sequence[Condition], number: int, memory: WorkingMemory
) -> Iterator[tuple[tuple[tuple[str, Value], ...], tuple[Fact, ...]]]:
    names = shared_variables(group)
    support: dict[tuple[Value, ...], dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for index, condition in enumerate(group):
        for fact in memory.matching(condition, {}):
            bound = condition.bind(fact)
            support[tuple(bound[name] for name in names)][index].append(fact)
    for values, by_condition in support.items():
        if len(by_condition) >= number:
            facts = {fact: None for found in by_condition.values() for fact in found}
            yield tuple(zip(names, values, strict=True)), tuple(sorted(facts, key=lambda fact: fact.sort_key))


def activation(branch: Branch, facts: tuple[Fact, ...]) -> Activation:
    """The activation of a branch by these facts, one for each condition."""
    binding: dict[str, Value] = {}
    for condition, fact in zip(branch.conditions, facts, strict=True):
        binding |= condition.bind(fact)
    return Activation(branch.rule, branch.number, facts, tuple(sorted(binding.items())))


def conclusions(vocabulary: Vocabulary, fired: Activation) -> list[Fact]:
    """The facts an activation concludes, one a side, defaults filled in."""
    binding = dict(fired.binding)
    return [fact for item in fired.rule.conclusions for fact in _conclude(vocabulary, item, binding)]


def _conclude(vocabulary: Vocabulary, item: Conclude, binding: Binding) -> Iterable[Fact]:
    kind = vocabulary.kinds[item.kind]
    values = {name: binding[v.name] if isinstance(v, Variable) else v for name, v in item.values}
    value = values.pop(VALUE)
    defaults = {name: a.default for name, a in kind.attributes.items() if a.default is not None and name not in values}
    return split_sides(make_fact(vocabulary, kind, value, values | defaults, assumed=frozenset(defaults)))
