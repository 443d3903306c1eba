"""Can an exercise be used: is it earned, doable, and kept out by nothing? And if it is not earned, which easier rung is?"""

from collections import deque
from dataclasses import dataclass

from stridewise.documents.sentences import capitalised
from stridewise.language.exercise import Exercise, ruled_out
from stridewise.language.translation import all_of, either, fixed, say
from stridewise.plan.model import Because
from stridewise.planning.capacity import too_hard
from stridewise.planning.situation import Situation
from stridewise.planning.vetoes import KeptOut

KEPT_OUT_WORDS = {
    "referral": fixed("stopped until this has been examined"),
    "contraindication": fixed("ruled out"),
    "banned": fixed("ruled out by the clinician"),
    "precaution": fixed("left out as a precaution"),
    "preference": fixed("less suitable for this runner"),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an exercise cannot be used. `unearned`: a gate is closed."""

    text: str
    because: tuple[Because, ...] = ()
    unearned: bool = False


class Usable:
    """Answers for one runner. `against` is everything that speaks against an exercise."""

    def __init__(self, situation: Situation, against: dict[str, KeptOut]) -> None:
        self.situation = situation
        self.exercises = situation.program.exercises
        self.against = against
        self.cannot = situation.names("cannot")
        self.earned = situation.names("earned")
        self.prefers_familiar = bool(situation.facts("new_exercise_dose", "half"))  # near a race, and after one

    def obstacle(self, exercise: Exercise, despite_precaution: bool = False) -> Obstacle | None:
        """The first reason why an exercise cannot be used, None where it can."""
        gate = self.closed_gate(exercise)
        entry = self.against.get(exercise.id)
        if entry is not None and (entry.is_veto or not despite_precaution):
            text = say(KEPT_OUT_WORDS[entry.level]) + (f". {capitalised(gate)}" if gate else "")
            return Obstacle(text, tuple(entry.reasons), unearned=bool(gate))
        return self._not_doable(exercise) or (Obstacle(gate, unearned=True) if gate else None)

    def speaks_against(self, exercise: Exercise) -> bool:
        """Is it ruled out, held back, or in a position that the runner cannot take? Equipment and gates are left aside."""
        entry = self.against.get(exercise.id)
        return (entry is not None and entry.level != "preference") or ruled_out(exercise, self.cannot) is not None

    def closed_gate(self, exercise: Exercise) -> str:
        """What earns an exercise that is not earned yet, or the test that is too low for it; else nothing."""
        if not exercise.gates or exercise.id in self.earned:
            return too_hard(self.situation, exercise)
        return say("needs first: {gates}", gates=earning(exercise))

    def _not_doable(self, exercise: Exercise) -> Obstacle | None:
        if (term := ruled_out(exercise, self.cannot)) is not None:
            return Obstacle(say("the runner cannot {position}", position=self._label("cannot_terms", term)))
        if exercise.equipment_choice(self.situation.equipment) is None:
            fewest = [one for one in exercise.equipment if not any(set(other) < set(one) for other in exercise.equipment)]
            choices = (all_of(self._label("equipment_items", name) for name in choice) for choice in fewest)
            return Obstacle(say("needs {equipment}", equipment=either(choices)))
        return None

    def _label(self, list_name: str, name: str) -> str:
        return self.situation.program.vocabulary.label(list_name, name)

    def rung(self, exercise: Exercise) -> Exercise | None:
        """The nearest easier rung that can be used."""
        seen, waiting = {exercise.id}, deque(exercise.regression)
        while waiting:
            rung = self.exercises[waiting.popleft()]
            if rung.id in seen:
                continue
            seen.add(rung.id)
            if self.obstacle(rung) is None:
                return rung
            waiting += rung.regression
        return None

    def stands_in(self, exercise: Exercise) -> Because:
        """The reason of a rung that is prescribed instead."""
        if test := too_hard(self.situation, exercise):
            text = say("An easier step before the {exercise}, which is {test}.", exercise=exercise.spoken, test=test)
            return self.situation.own_reason("rung", text)
        text = say("An easier step before the {exercise}.", exercise=exercise.spoken)
        return self.situation.own_reason("rung", f"{text} {earning(exercise)}")


def earning(exercise: Exercise) -> str:
    """What earns an exercise, in words."""
    return " ".join(say(gate.earn) for gate in exercise.gates)
