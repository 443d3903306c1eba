"""A rule in words, for the catalogue: when, then, and what it rests on."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from stridewise.documents.units import show
from stridewise.language.condition import Condition, Conditions, Variable, describe_test
from stridewise.language.fact import VALUE
from stridewise.language.rule import Adjust, Avoid, Conclude, Consequent, Prescribe, Quantity, Refer, Selector, Train, Warn
from stridewise.language.vocabulary import Value
from stridewise.planning.companions import partners
from stridewise.program.program import Program


class RuleWords:
    """How a program's rules are told."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.vocabulary = program.vocabulary

    # --- when ---

    def when(self, conditions: Conditions) -> Iterator[str]:
        yield from (self._condition(condition) for condition in conditions.positives)
        for group in conditions.any_of:
            yield f"any of: {'; '.join(self._condition(condition) for condition in group)}"
        for number, group in conditions.at_least:
            yield f"at least {number} of: {'; '.join(self._condition(condition) for condition in group)}"
        yield from (f"not: {self._condition(condition)}" for condition in conditions.absents)

    def _condition(self, condition: Condition) -> str:
        """The label of the kind with what its value must be, then the attributes tested."""
        kind = self.vocabulary.kinds[condition.kind]
        parts = {name: self._test(condition, name) for name, _ in condition.tests}
        value = parts.pop(VALUE)
        label = kind.label
        text = label.replace("{value}", value) if "{value}" in label else f"{label}: {value}"
        attributes = ", ".join(f"{name.replace('_', ' ')} {shown}" for name, shown in sorted(parts.items()))
        return f"{text} ({attributes})" if attributes else text

    def _test(self, condition: Condition, name: str) -> str:
        test = dict(condition.tests)[name]
        if isinstance(test, Variable):
            return f"${test.name}"
        return describe_test(self.vocabulary, self.vocabulary.kinds[condition.kind], name, test)

    # --- then ---

    def then(self, consequent: Consequent) -> str:
        match consequent:
            case Conclude():
                text = f"conclude: {self._concluded(consequent)}"
            case Train():
                how = _some(side=consequent.side, goal=consequent.goal, priority=consequent.priority)
                text = f"train {self.label('targets', consequent.target)}{how}{self._listed(', by ', consequent.options)}"
            case Prescribe():
                how = _some(side=consequent.side, goal=consequent.goal, block=consequent.block)
                text = f"prescribe {self._exercise(consequent.prescribe)}{how}{self._wherever(consequent)}"
            case Avoid():
                instead = f"{self._listed('; instead ', consequent.instead)}{_gains(consequent)}"
                text = f"avoid ({consequent.level}) {self._avoided(consequent.avoid)}{instead}"
            case Warn():
                about = f"; about {consequent.about.replace('_', ' ')}" if consequent.about else ""
                text = f"say ({consequent.level}{about}): “{consequent.warn}”"
            case Adjust():
                text = f"set {self.label('load_metrics', consequent.adjust)} {self._amount(consequent)}: “{consequent.text}”"
            case Refer():
                how_soon = f"{consequent.urgency.replace('_', ' ')}; stops {consequent.stops.replace('_', ' ')}"
                text = f"refer to {self.label('professionals', consequent.refer)} ({how_soon}): “{consequent.text}”"
        return text

    def _concluded(self, conclusion: Conclude) -> str:
        kind = self.vocabulary.kinds[conclusion.kind]
        values = dict(conclusion.values)
        text = kind.label.replace("{value}", self._shown(conclusion.kind, VALUE, values.pop(VALUE)))
        attributes = ", ".join(f"{name} {self._shown(conclusion.kind, name, value)}" for name, value in sorted(values.items()))
        return f"{text} ({attributes})" if attributes else text

    def _shown(self, kind: str, name: str, value: Value | Variable) -> str:
        if isinstance(value, Variable):
            return f"${value.name}"
        asked = self.vocabulary.kinds[kind]
        return self.vocabulary.show_value(asked.attributes[name].type if name else asked.type, value)

    def _wherever(self, consequent: Prescribe) -> str:
        named = consequent.wherever_planned
        return f" wherever {partners(self.program, named)} is planned" if named else ""

    def _avoided(self, what: str | Selector) -> str:
        if isinstance(what, str):
            return self._exercise(what)
        demand = f"exercises with more than {what.above} of {self.label('demands', what.demand)}" if what.demand else "exercises"
        return f"{demand} that are new" if what.new else f"all {demand}"

    def _listed(self, before: str, names: Iterable[str]) -> str:
        shown = ", ".join(map(self._exercise, names))
        return f"{before}{shown}" if shown else ""

    def _exercise(self, name: str) -> str:
        exercise = self.program.exercises.get(name)
        return exercise.name if exercise else name

    def _amount(self, adjustment: Adjust) -> str:
        ways = (("to", adjustment.to), ("by", adjustment.by), ("to at most", adjustment.at_most))
        word, amount = next((word, quantity) for word, quantity in ways if quantity is not None)
        return f"{word} {self._quantity(amount)}"

    def _quantity(self, amount: Quantity) -> str:
        if amount.is_percentage:
            base = f" of {self.vocabulary.kinds[amount.base].label.split(':')[0].replace(' {value}', '')}" if amount.base else ""
            return f"{show(amount.amount)}%{base}"
        return amount_of(amount.amount, amount.unit)

    def label(self, terms: str, name: str) -> str:
        term = self.vocabulary.terms.get(terms, {}).get(name)
        return term.label if term else name

    # --- why ---

    def source(self, name: str) -> str:
        """The source with its level; checked means that every claim the rule names of it was read."""
        key, _, claim_id = name.partition("#")
        source = self.program.sources.get(key)
        if source is None:
            return f"`{name}`"
        claims = [claim for claim in source.claims if claim_id in ("", claim.id)]
        checked = "checked" if claims and all(claim.verified for claim in claims) else "not checked"
        doi = f", doi {source.doi}" if source.doi else ""
        return f"{source.reference.rstrip('.')}{doi} (`{name}`, level {source.level}, {checked})"


def _some(**given: str | None) -> str:
    shown = ", ".join(f"{name} {value}" for name, value in given.items() if value)
    return f" ({shown})" if shown else ""


def _gains(avoidance: Avoid) -> str:
    parts = [f"{word} {text.rstrip('.')}" for word, text in (("keeps", avoidance.keeps), ("loses", avoidance.loses)) if text]
    return f" ({'; '.join(parts)})" if parts else ""


def amount_of(number: Decimal, unit: str) -> str:
    """A number with its unit; "1" and "count" are the unit of what is merely counted."""
    return show(number, "" if unit in ("1", "count") else unit)
