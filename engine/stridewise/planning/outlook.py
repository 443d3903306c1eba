"""What the rules will say on a later day: phase, race window, what running is left and load adjustments, inferred anew with the
next race that much closer and the last one that much longer ago. Days that no rule can tell apart are inferred once, and rules
that do not rest on the distance to a race say what they say today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from stridewise.inference.engine import infer_anew, kept_of
from stridewise.inference.memory import WorkingMemory
from stridewise.language.condition import Test, Variable
from stridewise.language.fact import Fact
from stridewise.language.rule import Adjust, Rule, used_variables
from stridewise.plan.model import Because, LoadAdjustment
from stridewise.planning.load import METRIC_NOW, load_adjustments
from stridewise.planning.situation import Situation
from stridewise.program.program import Program, once
from stridewise.recommendation.collect import recommended
from stridewise.recommendation.reasons import Explainer, Firing

DAYS_A_WEEK = Decimal(7)
OF_A_DAY = frozenset({"week_share", "longest_share", "longest_at_most", "hard_runs_wait", "long_runs_wait"})
DISTANCES = frozenset({"days_to_race", "weeks_to_race", "weeks_since_race"})  # the kinds that a later day moves
LOOKED_FOR = frozenset({"phase", "race_window"}) | OF_A_DAY
Clock = Mapping[str, Decimal]  # the kinds that say how far the races are


@dataclass(frozen=True, slots=True)
class Outlook:
    """One day as the rules will see it. `windows` are the race windows that hold then, `memory` is what else is concluded."""

    phase: str
    windows: frozenset[str]
    adjustments: tuple[LoadAdjustment, ...]
    memory: WorkingMemory = field(compare=False, repr=False)


class Ahead:
    """Looks ahead for one runner."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.program = _calendar_program(situation.program)
        self.days_to_race = situation.number("days_to_race")
        self.weeks_since_race = situation.number("weeks_since_race")
        self.seen: dict[object, Outlook] = {}
        self.days: dict[date, Outlook] = {}

    def on(self, day: date) -> Outlook:
        """The outlook for a day from the plan's own day on."""
        if day not in self.days:
            self.days[day] = self._look(day)
        return self.days[day]

    def clock(self, day: date) -> Clock:
        """How far the races are from a day."""
        gone = Decimal((day - self.situation.intake.as_of).days)
        ahead = {} if self.days_to_race is None else _distance(self.days_to_race - gone)
        behind = {} if self.weeks_since_race is None else {"weeks_since_race": self.weeks_since_race + gone / DAYS_A_WEEK}
        return ahead | behind

    def _look(self, day: date) -> Outlook:
        clock = self.clock(day)
        passed = _passed(self.program, clock)
        if passed not in self.seen:
            self.seen[passed] = self._infer(clock, is_today=day == self.situation.intake.as_of or not clock)
        return self.seen[passed]

    def _infer(self, clock: Clock, is_today: bool = False) -> Outlook:
        memory = self.situation.memory if is_today else self._later(clock)
        then = replace(self.situation, program=self.program, memory=memory)
        proposed = recommended(Adjust, _Unexplained(self.program, memory))
        adjusted, _ = load_adjustments(then, proposed, keep_caps=True)
        phase = str(memory.value("phase") or "")
        return Outlook(phase, frozenset(map(str, memory.values("race_window"))), tuple(adjusted), memory)

    def _later(self, clock: Clock) -> WorkingMemory:
        moved = [_moved(fact, clock) for fact in self.races]
        key = tuple(map(_recorded, moved))
        if key not in self.known:
            self.known[key] = infer_anew(_dated_program(self.program), self.kept, moved)
        return self.known[key]

    @cached_property
    def known(self) -> dict[object, WorkingMemory]:
        """What was inferred of this runner's later days, by how far the races are."""
        return self.situation.later.setdefault(self.lasting, {})

    @cached_property
    def races(self) -> list[Fact]:
        """The facts that a later day moves."""
        read = _kinds_read(self.program) & DISTANCES
        return [fact for fact in self.situation.intake.facts if fact.kind in read]

    @cached_property
    def still(self) -> list[Fact]:
        """The facts that no later day changes."""
        read = _kinds_read(self.program) - DISTANCES
        return [fact for fact in self.situation.intake.facts if fact.kind in read]

    @cached_property
    def lasting(self) -> object:
        """All that tells this runner's later days from another's, but for the distance to the races."""
        return (self.situation.intake.answered & _kinds_read(self.program), *map(_recorded, self.still))

    @cached_property
    def kept(self) -> WorkingMemory:
        """The facts that no later day changes, and what follows from them alone."""
        return kept_of(self.program, self.situation.memory, self.still, _undated(self.program))


def _recorded(fact: Fact) -> object:
    """A fact with all that tells it from another, where it stands too."""
    return fact, fact.places, fact.assumed, fact.from_alias


class _Unexplained(Explainer):
    """Nobody reads why on a later day: the rule's id is enough to settle by."""

    def because(self, firing: Firing) -> Because:
        return Because(rule=firing.rule.id, text="")

    def rendered(self, text: str, firing: Firing) -> str:
        return ""


def _distance(days: Decimal) -> dict[str, Decimal]:
    """The kinds that say how far the race is."""
    return {"days_to_race": days, "weeks_to_race": days / DAYS_A_WEEK}


def _moved(fact: Fact, clock: Clock) -> Fact:
    """The races as far as the clock says; every other fact as it is today."""
    return replace(fact, value=clock[fact.kind]) if fact.kind in clock else fact


def _passed(program: Program, clock: Clock) -> object:
    """Which tests on the distance to the races that clock passes: all that rules see of it, unless they use the number.
    The same for everybody: of whole days worked out once a program."""
    if not clock:
        return ()
    if "weeks_since_race" in clock or clock["days_to_race"] % 1:  # parts of days and weeks are without number
        return _passes(program, clock)
    known, days = _known_passed(program), clock["days_to_race"]
    if days not in known:
        known[days] = _passes(program, clock)
    return known[days]


@once
def _known_passed(program: Program) -> dict[Decimal, object]:
    """Days to the race → the tests passed; filled by `_passed`."""
    return {}


def _passes(program: Program, clock: Clock) -> object:
    tests = [(kind, test) for kind, test in _race_tests(program) if kind in clock]
    if any(isinstance(test, Variable) for _, test in tests):
        return tuple(sorted(clock.items()))
    return tuple(test.accepts(clock[kind]) for kind, test in tests)


@once
def _race_tests(program: Program) -> tuple[tuple[str, Test], ...]:
    """The tests on the distance to the races, always in the same order; a variable that only a text quotes is none."""
    tests = frozenset(
        (condition.kind, test)
        for rule in program.rules
        for condition in rule.conditions.every()
        if condition.kind in DISTANCES
        for _, test in condition.tests
        if not isinstance(test, Variable) or _is_used(rule, test.name)
    )
    return tuple(sorted(tests | {(base, Variable("base")) for base in _bases(program) if base in DISTANCES}, key=repr))


def _is_used(rule: Rule, variable: str) -> bool:
    """Does a variable join conditions, or stand in what the rule concludes or asks for?"""
    bound = [name for condition in rule.conditions.every() for _, name in condition.variables]
    return bound.count(variable) > 1 or any(variable in used_variables(item) for item in rule.consequents)


@once
def _kinds_read(program: Program) -> frozenset[str]:
    """The kinds that the calendar's rules and the load metrics look at."""
    kinds = {condition.kind for rule in program.rules for condition in rule.conditions.every()}
    return frozenset(kinds.union(_bases(program), *METRIC_NOW.values()))


def _bases(program: Program) -> set[str]:
    """The kinds that load adjustments are counted from."""
    return {
        quantity.base
        for rule in program.rules
        for item in rule.consequents
        if isinstance(item, Adjust)
        for quantity in (item.to, item.by, item.at_most)
        if quantity is not None
    }


@once
def _calendar_program(program: Program) -> Program:
    """Only the rules that say phase, race window or load adjustments, and those they rest on."""
    return program.part(rule for rule in program.rules if _is_about_the_calendar(rule))


@once
def _dated_program(program: Program) -> Program:
    """Only the rules that rest on the distance to a race: another day may be another answer."""
    undated = _undated(program)
    strata = (tuple(rule for rule in stratum if rule.id not in undated) for stratum in program.strata)
    return replace(program, strata=tuple(filter(None, strata)), cache={})


@once
def _undated(program: Program) -> frozenset[str]:
    """The ids of the rules that no later day changes: neither they nor what can supply them, however far back, ask how far a race
    is."""
    rests_on = {rule.id: frozenset(_suppliers(program, rule)) for rule in program.rules}
    dated = {rule.id for rule in program.rules if any(one.kind in DISTANCES for one in rule.conditions.every())}
    while more := {name for name, suppliers in rests_on.items() if name not in dated and not suppliers.isdisjoint(dated)}:
        dated |= more
    return frozenset(rests_on) - dated


def _suppliers(program: Program, rule: Rule) -> Iterator[str]:
    """The ids of the rules that can say what a rule asks for."""
    return (supplier.id for condition in rule.conditions.every() for supplier in program.suppliers.of(condition))


def _is_about_the_calendar(rule: Rule) -> bool:
    concluded = {item.kind for item in rule.conclusions}
    return bool(concluded & LOOKED_FOR) or any(isinstance(item, Adjust) for item in rule.consequents)
