"""What must be said about the running of the weeks: a coach, no running, walking and running, too few weeks."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from stridewise.language.pathway import EASY, NONE, WALK_RUN
from stridewise.language.translation import fixed, say
from stridewise.planning.running.growth import may_grow, weeks_to_target
from stridewise.planning.running.running import Running
from stridewise.planning.running.shortfall import shortfall
from stridewise.planning.running.weeks import IN_FULL

NO_TIME = fixed(
    "There is no time left to build up: the longest run is {km} km, and this race asks for about {target} km. "
    "A later race is an option."
)
TOO_SHORT = fixed(
    "{weeks} weeks from a longest run of {km} km reach {best} km in safe steps; this race asks for about {target} km."
)
HELD = fixed("The longest run does not grow for now: it stays at {km} km at most, and this race asks for about {target} km.")
NOT_WHILE_STOPPED = fixed("No race on {date} while running is stopped: it is possible only if running is allowed again by then.")
NOT_WHILE_EASY = fixed(
    "No race on {date} while every run stays easy: a race is a hard run. "
    "It is possible only if hard runs are allowed again by then."
)
BY_MINUTES = fixed("Running goes by minutes for now, walking and running in turn, with a day between the sessions. Next: {step}.")
IN_DOUBT = fixed("The race on {date} is in doubt: running without breaks is not back by then. A later race is an option.")
DEPENDS = fixed(
    "Whether the race on {date} is possible depends on the steps: running without breaks is back on {back} at the earliest. "
    "Decide then."
)


def running_notices(running: Running, easy_weeks: Decimal) -> Iterator[str]:
    """What must be said about the running of the weeks, the race first; `easy_weeks`: how long stages keep every run easy."""
    yield from _race_held(running, max(IN_FULL, timedelta(weeks=float(easy_weeks))))
    if running.is_coached:
        yield say("A coach plans the running, so the weeks show strength work only.")
        return
    if running.policy.mode == NONE:
        if running.may_cross and (reason := running.why_not()):
            yield say("No running for now: {reason}. Other exercise that does not hurt may go on.", reason=reason)
        return
    if running.policy.mode == WALK_RUN:
        yield from _by_minutes(running)
        return
    yield from _short_of_time(running)
    if running.pattern.is_proposed:
        yield say("The days of the runs are a proposal from the number of runs a week: move them as it suits.")


def _race_held(running: Running, is_near: timedelta) -> Iterator[str]:
    """That the race waits for what its runs wait for; where runs are easy, of a race that is near."""
    race, today = running.race, running.situation.intake.as_of
    if race is None:
        return
    if running.policy.mode == NONE:
        yield say(NOT_WHILE_STOPPED, date=race)
    elif running.policy.mode == EASY and race - today <= is_near:
        yield say(NOT_WHILE_EASY, date=race)


def _short_of_time(running: Running) -> Iterator[str]:
    """Where the weeks up to the race do not reach the longest run that its distance asks for."""
    policy, short = running.policy, shortfall(running)
    if short is None or policy.longest is None:
        return
    (best, target), now = short, policy.longest
    growing, needed = sum(map(may_grow, running.weeks)), weeks_to_target(policy)
    if growing and not policy.grows:
        if not policy.longest_cut:  # else the change of the longest run tells it
            yield " ".join(_held(_floor(best), target, needed))
        return
    if not growing or best <= now:
        yield say(NO_TIME, km=_floor(now), target=target)
        return
    told = [say(TOO_SHORT, weeks=len(running.weeks), km=_floor(now), best=best, target=target)]
    if needed is None:
        told.append(say("A longer run needs more kilometres in the week first."))
    elif needed > growing:
        told.append(say("{weeks} more weeks would get there.", weeks=needed - growing))
    yield " ".join([*told, say("A shorter or a later race is an option.")])


def _held(best: Decimal, target: Decimal, needed: int | None) -> Iterator[str]:
    """That nothing grows for now, and how long it takes once it may."""
    yield say(HELD, km=best, target=target)
    if needed is not None:
        yield say("Once it may grow again, that takes about {weeks} weeks.", weeks=needed)
    yield say("A shorter or a later race is an option.")


def _by_minutes(running: Running) -> Iterator[str]:
    """That running starts by minutes, and what that means for a race."""
    if not running.steps:
        yield say("Running starts again by minutes, walking and running in turn. The clinician sets the steps.")
        return
    yield say(BY_MINUTES, step=running.steps[0].title)
    if running.race is not None:
        yield from _with_race(running, running.race)


def _with_race(running: Running, race: date) -> Iterator[str]:
    """Whether running without breaks is back in time."""
    last = running.steps[-1].title
    there = next((day for day, one in sorted(running.days.items()) if one.title == last), None)
    if there is None:
        yield say(IN_DOUBT, date=race)
    else:
        yield say(DEPENDS, date=race, back=there)


def _floor(km: Decimal) -> Decimal:
    return km // 1
