"""Run each stratum to its fixpoint, on both matchers, and let them agree before anything is believed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from stridewise.errors import InferenceError
from stridewise.inference import durable
from stridewise.inference.durable import BeyondDurable, DurableMatcher
from stridewise.inference.memory import Activation, WorkingMemory
from stridewise.inference.normal_form import (
    ALWAYS,
    Allowed,
    Branch,
    Concluding,
    Matcher,
    Stratum,
    compile_stratum,
    conclusions,
    count_groups,
)  # fmt: skip
from stridewise.inference.reference import ReferenceMatcher
from stridewise.language.condition import Binding
from stridewise.language.fact import Fact
from stridewise.program.program import Program

ENGINES = ("both", "durable", "reference")
NOT_INSTALLED = "durable-rules is not installed for this Python"


@dataclass(slots=True)
class Engine:
    """Which matchers ran: what was asked for, and why durable_rules did not run where it did not."""

    choice: str = "both"
    left_out: str = ""

    def describe(self) -> str:
        """For the receipt: the matchers that ran, and the reason where one was left out."""
        if self.choice == "reference":
            return "reference"
        if self.left_out:
            return f"reference alone: {self.left_out}"
        return "durable_rules and reference, in agreement" if self.choice == "both" else "durable_rules"


def infer(program: Program, facts: Sequence[Fact], answered: frozenset[str], engine: Engine) -> WorkingMemory:
    """Everything that follows from the facts. Raises InferenceError where the matchers disagree.

    `engine` is told where durable_rules was left out."""
    if engine.choice not in ENGINES:
        raise InferenceError(f'unknown engine "{engine.choice}"; one of {", ".join(ENGINES)}')
    if engine.choice != "reference" and not durable.available():
        engine.left_out = NOT_INSTALLED
    memory = WorkingMemory(answered=answered)
    for fact in sorted(facts, key=lambda fact: fact.sort_key):
        memory.add(fact)
    for number in range(len(program.strata)):
        _run_stratum(program, number, memory, engine)
    return memory


def _run_stratum(program: Program, number: int, memory: WorkingMemory, engine: Engine) -> None:
    stratum: Stratum = program.once(f"stratum {number}", lambda: compile_stratum(program.strata[number]))
    counted = count_groups(stratum, memory)
    facts = [*memory.facts, ALWAYS, *sorted(counted, key=lambda fact: fact.sort_key)]

    def allowed(branch: Branch, binding: Binding) -> bool:
        for condition in branch.absents:
            if not absent(program, memory, condition.kind) or any(memory.matching(condition, binding)):
                return False
        return True

    known: dict[object, Sequence[Fact]] = program.once("concluded", dict)

    def conclude(fired: Activation) -> Sequence[Fact]:
        return conclusions(program.vocabulary, fired, known)

    for fired in _agreed(program, number, stratum, facts, allowed, conclude, engine):
        supports = tuple(item for fact in fired.facts for item in counted.get(fact, ())) if counted else ()
        memory.record(fired._replace(supports=supports) if supports else fired, conclude(fired))


def absent(program: Program, memory: WorkingMemory, kind: str) -> bool:
    """May the absence of facts of this kind be read as false? For a closed kind only where its list was given."""
    return program.vocabulary.kinds[kind].mode == "derived" or kind in memory.answered


def _agreed(
    program: Program, number: int, stratum: Stratum, facts: Sequence[Fact], allowed: Allowed, conclude: Concluding,
    engine: Engine,
) -> list[Activation]:  # fmt: skip
    """The activations of one stratum in the order of what they say, whichever matchers ran."""
    results: dict[str, list[Activation]] = {}
    if engine.choice != "reference" and not engine.left_out:
        try:
            matcher: Matcher = program.once(f"durable {number}", lambda: DurableMatcher(stratum))
            results["durable_rules"] = matcher.saturate(facts, allowed, conclude)
        except BeyondDurable as limit:
            engine.left_out = str(limit)
    if engine.choice != "durable" or "durable_rules" not in results:
        matcher = program.once(f"reference {number}", lambda: ReferenceMatcher(stratum))
        results["reference"] = matcher.saturate(facts, allowed, conclude)
    ordered = {name: sorted(activations, key=lambda fired: fired.sort_key) for name, activations in results.items()}
    first = next(iter(ordered.values()))
    for other in ordered.values():
        if [fired.identity for fired in other] != [fired.identity for fired in first]:
            raise _disagreement(number, facts, ordered)
    return first


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
