"""The single changes that why-not tries, the smallest first: facts that the rules and gates on the way to an item lack, numbers
that stand on the wrong side of a cut-off, and what an exercise needs in practice."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product

from stridewise.explain.change import RACE_UNITS, Maker, PossibleChange
from stridewise.explain.edits.changes import gives_way
from stridewise.explain.edits.entries import PATHS
from stridewise.explain.goal import EXERCISE, TRAINED, PlanGoal
from stridewise.explain.intervals import is_possible, just_inside, just_outside, step
from stridewise.explain.modifiability import Need
from stridewise.explain.proof import Given, Lack, OpenRule, lacking, open_rules
from stridewise.explain.safety import met, supports
from stridewise.inference.evaluation import Evaluation
from stridewise.language.condition import Condition, OneOf, Test, Variable, Within
from stridewise.language.fact import VALUE, Fact
from stridewise.language.vocabulary import Attribute, Kind, Value, ValueType
from stridewise.profile.facts import SINGLE
from stridewise.session import Session

MAX_VALUES = 12  # of one condition that names many
ANY_VALUES = 3  # of one that takes any value
MORE_MINUTES = (5, 10, 15, 30)
MOST_MISSING = 2  # items of one set of equipment


def possible_changes(session: Session, goal: PlanGoal) -> tuple[PossibleChange, ...]:
    """Every single change in the searched space, the smallest first. None touches a fact that a referral, a veto or a precaution
    rests on."""
    smallest: dict[str, PossibleChange] = {}
    for change in sorted(_Finder(session, goal).run(), key=lambda change: change.order):
        smallest.setdefault(str(change.change), change)
    return tuple(smallest.values())


class _Finder:
    def __init__(self, session: Session, goal: PlanGoal) -> None:
        self.session = session
        self.goal = goal
        self.program = session.situation.program
        self.vocabulary = self.program.vocabulary
        self.memory = session.situation.memory
        self.evaluation = Evaluation(self.program, self.memory)
        self.held = supports(session)
        self.make = Maker(session)

    def run(self) -> Iterator[PossibleChange]:
        for open_rule in open_rules(self.session, self.goal):
            for lack in lacking(self.evaluation, open_rule):
                yield from self._for(lack)
            yield from self._escapes(self._denials(open_rule))
        if self.goal.kind == EXERCISE:
            yield from self._practical()
            yield from self._escapes(self._preferences())

    # --- from a condition --------------------------------------------------------------------------------------------

    def _for(self, lack: Lack) -> Iterator[PossibleChange]:
        kind = self.vocabulary.kinds[lack.condition.kind]
        if kind.mode == "derived" or not self._may_offer(kind):
            return
        yield from self._numbers(kind, lack) if kind.type.is_number else self._terms(kind, lack)

    def _may_offer(self, kind: Kind) -> bool:
        """Safety kinds only as something that would be found, never over what is recorded, and never to get an exercise."""
        if kind.traits.safety:
            findable = kind.mode != "computed" and kind.name not in PATHS
            return findable and self.goal.kind not in TRAINED and not self.memory.by_kind.get(kind.name)
        return kind.mode != "computed" or kind.name in {*RACE_UNITS, *SINGLE.values(), "weekly_distance"}

    def _terms(self, kind: Kind, lack: Lack) -> Iterator[PossibleChange]:
        values = self._meeting(kind.type, lack.condition.value, lack.given)
        for value, attributes in product(values, self._attributes(kind, lack)):
            yield from self._added(kind, {kind.name: value, **attributes}, lack.open_rule.is_gate)

    def _meeting(self, type_: ValueType, test: Test, given: Given) -> Sequence[Value]:
        """The values that meet a test: those it names, the numbers nearest inside each end, those that other conditions give to
        its variable; a few where it takes any."""
        match test:
            case OneOf(values):
                return sorted(values)[:MAX_VALUES]  # the values of one field are all numbers or all words
            case Within():
                return list(just_inside(test, step(type_)))
            case Variable(name) if given[name]:
                return list(given[name])[:MAX_VALUES]
        if not type_.terms and not type_.is_number and not type_.text:
            return ["yes", "no"]
        terms = self.vocabulary.terms.get(type_.terms, {})
        return [name for name in sorted(terms) if not terms[name].negative][:ANY_VALUES]

    def _attributes(self, kind: Kind, lack: Lack) -> list[dict[str, Value]]:
        """The attributes that meet the condition, one mapping for each choice that its variables leave."""
        options = [
            [(name, value) for value in self._attribute(kind.attributes[name], test, lack.given)]
            for name, test in lack.condition.tests
            if name != VALUE
        ]
        return [{name: value for name, value in chosen if value is not None} for chosen in product(*options)]

    def _attribute(self, attribute: Attribute, test: Test, given: Given) -> Sequence[Value | None]:
        """The values an attribute needs, one where no variable joins it; None where the default passes or nothing is asked of
        it."""
        is_joined = isinstance(test, Variable) and bool(given[test.name])
        if attribute.default is not None and test.accepts(attribute.default) and not is_joined:
            return [None]
        meeting = self._meeting(attribute.type, test, given)
        return meeting if is_joined else meeting[:1] or [None]

    def _added(self, kind: Kind, entry: dict[str, Value], is_gate: bool = False) -> Iterator[PossibleChange]:
        if self.goal.kind in TRAINED and self.vocabulary.is_safety(kind.name, entry[kind.name]):
            return
        facts = self.make.stated(kind, entry)
        replaced = [f for f in self.memory.of(kind.name) if any(gives_way(self.vocabulary, new, f) for new in facts)]
        if any(fact in self.held for fact in replaced) or all(fact in self.memory.facts for fact in facts):
            return
        is_known = kind.mode == "closed" and kind.name in self.memory.answered
        yield self.make.added(Need(kind, entry[kind.name], tuple(replaced), is_known, is_gate, _is_owned(kind, entry)), entry)

    # --- numbers -----------------------------------------------------------------------------------------------------

    def _numbers(self, kind: Kind, lack: Lack) -> Iterator[PossibleChange]:
        """A recorded number moved, or where none is looked at, a new one."""
        condition = lack.condition
        joined = {name for name, _ in condition.variables}
        meeting = self._meeting(kind.type, condition.value, lack.given)
        numbers = [one for one in meeting if isinstance(one, Decimal) and is_possible(kind.type, one)]
        for number, attributes in product(numbers, self._attributes(kind, lack)):
            fixed = {name: value for name, value in attributes.items() if name in joined}
            looked_at = [
                fact
                for fact in self.memory.of(kind.name)
                if _passes_beside(condition, fact) and all(fact.get(name) == value for name, value in fixed.items())
            ]
            if looked_at:
                yield from self._moves(kind, number, [fact for fact in looked_at if fact.value != number], lack.open_rule.is_gate)
            else:
                yield self.make.unrecorded(kind, number, attributes, condition.value)

    def _moves(self, kind: Kind, number: Decimal, failing: list[Fact], is_gate: bool) -> Iterator[PossibleChange]:
        """Each of the facts moved alone, and left and right together."""
        if any(fact in self.held for fact in failing):
            return
        groups = [[fact] for fact in failing]
        if len(failing) == 2 and {fact.side for fact in failing} == {"left", "right"}:
            groups.append(failing)
        for group in groups:
            attributes = {name: value for name, value in group[0].attributes if len(group) == 1 or name != "side"}
            yield self.make.moved(kind, number, attributes, tuple(group), is_gate)

    # --- numbers that speak against it -------------------------------------------------------------------------------

    def _denials(self, open_rule: OpenRule) -> Iterator[tuple[Condition, Fact]]:
        """What was met on the way to what this rule asks not to be so."""
        for condition in open_rule.conditions.absents:
            for fact in self.memory.matching(condition, {}):
                for activation in self.memory.derivations.get(fact, ()):
                    yield from met(self.session, activation)

    def _preferences(self) -> Iterator[tuple[Condition, Fact]]:
        for avoidance in self.session.recommendations.avoid:
            if avoidance.what.level == "preference" and avoidance.what.avoid == self.goal.name:
                for activation in avoidance.firing.activations:
                    yield from met(self.session, activation)

    def _escapes(self, pairs: Iterable[tuple[Condition, Fact]]) -> Iterator[PossibleChange]:
        """A number moved just outside the comparison that it met."""
        for condition, fact in pairs:
            kind, test = self.vocabulary.kinds[fact.kind], condition.value
            if kind.type.is_number and isinstance(test, Within) and not kind.traits.safety and self._may_offer(kind):
                for number in just_outside(test, step(kind.type)):
                    if is_possible(kind.type, number):
                        yield from self._moves(kind, number, [fact], is_gate=True)

    # --- equipment and positions -------------------------------------------------------------------------------------

    def _practical(self) -> Iterator[PossibleChange]:
        """What the exercise itself asks for: equipment, a position the runner cannot take, and time."""
        exercise = self.program.exercises[self.goal.name]
        have = self.session.situation.equipment or frozenset()
        if exercise.equipment_choice(have) is None:
            missing = [set(choice) - have for choice in exercise.equipment]
            for name in sorted({name for few in missing if len(few) <= MOST_MISSING for name in few}):
                yield from self._added(self.vocabulary.kinds["equipment"], {"equipment": name})
        for fact in self.memory.of("cannot"):
            if fact not in self.held:
                yield self.make.possible_again(fact)
        if (limit := self.session.situation.number("minutes_per_session")) is not None:
            yield from (self.make.more_minutes(limit, Decimal(more)) for more in MORE_MINUTES)


def _is_owned(kind: Kind, entry: dict[str, Value]) -> bool:
    """Does the entry say of a skill that it is mastered?"""
    return any(name in entry and entry[name] == attribute.mastered for name, attribute in kind.attributes.items())


def _passes_beside(condition: Condition, fact: Fact) -> bool:
    """Does a fact pass in everything but its value?"""
    said = [(test, fact.get(name)) for name, test in condition.tests if name != VALUE]
    return all(value is not None and test.accepts(value) for test, value in said)
