"""The searched space of why-not written down a second time, from docs/explanations.md and the rules as written, without a line
of the search: which changes there are, how small each is, and what a profile says once they are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from explain_conditions import accepted, counted, inside, outside, passes_all, put_in
from explain_edits import VOCABULARY, Entry, gives_way, recorded, taken_out, value_of
from explain_worlds import WORDS, World
from oracle import Oracle, Told, names, variables
from stridewise.session import Session

EARN, TESTED, FIXED = "earn", "would apply if tested", "not modifiable"
MODIFIABILITIES = [EARN, TESTED, FIXED]
SAFETY = {"pain"}


@dataclass(frozen=True)
class Option:
    """One single change: a fact to record, or a value to set or to take out. `size` is the move of a number."""

    what: str
    entry: tuple[tuple[str, Any], ...]
    label: str
    size: Decimal

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.what, self.entry)


class Space:
    """The changes on the way to one item of one world."""

    def __init__(self, world: World, session: Session, kind: str, name: str) -> None:
        self.world, self.kind, self.name = world, kind, name
        self.exercises = {one["id"]: one for one in world.exercises}
        gates = [
            {
                "id": f"gate {one['id']}",
                "when": [need for gate in one["gates"] for need in gate["needs"]],
                "then": [{"conclude": {"earned": one["id"]}}],
            }
            for one in world.exercises
            if "gates" in one
        ]
        self.rules = [*world.rules, *gates]
        self.gates = gates
        self.intake = session.situation.intake
        self.oracle = Oracle(VOCABULARY, self.rules, self.intake.answered)
        self.recorded = {fact for one in self.intake.facts for fact in self.oracle.tell(one.as_mapping())}
        concluded, _ = self.oracle.result([one.as_mapping() for one in self.intake.facts])
        self.known = self.recorded | concluded
        self.held = self.supports(self.guards())

    def options(self) -> list[Option]:
        """Every single change, each once with its best label."""
        found: dict[tuple[Any, ...], Option] = {}
        for one in [*self.asked_for(), *self.practical(), *self.escapes()]:
            known = found.get(one.key, one)
            found[one.key] = min(known, one, key=lambda option: (option.size, MODIFIABILITIES.index(option.label)))
        return list(found.values())

    # --- on the way --------------------------------------------------------------------------------------------------

    def asks(self, item: Entry) -> bool:
        """Does a consequent lead to the item?"""
        named = item.get("options", []) if "prescribe" not in item else [item["prescribe"]]
        steps = {step for name in named for step in self.easier(name)}
        if self.kind == "exercise":
            serves = "prescribe" not in item and item.get("target") in self.trains(self.name)
            return self.name in (*named, *item.get("instead", []), *steps) or serves
        if self.kind == "target":
            return self.asks_for_target(item)
        return self.kind == "load metric" and item.get("adjust") == self.name

    def asks_for_target(self, item: Entry) -> bool:
        prescribed = [item["prescribe"], *self.easier(item["prescribe"])] if "prescribe" in item else []
        offered = [one for name in item.get("instead", []) for one in (name, *self.easier(name))]
        return item.get("target") == self.name or any(self.name in self.trains(one) for one in (*prescribed, *offered))

    def trains(self, exercise: str) -> list[str]:
        return list(self.exercises[exercise]["targets"]["direct"])

    def easier(self, exercise: str) -> set[str]:
        found: set[str] = set()
        waiting = list(self.exercises[exercise].get("regression", [])) if "gates" in self.exercises[exercise] else []
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.exercises[name].get("regression", [])
        return found - {exercise}

    def ways(self) -> Iterator[tuple[Entry, bool]]:
        """The rules on the way that do not fire, for the values asked of them, and whether a gate stands before them."""
        if self.kind == "rule":
            yield from self.closure([rule for rule in self.rules if rule["id"] == self.name], False)
        asking = [rule for rule in self.rules if any(self.asks(item) for item in rule["then"])]
        yield from self.closure(asking, False)
        serving = [one for one in self.exercises if self.kind == "target" and self.name in self.trains(one)]
        needed = {f"gate {one}" for one in ([self.name] if self.kind == "exercise" else serving)}
        yield from self.closure([rule for rule in self.gates if rule["id"] in needed], True)

    def closure(self, waiting: list[Entry], is_gate: bool) -> Iterator[tuple[Entry, bool]]:
        seen: list[Entry] = []
        while waiting:
            rule = waiting.pop(0)
            if rule not in seen and not self.fires(rule):
                seen.append(rule)
                yield rule, is_gate
                waiting += [below for condition in self.lacking(rule) for below in self.suppliers(condition)]

    def fires(self, rule: Entry) -> bool:
        return any(True for _ in self.oracle.firings(rule, self.known, self.known))

    def suppliers(self, condition: Entry) -> Iterator[Entry]:
        kind = self.oracle.kind_of(condition)
        for rule in self.rules:
            for item in rule["then"]:
                if kind in item.get("conclude", {}):
                    for values in self.unified(kind, item["conclude"], condition):
                        yield {**rule, "when": put_in(rule["when"], values)}

    def unified(self, kind: str, concluded: Entry, condition: Entry) -> Iterator[Entry]:
        """What the variables of a conclusion must be, for it to meet a condition."""
        attributes = self.oracle.kinds[kind].get("attributes", {})
        defaults = {name: one["default"] for name, one in attributes.items() if "default" in one}
        fields = {**defaults, **concluded}
        found: list[Entry] = [{}]
        for name, test in condition.items():
            value = fields.get(name)
            if isinstance(value, str) and value.startswith("$"):
                if names(test) or isinstance(test, int | float):
                    options = [
                        one for one in (test if isinstance(test, list) else [test]) if not self.oracle.is_normal(kind, name, one)
                    ]
                    found = [{**known, value[1:]: one} for known in found for one in options if known.get(value[1:], one) == one]
            elif value is None or not (accepted(test, value) or value == "both"):
                return
        yield from found

    # --- what lacks a fact -------------------------------------------------------------------------------------------

    def met_by(self, condition: Entry) -> list[Told]:
        return [fact for fact in self.known if self.oracle.meets(condition, fact) is not None]

    def lacking(self, rule: Entry) -> list[Entry]:
        groups = [counted(entry) for entry in rule["when"] if "absent" not in entry]
        unmet = [
            one
            for number, group in groups
            if sum(bool(self.met_by(c)) for c in group) < number
            for one in group
            if not self.met_by(one)
        ]
        if unmet:
            return unmet
        present = [one for _, group in groups for one in group]
        every = [*present, *(entry["absent"] for entry in rule["when"] if "absent" in entry)]
        return [one for one in present if any(variables(one) & variables(other) for other in every if other is not one)]

    def given(self, rule: Entry, condition: Entry, variable: str) -> list[Any]:
        """The values that facts of the rule's other conditions give to a variable."""
        others = [one for entry in rule["when"] if "absent" not in entry for one in counted(entry)[1] if one is not condition]
        found = {
            dict(fact.fields)[name]
            for other in others
            for name, test in other.items()
            if test == f"${variable}"
            for fact in self.met_by(other)
        }
        return sorted(found, key=str)

    # --- single changes ----------------------------------------------------------------------------------------------

    def asked_for(self) -> Iterator[Option]:
        for rule, is_gate in self.ways():
            for condition in self.lacking(rule):
                kind = self.oracle.kind_of(condition)
                declared = self.oracle.kinds[kind]
                if declared.get("derived") or not self.may_offer(kind):
                    continue
                number = "number" in declared["value"]
                yield from (self.numbers if number else self.terms)(rule, condition, kind, is_gate)

    def may_offer(self, kind: str) -> bool:
        if kind in SAFETY:
            return self.kind in ("rule", "load metric") and not any(fact.kind == kind for fact in self.recorded)
        return not self.oracle.kinds[kind].get("computed") or kind in ("age", "minutes_per_session", "weekly_distance")

    def terms(self, rule: Entry, condition: Entry, kind: str, is_gate: bool) -> Iterator[Option]:
        values = self.values(rule, condition, kind, kind)
        for value, attributes in product(values, self.attributes(rule, condition, kind)):
            entry = {kind: value, **attributes}
            gone = [fact for fact in self.recorded if any(gives_way(new, fact) for new in self.oracle.tell(entry))]
            if not set(gone) & self.held and not self.oracle.tell(entry) <= self.known:
                yield Option("record", tuple(sorted(entry.items())), self.label(kind, entry, bool(gone), is_gate), Decimal(0))

    def values(self, rule: Entry, condition: Entry, kind: str, name: str) -> list[Any]:
        """The values a field may take: those named, 12 at most; those given to its variable; else the first three."""
        test = condition[name]
        if test != "any" and not str(test).startswith("$"):
            return sorted(test if isinstance(test, list) else [test], key=str)[:12]
        given = self.given(rule, condition, test[1:]) if test != "any" else []
        return given[:12] or self.listed(kind, name)[:3]

    def listed(self, kind: str, name: str) -> list[Any]:
        declared = self.oracle.kinds[kind]
        type_ = declared["value"] if name == kind else declared["attributes"][name]
        if type_.get("yes_no"):
            return ["yes", "no"]
        listed = WORDS["terms"].get(type_.get("terms"), {}) if type_.get("terms") != "exercises" else self.exercises
        return sorted(term for term in listed if not self.oracle.is_normal(kind, name, term))

    def attributes(self, rule: Entry, condition: Entry, kind: str) -> list[Entry]:
        options: list[list[tuple[str, Any]]] = []
        for name in sorted(set(condition) - {kind}):
            options.append([(name, value) for value in self.attribute(rule, condition, kind, name)])
        return [{name: value for name, value in chosen if value is not None} for chosen in product(*options)]

    def attribute(self, rule: Entry, condition: Entry, kind: str, name: str) -> list[Any]:
        declared, test = self.oracle.kinds[kind]["attributes"][name], condition[name]
        if "number" in declared and str(test)[0] in "<>":
            return inside(test, Decimal(1))[:1]
        if test != "any" and not str(test).startswith("$"):
            named = test if isinstance(test, list) else [test]
            return [None if declared.get("default") in named else min(named, key=str)]
        given = self.given(rule, condition, test[1:]) if test != "any" else []
        return given[:12] or [None if "default" in declared else next(iter(self.listed(kind, name)), None)]

    def numbers(self, rule: Entry, condition: Entry, kind: str, is_gate: bool) -> Iterator[Option]:
        step = Decimal("0.1") if self.oracle.kinds[kind]["value"]["number"] in ("cm", "km") else Decimal(1)
        for goal, attributes in product(self.goals(rule, condition, kind, step), self.attributes(rule, condition, kind)):
            joined = {name for name, test in condition.items() if str(test).startswith("$")}
            beside = {name: test for name, test in condition.items() if name != kind}
            looked_at = [
                fact
                for fact in self.recorded
                if fact.kind == kind
                and passes_all(beside, fact)
                and all(dict(fact.fields)[name] == attributes[name] for name in joined & set(attributes))
            ]
            if looked_at:
                yield from self.moves(kind, goal, [one for one in looked_at if value_of(one) != goal], is_gate)
            else:
                entry = {kind: goal, **attributes}
                yield Option("record", tuple(sorted(entry.items())), self.label(kind, entry, False, is_gate), Decimal(0))

    def goals(self, rule: Entry, condition: Entry, kind: str, step: Decimal) -> list[Decimal]:
        test = condition[kind]
        if isinstance(test, str) and test.startswith("$"):
            found = self.given(rule, condition, test[1:])[:12]
        elif test == "any":
            found = []
        elif isinstance(test, str):
            found = inside(test, step)
        else:
            found = sorted((Decimal(str(one)) for one in (test if isinstance(test, list) else [test])), key=str)[:12]
        return [goal for goal in found if self.possible(kind, goal)]

    def possible(self, kind: str, goal: Decimal) -> bool:
        declared = self.oracle.kinds[kind]["value"]
        return bool(declared.get("min", 0) <= goal <= declared.get("max", goal))

    def moves(self, kind: str, goal: Decimal, failing: list[Told], is_gate: bool) -> Iterator[Option]:
        """Each number alone, and left and right together."""
        if set(failing) & self.held:
            return
        sides = {dict(fact.fields).get("side") for fact in failing}
        for group in [*([fact] for fact in failing), *([failing] if len(failing) == 2 and sides == {"left", "right"} else [])]:
            fields = {name: value for name, value in group[0].fields if name != kind and (len(group) == 1 or name != "side")}
            entry = {kind: goal, **fields}
            size = sum((abs(value_of(one) - goal) / max(abs(goal), Decimal(1)) for one in group), Decimal(0))
            yield Option("record", tuple(sorted(entry.items())), self.label(kind, entry, True, is_gate), size)

    def label(self, kind: str, entry: Entry, recorded: bool, is_gate: bool) -> str:
        if kind == "age":
            return FIXED
        if kind in ("equipment", "cannot", "minutes_per_session"):
            return EARN
        if kind in ("current_exercise", "weekly_distance"):
            return FIXED if recorded or kind in self.intake.answered else TESTED
        if kind == "skill":
            return EARN if is_gate or entry.get("grade") == "owned" else TESTED
        is_number = "number" in self.oracle.kinds[kind]["value"]
        return EARN if is_number and recorded and is_gate and kind not in SAFETY else TESTED

    # --- numbers that speak against it, and what an exercise needs --------------------------------------------------

    def escapes(self) -> Iterator[Option]:
        speaking = [
            rule
            for rule, _ in self.ways()
            for entry in rule["when"]
            if "absent" in entry
            for fact in self.met_by(entry["absent"])
            for rule in self.concluding(fact)
        ]
        preferring = [
            rule
            for rule in self.rules
            for item in rule["then"]
            if self.kind == "exercise" and item.get("avoid") == self.name and item["level"] == "preference"
        ]
        for fact, test in self.met_numbers([*speaking, *preferring]):
            if fact.kind not in SAFETY and self.may_offer(fact.kind):
                step = Decimal("0.1") if self.oracle.kinds[fact.kind]["value"]["number"] in ("cm", "km") else Decimal(1)
                for goal in outside(test, step):
                    if self.possible(fact.kind, goal):
                        yield from self.moves(fact.kind, goal, [fact], True)

    def concluding(self, fact: Told) -> list[Entry]:
        return [
            rule
            for rule in self.rules
            for binding, _ in self.oracle.firings(rule, self.known, self.known)
            if fact in self.oracle.concluded(rule, binding)
        ]

    def met_numbers(self, rules: list[Entry]) -> Iterator[tuple[Told, str]]:
        """Down the derivations: recorded numbers with the comparisons that they met."""
        seen: list[Any] = []
        waiting: list[tuple[Entry, Told | None]] = [(rule, None) for rule in rules]
        while waiting:
            rule, wanted = waiting.pop()
            if (rule["id"], wanted) in seen:
                continue
            seen.append((rule["id"], wanted))
            for binding, taken in self.oracle.firings(rule, self.known, self.known):
                if wanted is None or wanted in self.oracle.concluded(rule, binding):
                    for fact in taken:
                        waiting += [(below, fact) for below in self.concluding(fact)]
                        yield from self.comparisons(rule, fact)

    def comparisons(self, rule: Entry, fact: Told) -> Iterator[tuple[Told, str]]:
        for entry in rule["when"]:
            for condition in counted(entry)[1] if "absent" not in entry else ():
                if fact in self.recorded and self.oracle.meets(condition, fact) is not None:
                    test = condition[fact.kind]
                    if isinstance(test, str) and (test[0] in "<>" or ".." in test):
                        yield fact, test

    def practical(self) -> Iterator[Option]:
        if self.kind != "exercise":
            return
        have = {value_of(fact) for fact in self.recorded if fact.kind == "equipment"}
        choices = self.exercises[self.name].get("equipment", [[]])
        if not any(set(choice) <= have for choice in choices):
            for name in {name for choice in choices if len(set(choice) - have) <= 2 for name in set(choice) - have}:
                yield Option("record", (("equipment", name),), EARN, Decimal(0))
        for fact in self.recorded - self.held:
            if fact.kind == "cannot":
                yield Option("take out", (("cannot", value_of(fact)),), EARN, Decimal(0))
            if fact.kind == "minutes_per_session":
                for more in (5, 10, 15, 30):
                    goal = value_of(fact) + more
                    yield Option("record", (("minutes_per_session", goal),), EARN, Decimal(more) / goal)

    # --- what protects -----------------------------------------------------------------------------------------------

    def guards(self) -> list[Entry]:
        return [
            rule
            for rule in self.rules
            for item in rule["then"]
            if "refer" in item or item.get("level") in ("contraindication", "precaution")
        ]

    def supports(self, rules: list[Entry]) -> set[Told]:
        """The recorded facts that these rules fire on, down all derivations."""
        found: set[Told] = set()
        waiting = [fact for rule in rules for _, taken in self.oracle.firings(rule, self.known, self.known) for fact in taken]
        while waiting:
            fact = waiting.pop()
            if fact not in found:
                found.add(fact)
                for rule in self.rules:
                    for binding, taken in self.oracle.firings(rule, self.known, self.known):
                        if fact in self.oracle.concluded(rule, binding):
                            waiting += taken
        return found & self.recorded

    def made(self, profile: Entry, option: Option) -> Entry:
        """The profile as written with one change made."""
        entry = dict(option.entry)
        return recorded(profile, entry) if option.what == "record" else taken_out(profile, [entry])
