"""What an item lacks: the rules on the way to it, each for the values asked of it, and the conditions there that lack a fact.

On the way are the rules that ask for the item, its gates, and the rules that could conclude what these lack."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from stridewise.explain.goal import EXERCISE, TARGET, PlanGoal
from stridewise.explain.routes import leading
from stridewise.inference.evaluation import Evaluation
from stridewise.language.condition import Binding, Condition, Conditions, OneOf, Variable, put_in
from stridewise.language.fact import VALUE, value_type
from stridewise.language.rule import Conclude, Rule
from stridewise.language.vocabulary import BOTH, Value
from stridewise.program.program import Program
from stridewise.session import Session

Given = dict[str, tuple[Value, ...]]  # variable → the values that it may have


@dataclass(frozen=True, slots=True)
class OpenRule:
    """A rule on the way that does not fire. `conditions` are the rule's, the values asked of it put in for its variables;
    `is_gate`: it stands behind a gate."""

    rule: Rule
    conditions: Conditions
    is_gate: bool


@dataclass(frozen=True, slots=True)
class Lack:
    """A condition that lacks a fact. `given` are the values that the facts of the rule's other conditions give to its
    variables."""

    open_rule: OpenRule
    condition: Condition
    given: Given


def open_rules(session: Session, goal: PlanGoal) -> list[OpenRule]:
    """The rules on the way that do not fire, those that ask for the item first, then its gates."""
    program = session.situation.program
    evaluation = Evaluation(program, session.situation.memory)
    asking = [OpenRule(rule, rule.conditions, False) for rule, _ in leading(program, goal)]
    gates = [
        OpenRule(rule, rule.conditions, True) for name in _needed(program, goal) for rule in program.suppliers.of(earned_by(name))
    ]
    return [*_closure(evaluation, asking), *_closure(evaluation, gates)]


def earned_by(exercise: str) -> Condition:
    """The condition that an exercise's gates conclude."""
    return Condition("earned", ((VALUE, OneOf(frozenset({exercise}))),))


def _needed(program: Program, goal: PlanGoal) -> list[str]:
    """The exercises whose gates may stand in the way."""
    if goal.kind == TARGET:
        return [exercise.id for exercise in program.exercises.values() if goal.name in exercise.targets.direct]
    return [goal.name] if goal.kind == EXERCISE else []


def _closure(evaluation: Evaluation, waiting: list[OpenRule]) -> list[OpenRule]:
    rules: dict[tuple[str, Conditions], OpenRule] = {}
    while waiting:
        open_rule = waiting.pop(0)
        key = (open_rule.rule.id, open_rule.conditions)
        if key in rules or evaluation.fires(open_rule.conditions):
            continue
        rules[key] = open_rule
        for lack in lacking(evaluation, open_rule):
            waiting += suppliers(evaluation.program, lack.condition, open_rule.is_gate)
    return list(rules.values())


def suppliers(program: Program, condition: Condition, is_gate: bool = False) -> Iterator[OpenRule]:
    """The rules that could conclude what a condition asks for, with its values put in."""
    for rule in program.suppliers.of(condition):
        for conclusion in rule.conclusions:
            for values in _unified(program, conclusion, condition):
                yield OpenRule(rule, put_in(rule.conditions, values), is_gate)


def _unified(program: Program, conclusion: Conclude, condition: Condition) -> Iterator[Binding]:
    """The values that the conclusion's variables must have to meet the condition; none where it cannot."""
    if conclusion.kind != condition.kind:
        return
    bindings: list[dict[str, Value]] = [{}]
    kind = program.vocabulary.kinds[conclusion.kind]
    concluded = {name: attribute.default for name, attribute in kind.attributes.items()} | dict(conclusion.values)
    for name, test in condition.tests:
        value = concluded.get(name)
        if isinstance(value, Variable):
            if isinstance(test, OneOf):
                type_ = value_type(kind, name)
                options = sorted((one for one in test.values if not program.vocabulary.is_negative(type_, one)), key=str)
                pairs = product(bindings, options)  # a variable is never bound to "normal"
                bindings = [known | {value.name: one} for known, one in pairs if known.get(value.name, one) == one]
        elif value is None or not (test.accepts(value) or value == BOTH):
            return
    yield from bindings


# --- what lacks a fact ---------------------------------------------------------------------------------------------------


def lacking(evaluation: Evaluation, open_rule: OpenRule) -> Iterator[Lack]:
    """The conditions of a rule that lack a fact: those that nothing known meets; where all are met but not together, those
    that share a variable."""
    for condition in list(evaluation.unmet(open_rule.conditions)) or _apart(open_rule.conditions):
        yield Lack(open_rule, condition, _given(evaluation, open_rule.conditions, condition))


def _apart(conditions: Conditions) -> Iterator[Condition]:
    """All are met, but not with the same values."""
    every = list(conditions.every())
    for condition in conditions.present():
        names = {name for _, name in condition.variables}
        if any(names & {name for _, name in other.variables} for other in every if other is not condition):
            yield condition


def _given(evaluation: Evaluation, conditions: Conditions, condition: Condition) -> Given:
    given: dict[str, set[Value]] = {name: set() for _, name in condition.variables}
    for other in conditions.present():
        for part, name in other.variables:
            if other is not condition and name in given:
                values = (fact.get(part) for fact in evaluation.memory.matching(other, {}))
                given[name].update(value for value in values if value is not None)
    return {name: tuple(sorted(values, key=str)) for name, values in given.items()}
