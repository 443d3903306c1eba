"""Find a runner on whom rules fire together: a concrete, minimal profile that is run, not argued for."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from stridewise.authoring.checks.ground import Ground
from stridewise.authoring.checks.recordable import Recordable, TooMuchError, Work
from stridewise.authoring.checks.recording import as_profile, read
from stridewise.authoring.checks.solver import IS_THERE, Solver
from stridewise.errors import StridewiseError
from stridewise.language.rule import Rule
from stridewise.program.program import Program
from stridewise.session import Session, hold_session

MOST_STEPS = 7_000_000  # of looking at all that rules tell apart
MOST_MODELS = 20
FOUND, NONE, UNKNOWN = "found", "none", "unknown"


@dataclass(frozen=True, slots=True)
class WitnessAnswer:
    """`found` with the profile as YAML, `none` where rules provably cannot meet, else `unknown`."""

    verdict: str
    profile: str = ""


class Witnesses:
    """Looks for profiles on which rules fire together and something is true of the result."""

    can_look = IS_THERE

    def __init__(self, program: Program, as_of: date) -> None:
        self.program = program
        self.as_of = as_of
        self.work = Work(MOST_STEPS)  # of looking at parts
        self.whole = cache(lambda is_exact: self._solver(program, Work(MOST_STEPS), is_exact))

    def look(self, rules: Sequence[Rule], holds: Callable[[Session], bool]) -> WitnessAnswer:
        """A minimal profile on which all `rules` fire and `holds` is true of the session."""
        for solver in self._solvers(rules) if self.can_look else ():
            tried = 0
            with closing(solver.recordings(rule.id for rule in rules)) as recordings:
                for recording in islice(recordings, MOST_MODELS):
                    tried += 1
                    text = as_profile(recording, self.program.vocabulary, self.as_of)
                    if self._shows(text, rules, holds):
                        return WitnessAnswer(FOUND, text)
            if not tried and solver.is_complete and solver.ground.is_exact:
                return WitnessAnswer(NONE)
        return WitnessAnswer(UNKNOWN)

    def _solvers(self, rules: Sequence[Rule]) -> Iterator[Solver]:
        """First of the plainest facts alone, which are quickly looked through; then of all. Where all is too much to look at, of
        what these rules rest on."""
        for is_exact in (False, True):
            solver = self.whole(is_exact) or self._solver(self.program.part(rules), self.work, is_exact)
            if solver is not None:
                yield solver

    def _solver(self, program: Program, work: Work, is_exact: bool) -> Solver | None:
        try:
            return Solver(Ground(program, Recordable(program, self.as_of, work, is_exact)))
        except TooMuchError:
            return None

    def _shows(self, text: str, rules: Sequence[Rule], holds: Callable[[Session], bool]) -> bool:
        """Do the rules fire for this profile, and does it hold of what comes out?"""
        try:
            session = hold_session(read(text), self.program, self.as_of, "reference")
        except StridewiseError:
            return False
        fired = {activation.rule.id for activation in session.situation.memory.activations}
        return {rule.id for rule in rules} <= fired and holds(session)
