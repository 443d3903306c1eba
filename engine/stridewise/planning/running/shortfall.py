"""How far the longest run comes, where the weeks up to a race do not reach what its distance asks for."""

from datetime import timedelta
from decimal import Decimal

from stridewise.planning.running.growth import builds, may_grow, reaches
from stridewise.planning.running.running import Running

STILL_COUNTS = timedelta(30)  # a longest run further back is no longer the one of the last 30 days


def shortfall(running: Running) -> tuple[Decimal, Decimal] | None:
    """The longest run of the weeks and what the distance of the race asks for, where they do not reach it."""
    policy = running.policy
    if running.race is None or not builds(policy) or running.weeks[-1].race is None or running.is_coached:
        return None
    best = max((load.longest for load in running.loads if load.longest is not None), default=None)
    now, target = policy.longest, policy.target
    if best is None or now is None or target is None:
        return None
    done = best if _is_out_of_date(running) else max(best, now)
    return None if reaches(policy, done * (1 + policy.step)) else (best, target)  # a step away is near enough


def _is_out_of_date(running: Running) -> bool:
    """Does pain keep runs short for so long before the race that the longest run of today no longer counts on its day?"""
    policy, today = running.policy, running.situation.intake.as_of
    is_cut = bool(policy.longest_cut) or policy.pain_free is not None
    return is_cut and running.race is not None and running.race - today > STILL_COUNTS and any(map(may_grow, running.weeks))
