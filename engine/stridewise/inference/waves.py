"""In which order rules that do not feed each other in a circle can be run, each once: a rule's wave comes after all waves that
conclude something it asks for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from stridewise.inference.normal_form import Branch
from stridewise.language.condition import Condition, Variable
from stridewise.language.fact import VALUE
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Value

_ANY = None  # the value of a conclusion that takes it from a variable


def waves(branches: Sequence[Branch]) -> list[int] | None:
    """The wave of each branch, None where rules feed each other in a circle."""
    suppliers = _Suppliers({branch.rule.id: branch.rule for branch in branches}.values())
    needs: dict[str, set[str]] = defaultdict(set)
    for branch in branches:
        needs[branch.rule.id].update(name for condition in branch.conditions for name in suppliers.of(condition))
    wave: dict[str, int] = {}
    try:
        for name in TopologicalSorter(needs).static_order():
            wave[name] = max((wave[need] + 1 for need in needs[name]), default=0)
    except CycleError:
        return None
    return [wave[branch.rule.id] for branch in branches]


class _Suppliers:
    """The ids of the rules that may conclude what a condition asks for; rather one too many than one too few."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.concluding: dict[str, dict[Value | None, set[str]]] = defaultdict(lambda: defaultdict(set))
        for rule in rules:
            for conclusion in rule.conclusions:
                value = dict(conclusion.values)[VALUE]
                self.concluding[conclusion.kind][_ANY if isinstance(value, Variable) else value].add(rule.id)

    def of(self, condition: Condition) -> set[str]:
        by_value = self.concluding.get(condition.kind)
        if by_value is None:
            return set()
        values = by_value if condition.constants is None else (*condition.constants, _ANY)
        return set().union(*(by_value[value] for value in values if value in by_value))


def entrances(branches: Sequence[Branch]) -> list[int]:
    """The condition at which each branch is entered: the one whose facts the fewest branches ask for, so that a branch is looked
    at only where something is recorded that it is nearly alone in asking for."""
    asking: Counter[tuple[str, Value | None]] = Counter()
    for branch in branches:
        asking.update({key for condition in branch.conditions for key in keys(condition)})
    return [min(range(len(b.conditions)), key=lambda place: _commonness(b.conditions[place], asking)) for b in branches]


def keys(condition: Condition) -> list[tuple[str, Value | None]]:
    """The kind and values that its facts have, value None where that is free."""
    return [(condition.kind, _ANY)] if condition.constants is None else [(condition.kind, value) for value in condition.constants]


def _commonness(condition: Condition, asking: Counter[tuple[str, Value | None]]) -> tuple[bool, int, int]:
    found = [asking[key] for key in keys(condition)]
    return condition.constants is None, max(found, default=0), len(found)
