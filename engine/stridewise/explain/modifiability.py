"""What kind of change it would be to have a fact: something to earn, something that may be found, or something that cannot be
changed."""

from stridewise.documents.frozen import frozen
from stridewise.explain.safety import SAFETY_KINDS
from stridewise.language.fact import Fact
from stridewise.language.vocabulary import Kind, Value

EARN, TESTED, FIXED = "earn", "would apply if tested", "not modifiable"
LABELS = (EARN, TESTED, FIXED)
PRACTICE = frozenset({"equipment", "cannot", "minutes_per_session", "sessions_per_week"})  # what can be arranged
GROWING = frozenset({"strength_experience_months"})  # grows with time, and never shrinks
RACE = frozenset({"weeks_to_race", "days_to_race"})
UNCHANGING = frozenset({
    "age", "sex", "injury", "condition", "running_years", "race_distance", "race_priority", "goal", "surface", *RACE,
})  # fmt: skip
# How the runner lives and trains. Asked for, never tested, and nothing to take up for the sake of an exercise.
REPORTED = frozenset({
    "terrain", "habit", "concern", "reported_mileage", "current_exercise", "weekly_distance", "longest_run",
    "planned_longest_run", "strength_sessions_per_week", "training_day",
})  # fmt: skip
ASKED_LAST = frozenset({"diagnosis"})  # the clinician names it; it follows from findings, not the other way round


@frozen
class Asked:
    """A value of a kind that something asks for. `recorded` are the facts whose place it would take, `is_known`: the record
    says that it is not so; `is_gate`: a gate asks, so it is there to be mastered; `grade` as for a skill."""

    kind: Kind
    value: Value
    recorded: tuple[Fact, ...] = ()
    is_known: bool = False
    is_gate: bool = False
    grade: Value | None = None

    @property
    def comes_down(self) -> bool:
        return bool(self.recorded) and all(fact.value > self.value for fact in self.recorded)  # type: ignore[operator]  # numbers


def label_of(asked: Asked) -> str:
    """What kind of change it would be. Experience grows and does not shrink; how the runner trains is found out, not changed."""
    name = asked.kind.name
    if name in UNCHANGING or (name in REPORTED and (asked.recorded or asked.is_known)) or (name in GROWING and asked.comes_down):
        return FIXED
    mastered = asked.is_gate or asked.grade == "owned" if name == "skill" else asked.is_gate and asked.kind.type.is_number
    grown = bool(asked.recorded) and name in GROWING
    is_earned = name in PRACTICE or grown or (mastered and (name == "skill" or bool(asked.recorded)))
    return EARN if is_earned and name not in SAFETY_KINDS else TESTED


def rank_of(kind: Kind) -> int:
    """Among findings: what is examined first, then what the runner reports, then what the clinician names."""
    return 2 if kind.name in ASKED_LAST else int(kind.name in REPORTED)
