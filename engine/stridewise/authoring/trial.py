"""A case that was run, with all it was run on: coverage, boundaries and mutation look at the facts behind it."""

from dataclasses import dataclass, replace
from typing import Any

from stridewise.authoring.cases import OF_RULES, Case, document_of
from stridewise.authoring.expected import failures_of
from stridewise.errors import StridewiseError
from stridewise.language.vocabulary import fold
from stridewise.profile.profile import read_profile
from stridewise.program.program import Program
from stridewise.session import Session, hold_session

OF_TERMS = ("targets", "prescribes", "not_prescribed", "not_swapped")  # the parts of an expectation that name terms


@dataclass(frozen=True, slots=True)
class Trial:
    """A case, how it went (no failures is a pass), and its session (None where it stopped with an error). `fires` and `silent`
    are the rules, by id, that it expects to fire and to stay silent."""

    case: Case
    failures: tuple[str, ...]
    fires: frozenset[str]
    silent: frozenset[str]
    session: Session | None = None

    @property
    def fired(self) -> frozenset[str]:
        """The ids of the rules that did fire."""
        return frozenset(self.session.plan.receipt.fired if self.session else ())


def run_case(program: Program, case: Case, engine: str = "both") -> Trial:
    """Plan for the case's profile and compare."""
    case = with_names_of_today(case, program)
    expect = case.shape.expect
    fires, silent = stage_claims(program, case)
    fires, silent = fires.union(expect.fires), silent.union(expect.silent)
    try:
        session = hold_session(read_profile(document_of(case)), program, case.shape.as_of, engine)
    except StridewiseError as error:
        is_expected = expect.error is not None and expect.error in str(error)
        return Trial(case, () if is_expected else (f"stopped with: {error}",), fires, silent)
    return Trial(case, tuple(failures_of(expect, session)), fires, silent, session)


def with_names_of_today(case: Case, program: Program) -> Case:
    """The case, expecting rules, exercises and targets by the names that they have now."""
    terms, rules = program.vocabulary.old_names(), program.old_rule_names
    if not (terms or rules):
        return case

    def today(name: Any) -> Any:
        """A name, or the target that some of its fields are expected of."""
        if isinstance(name, dict):
            return name | {"target": today(name["target"])} if "target" in name else name
        return terms.get(fold(name), name)

    expect = case.shape.expect
    named: dict[str, Any] = {part: tuple(map(today, getattr(expect, part))) for part in OF_TERMS}
    named |= {part: tuple(rules.get(name, name) for name in getattr(expect, part)) for part in OF_RULES}
    named["swaps"] = {today(avoid): instead and today(instead) for avoid, instead in expect.swaps.items()}
    return replace(case, shape=replace(case.shape, expect=replace(expect, **named)))


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
