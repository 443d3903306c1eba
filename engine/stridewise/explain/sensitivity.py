"""Every threshold that decided something in a plan: the runner's number, the cut-off, and whether the distance between them is
more than the test's own error."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from stridewise.inference.evaluation import Evaluation
from stridewise.language.condition import Anything, Condition, Conditions, Within, describe_test
from stridewise.language.fact import VALUE, Fact, show_fact, value_type
from stridewise.language.rule import Conclude, Rule
from stridewise.language.traits import MeasurementError
from stridewise.language.vocabulary import Vocabulary
from stridewise.plan.entries import reasons_of
from stridewise.recommendation.reasons import merge_sides
from stridewise.session import Session

# What a clinician acts on; a conclusion alone is no line of the plan, and what becomes of an own exercise follows from these.
BEHIND = ("referrals", "warnings", "acknowledged", "swaps", "load_adjustments", "prescriptions", "set_aside")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison that decided something. `distance` is value minus cut-off; `within_error` is None where the test's error
    is not known; `decides` are the rules' titles; `shows` says whether the plan shows what was decided."""

    fact: dict[str, object]
    text: str
    at: str
    field: str
    value: Decimal
    unit: str
    cut_off: Decimal
    comparison: str
    threshold: str
    distance: Decimal
    met: bool
    error: MeasurementError | None
    within_error: bool | None
    rules: tuple[str, ...]
    decides: tuple[str, ...]
    shows: bool = False


def thresholds(session: Session) -> tuple[Comparison, ...]:
    """The comparisons that made a rule fire, or that alone kept one from firing; what lies within error first, then the
    nearest.

    A comparison that was met shows where its rule stands behind something in the plan; one that was not, where its rule would
    say something by itself or gates an exercise that was set aside. What lies within a test's error always shows."""
    comparisons: dict[tuple[object, ...], Comparison] = {}
    behind = _behind_the_plan(session)
    evaluation = Evaluation(session.situation.program, session.situation.memory)
    for rule in evaluation.program.rules:
        for comparison in _of_rule(evaluation, rule):
            speaks = any(not isinstance(consequent, Conclude) for consequent in rule.consequents)
            shown = bool(comparison.within_error) or rule.id in behind or (speaks and not comparison.met)
            key = (str(comparison.fact), comparison.field, comparison.cut_off, comparison.comparison)
            comparisons[key] = _joined(comparisons.get(key), replace(comparison, shows=shown))
    return tuple(sorted(comparisons.values(), key=_order))


def _joined(known: Comparison | None, other: Comparison) -> Comparison:
    """One comparison in several rules; what shows is told with the rules that show it alone."""
    if known is None or (other.shows and not known.shows):
        return other
    if known.shows and not other.shows:
        return known
    decides = tuple(dict.fromkeys((*known.decides, *other.decides)))
    return replace(known, rules=(*known.rules, *other.rules), decides=decides)


def _behind_the_plan(session: Session) -> frozenset[str]:
    """The rules that something in the plan rests on, down to what was recorded, and the gates of what was not earned."""
    plan, memory = session.plan, session.situation.memory
    reasons = list(reasons_of(plan, BEHIND))
    named = {because.rule for because in reasons}
    named |= {used.derived_by for because in reasons for used in because.facts if used.derived_by}
    used = {item.exercise for item in plan.prescriptions}
    facts = [fact for activation in memory.activations if activation.rule.id in named for fact in activation.premises]
    facts += [fact for fact in memory.by_kind.get("earned", ()) if fact.value in used]
    aside = {item.exercise for item in plan.set_aside}
    gates = (
        rule.id
        for rule in session.situation.program.rules
        for conclusion in rule.conclusions
        if conclusion.kind == "earned" and dict(conclusion.values).get(VALUE) in aside
    )
    concluding = (derivation.rule.id for fact in memory.behind(facts) for derivation in memory.derivations.get(fact, ()))
    return frozenset((*named, *gates, *concluding))


def _order(comparison: Comparison) -> tuple[bool, Decimal, str, str]:
    """What lies within error first, then the nearest, as a share of the cut-off."""
    relative = abs(comparison.distance) / max(abs(comparison.cut_off), Decimal(1))
    return (comparison.within_error is not True, relative, str(comparison.fact), comparison.comparison)


def _of_rule(evaluation: Evaluation, rule: Rule) -> Iterator[Comparison]:
    fired = evaluation.fires(rule.conditions)
    for condition in rule.conditions.present():
        for name, test in condition.tests:
            relaxed = _without(condition, name)
            if isinstance(test, Within) and (fired or evaluation.fires(_with(rule.conditions, condition, relaxed))):
                facts = evaluation.memory.matching(condition if fired else relaxed, {})
                for fact in merge_sides(facts, lambda fact: fact.places):
                    yield from _decided(evaluation.program.vocabulary, rule, fact, name, test)


def _without(condition: Condition, name: str) -> Condition:
    """The condition without one of its comparisons."""
    return Condition(condition.kind, tuple((field, Anything() if field == name else test) for field, test in condition.tests))


def _with(conditions: Conditions, old: Condition, new: Condition) -> Conditions:
    return conditions.replaced(lambda condition: new if condition is old else condition)


def _decided(vocabulary: Vocabulary, rule: Rule, fact: Fact, name: str, test: Within) -> Iterator[Comparison]:
    kind, value = vocabulary.kinds[fact.kind], fact.get(name)
    error = kind.traits.error if name == VALUE else None
    for bound in dict.fromkeys((test.low, test.high)):
        if bound is None or not isinstance(value, Decimal):
            continue
        yield Comparison(
            fact=dict(fact.as_mapping()),
            text=_short(vocabulary, fact),
            at=", ".join(dict.fromkeys(map(str, fact.places))),
            field=name or fact.kind,
            value=value,
            unit=value_type(kind, name).unit,
            cut_off=bound,
            comparison=describe_test(vocabulary, kind, name, test),
            threshold=test.threshold,
            distance=value - bound,
            met=test.accepts(value),
            error=error,
            within_error=None if error is None else abs(value - bound) <= error.largest,
            rules=(rule.id,),
            decides=((rule.title or rule.because.text).rstrip("."),),
        )


def _short(vocabulary: Vocabulary, fact: Fact) -> str:
    """The fact by its value and side, without the details that are not compared."""
    shown = show_fact(vocabulary, replace(fact, attributes=()))
    return f"{shown}, {fact.side}" if fact.side in ("left", "right") else shown
