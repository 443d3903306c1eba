"""What must be said about the running of the weeks: a coach, no running, walking and running, too few weeks."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from stridewise.documents.units import show
from stridewise.planning.running.growth import builds, may_grow, reaches, weeks_to_target
from stridewise.planning.running.policy import NONE, WALK_RUN
from stridewise.planning.running.running import Running


def running_notices(running: Running) -> Iterator[str]:
    """What must be said about the running of the weeks."""
    if running.is_coached:
        yield "A coach plans the running, so the weeks show strength work only."
        return
    if running.policy.mode == NONE:
        if running.may_cross and (reason := running.why_not()):
            yield f"No running for now: {reason}. Other exercise that does not hurt may go on."
        return
    if running.policy.mode == WALK_RUN:
        yield from _by_minutes(running)
        return
    yield from _short_of_time(running)
    if running.pattern.is_proposed:
        yield "The days of the runs are a proposal from the number of runs a week: move them as it suits."


def _short_of_time(running: Running) -> Iterator[str]:
    """Where the weeks up to the race do not reach the longest run that its distance asks for."""
    policy, race = running.policy, running.race
    if race is None or not builds(policy) or not policy.grows or running.weeks[-1].race is None:
        return
    best = max((load.longest for load in running.loads if load.longest is not None), default=None)
    now, target = policy.longest, policy.target
    if best is None or now is None or target is None or reaches(policy, max(best, now) * (1 + policy.step)):
        return  # a step away is near enough
    asks = f"this race asks for about {show(target)} km"
    growing = sum(map(may_grow, running.weeks))
    if not growing or best <= now:
        so_far = f"the longest run is {show(_floor(now))} km"
        yield f"There is no time left to build up: {so_far}, and {asks}. A later race is an option."
        return
    needed = weeks_to_target(policy)
    later = f" {needed - growing} more weeks would get there." if needed is not None and needed > growing else ""
    held = "" if needed is not None else " A longer run needs more kilometres in the week first."
    weeks = f"{len(running.weeks)} weeks from a longest run of {show(_floor(now))} km reach {show(best)} km in safe steps"
    yield f"{weeks}; {asks}.{later}{held} A shorter or a later race is an option."


def _by_minutes(running: Running) -> Iterator[str]:
    """That running starts by minutes, and what that means for a race."""
    if not running.steps:
        yield "Running starts again by minutes, walking and running in turn. The clinician sets the steps."
        return
    how = "Running goes by minutes for now, walking and running in turn, with a day between the sessions"
    yield f"{how}. Next: {running.steps[0].title}."
    if running.race is not None:
        yield from _with_race(running, running.race)


def _with_race(running: Running, race: date) -> Iterator[str]:
    """Whether running without breaks is back in time."""
    last = running.steps[-1].title
    there = next((day for day, one in sorted(running.days.items()) if one.title == last), None)
    if there is None:
        yield f"The race on {race} is in doubt: running without breaks is not back by then. A later race is an option."
    else:
        back = f"running without breaks is back on {there} at the earliest"
        yield f"Whether the race on {race} is possible depends on the steps: {back}. Decide then."


def _floor(km: Decimal) -> Decimal:
    return km // 1
