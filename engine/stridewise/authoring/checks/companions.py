"""Exercises that go with others: is there anything that they go with, and does a case show a plan that holds both?"""

from collections.abc import Iterator

from stridewise.authoring.checks.finding import Finding, Subject, check
from stridewise.authoring.trial import Trial
from stridewise.language.rule import Prescribe, Rule, Selector
from stridewise.planning.vetoes import selects


@check("lonely-companion")
def lonely_companions(subject: Subject) -> Iterator[Finding]:
    """What a companion goes with is no exercise at all, or stands in the plan of no case."""
    for rule, item, place in subject.consequents():
        if not isinstance(item, Prescribe) or item.wherever_planned is None:
            continue
        if _selects_nothing(subject, item):
            message = f"{rule.id}: {item.prescribe} goes with nothing: no exercise has this demand."
            yield Finding("error", place, message, 'Lower "above", or name another demand.')
        elif not any(_shows(trial, rule, item) for trial in subject.trials):
            message = f"{rule.id}: no case has a plan in which {item.prescribe} is planned with what it goes with."
            yield Finding("warning", place, message, f"Add a case with prescribes: [{item.prescribe}].")


def _selects_nothing(subject: Subject, item: Prescribe) -> bool:
    named = item.wherever_planned
    others = (one for one in subject.program.exercises.values() if one.id != item.prescribe)
    return isinstance(named, Selector) and not any(selects(named, one, frozenset()) for one in others)


def _shows(trial: Trial, rule: Rule, item: Prescribe) -> bool:
    """Is it expected by a case, and there because of this rule?"""
    planned = trial.session.plan.prescriptions if trial.session else ()
    told = any(one.exercise == item.prescribe and rule.id in {reason.rule for reason in one.because} for one in planned)
    return told and item.prescribe in trial.case.shape.expect.prescribes
