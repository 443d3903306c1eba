"""A pathway on a page of the catalogue: who is on it, and stage by stage what is said, what holds, and what opens the next."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from stridewise.authoring.cases import Case
from stridewise.language.condition import Conditions
from stridewise.language.dosage_words import spoken_amount
from stridewise.language.pathway import Pathway, PathwayStage
from stridewise.language.rule import Consequent
from stridewise.program.program import Program


class Words(Protocol):
    """How a page tells conditions, consequents and sources."""

    def told_conditions(self, conditions: Conditions) -> Iterator[str]: ...

    def told_consequent(self, consequent: Consequent) -> str: ...

    def told_source(self, name: str) -> str: ...


def pathway_lines(pathway: Pathway, program: Program, words: Words, cases: Iterable[Case]) -> Iterator[str]:
    """The section of one pathway."""
    strength, certainty = (word.replace("_", " ") for word in (pathway.strength, pathway.certainty))
    yield from ("", f"## Pathway: {pathway.title}", "", f"`{pathway.id}`; {strength}, {certainty} certainty", "")
    yield from (f"- on it: {line}" for line in words.told_conditions(pathway.when))
    yield from (f"- source: {words.told_source(name)}" for name in pathway.sources)
    for number, stage in enumerate(pathway.stages, 1):
        yield from ("", f"**Stage {number} of {len(pathway.stages)}: {stage.title}**", "", stage.plain, "")
        yield from (f"- {line}" for line in _stage(pathway, stage, program, words, tuple(cases)))


def _stage(pathway: Pathway, stage: PathwayStage, program: Program, words: Words, cases: Iterable[Case]) -> Iterator[str]:
    name = pathway.term(stage.id)
    yield f"`{name}`{f', usually {spoken_amount(stage.weeks)} weeks' if stage.weeks else ''}"
    yield from (f"besides: {line}" for line in words.told_conditions(stage.enter))
    if (content := program.rule(stage.rules[2])) is not None:
        yield from map(words.told_consequent, content.consequents)
    for criterion in stage.exit:
        yield f"to pass: {criterion.earn} ({'; '.join(words.told_conditions(criterion.conditions))})"
    if stage.retest:
        yield f"tested again: {', '.join(program.vocabulary.kinds[test].spoken for test in stage.retest)}"
    yield f"rules: {', '.join(f'`{rule}`' for rule in stage.rules if rule)}"
    yield from (f"case: {case.shape.name}" for case in cases if _shows(case, name))


def _shows(case: Case, stage: str) -> bool:
    return any(concluded.get("stage") == stage for concluded in case.shape.expect.concludes)
