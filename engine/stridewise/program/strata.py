"""Order the rules into strata: a rule that negates or counts a conclusion runs after every rule that can draw it.

Dependencies are over (kind, constant value); a variable, list, `any` or comparison covers all values concerned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stridewise.errors import PackError, Problem
from stridewise.language.condition import Condition, Variable
from stridewise.language.rule import Conclude, Rule


def may_match(conclusion: Conclude, condition: Condition) -> bool:
    """Could a fact concluded here pass this condition? Attributes are not looked at."""
    if conclusion.kind != condition.kind:
        return False
    _, value = conclusion.values[0]  # of the value itself, whose field stands before all others
    if isinstance(value, Variable):
        return True
    return condition.value.accepts(value)


class Suppliers:
    """Finds the rules that can conclude what a condition asks for. The rules never change: each condition is looked up once."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.by_kind: dict[str, list[tuple[Conclude, Rule]]] = defaultdict(list)
        self.known: dict[Condition, tuple[Rule, ...]] = {}
        for rule in rules:
            for conclusion in rule.conclusions:
                self.by_kind[conclusion.kind].append((conclusion, rule))

    def of(self, condition: Condition) -> tuple[Rule, ...]:
        """Rules that can supply this condition, each once."""
        if condition not in self.known:
            able = (rule for conclusion, rule in self.by_kind.get(condition.kind, ()) if may_match(conclusion, condition))
            self.known[condition] = tuple({rule.id: rule for rule in able}.values())
        return self.known[condition]


def stratify(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in strata, lowest first, each in the order of ids. Raises PackError with the cycle where there is none."""
    suppliers = Suppliers(rules)
    edges = {rule.id: list(_dependencies(rule, suppliers)) for rule in rules}
    level = dict.fromkeys(edges, 0)
    cause: dict[str, str] = {}
    users: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for user, needs in edges.items():
        for need, step in needs:
            users[need].append((user, step))
    waiting = sorted(edges)
    while waiting:
        name = waiting.pop()
        for user, step in users[name]:
            if level[user] < level[name] + step:
                level[user], cause[user] = level[name] + step, name
                if level[user] > len(rules):
                    raise _cycle_error({rule.id: rule for rule in rules}, cause, user)
                waiting.append(user)
    ordered = sorted(rules, key=lambda rule: rule.id)
    return [[rule for rule in ordered if level[rule.id] == stratum] for stratum in sorted(set(level.values()))]


def _dependencies(rule: Rule, suppliers: Suppliers) -> Iterator[tuple[str, int]]:
    conditions = rule.conditions
    counted = [condition for _, group in conditions.at_least for condition in group]
    plain = [*conditions.positives, *(condition for group in conditions.any_of for condition in group)]
    for condition in plain:
        yield from ((supplier.id, 0) for supplier in suppliers.of(condition))
    for condition in [*conditions.absents, *counted]:  # must be complete before it is negated or counted
        yield from ((supplier.id, 1) for supplier in suppliers.of(condition))


def _cycle_error(rules: Mapping[str, Rule], cause: Mapping[str, str], start: str) -> PackError:
    seen: list[str] = []
    name = start
    while name not in seen:
        seen.append(name)
        name = cause[name]
    cycle = [*seen[seen.index(name) :], name]
    chain = " ← ".join(cycle)
    place = rules[name].place
    return PackError([Problem(place.path, place.line, f"these rules wait for each other through a negation or a count: {chain}")])
