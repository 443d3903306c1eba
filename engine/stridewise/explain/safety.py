"""What no question may offer to change: facts that a referral, a veto or a precaution rests on. For those we say
what to wait for."""

from collections.abc import Collection, Iterator, Sequence
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


def guarding(recommendations: Recommendations, levels: Collection[str] = CAUTIOUS) -> list[Recommendation]:
    """The referrals, and the avoidances of these levels."""
    return [*recommendations.refer, *(avoidance for avoidance in recommendations.avoid if avoidance.what.level in levels)]


def vetoes_of(recommendations: Recommendations) -> frozenset[tuple[str, str]]:
    """The referrals and contraindications among recommendations, to see that none is lost."""
    return frozenset((known.rule.id, repr(known.what)) for known in guarding(recommendations, ("contraindication",)))


def supports(session: Session, levels: Collection[str] = CAUTIOUS) -> frozenset[Fact]:
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
    term = vocabulary.term(fact.kind, fact.value)
    own = (term.traits.wait if term else "") or kind.traits.wait  # what the vocabulary says: the term first, then its kind
    if kind.name in RACE:
        if test is None or test.high is not None:
            return AFTER_THE_RACE
        return f"when the race is {_turned(test, kind.type.unit, NEARER)} away"
    if test is not None and field != VALUE and (kind.attributes[field].label or not own):
        return _when_stayed(vocabulary, fact, field, test)
    if own:
        return own.replace(NAMED, _named(vocabulary, fact))
    if test is not None:
        return _when_reached(vocabulary, fact, test)
    label = kind.telling(vocabulary.show_value(kind.type, fact.value)) + _side(vocabulary, fact)
    return "" if kind.traits.grows else f"when this no longer holds: {label}"


def _named(vocabulary: Vocabulary, fact: Fact) -> str:
    """The value and the side alone."""
    return f"{vocabulary.show_value(vocabulary.kinds[fact.kind].type, fact.value)}{_side(vocabulary, fact)}"


def _side(vocabulary: Vocabulary, fact: Fact) -> str:
    if fact.side is None or "side" in fact.assumed:
        return ""
    return f", {vocabulary.show_value(vocabulary.kinds[fact.kind].attributes['side'].type, fact.side)}"


def _when_reached(vocabulary: Vocabulary, fact: Fact, test: Within) -> str:
    kind = vocabulary.kinds[fact.kind]
    if test.low is not None and kind.traits.grows:
        return ""
    return f"when this can be recorded: {kind.telling(_turned(test, kind.type.unit, REACHED))} (now {_named(vocabulary, fact)})"


def _when_stayed(vocabulary: Vocabulary, fact: Fact, name: str, test: Within) -> str:
    attribute = vocabulary.kinds[fact.kind].attributes[name]
    words = attribute.label or name.replace("_", " ")
    return f"when {words} has stayed {_turned(test, attribute.type.unit, STAYED)} for a week ({_named(vocabulary, fact)})"


# The opposite of a comparison: under its lower end, at most that; over its upper end, at least that.
STAYED = ("below {}", "at {} or below", "above {}", "at {} or above")
REACHED = ("less than {}", "at most {}", "more than {}", "at least {}")
NEARER = ("less than {}", "{} or less")


def _turned(test: Within, unit: str, words: Sequence[str]) -> str:
    bound, place = (test.low, 0) if test.low is not None else (test.high, 2)
    return words[place + test.open_ends].format(show(bound or Decimal(0), unit))


def lost(before: Session, after: Session) -> tuple[str, ...]:
    """The safety facts of one session that another no longer has, in words. A lost screen counts as one."""
    vocabulary, held = before.situation.program.vocabulary, supports(before, ("contraindication",))
    kept = set(after.situation.intake.facts)
    gone = [fact for fact in before.situation.intake.facts if fact not in kept and fact.kind not in RACE]
    words = [show_fact(vocabulary, fact) for fact in gone if is_safety_fact(vocabulary, fact, held)]
    closed = sorted(before.situation.intake.answered - after.situation.intake.answered)
    screens = [f"{name.replace('_', ' ')}: asked" for name in closed if vocabulary.kinds[name].traits.safety]
    return tuple(dict.fromkeys([*words, *screens]))
