"""Which rules must run before which: by who supplies what, as kind and value."""

from collections import defaultdict
from collections.abc import Sequence
from graphlib import TopologicalSorter

from benchmarks.inference.form import Bind, Condition, Pattern, Rule

ANY_VALUE = Bind("*")


def stratify(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], ...]:
    """A rule that asks for the absence of a conclusion runs above every rule that can draw it."""
    suppliers = Suppliers(rules)
    level = dict.fromkeys(rules, 0)
    changed = True
    while changed:
        changed = False
        for rule in rules:
            plain = [level[s] for condition in (*rule.when, *rule.either) for s in suppliers.of_condition(condition)]
            needed = max([0, *plain, *(level[s] + 1 for pattern in rule.absent for s in suppliers.of_pattern(pattern))])
            changed = changed or needed != level[rule]
            level[rule] = needed
    return tuple(tuple(r for r in rules if level[r] == number) for number in range(max(level.values()) + 1))


def one_after_another(rules: Sequence[Rule]) -> list[Rule]:
    """Each rule after all rules that can supply one of its conditions. Raises CycleError where there is no such order."""
    suppliers = Suppliers(rules)
    return list(TopologicalSorter({rule: suppliers.of_rule(rule) for rule in rules}).static_order())


class Suppliers:
    """Finds the rules that can conclude what is asked for, by kind and value."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.every: dict[str, list[Rule]] = defaultdict(list)
        self.named: dict[tuple[str, str | Bind], list[Rule]] = defaultdict(list)
        for rule in rules:
            if rule.then is not None:
                value = rule.then.fields[0]
                self.every[rule.then.kind].append(rule)
                self.named[rule.then.kind, ANY_VALUE if isinstance(value, Bind) else value].append(rule)

    def of_condition(self, condition: Condition) -> list[Rule]:
        values = condition.constants
        return self.every.get(condition.kind, []) if values is None else self._named(condition.kind, values)

    def of_pattern(self, pattern: Pattern) -> list[Rule]:
        value = pattern.fields[0]
        return self.every.get(pattern.kind, []) if isinstance(value, Bind) else self._named(pattern.kind, (value,))

    def of_rule(self, rule: Rule) -> list[Rule]:
        """All rules that must run before this one."""
        found = [s for condition in (*rule.when, *rule.either) for s in self.of_condition(condition)]
        return found + [s for pattern in rule.absent for s in self.of_pattern(pattern)]

    def _named(self, kind: str, values: Sequence[str]) -> list[Rule]:
        keys: list[str | Bind] = [*values, ANY_VALUE]
        return [rule for key in keys for rule in self.named.get((kind, key), [])]
