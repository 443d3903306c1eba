"""What no question may offer to change: facts that a referral, a veto or a precaution rests on. For those we say
what to wait for."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from stridewise.condition import Condition, Within
from stridewise.fact import VALUE, Fact, show_fact, value_type
from stridewise.inquiry.holding import Holding
from stridewise.matching.branches import compile_stratum
from stridewise.memory import Activation
from stridewise.recommendation import Recommendation
from stridewise.session import Session
from stridewise.units import show
from stridewise.vocabulary import Vocabulary

# Never offered as a change, whatever rule they stand in: symptoms, the screen, pregnancy and birth, clearances, health.
SAFETY_KINDS = frozenset({
    "pain", "symptom", "red_flag", "par_q", "safety_screen", "cleared_flag", "pregnancy_weeks", "postpartum_weeks",
    "postpartum_symptom", "health", "medication", "hop_pain", "strength_mrc", "back_response", "banned_exercise",
})  # fmt: skip
CAUTIOUS = ("contraindication", "precaution")


def guarding(session: Session, levels: Iterable[str] = CAUTIOUS) -> list[Recommendation]:
    """The referrals, and the avoidances of these levels."""
    wanted = set(levels)
    return [*session.recommendations.refer, *(one for one in session.recommendations.avoid if one.what.level in wanted)]


def vetoes(session: Session) -> frozenset[tuple[str, str]]:
    """The referrals and contraindications of a session, to see that none is lost."""
    return frozenset((one.rule.id, repr(one.what)) for one in guarding(session, ("contraindication",)))


def supports(session: Session, levels: Iterable[str] = CAUTIOUS) -> frozenset[Fact]:
    """The recorded facts that referrals and these avoidances rest on."""
    holding = Holding(session.situation.program, session.situation.memory)
    return holding.roots([fact for one in guarding(session, levels) for fact in one.firing.premises])


def is_safety_fact(fact: Fact, held: frozenset[Fact]) -> bool:
    """May no question offer to change this fact?"""
    return fact.kind in SAFETY_KINDS or fact in held


def waits(session: Session, one: Recommendation) -> Iterator[str]:
    """What to wait for before what speaks against something falls away, in words."""
    for activation in one.firing.activations:
        for condition, fact in _met(session, activation, 0):
            yield _wait(session.situation.program.vocabulary, condition, fact)


def _met(session: Session, activation: Activation, depth: int) -> Iterator[tuple[Condition, Fact]]:
    """The conditions that recorded facts met, down the derivation."""
    memory = session.situation.memory
    branch = compile_stratum([activation.rule]).branches[activation.branch]
    pairs = list(zip(branch.conditions, activation.facts, strict=True))
    for condition, fact in pairs:
        if memory.facts.get(fact, fact).places:
            yield condition, memory.facts[fact]
        elif depth < 4:
            for below in memory.derivations.get(fact, [])[:1]:
                yield from _met(session, below, depth + 1)
    for fact in activation.supports:  # counted by an at_least group: which condition it met is not kept
        if fact in memory.facts and memory.facts[fact].places:
            yield Condition(fact.kind, ()), memory.facts[fact]


def _wait(vocabulary: Vocabulary, condition: Condition, fact: Fact) -> str:
    label = _label(vocabulary, fact)
    match fact.kind:
        case "red_flag":
            return f"when the red flag has been examined and cleared by name: {label}"
        case "par_q":
            return "when the yes on the PAR-Q+ has been followed up and cleared by name and date"
        case "weeks_to_race" | "days_to_race":
            return _wait_for_number(vocabulary, condition, fact) or "after the race"
        case "pregnancy_weeks" | "condition" if fact.kind == "pregnancy_weeks" or fact.value == "pregnancy":
            return "after the pregnancy, or earlier with the maternity team's word"
    return _wait_for_number(vocabulary, condition, fact) or f"when this no longer holds: {label}"


def _label(vocabulary: Vocabulary, fact: Fact) -> str:
    kind = vocabulary.kinds[fact.kind]
    text = kind.label.replace("{value}", vocabulary.show_value(kind.type, fact.value))
    return f"{text}, {fact.side}" if fact.side in ("left", "right") else text


def _wait_for_number(vocabulary: Vocabulary, condition: Condition, fact: Fact) -> str:
    """From the comparison that a number met: the other side of it."""
    kind = vocabulary.kinds[fact.kind]
    for name, test in condition.tests:
        if isinstance(test, Within):
            bound = _turned(test, value_type(kind, name).unit)
            if fact.kind in ("weeks_to_race", "days_to_race"):
                return "after the race" if test.high is not None else f"when the race is {bound} away"
            if name == VALUE:
                return f"when it is {bound}: {kind.label.replace('{value}', 'the value')} (now {_label(vocabulary, fact)})"
            what = _label(vocabulary, fact) if name == "intensity" else f"{_label(vocabulary, fact)} ({name.replace('_', ' ')})"
            return f"when {what} has stayed {bound} for a week"
    return f"when {_label(vocabulary, fact)} has settled" if fact.kind == "pain" else ""


def _turned(test: Within, unit: str) -> str:
    """The opposite of a comparison, in words."""
    if test.low is not None:
        text = show(test.low, unit)
        return f"at {text} or below" if test.open_ends else f"below {text}"
    text = show(test.high or Decimal(0), unit)
    return f"at {text} or above" if test.open_ends else f"above {text}"


def lost(before: Session, after: Session) -> tuple[str, ...]:
    """The safety facts of one session that another no longer has, in words. A lost screen counts as one."""
    held = supports(before, ("contraindication",))
    facts = before.situation.intake.facts
    kept = set(after.situation.intake.facts)
    gone = [fact for fact in facts if is_safety_fact(fact, held) and fact not in kept and not _is_work_result(fact)]
    words: list[Any] = [show_fact(before.situation.program.vocabulary, fact) for fact in gone]
    closed = before.situation.intake.answered - after.situation.intake.answered
    return tuple(
        dict.fromkeys([*words, *(f"{name.replace('_', ' ')}: asked" for name in sorted(closed) if name in SAFETY_KINDS)])
    )


def _is_work_result(fact: Fact) -> bool:
    """The days to the race support a veto or two, but moving a race removes no safety fact."""
    return fact.kind in ("days_to_race", "weeks_to_race")
