"""The ways that lead to an item: every rule that could have brought it in, and the state of each of its conditions."""

from collections.abc import Iterator
from dataclasses import dataclass

from stridewise.explain.goal import EXERCISE, METRIC, STAGE, TARGET, PlanGoal
from stridewise.inference.evaluation import FAILS, HOLDS, Evaluation, describe_condition
from stridewise.language.condition import Condition
from stridewise.language.fact import VALUE, Fact, show_fact
from stridewise.language.rule import Adjust, Avoid, Conclude, Consequent, Prescribe, Rule, Train
from stridewise.planning.companions import partners
from stridewise.program.program import Program
from stridewise.recommendation.reasons import merge_sides
from stridewise.session import Session

MAX_BELOW = 2  # how far down the rules behind a concluded fact are told


@dataclass(frozen=True, slots=True)
class Tested:
    """One condition: `state` is holds, fails or unknown; `group` says how many of which group are needed; `found` is what the
    record says instead; `below` are the rules that could conclude it."""

    text: str
    state: str
    group: str = ""
    found: tuple[str, ...] = ()
    below: tuple["Route", ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A rule that could have led to the item. `fired`: it did, and something else is in the way."""

    rule: str
    title: str
    leads: str
    fired: bool
    conditions: tuple[Tested, ...]

    @property
    def failing(self) -> int:
        return sum(tested.state != HOLDS for tested in self.conditions)


def routes(session: Session, goal: PlanGoal) -> tuple[Route, ...]:
    """All rules that could lead to it; what fired first, then what lacks least."""
    routes_ = [_route(session, rule, leads, 0) for rule, leads in leading(session.situation.program, goal)]
    return tuple(sorted(routes_, key=lambda route: (not route.fired, route.failing, route.rule)))


def leading(program: Program, goal: PlanGoal) -> Iterator[tuple[Rule, str]]:
    """The rules that reach an item directly, with how. An item that is in a plan is there through one of them, or because the
    clinician pinned it or what it is an easier step to."""
    reached = _Reached(program, goal)
    for rule in program.rules:
        if (how := reached.by(rule)) is not None:
            yield rule, how


def easier(program: Program, exercise: str) -> frozenset[str]:
    """Every easier step of an exercise that stands in while it is not earned."""
    steps: set[str] = set()
    waiting = list(program.exercises[exercise].regression) if program.exercises[exercise].gates else []
    while waiting:
        name = waiting.pop()
        if name not in steps:
            steps.add(name)
            waiting += program.exercises[name].regression
    return frozenset(steps - {exercise})


class _Reached:
    """How rules lead to one item."""

    def __init__(self, program: Program, goal: PlanGoal) -> None:
        self.program = program
        self.goal = goal
        self.told = {
            EXERCISE: self._to_exercise,
            TARGET: self._to_target,
            METRIC: self._to_metric,
            STAGE: self._to_stage,
        }.get(goal.kind)

    def by(self, rule: Rule) -> str | None:
        if self.told is None:
            return "it is this rule" if rule.id == self.goal.name else None
        return next((how for item in rule.consequents if (how := self.told(item)) is not None), None)

    def _to_exercise(self, item: Consequent) -> str | None:
        name = self.goal.name
        match item:
            case Train(target=target, options=options) if name in options:
                return f"calls for {_target(self.program, target)}, and this is one of its choices"
            case Train(target=target) if target in self.program.exercises[name].targets.direct:
                return f"calls for {_target(self.program, target)}, which this exercise trains"
            case Prescribe(prescribe=exercise, wherever_planned=named) if exercise == name:
                return (
                    f"calls for it wherever {partners(self.program, named)} is planned"
                    if named
                    else "calls for this exercise by name"
                )
            case Avoid(avoid=what, instead=instead) if name in instead:
                return f"offers this exercise in place of {self._avoided(what)}"
        return self._easier_than(item)

    def _avoided(self, what: object) -> str:
        return self.program.exercises[what].name.lower() if isinstance(what, str) else "what it keeps out"

    def _easier_than(self, item: Consequent) -> str | None:
        """It stands in for an exercise that a rule names, while that is not earned."""
        named = item.options if isinstance(item, Train) else (item.prescribe,) if isinstance(item, Prescribe) else ()
        for name in named:
            if self.goal.name in easier(self.program, name):
                return f"calls for {self.program.exercises[name].name}, and this is an easier step towards it"
        return None

    def _to_target(self, item: Consequent) -> str | None:
        match item:
            case Train(target=target) | Prescribe(target=target) if target == self.goal.name:
                return "calls for this target"
            case Prescribe(prescribe=exercise) if self._serves(exercise):
                return f"calls for {self.program.exercises[exercise].name}, which trains it"
            case Avoid(instead=instead):
                serving = [self.program.exercises[name].name for name in instead if self._serves(name)]
                return f"offers {serving[0]}, which trains it" if serving else None
        return None

    def _serves(self, exercise: str) -> bool:
        """The exercise, or an easier step of it, trains the target."""
        names = {exercise, *easier(self.program, exercise)}
        return any(self.goal.name in self.program.exercises[name].targets.direct for name in names)

    def _to_metric(self, item: Consequent) -> str | None:
        return "changes this metric" if isinstance(item, Adjust) and item.adjust == self.goal.name else None

    def _to_stage(self, item: Consequent) -> str | None:
        is_it = isinstance(item, Conclude) and item.kind == "stage" and dict(item.values)[VALUE] == self.goal.name
        return "says that this stage holds" if is_it else None


def _target(program: Program, name: str) -> str:
    term = program.vocabulary.terms.get("targets", {}).get(name)
    return term.label if term else name.replace("_", " ")


def _route(session: Session, rule: Rule, leads: str, depth: int) -> Route:
    evaluation = Evaluation(session.situation.program, session.situation.memory)
    title = (rule.title or rule.because.text).rstrip(".")
    return Route(rule.id, title, leads, evaluation.fires(rule.conditions), tuple(_tested(session, evaluation, rule, depth)))


def _tested(session: Session, evaluation: Evaluation, rule: Rule, depth: int) -> Iterator[Tested]:
    for number, group in rule.conditions.groups():
        yield from _group(session, evaluation, group, number, depth)
    for condition in rule.conditions.absents:
        text = f"not: {describe_condition(session.situation.program.vocabulary, condition)}"
        is_held = evaluation.held(condition)
        yield Tested(text, FAILS if is_held else HOLDS, found=_recorded(session, condition, is_held))


def _group(session: Session, evaluation: Evaluation, group: tuple[Condition, ...], number: int, depth: int) -> Iterator[Tested]:
    """The conditions of a group; where the group is met, only those that hold. One that stands alone is no group."""
    name = f"{'one' if number == 1 else number} of {len(group)}" if len(group) > 1 else ""
    tested = [_single(session, evaluation, condition, name, depth) for condition in group]
    held = [result for result in tested if result.state == HOLDS]
    yield from held if len(held) >= number else tested


def _single(session: Session, evaluation: Evaluation, condition: Condition, group: str, depth: int) -> Tested:
    state = evaluation.state(condition)
    below: list[Route] = []
    if state != HOLDS and depth < MAX_BELOW:
        below = [_route(session, rule, "", depth + 1) for rule in session.situation.program.suppliers.of(condition)]
    text = describe_condition(session.situation.program.vocabulary, condition)
    return Tested(text, state, group, _recorded(session, condition, state == HOLDS), tuple(below))


def _recorded(session: Session, condition: Condition, held: bool) -> tuple[str, ...]:
    """The facts that meet a condition, or where none does, what is recorded of its kind and value."""
    memory, vocabulary = session.situation.memory, session.situation.program.vocabulary
    facts = list(memory.matching(condition, {})) if held else _near(session, condition)
    shown = []
    for fact in merge_sides(facts, lambda fact: fact.places)[:3]:
        at = ", ".join(dict.fromkeys(map(str, fact.places)))
        shown.append(f"{show_fact(vocabulary, fact)}{f' ({at})' if at else ''}")
    return tuple(shown)


def _near(session: Session, condition: Condition) -> list[Fact]:
    facts = session.situation.memory.of(condition.kind)
    named = condition.constants
    return [fact for fact in facts if named is None or fact.value in named] or list(facts[:3])
