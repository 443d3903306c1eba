"""What is stopped, decided in one place: every section of a plan asks here whether an exercise, a run, a test or a sentence
may stand in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stridewise.language.exercise import Exercise
from stridewise.language.rule import Selector
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
USUAL_PAIN_LIMIT = "usual_pain_limit"
# What a load metric measures, where that can be stopped for itself.
MEASURES = {"weekly_distance": RUNNING, "longest_run": RUNNING, "hard_sessions": RUNNING, "plyometric_contacts": IMPACT}


@dataclass(frozen=True, slots=True)
class Stopped:
    """What this runner may not do. `referrals` are those sent, `limits` the most that may be asked of a demand: what
    contraindications and referrals leave of it, whether it is new or familiar. `running_waits` where rules conclude it,
    `usual_limit_holds` where a sore region has the usual pain limit."""

    referrals: tuple[Referral, ...]
    limits: Mapping[str, int]
    running_waits: bool = False
    usual_limit_holds: bool = True

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
        """Does a test ask more of the body than may be asked? Where all exercise is stopped, every test waits that asks
        anything."""
        if self.everything and any(demands.values()):
            return True
        return any(degree > self.limits.get(name, degree) for name, degree in demands.items())

    def silences(self, about: str | None) -> bool:
        """Is a sentence or a number out of place that takes this for allowed?"""
        if about == IMPACT:
            return self.limits.get(IMPACT) == 0
        if about == USUAL_PAIN_LIMIT:
            return not self.usual_limit_holds
        return about == RUNNING and self.running


def stopped(situation: Situation, recommendations: Recommendations, sent: Iterable[Referral]) -> Stopped:
    """What referrals, contraindications and conclusions stop."""
    sent = tuple(sent)
    by_referrals = [(demand, 0) for referral in sent for demand in STOPPED_DEMANDS[referral.stops]]
    by_rules = [(what.demand, what.above) for what in _ruled_out(recommendations) if what.demand is not None and not what.new]
    limits: dict[str, int] = {}
    for demand, above in (*by_referrals, *by_rules):
        limits[demand] = min(above, limits.get(demand, above))
    waits = "yes" in situation.names("running_waits")
    return Stopped(sent, limits, waits, _usual_limit_holds(situation) and not any(one.stops in LEG_STOPS for one in sent))


def _usual_limit_holds(situation: Situation) -> bool:
    """Has a sore region the usual pain limit, and nothing a stricter one everywhere?"""
    limits = region_limits(situation)
    return EVERYWHERE not in limits and USUAL in limits.values()


def _ruled_out(recommendations: Recommendations) -> list[Selector]:
    """What contraindications keep out by demand."""
    vetoes = [item.what.avoid for item in recommendations.avoid if item.what.level == "contraindication"]
    return [avoided for avoided in vetoes if isinstance(avoided, Selector)]
