"""A profile that questions are asked about: its session, and the sessions of changed copies, counted and remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from stridewise.documents.arithmetic import our_arithmetic
from stridewise.errors import ProfileError
from stridewise.explain.edits.changes import Change, changed
from stridewise.inference.engine import infer
from stridewise.language.translation import ENGLISH
from stridewise.plan.model import Plan
from stridewise.planning.build import make_plan
from stridewise.planning.situation import Situation
from stridewise.profile.profile import Profile
from stridewise.program.program import Program
from stridewise.recommendation.collect import Recommendations, collect
from stridewise.recommendation.reasons import Explainer
from stridewise.session import Session, facts_of, hold_session


@dataclass(slots=True)
class Inquiry:
    """One profile on one day under the program in force then. `runs` counts the plans made beside the first."""

    profile: Profile
    program: Program
    as_of: date
    engine: str
    session: Session
    runs: int = 0
    known: dict[bytes, Session | ProfileError] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """What the exercises are called."""
        return {exercise.id: exercise.name for exercise in self.program.exercises.values()}

    def after(self, changes: Sequence[Change]) -> Session:
        """The session of the changed profile: exactly a new run. Raises ProfileError where the changes do not fit."""
        profile = changed(self.profile, changes, self.program.vocabulary)
        key = profile.document.content
        if key not in self.known:
            self.runs += 1
            try:
                self.known[key] = hold_session(profile, self.program, self.as_of, self.engine, ENGLISH.code)
            except ProfileError as error:
                self.known[key] = error
        session = self.known[key]
        if isinstance(session, ProfileError):
            raise session
        return session

    @our_arithmetic()
    def inferred_after(self, changes: Sequence[Change]) -> tuple[Situation, Recommendations] | None:
        """What follows from the changed profile, on one matcher alone; None where the changes do not fit it. What is told is run
        again on the engine asked for."""
        program, one_matcher = self.program, "durable" if self.engine == "durable" else "reference"
        try:
            intake = facts_of(changed(self.profile, changes, program.vocabulary), program, self.as_of)
        except ProfileError:
            return None
        memory = infer(program, intake.facts, intake.answered, one_matcher).memory
        known = self.session.situation.later  # what a change leaves as it is follows on later days as before
        later = {lasting: dict(days) for lasting, days in known.items()}
        explainer = Explainer(program, memory)
        return Situation(program, intake, memory, explainer, later=later), collect(explainer)

    @our_arithmetic()
    def sketch(self, changes: Sequence[Change], dated: bool = False) -> Plan | None:
        """What a new run would advise: without what is missing and assumed, which costs more than the rest together; with its
        schedule where that is asked for. None where the changes do not fit the profile."""
        after = self.inferred_after(changes)
        if after is None:
            return None
        self.runs += 1
        return make_plan(*after, self.session.plan.receipt, dated, asking=False)


def open_inquiry(profile: Profile, program: Program, as_of: date, engine: str = "both") -> Inquiry:
    """Hold the session that is asked about; what is tried is tried on the program in force on its day. Raises ProfileError,
    PackError or InferenceError."""
    session = hold_session(profile, program, as_of, engine, ENGLISH.code)
    return Inquiry(profile, session.situation.program, as_of, engine, session)
