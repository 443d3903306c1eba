"""How far the longest run comes, where the weeks up to a race do not reach what its distance asks for."""

from decimal import Decimal

from stridewise.planning.running.growth import builds, reaches
from stridewise.planning.running.running import Running


def shortfall(running: Running) -> tuple[Decimal, Decimal] | None:
    """The longest run of the weeks and what the distance of the race asks for, where they do not reach it."""
    policy = running.policy
    if running.race is None or not builds(policy) or running.weeks[-1].race is None or running.is_coached:
        return None
    best = max((load.longest for load in running.loads if load.longest is not None), default=None)
    now, target = policy.longest, policy.target
    if best is None or now is None or target is None or reaches(policy, max(best, now) * (1 + policy.step)):
        return None  # a step away is near enough
    return best, target
