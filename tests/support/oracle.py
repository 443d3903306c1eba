"""What a toy program means, by brute force and without a line of the matchers, the strata or the condition tests.

Rules and facts come as written. Negation needs no strata here: the alternating fixpoint gives the unique stratified result,
and counting is taken as the monotone thing it is. Slow and short on purpose."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

Entry = Mapping[str, Any]
Binding = dict[str, Any]


class Told(NamedTuple):
    """A fact: its kind and all its fields, the kind's own name among them."""

    kind: str
    fields: frozenset[tuple[str, Any]]


Firing = tuple[str, frozenset[Told]]


class Oracle:
    """All that follows from facts under rules written in the vocabulary's notation."""

    def __init__(self, vocabulary: Entry, rules: Iterable[Entry], answered: Iterable[str]) -> None:
        self.kinds = vocabulary["kinds"]
        self.terms = vocabulary["terms"]
        self.rules = list(rules)
        self.answered = set(answered)

    # --- facts ----------------------------------------------------------------------------------------------------

    def tell(self, entry: Entry) -> set[Told]:
        """The facts an entry states: defaults filled in, both sides made two."""
        kind = self.kind_of(entry)
        fields = {name: exact(value) for name, value in entry.items()}
        for name, attribute in self.kinds[kind].get("attributes", {}).items():
            if name not in fields and "default" in attribute:
                fields[name] = attribute["default"]
        if fields.get("side") != "both":
            return {Told(kind, frozenset(fields.items()))}
        return {Told(kind, frozenset({**fields, "side": side}.items())) for side in ("left", "right")}

    def kind_of(self, entry: Entry) -> str:
        (kind,) = set(entry) & set(self.kinds)
        return str(kind)

    def is_normal(self, kind: str, name: str, value: Any) -> bool:
        declared = self.kinds[kind]["value"] if name == kind else self.kinds[kind]["attributes"][name]
        term = self.terms.get(declared.get("terms"), {}).get(value) or {}
        return bool(term.get("negative"))

    # --- one condition --------------------------------------------------------------------------------------------

    def meets(self, condition: Entry, fact: Told) -> Binding | None:
        """What the fact binds if it passes, else None."""
        fields = dict(fact.fields)
        if self.kind_of(condition) != fact.kind or not set(condition) <= set(fields):
            return None
        binding: Binding = {}
        for name, value in fields.items():
            test = condition.get(name)
            if self.is_normal(fact.kind, name, value) and not names(test):
                return None
            if test is not None and not passes(test, value, binding):
                return None
        return binding

    def choices(self, entry: Entry, facts: set[Told]) -> list[tuple[Binding, frozenset[Told]]]:
        """The ways to meet one entry of `when`: what each binds and which facts it takes."""
        if "any_of" in entry:
            return [choice for condition in entry["any_of"] for choice in self.choices(condition, facts)]
        if "at_least" in entry:
            return list(self.counted(entry, facts))
        found = ((self.meets(entry, fact), fact) for fact in facts)
        return [(binding, frozenset({fact})) for binding, fact in found if binding is not None]

    def counted(self, entry: Entry, facts: set[Told]) -> Iterator[tuple[Binding, frozenset[Told]]]:
        shared = set.intersection(*(variables(condition) for condition in entry["of"]))
        met: dict[frozenset[tuple[str, Any]], dict[int, set[Told]]] = {}
        for index, condition in enumerate(entry["of"]):
            for binding, taken in self.choices(condition, facts):
                key = frozenset((name, binding[name]) for name in shared)
                met.setdefault(key, {}).setdefault(index, set()).update(taken)
        for key, by_condition in met.items():
            if len(by_condition) >= entry["at_least"]:
                yield dict(key), frozenset().union(*by_condition.values())

    # --- one rule -------------------------------------------------------------------------------------------------

    def firings(self, rule: Entry, facts: set[Told], against: set[Told]) -> Iterator[tuple[Binding, frozenset[Told]]]:
        """Every way the rule fires on `facts`, absence judged by `against`."""
        positive = [self.choices(entry, facts) for entry in rule["when"] if "absent" not in entry]
        absent = [entry["absent"] for entry in rule["when"] if "absent" in entry]
        for chosen in product(*positive):
            binding: Binding = {}
            if all(joins(binding, more) for more, _ in chosen) and all(self.missing(c, binding, against) for c in absent):
                yield binding, frozenset().union(*(taken for _, taken in chosen))

    def missing(self, condition: Entry, binding: Binding, facts: set[Told]) -> bool:
        kind = self.kind_of(condition)
        if not self.kinds[kind].get("derived") and kind not in self.answered:
            return False
        found = (self.meets(condition, fact) for fact in facts)
        return not any(more is not None and joins(dict(binding), more) for more in found)

    def concluded(self, rule: Entry, binding: Binding) -> set[Told]:
        written = [item["conclude"] for item in rule["then"] if "conclude" in item]
        filled = [{name: binding.get(str(value)[1:], value) for name, value in fact.items()} for fact in written]
        return {fact for entry in filled for fact in self.tell(entry)}

    # --- the program ----------------------------------------------------------------------------------------------

    def closure(self, base: set[Told], against: set[Told]) -> set[Told]:
        facts, before = set(base), -1
        while len(facts) > before:
            before = len(facts)
            for rule in self.rules:
                for binding, _ in list(self.firings(rule, facts, against)):
                    facts |= self.concluded(rule, binding)
        return facts

    def result(self, entries: Iterable[Entry]) -> tuple[set[Told], set[Firing]]:
        """The concluded facts, and the firings as (rule id, facts used)."""
        base = {fact for entry in entries for fact in self.tell(entry)}
        most = self.closure(base, base)
        while True:
            least = self.closure(base, most)
            again = self.closure(base, least)
            if again == most:
                break
            most = again
        assert least == most, "a stratified program has one result"
        firings = {(rule["id"], taken) for rule in self.rules for _, taken in self.firings(rule, most, most)}
        return {
            fact for rule in self.rules for b, _ in self.firings(rule, most, most) for fact in self.concluded(rule, b)
        }, firings

    def has_strata(self) -> bool:
        """Does no rule wait, through a negation or a count, for what waits for it?"""
        waits = {(a, b): self.waits(user, need) for a, user in enumerate(self.rules) for b, need in enumerate(self.rules)}
        reach = {pair for pair, how in waits.items() if how}
        for middle, a, b in product(range(len(self.rules)), repeat=3):
            if (a, middle) in reach and (middle, b) in reach:
                reach.add((a, b))
        return not any(how == "strictly" and (need, user) in reach | {(user, user)} for (user, need), how in waits.items())

    def waits(self, user: Entry, need: Entry) -> str:
        found = ""
        for entry in user["when"]:
            strict = "absent" in entry or "at_least" in entry
            for condition in [entry["absent"]] if "absent" in entry else entry.get("any_of") or entry.get("of") or [entry]:
                if any(self.supplies(item["conclude"], condition) for item in need["then"] if "conclude" in item):
                    found = "strictly" if strict or found == "strictly" else "plainly"
        return found

    def supplies(self, concluded: Entry, condition: Entry) -> bool:
        kind = self.kind_of(condition)
        value = concluded.get(kind)
        return value is not None and (str(value).startswith("$") or passes(condition[kind], exact(value), {}))


def exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def names(test: Any) -> bool:
    """Does the test name its values?"""
    return isinstance(test, list) or (isinstance(test, str) and test != "any" and test[0] not in "$<>")


def variables(condition: Entry) -> set[str]:
    return {str(test)[1:] for test in condition.values() if str(test).startswith("$")}


def joins(binding: Binding, more: Binding) -> bool:
    """Take `more` into the binding; False where the two disagree."""
    return all(binding.setdefault(name, value) == value for name, value in more.items())


def passes(test: Any, value: Any, binding: Binding) -> bool:
    if isinstance(test, list):
        return any(bool(exact(item) == value) for item in test)
    if not isinstance(test, str):
        return bool(exact(test) == value)
    if test.startswith("$"):
        return joins(binding, {test[1:]: value})
    if ".." in test:
        low, high = test.split("..")
        return bool(Decimal(low) <= value <= Decimal(high))
    for sign, holds in COMPARISONS.items():
        if test.startswith(sign):
            bound = test.removeprefix(sign).strip()
            return bool(holds(value, THRESHOLDS.get(bound) or Decimal(bound)))
    return test in ("any", value)


THRESHOLDS = {"tall": Decimal(40)}
COMPARISONS: dict[str, Any] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}
