"""Where the runner stands on each pathway, what opens the next stage, and what is asked and tested again for it. The stage is a
conclusion of the rules; here it is told, with the state of each criterion: met, not met, or not known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import takewhile
from typing import Final

from stridewise.documents.sentences import capitalised
from stridewise.inference.evaluation import Evaluation, describe_condition
from stridewise.language.condition import Condition, Conditions, put_in
from stridewise.language.fact import VALUE, Fact
from stridewise.language.pathway import EASY, NONE, RUNNING_MODES, SIDE, WALK_RUN, Pathway, PathwayStage, RunningMode
from stridewise.language.translation import either, say, told_inside
from stridewise.language.vocabulary import BOTH, SIDES, Vocabulary
from stridewise.plan import model
from stridewise.planning.situation import Situation
from stridewise.planning.stops import Stopped
from stridewise.program.program import Program, once

NO_USUAL_RUNS: Final = frozenset({NONE, WALK_RUN})
AT_MOST_EASY: Final = NO_USUAL_RUNS | {EASY}


@dataclass(frozen=True, slots=True)
class OpenCriterion:
    """A criterion that is not known to be met, the condition that lacks a fact, and which of its fields does ("": its value)."""

    question: str
    condition: Condition
    field: str
    opens: str  # the stage, as a term


@dataclass(frozen=True, slots=True)
class Standing:
    """The stage that holds on a pathway, for a side where it has one (or both), and its criteria."""

    pathway: Pathway
    number: int  # from 1
    side: str | None
    to_pass: tuple[model.Criterion, ...]
    facts: tuple[Fact, ...]
    open: tuple[OpenCriterion, ...]

    @property
    def stage(self) -> PathwayStage:
        return self.pathway.stages[self.number - 1]

    @property
    def next(self) -> PathwayStage | None:
        return self.pathway.stages[self.number] if self.number < len(self.pathway.stages) else None


def standings(situation: Situation) -> list[Standing]:
    """Every stage that holds, in the order of pathways; left and right as one where nothing differs."""
    evaluation = Evaluation(situation.program, situation.memory)
    found: list[Standing] = []
    for term, pathway, number in _stages(situation.program):
        held = situation.facts("stage", term)
        found += _merged([_standing(situation, evaluation, pathway, number, fact) for fact in held])
    return found


@once
def _stages(program: Program) -> tuple[tuple[str, Pathway, int], ...]:
    """Every stage as a term, with its pathway and its number there, in the order of pathways."""
    pathways = sorted(program.pathways.values(), key=lambda one: one.id)
    return tuple((one.term(stage.id), one, number) for one in pathways for number, stage in enumerate(one.stages, 1))


def _merged(one_sided: list[Standing]) -> list[Standing]:
    """Both sides as one where they are at the same stage with the same criteria met."""
    if {one.side for one in one_sided} != SIDES or one_sided[0].to_pass != one_sided[1].to_pass:
        return one_sided
    left, right = one_sided
    return [Standing(left.pathway, left.number, BOTH, left.to_pass, (*left.facts, *right.facts), (*left.open, *right.open))]


def _standing(situation: Situation, evaluation: Evaluation, pathway: Pathway, number: int, fact: Fact) -> Standing:
    judged = [_judged(situation, evaluation, asked, fact.side) for asked in _criteria(situation, pathway, number)]
    opens = pathway.term(pathway.stages[number].id) if number < len(pathway.stages) else ""
    open_ = [
        OpenCriterion(criterion.question, one, field, opens)
        for criterion, unknown in judged
        if opens
        for one in unknown
        for field in _lacking(situation, one)
    ]
    return Standing(pathway, number, fact.side, tuple(criterion for criterion, _ in judged), (fact,), tuple(open_))


def weeks_of_easy_runs(held: Iterable[Standing]) -> Decimal:
    """Weeks that the stages from now on usually take at least before one allows more than easy runs; 0 where none holds them."""
    return max((_weeks_of_easy_runs(one) for one in held), default=Decimal(0))


def _weeks_of_easy_runs(held: Standing) -> Decimal:
    ahead = takewhile(lambda stage: stage.running in AT_MOST_EASY, held.pathway.stages[held.number - 1 :])
    return sum((stage.weeks.min for stage in ahead if stage.weeks is not None), Decimal(0))


def criteria(situation: Situation, pathway: Pathway, number: int, side: str | None) -> list[model.Criterion]:
    """What opens the stage after a stage, and how each of it stands for a side."""
    evaluation = Evaluation(situation.program, situation.memory)
    return [_judged(situation, evaluation, asked, side)[0] for asked in _criteria(situation, pathway, number)]


def _judged(
    situation: Situation, evaluation: Evaluation, asked: tuple[str, str, Conditions], side: str | None
) -> tuple[model.Criterion, list[Condition]]:
    """A criterion with its state, and the conditions that lack a fact where that is not known."""
    text, question, conditions = asked
    bound = put_in(conditions, {SIDE: side} if side is not None else {})
    met = evaluation.met(bound)
    unknown = evaluation.open_ones(bound) if met is None else []
    about = unknown[0] if unknown else next(bound.every(), None)
    usual = say(situation.program.vocabulary.kinds[about.kind].question) if about is not None else ""
    return model.Criterion(text=text, question=question or usual, met=met), unknown


def _criteria(situation: Situation, pathway: Pathway, number: int) -> Iterator[tuple[str, str, Conditions]]:
    """What must hold besides, in words: the stage's own criteria, then what the next stage asks for."""
    yield from ((say(one.earn), say(one.question), one.conditions) for one in pathway.stages[number - 1].exit)
    for entered in pathway.stages[number : number + 1]:
        for text, conditions in _each_apart(situation.program.vocabulary, entered.enter):
            yield f"{capitalised(text)}.", "", conditions


def _each_apart(vocabulary: Vocabulary, conditions: Conditions) -> Iterator[tuple[str, Conditions]]:
    """Each condition and each group by itself, with its words."""
    told = partial(describe_condition, vocabulary)
    for one in conditions.positives:
        yield told(one), Conditions(positives=(one,))
    for one in conditions.absents:
        yield say("not: {condition}", condition=told(one)), Conditions(absents=(one,))
    for group in conditions.any_of:
        yield either(map(told, group)), Conditions(any_of=(group,))
    for least, group in conditions.at_least:
        listed = "; ".join(map(told, group))
        yield say("at least {number} of: {conditions}", number=least, conditions=listed), Conditions(at_least=((least, group),))


def _lacking(situation: Situation, condition: Condition) -> Iterator[str]:
    """The field of a condition that nobody recorded: an attribute of what is recorded, else the value itself."""
    for fact in situation.memory.by_kind.get(condition.kind, ()):
        if all((value := fact.get(name)) is None or test.accepts(value) for name, test in condition.tests):
            yield next(name for name, _ in condition.tests if fact.get(name) is None)
            return
    yield VALUE


# --- as the plan tells it --------------------------------------------------------------------------------------------


def pathway_stages(
    situation: Situation, held: Iterable[Standing], stopped: Stopped, allowed: RunningMode
) -> tuple[model.PathwayStage, ...]:
    """Where the runner stands, for the plan; nothing where all exercise is stopped. No stage says more than `allowed`."""
    return () if stopped.everything else tuple(_told(situation, standing, stopped, allowed) for standing in held)


def _told(situation: Situation, standing: Standing, stopped: Stopped, allowed: RunningMode) -> model.PathwayStage:
    pathway, stage, number = standing.pathway, standing.stage, standing.number
    is_held = stage.running is not None and RUNNING_MODES.index(allowed) < RUNNING_MODES.index(stage.running)
    running = allowed if is_held else stage.running
    return model.PathwayStage(
        pathway=pathway.id,
        title=say(pathway.title),
        side=standing.side,
        stage=stage.id,
        stage_title=say(stage.title),
        number=number,
        of=len(pathway.stages),
        running=running,
        plain="" if is_held and allowed in NO_USUAL_RUNS else say(stage.plain),
        weeks=stage.weeks,
        to_pass=standing.to_pass,
        next=_next(standing),
        retest=tuple(retests(situation, [standing], stopped)),
        because=situation.explainer.reasons(standing.facts),
    )


def _next(standing: Standing) -> str:
    """What comes next, and what is still open before it."""
    open_ = " ".join(one.text for one in standing.to_pass if not one.met)
    if (stage := standing.next) is None:
        text = say("This is the last stage.")
    else:
        text = say(
            "Next is stage {number} of {of}: {title}.",
            number=standing.number + 1,
            of=len(standing.pathway.stages),
            title=told_inside(say(stage.title)),
        )
    return f"{text} {say(model.BEFORE_IT)} {open_}" if open_ else text


def retests(situation: Situation, held: Iterable[Standing], stopped: Stopped) -> Iterator[str]:
    """The tests that the stages ask for again, in words, but for those that ask too much of the body now. Whoever must be seen at
    once is not tested again before."""
    for standing in () if any(referral.is_at_once for referral in stopped.referrals) else held:
        for name in standing.stage.retest:
            kind = situation.program.vocabulary.kinds[name]
            if not stopped.asks_too_much(kind.demands):
                yield kind.spoken


def open_criteria(held: Iterable[Standing], situation: Situation, stopped: Stopped | None = None) -> list[OpenCriterion]:
    """What is not known of the next stages, each question once; none that asks for a test that is stopped."""
    kinds = situation.program.vocabulary.kinds
    every = [one for standing in held for one in standing.open if one.question]
    allowed = [one for one in every if stopped is None or not stopped.asks_too_much(kinds[one.condition.kind].demands)]
    return list({one.question: one for one in reversed(allowed)}.values())[::-1]
