"""The usual week before taper and pain: towards a race the longest run grows step by step, with lighter weeks; it starts as late
as the distance allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stridewise.planning.running.policy import ALL, Policy
from stridewise.planning.running.weeks import Week

MANY = 200  # weeks: further than any plan
FULL = frozenset({"taper", "race_week", "recovery"})  # phases in which nothing grows


@dataclass(frozen=True, slots=True)
class Load:
    """Running of a week in km; None where it is not known."""

    km: Decimal | None
    longest: Decimal | None

    def times(self, share: Decimal) -> "Load":
        """That share of both."""
        return Load(None if self.km is None else self.km * share, None if self.longest is None else self.longest * share)


def usual_loads(policy: Policy, weeks: Sequence[Week]) -> list[Load]:
    """The week that the runner is used to by then, before taper and pain."""
    peak, grown, loads = Load(policy.base, policy.longest), 0, []
    growing = [week.number for week in weeks if may_grow(week)] if builds(policy) else []
    first = growing[-min(len(growing), _late_enough(policy))] if growing else 0
    for week in weeks:
        if week.number not in growing or week.number < first:
            loads.append(peak)
            continue
        grown += 1
        if _is_lighter(policy, grown) and week.number != growing[-1]:
            loads.append(peak.times(policy.lighter))
        else:
            peak = step_up(policy, peak)
            loads.append(peak)
    return loads


def builds(policy: Policy) -> bool:
    """Is there something to grow towards?"""
    return policy.step > 0 and policy.target is not None and bool(policy.longest) and policy.base != 0


def may_grow(week: Week) -> bool:
    """A whole week outside taper and recovery."""
    return week.is_whole and all(day.week_share == ALL and day.phase not in FULL for day in week.policies)


def _late_enough(policy: Policy) -> int:
    """How many weeks before the taper the growth starts: enough to get there, and one round of weeks to stay."""
    needed = weeks_to_target(policy)
    return max(1, (MANY if needed is None else needed) + int(policy.lighter_every or 0))


def weeks_to_target(policy: Policy) -> int | None:
    """Weeks of growth, the lighter ones among them, until the target is reached; None where it never is."""
    return next((number for number, load in enumerate(_growing(policy)) if reaches(policy, load.longest)), None)


def reaches(policy: Policy, longest: Decimal | None) -> bool:
    """Is that the longest run which the distance asks for?"""
    return policy.target is None or (longest is not None and longest >= policy.target)


def _growing(policy: Policy) -> Iterator[Load]:
    """The usual load after 0, 1, 2 … weeks of growth."""
    load = Load(policy.base, policy.longest)
    yield load
    for number in range(1, MANY):
        if not _is_lighter(policy, number):
            load = step_up(policy, load)
        yield load


def _is_lighter(policy: Policy, number: int) -> bool:
    return policy.lighter_every is not None and number % int(policy.lighter_every) == 0


def step_up(policy: Policy, load: Load) -> Load:
    """A step further: the longest run by the step at most, the week by what the longest run needs."""
    assert load.longest is not None and policy.target is not None  # noqa: S101  # asked by `builds`
    longest = min(max(policy.target, load.longest), load.longest * (1 + policy.step))
    if load.km is None:
        return Load(None, longest)
    needed = longest / policy.of_week if policy.of_week and longest / policy.of_week > policy.of_week_from else Decimal(0)
    km = max(load.km, min(load.km * (1 + policy.step), max(load.km + longest - load.longest, needed)))
    return Load(km, max(load.longest, within_week(policy, longest, km)))


def within_week(policy: Policy, longest: Decimal, km: Decimal) -> Decimal:
    """The longest run, no more than its part of a week that is large enough, and never more than the week."""
    most = km * policy.of_week if policy.of_week is not None and km > policy.of_week_from else km
    return min(longest, most)
