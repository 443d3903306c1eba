"""Run each stratum to its fixpoint, on both matchers, and let them agree before anything is believed."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from stridewise.errors import InferenceError, StridewiseError
from stridewise.inference import durable
from stridewise.inference.durable import BeyondDurable, DurableMatcher
from stridewise.inference.memory import Activation, WorkingMemory
from stridewise.inference.normal_form import (
    ALWAYS,
    Allowed,
    Branch,
    Concluding,
    Stratum,
    compile_stratum,
    concluding,
    count_groups,
    in_order,
)
from stridewise.inference.reference import ReferenceMatcher
from stridewise.language.condition import Binding
from stridewise.language.fact import Fact
from stridewise.language.vocabulary import SIDES, Value
from stridewise.program.program import Program, once

if TYPE_CHECKING:
    from stridewise.inference.generated import GeneratedMatcher

ENGINES = ("both", "durable", "reference", "generated")
# Its C source names a function that Python 3.13 no longer has; a broken build from before must not be taken for done.
ADDS_DURABLE = (
    "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
    "python -m pip install --force-reinstall --no-cache-dir durable-rules==2.0.28"
)
NOT_INSTALLED = f"durable-rules is missing; where there is a C compiler, this adds it: {ADDS_DURABLE}"
HOW_TO_INSTALL = f"{NOT_INSTALLED}; or take another engine: reference, both"


class MissingMatcherError(StridewiseError):
    """A matcher asked for by name is not there."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Engine:
    """Which matchers ran: what was asked for, and why durable_rules did not run where it did not."""

    choice: str = "both"
    left_out: str = ""

    @property
    def runs_durable(self) -> bool:
        return self.choice in ("both", "durable") and not self.left_out

    @property
    def runs_reference(self) -> bool:
        return self.choice in ("both", "reference") or bool(self.left_out)

    def describe(self) -> str:
        """For the receipt: the matchers that ran, and the reason where one was left out."""
        if self.choice in ("reference", "generated"):
            return self.choice
        if self.left_out:
            return f"reference alone: {self.left_out}"
        return "durable_rules and reference, in agreement" if self.choice == "both" else "durable_rules"


@dataclass(frozen=True, slots=True)
class Inference:
    """What follows from the facts, and the matchers that found it."""

    memory: WorkingMemory
    engine: Engine


def infer(program: Program, facts: Sequence[Fact], answered: frozenset[str], choice: str = "both") -> Inference:
    """Everything that follows from the facts. Raises InferenceError where the matchers disagree."""
    engine = _engine(choice)
    memory = WorkingMemory(answered=answered)
    for fact in sorted(facts, key=attrgetter("sort_key")):
        memory.add(fact)
    conclude = _concluding(program)
    for number in range(len(program.strata)):
        engine = _run_stratum(program, number, memory, conclude, engine)
    return Inference(memory, engine)


def kept_of(program: Program, memory: WorkingMemory, facts: Iterable[Fact], kept: Collection[str]) -> WorkingMemory:
    """Some facts and what the `kept` rules concluded from them: what is known before all other rules are run anew. The kept ones
    must rest on nothing but such facts and each other."""
    part, conclude = WorkingMemory(answered=memory.answered), _concluding(program)
    for fact in facts:
        part.add(fact)
    for fired in memory.activations:
        if fired.rule.id in kept:
            part.record(fired, conclude(fired))
    return part


def infer_anew(program: Program, kept: WorkingMemory, facts: Iterable[Fact]) -> WorkingMemory:
    """Everything that follows where these facts come to what is known already and only the rules of the program may say more. By
    the reference matcher alone."""
    memory, conclude, engine = kept.copy(), _concluding(program), Engine("reference")
    for fact in facts:
        memory.add(fact)
    for number in range(len(program.strata)):
        _run_stratum(program, number, memory, conclude, engine)
    return memory


def _engine(choice: str) -> Engine:
    if choice not in ENGINES:
        raise InferenceError(f'unknown engine "{choice}"; one of {", ".join(ENGINES)}')
    is_missing = choice in ("both", "durable") and not durable.available()
    if is_missing and choice == "durable":
        raise MissingMatcherError(HOW_TO_INSTALL)
    return Engine(choice, NOT_INSTALLED if is_missing else "")


@once
def compiled_stratum(program: Program, number: int) -> Stratum:
    """The rules of a stratum in the form that both matchers read."""
    return compile_stratum(program.strata[number])


@once
def durable_matcher(program: Program, number: int) -> DurableMatcher:
    """The matcher of a stratum that drives durable_rules. Raises BeyondDurable."""
    return DurableMatcher(compiled_stratum(program, number))


@once
def reference_matcher(program: Program, number: int) -> ReferenceMatcher:
    """The matcher of a stratum in plain Python."""
    return ReferenceMatcher(compiled_stratum(program, number))


@once
def generated_matcher(program: Program, number: int) -> "GeneratedMatcher":
    """The quick twin of the reference for a stratum."""
    from stridewise.inference.generated import GeneratedMatcher  # no start waits for what only --engine generated asks for

    derived = frozenset(name for name, kind in program.vocabulary.kinds.items() if kind.mode == "derived")
    return GeneratedMatcher(compiled_stratum(program, number), derived)


@once
def _terms(program: Program) -> frozenset[Value]:
    """Every term of the vocabulary, whatever its list."""
    return frozenset(term for terms in program.vocabulary.terms.values() for term in terms) | SIDES


def _concluding(program: Program) -> Concluding:
    """What a firing concludes."""
    return concluding(program.vocabulary, _known_conclusions(program), _terms(program))


@once
def _known_conclusions(program: Program) -> dict[object, Sequence[Fact]]:
    """Filled by `concluding` as rules fire."""
    return {}


def _run_stratum(program: Program, number: int, memory: WorkingMemory, conclude: Concluding, engine: Engine) -> Engine:
    """Everything the rules of a stratum add to the memory; with the engine that ran."""
    stratum = compiled_stratum(program, number)
    counted = count_groups(stratum, memory)
    more = [ALWAYS, *sorted(counted, key=attrgetter("sort_key"))]

    def allowed(branch: Branch, binding: Binding) -> bool:
        for one in branch.absents:  # noqa: SIM110  # as in `has`
            if not absent(program, memory, one.kind) or memory.has(one, binding):
                return False
        return True

    activations, ran = _agreed(program, number, memory, more, allowed, conclude, engine)
    for fired in activations:  # each with the facts that its at_least groups counted
        supports = tuple([item for fact in fired.facts for item in counted.get(fact, ())]) if counted else ()
        memory.record(fired._replace(supports=supports) if supports else fired, conclude(fired))
    return ran


def absent(program: Program, memory: WorkingMemory, kind: str) -> bool:
    """May the absence of facts of this kind be read as false? For a closed kind only where its list was given."""
    return program.vocabulary.kinds[kind].mode == "derived" or kind in memory.answered


def _agreed(
    program: Program,
    number: int,
    memory: WorkingMemory,
    more: Sequence[Fact],
    allowed: Allowed,
    conclude: Concluding,
    engine: Engine,
) -> tuple[list[Activation], Engine]:
    """The activations of one stratum in the order of what they say, whichever matchers ran; and which did."""
    results: dict[str, list[Activation]] = {}
    ran = engine
    if engine.choice == "generated":
        return generated_matcher(program, number).saturate(memory, more, allowed, conclude), engine
    facts = [*memory.facts, *more]
    if engine.runs_durable:
        try:
            results["durable_rules"] = durable_matcher(program, number).saturate(facts, allowed, conclude)
        except BeyondDurable as limit:
            ran = replace(engine, left_out=str(limit))
    if ran.runs_reference:
        results["reference"] = reference_matcher(program, number).saturate(facts, allowed, conclude)
    ordered = {name: in_order(activations) for name, activations in results.items()}
    first, *others = ordered.values()
    for other in others:
        if [fired.identity for fired in other] != [fired.identity for fired in first]:
            raise _disagreement(number, facts, ordered)
    return first, ran


def _disagreement(number: int, facts: Sequence[Fact], results: dict[str, list[Activation]]) -> InferenceError:
    """What differs, and the facts to reproduce it with (kinds and values only, no profile lines)."""
    seen = {name: {fired.identity for fired in activations} for name, activations in results.items()}
    lines = []
    for name, activations in results.items():
        others = set().union(*(identities for other, identities in seen.items() if other != name))
        for fired in [fired for fired in activations if fired.identity not in others][:5]:
            lines.append(f"only {name} fired {fired.rule.id} for {', '.join(fact.kind for fact in fired.facts)}")
    given = json.dumps([fact.as_mapping() for fact in facts if not fact.kind.startswith("#")], default=str)
    return InferenceError(
        f"the matchers disagree in stratum {number}; no plan is made.\n" + "\n".join(lines) + f"\nfacts: {given}"
    )
