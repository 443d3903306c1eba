"""What is stopped, decided in one place: every section of a plan asks here whether an exercise, a run, a test or a sentence
may stand in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from stridewise.language.exercise import Exercise
from stridewise.language.rule import Avoid, Selector
from stridewise.plan.model import Referral
from stridewise.planning.pain_limits import EVERYWHERE, USUAL, region_limits
from stridewise.planning.situation import Situation
from stridewise.recommendation.collect import Recommendations

STOPS = ("all_exercise", "weight_bearing", "lower_limb", "running", "impact", "nothing")
# What a referral stops, as demands that may not be made.
STOPPED_DEMANDS: dict[str, tuple[str, ...]] = {
    "weight_bearing": ("weight_bearing", "impact"),
    "lower_limb": ("lower_limb", "weight_bearing", "impact"),
    "impact": ("impact",),
    "running": ("impact",),
    "nothing": (),
    "all_exercise": (),
}
RUNNING_STOPS = frozenset({"running", "impact", "weight_bearing", "lower_limb", "all_exercise"})
RUNNING = "running"
LEG_STOPS = frozenset({"weight_bearing", "lower_limb", "all_exercise"})
IMPACT = "impact"
LIGHT = 1  # the degree of `heavy_load` that is no lift
USUAL_DISTANCE, USUAL_PAIN_LIMIT = "usual_distance", "usual_pain_limit"
DISTANCE_CUTS = ("running_cut", "pain_free_run", "pain_free_minutes")
# What a load metric measures, where that can be stopped for itself.
MEASURES = {"weekly_distance": RUNNING, "longest_run": RUNNING, "hard_sessions": RUNNING, "plyometric_contacts": IMPACT}


@dataclass(frozen=True, slots=True)
class Stopped:
    """What this runner may not do. `referrals` are those sent, `limits` the most that may be asked of a demand: what
    contraindications and referrals leave of it, whether it is new or familiar; `paused` the same of precautions that say until
    when. `running_waits` where rules conclude it, `usual_limit_holds` where a sore region has the usual pain limit,
    `distance_is_cut` where less is to be run than usual."""

    referrals: tuple[Referral, ...]
    limits: Mapping[str, int]
    running_waits: bool = False
    usual_limit_holds: bool = True
    distance_is_cut: bool = False
    paused: Mapping[str, int] = field(default_factory=dict)

    @property
    def everything(self) -> bool:
        """Is all exercise stopped?"""
        return any(referral.stops_all for referral in self.referrals)

    @property
    def running(self) -> bool:
        """Is running stopped?"""
        return self.running_waits or any(referral.stops in RUNNING_STOPS for referral in self.referrals)

    @property
    def is_heavy_ruled_out(self) -> bool:
        """Is heavy load ruled out: as a word it means the weight in any exercise, not the lifts alone."""
        return self.limits.get("heavy_load", LIGHT + 1) <= LIGHT

    def by(self, exercise: Exercise) -> tuple[Referral, ...]:
        """The referrals that stop an exercise."""
        return tuple(
            referral
            for referral in self.referrals
            if referral.stops_all or any(exercise.demand(name) for name in STOPPED_DEMANDS[referral.stops])
        )

    def asks_too_much(self, demands: Mapping[str, int]) -> bool:
        """Does a test ask more of the body than may be asked, for good or for now? Where all exercise is stopped, every test
        waits that asks anything."""
        if self.everything and any(demands.values()):
            return True
        left = (self.limits, self.paused)
        return any(degree > limits.get(name, degree) for name, degree in demands.items() for limits in left)

    def silences(self, about: str | None) -> bool:
        """Is a sentence or a number out of place that takes this for allowed?"""
        if about == IMPACT:
            return self.limits.get(IMPACT) == 0
        if about == USUAL_PAIN_LIMIT:
            return not self.usual_limit_holds
        if about == USUAL_DISTANCE:
            return self.distance_is_cut or self.running
        return about == RUNNING and self.running


def stopped(situation: Situation, recommendations: Recommendations, sent: Iterable[Referral]) -> Stopped:
    """What referrals, contraindications and conclusions stop."""
    sent = tuple(sent)
    by_referrals = [(demand, 0) for referral in sent for demand in STOPPED_DEMANDS[referral.stops]]
    limits = _strictest([*by_referrals, *_limits(recommendations, lambda avoid: avoid.level == "contraindication")])
    waits = "yes" in situation.names("running_waits")
    usual = _usual_limit_holds(situation) and not any(one.stops in LEG_STOPS for one in sent)
    is_cut = any(situation.memory.by_kind.get(kind) for kind in DISTANCE_CUTS)
    return Stopped(sent, limits, waits, usual, is_cut, _strictest(_limits(recommendations, is_pause)))


def is_pause(avoid: Avoid) -> bool:
    """Does a precaution say until when it holds?"""
    return avoid.level == "precaution" and bool(avoid.until)


def _strictest(limits: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The least that is left of each demand."""
    found: dict[str, int] = {}
    for demand, above in limits:
        found[demand] = min(above, found.get(demand, above))
    return found


def _usual_limit_holds(situation: Situation) -> bool:
    """Has a sore region the usual pain limit, and nothing a stricter one everywhere?"""
    limits = region_limits(situation)
    return EVERYWHERE not in limits and USUAL in limits.values()


def _limits(recommendations: Recommendations, counts: Callable[[Avoid], bool]) -> Iterator[tuple[str, int]]:
    """What such avoidances leave of a demand, new or familiar."""
    for item in recommendations.avoid:
        what = item.what.avoid
        if counts(item.what) and isinstance(what, Selector) and what.demand is not None and not what.new:
            yield what.demand, what.above
