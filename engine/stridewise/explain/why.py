"""Why is this in the plan: every justification of an item as a tree down to the profile's lines, and what would be left of it
without each of those facts, and without all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from stridewise.errors import ProfileError
from stridewise.explain.edits.changes import RemoveFacts
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.items import Beyond, PlanItem, Without, facts_meant, find_items, leaves, rules_of, still
from stridewise.language.fact import Fact
from stridewise.packs.plugins import computed_by
from stridewise.plan.model import FactUsed

IN_EMPTY = "it would be in the plan of an empty profile"
UNRECORDED = "it rests on nothing that was recorded"


def explain(inquiry: Inquiry, name: str) -> list[PlanItem]:
    """Every entry of the plan that goes by this name. Raises ProfileError with the nearest name where there is none."""
    return [_tested(inquiry, item) for item in find_items(inquiry.session, name)]


def _tested(inquiry: Inquiry, item: PlanItem) -> PlanItem:
    without = tuple(_without(inquiry, item, used) for used in leaves(item))
    beyond, remains = _emptied(inquiry, item)
    stays = bool(beyond or remains) if without else None
    return replace(item, without=without, stays_without_all=stays, beyond=tuple(beyond), remains=remains)


def _without(inquiry: Inquiry, item: PlanItem, used: FactUsed) -> Without:
    facts, after, cannot = facts_meant(inquiry.session, used), [item], ""
    try:
        if all(map(_is_computed, facts)):
            cannot = f"{_computed_by(facts)} computed it"
        else:
            after = still(inquiry.after([RemoveFacts(facts)]), item)
    except ProfileError as error:
        cannot = error.problems[0].message
    left = {rule for entry in after for rule in rules_of(entry)}
    kept = tuple(rule for rule in rules_of(item) if rule in left)
    return Without(used.fact, used.text, used.at or "", bool(after), kept, cannot)


def _is_computed(fact: Fact) -> bool:
    """Is it a plugin's alone, so that it stands nowhere in the profile?"""
    return bool(fact.places) and len(computed_by(fact)) == len(fact.places)


def _computed_by(facts: Iterable[Fact]) -> str:
    names = sorted({name for fact in facts for name in computed_by(fact)})
    shown = " and ".join(f"“{name}”" for name in names)
    return f"the plugin{'s' if len(names) > 1 else ''} {shown}"


def _emptied(inquiry: Inquiry, item: PlanItem) -> tuple[list[Beyond], str]:
    """All facts of an item taken out of the profile, then those of the reasons that bring it back, until it is gone: the ways it
    comes back, and why it remains where nothing more can be taken out. Every round takes out a fact more, so there is an end."""
    beyond: list[Beyond] = []
    out: dict[Fact, None] = {}
    session, there = inquiry.session, [item]
    while there:
        used = [fact for entry in there for fact in leaves(entry)]
        meant = [fact for leaf in used for fact in facts_meant(session, leaf)]
        if out:
            beyond.append(Beyond(tuple(reason for entry in there for reason in (*entry.reasons, *entry.needs)), tuple(used)))
        new = {fact: None for fact in meant if fact not in out and not _is_computed(fact)}
        if not new:
            return beyond, _remains(inquiry, item, meant)
        out |= new
        try:
            session = inquiry.after([RemoveFacts(tuple(out))])
        except ProfileError as error:
            return beyond, f"this cannot be told: {error.problems[0].message.rstrip('.')}"
        there = still(session, item)
    return beyond, ""


def _remains(inquiry: Inquiry, item: PlanItem, meant: Sequence[Fact]) -> str:
    if computed := [fact for fact in meant if _is_computed(fact)]:
        return f"{_computed_by(computed)} computed what it rests on"
    if meant:
        return "what it rests on could not be taken out of the profile"
    return IN_EMPTY if _is_in_empty(inquiry, item) else UNRECORDED


def _is_in_empty(inquiry: Inquiry, item: PlanItem) -> bool:
    """Would the plan of a profile without any fact hold it?"""
    recorded = tuple(fact for fact in inquiry.session.situation.intake.facts if not _is_computed(fact))
    try:
        return bool(still(inquiry.after([RemoveFacts(recorded)]) if recorded else inquiry.session, item))
    except ProfileError:
        return False
