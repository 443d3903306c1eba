"""What the rules say of running, as numbers: `Policy` holds for the whole plan, `DayPolicy` for one day on the way to the race.

Packs conclude every number, from thresholds that can be retuned; where several rules speak, the most cautious holds."""

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from stridewise.inference.memory import WorkingMemory
from stridewise.language.pathway import FREE, NONE, RUNNING_MODES, RunningMode
from stridewise.planning.outlook import Outlook
from stridewise.planning.situation import Situation
from stridewise.planning.stops import Stopped

HUNDRED = Decimal(100)
ALL = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Distances in km, shares of 1, lengths in weeks; None where no rule speaks. `pain_free`: pain comes after that distance."""

    mode: RunningMode
    base: Decimal | None
    longest: Decimal | None
    cut: Decimal
    longest_cut: Decimal
    pain_free: Decimal | None
    quiet_weeks: Decimal
    regrowth: Decimal
    target: Decimal | None
    step: Decimal
    lighter_every: Decimal | None
    lighter: Decimal
    of_week: Decimal | None
    of_week_from: Decimal

    @property
    def grows(self) -> bool:
        """May running grow at all?"""
        return self.mode == FREE


def read_policy(situation: Situation, stopped: Stopped) -> Policy:
    """What holds for this runner."""
    memory = situation.memory
    base, planned, longest = (situation.number(kind) for kind in ("running_base", "planned_longest_run", "longest_run"))
    step, every = _least(memory, "build_step"), _least(memory, "cut_back_every")
    goes_on = planned if step is None and planned is not None else longest if longest is not None else planned
    return Policy(
        mode=running_mode(situation, stopped),
        base=situation.number("weekly_distance") if base is None else base,
        longest=goes_on,
        cut=_part(_most(memory, "running_cut")),
        longest_cut=_part(_most(memory, "longest_cut")),
        pain_free=_pain_free(situation),
        quiet_weeks=_most(memory, "quiet_weeks") or Decimal(0),
        regrowth=_part(_least(memory, "regrowth")),
        target=_least(memory, "build_target"),
        step=_part(step),
        lighter_every=every,
        lighter=_share(_least(memory, "cut_back_share")),
        of_week=None if (share := _least(memory, "longest_of_week")) is None else share / HUNDRED,
        of_week_from=_least(memory, "longest_of_week_from") or Decimal(0),
    )


def running_mode(situation: Situation, stopped: Stopped) -> RunningMode:
    """What running is: the most cautious of what the rules conclude."""
    if stopped.running or stopped.everything:
        return NONE
    concluded = situation.names("running")
    return next((mode for mode in RUNNING_MODES if mode in concluded), FREE)


def with_asked_for(policy: Policy, today: Outlook) -> Policy:
    """The same with what a rule asks for beyond what is run now: ten percent more, say."""
    asked = {one.metric: one.to for one in today.adjustments if one.from_ is not None and one.to is not None}
    if not policy.grows or policy.base is None or asked.get("weekly_distance", policy.base) <= policy.base:
        return policy
    return replace(policy, base=asked["weekly_distance"])


def _pain_free(situation: Situation) -> Decimal | None:
    """The distance after which pain comes; minutes count by the runner's pace, or by the pace that a pack gives."""
    memory = situation.memory
    minutes, pace = _least(memory, "pain_free_minutes"), situation.number("pace") or _most(memory, "minutes_a_km")
    known = [_least(memory, "pain_free_run"), minutes / pace if minutes is not None and pace else None]
    return min((km for km in known if km is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPolicy:
    """One day: what stays of the usual week and of the longest run, the longest run allowed (km), and what waits."""

    phase: str
    week_share: Decimal
    longest_share: Decimal
    longest_at_most: Decimal | None
    week_at_most: Decimal | None
    hard_waits: bool
    long_waits: bool

    def within(self, km: Decimal) -> Decimal:
        """What the day allows of a run of so many whole kilometres: whole ones too."""
        return km if self.longest_at_most is None else min(km, self.longest_at_most.to_integral_value(ROUND_FLOOR))


def day_policy(outlook: Outlook, is_open: bool = True) -> DayPolicy:
    """What the rules say of a day; load adjustments of any pack are caps. On a day that is not open nothing is run."""
    memory = outlook.memory
    caps = {one.metric: one.to for one in outlook.adjustments if one.to is not None}
    longest = [_least(memory, "longest_at_most"), caps.get("longest_run")]
    return DayPolicy(
        phase=outlook.phase,
        week_share=_share(_least(memory, "week_share")) if is_open else Decimal(0),
        longest_share=_share(_least(memory, "longest_share")),
        longest_at_most=min((km for km in longest if km is not None), default=None),
        week_at_most=caps.get("weekly_distance"),
        hard_waits="yes" in memory.values("hard_runs_wait") or caps.get("hard_sessions") == 0,
        long_waits="yes" in memory.values("long_runs_wait"),
    )


def _numbers(memory: WorkingMemory, kind: str) -> list[Decimal]:
    return [value for value in memory.values(kind) if isinstance(value, Decimal)]


def _least(memory: WorkingMemory, kind: str) -> Decimal | None:
    return min(_numbers(memory, kind), default=None)


def _most(memory: WorkingMemory, kind: str) -> Decimal | None:
    return max(_numbers(memory, kind), default=None)


def _share(percent: Decimal | None) -> Decimal:
    """80% is 0.8; all where no rule speaks."""
    return ALL if percent is None else percent / HUNDRED


def _part(percent: Decimal | None) -> Decimal:
    """20% is 0.2; nothing where no rule speaks."""
    return Decimal(0) if percent is None else percent / HUNDRED
