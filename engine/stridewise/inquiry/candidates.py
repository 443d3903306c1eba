"""The single changes that why-not tries: facts that the rules and gates on the way to an item ask for, and cut-offs they compare
with. The order of the list is the order of smallness."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from stridewise.condition import Anything, Condition, OneOf, Test, Variable, Within
from stridewise.fact import VALUE, Fact, make_fact, show_fact
from stridewise.inquiry.changes import AddFact, Change, RemoveFacts, SetPath
from stridewise.inquiry.entries import days_ahead
from stridewise.inquiry.holding import HOLDS, Holding
from stridewise.inquiry.obstacles import earned_by
from stridewise.inquiry.routes import leading
from stridewise.inquiry.safety import SAFETY_KINDS, supports
from stridewise.inquiry.wanted import EXERCISE, TARGET, Wanted
from stridewise.intake import LISTS, SINGLE
from stridewise.rule import Rule
from stridewise.session import Session
from stridewise.units import show
from stridewise.vocabulary import Kind, Value

EARN, TESTED, FIXED = "earn", "would apply if tested", "not modifiable"
LABELS = (EARN, TESTED, FIXED)
ALLOWING = frozenset({"gate", "practice"})
MAX_VALUES = 12  # of one condition that names many
EARNED = frozenset({
    "skill", "equipment", "current_exercise", "cannot", "minutes_per_session", "sessions_per_week", "strength_experience_months",
    "strength_sessions_per_week", "weeks_to_race", "days_to_race", "weekly_distance", "longest_run", "planned_longest_run",
    "training_day",
})  # fmt: skip
UNCHANGING = frozenset(
    {"age", "sex", "injury", "condition", "running_years", "race_distance", "race_priority", "goal", "surface"}
)
RACE_UNITS = {"days_to_race": Decimal(1), "weeks_to_race": Decimal(7)}
STEPS = {"cm": Decimal("0.1"), "km": Decimal("0.1"), "kg": Decimal("0.5"), "percent": Decimal("0.1")}  # else whole numbers


@dataclass(frozen=True, slots=True)
class Candidate:
    """One change. `size` is how far a number moves as a share of the cut-off, 0 for anything else; `from_` is what is recorded
    now; `rules` are those that ask for it, "gate" or "practice" among them where it lets an exercise be used at all."""

    change: Change
    text: str
    label: str
    size: Decimal
    from_: str = ""
    rules: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[Decimal, int, str]:
        return (self.size, LABELS.index(self.label), self.text)


def candidates(session: Session, wanted: Wanted) -> tuple[Candidate, ...]:
    """Every single change in the searched space, the smallest first. None touches a fact that a referral, a veto or a precaution
    rests on."""
    found: dict[str, Candidate] = {}
    for one in _Finder(session, wanted).run():
        known = found.get(str(one.change), one)
        found[str(one.change)] = replace(known, rules=known.rules | one.rules)
    return tuple(sorted(found.values(), key=lambda one: one.order))


def go_together(one: Candidate, other: Candidate) -> bool:
    """Can two changes need each other? Where one rule asks for both, or one asks for the item and the other lets it be used."""
    if one.text == other.text:
        return False
    return bool(one.rules & other.rules) or bool(one.rules & ALLOWING) != bool(other.rules & ALLOWING)


class _Finder:
    def __init__(self, session: Session, wanted: Wanted) -> None:
        self.session = session
        self.wanted = wanted
        self.program = session.situation.program
        self.vocabulary = self.program.vocabulary
        self.memory = session.situation.memory
        self.holding = Holding(self.program, self.memory)
        self.held = supports(session)

    def run(self) -> Iterator[Candidate]:
        asking = [rule for rule, _ in leading(self.program, self.wanted)]
        exercises = {EXERCISE: [self.wanted.name], TARGET: self._serving()}.get(self.wanted.kind, [])
        gates = [rule for name in exercises for rule in self.program.suppliers.of(earned_by(name))]
        for rule, mark in [*((rule, "") for rule in self._closure(asking)), *((rule, "gate") for rule in self._closure(gates))]:
            for condition in rule.conditions.present():
                yield from (replace(one, rules=frozenset({rule.id, mark} - {""})) for one in self._for(condition))
        if self.wanted.kind == EXERCISE:
            yield from (replace(one, rules=frozenset({"practice"})) for one in self._practical())

    def _closure(self, waiting: list[Rule]) -> list[Rule]:
        """These rules, and whatever concludes what they lack."""
        seen: dict[str, Rule] = {}
        while waiting:
            rule = waiting.pop(0)
            if rule.id not in seen:
                seen[rule.id] = rule
                lacking = [condition for condition in rule.conditions.present() if not self._holds(condition)]
                waiting += [supplier for condition in lacking for supplier in self.program.suppliers.of(condition)]
        return list(seen.values())

    def _serving(self) -> list[str]:
        return [e.id for e in self.program.exercises.values() if self.wanted.name in e.targets.direct]

    def _holds(self, condition: Condition) -> bool:
        return self.holding.state(condition) == HOLDS

    # --- from a condition --------------------------------------------------------------------------------------------

    def _for(self, condition: Condition) -> Iterator[Candidate]:
        kind = self.vocabulary.kinds[condition.kind]
        if kind.mode == "derived" or self._holds(condition) or not self._may_offer(kind):
            return
        if kind.type.is_number:
            yield from self._numbers(kind, condition)
        else:
            yield from self._terms(kind, condition)

    def _may_offer(self, kind: Kind) -> bool:
        """Safety kinds only as something that would be found, never over what is recorded, and never to get an exercise."""
        if kind.name not in SAFETY_KINDS:
            return (
                kind.mode != "computed"
                or kind.name in RACE_UNITS
                or kind.name in SINGLE.values()
                or kind.name == "weekly_distance"
            )
        findable = kind.mode != "computed" and kind.name != "par_q"
        return findable and self.wanted.kind not in (EXERCISE, TARGET) and not self.memory.by_kind.get(kind.name)

    def _terms(self, kind: Kind, condition: Condition) -> Iterator[Candidate]:
        tests = dict(condition.tests)
        for value in self._choices(kind, tests[VALUE]):
            entry: dict[str, Value] = {kind.name: value}
            for name, test in tests.items():
                if name != VALUE and (chosen := self._attribute(kind, name, test)) is not None:
                    entry[name] = chosen
            yield from self._added(kind, entry)

    def _choices(self, kind: Kind, test: Test) -> list[Value]:
        if isinstance(test, OneOf):
            return sorted(test.values, key=str)[:MAX_VALUES]
        terms = self.vocabulary.terms.get(kind.type.terms, {})
        named: list[Value] = [name for name in sorted(terms) if not terms[name].negative]
        return named[:3]

    def _attribute(self, kind: Kind, name: str, test: Test) -> Value | None:
        """The value an attribute needs; None where the default passes or nothing is asked of it."""
        attribute = kind.attributes[name]
        match test:
            case OneOf(values):
                return None if attribute.default in values else min(values, key=str)
            case Within():
                return _just_inside(test, STEPS.get(attribute.type.unit, Decimal(1)))
            case Anything() | Variable():
                terms = self.vocabulary.terms.get(attribute.type.terms, {})
                return None if attribute.default is not None else next(iter(sorted(terms)), None)

    def _added(self, kind: Kind, entry: dict[str, Value]) -> Iterator[Candidate]:
        replaced = [f for f in self.memory.by_kind.get(kind.name, ()) if self._gives_way(kind, f, entry)]
        if any(fact in self.held for fact in replaced):
            return
        attributes = {name: value for name, value in entry.items() if name != kind.name}
        text = show_fact(self.vocabulary, make_fact(self.vocabulary, kind, entry[kind.name], attributes))
        now = "; ".join(show_fact(self.vocabulary, fact) for fact in replaced)
        yield Candidate(AddFact(entry), text, label_of(kind, bool(replaced)), Decimal(0), now)

    @staticmethod
    def _gives_way(kind: Kind, fact: Fact, entry: dict[str, Value]) -> bool:
        same_side = entry.get("side") in (None, fact.side)
        return (fact.value == entry[kind.name] and same_side) or kind.name in SINGLE.values()

    # --- numbers -----------------------------------------------------------------------------------------------------

    def _numbers(self, kind: Kind, condition: Condition) -> Iterator[Candidate]:
        test = dict(condition.tests)[VALUE]
        if not isinstance(test, Within):
            return
        facts = self.memory.of(kind.name)
        side = dict(condition.tests).get("side")
        if isinstance(side, OneOf):
            facts = [fact for fact in facts if fact.side in side.values]
        if any(fact in self.held for fact in facts):
            return
        goal = _just_inside(test, STEPS.get(kind.type.unit, Decimal(1)))
        if (kind.type.minimum is not None and goal < kind.type.minimum) or goal < 0:
            return
        failing = [fact for fact in facts if not test.accepts(fact.value)]
        moves = [abs(Decimal(fact.value) - goal) / max(abs(goal), Decimal(1)) for fact in failing]
        now = "; ".join(show_fact(self.vocabulary, fact) for fact in failing)
        text = self._number_text(kind, goal, failing)
        yield Candidate(self._moved(kind, goal, failing), text, label_of(kind, bool(facts)), sum(moves, Decimal(0)), now)

    def _moved(self, kind: Kind, goal: Decimal, failing: list[Fact]) -> Change:
        if kind.name in RACE_UNITS:
            days = (goal * RACE_UNITS[kind.name]).to_integral_value(rounding="ROUND_CEILING")
            return SetPath("race.date", days_ahead(self.session.situation.intake.as_of, days))
        sides = sorted({str(fact.side) for fact in failing if fact.side})
        if len(sides) == 1:
            return AddFact({kind.name: goal, "side": sides[0]})
        return AddFact({kind.name: goal})

    def _number_text(self, kind: Kind, goal: Decimal, failing: list[Fact]) -> str:
        text = kind.label.replace("{value}", show(goal, kind.type.unit))
        sides = sorted({str(fact.side) for fact in failing if fact.side})
        return f"{text}, {sides[0]}" if len(sides) == 1 else text

    # --- equipment and positions -------------------------------------------------------------------------------------

    def _practical(self) -> Iterator[Candidate]:
        """What the exercise itself asks for: one set of equipment, or a position the runner cannot take."""
        exercise = self.program.exercises[self.wanted.name]
        have = self.session.situation.equipment or frozenset()
        if exercise.equipment_choice(have) is None:
            for choice in exercise.equipment:
                for name in sorted(set(choice) - have)[:1] if len(set(choice) - have) == 1 else ():
                    yield from self._added(self.vocabulary.kinds["equipment"], {"equipment": name})
        cannot = [fact for fact in self.memory.of("cannot") if fact not in self.held]
        for fact in cannot:
            yield Candidate(RemoveFacts((fact,)), f"no longer: {show_fact(self.vocabulary, fact)}", EARN, Decimal(0))
        if (limit := self.session.situation.number("minutes_per_session")) is not None:
            yield from self._more_minutes(limit)

    def _more_minutes(self, limit: Decimal) -> Iterator[Candidate]:
        for more in (5, 10, 15, 30):
            goal = limit + more
            text = f"{show(goal, 'min')} for each session"
            yield Candidate(
                SetPath("constraints.minutes_per_session", goal), text, EARN, Decimal(more) / goal, show(limit, "min")
            )


def label_of(kind: Kind, recorded: bool) -> str:
    """What kind of change it would be to have this fact. A capacity that is recorded is earned; one that is not, may be there."""
    if kind.name in UNCHANGING:
        return FIXED
    if kind.name in SAFETY_KINDS:
        return TESTED
    if kind.name in EARNED or kind.name in LISTS.values():
        return EARN
    return EARN if recorded and kind.type.is_number else TESTED


def _just_inside(test: Within, step: Decimal) -> Decimal:
    """The number nearest to the cut-off that passes, in whole steps where the cut-off itself does not."""
    if test.low is not None:
        return test.low + step if test.open_ends else test.low
    high = test.high if test.high is not None else Decimal(0)
    return high - step if test.open_ends else high


def kinds_of(found: Iterable[Candidate]) -> list[str]:
    """The labels of several changes together: the least modifiable of them."""
    return sorted({one.label for one in found}, key=LABELS.index)
