"""Settle what rules disagree about, in the open: safety first, then the more specific rule, then strength, then certainty; a tie
takes the more cautious."""

from collections.abc import Iterable, Mapping

from stridewise.language.rule import CERTAINTIES, STRENGTHS, Rule
from stridewise.language.translation import fixed, say
from stridewise.plan.model import Conflict
from stridewise.planning.situation import Situation
from stridewise.planning.vetoes import KeptOut, kept_out_by
from stridewise.recommendation.collect import Recommendation, Recommendations


def settle(
    situation: Situation, recommendations: Recommendations, against: Mapping[str, KeptOut]
) -> tuple[list[Conflict], dict[str, KeptOut]]:
    """Every exercise that one rule prescribes and another avoids, and what then still speaks against an exercise: a preference
    that gives way to the prescription does so no more; a precaution or a veto always holds."""
    conflicts, left = [], dict(against)
    for asked in recommendations.prescribe:
        name = asked.what.prescribe
        for avoiding in _opposing(asked, recommendations, left.get(name)):
            winner, settled_by = _winner(asked, avoiding)
            conflicts.append(_conflict(situation, name, asked, avoiding, winner, settled_by))
            if winner is asked:
                left = _without(left, name, avoiding)
    return conflicts, left


def _opposing(asked: Recommendation, recommendations: Recommendations, entry: KeptOut | None) -> list[Recommendation]:
    """What another rule says against an exercise that is asked for."""
    if entry is None:
        return []
    return [item for item in recommendations.avoid if item.because in entry.reasons and item.rule.id != asked.rule.id]


def _without(against: dict[str, KeptOut], name: str, avoiding: Recommendation) -> dict[str, KeptOut]:
    """The same without one avoidance of one exercise."""
    objections = [
        objection for objection in against[name].objections
        if (objection.because, objection.avoid) != (avoiding.because, avoiding.what)
    ]  # fmt: skip
    others = {exercise: entry for exercise, entry in against.items() if exercise != name}
    return others | ({name: kept_out_by(objections)} if objections else {})


def _winner(asked: Recommendation, avoiding: Recommendation) -> tuple[Recommendation, str]:
    """Which of the two holds, and by which step of the order."""
    if avoiding.what.level != "preference":
        return avoiding, "safety"
    if more_specific(asked.rule, avoiding.rule):
        return asked, "specificity"
    if more_specific(avoiding.rule, asked.rule):
        return avoiding, "specificity"
    for name, order in (("strength", STRENGTHS), ("certainty", CERTAINTIES)):
        places = [order.index(getattr(one.rule, name)) for one in (asked, avoiding)]
        if places[0] != places[1]:
            return (asked if places[0] < places[1] else avoiding), name
    return avoiding, fixed("the more cautious")


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


def unique_conflicts(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Each conflict once, in the order of the rules concerned."""
    return tuple(sorted(dict.fromkeys(conflicts), key=lambda one: one.between))
