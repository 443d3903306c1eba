"""What speaks against an exercise, and how firmly: rules that avoid it, referrals that stop it, the clinician's ban, pain that
nobody guides. A veto holds whatever any pack says; nothing is dropped silently."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stridewise.language.exercise import Exercise
from stridewise.language.fact import Fact
from stridewise.language.rule import Avoid, Selector
from stridewise.language.translation import say
from stridewise.plan.model import Because, KeptOutLevel
from stridewise.planning.merging import each_once, grouped
from stridewise.planning.situation import Situation
from stridewise.planning.stops import Stopped, is_pause
from stridewise.program.program import Program, once
from stridewise.recommendation.collect import Recommendations

LEVELS = ("referral", "contraindication", "banned", "precaution", "preference")  # the firmest first
Unguided = Mapping[str, Sequence[str]]  # regions in pain without guidance, with the demands that load them


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against one exercise; `avoid` where a rule names what to do instead."""

    exercise: str
    level: KeptOutLevel
    because: Because
    avoid: Avoid | None = None


@dataclass(frozen=True, slots=True)
class KeptOut:
    """One exercise and everything that speaks against it: the firmest level, all reasons, and the avoidances of rules."""

    exercise: str
    level: KeptOutLevel
    reasons: tuple[Because, ...]
    objections: tuple[Objection, ...]

    @property
    def avoids(self) -> tuple[Avoid, ...]:
        return tuple(objection.avoid for objection in self.objections if objection.avoid is not None)

    @property
    def is_pause(self) -> bool:
        """Does a rule say until when it waits? Such a precaution gives way to no want, only to the clinician's pin."""
        return any(is_pause(avoid) for avoid in self.avoids)

    @property
    def is_veto(self) -> bool:
        return self.level in ("contraindication", "referral", "banned")


def kept_out_by(objections: Sequence[Objection]) -> KeptOut:
    """An exercise with all that speaks against it, each reason once."""
    level = min((objection.level for objection in objections), key=LEVELS.index)
    return KeptOut(objections[0].exercise, level, each_once(item.because for item in objections), tuple(objections))


def kept_out(situation: Situation, recommendations: Recommendations, stopped: Stopped, unguided: Unguided) -> dict[str, KeptOut]:
    """Every exercise that something speaks against: avoidances, what referrals stop, bans, and pain without guidance."""
    objections = [
        *_avoided(situation, recommendations),
        *_stopped(situation, stopped),
        *_banned(situation),
        *_unguided(situation, unguided),
    ]
    return _by_exercise(objections)


def kept_out_by_rules(situation: Situation, recommendations: Recommendations) -> dict[str, KeptOut]:
    """The exercises that rules, or pain without guidance, keep out, whatever referrals and bans say."""
    unguided = unguided_pain(situation, recommendations)
    return _by_exercise([*_avoided(situation, recommendations), *_unguided(situation, unguided)])


def _by_exercise(objections: Sequence[Objection]) -> dict[str, KeptOut]:
    groups = grouped(objections, lambda objection: objection.exercise)
    return {group[0].exercise: kept_out_by(group) for group in groups}


def _avoided(situation: Situation, recommendations: Recommendations) -> Iterator[Objection]:
    for item in recommendations.avoid:
        for name in _selected(situation, item.what):
            yield Objection(name, item.what.level, item.because, item.what)


def _stopped(situation: Situation, stopped: Stopped) -> Iterator[Objection]:
    for exercise in situation.program.exercises.values() if stopped.referrals else ():
        for referral in stopped.by(exercise):
            yield from (Objection(exercise.id, "referral", because) for because in referral.because)


def _banned(situation: Situation) -> Iterator[Objection]:
    for fact in situation.memory.of("banned_exercise"):
        reason = str(fact.get("reason") or "").rstrip(".")
        text = say("Ruled out by the clinician: {reason}.", reason=reason) if reason else say("Ruled out by the clinician.")
        because = situation.own_reason("banned", text, [fact])
        yield Objection(str(fact.value), "banned", because)


def _unguided(situation: Situation, regions: Unguided) -> Iterator[Objection]:
    """No new load on a painful region that no rule gives guidance for."""
    current = situation.current
    for region, demands in regions.items():
        label = situation.program.vocabulary.label("pain_regions", region)
        text = say("No guidance here for {pain}: no new load on it.", pain=label)
        other = [fact for fact in situation.memory.of("other_diagnosis") if fact.get("region") == region]
        because = situation.own_reason("no-guidance", text, [*situation.facts("pain", region), *other])
        for exercise in situation.program.exercises.values():
            if exercise.id not in current and any(exercise.demand(name) > 0 for name in demands):
                yield Objection(exercise.id, "contraindication", because)


def _selected(situation: Situation, avoid: Avoid) -> list[str]:
    """The exercises an avoidance is about."""
    if isinstance(avoid.avoid, str):
        return [avoid.avoid]
    meant, done = _meant(situation.program, avoid.avoid), situation.current if avoid.avoid.new else frozenset()
    return [name for name in meant if name not in done]


@once
def _meant(program: Program, selector: Selector) -> list[str]:
    """What a selector means for a runner who does none of it yet."""
    return [exercise.id for exercise in program.exercises.values() if selects(selector, exercise, frozenset())]


def selects(selector: Selector, exercise: Exercise, current: frozenset[str]) -> bool:
    """Does a selector mean this exercise, for a runner who does these already?"""
    if selector.new and exercise.id in current:
        return False
    return selector.demand is None or exercise.demand(selector.demand) > selector.above


def _is_on_its_own(diagnosis: Fact, advised: Collection[str]) -> bool:
    """Does nothing that rules say of pain guide this diagnosis outside the list?"""
    return diagnosis.get("tissue") == "bone" or str(diagnosis.get("region")) not in advised


def unguided_pain(situation: Situation, recommendations: Recommendations) -> dict[str, list[str]]:
    """Pain regions that led to no advice at all, with the demands that load them."""
    guided = {
        fact
        for kind in ("train", "prescribe", "avoid", "warn", "adjust", "refer")
        for item in getattr(recommendations, kind)
        for fact in situation.memory.behind(item.firing.premises)
    }
    terms = situation.program.vocabulary.terms.get("pain_regions", {})
    regions = {str(fact.value) for fact in situation.memory.of("pain") if fact not in guided and not fact.negative}
    advised = {str(fact.value) for fact in guided if fact.kind == "pain"}
    outside = situation.memory.of("other_diagnosis")  # of bone: what is said of sore tissue is no guidance
    regions = (regions - advised) | {str(one.get("region")) for one in outside if _is_on_its_own(one, advised)}
    return {region: list(terms[region].demands) or ["lower_limb"] for region in sorted(regions) if region in terms}
