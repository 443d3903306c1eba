"""How far every set stays from the last repetition where rules cap the effort: the most cautious cap holds, in the
dose itself."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from stridewise.documents.shape import Range
from stridewise.language.dosage import Dosage, Effort
from stridewise.language.exercise import Exercise
from stridewise.language.fact import Fact
from stridewise.language.translation import fixed, say
from stridewise.plan.model import Because
from stridewise.planning.kit import HOW, at_most, is_heavy, least, not_heavy
from stridewise.planning.situation import Situation

BREATHING = fixed("breathe out as you lift")


def effort_cap(situation: Situation) -> Fact | None:
    """What every set leaves in reserve, as the rules concluded it; None where nothing caps the effort."""
    caps = situation.memory.of("repetitions_left")
    return max(caps, key=lambda fact: (Decimal(str(fact.value)), fact.sort_key), default=None)


def capped(situation: Situation, exercise: Exercise, dosage: Dosage, because: list[Because]) -> Dosage:
    """The dosage far from the last repetition, and without heavy load, where the effort is capped."""
    cap = effort_cap(situation)
    if cap is None:
        return dosage
    heavy = is_heavy(exercise, dosage) or any(stage.how == "heavy" for stage in dosage.stages)
    lighter = not_heavy(dosage) if heavy else dosage
    how = next((how for how in HOW if how == cap.get("heaviest")), None)
    load = lighter.load if how is None else tuple(at_most(one, how) for one in lighter.load)
    lighter = replace(lighter, load=load, effort=_further(dosage, cap))
    if lighter != dosage:
        because += cap_reasons(situation)
    return lighter


def _further(dosage: Dosage, cap: Fact) -> Effort | None:
    """The effort, at least as far from the last repetition or second as the cap says."""
    own = dosage.effort
    if own is not None and own.how == "easy":
        return own
    if dosage.hold_s is not None:
        seconds, left = _number(cap, "seconds_left"), least(own.left_s) if own is not None else None
        return own if seconds is None or (left is not None and left >= seconds) else Effort(left_s=seconds)
    fewest, left = Decimal(str(cap.value)), least(own.left) if own is not None else None
    if left is not None and left >= fewest:
        return own
    most = _number(cap, "up_to")
    return Effort(
        left=fewest if most is None or most <= fewest else Range(fewest, most),
        note=say(BREATHING) if cap.get("breathing") else "",
    )


def _number(fact: Fact, name: str) -> Decimal | None:
    value = fact.get(name)
    return value if isinstance(value, Decimal) else None


def cap_reasons(situation: Situation) -> Sequence[Because]:
    """Why the effort is capped: the states behind the cap, before what it means for a dose; nothing where it is not."""
    cap, explainer = effort_cap(situation), situation.explainer
    if cap is None:
        return ()
    states = (premise for derivation in situation.memory.derivations.get(cap, ()) for premise in derivation.premises)
    return explainer.reasons(states) or explainer.reasons([cap])
