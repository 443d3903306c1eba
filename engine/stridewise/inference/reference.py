"""The meaning of a stratum in plain Python: each new fact is joined with the facts before it, through indexes chosen once.

Semi-naive: a fact at one condition meets strictly older facts at the conditions before it and facts up to itself after it,
so that every combination is found exactly once."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from stridewise.errors import PackError, Problem
from stridewise.inference.memory import Activation
from stridewise.inference.normal_form import Allowed, Branch, Concluding, Stratum, activation
from stridewise.language.condition import Condition, Variable
from stridewise.language.fact import Fact
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Value

MAX_FOUND = 10_000  # activations of one stratum; a plan has some hundreds

Key = Value | tuple[Value, ...]
Found = list[tuple[Branch, tuple[Fact, ...]]]


@dataclass(frozen=True, slots=True)
class _Step:
    """Join one more condition: look its facts up in an index by what the facts chosen before say.

    `sources` are (condition, field) pairs, in the order of the index's fields. `is_before`: it stands before the trigger in
    the branch, and so meets strictly older facts only."""

    position: int
    index: int
    sources: tuple[tuple[int, str], ...]
    is_before: bool


@dataclass(frozen=True, slots=True)
class _Trigger:
    """A fact that passes this condition of a branch may complete it; `steps` join the others."""

    branch: Branch
    position: int
    steps: tuple[_Step, ...]


@dataclass(slots=True)
class _Slot:
    """One distinct condition: the branches it completes alone, those it may complete with others, and the indexes its facts
    are kept in, each by some fields."""

    condition: Condition
    passes: Callable[[Fact], bool] | None  # the tests beside that on the value, None where there are none
    complete: list[Branch] = field(default_factory=list)
    triggers: list[_Trigger] = field(default_factory=list)
    indexes: dict[tuple[str, ...], int] = field(default_factory=dict)


class ReferenceMatcher:
    """Compiled once for a stratum; holds no facts between runs."""

    def __init__(self, stratum: Stratum) -> None:
        self.slots: dict[Condition, _Slot] = {}
        self.by_value: dict[tuple[str, Value], list[_Slot]] = defaultdict(list)
        self.by_kind: dict[str, list[_Slot]] = defaultdict(list)
        self.indexes = 0
        for branch in stratum.branches:
            for condition in branch.conditions:
                self._slot(condition)
        for branch in stratum.branches:
            for position, condition in enumerate(branch.conditions):
                slot = self.slots[condition]
                if len(branch.conditions) == 1:
                    slot.complete.append(branch)
                else:
                    slot.triggers.append(self._trigger(branch, position))
        self.kinds = frozenset(condition.kind for condition in self.slots)

    def _slot(self, condition: Condition) -> None:
        if condition in self.slots:
            return
        slot = self.slots[condition] = _Slot(condition, _rest(condition))
        if condition.constants is None:
            self.by_kind[condition.kind].append(slot)
        else:
            for value in condition.constants:
                self.by_value[condition.kind, value].append(slot)

    def _trigger(self, branch: Branch, position: int) -> _Trigger:
        """Order the other conditions so that each is reached with as many bound variables as possible."""
        bound = {variable: (position, name) for name, variable in branch.conditions[position].variables}
        left = [place for place in range(len(branch.conditions)) if place != position]
        steps = []
        while left:
            place = left[0]
            if len(left) > 1:
                place = max(left, key=lambda i: (sum(n in bound for _, n in branch.conditions[i].variables), -i))
            left.remove(place)
            joined = [(name, bound[variable]) for name, variable in branch.conditions[place].variables if variable in bound]
            index = self._index(branch.conditions[place], tuple(name for name, _ in joined))
            steps.append(_Step(place, index, tuple(source for _, source in joined), place < position))
            bound = {variable: (place, name) for name, variable in branch.conditions[place].variables} | bound
        return _Trigger(branch, position, tuple(steps))

    def _index(self, condition: Condition, fields: tuple[str, ...]) -> int:
        """The number of the index that keeps the facts of a condition by these fields."""
        indexes = self.slots[condition].indexes
        if fields not in indexes:
            indexes[fields] = self.indexes
            self.indexes += 1
        return indexes[fields]

    def saturate(self, facts: Sequence[Fact], allowed: Allowed, conclude: Concluding) -> list[Activation]:
        """Every activation at the fixpoint, each once."""
        run = _Run(self)
        waiting = deque(fact for fact in facts if fact.kind in self.kinds)
        known, fired = set(waiting), []
        while waiting:
            for branch, matched in run.add(waiting.popleft()):
                candidate = activation(branch, matched)
                if branch.rule.conditions.absents and not allowed(branch, dict(candidate.binding)):
                    continue
                fired.append(candidate)
                check_number(len(fired), branch.rule)
                for fact in conclude(candidate):
                    if fact.kind in self.kinds and fact not in known:
                        known.add(fact)
                        waiting.append(fact)
        return fired


class _Run:
    """The facts of one run, numbered as they come and kept in the indexes."""

    def __init__(self, matcher: ReferenceMatcher) -> None:
        self.matcher = matcher
        self.count = 0
        self.indexes: dict[int, dict[Key, list[tuple[int, Fact]]]] = defaultdict(dict)  # only those that hold a fact

    def add(self, fact: Fact) -> Found:
        """Take one fact in; the branches it completes, each with its facts in the order of the conditions."""
        hits = self._hits(fact)
        self.count += 1
        entry = (self.count, fact)
        for slot in hits:
            for fields, index in slot.indexes.items():
                self.indexes[index].setdefault(_key(fact.said, fields), []).append(entry)
        matches: Found = []
        for slot in hits:
            for branch in slot.complete:
                matches.append((branch, (fact,)))
            for trigger in slot.triggers:
                if trigger.steps[0].index in self.indexes:
                    self._join(trigger, 0, [fact] * (len(trigger.steps) + 1), matches)
        return matches

    def _hits(self, fact: Fact) -> list[_Slot]:
        """The conditions that the fact passes."""
        named = self.matcher.by_value.get((fact.kind, fact.value), ())
        if fact.negative:
            hits = [slot for slot in named if slot.condition.accepts_rest(fact)]
        else:
            hits = [slot for slot in named if slot.passes is None or slot.passes(fact)]
        if fact.kind in self.matcher.by_kind:
            hits += [slot for slot in self.matcher.by_kind[fact.kind] if slot.condition.accepts(fact)]
        return hits

    def _join(self, trigger: _Trigger, depth: int, chosen: list[Fact], matches: Found) -> None:
        """Fill the places of the steps from `depth` on; `chosen` is written over from one combination to the next."""
        step = trigger.steps[depth]
        if len(step.sources) == 1:
            ((position, name),) = step.sources
            key: Key = chosen[position].said[name]
        else:
            key = tuple([chosen[position].said[name] for position, name in step.sources])
        newest = self.count - step.is_before
        for number, fact in self.indexes[step.index].get(key, ()) if step.index in self.indexes else ():
            if number > newest:
                break  # kept in the order they came
            chosen[step.position] = fact
            if depth + 1 < len(trigger.steps):
                self._join(trigger, depth + 1, chosen, matches)
            else:
                matches.append((trigger.branch, tuple(chosen)))
                check_number(len(matches), trigger.branch.rule)


def check_number(number: int, rule: Rule) -> None:
    """Raises PackError where conditions that nothing joins meet too many combinations of facts."""
    if number > MAX_FOUND:
        message = "its conditions meet more than {} combinations of facts; join them by a side or a value, or name fewer values"
        raise PackError([Problem(rule.place.path, rule.place.line, f"{rule.id}: {message.format(MAX_FOUND)}")])


def _key(said: Mapping[str, Value], fields: Sequence[str]) -> Key:
    """What a fact says in these fields, as a key; of one field the value itself."""
    return said[fields[0]] if len(fields) == 1 else tuple([said[name] for name in fields])


def _rest(condition: Condition) -> Callable[[Fact], bool] | None:
    """The tests of a condition beside that on the value, for facts that record nothing negative."""
    if not condition.others:
        return None
    if len(condition.others) > 1:
        return condition.accepts_rest
    ((name, test),) = condition.others
    if isinstance(test, Variable) and len(condition.variables) == 1:
        return lambda fact: name in fact.said
    return condition.accepts_rest
