"""What pain leaves: less for some quiet weeks, then small steps back; where pain is within its limit nothing grows."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from stridewise.planning.running.growth import Load
from stridewise.planning.running.policy import Policy
from stridewise.planning.running.weeks import Week


def pain_caps(policy: Policy, weeks: Sequence[Week]) -> list[Load]:
    """The most that may be run in each week; None where pain sets no limit."""
    if policy.grows and policy.pain_free is None:
        return [Load(None, None)] * len(weeks)
    whole, caps = 0, []
    for week in weeks:
        whole += week.is_whole  # a week that has begun is no quiet week yet
        back = (1 + policy.regrowth) ** max(0, whole - int(policy.quiet_weeks))
        km = None if policy.base is None else min(policy.base, policy.base * (1 - policy.cut) * back)
        caps.append(Load(km, _longest(policy, back)))
    return caps


def _longest(policy: Policy, back: Decimal) -> Decimal | None:
    """Under the distance after which pain comes; else less by the cut. Never above what is run now."""
    caps = [] if policy.longest is None else [policy.longest]
    if policy.pain_free is not None:
        caps.append(just_under(policy.pain_free) * back)
    elif policy.longest is not None:
        caps.append(policy.longest * (1 - policy.longest_cut) * back)
    return min(caps, default=None)


def just_under(km: Decimal) -> Decimal:
    """The whole kilometres that end before this distance: 5 km leaves 4."""
    return max(Decimal(0), km.to_integral_value(ROUND_CEILING) - 1)
