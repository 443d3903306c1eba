"""What can be wrong with a pathway: stages that nobody can be in, criteria that contradict each other, exercises that a stage
asks for and keeps out."""

from collections.abc import Iterable, Iterator

from stridewise.authoring.checks.finding import Finding, FindingLevel, Subject
from stridewise.authoring.checks.logic import contradiction, disjoint
from stridewise.authoring.checks.reachability import may_mean
from stridewise.documents.located import line_of
from stridewise.language.condition import Condition, Conditions, OneOf, Variable
from stridewise.language.pathway import Pathway
from stridewise.language.rule import Avoid, Prescribe, Rule, Train
from stridewise.language.vocabulary import Place
from stridewise.packs.pack import Written


def _at(written: Written, *steps: str | int) -> Place:
    return Place(written.place.path, line_of(written.node, *steps))


class UnreachableStages:
    """All that must hold by the time a stage is reached, from `when` to the last criterion before it, can hold together."""

    name = "unreachable-stage"

    def find(self, subject: Subject) -> Iterator[Finding]:
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
                    yield Finding("error", _at(written, *steps), self.name, message, mend)
                    break


def _why_not(subject: Subject, asked: Iterable[Conditions]) -> str:
    every = together(asked)
    apart = next(
        (
            one.kind
            for index, one in enumerate(every.positives)
            for other in every.positives[index + 1 :]
            if _contradict(one, other)
        ),
        "",
    )
    if apart:
        return f'two criteria ask for different values of the same "{apart}"'
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
    rest = (first[name] for name in first if name not in differ)
    named = all(isinstance(test, Variable) or (isinstance(test, OneOf) and len(test.values) == 1) for test in rest)
    return named and len(differ) == 1 and disjoint(first[differ[0]], second[differ[0]])


class OpenEnds:
    """Every stage but the last has criteria, or nobody is ever in it."""

    name = "no-exit"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for name, written in subject.pathways.items():
            pathway = subject.program.pathways[name]
            for number, stage in enumerate(pathway.stages[:-1]):
                after = pathway.stages[number + 1]
                if not stage.exit and after.enter == Conditions():
                    message = f"{pathway.term(stage.id)} has no exit: {pathway.term(after.id)} holds as soon as it does."
                    yield Finding(
                        "error", _at(written, "stages", number), self.name, message, "Say in exit: what opens the next."
                    )


class VetoedExercises:
    """No stage asks for an exercise that it keeps out itself."""

    name = "vetoed-exercise"

    def find(self, subject: Subject) -> Iterator[Finding]:
        for name, written in subject.pathways.items():
            pathway = subject.program.pathways[name]
            for number, stage in enumerate(pathway.stages):
                content = subject.program.rule(stage.rules[2])
                for exercise, level in _kept_out(subject, content):
                    message = f"{pathway.term(stage.id)} asks for {exercise} and keeps it out ({level})."
                    firm: FindingLevel = "error" if level == "contraindication" else "warning"
                    mend = "Name another exercise, or narrow what is avoided."
                    yield Finding(firm, _at(written, "stages", number, "then"), self.name, message, mend)


def _kept_out(subject: Subject, content: Rule | None) -> Iterator[tuple[str, str]]:
    consequents = content.consequents if content is not None else ()
    asked = {name for item in consequents if isinstance(item, Train) for name in item.options}
    asked |= {item.prescribe for item in consequents if isinstance(item, Prescribe)}
    for item in (item for item in consequents if isinstance(item, Avoid)):
        for name in sorted(asked & set(subject.program.exercises)):
            if may_mean(item, subject.program.exercises[name]):
                yield name, item.level


def first_criteria(pathway: Pathway) -> Iterator[tuple[int, int]]:
    """Where every criterion of a pathway stands: the stage, and its place there."""
    return ((number, index) for number, stage in enumerate(pathway.stages) for index in range(len(stage.exit)))


class UnaskedCriteria:
    """Every criterion has a question of its own, or rests on something that has one."""

    name = "missing-question"

    def find(self, subject: Subject) -> Iterator[Finding]:
        kinds = subject.program.vocabulary.kinds
        for name, written in subject.pathways.items():
            pathway = subject.program.pathways[name]
            for number, index in first_criteria(pathway):
                criterion = pathway.stages[number].exit[index]
                asked = criterion.question or any(kinds[one.kind].question for one in criterion.conditions.every())
                if not asked:
                    message = f"{pathway.term(pathway.stages[number].id)}: nobody can be asked for: {criterion.earn}"
                    place = _at(written, "stages", number, "exit", index)
                    yield Finding("warning", place, self.name, message, "Add question: in plain words.")
