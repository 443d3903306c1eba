"""Why a run became another one: the sentence of the rule that says so."""

from dataclasses import replace

from stridewise.plan.model import Because
from stridewise.planning.outlook import DISTANCES, Outlook
from stridewise.planning.situation import Situation
from stridewise.program.program import Program, once
from stridewise.recommendation.reasons import Explainer, firings


def reasons_of(situation: Situation, kind: str, value: object = None, outlook: Outlook | None = None) -> tuple[Because, ...]:
    """The reasons why a kind is concluded, of one value or of any, today or on a later day."""
    memory = situation.memory if outlook is None else outlook.memory
    explainer = situation.explainer if outlook is None else Explainer(situation.program, memory)
    facts = [fact for fact in memory.of(kind) if value is None or fact.value == value]
    fired = [firing for fact in facts for firing in firings(memory.derivations.get(fact, ()))]
    told = {because.rule: because for because in map(explainer.because, fired)}
    return tuple(_as_recorded(situation, because) for because in told.values())


def _as_recorded(situation: Situation, because: Because) -> Because:
    """The reason with the race as far away as it is recorded: a later day moved it nearer."""
    recorded = {fact.kind: fact for fact in situation.intake.facts if fact.kind in DISTANCES}
    facts = [
        situation.explainer.facts([recorded[kind]])[0] if (kind := next(iter(used.fact))) in recorded else used
        for used in because.facts
    ]
    return replace(because, facts=tuple(facts))


def sentence(situation: Situation, reasons: tuple[Because, ...]) -> str:
    """One reason, to stand behind a colon; what was found tells more than the stage of a pathway."""
    stages = _rules_of_stages(situation.program)
    told = sorted(reasons, key=lambda one: one.rule in stages)
    return told[0].text.rstrip(".") if told else ""


@once
def _rules_of_stages(program: Program) -> frozenset[str]:
    """The rules that the stages of pathways bring."""
    return frozenset(name for pathway in program.pathways.values() for name in pathway.rules)
