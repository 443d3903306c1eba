"""What can be wrong with a pathway: stages that nobody can be in, criteria that contradict each other, exercises that a stage
asks for and keeps out."""

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject, check
from stridewise.authoring.checks.logic import contradiction, disjoint, is_pinned
from stridewise.authoring.checks.reachability import may_mean
from stridewise.language.condition import Condition, Conditions
from stridewise.language.rule import Avoid, Prescribe, Rule, Train


@check("unreachable-stage")
def unreachable_stages(subject: Subject) -> Iterator[Finding]:
    """All that must hold by the time a stage is reached, from `when` to the last criterion before it, can hold together."""
    for name, written in subject.pathways.items():
        pathway = subject.program.pathways[name]
        asked = [pathway.when]
        for number, stage in enumerate(pathway.stages):
            before = pathway.stages[number - 1].exit if number else ()
            asked += [*(criterion.conditions for criterion in before), stage.enter]
            if reason := _why_not(subject, asked):
                message = f"{pathway.term(stage.id)} cannot be reached: {reason}."
                steps = ("stages", number - 1, "exit") if number else ("stages", number)
                mend = "Mend or remove one of the criteria up to here."
                yield Finding("error", written.at(*steps), message, mend)
                break


def _why_not(subject: Subject, asked: Iterable[Conditions]) -> str:
    every = together(asked)
    for one, other in combinations(every.positives, 2):
        if _contradict(one, other):
            return f'two criteria ask for different values of the same "{one.kind}"'
    return contradiction(subject.program.vocabulary, every)


def together(asked: Iterable[Conditions]) -> Conditions:
    """All of these as one."""
    every = tuple(asked)
    return Conditions(
        tuple(one for part in every for one in part.positives),
        tuple(one for part in every for one in part.absents),
        tuple(one for part in every for one in part.any_of),
        tuple(one for part in every for one in part.at_least),
    )


def _contradict(one: Condition, other: Condition) -> bool:
    """Are both about the same thing, and does no number pass both?"""
    first, second = dict(one.tests), dict(other.tests)
    if one.kind != other.kind or first.keys() != second.keys():
        return False
    differ = [name for name in first if first[name] != second[name]]
    named = all(is_pinned(test) for name, test in first.items() if name not in differ)
    return named and len(differ) == 1 and disjoint(first[differ[0]], second[differ[0]])


@check("no-exit")
def open_ends(subject: Subject) -> Iterator[Finding]:
    """Every stage but the last has criteria, or nobody is ever in it."""
    for name, written in subject.pathways.items():
        pathway = subject.program.pathways[name]
        for number, (stage, after) in enumerate(pairwise(pathway.stages)):
            if not stage.exit and after.enter.are_none:
                message = f"{pathway.term(stage.id)} has no exit: {pathway.term(after.id)} holds as soon as it does."
                yield Finding("error", written.at("stages", number), message, "Say in exit: what opens the next.")


@check("vetoed-exercise")
def vetoed_exercises(subject: Subject) -> Iterator[Finding]:
    """No stage asks for an exercise that it keeps out itself."""
    for name, written in subject.pathways.items():
        pathway = subject.program.pathways[name]
        for number, stage in enumerate(pathway.stages):
            content = subject.program.rule(stage.rules[2])
            for exercise, level in _kept_out(subject, content):
                message = f"{pathway.term(stage.id)} asks for {exercise} and keeps it out ({level})."
                firm: FindingLevel = "error" if level == "contraindication" else "warning"
                mend = "Name another exercise, or narrow what is avoided."
                yield Finding(firm, written.at("stages", number, "then"), message, mend)


def _kept_out(subject: Subject, content: Rule | None) -> Iterator[tuple[str, str]]:
    consequents = content.consequents if content is not None else ()
    asked = {name for item in consequents if isinstance(item, Train) for name in item.options}
    asked |= {item.prescribe for item in consequents if isinstance(item, Prescribe)}
    for item in (item for item in consequents if isinstance(item, Avoid)):
        for name in sorted(asked & set(subject.program.exercises)):
            if may_mean(item, subject.program.exercises[name]):
                yield name, item.level


@check("missing-question")
def unasked_criteria(subject: Subject) -> Iterator[Finding]:
    """Every criterion has a question of its own, or rests on something that has one."""
    kinds = subject.program.vocabulary.kinds
    for name, written in subject.pathways.items():
        pathway = subject.program.pathways[name]
        every = ((number, stage, *one) for number, stage in enumerate(pathway.stages) for one in enumerate(stage.exit))
        for number, stage, index, criterion in every:
            if not (criterion.question or any(kinds[one.kind].question for one in criterion.conditions.every())):
                message = f"{pathway.term(stage.id)}: nobody can be asked for: {criterion.earn}"
                yield Finding("warning", written.at("stages", number, "exit", index), message, "Add question: in plain words.")
