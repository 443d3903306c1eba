"""What planning knows of the runner, read from facts only, never from the profile."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from stridewise.inference.memory import WorkingMemory
from stridewise.language.fact import Fact
from stridewise.plan.model import Because
from stridewise.profile.facts import Intake
from stridewise.profile.shapes import Retune
from stridewise.program.program import Program
from stridewise.recommendation.reasons import Explainer

ENGINE = "stridewise"
USUAL_SESSIONS = Decimal(2)


@dataclass(frozen=True, slots=True)
class Situation:
    """The program, the working memory of this runner, and how reasons are told.

    `sets_factor` is the share of strength sets, `sessions_at_most` the strength sessions a week that load adjustments leave;
    `is_heavy_ruled_out`: a contraindication leaves no heavy load, whatever the exercise. `later` remembers what was inferred of
    later days, for whoever plans more than once for one runner: by what lasts, and by how far the races are."""

    program: Program
    intake: Intake
    memory: WorkingMemory
    explainer: Explainer
    sets_factor: Decimal = Decimal(1)
    sessions_at_most: Decimal | None = None
    is_heavy_ruled_out: bool = False
    later: dict[object, dict[object, WorkingMemory]] = field(default_factory=dict, compare=False, repr=False)

    def names(self, kind: str) -> frozenset[str]:
        """The term values recorded or concluded for a kind."""
        return frozenset(map(str, self.memory.values(kind)))

    def number(self, kind: str) -> Decimal | None:
        """The number recorded for a kind, None where there is none."""
        value = self.memory.value(kind)
        return value if isinstance(value, Decimal) else None

    @property
    def current(self) -> frozenset[str]:
        """Exercises the runner does already."""
        return self.names("current_exercise")

    @property
    def equipment(self) -> frozenset[str] | None:
        """The equipment at hand; None where it was not asked, which counts as none and is said so."""
        return self.names("equipment") if "equipment" in self.memory.answered else None

    @property
    def sessions_a_week(self) -> Decimal:
        """Strength sessions a week: what the runner can fit in (two where it is not recorded), at most what the rules allow."""
        possible = self.number("sessions_per_week")
        possible = USUAL_SESSIONS if possible is None else possible
        return possible if self.sessions_at_most is None else min(possible, self.sessions_at_most)

    @property
    def has_no_session(self) -> bool:
        """Is there no strength session in a week, because none fits in or because the rules leave none?"""
        return self.sessions_a_week == 0

    @property
    def is_reduced(self) -> bool:
        """Do the rules ask for less than the usual dose, as near a race?"""
        return self.sets_factor < 1 or bool(self.facts("new_exercise_dose", "half"))

    def facts(self, kind: str, value: str) -> list[Fact]:
        """The facts of a kind with this value."""
        return sorted(self.memory.by_value.get((kind, value), ()), key=attrgetter("sort_key"))

    def retune(self, exercise: str) -> Retune | None:
        """The dosage the clinician sets for an exercise."""
        return next((item for item in self.intake.retunes if item.exercise == exercise), None)

    def own_reason(self, name: str, text: str, facts: Iterable[Fact] = ()) -> Because:
        """A reason the engine or the clinician gives, under a reserved id."""
        return Because(rule=f"{ENGINE}/{name}", text=text, facts=self.explainer.facts(facts))
