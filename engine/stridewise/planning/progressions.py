"""The next and the easier step of an exercise, as the runner reads them: never one that something speaks against."""

from collections.abc import Iterable

from stridewise.language.dosage import Dosage
from stridewise.language.exercise import Exercise
from stridewise.language.translation import either, fixed, say
from stridewise.planning.eligibility import Usable

HARDER_OTHERWISE = fixed("When you can do 2 more clean repetitions than planned, make it a little harder.")
NOT_NOW = fixed("Keep it as it is for now. Nothing gets harder or heavier until your full programme starts again.")
ITS_OWN_STEPS = fixed("Follow the weekly steps above, and add nothing beyond them for now.")
EASIER_OTHERWISE = fixed("fewer sets or a smaller range of movement")


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
