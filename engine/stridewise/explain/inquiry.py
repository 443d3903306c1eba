"""A profile that questions are asked about: its session, and the sessions of changed copies, counted and remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from stridewise.errors import ProfileError
from stridewise.explain.edits.changes import Change, changed
from stridewise.language.translation import ENGLISH
from stridewise.profile.facts import Intake
from stridewise.profile.profile import Profile
from stridewise.program.program import Program
from stridewise.session import Session, facts_of, hold_session

SEARCHED_WITH = "reference"  # trials run on the quick matcher; what is told is run again on the engine asked for


@dataclass(slots=True)
class Inquiry:
    """One profile on one day under the program in force then. `runs` counts the plans made beside the first."""

    profile: Profile
    program: Program
    as_of: date
    engine: str
    session: Session
    runs: int = 0
    known: dict[tuple[bytes, str], Session | ProfileError] = field(default_factory=dict)

    @property
    def searched_with(self) -> str:
        """The matcher that trials run on."""
        return "durable" if self.engine == "durable" else SEARCHED_WITH

    def after(self, changes: Sequence[Change], engine: str = "") -> Session:
        """The session of the changed profile: exactly a new run. Raises ProfileError where the changes do not fit."""
        profile = changed(self.profile, changes, self.program.vocabulary)
        key = (profile.document.content, engine or self.engine)
        if key not in self.known:
            self.runs += 1
            self.known[key] = self._held(profile, key[1])
        session = self.known[key]
        if isinstance(session, ProfileError):
            raise session
        return session

    def _held(self, profile: Profile, engine: str) -> Session | ProfileError:
        try:
            return hold_session(profile, self.program, self.as_of, engine, ENGLISH.code)
        except ProfileError as error:
            return error

    def facts_after(self, changes: Sequence[Change]) -> Intake | None:
        """What inference would get to see after the changes; None where they do not fit the profile."""
        try:
            return facts_of(changed(self.profile, changes, self.program.vocabulary), self.program, self.as_of)
        except ProfileError:
            return None

    def trial(self, changes: Sequence[Change]) -> Session | None:
        """The session after the changes, on the quick matcher; None where they do not fit the profile."""
        try:
            return self.after(changes, self.searched_with)
        except ProfileError:
            return None


def open_inquiry(profile: Profile, program: Program, as_of: date, engine: str = "both") -> Inquiry:
    """Hold the session that is asked about; what is tried is tried on the program in force on its day. Raises ProfileError,
    PackError or InferenceError."""
    session = hold_session(profile, program, as_of, engine, ENGLISH.code)
    return Inquiry(profile, session.situation.program, as_of, engine, session)
