"""What the plan is for: the runner's aim, the race, and what opens the next stage of a pathway; all proposed."""

from stridewise.language.translation import say
from stridewise.plan.model import Criterion
from stridewise.render.fhir.parts import Json, Making, concept
from stridewise.render.pathways import MARKS


def add_goals(making: Making) -> list[Json]:
    """References to the goals."""
    aims = making.plan.aims
    made = [_goal(making, "aim", aims.goal)] if aims.goal else []
    if aims.race or aims.race_date:
        made.append(_goal(making, "race", aims.race or say("Race"), due=aims.race_date))
    passed = [one for stage in making.plan.pathways for one in stage.to_pass]
    return [*made, *(_goal(making, one.text, one.text, one) for one in passed)]


def _goal(making: Making, key: str, text: str, criterion: Criterion | None = None, due: str = "") -> Json:
    reached = None if criterion is None else concept(say(MARKS[criterion.met]))
    asked = [{"text": criterion.question}] if criterion is not None and criterion.question else []
    return making.add(
        "Goal",
        key,
        lifecycleStatus="proposed",
        achievementStatus=reached,
        description=concept(text),
        subject=making.subject,
        target=[{"dueDate": due}] if due else [],
        note=asked,
    )
