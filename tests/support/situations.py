"""A runner's situation from what is said of it, without profile, packs or inference: for tests of one decision alone."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

from stridewise.inference.memory import Activation, WorkingMemory
from stridewise.language.dosage import Dosage
from stridewise.language.exercise import Exercise, Targets
from stridewise.language.fact import Fact
from stridewise.plan.model import Because, LoadAdjustment, Prescription
from stridewise.planning.outlook import Outlook
from stridewise.planning.situation import Situation
from stridewise.recommendation.reasons import Explainer, Firing

Said = Mapping[str, Iterable[Any]]


class Explains:
    """Tells of a rule its id, and of facts their kinds and values."""

    reasons = Explainer.reasons

    def __init__(self, memory: WorkingMemory) -> None:
        self.memory = memory

    def because(self, firing: Firing) -> Because:
        return Because(rule=firing.rule.id, text="")

    def facts(self, facts: Iterable[Fact]) -> tuple[Any, ...]:
        return tuple((fact.kind, fact.value) for fact in facts)


def memory_of(said: Said, answered: Iterable[str] = ()) -> WorkingMemory:
    """A memory of these values by kind; a number is given as one, and a whole fact as itself."""
    held = WorkingMemory(answered=frozenset(answered))
    for kind, values in said.items():
        for value in values:
            held.add(value if isinstance(value, Fact) else Fact(kind, value if isinstance(value, str) else Decimal(str(value))))
    return held


def conclude(held: WorkingMemory, rule: str, fact: Fact) -> None:
    """That a rule of this name concluded it."""
    held.record(Activation(cast(Any, SimpleNamespace(id=rule)), 0, (), ()), [fact])


def situation_of(said: Said | WorkingMemory, answered: Iterable[str] = (), **more: Any) -> Situation:
    """The situation; `retunes` are the clinician's, all else a field of it, or of its program."""
    held = said if isinstance(said, WorkingMemory) else memory_of(said, answered)
    of_situation = {name: more.pop(name) for name in ("sets_factor", "sessions_at_most", "is_heavy_ruled_out") if name in more}
    intake = SimpleNamespace(retunes=more.pop("retunes", ()), as_of=more.pop("as_of", None))
    program = SimpleNamespace(**more)
    return Situation(cast(Any, program), cast(Any, intake), held, cast(Any, Explains(held)), **of_situation)


def record(name: str = "press", **more: Any) -> Exercise:
    """An exercise with nothing special about it."""
    usual = {
        "id": name,
        "name": name,
        "blocks": ("strength",),
        "targets": Targets(direct=()),
        "laterality": "bilateral",
        "instructions": ("Do it.",),
        "stop_if": "It hurts.",
        "sources": (),
        "demands": "none",
        "dosage": {"strength": Dosage(reps=Decimal(10))},
    }
    return Exercise(**{**usual, **more})


def adjusted(
    metric: str, to: float | None = None, change: str = "", from_: float | None = 40, name: str = "x/y"
) -> LoadAdjustment:
    """An adjustment of a load metric."""
    now, then = (None if number is None else Decimal(str(number)) for number in (from_, to))
    return LoadAdjustment(id=name, metric=metric, from_=now, to=then, change=change, unit="", text="", because=())


def outlook_of(*adjustments: LoadAdjustment, phase: str = "base", windows: Iterable[str] = (), **said: Iterable[Any]) -> Outlook:
    """A day as the rules see it."""
    return Outlook(phase, frozenset(windows), adjustments, memory_of(said))


def prescribed(exercise: str, dosage: Dosage, **more: Any) -> Prescription:
    """An exercise of a plan, with nothing special about it."""
    usual: dict[str, Any] = {
        "name": exercise.capitalize(),
        "block": "strength",
        "targets": (),
        "side": "both",
        "pain_limit": "",
        "stop_if": "",
        "progression": "",
        "regression": "",
        "assumes": (),
        "because": (),
    }
    return Prescription(exercise=exercise, dosage=dosage, **{**usual, **more})
