"""What no question may offer to change: facts that a referral, a veto or a precaution rests on. For those we say
what to wait for."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from stridewise.documents.units import show
from stridewise.explain.edits.entries import RACE
from stridewise.inference.evaluation import Evaluation
from stridewise.inference.memory import Activation
from stridewise.language.condition import Condition, Within
from stridewise.language.fact import VALUE, Fact, show_fact
from stridewise.language.vocabulary import Vocabulary
from stridewise.recommendation.collect import Recommendation, Recommendations
from stridewise.recommendation.reasons import merge_sides
from stridewise.session import Session

AFTER_THE_RACE = "after the race"
NAMED = "{value}"  # in what a kind says of waiting: the value and the side
CAUTIOUS = ("contraindication", "precaution")


def guarding(recommendations: Recommendations, levels: Iterable[str] = CAUTIOUS) -> list[Recommendation]:
    """The referrals, and the avoidances of these levels."""
    chosen = set(levels)
    return [*recommendations.refer, *(avoidance for avoidance in recommendations.avoid if avoidance.what.level in chosen)]


def vetoes_of(recommendations: Recommendations) -> frozenset[tuple[str, str]]:
    """The referrals and contraindications among recommendations, to see that none is lost."""
    return frozenset((known.rule.id, repr(known.what)) for known in guarding(recommendations, ("contraindication",)))


def vetoes(session: Session) -> frozenset[tuple[str, str]]:
    """The referrals and contraindications of a session."""
    return vetoes_of(session.recommendations)


def supports(session: Session, levels: Iterable[str] = CAUTIOUS) -> frozenset[Fact]:
    """The recorded facts that referrals and these avoidances rest on."""
    evaluation = Evaluation(session.situation.program, session.situation.memory)
    return evaluation.roots([fact for guard in guarding(session.recommendations, levels) for fact in guard.firing.premises])


def is_safety_fact(vocabulary: Vocabulary, fact: Fact, held: frozenset[Fact]) -> bool:
    """May no question offer to change this fact?"""
    return vocabulary.is_safety(fact.kind, fact.value) or fact in held


def waits(session: Session, against: Recommendation) -> tuple[str, ...]:
    """What to wait for before what speaks against something falls away, in words."""
    vocabulary, treated = session.situation.program.vocabulary, session.situation.memory.values("diagnosis")
    met_by: dict[Condition, list[Fact]] = {}
    for activation in against.firing.activations:
        for condition, fact in met(session, activation):
            is_treated = fact.kind == "condition" and fact.value in treated  # the record of what is treated now
            met_by.setdefault(condition, []).append(replace(fact, kind="diagnosis") if is_treated else fact)
    texts = [
        _wait(vocabulary, condition, fact)
        for condition, facts in met_by.items()
        for fact in merge_sides(dict.fromkeys(facts), lambda fact: fact.places)
    ]
    after = AFTER_THE_RACE in texts  # what else rests on the race falls away with it
    return tuple(dict.fromkeys(text for text in texts if text and not (after and text.startswith("when the race is"))))


def met(session: Session, activation: Activation) -> Iterator[tuple[Condition, Fact]]:
    """The conditions that recorded facts met, down all derivations of what the activation rests on."""
    memory = session.situation.memory
    waiting, seen = [activation], set()
    while waiting:
        derivation = waiting.pop(0)
        for condition, fact in _pairs(derivation):
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
    kind = vocabulary.kinds[fact.kind]
    field, test = next(((name, test) for name, test in condition.tests if isinstance(test, Within)), (VALUE, None))
    own = _own_wait(vocabulary, fact)
    if kind.name in RACE:
        return AFTER_THE_RACE if test is None else _wait_for_race(test, kind.type.unit)
    if test is not None and field != VALUE and (kind.attributes[field].label or not own):
        return _when_stayed(vocabulary, fact, field, test)
    if own:
        return own.replace(NAMED, _named(vocabulary, fact))
    if test is not None:
        return _when_reached(vocabulary, fact, test)
    return "" if kind.traits.grows else f"when this no longer holds: {_label(vocabulary, fact)}"


def _own_wait(vocabulary: Vocabulary, fact: Fact) -> str:
    """What the vocabulary says of waiting: the term first, then its kind."""
    term = vocabulary.term(fact.kind, fact.value)
    return (term.traits.wait if term else "") or vocabulary.kinds[fact.kind].traits.wait


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


def _wait_for_race(test: Within, unit: str) -> str:
    return AFTER_THE_RACE if test.high is not None else f"when the race is {_nearer(test, unit)} away"


def _when_reached(vocabulary: Vocabulary, fact: Fact, test: Within) -> str:
    kind = vocabulary.kinds[fact.kind]
    if test.low is not None and kind.traits.grows:
        return ""
    now = f"{vocabulary.show_value(kind.type, fact.value)}{_side(vocabulary, fact)}"
    return f"when this can be recorded: {kind.label.replace('{value}', _beyond(test, kind.type.unit))} (now {now})"


def _when_stayed(vocabulary: Vocabulary, fact: Fact, name: str, test: Within) -> str:
    attribute = vocabulary.kinds[fact.kind].attributes[name]
    words = attribute.label or name.replace("_", " ")
    return f"when {words} has stayed {_turned(test, attribute.type.unit)} for a week ({_named(vocabulary, fact)})"


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
    vocabulary, held = before.situation.program.vocabulary, supports(before, ("contraindication",))
    kept = set(after.situation.intake.facts)
    gone = [fact for fact in before.situation.intake.facts if fact not in kept and fact.kind not in RACE]
    words = [show_fact(vocabulary, fact) for fact in gone if is_safety_fact(vocabulary, fact, held)]
    closed = sorted(before.situation.intake.answered - after.situation.intake.answered)
    screens = [f"{name.replace('_', ' ')}: asked" for name in closed if vocabulary.kinds[name].traits.safety]
    return tuple(dict.fromkeys([*words, *screens]))
