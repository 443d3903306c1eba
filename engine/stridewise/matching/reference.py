"""The meaning of a stratum in plain Python: each new fact is joined with the facts before it, through indexes chosen once.

Semi-naive: a fact at one condition meets strictly older facts at the conditions before it and facts up to itself after it,
so that every combination is found exactly once."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stridewise.condition import Condition
from stridewise.fact import Fact
from stridewise.matching.branches import Allowed, Branch, Concluding, Stratum, activation
from stridewise.memory import Activation
from stridewise.vocabulary import Value

Key = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """Join one more condition: look its facts up by the fields whose variables are already bound."""

    position: int
    slot: int
    fields: tuple[str, ...]
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Trigger:
    """A fact that passes this condition of a branch may complete it; `steps` join the others."""

    branch: Branch
    position: int
    steps: tuple[_Step, ...]


@dataclass(slots=True)
class _Slot:
    """One distinct condition, the branches waiting for it, and the field tuples its facts are indexed by."""

    condition: Condition
    triggers: list[_Trigger] = field(default_factory=list)
    indexes: set[tuple[str, ...]] = field(default_factory=set)


class ReferenceMatcher:
    """Compiled once for a stratum; holds no facts between runs."""

    def __init__(self, stratum: Stratum) -> None:
        self.slots: list[_Slot] = []
        self.slot_of: dict[Condition, int] = {}
        self.by_value: dict[tuple[str, Value], list[int]] = defaultdict(list)
        self.by_kind: dict[str, list[int]] = defaultdict(list)
        for branch in stratum.branches:
            for condition in branch.conditions:
                self._slot(condition)
        for branch in stratum.branches:
            for position, condition in enumerate(branch.conditions):
                self.slots[self.slot_of[condition]].triggers.append(self._trigger(branch, position))

    def _slot(self, condition: Condition) -> None:
        if condition in self.slot_of:
            return
        number = self.slot_of[condition] = len(self.slots)
        self.slots.append(_Slot(condition))
        if condition.constants is None:
            self.by_kind[condition.kind].append(number)
        else:
            for value in condition.constants:
                self.by_value[condition.kind, value].append(number)

    def _trigger(self, branch: Branch, position: int) -> _Trigger:
        """Order the other conditions so that each is reached with as many bound variables as possible."""
        bound = {name for _, name in branch.conditions[position].variables}
        left = [index for index in range(len(branch.conditions)) if index != position]
        steps = []
        while left:
            index = max(left, key=lambda i: (sum(n in bound for _, n in branch.conditions[i].variables), -i))
            left.remove(index)
            joined = [(name, variable) for name, variable in branch.conditions[index].variables if variable in bound]
            fields = tuple(name for name, _ in joined)
            slot = self.slot_of[branch.conditions[index]]
            self.slots[slot].indexes.add(fields)
            steps.append(_Step(index, slot, fields, tuple(variable for _, variable in joined)))
            bound |= {variable for _, variable in branch.conditions[index].variables}
        return _Trigger(branch, position, tuple(steps))

    def saturate(self, facts: Sequence[Fact], allowed: Allowed, conclude: Concluding) -> list[Activation]:
        """Every activation at the fixpoint, each once."""
        run = _Run(self)
        waiting, known, fired = deque(facts), set(facts), []
        while waiting:
            for branch, matched in run.add(waiting.popleft()):
                candidate = activation(branch, matched)
                if not allowed(branch, dict(candidate.binding)):
                    continue
                fired.append(candidate)
                for fact in conclude(candidate):
                    if fact not in known:
                        known.add(fact)
                        waiting.append(fact)
        return fired


class _Run:
    """The facts of one run, indexed for the joins."""

    def __init__(self, matcher: ReferenceMatcher) -> None:
        self.matcher = matcher
        self.count = 0
        self.indexed: dict[tuple[int, tuple[str, ...]], dict[Key, list[tuple[int, Fact]]]] = defaultdict(
            lambda: defaultdict(list)
        )

    def add(self, fact: Fact) -> Iterator[tuple[Branch, tuple[Fact, ...]]]:
        """Take one fact in; yield the branches it completes, each with its facts in the order of the conditions."""
        self.count += 1
        candidates = [*self.matcher.by_value.get((fact.kind, fact.value), ()), *self.matcher.by_kind.get(fact.kind, ())]
        hits = [self.matcher.slots[number] for number in candidates if self.matcher.slots[number].condition.accepts(fact)]
        for slot in hits:
            number = self.matcher.slot_of[slot.condition]
            for fields in slot.indexes:
                self.indexed[number, fields][tuple(fact.get(name) for name in fields)].append((self.count, fact))
        for slot in hits:
            for trigger in slot.triggers:
                chosen: dict[int, Fact] = {trigger.position: fact}
                yield from self._join(trigger, 0, chosen, slot.condition.bind(fact))

    def _join(
        self, trigger: _Trigger, depth: int, chosen: dict[int, Fact], bound: dict[str, Value]
    ) -> Iterator[tuple[Branch, tuple[Fact, ...]]]:
        if depth == len(trigger.steps):
            yield trigger.branch, tuple(chosen[index] for index in range(len(chosen)))
            return
        step = trigger.steps[depth]
        key = tuple(bound[name] for name in step.variables)
        newest = self.count - 1 if step.position < trigger.position else self.count
        condition = trigger.branch.conditions[step.position]
        for number, fact in self.indexed[step.slot, step.fields].get(key, ()):
            if number <= newest:
                yield from self._join(trigger, depth + 1, chosen | {step.position: fact}, bound | condition.bind(fact))
