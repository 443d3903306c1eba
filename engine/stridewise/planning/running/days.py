"""What is run on each day, what it was before the rules spoke, and why it changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from stridewise.documents.sentences import capitalised
from stridewise.language.pathway import EASY, LIMITED, NONE
from stridewise.language.translation import fixed, say
from stridewise.planning.running.growth import Load
from stridewise.planning.running.pattern import OTHER, RUNS, RunPattern
from stridewise.planning.running.policy import DayPolicy
from stridewise.planning.running.weeks import Week

HARD = frozenset({"intervals", "tempo", "race"})
OTHER_CARDIO = fixed("Other cardio, if it is free of pain")
State = Literal["planned", "rest", "not_recorded", "stopped", "coach"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDay:
    """One day: its session (a term of day_sessions, "" for none), kilometres or minutes, what it was and why it changed.
    `state` says what an empty day is."""

    session: str = ""
    km: Decimal | None = None
    minutes: Decimal | None = None
    became: str = ""
    proposed: bool = False
    state: State = "planned"
    title: str = ""  # where it is not the name of the session
    note: str = ""

    @property
    def is_run(self) -> bool:
        return self.session in RUNS

    @property
    def is_empty(self) -> bool:
        """Nothing to do and nothing to say."""
        return self.session not in RUNS | OTHER and not self.became


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the days are made from. `why` gives the reason for a change on a day by what it is about; `names` the sessions as
    told, `usual_km` those of a usual week."""

    mode: str
    pattern: RunPattern
    blackout: frozenset[date]
    may_cross: bool
    why: Callable[[date, str], str]
    names: Mapping[str, str]
    usual_km: Decimal | None = None

    def changed(self, day: date, session: str, into: str, about: str) -> str:
        """ "Intervals → easy run: no hard run on the eve of a race"."""
        name, reason = self.names.get(session, session), self.why(day, about)
        return f"{capitalised(name)} → {into}{f': {reason}' if reason else ''}"


def days_of(given: Given, week: Week, load: Load) -> dict[date, RunDay]:
    """The days of one week."""
    days = {day: _day(given, day, policy) for day, policy in week.training}
    if given.mode == LIMITED:
        _one_hard_run(given, days, week)
    return days if load.km is None else _with_km(given, week, load, days)


def _day(given: Given, day: date, policy: DayPolicy) -> RunDay:
    session = given.pattern.on(day.weekday())
    if day in given.blackout:
        became = given.changed(day, session, say("nothing"), "blackout") if session in RUNS | OTHER else ""
        return RunDay(state="rest", became=became)
    if session in OTHER:
        return RunDay(session=session) if given.mode != NONE or given.may_cross else RunDay(state="stopped")
    if session not in RUNS:
        return RunDay(session=session, state="rest" if session else "stopped" if given.mode == NONE else "not_recorded")
    if given.mode == NONE:
        return _stopped(given, day, session)
    return _allowed(given, day, policy, session)


def _stopped(given: Given, day: date, session: str) -> RunDay:
    """No run; other cardio in its place, where only running is stopped."""
    if not given.may_cross:
        return RunDay(state="stopped")
    return RunDay(
        session="cross",
        title=say(OTHER_CARDIO),
        state="stopped",
        became=given.changed(day, session, say("other cardio"), "mode"),
    )


def _allowed(given: Given, day: date, policy: DayPolicy, session: str) -> RunDay:
    """The run as it is, or easy where hard or long runs wait."""
    about = ""
    if session in HARD:
        about = "mode" if given.mode == EASY else "hard_runs_wait" if policy.hard_waits else ""
    elif session == "long" and policy.long_waits:
        about = "long_runs_wait"
    if not about:
        return RunDay(session=session, proposed=given.pattern.is_proposed)
    into = given.names.get("easy", "easy")
    return RunDay(session="easy", became=given.changed(day, session, into, about), proposed=given.pattern.is_proposed)


def _one_hard_run(given: Given, days: dict[date, RunDay], week: Week) -> None:
    """The first hard run of the week stays, the others become easy."""
    hard = [day for day in days if days[day].session in HARD]
    earlier = [n for n in range(week.dates[0].weekday()) if given.pattern.on(n) in HARD]
    for day in hard if earlier else hard[1:]:
        became = given.changed(day, days[day].session, given.names.get("easy", "easy"), "mode")
        days[day] = RunDay(session="easy", became=became, proposed=days[day].proposed)


# --- kilometres of the single runs ---------------------------------------------------------------------------------------


def _with_km(given: Given, week: Week, load: Load, days: dict[date, RunDay]) -> dict[date, RunDay]:
    """The week shared out: the long run takes the longest, a second one half of what that leaves, the others fill up evenly, each
    within the cap of its day."""
    policies, most = dict(week.training), load.km if load.longest is None else load.longest
    assert load.km is not None and most is not None  # noqa: S101  # asked by the caller
    runs = [day for day, one in days.items() if one.session in RUNS]
    caps = {day: policies[day].within(most) for day in runs}
    begun = [n for n in range(week.dates[0].weekday()) if given.pattern.on(n) in RUNS]
    shares: dict[date | int, Decimal] = dict.fromkeys([*begun, *runs], Decimal(0))  # a number is a day since Monday
    for run in shares:
        session = given.pattern.on(run) if isinstance(run, int) else days[run].session
        if session == "long" and load.longest is not None:
            left = load.km - sum(shares.values(), Decimal(0))
            shares[run] = min(load.longest, left // 2 if any(shares.values()) else left)
    _fill(shares, {run: caps.get(run, most) if not isinstance(run, int) else most for run in shares}, load.km)
    is_less = given.usual_km is not None and load.km < given.usual_km
    return days | {day: _told(given, day, days[day], shares[day], is_less) for day in runs}


def _fill(shares: dict[date | int, Decimal], caps: Mapping[date | int, Decimal], km: Decimal) -> None:
    """Kilometre by kilometre to the shortest run that may still grow, the earliest first."""
    shares.update({run: min(share, caps[run]) for run, share in shares.items()})
    while sum(shares.values(), Decimal(0)) < km:
        growing = [run for run, share in shares.items() if share + 1 <= caps[run]]
        if not growing:
            return
        shares[min(growing, key=shares.__getitem__)] += 1


def _told(given: Given, day: date, one: RunDay, km: Decimal, is_less: bool) -> RunDay:
    """The run with its kilometres. Where none are left it is dropped in a week of less running, with the reason; else it stays as
    the runner has it."""
    if km >= 1:
        return replace(one, km=km)
    if not is_less:
        return one
    return RunDay(state="rest", became=given.changed(day, given.pattern.on(day.weekday()), say("rest"), "used_up"))


def run_days(given: Given, week: Week) -> list[DayPolicy] | None:
    """The days of the calendar week with a run, those since Monday among them; None where they are not known."""
    if given.pattern.runs is None:
        return None
    begun = [week.policies[0] for day in range(week.dates[0].weekday()) if given.pattern.on(day) in RUNS]
    free = [(day, policy) for day, policy in week.training if day not in given.blackout]
    return [*begun, *(policy for day, policy in free if given.pattern.on(day.weekday()) in RUNS)]
