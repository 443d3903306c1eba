"""What the audit is told beside the plan, and the contract that it holds the plan to: its own words, none of planning's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Values = Mapping[str, Any]
Demands = Mapping[str, int]
STOPPED = {  # what a referral stops, as demands that may not be made
    "all_exercise": (),
    "nothing": (),
    "running": ("impact",),
    "impact": ("impact",),
    "weight_bearing": ("weight_bearing", "impact"),
    "lower_limb": ("lower_limb", "weight_bearing", "impact"),
}
NO_RUNNING = frozenset({"all_exercise", "running", "impact", "weight_bearing", "lower_limb"})
NO_EXERCISE = "all_exercise"


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A contraindication: of one exercise, or of more than `above` of a demand (of any, where none is named)."""

    exercise: str | None
    demand: str | None = None
    above: int = 0
    only_new: bool = False


@dataclass(frozen=True, slots=True)
class Companion:
    """An exercise that a rule wants planned wherever one of `beside` is, or one with more than `above` of a demand."""

    exercise: str
    beside: frozenset[str] = frozenset()
    demand: str | None = None
    above: int = 0
    only_new: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Plain values. `closed` are exercises that the clinician, the body's limits or a gate keep shut; `loads` what loads a
    region, `sore` the regions in pain; `firm` are the rules that no acknowledgement touches; `tests` what a test of these words
    asks of the body; `highest` the last stage of a pathway up to which every criterion is met on record, by pathway and side."""

    demands: Mapping[str, Demands]
    kits: Mapping[str, Sequence[Sequence[str]]]
    names: Mapping[str, str]
    loads: Mapping[str, Sequence[str]]
    tests: Mapping[str, Demands]
    ruled_out: Sequence[RuledOut] = ()
    companions: Sequence[Companion] = ()
    closed: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    current: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    sore: frozenset[str] = frozenset()
    critical: Sequence[str] = field(default=())
    firm: frozenset[str] = frozenset()
    clear_days: int = 0
    highest: Mapping[tuple[str, str | None], int] = field(default_factory=dict)

    def forbids(self, plan: Values, exercise: str) -> bool:
        """Does a referral, a contraindication, a ban or the runner's own limits speak against an exercise?"""
        demands = self.demands[exercise]
        stopped = any(demands.get(demand) for demand in _stopped_demands(plan))
        return stopped or exercise in self.closed or any(self._rules_out(one, exercise) for one in self.ruled_out)

    def _rules_out(self, veto: RuledOut, exercise: str) -> bool:
        if veto.exercise is not None:
            return veto.exercise == exercise
        if veto.only_new and exercise in self.current:
            return False
        return veto.demand is None or self.demands[exercise].get(veto.demand, 0) > veto.above

    def is_due(self, companion: Companion, planned: str) -> bool:
        """Does a companion go with a planned exercise?"""
        if companion.beside or planned == companion.exercise:
            return planned in companion.beside
        if companion.only_new and planned in self.current:
            return False
        return companion.demand is None or self.demands[planned].get(companion.demand, 0) > companion.above

    def forbids_test(self, plan: Values, words: str) -> bool:
        """Does a test of these words ask more of the body than is allowed? A side plank is no plank: the longer name holds."""
        limits = [(demand, 0) for demand in _stopped_demands(plan)]
        limits += [(veto.demand, veto.above) for veto in self.ruled_out if veto.demand and not veto.only_new]
        named = [test for test in self.tests if test in words]
        asked = [self.tests[test] for test in named if not any(test in other for other in named if other != test)]
        return any(demands.get(demand, 0) > above for demands in asked for demand, above in limits)


def stops(plan: Values) -> set[str]:
    """What the referrals stop."""
    return {referral["stops"] for referral in plan["referrals"]}


def _stopped_demands(plan: Values) -> Iterable[str]:
    return (demand for stop in stops(plan) for demand in STOPPED[stop])


def prescribed(plan: Values) -> list[str]:
    """The exercises prescribed."""
    return [item["exercise"] for item in plan["prescriptions"]]


def scheduled(plan: Values) -> list[str]:
    """The exercises that stand in the days, as often as they do."""
    return [item["exercise"] for day in plan["schedule"] for session in day["sessions"] for item in session["exercises"]]
