"""Two pathways for one diagnosis: a runner is told two stages of two ways back, and of both only the more cautious half."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations, product

from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject, check
from stridewise.authoring.checks.logic import contradiction, disjoint
from stridewise.authoring.checks.stages import together
from stridewise.authoring.checks.witness import NONE, Witnesses
from stridewise.language.condition import Condition
from stridewise.language.fact import Fact
from stridewise.language.pathway import Pathway
from stridewise.language.vocabulary import Vocabulary
from stridewise.session import Session


@check("two-pathways")
def rival_pathways(subject: Subject) -> Iterator[Finding]:
    """No runner is on two pathways for the same reason, each pair shown on a concrete one."""
    witnesses = Witnesses(subject.program, subject.as_of)
    for one, other in _pairs(subject):
        first, second = (subject.program.rule(_opening(pathway)) for pathway in (one, other))
        if first is None or second is None:
            continue
        answer = witnesses.look((first, second), partial(_on_both, one=one, other=other))
        if answer.verdict != NONE:
            yield _finding(subject, one, other, answer.profile)


def _pairs(subject: Subject) -> Iterator[tuple[Pathway, Pathway]]:
    """Pathways that one fact may put a runner on, one of the checked packs first."""
    for pair in combinations(subject.program.pathways.values(), 2):
        own = [pathway for pathway in pair if pathway.id in subject.pathways]
        if own and _may_meet(subject.program.vocabulary, *pair):
            yield own[-1], next(pathway for pathway in pair if pathway is not own[-1])


def _may_meet(vocabulary: Vocabulary, one: Pathway, other: Pathway) -> bool:
    by_one_fact = any(_may_be_one(*pair) for pair in product(one.when.present(), other.when.present()))
    return by_one_fact and not contradiction(vocabulary, together((one.when, other.when)))


def _may_be_one(one: Condition, other: Condition) -> bool:
    """Could one fact meet both?"""
    others = dict(other.tests)
    return one.kind == other.kind and not any(name in others and disjoint(test, others[name]) for name, test in one.tests)


def _opening(pathway: Pathway) -> str:
    """The rule that says that a runner is at its first stage."""
    return pathway.stages[0].rules[1]


def _on_both(session: Session, one: Pathway, other: Pathway) -> bool:
    return any(_for_one_reason(first, second) for first, second in product(_bases(session, one), _bases(session, other)))


def _bases(session: Session, pathway: Pathway) -> list[tuple[Fact, ...]]:
    """What puts the runner on a pathway, once for every side."""
    fired = session.situation.memory.activations
    return [activation.premises for activation in fired if activation.rule.id == _opening(pathway)]


def _for_one_reason(ones: Iterable[Fact], others: Iterable[Fact]) -> bool:
    """Do both rest on a fact in common, and on none of a kind in common that differs? A goal that two diagnoses share is none."""
    first, second = _by_kind(ones), _by_kind(others)
    common = first.keys() & second.keys()
    return bool(common) and all(first[kind] & second[kind] for kind in common)


def _by_kind(facts: Iterable[Fact]) -> dict[str, set[Fact]]:
    """The facts that name something; all of them where none does. An age is no reason that two pathways share."""
    every = list(facts)
    kept = [fact for fact in every if isinstance(fact.value, str) and fact.value not in ("yes", "no")] or every
    return {kind: {fact for fact in kept if fact.kind == kind} for kind in {fact.kind for fact in kept}}


def _finding(subject: Subject, own: Pathway, other: Pathway, witness: str) -> Finding:
    level: FindingLevel = "warning" if witness else "info"
    verb = "are" if witness else "may be"
    message = f"{own.id} and {other.id} ({other.place}) {verb} for the same diagnosis or state: a runner is on both at once."
    return Finding(level, subject.pathways[own.id].at("when"), message, _mend(subject, own, other), witness)


def _mend(subject: Subject, own: Pathway, other: Pathway) -> str:
    narrow = "make the two `when` exclude each other"
    if own.pack == other.pack:
        return f"Keep one of them, or {narrow}."
    if other.rules & subject.program.protected:
        return f"{other.id} keeps runners safe and cannot be replaced: leave {own.id} out, or {narrow}."
    override = f"{{pathway: {other.id}, action: replace, with_pathway: {own.id}, reason: …, by: …, expires: …}}"
    return f"Replace the other by yours in pack.yaml, overrides: [{override}], or {narrow}."
