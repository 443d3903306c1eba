"""Compile pathways into rules of the one program. A stage is a conclusion: matched, explained, stratified and asked about like
any other. For every stage but the first a rule concludes that it is reached; for every stage one that it holds, being the highest
that is reached; and for every stage that says something one with what holds in it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

from stridewise.documents.located import LocatedDict, LocatedList, line_of
from stridewise.documents.sentences import inside
from stridewise.documents.shape import record_like, spell
from stridewise.errors import Problems, did_you_mean
from stridewise.language.condition import Conditions, Threshold, Variable
from stridewise.language.condition_reader import ConditionReader
from stridewise.language.fact import VALUE
from stridewise.language.pathway import SIDE, Criterion, Pathway, PathwayShape, PathwayStage, StageShape, stage_term
from stridewise.language.rule import Conclude, Rule, read_template
from stridewise.language.vocabulary import Place, Term, Vocabulary
from stridewise.packs.pack import RulePack, RuleShape, Written
from stridewise.program.rule_reader import RuleReader

REACHED, STAGE = "reached", "stage"


@dataclass(frozen=True, slots=True)
class CompiledPathway:
    """A pathway and the rules it was compiled into."""

    pathway: Pathway
    rules: tuple[Rule, ...]


def stage_terms(packs: Sequence[RulePack], problems: Problems) -> dict[str, Term]:
    """The stages of all pathways as terms. A pathway that is there twice is a problem."""
    terms: dict[str, Term] = {}
    first: dict[str, Written] = {}
    for written in (written for pack in packs for written in pack.pathways):
        shape: PathwayShape = written.item
        if shape.id in first:
            message = f'the pathway "{shape.id}" is already defined at {first[shape.id].place}; choose another id'
            problems.within(written.place.path).add(written.place.line, message)
        first.setdefault(shape.id, written)
        for number, stage in enumerate(shape.stages, 1):
            name = stage_term(shape.id, stage.id)
            terms[name] = Term(name, f"{shape.title}, stage {number} of {len(shape.stages)}: {stage.title}")
    return terms


def compile_pathways(
    packs: Sequence[RulePack], vocabulary: Vocabulary, thresholds: Mapping[str, Threshold], problems: Problems
) -> list[CompiledPathway]:
    """The pathways of all packs; one with a problem is left out, its problems recorded at their lines."""
    made: dict[str, CompiledPathway | None] = {}
    for pack in packs:
        reader = _Reader(vocabulary, thresholds, pack.name, problems)
        for written in pack.pathways:
            if written.item.id not in made:  # one that is there twice was told with its stages
                made[written.item.id] = reader.read(written)
    return [compiled for compiled in made.values() if compiled is not None]


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A pathway as written, its conditions read."""

    written: Written
    here: Problems
    when: Conditions
    exits: tuple[tuple[Criterion, ...], ...]  # by stage
    enters: tuple[Conditions, ...]

    @property
    def shape(self) -> PathwayShape:
        shape: PathwayShape = self.written.item
        return shape

    @property
    def is_sided(self) -> bool:
        return SIDE in self.when.bound

    def at(self, *steps: str | int) -> AbstractContextManager[None]:
        return self.here.at(line_of(self.written.node, *steps), spell([self.shape.id, *steps]))

    def entries(self, *steps: str | int) -> list[tuple[Any, int]]:
        """The entries of a list of the document, each with its line; a single entry is a list of one."""
        node = self.written.node
        for step in steps:
            node = node.get(step, ()) if isinstance(node, dict) else node[step]
        line = line_of(self.written.node, *steps)
        if not isinstance(node, list | tuple):
            return [(node, line)]
        return [(entry, getattr(node, "lines", {}).get(index, line)) for index, entry in enumerate(node)]

    def when_at(self, is_known: bool) -> list[Any]:
        """Who is on the pathway. Where a stage `is_known` to be reached that is implied; it then binds variables only."""
        return _entries(self, "when") if not is_known or self.when.bound - {SIDE} else []

    def place(self, number: int) -> Place:
        return Place(self.written.place.path, line_of(self.written.node, "stages", number))


class _Reader:
    """Reads and compiles the pathways of one pack."""

    def __init__(self, vocabulary: Vocabulary, thresholds: Mapping[str, Threshold], pack: str, problems: Problems) -> None:
        self.vocabulary = vocabulary
        self.conditions = ConditionReader(vocabulary, thresholds, pack)
        self.rules = RuleReader(vocabulary, thresholds, pack, problems)
        self.pack = pack
        self.problems = problems

    def read(self, written: Written) -> CompiledPathway | None:
        """The pathway and its rules, or None with its problems recorded."""
        before = len(self.problems.found)
        pieces = self._pieces(written)
        self._check_tests(pieces)
        if len(self.problems.found) > before:
            return None
        rules = {rule.id: rule for number in range(len(pieces.shape.stages)) for rule in self._rules(pieces, number)}
        if len(self.problems.found) > before:
            return None
        return CompiledPathway(self._pathway(pieces, rules), tuple(rules.values()))

    # --- conditions ---------------------------------------------------------------------------------------------

    def _pieces(self, written: Written) -> _Pieces:
        """Every condition, read on its own, so that each that is wrong is told at its own line."""
        here = self.problems.within(written.place.path)
        shape: PathwayShape = written.item
        empty = _Pieces(written, here, Conditions(), (), ())
        when = self._conditions(empty, "when")
        stages = range(len(shape.stages))
        exits = tuple(tuple(self._criteria(empty, number)) for number in stages)
        enters = tuple(self._conditions(empty, "stages", number, "enter") for number in stages)
        return _Pieces(written, here, when, exits, enters)

    def _criteria(self, pieces: _Pieces, number: int) -> Iterator[Criterion]:
        for index, shape in enumerate(pieces.shape.stages[number].exit):
            conditions = self._conditions(pieces, "stages", number, "exit", index, "needs")
            yield Criterion(conditions, shape.earn, shape.question)

    def _conditions(self, pieces: _Pieces, *steps: str | int) -> Conditions:
        entries, at = _entries(pieces, *steps), partial(pieces.at, *steps)
        if not entries and steps[-1] != "enter":
            with at():
                raise ValueError("expected a condition, or a list of conditions")
        return self.conditions.read_or_tell(entries, pieces.here, at) or Conditions()

    def _check_tests(self, pieces: _Pieces) -> None:
        for number, stage in enumerate(pieces.shape.stages):
            for name in stage.retest:
                with pieces.at("stages", number, "retest"):
                    if name not in self.vocabulary.kinds:
                        raise ValueError(f'unknown kind "{name}".{did_you_mean(name, self.vocabulary.kinds)}')

    # --- rules --------------------------------------------------------------------------------------------------

    def _rules(self, pieces: _Pieces, number: int) -> Iterator[Rule]:
        """The rules of one stage."""
        stage = pieces.shape.stages[number]
        if number > 0:
            yield from self._reaches(pieces, number)
        ahead = [{"absent": _held(pieces, REACHED, number + 1)}] if number + 1 < len(pieces.shape.stages) else []
        entries = [*pieces.when_at(number > 0), *_reached(pieces, number), *ahead]
        yield from self._concluding(pieces, number, STAGE, entries, _heading(pieces, number))
        if entries_then := list(_content(pieces, number)):
            yield from filter(None, [self.rules.rule(_content_rule(pieces, number, stage, entries_then))])

    def _reaches(self, pieces: _Pieces, number: int) -> Iterator[Rule]:
        """Reached: the stage before is, all its criteria hold, and what the stage itself asks for."""
        shape, ended = pieces.shape, number - 1
        exits = range(len(shape.stages[ended].exit))
        needs = [entry for index in exits for entry in _entries(pieces, "stages", ended, "exit", index, "needs")]
        entries = [
            *pieces.when_at(ended > 0),
            *_reached(pieces, ended),
            *needs,
            *_entries(pieces, "stages", number, "enter"),
        ]
        opens = f"This opens stage {number + 1} of {len(shape.stages)}, {shape.stages[number].title}."
        text = " ".join([*(criterion.earn for criterion in shape.stages[ended].exit), opens])
        yield from self._concluding(pieces, number, REACHED, entries, text)

    def _concluding(self, pieces: _Pieces, number: int, kind: str, entries: list[Any], text: str) -> Iterator[Rule]:
        shape, stage = pieces.shape, pieces.shape.stages[number]
        values: dict[str, Any] = {VALUE: stage_term(shape.id, stage.id)} | ({SIDE: Variable(SIDE)} if pieces.is_sided else {})
        with pieces.at("stages", number):
            conditions = self.conditions.read_all(entries)
            because = read_template(self.vocabulary, conditions, text)
            yield record_like(
                shape,
                Rule,
                id=f"{self.pack}/{_rule_name(pieces, number, kind)}",
                conditions=conditions,
                consequents=(Conclude(kind=kind, values=tuple(sorted(values.items()))),),
                because=because,
                patient=None,
                texts=((text, because),),
                sources=_sources(shape, stage),
                place=pieces.place(number),
                title=f"{shape.title}: {stage.title}",
            )

    def _pathway(self, pieces: _Pieces, rules: Mapping[str, Rule]) -> Pathway:
        shape = pieces.shape

        def named(number: int) -> tuple[str, str, str]:
            reaches, at, content = (f"{self.pack}/{_rule_name(pieces, number, kind)}" for kind in (REACHED, STAGE, ""))
            return reaches if number else "", at, content if content in rules else ""

        stages = tuple(
            record_like(stage, PathwayStage, enter=pieces.enters[number], exit=pieces.exits[number], rules=named(number))
            for number, stage in enumerate(shape.stages)
        )
        return record_like(shape, Pathway, when=pieces.when, stages=stages, pack=self.pack, place=pieces.written.place)


def _rule_name(pieces: _Pieces, number: int, kind: str) -> str:
    said = {REACHED: "reaches", STAGE: "is-at"}.get(kind, "in")
    return f"{pieces.shape.id}-{said}-{pieces.shape.stages[number].id}".replace("_", "-")


def _sources(shape: PathwayShape, stage: StageShape) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*shape.sources, *stage.sources)))


def _heading(pieces: _Pieces, number: int) -> str:
    """Where one is: "Achilles tendon on the {side}: stage 2 of 4, load the tendon."."""
    on = " on the {side}" if pieces.is_sided else ""
    title = inside(pieces.shape.stages[number].title)
    return f"{pieces.shape.title}{on}: stage {number + 1} of {len(pieces.shape.stages)}, {title}."


def _to_the_runner(pieces: _Pieces, number: int) -> str:
    """What stands under an exercise: which stage it belongs to. What the stage is like is told once, where the stage is."""
    return f"This belongs to stage {number + 1} of {len(pieces.shape.stages)}: {inside(pieces.shape.stages[number].title)}."


def _held(pieces: _Pieces, kind: str, number: int) -> dict[str, str]:
    """The fact that a stage is reached, or holds, in the one notation."""
    side = {SIDE: f"${SIDE}"} if pieces.is_sided else {}
    return {kind: stage_term(pieces.shape.id, pieces.shape.stages[number].id), **side}


def _reached(pieces: _Pieces, number: int) -> list[dict[str, str]]:
    """The first stage is open to everybody on the pathway."""
    return [_held(pieces, REACHED, number)] if number > 0 else []


def _entries(pieces: _Pieces, *steps: str | int) -> list[Any]:
    return [entry for entry, _ in pieces.entries(*steps)]


def _content(pieces: _Pieces, number: int) -> Iterator[tuple[Any, int]]:
    """The consequents of a stage as written, each with its line; the modes are conclusions like others."""
    stage, node = pieces.shape.stages[number], pieces.written.node
    yield from pieces.entries("stages", number, "then")
    if stage.running is not None:
        yield {"conclude": {"running": stage.running}}, line_of(node, "stages", number, "running")
    if stage.pain_limit is not None:
        region = {"region": stage.pain_region} if stage.pain_region is not None else {}
        yield {"conclude": {"pain_limit": stage.pain_limit, **region}}, line_of(node, "stages", number, "pain_limit")


def _content_rule(pieces: _Pieces, number: int, stage: StageShape, then: Sequence[tuple[Any, int]]) -> Written:
    """What holds in a stage, as a rule as its author would have written it."""
    place = pieces.place(number)
    when = [*((entry, place.line) for entry in pieces.when_at(True)), (_held(pieces, STAGE, number), place.line)]
    node = LocatedDict({"when": _located(when, place.line), "then": _located(then, place.line)})
    node.line, node.lines = place.line, dict.fromkeys(node, place.line)
    shape = record_like(
        pieces.shape,
        RuleShape,
        **node,
        id=_rule_name(pieces, number, ""),
        because=_heading(pieces, number),
        sources=_sources(pieces.shape, stage),
        title=f"{pieces.shape.title}: {stage.title}",
        patient=_to_the_runner(pieces, number),
    )
    return Written(shape, node, place)


def _located(entries: Sequence[tuple[Any, int]], line: int) -> LocatedList:
    located = LocatedList(entry for entry, _ in entries)
    located.line, located.lines = line, {index: at for index, (_, at) in enumerate(entries)}
    return located
