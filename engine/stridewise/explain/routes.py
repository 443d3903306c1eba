"""The ways that lead to an item: every rule that could have brought it in, and the state of each of its conditions."""

from collections.abc import Iterator
from dataclasses import dataclass

from stridewise.explain.goal import EXERCISE, METRIC, RULE, STAGE, TARGET, PlanGoal
from stridewise.inference.evaluation import FAILS, HOLDS, Evaluation, describe_condition
from stridewise.language.condition import Condition
from stridewise.language.fact import VALUE, show_fact
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
    evaluation = Evaluation(session.situation.program, session.situation.memory)
    routes_ = [_route(evaluation, rule, leads, 0) for rule, leads in leading(evaluation.program, goal)]
    return tuple(sorted(routes_, key=lambda route: (not route.fired, route.failing, route.rule)))


def leading(program: Program, goal: PlanGoal) -> Iterator[tuple[Rule, str]]:
    """The rules that reach an item directly, with how. An item that is in a plan is there through one of them, or because the
    clinician pinned it or what it is an easier step to."""
    if goal.kind == RULE:
        yield from ((rule, "it is this rule") for rule in program.rules if rule.id == goal.name)
        return
    for rule in program.rules:
        how = next(filter(None, (_TO[goal.kind](program, goal.name, item) for item in rule.consequents)), None)
        if how is not None:
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


# --- how one consequent of a rule leads to an item ------------------------------------------------------------------------


def _to_exercise(program: Program, name: str, item: Consequent) -> str | None:
    match item:
        case Train(target=target, options=options) if name in options:
            return f"calls for {_target(program, target)}, and this is one of its choices"
        case Train(target=target) if target in program.exercises[name].targets.direct:
            return f"calls for {_target(program, target)}, which this exercise trains"
        case Prescribe(prescribe=exercise, wherever_planned=named) if exercise == name:
            return f"calls for it wherever {partners(program, named)} is planned" if named else "calls for this exercise by name"
        case Avoid(avoid=what, instead=instead) if name in instead:
            kept_out = program.exercises[what].name.lower() if isinstance(what, str) else "what it keeps out"
            return f"offers this exercise in place of {kept_out}"
    named = item.options if isinstance(item, Train) else (item.prescribe,) if isinstance(item, Prescribe) else ()
    harder = next((other for other in named if name in easier(program, other)), None)
    return harder and f"calls for {program.exercises[harder].name}, and this is an easier step towards it"


def _to_target(program: Program, name: str, item: Consequent) -> str | None:
    match item:
        case Train(target=target) | Prescribe(target=target) if target == name:
            return "calls for this target"
        case Prescribe(prescribe=exercise) if _serves(program, name, exercise):
            return f"calls for {program.exercises[exercise].name}, which trains it"
        case Avoid(instead=instead):
            serving = next((exercise for exercise in instead if _serves(program, name, exercise)), None)
            return serving and f"offers {program.exercises[serving].name}, which trains it"
    return None


def _serves(program: Program, target: str, exercise: str) -> bool:
    """The exercise, or an easier step of it, trains the target."""
    names = {exercise, *easier(program, exercise)}
    return any(target in program.exercises[name].targets.direct for name in names)


def _to_metric(program: Program, name: str, item: Consequent) -> str | None:
    return "changes this metric" if isinstance(item, Adjust) and item.adjust == name else None


def _to_stage(program: Program, name: str, item: Consequent) -> str | None:
    is_it = isinstance(item, Conclude) and item.kind == "stage" and dict(item.values)[VALUE] == name
    return "says that this stage holds" if is_it else None


_TO = {EXERCISE: _to_exercise, TARGET: _to_target, METRIC: _to_metric, STAGE: _to_stage}


def _target(program: Program, name: str) -> str:
    term = program.vocabulary.terms.get("targets", {}).get(name)
    return term.label if term else name.replace("_", " ")


# --- the state of each condition ------------------------------------------------------------------------------------------


def _route(evaluation: Evaluation, rule: Rule, leads: str, depth: int) -> Route:
    title = (rule.title or rule.because.text).rstrip(".")
    return Route(rule.id, title, leads, evaluation.fires(rule.conditions), tuple(_tested(evaluation, rule, depth)))


def _tested(evaluation: Evaluation, rule: Rule, depth: int) -> Iterator[Tested]:
    for number, group in rule.conditions.groups():
        yield from _group(evaluation, group, number, depth)
    for condition in rule.conditions.absents:
        text = f"not: {describe_condition(evaluation.program.vocabulary, condition)}"
        is_held = evaluation.held(condition)
        yield Tested(text, FAILS if is_held else HOLDS, found=_recorded(evaluation, condition, is_held))


def _group(evaluation: Evaluation, group: tuple[Condition, ...], number: int, depth: int) -> Iterator[Tested]:
    """The conditions of a group; where the group is met, only those that hold. One that stands alone is no group."""
    name = f"{'one' if number == 1 else number} of {len(group)}" if len(group) > 1 else ""
    tested = [_single(evaluation, condition, name, depth) for condition in group]
    held = [result for result in tested if result.state == HOLDS]
    yield from held if len(held) >= number else tested


def _single(evaluation: Evaluation, condition: Condition, group: str, depth: int) -> Tested:
    state, program = evaluation.state(condition), evaluation.program
    suppliers = program.suppliers.of(condition) if state != HOLDS and depth < MAX_BELOW else ()
    below = tuple(_route(evaluation, rule, "", depth + 1) for rule in suppliers)
    text = describe_condition(program.vocabulary, condition)
    return Tested(text, state, group, _recorded(evaluation, condition, state == HOLDS), below)


def _recorded(evaluation: Evaluation, condition: Condition, held: bool) -> tuple[str, ...]:
    """The facts that meet a condition, or where none does, what is recorded of its kind and value."""
    memory, named = evaluation.memory, condition.constants
    facts = list(memory.matching(condition, {})) if held else memory.of(condition.kind)
    if not held:
        facts = [fact for fact in facts if named is None or fact.value in named] or facts[:3]
    shown = []
    for fact in merge_sides(facts, lambda fact: fact.places)[:3]:
        at = ", ".join(dict.fromkeys(map(str, fact.places)))
        shown.append(f"{show_fact(evaluation.program.vocabulary, fact)}{f' ({at})' if at else ''}")
    return tuple(shown)
