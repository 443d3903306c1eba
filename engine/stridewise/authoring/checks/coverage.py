"""Do the cases of a pack look at every rule, and at both sides of every number?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from stridewise.authoring.checks.finding import Finding, Subject, check
from stridewise.authoring.checks.logic import tests_of
from stridewise.authoring.trial import Trial
from stridewise.documents.units import show
from stridewise.language.condition import Within
from stridewise.language.fact import value_type
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import ValueType


@check("case")
def failing_cases(subject: Subject) -> Iterator[Finding]:
    """Every case passes."""
    for trial in subject.trials:
        for failure in trial.failures:
            message = f'the case "{trial.case.shape.name}" fails: {failure}{"" if failure.endswith((".", "?")) else "."}'
            yield Finding("error", trial.case.place, message, "Mend the rule or the case.")


@check("missing-case")
def missing_cases(subject: Subject) -> Iterator[Finding]:
    """Every rule has a case in which it fires and one in which it stays silent; one about every runner can only fire."""
    fires = frozenset().union(*(trial.fires for trial in subject.trials))
    silent = frozenset().union(*(trial.silent for trial in subject.trials))
    for rule in subject.rules:
        for name, known in (("fires", fires), ("silent", silent)):
            if rule.id not in known and not (name == "silent" and rule.conditions.are_none):
                what = "fires" if name == "fires" else "stays silent"
                message = f"{rule.id}: no case says when it {what}."
                mend = f"Add a case with {_showing(subject, rule, name)}."
                yield Finding("error", rule.place, message, mend)


def _showing(subject: Subject, rule: Rule, name: str) -> str:
    """What a case expects that shows a rule fire, or stay silent: of the rules of a pathway a stage shows all at once."""
    for pathway in (subject.program.pathways[one] for one in subject.pathways):
        if any(rule.id in stage.rules for stage in pathway.stages):
            shown = next((stage for stage in pathway.stages if (rule.id in stage.rules) == (name == "fires")), None)
            if shown is not None:
                return f"concludes: [{{stage: {pathway.term(shown.id)}{', side: left' if pathway.sided else ''}}}]"
    return f"{name}: [{rule.id.partition('/')[2]}]"


@dataclass(frozen=True, slots=True)
class Boundary:
    """A number that rules compare a kind with; `name` is the threshold, or the one rule with a number of its own."""

    kind: str
    field: str
    value: Decimal
    name: str


@check("boundary")
def boundaries(subject: Subject) -> Iterator[Finding]:
    """Every number that a rule compares with has a case below it, at it and above it."""
    for boundary, rules in _boundaries(subject.rules).items():
        type_ = value_type(subject.program.vocabulary.kinds[boundary.kind], boundary.field)
        covered = _covered(boundary, rules, subject.trials)
        if lacking := [side for side in _possible(type_, boundary.value) if side not in covered]:
            what = boundary.field or boundary.kind
            message = f"{boundary.name}: no case has {what} {' or '.join(lacking)} {show(boundary.value, type_.unit)}."
            mend = f"Add cases that name {rules[0].id.partition('/')[2]} in fires or silent."
            yield Finding("warning", subject.place(rules[0], "when"), message, mend)


def _boundaries(rules: Iterable[Rule]) -> dict[Boundary, list[Rule]]:
    """Every number that rules compare with, and these rules."""
    found: dict[Boundary, list[Rule]] = defaultdict(list)
    for rule, condition, field, test in tests_of(rules):
        if isinstance(test, Within):
            for value in (end for end in (test.low, test.high) if end is not None):
                found[Boundary(condition.kind, field, value, test.threshold or rule.id)].append(rule)
    return found


def _covered(boundary: Boundary, rules: Iterable[Rule], trials: Iterable[Trial]) -> set[str]:
    """On which of its sides cases of its rules have a value."""
    ids = {rule.id for rule in rules}
    near = (trial.session for trial in trials if trial.session and ids & (trial.fires | trial.silent))
    values = (fact.get(boundary.field) for session in near for fact in session.situation.memory.of(boundary.kind))
    return {_side(value, boundary.value) for value in values if isinstance(value, Decimal)}


def _side(value: Decimal, boundary: Decimal) -> str:
    return "at" if value == boundary else "below" if value < boundary else "above"


def _possible(type_: ValueType, boundary: Decimal) -> Iterator[str]:
    if type_.minimum is None or boundary > type_.minimum:
        yield "below"
    yield "at"
    if type_.maximum is None or boundary < type_.maximum:
        yield "above"


def never_fired(subject: Subject) -> list[Rule]:
    """The rules that no case made fire, whatever the cases expect."""
    fired = frozenset().union(*(trial.fired for trial in subject.trials))
    return [rule for rule in subject.rules if rule.id not in fired]
