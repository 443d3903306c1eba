"""Two rules that cannot both be followed: one asks for what the other keeps out, or both set one load metric differently."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject, check
from stridewise.authoring.checks.reachability import may_mean
from stridewise.authoring.checks.witness import FOUND, UNKNOWN, Witnesses
from stridewise.language.rule import Adjust, Avoid, Prescribe, Rule, Train
from stridewise.language.vocabulary import Place
from stridewise.planning.vetoes import selects
from stridewise.planning.wants import PRESSING
from stridewise.program.program import Program
from stridewise.recommendation.collect import Recommendation
from stridewise.session import Session

NOT_LOOKED_FOR = "no runner is looked for on whom rules collide: clingo is not installed."
TO_LOOK = "Install it: pip install 'stridewise[authoring]'. Until then --level info lists the rules that may collide."


@dataclass(frozen=True, slots=True)
class PossibleCollision:
    """Two rules that may collide, over one exercise or load metric."""

    first: Rule
    second: Rule
    over: tuple[str, ...]
    what: str

    def shown_by(self, session: Session) -> bool:
        """Do they collide in this session, with all variables filled in?"""
        made, exercises, current = session.recommendations, session.situation.program.exercises, session.situation.current
        if self.what == "adjusts":
            pairs = product(_of(self.first, made.adjust), _of(self.second, made.adjust))
            return any(incompatible(one, other) for one, other in pairs)
        asked = filter(insists, _of(self.first, (*made.train, *made.prescribe, *made.companions)))
        names = {name for item in asked for name in asked_for(item) if name in exercises}
        avoided = [item.avoid for item in _of(self.second, made.avoid)]
        return any(
            what == name if isinstance(what, str) else selects(what, exercises[name], current)
            for name, what in product(names, avoided)
        )


def _of(rule: Rule, made: Iterable[Recommendation]) -> list[Any]:
    """What a rule says, of all that is recommended."""
    return [one.what for one in made if one.rule.id == rule.id]


def asked_for(item: Any) -> tuple[str, ...]:
    return item.options if isinstance(item, Train) else (item.prescribe,)


def incompatible(one: Adjust, other: Adjust) -> bool:
    """Can two adjustments of one metric not both be kept? Two caps always can: the lower holds."""
    if one.adjust != other.adjust:
        return False
    if one.to is not None and other.to is not None:
        return one.to != other.to
    if one.by is not None and other.by is not None:
        return one.by.amount * other.by.amount < 0
    for fixed, cap in ((one.to, other.at_most), (other.to, one.at_most)):
        if fixed is not None and cap is not None and (fixed.unit, fixed.base) == (cap.unit, cap.base):
            return fixed.amount > cap.amount
    return False


def candidates(program: Program, checked: frozenset[str]) -> Iterator[PossibleCollision]:
    """Pairs of rules of different packs, one of them checked, that may collide."""
    rules = program.rules
    asking = [rule for rule in rules if any(map(insists, rule.consequents))]
    avoiding = [rule for rule in rules if any(isinstance(item, Avoid) for item in rule.consequents)]
    for first, second in product(asking, avoiding):
        if _compared(first, second, checked) and (over := exercises_in_dispute(program, first, second)):
            yield PossibleCollision(first, second, over, "avoids")
    adjusting = [rule for rule in rules if any(isinstance(item, Adjust) for item in rule.consequents)]
    for first, second in combinations(adjusting, 2):
        if _compared(first, second, checked) and (metrics := metrics_in_dispute(first, second)):
            yield PossibleCollision(first, second, metrics, "adjusts")


def insists(item: Any) -> bool:
    """Does it name exercises, and not as a slot that gives way to whatever speaks against it?"""
    return isinstance(item, Prescribe) or (isinstance(item, Train) and bool(item.options) and item.priority in PRESSING)


def _compared(first: Rule, second: Rule, checked: frozenset[str]) -> bool:
    return first.pack != second.pack and bool(checked & {first.pack, second.pack})


def exercises_in_dispute(program: Program, first: Rule, second: Rule) -> tuple[str, ...]:
    """The exercises that one rule asks for and the other may keep out."""
    avoided = [item for item in second.consequents if isinstance(item, Avoid)]
    asked = {name for item in first.consequents if insists(item) for name in asked_for(item)} if avoided else set()
    if any(name.startswith("$") for name in asked):
        asked = set(program.exercises)
    return tuple(sorted(n for n in asked if any(may_mean(item, program.exercises[n]) for item in avoided)))


def metrics_in_dispute(first: Rule, second: Rule) -> tuple[str, ...]:
    ones = [item for item in first.consequents if isinstance(item, Adjust)]
    others = [item for item in second.consequents if isinstance(item, Adjust)]
    return tuple(sorted({one.adjust for one in ones for other in others if incompatible(one, other)}))


@check("contradiction")
def contradictions(subject: Subject) -> Iterator[Finding]:
    """What one pack asks for and another keeps out, each shown on a concrete runner."""
    witnesses = Witnesses(subject.program, subject.as_of)
    checked = frozenset(pack.name for pack in subject.packs)
    if not witnesses.can_look and subject.packs:
        yield Finding("warning", Place(f"{subject.packs[0].path}/pack.yaml", 0), NOT_LOOKED_FOR, TO_LOOK)
    for candidate in candidates(subject.program, checked):
        level, mend = _weigh(candidate)
        answer = witnesses.look((candidate.first, candidate.second), candidate.shown_by)
        if answer.verdict == FOUND:
            yield _finding(level, candidate, "collide", mend, answer.profile)
        elif answer.verdict == UNKNOWN and level != "info":  # what is meant is told only where it is shown
            mend = "Could not build a witness; look at the two rules."
            yield _finding("info", candidate, "may collide", mend)


def _weigh(candidate: PossibleCollision) -> tuple[FindingLevel, str]:
    """A contraindication and an avoidance by demand are meant to overrule what others ask for, and the plan says so; an
    exercise that two packs name, one for and one against, is for their authors to settle where no other option is left."""
    avoided = [item for item in candidate.second.consequents if isinstance(item, Avoid)]
    asked = [set(asked_for(item)) for item in candidate.first.consequents if insists(item) and not _is_companion(item)]
    leaves_nothing = any(names <= set(candidate.over) for names in asked)
    by_name = leaves_nothing and any(item.avoid in candidate.over and not _is_firm(item) for item in avoided)
    if candidate.what == "adjusts" or by_name:
        return "warning", "Decide which holds: narrow one rule's conditions, or choose other exercises."
    return "info", "The avoidance holds in every plan; nothing to mend if that is meant."


def _is_companion(item: Any) -> bool:
    """Does it give way to whatever speaks against it, and is told where it does?"""
    return isinstance(item, Prescribe) and item.wherever_planned is not None


def _is_firm(item: Avoid) -> bool:
    """Does it hold whatever asks otherwise: a contraindication, or a pause until something holds?"""
    return item.level == "contraindication" or (item.level == "precaution" and bool(item.until))


def _finding(level: FindingLevel, candidate: PossibleCollision, verb: str, mend: str, witness: str = "") -> Finding:
    first, second = candidate.first, candidate.second
    over = ", ".join(candidate.over[:4]) + (f" and {len(candidate.over) - 4} more" if len(candidate.over) > 4 else "")
    say = "asks for" if candidate.what == "avoids" else "sets"
    other = f"{second.id} {'keeps it out' if candidate.what == 'avoids' else 'sets it otherwise'}"
    message = f"{first.id} and {second.id} ({second.place}) {verb}: {first.id} {say} {over}, {other}."
    return Finding(level, first.place, message, mend, witness)
