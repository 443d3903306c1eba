"""Do the cases of a pack look at every rule, and at both sides of every number?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stridewise.authoring.checks.finding import Finding, Subject
from stridewise.authoring.checks.trial import Trial
from stridewise.documents.units import show
from stridewise.language.condition import Condition, Within
from stridewise.language.fact import value_type
from stridewise.language.rule import Rule
from stridewise.language.vocabulary import Place

SIDES = ("below", "at", "above")


class FailingCases:
    """Every case passes."""

    name = "case"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for trial in subject.trials:
            for failure in trial.failures:
                message = f'the case "{trial.case.shape.name}" fails: {failure}{"" if failure.endswith((".", "?")) else "."}'
                yield Finding("error", trial.case.place, self.name, message, "Mend the rule or the case.")


class MissingCases:
    """Every rule has a case in which it fires and one in which it stays silent; one about every runner can only fire."""

    name = "missing-case"

    def find(self, subject: Subject) -> Iterator[Finding]:
        fires = frozenset().union(*(trial.fires for trial in subject.trials))
        silent = frozenset().union(*(trial.silent for trial in subject.trials))
        for rule in subject.rules:
            for name, known in (("fires", fires), ("silent", silent)):
                if rule.id not in known and not (name == "silent" and rule.conditions.are_none):
                    what = "fires" if name == "fires" else "stays silent"
                    message = f"{rule.id}: no case says when it {what}."
                    mend = f"Add a case with {_showing(subject, rule, name)}."
                    yield Finding("error", rule.place, self.name, message, mend)


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
    """A number that rules compare a kind with: `rules` by this threshold, or one rule by a number of its own."""

    kind: str
    field: str
    value: Decimal
    name: str
    rules: tuple[Rule, ...]
    conditions: tuple[Condition, ...]
    place: Place

    def covered(self, trials: Sequence[Trial]) -> set[str]:
        """On which of its sides cases of its rules have a value."""
        ids = {rule.id for rule in self.rules}
        near = [trial for trial in trials if ids & (trial.fires | trial.silent)]
        return {_side(value, self.value) for trial in near for value in self._values(trial)}

    def _values(self, trial: Trial) -> Iterator[Decimal]:
        facts = trial.session.situation.memory.by_kind.get(self.kind, ()) if trial.session else ()
        for fact in facts:
            if isinstance(value := fact.get(self.field), Decimal):
                yield value


def _side(value: Decimal, boundary: Decimal) -> str:
    return "at" if value == boundary else "below" if value < boundary else "above"


def boundaries(subject: Subject) -> list[Boundary]:
    """Every number that the checked rules compare with."""
    by_number: dict[tuple[object, ...], Boundary] = {}
    for rule in subject.rules:
        for condition in rule.conditions.every():
            for field, test in condition.tests:
                for value in (test.low, test.high) if isinstance(test, Within) else ():
                    if value is not None and isinstance(test, Within):
                        owner = test.threshold or rule.id
                        key = (condition.kind, field, value, owner)
                        old = by_number.get(key)
                        rules = (*(old.rules if old else ()), rule)
                        conditions = (*(old.conditions if old else ()), condition)
                        place = subject.place(rules[0], "when")
                        by_number[key] = Boundary(condition.kind, field, value, owner, rules, conditions, place)
    return list(by_number.values())


class Boundaries:
    """Every number that a rule compares with has a case below it, at it and above it."""

    name = "boundary"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for boundary in boundaries(subject):
            lacking = [
                side for side in SIDES if side not in boundary.covered(subject.trials) and _possible(subject, boundary, side)
            ]
            if lacking:
                type_ = value_type(subject.program.vocabulary.kinds[boundary.kind], boundary.field)
                what = boundary.field or boundary.kind
                message = f"{boundary.name}: no case has {what} {' or '.join(lacking)} {show(boundary.value, type_.unit)}."
                mend = f"Add cases that name {boundary.rules[0].id.partition('/')[2]} in fires or silent."
                yield Finding("warning", boundary.place, self.name, message, mend)


def _possible(subject: Subject, boundary: Boundary, side: str) -> bool:
    type_ = value_type(subject.program.vocabulary.kinds[boundary.kind], boundary.field)
    if side == "below":
        return type_.minimum is None or boundary.value > type_.minimum
    return side == "at" or type_.maximum is None or boundary.value < type_.maximum


def never_fired(subject: Subject) -> list[Rule]:
    """The rules that no case made fire, whatever the cases expect."""
    fired = frozenset().union(*(trial.fired for trial in subject.trials))
    return [rule for rule in subject.rules if rule.id not in fired]
