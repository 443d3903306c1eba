"""What can never come about: rules that wait for a conclusion nobody draws, exercises that no rule leads to, ladders that
lead in circles, avoidances that mean nothing."""

from collections.abc import Iterable, Iterator, Mapping

from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject, check
from stridewise.authoring.checks.logic import contradiction
from stridewise.language.condition import Condition
from stridewise.language.exercise import Exercise
from stridewise.language.rule import Avoid, Prescribe, Rule, Selector, Train
from stridewise.program.program import Program, once


@check("unreachable")
def unreachable_rules(subject: Subject) -> Iterator[Finding]:
    """A rule whose derived facts no rule that can fire concludes."""
    reached = reachable_rules(subject.program)
    for rule in subject.rules:
        if rule.id not in reached and (lacking := unsupplied(subject.program, rule, reached)):
            message = f"{rule.id} can never fire: no rule concludes {lacking} as it asks."
            yield Finding("error", subject.place(rule, "when"), message, "Write that rule, or mend the condition.")


def unsupplied(program: Program, rule: Rule, reached: Iterable[str]) -> str:
    """The kinds that a rule asks for and no rule that can fire concludes so."""
    return " and ".join(sorted({c.kind for c in rule.conditions.present() if not _suppliable(program, c, reached)}))


@once
def reachable_rules(program: Program) -> frozenset[str]:
    """The ids of rules that can fire for some runner, as far as their own conditions and their derived facts go."""
    reached: set[str] = set()
    possible = [rule for rule in program.rules if not contradiction(program.vocabulary, rule.conditions)]
    grown = True
    while grown:
        new = {rule.id for rule in possible if rule.id not in reached and _can_fire(program, rule, reached)}
        reached |= new
        grown = bool(new)
    return frozenset(reached)


def _can_fire(program: Program, rule: Rule, reached: Iterable[str]) -> bool:
    def met(condition: Condition) -> bool:
        return _suppliable(program, condition, reached)

    return all(sum(map(met, group)) >= number for number, group in rule.conditions.groups())


def _suppliable(program: Program, condition: Condition, reached: Iterable[str]) -> bool:
    if program.vocabulary.kinds[condition.kind].mode != "derived":
        return True
    return any(supplier.id in reached for supplier in program.suppliers.of(condition))


@check("unreachable-exercise")
def unreachable_exercises(subject: Subject) -> Iterator[Finding]:
    """An exercise that no target, prescription, swap or ladder leads to: only a clinician's pin brings it into a plan."""
    reached = reachable_exercises(subject.program)
    for written in subject.exercises:
        if written.item.id not in reached:
            message = f"no rule leads to the exercise {written.item.id}: only a clinician's pin brings it into a plan."
            mend = "Name it in a rule (options, prescribe, instead) or in a ladder, or give it a target that a rule wants."
            yield Finding("warning", written.place, message, mend)


def reachable_exercises(program: Program) -> frozenset[str]:
    """Exercises that some rule can bring into a plan, or keeps out of one that the runner does already."""
    consequents = [item for rule in program.rules for item in rule.consequents]
    targets = {item.target for item in consequents if isinstance(item, Train | Prescribe)}
    waiting = {e.id for e in program.exercises.values() if targets & {*e.targets.direct, *e.targets.indirect}}
    waiting |= {name for item in consequents for name in _named(item)}
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in program.exercises and name not in reached:
            reached.add(name)
            exercise = program.exercises[name]
            waiting |= {*exercise.regression, *exercise.progression}
    return frozenset(reached)


def _named(item: object) -> tuple[str, ...]:
    match item:
        case Train(options=options):
            return options
        case Prescribe(prescribe=exercise):
            return (exercise,)
        case Avoid(avoid=str() as exercise, instead=instead):
            return (exercise, *instead)
        case Avoid(instead=instead):
            return instead
    return ()


@check("ladder")
def ladders(subject: Subject) -> Iterator[Finding]:
    """Progressions and regressions that lead in a circle, or up but not down again."""
    exercises = subject.program.exercises
    for written in subject.exercises:
        exercise: Exercise = written.item
        if cycle := _cycle(exercises, exercise.id):
            message = f"the progressions of {exercise.id} lead in a circle: {' → '.join(cycle)}."
            yield Finding("error", written.place, message, "Remove the rung that leads back.")
        for message, mend in _one_way(exercises, exercises[exercise.id]):
            yield Finding("warning", written.place, message, mend)


def _rungs_up(exercises: Mapping[str, Exercise], name: str) -> set[str]:
    """What is harder than an exercise: its progressions, and those that name it as their regression."""
    return {*exercises[name].progression, *(other.id for other in exercises.values() if name in other.regression)}


def _cycle(exercises: Mapping[str, Exercise], start: str) -> list[str]:
    """A way up that comes back to `start`; each circle is told once, from its first exercise."""
    ways, seen = [[start]], set()
    while ways:
        way = ways.pop()
        for name in sorted(_rungs_up(exercises, way[-1])):
            if name == start:
                return [*way, start] if start == min(way) else []
            if name not in seen and name in exercises:
                seen.add(name)
                ways.append([*way, name])
    return []


def _one_way(exercises: Mapping[str, Exercise], exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Rungs between two exercises of one pack that only one of them knows."""
    for here, back in (("progression", "regression"), ("regression", "progression")):
        for name in getattr(exercise, here):
            other = exercises.get(name)
            if other is not None and other.pack == exercise.pack and exercise.id not in getattr(other, back):
                message = f"{exercise.id} names {name} as {here}, but {name} does not name it as {back}."
                yield message, f"Add {exercise.id} to the {back} of {name}, or remove the rung."


@check("names-nothing")
def empty_avoidances(subject: Subject) -> Iterator[Finding]:
    """An avoidance by demand that no exercise makes keeps nothing out."""
    for rule, item, place in subject.consequents():
        if isinstance(item, Avoid) and not any(may_mean(item, one) for one in subject.program.exercises.values()):
            level: FindingLevel = "error" if item.level == "contraindication" else "warning"
            message = f"{rule.id}: the {item.level} names no exercise: none has this demand."
            yield Finding(level, place, message, 'Lower "above", or name another demand.')


def may_mean(item: Avoid, exercise: Exercise) -> bool:
    """Could an avoidance be about this exercise, whatever the runner does already?"""
    if isinstance(item.avoid, str):
        return item.avoid == exercise.id
    selector: Selector = item.avoid
    return selector.demand is None or exercise.demand(selector.demand) > selector.above
