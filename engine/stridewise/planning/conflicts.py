"""Settle what rules disagree about, in the open: safety first, then the more specific rule, then strength, then certainty; a tie
takes the more cautious."""

from collections.abc import Iterable, Iterator

from stridewise.language.rule import CERTAINTIES, STRENGTHS, Rule
from stridewise.plan.model import Conflict
from stridewise.planning.situation import Situation
from stridewise.planning.vetoes import KeptOut
from stridewise.recommendation.collect import Recommendation, Recommendations


def settle(situation: Situation, recommendations: Recommendations, against: dict[str, KeptOut]) -> list[Conflict]:
    """Every exercise that one rule prescribes and another avoids. Where the prescription wins over a preference, the
    preference is taken out of `against`; a precaution or a veto always holds."""
    return list(_settle(situation, recommendations, against))


def _settle(situation: Situation, recommendations: Recommendations, against: dict[str, KeptOut]) -> Iterator[Conflict]:
    for asked in recommendations.prescribe:
        name = asked.what.prescribe
        entry = against.get(name)
        if entry is None:
            continue
        opposing = [one for one in recommendations.avoid if one.because in entry.reasons and one.rule.id != asked.rule.id]
        for other in opposing:
            winner, settled_by = _winner(asked, other)
            yield _conflict(situation, name, asked, other, winner, settled_by)
            if winner is asked:
                _drop(against, entry, other)


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
    return avoiding, "the more cautious"


def more_specific(one: Rule, other: Rule) -> bool:
    """Do the conditions of one strictly include those of the other?"""
    return set(one.conditions.every()) > set(other.conditions.every())


def _drop(against: dict[str, KeptOut], entry: KeptOut, other: Recommendation) -> None:
    entry.reasons.remove(other.because)
    entry.avoids = [avoid for avoid in entry.avoids if avoid != other.what]
    if not entry.reasons:
        against.pop(entry.exercise, None)


def _conflict(
    situation: Situation, name: str, asked: Recommendation, other: Recommendation, winner: Recommendation, settled_by: str
) -> Conflict:
    label = situation.program.exercises[name].name
    outcome = "it is prescribed" if winner is asked else f"it stays out ({other.what.level})"
    text = f"{label}: {asked.rule.id} recommends it, {other.rule.id} speaks against it; {outcome}, settled by {settled_by}."
    return Conflict(between=tuple(sorted({asked.rule.id, other.rule.id})), settled_by=settled_by, text=text)


def unique_conflicts(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Each conflict once, in the order of the rules concerned."""
    return tuple(sorted(dict.fromkeys(conflicts), key=lambda one: (one.between, one.text)))
