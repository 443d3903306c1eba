"""The tree of reasons as it is told: what says the same once, and under each concluded fact the reasons that concluded it."""

from collections.abc import Sequence
from dataclasses import replace

from stridewise.explain.reasons import Reason
from stridewise.plan.model import FactUsed
from stridewise.planning.merging import grouped


def merged(reasons: Sequence[Reason]) -> list[Reason]:
    """Reasons of one rule with one text told once, on all their facts."""
    return [group[0] if len(group) == 1 else _together(group) for group in grouped(reasons, identity)]


def identity(reason: Reason) -> tuple[str, str]:
    """What makes two reasons the same to a reader."""
    return (reason.because.rule, reason.because.text)


def _together(group: Sequence[Reason]) -> Reason:
    facts = {f"{fact.fact} {fact.at}": fact for reason in group for fact in reason.because.facts}
    because = replace(group[0].because, facts=tuple(facts.values()))
    absent = dict.fromkeys(text for reason in group for text in reason.absent)
    return Reason(because, tuple(absent), tuple(below for reason in group for below in reason.below))


def concluded_from(reason: Reason) -> list[tuple[FactUsed, list[Reason]]]:
    """Each fact of a reason with the reasons that concluded it. Those come in the order of the facts, each fact's first
    rule first: where a reason does not say what it concludes, that order tells."""
    pairs: list[tuple[FactUsed, list[Reason]]] = [(fact, []) for fact in reason.because.facts]
    waiting = [pair for pair in pairs if not pair[0].at]
    for below in reason.below:
        place = next((n for n, (fact, _) in enumerate(waiting) if fact.derived_by == below.because.rule), 0)
        waiting = waiting[place:]
        if waiting:
            waiting[0][1].append(below)
    return pairs
