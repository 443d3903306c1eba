"""What no question may offer to change: facts that a referral, a veto or a precaution rests on. For those we say
what to wait for."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from stridewise.documents.units import show
from stridewise.explain.evaluation import Holding
from stridewise.inference.memory import Activation
from stridewise.language.condition import Condition, Within
from stridewise.language.fact import VALUE, Fact, show_fact, value_type
from stridewise.language.vocabulary import Vocabulary
from stridewise.recommendation.collect import Recommendation, Recommendations
from stridewise.recommendation.reasons import merge_sides
from stridewise.session import Session

# Never offered as a change, whatever rule they stand in: symptoms, the screen, pregnancy and birth, clearances, health.
SAFETY_KINDS = frozenset({
    "pain", "symptom", "red_flag", "par_q", "par_q_yes_to", "return_to_impact_check", "safety_screen", "cleared_flag",
    "pregnancy_weeks", "postpartum_weeks", "postpartum_symptom", "health", "medication", "hop_pain", "strength_mrc",
    "back_response", "banned_exercise",
})  # fmt: skip
SAFETY_VALUES = frozenset({"pregnancy", "postpartum"})  # the same for these conditions
LASTING = frozenset({"condition", "injury"})  # does not go away by waiting
AGEING = frozenset({"age", "running_years", "strength_experience_months", "postpartum_weeks"})  # only ever grows
AFTER_THE_RACE = "after the race"
CAUTIOUS = ("contraindication", "precaution")


def guarding(recommendations: Recommendations, levels: Iterable[str] = CAUTIOUS) -> list[Recommendation]:
    """The referrals, and the avoidances of these levels."""
    wanted = set(levels)
    return [*recommendations.refer, *(one for one in recommendations.avoid if one.what.level in wanted)]


def vetoes_of(recommendations: Recommendations) -> frozenset[tuple[str, str]]:
    """The referrals and contraindications among recommendations, to see that none is lost."""
    return frozenset((one.rule.id, repr(one.what)) for one in guarding(recommendations, ("contraindication",)))


def vetoes(session: Session) -> frozenset[tuple[str, str]]:
    """The referrals and contraindications of a session."""
    return vetoes_of(session.recommendations)


def supports(session: Session, levels: Iterable[str] = CAUTIOUS) -> frozenset[Fact]:
    """The recorded facts that referrals and these avoidances rest on."""
    holding = Holding(session.situation.program, session.situation.memory)
    return holding.roots([fact for one in guarding(session.recommendations, levels) for fact in one.firing.premises])


def is_safety_fact(fact: Fact, held: frozenset[Fact]) -> bool:
    """May no question offer to change this fact?"""
    return fact.kind in SAFETY_KINDS or fact in held


def waits(session: Session, one: Recommendation) -> tuple[str, ...]:
    """What to wait for before what speaks against something falls away, in words."""
    vocabulary, treated = session.situation.program.vocabulary, session.situation.memory.values("diagnosis")
    found: dict[Condition, list[Fact]] = {}
    for activation in one.firing.activations:
        for condition, fact in met(session, activation):
            is_treated = fact.kind == "condition" and fact.value in treated  # the record of what is treated now
            found.setdefault(condition, []).append(replace(fact, kind="diagnosis") if is_treated else fact)
    texts = [_wait(vocabulary, condition, fact) for condition, facts in found.items()
             for fact in merge_sides(dict.fromkeys(facts), lambda fact: fact.places)]  # fmt: skip
    after = AFTER_THE_RACE in texts  # what else rests on the race falls away with it
    return tuple(dict.fromkeys(text for text in texts if text and not (after and text.startswith("when the race is"))))


def met(session: Session, activation: Activation) -> Iterator[tuple[Condition, Fact]]:
    """The conditions that recorded facts met, down all derivations of what the activation rests on."""
    memory = session.situation.memory
    waiting, seen = [activation], set()
    while waiting:
        one = waiting.pop(0)
        for condition, fact in _pairs(one):
            if memory.facts.get(fact, fact).places:
                yield condition, memory.facts[fact]
            elif fact not in seen:
                seen.add(fact)
                waiting += memory.derivations.get(fact, [])


def _pairs(activation: Activation) -> Iterator[tuple[Condition, Fact]]:
    """Each fact that the rule fired on, with every condition of the rule that it meets."""
    conditions = list(activation.rule.conditions.present())
    return ((condition, fact) for fact in activation.premises for condition in conditions if condition.accepts(fact))


def _wait(vocabulary: Vocabulary, condition: Condition, fact: Fact) -> str:
    """One thing to wait for; nothing where no waiting helps."""
    named = _named(vocabulary, fact)
    match fact.kind:
        case "red_flag":
            return f"when the red flag has been examined and cleared by name: {named}"
        case "par_q":
            return "when the yes on the PAR-Q+ has been followed up and cleared by name and date"
        case "weeks_to_race" | "days_to_race":
            return _wait_for_number(vocabulary, condition, fact) or AFTER_THE_RACE
        case "pregnancy_weeks" | "condition" if fact.kind == "pregnancy_weeks" or fact.value == "pregnancy":
            return "after the pregnancy, or earlier with the maternity team's word"
    if text := _wait_for_number(vocabulary, condition, fact):
        return text
    return "" if fact.kind in AGEING else _when_over(vocabulary, fact, named)


def _when_over(vocabulary: Vocabulary, fact: Fact, named: str) -> str:
    """What is no number has to settle or to be mastered, or it lasts."""
    match fact.kind:
        case "diagnosis":
            return f"when you find this settled: {named}"
        case "symptom" | "postpartum_symptom":
            return f"when this has settled: {named}"
        case "skill":
            return f"when this is mastered: {named}"
    if fact.kind in LASTING:
        return f"{named}: this lasts, so no waiting helps"
    return f"when this no longer holds: {_label(vocabulary, fact)}"


def _label(vocabulary: Vocabulary, fact: Fact) -> str:
    kind = vocabulary.kinds[fact.kind]
    return f"{kind.label.replace('{value}', vocabulary.show_value(kind.type, fact.value))}{_side(vocabulary, fact)}"


def _named(vocabulary: Vocabulary, fact: Fact) -> str:
    """The value and the side alone."""
    return f"{vocabulary.show_value(vocabulary.kinds[fact.kind].type, fact.value)}{_side(vocabulary, fact)}"


def _side(vocabulary: Vocabulary, fact: Fact) -> str:
    if fact.side is None or "side" in fact.assumed:
        return ""
    return f", {vocabulary.show_value(vocabulary.kinds[fact.kind].attributes['side'].type, fact.side)}"


def _wait_for_number(vocabulary: Vocabulary, condition: Condition, fact: Fact) -> str:
    """From the comparison that a number met: the other side of it."""
    for name, test in condition.tests:
        if isinstance(test, Within):
            unit = value_type(vocabulary.kinds[fact.kind], name).unit
            if fact.kind in ("weeks_to_race", "days_to_race"):
                return AFTER_THE_RACE if test.high is not None else f"when the race is {_nearer(test, unit)} away"
            return _when_reached(vocabulary, fact, test) if name == VALUE else _when_stayed(vocabulary, fact, name, test, unit)
    return f"when the pain has settled ({_named(vocabulary, fact)})" if fact.kind == "pain" else ""


def _when_reached(vocabulary: Vocabulary, fact: Fact, test: Within) -> str:
    kind = vocabulary.kinds[fact.kind]
    if test.low is not None and fact.kind in AGEING:
        return ""
    now = f"{vocabulary.show_value(kind.type, fact.value)}{_side(vocabulary, fact)}"
    return f"when this can be recorded: {kind.label.replace('{value}', _beyond(test, kind.type.unit))} (now {now})"


def _when_stayed(vocabulary: Vocabulary, fact: Fact, name: str, test: Within, unit: str) -> str:
    words = {"intensity": "the pain", "next_morning": "the pain the next morning"}.get(name, name.replace("_", " "))
    return f"when {words} has stayed {_turned(test, unit)} for a week ({_named(vocabulary, fact)})"


def _turned(test: Within, unit: str) -> str:
    """The opposite of a comparison, as a level that something stays at."""
    if test.low is not None:
        text = show(test.low, unit)
        return f"at {text} or below" if test.open_ends else f"below {text}"
    text = show(test.high or Decimal(0), unit)
    return f"at {text} or above" if test.open_ends else f"above {text}"


def _beyond(test: Within, unit: str) -> str:
    """The opposite of a comparison, as a number to reach."""
    if test.low is not None:
        return f"{'at most' if test.open_ends else 'less than'} {show(test.low, unit)}"
    return f"{'at least' if test.open_ends else 'more than'} {show(test.high or Decimal(0), unit)}"


def _nearer(test: Within, unit: str) -> str:
    text = show(test.low or Decimal(0), unit)
    return f"{text} or less" if test.open_ends else f"less than {text}"


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
