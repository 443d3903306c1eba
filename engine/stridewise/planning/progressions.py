"""The next and the easier step of an exercise, as the runner reads them: never one that something speaks against."""

from collections.abc import Iterable

from stridewise.language.exercise import Exercise
from stridewise.planning.eligibility import Usable

HARDER_OTHERWISE = "When you can do 2 more clean repetitions than planned, make it a little harder."
NOT_NOW = "Keep it as it is for now. Nothing gets harder or heavier until your full programme starts again."
EASIER_OTHERWISE = "fewer sets or a smaller range of movement"


def harder(usable: Usable, exercise: Exercise) -> str:
    """When to go on, and to what: exercises that may be done then, and those still to be earned. Nothing is made harder while
    the rules ask for less, as near a race, or say that progress waits."""
    if usable.situation.is_reduced or usable.situation.facts("progress_waits", "yes"):
        return NOT_NOW
    rungs = _allowed(usable, exercise.progression)
    ready = [one.name for one in rungs if not usable.closed_gate(one)]
    unearned = [one.name for one in rungs if usable.closed_gate(one)]
    then = f" Then: {' or '.join(ready)}." if ready else ""
    later = f" Once ready: {' or '.join(unearned)}." if unearned else ""
    return (exercise.progress_when or HARDER_OTHERWISE) + then + later


def easier(usable: Usable, exercise: Exercise) -> str:
    """What to do where it is too hard or hurts."""
    names = [one.name for one in _allowed(usable, exercise.regression)]
    return f"If it is too hard or hurts: {' or '.join(names) or EASIER_OTHERWISE}."


def _allowed(usable: Usable, names: Iterable[str]) -> list[Exercise]:
    return [usable.exercises[name] for name in names if not usable.speaks_against(usable.exercises[name])]
