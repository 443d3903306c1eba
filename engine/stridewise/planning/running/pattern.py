"""On which days of the week is run: as the runner recorded it, or proposed from the number of runs and marked so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from stridewise.planning.situation import Situation
from stridewise.planning.week_pattern import WEEKDAYS

RUNS = frozenset({"easy", "long", "intervals", "tempo", "race"})
OTHER = frozenset({"cross"})
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class RunPattern:
    """The sessions by weekday; a day that is missing is not recorded."""

    sessions: Mapping[str, str]
    is_proposed: bool = False

    def on(self, weekday: int) -> str:
        """The session of a day, "" where none is recorded."""
        return self.sessions.get(WEEKDAYS[weekday], "")

    @property
    def runs(self) -> int | None:
        """Runs a week, None where they are not known."""
        return sum(session in RUNS for session in self.sessions.values()) if self.sessions else None


def run_pattern(situation: Situation) -> RunPattern:
    """The week as recorded; else one proposed from the runs a week; else nothing."""
    facts = {day: situation.facts("training_day", day) for day in WEEKDAYS}
    recorded = {day: str(found[0].get("session") or "") for day, found in facts.items() if found}
    if recorded:
        return RunPattern(recorded)
    runs = situation.number("runs_per_week")
    return RunPattern(_proposed(situation, int(runs)), is_proposed=True) if runs else RunPattern({})


def _proposed(situation: Situation, runs: int) -> dict[str, str]:
    """Easy runs spread over the days that are free, the longest one at the weekend."""
    available = situation.names("available_day") or frozenset(WEEKDAYS)
    free = [day for day, name in enumerate(WEEKDAYS) if name in available]
    size = min(runs, len(free))
    chosen = min(combinations(free, size), key=lambda days: (_crowding(days), -len(WEEKEND & set(days)), [-day for day in days]))
    has_long = situation.number("longest_run") is not None and size > 1
    longest = max(chosen, default=None) if has_long else None
    return {name: "long" if day == longest else "easy" if day in chosen else "rest" for day, name in enumerate(WEEKDAYS)}


def _crowding(days: Sequence[int]) -> int:
    """Between choices of days, those spread more evenly over the week."""
    gaps = [later - earlier for earlier, later in pairwise([*days, days[0] + 7])] if days else []
    return sum(gap * gap for gap in gaps)
