"""Why is this in the plan: every justification of an item as a tree down to the profile's lines, and what would be left of it
without each of those facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stridewise.condition import Condition
from stridewise.digest import to_values
from stridewise.errors import Problem, ProfileError, did_you_mean
from stridewise.explanation import firings
from stridewise.fact import Fact
from stridewise.inquiry.changes import RemoveFacts
from stridewise.inquiry.difference import Key, items
from stridewise.inquiry.holding import Holding, describe_condition
from stridewise.inquiry.inquiry import Inquiry
from stridewise.plan import Because, FactUsed
from stridewise.session import Session
from stridewise.vocabulary import fold


@dataclass(frozen=True, slots=True)
class Reason:
    """One justification. `absent` is what it takes as not being so, with where that was answered or "assumed"; `below` are
    the reasons of its concluded facts."""

    because: Because
    absent: tuple[str, ...] = ()
    below: tuple["Reason", ...] = ()


@dataclass(frozen=True, slots=True)
class Without:
    """The item if a recorded fact were taken out of the profile: does it stay, and by which of its reasons (their rules)?

    `cannot` says why the fact cannot be taken out alone."""

    fact: dict[str, Any]
    text: str
    at: str
    stays: bool
    reasons_left: tuple[str, ...]
    cannot: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One item of the plan that was asked about. `needs` are reasons it could be used at all (what was mastered, equipment);
    `stays_without_all` says whether something else would bring it back if all its facts were gone; `runner` are the
    runner's words."""

    section: str
    name: str
    what: str
    said: str
    reasons: tuple[Reason, ...]
    needs: tuple[Reason, ...] = ()
    assumes: tuple[str, ...] = ()
    without: tuple[Without, ...] = ()
    stays_without_all: bool | None = None
    runner: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return (self.section, self.name)


def explain(inquiry: Inquiry, item: str) -> list[Found]:
    """Every entry of the plan that goes by this name. Raises ProfileError with the nearest name where there is none."""
    return [_tested(inquiry, found) for found in find(inquiry.session, item)]


def find(session: Session, item: str) -> list[Found]:
    """The entries that go by this name with their reasons, before any fact is taken out. Raises ProfileError."""
    entries = list(_entries(session))
    key = fold(item)
    found = [entry for names, entry in entries if key in map(fold, names)]
    if not found:
        known = sorted({name for names, _ in entries for name in names})
        hint = did_you_mean(item, known) or " recommend why-not says what kept something out."
        raise ProfileError([Problem("", 0, f'nothing in this plan is called "{item}".{hint}')])
    return found


def every_item(session: Session) -> list[Found]:
    """Every item of the plan that has reasons."""
    return [entry for _, entry in _entries(session)]


# --- the plan's items ----------------------------------------------------------------------------------------------------


def _entries(session: Session) -> Iterator[tuple[list[str], Found]]:
    yield from _said(session)
    for (section, name), group in items(session.plan).items():
        for one in group:
            if section == "swaps":
                instead = _called(session, one.instead) if one.instead else "left out"
                said = f"{_called(session, one.avoid)} → {instead} ({one.level})"
                names = [one.avoid, _called(session, one.avoid), *([one.instead] if one.instead else [])]
                yield names, _found(session, section, name, "swap", said, one.because)
            elif section == "prescriptions":
                names = [one.exercise, one.name, *one.targets]
                found = _found(session, section, name, f"prescription {one.exercise}", one.name, one.because)
                yield names, replace(found, needs=tuple(_needs(session, one.exercise)), assumes=one.assumes)
            elif section == "set_aside":
                said = f"{_called(session, name)}: {one.reason}"
                yield [name, _called(session, name)], _found(session, section, name, f"set aside {name}", said, one.because)
            elif section == "conclusions":
                kind, value = next(iter(one.fact.items()))
                yield (
                    [kind, f"{kind}: {value}", f"{kind}={value}", name],
                    _found(session, section, name, "conclusion", f"{kind}: {value}", one.because),
                )
            elif section == "schedule":
                yield [name], _scheduled(session, name, one)


def _said(session: Session) -> Iterator[tuple[list[str], Found]]:
    """What is told in a sentence: referrals, warnings, load adjustments, conflicts."""
    plan = session.plan
    for section, what, group in (
        ("referrals", "referral", plan.referrals), ("warnings", "warning", plan.warnings),
        ("load_adjustments", "load adjustment", plan.load_adjustments),
    ):  # fmt: skip
        for one in group:
            other = getattr(one, "to", "") if section == "referrals" else getattr(one, "metric", "")
            name = other if section == "load_adjustments" else one.id
            names = [one.id, one.id.partition("/")[2], *([other] if other else [])]
            yield names, _found(session, section, name, f"{what} {one.id}", one.text, one.because)


def _found(session: Session, section: str, name: str, what: str, said: str, because: Sequence[Because]) -> Found:
    reasons = tuple(_reason(session, one, ()) for one in because)
    runner = tuple(dict.fromkeys(one.patient for one in because if one.patient))
    return Found(section, name, what, said, reasons, runner=runner)


def _called(session: Session, name: str) -> str:
    exercises = session.situation.program.exercises
    return exercises[name].name if name in exercises else name.replace("_", " ")


def _scheduled(session: Session, day: str, entry: Any) -> Found:
    """A day of the schedule: what stands on it, and the reasons of its exercises."""
    values = to_values(entry)
    words = set(_words(values))
    chosen = [one for one in session.plan.prescriptions if one.exercise in words or one.name in words]
    because = list({reason.rule + reason.text: reason for one in chosen for reason in one.because}.values())
    said = f"{values.get('phase') or 'training'}: {', '.join(one.name for one in chosen) or 'no exercise of this plan'}"
    return _found(session, "schedule", day, f"session on {day}", said, because)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words(one)


def _needs(session: Session, exercise: str) -> Iterator[Reason]:
    """Why the exercise could be used at all: what was mastered first, and the equipment at hand."""
    situation, item = session.situation, session.situation.program.exercises[exercise]
    earned = [fact for fact in situation.memory.by_kind.get("earned", ()) if fact.value == exercise] if item.gates else []
    for firing in firings(d for fact in earned for d in situation.memory.derivations[fact]):
        yield _reason(session, situation.explainer.because(firing), ())
    choice = item.equipment_choice(situation.equipment)
    if choice:
        facts = [fact for name in choice for fact in situation.facts("equipment", name)]
        yield Reason(situation.own_reason("equipment", "The equipment for it is at hand.", facts))


# --- the tree ------------------------------------------------------------------------------------------------------------


def _reason(session: Session, because: Because, seen: tuple[str, ...]) -> Reason:
    """A reason and, for each concluded fact, the reasons for that; a rule is not told twice on one way down."""
    below = []
    for used in because.facts:
        for one in _derivations(session, used):
            if one.rule not in seen and one.rule != because.rule:
                below.append(_reason(session, one, (*seen, because.rule)))
    return Reason(because, tuple(_absent(session, because.rule)), tuple(below))


def _absent(session: Session, rule_id: str) -> Iterator[str]:
    """What the rule takes as not being so, and how it knows."""
    rule = session.situation.program.rule(rule_id)
    holding = Holding(session.situation.program, session.situation.memory)
    for condition in rule.conditions.absents if rule else ():
        text = describe_condition(session.situation.program.vocabulary, condition)
        yield f"{text} [{_known_absent(holding, condition)}]"


def _known_absent(holding: Holding, condition: Condition) -> str:
    if holding.program.vocabulary.kinds[condition.kind].mode == "closed":
        return "asked, no"
    open_rules = any(holding.could_fire(rule) for rule in holding.program.suppliers.of(condition))
    return "not concluded, assumed: a fact for it was not recorded" if open_rules else "not concluded"


def _derivations(session: Session, used: FactUsed) -> list[Because]:
    memory, explainer = session.situation.memory, session.situation.explainer
    facts = [fact for fact in memory.derivations if _is(fact, used.fact)]
    return [explainer.because(firing) for firing in firings(d for fact in facts for d in memory.derivations[fact])]


def _is(fact: Fact, shown: dict[str, Any]) -> bool:
    mapping = fact.as_mapping()
    return mapping.keys() == shown.keys() and all(
        value == shown[name] or shown[name] == "both" for name, value in mapping.items()
    )


# --- without a fact ------------------------------------------------------------------------------------------------------


def leaves(found: Found) -> list[FactUsed]:
    """The recorded facts that an item rests on, each once, in the order they are told."""
    unique: dict[str, FactUsed] = {}
    for reason in walk((*found.reasons, *found.needs)):
        for used in reason.because.facts:
            if used.at:
                unique.setdefault(f"{used.fact} {used.at}", used)
    return list(unique.values())


def walk(reasons: Sequence[Reason]) -> Iterator[Reason]:
    """Every reason of a tree, from the top down."""
    for reason in reasons:
        yield reason
        yield from walk(reason.below)


def rules_of(found: Found) -> tuple[str, ...]:
    """The rules of an item's own reasons."""
    return tuple(dict.fromkeys(reason.because.rule for reason in found.reasons))


def _tested(inquiry: Inquiry, found: Found) -> Found:
    used = leaves(found)
    without = tuple(_without(inquiry, found, one) for one in used)
    return replace(found, without=without, stays_without_all=_stays_without_all(inquiry, found, used))


def facts_meant(session: Session, used: FactUsed) -> tuple[Fact, ...]:
    """The facts of the record that a piece of evidence stands for: left and right where it says both."""
    return tuple(fact for fact in session.situation.memory.facts if fact.places and _is(fact, used.fact))


def _without(inquiry: Inquiry, found: Found, used: FactUsed) -> Without:
    try:
        after = inquiry.after([RemoveFacts(facts_meant(inquiry.session, used))])
    except ProfileError as error:
        return Without(used.fact, used.text, used.at or "", True, rules_of(found), cannot=error.problems[0].message)
    left = _rules_after(after, found)
    return Without(used.fact, used.text, used.at or "", left is not None, tuple(r for r in left or () if r in rules_of(found)))


def _rules_after(after: Session, found: Found) -> tuple[str, ...] | None:
    """The rules of the item in another plan, None where it is not there."""
    there = [entry for entry in every_item(after) if entry.key == found.key]
    return tuple(dict.fromkeys(rule for entry in there for rule in rules_of(entry))) if there else None


def _stays_without_all(inquiry: Inquiry, found: Found, used: Sequence[FactUsed]) -> bool | None:
    facts = {fact: None for one in used for fact in facts_meant(inquiry.session, one)}
    if not facts:
        return None
    try:
        after = inquiry.after([RemoveFacts(tuple(facts))])
    except ProfileError:
        return None
    return _rules_after(after, found) is not None
