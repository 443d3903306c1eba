"""Working memory: the facts, what they were concluded from, and every rule that fired. It never forgets a derivation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stridewise.language.condition import Binding, Condition
from stridewise.language.fact import Fact
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Value


class Activation(NamedTuple):
    """A rule whose conditions hold: `facts` met its positive conditions, branch by branch, under `binding`.

    `branch` numbers the choice made in its any_of groups; `supports` are the facts counted by its at_least groups."""

    rule: Rule
    branch: int
    facts: tuple[Fact, ...]
    binding: tuple[tuple[str, Value], ...]
    supports: tuple[Fact, ...] = ()

    @property
    def identity(self) -> tuple[Any, ...]:
        return (self.rule.id, self.branch, self.facts)

    @property
    def sort_key(self) -> tuple[Any, ...]:
        return (self.rule.id, self.branch, tuple(fact.sort_key for fact in self.facts))

    @property
    def premises(self) -> tuple[Fact, ...]:
        """The facts it rests on, each once, in the order of what they say."""
        if len(self.facts) == 1 and not self.supports and self.facts[0].kind[0] != "#":
            return self.facts
        unique = {fact: fact for fact in (*self.facts, *self.supports) if not fact.kind.startswith("#")}
        return tuple(sorted(unique.values(), key=lambda fact: fact.sort_key))


@dataclass(slots=True)
class WorkingMemory:
    """All facts known so far. `answered` are the closed kinds whose list or answer the profile holds."""

    answered: frozenset[str] = frozenset()
    facts: dict[Fact, Fact] = field(default_factory=dict)
    derivations: dict[Fact, list[Activation]] = field(default_factory=lambda: defaultdict(list))
    activations: list[Activation] = field(default_factory=list)
    by_kind: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    by_value: dict[tuple[str, Value | None], list[Fact]] = field(default_factory=lambda: defaultdict(list))
    ordered: dict[str, tuple[Fact, ...]] = field(default_factory=dict, repr=False, compare=False)  # what `of` last gave
    distinct: dict[str, frozenset[Value]] = field(default_factory=dict, repr=False, compare=False)  # and `values`

    def copy(self) -> "WorkingMemory":
        """The same, to be added to."""
        derivations = defaultdict(list, {fact: [*why] for fact, why in self.derivations.items()})
        by_kind = defaultdict(list, {kind: [*facts] for kind, facts in self.by_kind.items()})
        by_value = defaultdict(list, {key: [*facts] for key, facts in self.by_value.items()})
        return WorkingMemory(self.answered, dict(self.facts), derivations, [*self.activations], by_kind, by_value)

    def add(self, fact: Fact) -> None:
        if fact not in self.facts:
            kind = fact.kind
            self.facts[fact] = fact
            self.by_kind[kind].append(fact)
            self.by_value[kind, fact.value].append(fact)
            self.ordered.pop(kind, None)
            self.distinct.pop(kind, None)

    def record(self, activation: Activation, conclusions: Iterable[Fact]) -> None:
        """Keep that a rule fired and what it concluded."""
        self.activations.append(activation)
        for fact in conclusions:
            if fact not in self.facts:
                self.add(fact)
            self.derivations[fact].append(activation)

    def of(self, kind: str) -> tuple[Fact, ...]:
        """The facts of a kind, in the order of what they say."""
        if kind not in self.ordered:
            self.ordered[kind] = tuple(sorted(self.by_kind.get(kind, ()), key=lambda fact: fact.sort_key))
        return self.ordered[kind]

    def values(self, kind: str) -> frozenset[Value]:
        """The values recorded or concluded for a kind."""
        if kind not in self.distinct:
            self.distinct[kind] = frozenset([fact.value for fact in self.by_kind.get(kind, ())])
        return self.distinct[kind]

    def value(self, kind: str) -> Value | None:
        """The one value of a kind, the smallest where there are several, None where there is none."""
        facts = self.of(kind)
        return facts[0].value if facts else None

    def behind(self, facts: Iterable[Fact]) -> set[Fact]:
        """These facts and all that they rest on, recorded or concluded."""
        seen: set[Fact] = set()
        waiting = list(facts)
        while waiting:
            fact = waiting.pop()
            if fact not in seen:
                seen.add(fact)
                waiting += [premise for derivation in self.derivations.get(fact, ()) for premise in derivation.premises]
        return seen

    def matching(self, condition: Condition, binding: Binding) -> Iterator[Fact]:
        """Facts that pass a condition under a binding."""
        facts = self._near(condition)
        return (fact for fact in facts if condition.matches(fact, binding)) if facts else iter(())

    def has(self, condition: Condition, binding: Binding) -> bool:
        """Does a fact pass a condition under a binding?"""
        for fact in self._near(condition) or ():  # noqa: SIM110  # a generator costs more than all else here
            if condition.matches(fact, binding):
                return True
        return False

    def _near(self, condition: Condition) -> Sequence[Fact] | None:
        """Those of its kind, and of its value where it names one."""
        if condition.constants is not None and len(condition.constants) == 1:
            (value,) = condition.constants
            return self.by_value.get((condition.kind, value))
        return self.by_kind.get(condition.kind)
