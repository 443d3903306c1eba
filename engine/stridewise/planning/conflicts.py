"""Settle what rules disagree about, in the open: safety first, then the more specific rule, then strength, then certainty; a tie
takes the more cautious."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import get_args

from stridewise.language.dosage import WORK, Dosage
from stridewise.language.dosage_words import spoken_work
from stridewise.language.rule import CERTAINTIES, STRENGTHS, Priority, Rule
from stridewise.language.translation import fixed, say
from stridewise.plan.model import Conflict
from stridewise.planning.kit import ends
from stridewise.planning.merging import grouped
from stridewise.planning.situation import Situation
from stridewise.planning.vetoes import KeptOut, kept_out_by
from stridewise.recommendation.collect import Recommendation, Recommendations

CAUTION = fixed("the more cautious")


def settle(
    situation: Situation, recommendations: Recommendations, against: Mapping[str, KeptOut]
) -> tuple[list[Conflict], dict[str, KeptOut]]:
    """Every exercise that one rule prescribes and another avoids, or doses otherwise, and what then still speaks against one: a
    preference that gives way to the prescription does so no more; a precaution or a veto always holds."""
    conflicts, left = [], dict(against)
    for asked in recommendations.prescribe:
        name = asked.what.prescribe
        for avoiding in _opposing(asked, recommendations, left.get(name)):
            winner, settled_by = _winner(asked, avoiding)
            conflicts.append(_conflict(situation, name, asked, avoiding, winner, settled_by))
            if winner is asked:
                left = _without(left, name, avoiding)
    return [*conflicts, *_doses(situation, recommendations, left)], left


def _opposing(asked: Recommendation, recommendations: Recommendations, entry: KeptOut | None) -> list[Recommendation]:
    """What another rule says against an exercise that is asked for."""
    if entry is None:
        return []
    return [item for item in recommendations.avoid if item.because in entry.reasons and item.rule.id != asked.rule.id]


def _without(against: dict[str, KeptOut], name: str, avoiding: Recommendation) -> dict[str, KeptOut]:
    """The same without one avoidance of one exercise."""
    objections = [
        objection
        for objection in against[name].objections
        if (objection.because, objection.avoid) != (avoiding.because, avoiding.what)
    ]
    others = {exercise: entry for exercise, entry in against.items() if exercise != name}
    return others | ({name: kept_out_by(objections)} if objections else {})


def _winner(asked: Recommendation, avoiding: Recommendation) -> tuple[Recommendation, str]:
    """Which of the two holds, and by which step of the order."""
    if avoiding.what.level != "preference":
        return avoiding, "safety"
    return _by_rule(asked, avoiding) or (avoiding, CAUTION)


def _by_rule(one: Recommendation, other: Recommendation) -> tuple[Recommendation, str] | None:
    """Which of two is the more specific, or rests on more; None where they are equal."""
    if more_specific(one.rule, other.rule):
        return one, "specificity"
    if more_specific(other.rule, one.rule):
        return other, "specificity"
    for name, order in (("strength", STRENGTHS), ("certainty", CERTAINTIES)):
        places = [order.index(getattr(item.rule, name)) for item in (one, other)]
        if places[0] != places[1]:
            return (one if places[0] < places[1] else other), name
    return None


def more_specific(one: Rule, other: Rule) -> bool:
    """Do the conditions of one strictly include those of the other?"""
    return set(one.conditions.every()) > set(other.conditions.every())


def _conflict(
    situation: Situation, name: str, asked: Recommendation, other: Recommendation, winner: Recommendation, settled_by: str
) -> Conflict:
    label, told = situation.program.exercises[name].spoken, {"reason": asked.because.text, "other": other.because.text}
    is_in = fixed("{exercise} is in the plan. For it: {reason} Against it: {other}")
    stays_out = fixed("{exercise} stays out. For it: {reason} Against it: {other}")
    text = say(is_in if winner is asked else stays_out, exercise=label, **told)
    return Conflict(between=tuple(sorted({asked.rule.id, other.rule.id})), settled_by=settled_by, text=text)


# --- two doses of one exercise -------------------------------------------------------------------------------------------


def dose_asked(asked: Iterable[Recommendation]) -> Recommendation | None:
    """The rule whose dose an exercise gets, of all that prescribe it; None where none gives one."""
    dosed = sorted((one for one in asked if one.what.dosage), key=lambda one: one.because.order)
    return reduce(lambda one, other: _dose(one, other)[0], dosed) if dosed else None


def _dose(one: Recommendation, other: Recommendation) -> tuple[Recommendation, str]:
    """Whose dose of two holds, and by which step: the more important reason, then as ever; a tie takes the smaller dose."""
    places = [get_args(Priority).index(item.what.priority) for item in (one, other)]
    if places[0] != places[1]:
        return (one if places[0] < places[1] else other), "priority"
    return _by_rule(one, other) or (min(one, other, key=lambda item: _work(item.what.dosage)), CAUTION)


def _work(dosage: Dosage) -> Decimal:
    """How much a dose is: its sets times the most of what is done in one."""
    work = next((ends(value)[1] for name in WORK if (value := getattr(dosage, name)) is not None), Decimal(1))
    return ends(dosage.sets or Decimal(1))[1] * work


def _doses(situation: Situation, recommendations: Recommendations, against: Mapping[str, KeptOut]) -> Iterator[Conflict]:
    """Every exercise that gets one dose where rules ask for others; nothing of what stays out anyway."""
    for group in grouped(recommendations.prescribe, lambda one: one.what.prescribe):
        winner = dose_asked(group)
        others = [one for one in group if winner and one.what.dosage not in (None, winner.what.dosage)]
        if winner is not None and others and group[0].what.prescribe not in against:
            yield _one_dose(situation, winner, others)


def _one_dose(situation: Situation, winner: Recommendation, others: Sequence[Recommendation]) -> Conflict:
    label = situation.program.exercises[winner.what.prescribe].spoken
    instead = "; ".join(f"{_told(one.what.dosage)}: {one.because.text.rstrip('.')}" for one in others)
    text = say(
        "{exercise} gets one dose, {dose}: {reason}. Not {others}.",
        exercise=label,
        dose=_told(winner.what.dosage),
        reason=winner.because.text.rstrip("."),
        others=instead,
    )
    names = {winner.rule.id, *(one.rule.id for one in others)}
    return Conflict(between=tuple(sorted(names)), settled_by=_dose(winner, others[0])[1], text=text)


def _told(dosage: Dosage) -> str:
    return spoken_work(dosage) or say("its usual sets on other terms")
