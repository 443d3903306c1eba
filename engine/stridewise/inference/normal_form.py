"""Rules in the form both matchers work on: conjunctions of conditions, counted groups turned into facts of their own."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from stridewise.inference.memory import Activation, WorkingMemory
from stridewise.language.condition import Binding, Condition, OneOf, Variable
from stridewise.language.fact import VALUE, Fact, make_fact, split_sides
from stridewise.language.rule import Conclude, Rule
from stridewise.language.vocabulary import Value, Vocabulary

COUNTED = "#counted"  # the kind of a fact that says: this at_least group is met under these values
MOST_KNOWN = 20_000  # conclusions that are kept from run to run; the built-in packs come to some thousands
ALWAYS = Fact("#always", "yes")
_ALWAYS_HOLDS = Condition(ALWAYS.kind, ((VALUE, OneOf(frozenset({"yes"}))),))


@dataclass(frozen=True)
class Branch:
    """One conjunction of a rule: its positives, its choice of the any_of groups, and a counted fact for each at_least group."""

    rule: Rule
    number: int
    conditions: tuple[Condition, ...]

    @cached_property
    def sources(self) -> tuple[tuple[str, int, str], ...]:
        """Where each variable, in the order of names, takes its value from: (variable, condition, field)."""
        first: dict[str, tuple[str, int, str]] = {}
        for position, condition in enumerate(self.conditions):
            for name, variable in condition.variables:
                first.setdefault(variable, (variable, position, name))
        return tuple(first[variable] for variable in sorted(first))

    @property
    def absents(self) -> tuple[Condition, ...]:
        return self.rule.conditions.absents


@dataclass(frozen=True, slots=True)
class Stratum:
    """Rules that run to a fixpoint together, as branches."""

    counting: tuple[Rule, ...]  # those with an at_least group
    branches: tuple[Branch, ...]


# Facts in, the activations of the stratum out. `allowed` says whether a branch's absent conditions hold under a binding;
# `conclude` gives the facts an activation concludes, which the matcher must match in turn.
Allowed = Callable[[Branch, Binding], bool]
Concluding = Callable[[Activation], Sequence[Fact]]


def compile_stratum(rules: Sequence[Rule]) -> Stratum:
    """The branches of these rules: one a choice in their any_of groups."""
    counting = tuple(rule for rule in rules if rule.conditions.at_least)
    return Stratum(counting, tuple(branch for rule in rules for branch in _branches(rule)))


def _branches(rule: Rule) -> Iterator[Branch]:
    counted = [_counted_condition(rule, index) for index in range(len(rule.conditions.at_least))]
    for number, choice in enumerate(product(*rule.conditions.any_of)):
        conditions = (*rule.conditions.positives, *choice, *counted)
        yield Branch(rule, number, conditions or (_ALWAYS_HOLDS,))


Bound = tuple[tuple[str, Value], ...]


def shared_variables(group: Sequence[Condition]) -> tuple[str, ...]:
    """The variables that every condition of an at_least group has: it is counted per value of these."""
    return tuple(sorted(frozenset.intersection(*(frozenset(name for _, name in c.variables) for c in group))))


def group_name(rule: Rule, index: int) -> str:
    return f"{rule.id}#{index}"


def _counted_condition(rule: Rule, index: int) -> Condition:
    _, group = rule.conditions.at_least[index]
    tests = [(name, Variable(name)) for name in shared_variables(group)]
    return Condition(COUNTED, ((VALUE, OneOf(frozenset({group_name(rule, index)}))), *tests))


def count_groups(stratum: Stratum, memory: WorkingMemory) -> dict[Fact, tuple[Fact, ...]]:
    """The at_least groups that are met, as facts, each with the facts that were counted. Lower strata must be complete."""
    met: dict[Fact, tuple[Fact, ...]] = {}
    for rule in stratum.counting:
        for index, (number, group) in enumerate(rule.conditions.at_least):
            for values, support in met_under(group, number, memory):
                met[Fact(COUNTED, group_name(rule, index), values)] = support
    return met


def met_under(group: Sequence[Condition], number: int, memory: WorkingMemory) -> Iterator[tuple[Bound, tuple[Fact, ...]]]:
    """The values of its shared variables that so many of a group are met under, each with the facts that were counted."""
    names = shared_variables(group)
    support: dict[tuple[Value, ...], dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for index, condition in enumerate(group):
        for fact in memory.matching(condition, {}):
            bound = condition.bind(fact)
            support[tuple(bound[name] for name in names)][index].append(fact)
    for values, by_condition in support.items():
        if len(by_condition) >= number:
            facts = {fact: None for counted in by_condition.values() for fact in counted}
            yield tuple(zip(names, values, strict=True)), tuple(sorted(facts, key=lambda fact: fact.sort_key))


def activation(branch: Branch, facts: tuple[Fact, ...]) -> Activation:
    """The activation of a branch by these facts, one for each condition."""
    bound = (
        tuple([(variable, facts[position].said[name]) for variable, position, name in branch.sources]) if branch.sources else ()
    )
    return Activation(branch.rule, branch.number, facts, bound)


def concluding(vocabulary: Vocabulary, known: dict[object, Sequence[Fact]], terms: frozenset[Value]) -> Concluding:
    """What gives the facts an activation concludes, one a side, defaults filled in. `known` keeps from run to run those that rest
    on `terms` alone; the others are kept for this one."""
    made: dict[object, Sequence[Fact]] = {}

    def conclude(fired: Activation) -> Sequence[Fact]:
        rule = fired.rule
        if not rule.conclusions:
            return ()
        key = rule.id, fired.binding
        facts = known.get(key) or made.get(key)
        if facts is None:
            binding = dict(fired.binding)
            facts = [fact for item in rule.conclusions for fact in _conclude(vocabulary, item, binding)]
            is_lasting = len(known) < MOST_KNOWN and terms.issuperset(binding.values())  # a number or free text has no end
            (known if is_lasting else made)[key] = facts
        return facts

    return conclude


def in_order(activations: Sequence[Activation]) -> list[Activation]:
    """By rule, branch and what the facts say, whatever the order in which they were found."""
    by_branch: dict[tuple[str, int], list[Activation]] = defaultdict(list)
    for fired in activations:
        by_branch[fired.rule.id, fired.branch].append(fired)
    return [fired for key in sorted(by_branch) for fired in by_facts(by_branch[key])]


def by_facts(activations: list[Activation]) -> list[Activation]:
    """Those of one branch by what their facts say."""
    if len(activations) > 1:
        activations.sort(key=lambda fired: [fact.sort_key for fact in fired.facts])
    return activations


def _conclude(vocabulary: Vocabulary, item: Conclude, binding: Binding) -> Iterable[Fact]:
    kind = vocabulary.kinds[item.kind]
    values = {name: binding[v.name] if isinstance(v, Variable) else v for name, v in item.values}
    value = values.pop(VALUE)
    defaults = {name: a.default for name, a in kind.attributes.items() if a.default is not None and name not in values}
    return split_sides(make_fact(vocabulary, kind, value, values | defaults, assumed=frozenset(defaults)))
