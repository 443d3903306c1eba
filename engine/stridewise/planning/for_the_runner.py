"""What the runner reads beside numbers: how an exercise is done, what comes next and what is easier, what a pain limit means, and
what the plan is for."""

from collections.abc import Iterable
from datetime import timedelta

from stridewise.language.dosage import Dosage
from stridewise.language.exercise import Exercise
from stridewise.language.translation import either, fixed, say
from stridewise.plan.model import Aims, HowTo, PainLights
from stridewise.planning.eligibility import Usable
from stridewise.planning.situation import Situation

HARDER_OTHERWISE = fixed("When you can do 2 more clean repetitions than planned, make it a little harder.")
NOT_NOW = fixed("Keep it as it is for now. Nothing gets harder or heavier until your full programme starts again.")
ITS_OWN_STEPS = fixed("Follow the weekly steps above, and add nothing beyond them for now.")
EASIER_OTHERWISE = fixed("fewer sets or a smaller range of movement")


def how_to(exercise: Exercise) -> HowTo:
    """The exercise as its pack describes it."""
    return HowTo(
        steps=tuple(map(say, exercise.instructions)),
        feel=say(exercise.feel),
        mistake=say(exercise.fault),
        harder_when=say(exercise.progress_when),
    )


def harder(usable: Usable, exercise: Exercise, dosage: Dosage) -> str:
    """When to go on, and to what: exercises that may be done then, and those still to be earned. Nothing is made harder while
    the rules ask for less, as near a race, or say that progress waits; the steps that a dose keeps then are all there is."""
    if usable.situation.is_reduced or usable.situation.facts("progress_waits", "yes"):
        return say(ITS_OWN_STEPS if dosage.stages else NOT_NOW)
    rungs = _allowed(usable, exercise.progression)
    ready = [one.spoken for one in rungs if not usable.closed_gate(one)]
    unearned = [one.spoken for one in rungs if usable.closed_gate(one)]
    told = [say(exercise.progress_when or HARDER_OTHERWISE)]
    told += [say("Then: {exercises}.", exercises=either(ready))] if ready else []
    told += [say("Once ready: {exercises}.", exercises=either(unearned))] if unearned else []
    return " ".join(told)


def easier(usable: Usable, exercise: Exercise) -> str:
    """What to do where it is too hard or hurts."""
    names = [one.spoken for one in _allowed(usable, exercise.regression)]
    return say("If it is too hard or hurts: {exercises}.", exercises=either(names) or say(EASIER_OTHERWISE))


def _allowed(usable: Usable, names: Iterable[str]) -> list[Exercise]:
    return [usable.exercises[name] for name in names if not usable.speaks_against(usable.exercises[name])]


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
