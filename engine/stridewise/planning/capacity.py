"""What a runner can do today, from a test: the share of it that a set takes, and whether an exercise is too hard yet. The weaker
side leads."""

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from stridewise.documents.shape import Amount, Range
from stridewise.language.dosage import Dosage, FromTest, Load, Stage
from stridewise.language.exercise import Exercise
from stridewise.language.fact import Fact
from stridewise.language.translation import say
from stridewise.plan.model import Because, StartFrom
from stridewise.planning.kit import ITEMS, OF_THE_BODY, at_most, ends, with_kit
from stridewise.planning.situation import Situation

SECONDS_STEP = Decimal(5)
FEWEST_FOR_STAGES = Decimal(8)  # repetitions a set: below, the steps of a record ask for more than the leg has


@dataclass(frozen=True, slots=True)
class Tested:
    """The result that leads: the lower of both sides, or both where they are equal."""

    facts: tuple[Fact, ...]
    value: Decimal
    side: str
    use: FromTest

    @property
    def share(self) -> Decimal:
        """What a set may take of it."""
        return self.value * self.use.share.share

    @property
    def is_enough(self) -> bool:
        return self.share >= self.use.at_least

    def start(self, text: str) -> StartFrom:
        """The same for the plan, in words too."""
        return StartFrom(test=self.use.test, side=self.side, value=self.value, text=text)


def tested(situation: Situation, exercise: Exercise) -> Tested | None:
    """The test that an exercise starts from, where it was recorded."""
    use = exercise.from_test
    facts = [fact for fact in situation.memory.of(use.test) if isinstance(fact.value, Decimal)] if use is not None else []
    if use is None or not facts:
        return None
    value = min(Decimal(fact.value) for fact in facts)
    lowest = tuple(fact for fact in facts if fact.value == value)
    sides = {fact.side or "both" for fact in lowest}
    return Tested(lowest, value, sides.pop() if len(sides) == 1 else "both", use)


def too_hard(situation: Situation, exercise: Exercise) -> str:
    """Why an exercise has to wait for a better test, else nothing. Only one that names an easier exercise waits."""
    result = tested(situation, exercise)
    if result is None or result.is_enough or not result.use.otherwise:
        return ""
    return say("too hard yet: {test}", test=_said(situation, result))


def _said(situation: Situation, result: Tested) -> str:
    """Single-leg heel raises: 6, right. No side where both are equal."""
    kind = situation.program.vocabulary.kinds[result.use.test]
    vocabulary = situation.program.vocabulary
    label = kind.telling(vocabulary.show_value(kind.type, result.value))
    return f"{label}, {vocabulary.label('sides', result.side)}" if result.side in ("left", "right") else label


def from_test(
    situation: Situation, exercise: Exercise, dosage: Dosage, because: list[Because]
) -> tuple[Dosage, StartFrom | None]:
    """The dosage as the test allows it, with the reason."""
    result = tested(situation, exercise)
    if result is None:
        return dosage, None
    unit = situation.program.vocabulary.kinds[result.use.test].type.unit
    fitted = _FITS[unit](situation, exercise, dosage, result) if unit in _FITS else dosage
    if fitted == dosage and not _fits_anyway(dosage, unit):
        return dosage, None
    said = _said(situation, result)
    text = say(
        "The test sets the start: {test}; a set takes about {percent}% of that.", test=said, percent=result.use.share.share * 100
    )
    if result.side in ("left", "right"):
        text = f"{text} {say('The {side} side leads.', side=result.side)}"
    because.append(situation.own_reason("from-test", text, result.facts))
    return fitted, result.start(said)


def _fits_anyway(dosage: Dosage, unit: str) -> bool:
    """Is the dose in what was tested?"""
    return {"count": dosage.reps, "s": dosage.hold_s, "kg": dosage.loading}.get(unit) is not None


def _repetitions(situation: Situation, exercise: Exercise, dosage: Dosage, result: Tested) -> Dosage:
    """So many repetitions as the share gives, without added weight; with weight where the share goes beyond the dose."""
    if dosage.reps is None:
        return dosage
    share = max(result.share, Decimal(result.use.at_least))
    if share >= ends(dosage.reps)[1]:
        return _loaded(situation, exercise, dosage, share)
    return replace(dosage, reps=_within(dosage.reps, share), load=_unloaded(dosage), stages=_stages_within(dosage, share))


def _stages_within(dosage: Dosage, share: Decimal) -> tuple[Stage, ...]:
    """The steps, as far as the share goes; none where they need a weight, or more than the leg has."""
    if share < FEWEST_FOR_STAGES or any(stage.how for stage in dosage.stages):
        return ()
    return tuple(replace(stage, reps=_within(stage.reps, share)) for stage in dosage.stages)


def _within(amount: Amount | None, share: Decimal, step: Decimal = Decimal(1)) -> Amount | None:
    """The amount, no more than the share, both ends rounded to whole steps."""
    if amount is None:
        return None
    low, high = ends(amount)
    steps = share / step
    low, high = min(low, steps.to_integral_value(ROUND_FLOOR) * step), min(high, steps.to_integral_value(ROUND_CEILING) * step)
    return high if low == high else Range(low, high)


def _unloaded(dosage: Dosage) -> tuple[Load, ...]:
    """Body weight in place of a weight; what is no weight stays."""
    load = dosage.loading
    return dosage.load if load is None or load.kind in OF_THE_BODY else (Load(kind="body_weight"),)


def _loaded(situation: Situation, exercise: Exercise, dosage: Dosage, share: Decimal) -> Dosage:
    """Strong enough for the whole dose: with a light weight where one is at hand, else with more repetitions."""
    if dosage.loading is None or dosage.loading.kind != "body_weight" or dosage.stages:
        return dosage
    asked = [load for other in exercise.dosage.values() for load in other.load if load.kind in ITEMS]
    if asked:
        load = with_kit(exercise, replace(dosage, load=tuple(asked)), situation.equipment)[0].loading
        if load is not None and load.kind in ITEMS:
            return replace(dosage, load=(at_most(load, "light"),))
    high = ends(dosage.reps or Decimal(0))[1]
    return replace(dosage, reps=Range(high, share.to_integral_value(ROUND_FLOOR))) if share > high else dosage


def _seconds(situation: Situation, exercise: Exercise, dosage: Dosage, result: Tested) -> Dosage:
    """So many seconds as the share gives, in steps of five; never more than the record asks for."""
    share = max(result.share, Decimal(result.use.at_least), SECONDS_STEP)
    return replace(dosage, hold_s=_within(dosage.hold_s, share, SECONDS_STEP))


def _kilograms(situation: Situation, exercise: Exercise, dosage: Dosage, result: Tested) -> Dosage:
    """The weight itself, in whole kilograms; it needs no other word."""
    if dosage.loading is None or dosage.loading.kind in OF_THE_BODY:
        return dosage
    kg = max(Decimal(1), result.share.to_integral_value(ROUND_FLOOR))
    return replace(dosage, load=(replace(dosage.loading, kg=kg, how=None),))


_FITS = {"count": _repetitions, "s": _seconds, "kg": _kilograms}
