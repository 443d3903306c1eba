"""What lies between a runner and a stage of a pathway: every criterion on the way that is not met, or not known."""

from collections.abc import Iterator

from stridewise.inference.evaluation import describe_condition
from stridewise.language.pathway import Pathway
from stridewise.language.vocabulary import SIDES
from stridewise.planning.pathways import Standing, criteria, standings
from stridewise.planning.situation import Situation


def stage_gaps(situation: Situation, term: str) -> Iterator[str]:
    """One sentence for each thing in the way, in the order in which they are to be passed."""
    name, _, wanted = term.partition("/")
    pathway = situation.program.pathways[name]
    number = [stage.id for stage in pathway.stages].index(wanted) + 1
    held = [one for one in standings(situation) if one.pathway is pathway]
    if not held:
        asked = "; ".join(describe_condition(situation.program.vocabulary, one) for one in pathway.when.present())
        yield f"The runner is not on this pathway. It is for: {asked}."
    for standing in held:
        if standing.number > number:
            yield f"It is passed{_on(standing)}: stage {standing.number} of {len(pathway.stages)} holds."
        for before in range(standing.number, number):
            yield from _open(situation, pathway, before, standing)


def _on(standing: Standing) -> str:
    return f" on the {standing.side}" if standing.side in SIDES else ""


def _open(situation: Situation, pathway: Pathway, number: int, standing: Standing) -> Iterator[str]:
    """The criteria after one stage that are not met; left stands for both where nothing differs."""
    side = standing.side if standing.side in SIDES or standing.side is None else "left"
    where = f"Before stage {number + 1} of {len(pathway.stages)}{_on(standing)}"
    for criterion in criteria(situation, pathway, number, side):
        if criterion.met is None:
            yield f"{where}, not known: {criterion.text} {criterion.question}".rstrip()
        elif not criterion.met:
            yield f"{where}, not met: {criterion.text}"
