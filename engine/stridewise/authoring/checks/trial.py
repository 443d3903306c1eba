"""A case that was run, with all it was run on: coverage, boundaries and mutation look at the facts behind it."""

from collections.abc import Iterable
from dataclasses import dataclass

from stridewise.authoring.cases import Case, document_of, run_case
from stridewise.errors import StridewiseError
from stridewise.profile.profile import read_profile
from stridewise.program.program import Program
from stridewise.session import Session, hold_session


@dataclass(frozen=True)
class Trial:
    """A case, how it went, and its session (None where it stopped with an error)."""

    case: Case
    failures: tuple[str, ...]
    fired: frozenset[str]
    session: Session | None
    of_stages: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())  # that the stages it expects make fire, or not

    @property
    def fires(self) -> frozenset[str]:
        """The rules it expects to fire, by full id."""
        return self.of_stages[0] | {full_id(self.case, name) for name in self.case.shape.expect.fires}

    @property
    def silent(self) -> frozenset[str]:
        """The rules it expects to stay silent, by full id."""
        return self.of_stages[1] | {full_id(self.case, name) for name in self.case.shape.expect.silent}


def full_id(case: Case, name: str) -> str:
    """A rule's id with its pack; without one it is the case's own."""
    return name if "/" in name else f"{case.pack}/{name}"


def run_trials(program: Program, cases: Iterable[Case], engine: str = "reference") -> tuple[Trial, ...]:
    """Every case, run once and kept with what it ran on."""
    return tuple(_run(program, case, engine) for case in cases)


def _run(program: Program, case: Case, engine: str) -> Trial:
    result = run_case(program, case, engine)
    return Trial(case, result.failures, result.fired, _session(program, case), stage_claims(program, case))


def stage_claims(program: Program, case: Case) -> tuple[frozenset[str], frozenset[str]]:
    """The rules of pathways that fire, and those that stay silent, where the stages that a case expects hold and no other of
    their pathway does."""
    fires: set[str] = set()
    others: set[str] = set()
    expected = {concluded.get("stage") for concluded in case.shape.expect.concludes} - {None}
    for pathway in program.pathways.values():
        held = [number for number, stage in enumerate(pathway.stages) if pathway.term(stage.id) in expected]
        for number, stage in enumerate(pathway.stages if held else ()):
            reaches, at, content = stage.rules
            (fires if number <= max(held) else others).add(reaches)
            (fires if number in held else others).update((at, content))
    return frozenset(fires - {""}), frozenset(others - fires - {""})


def _session(program: Program, case: Case) -> Session | None:
    try:
        return hold_session(read_profile(document_of(case)), program, case.shape.as_of, "reference")
    except StridewiseError:
        return None
