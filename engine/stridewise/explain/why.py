"""Why is this in the plan: every justification of an item as a tree down to the profile's lines, and what would be left of it
without each of those facts, and without all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from stridewise.errors import ProfileError
from stridewise.explain.edits.changes import RemoveFacts
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.items import Beyond, PlanItem, Without, every_item, facts_meant, find_items, leaves, rules_of, still
from stridewise.explain.reasons import Reason, walk
from stridewise.language.fact import Fact
from stridewise.packs.plugins import computed_by
from stridewise.plan.model import FactUsed

__all__ = [
    "Beyond",
    "PlanItem",
    "Reason",
    "Without",
    "every_item",
    "explain",
    "facts_meant",
    "find_items",
    "leaves",
    "listed",
    "rules_of",
    "still",
    "walk",
]
IN_EMPTY = "it would be in the plan of an empty profile"
UNRECORDED = "it rests on nothing that was recorded"


def explain(inquiry: Inquiry, name: str) -> list[PlanItem]:
    """Every entry of the plan that goes by this name. Raises ProfileError with the nearest name where there is none."""
    return [_tested(inquiry, item) for item in find_items(inquiry.session, name)]


def listed(item: PlanItem) -> list[FactUsed]:
    """All facts that an explanation lists: those it rests on, then those of the ways it would come back. Without them it goes,
    or `remains` says why it cannot."""
    return [*leaves(item), *(used for beyond in item.beyond for used in beyond.facts)]


def _tested(inquiry: Inquiry, item: PlanItem) -> PlanItem:
    without = tuple(_without(inquiry, item, used) for used in leaves(item))
    beyond, remains = _Emptying(inquiry, item).run()
    stays = bool(beyond or remains) if without else None
    return replace(item, without=without, stays_without_all=stays, beyond=tuple(beyond), remains=remains)


def _without(inquiry: Inquiry, item: PlanItem, used: FactUsed) -> Without:
    facts = facts_meant(inquiry.session, used)
    if all(map(_is_computed, facts)):
        return Without(used.fact, used.text, used.at or "", True, rules_of(item), cannot=f"{_computed_by(facts)} computed it")
    try:
        after = still(inquiry.after([RemoveFacts(facts)]), item)
    except ProfileError as error:
        return Without(used.fact, used.text, used.at or "", True, rules_of(item), cannot=error.problems[0].message)
    left = {rule for entry in after for rule in rules_of(entry)}
    return Without(used.fact, used.text, used.at or "", bool(after), tuple(rule for rule in rules_of(item) if rule in left))


def _is_computed(fact: Fact) -> bool:
    """Is it a plugin's alone, so that it stands nowhere in the profile?"""
    return bool(fact.places) and len(computed_by(fact)) == len(fact.places)


def _computed_by(facts: Iterable[Fact]) -> str:
    names = sorted({name for fact in facts for name in computed_by(fact)})
    shown = " and ".join(f"“{name}”" for name in names)
    return f"the plugin{'s' if len(names) > 1 else ''} {shown}"


@dataclass(slots=True)
class _Emptying:
    """Takes all facts of an item out of the profile, then those of the reasons that bring it back, until it is gone. Every
    round takes out a fact more, so there is an end."""

    inquiry: Inquiry
    item: PlanItem
    facts: dict[Fact, None] = field(default_factory=dict)

    def run(self) -> tuple[list[Beyond], str]:
        """The ways it comes back, and why it remains where nothing more can be taken out."""
        beyond: list[Beyond] = []
        session, there = self.inquiry.session, [self.item]
        while there:
            used = [fact for entry in there for fact in leaves(entry)]
            meant = [fact for leaf in used for fact in facts_meant(session, leaf)]
            if self.facts:
                beyond.append(Beyond(tuple(reason for entry in there for reason in _all_reasons(entry)), tuple(used)))
            new = {fact: None for fact in meant if fact not in self.facts and not _is_computed(fact)}
            if not new:
                return beyond, self._remains(meant)
            self.facts |= new
            try:
                session = self.inquiry.after([RemoveFacts(tuple(self.facts))])
            except ProfileError as error:
                return beyond, f"this cannot be told: {error.problems[0].message.rstrip('.')}"
            there = still(session, self.item)
        return beyond, ""

    def _remains(self, meant: list[Fact]) -> str:
        if computed := [fact for fact in meant if _is_computed(fact)]:
            return f"{_computed_by(computed)} computed what it rests on"
        if meant:
            return "what it rests on could not be taken out of the profile"
        return IN_EMPTY if self._is_in_empty() else UNRECORDED

    def _is_in_empty(self) -> bool:
        """Would the plan of a profile without any fact hold it?"""
        recorded = tuple(fact for fact in self.inquiry.session.situation.intake.facts if not _is_computed(fact))
        try:
            return bool(still(self.inquiry.after([RemoveFacts(recorded)]) if recorded else self.inquiry.session, self.item))
        except ProfileError:
            return False


def _all_reasons(item: PlanItem) -> tuple[Reason, ...]:
    return (*item.reasons, *item.needs)
