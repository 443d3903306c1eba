"""What the runner's sheet says beside the plan's data: how an exercise is done, what a pain limit means, what the plan is for."""

from datetime import timedelta

from stridewise.language.exercise import Exercise
from stridewise.language.translation import say
from stridewise.plan.model import Aims, HowTo, PainLights
from stridewise.planning.situation import Situation


def how_to(exercise: Exercise) -> HowTo:
    """The exercise as its pack describes it."""
    return HowTo(
        steps=tuple(map(say, exercise.instructions)),
        feel=say(exercise.feel),
        mistake=say(exercise.fault),
        harder_when=say(exercise.progress_when),
    )


def pain_lights(situation: Situation, limit: str) -> PainLights | None:
    """The traffic light of a pain limit (its words); None where no pack says what it means."""
    terms = situation.program.vocabulary.terms.get("pain_limits", {}).values()
    lights = next((term.traits.lights for term in terms if say(term.label, "pain_limits") == limit), ())
    return PainLights(limit=limit, green=say(lights[0]), amber=say(lights[1]), red=say(lights[2])) if lights else None


def aims(situation: Situation) -> Aims:
    """The goal, the diagnoses and the race of this runner."""
    days = situation.number("days_to_race")
    day = "" if days is None else str(situation.intake.as_of + timedelta(int(days)))
    goals = [_told(situation, "goal", name) for name in sorted(situation.names("goal"))]
    complaints = [_told(situation, "diagnosis", name) for name in sorted(situation.names("diagnosis"))]
    races = [_label(situation, "race_distance", name) for name in sorted(situation.names("race_distance"))]
    return Aims(
        goal=next(filter(None, goals), ""), complaints=tuple(filter(None, complaints)), race=next(iter(races), ""), race_date=day
    )


def _told(situation: Situation, kind: str, value: str) -> str:
    """A term as the runner is told it; "" where the vocabulary has no words for that."""
    term = situation.program.vocabulary.term(kind, value)
    return say(term.traits.patient) if term is not None else ""


def _label(situation: Situation, kind: str, value: str) -> str:
    vocabulary = situation.program.vocabulary
    return vocabulary.label(vocabulary.kinds[kind].type.terms, value)
