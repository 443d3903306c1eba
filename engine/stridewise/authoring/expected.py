"""What of a case did not come: its failures, in the words of its author."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from stridewise.authoring.cases import Expectation
from stridewise.errors import did_you_mean
from stridewise.inference.engine import infer
from stridewise.inference.memory import WorkingMemory
from stridewise.language.fact import Fact, read_attributes
from stridewise.language.rule import Avoid
from stridewise.language.vocabulary import Vocabulary
from stridewise.plan.model import Plan
from stridewise.plan.seal import to_values
from stridewise.profile.facts import Intake
from stridewise.program.program import Program
from stridewise.recommendation.collect import Recommendations, collect
from stridewise.recommendation.reasons import Explainer
from stridewise.session import Session


def failures_before_planning(program: Program, expect: Expectation, intake: Intake) -> list[str]:
    """What is wrong already with what fires and what that says, of the facts of the case's profile: no plan is made for it."""
    memory = infer(program, intake.facts, intake.answered, "reference").memory
    return list(_said(expect, program, memory, collect(Explainer(program, memory))))


def failures_of(expect: Expectation, session: Session) -> Iterator[str]:
    """All that is wrong with what came of a case's profile."""
    if expect.error is not None:
        yield f'expected an error with "{expect.error}", but a plan was made'
        return
    program, plan = session.situation.program, session.plan
    yield from _said(expect, program, session.situation.memory, session.recommendations)
    if expect.status is not None and expect.status != plan.status:
        yield f"status: expected {expect.status}, got {plan.status}"
    prescribed = [prescription.exercise for prescription in plan.prescriptions]
    yield from _lacks("prescribes", filter(program.exercises.__contains__, expect.prescribes), prescribed)
    yield from (f"not_prescribed: {name} is prescribed" for name in expect.not_prescribed if name in prescribed)
    yield from _unknown_exercises(expect, program)
    yield from _lacks("refers", expect.refers, [because.rule for one in plan.referrals for because in one.because])
    yield from _swaps(expect, plan)
    yield from _adjusts(expect, plan)
    yield from _unheard("notices: none", expect.notices, plan.notices)


def _said(expect: Expectation, program: Program, memory: WorkingMemory, made: Recommendations) -> Iterator[str]:
    """What fires, what is concluded and what is recommended, before anything is settled."""
    yield from _rules(expect, program, {activation.rule.id for activation in memory.activations})
    yield from _unmet("avoids", expect.avoids, "exercise", [_avoided(one.what) for one in made.avoid], "avoided")
    said = [warning.what.warn for warning in made.warn] + [other.what.text for other in (*made.refer, *made.adjust)]
    yield from _unheard("says: nothing", expect.says, said)
    asked = (one.what for one in made.train)
    targets = [{"target": one.target, "priority": one.priority, "side": one.side, "goal": one.goal} for one in asked]
    yield from _unmet("targets", expect.targets, "target", targets, "asked for")
    yield from _lacks("warns", expect.warns, [warning.because.rule for warning in made.warn])
    yield from _concludes(expect, program.vocabulary, memory)


def _rules(expect: Expectation, program: Program, fired: set[str]) -> Iterator[str]:
    known = {rule.id for rule in program.rules}
    for name in (*expect.fires, *expect.silent):
        if name not in known:
            hint = did_you_mean(name, known)
            yield f"there is no rule {name}{hint and '.'}{hint}"
    yield from _lacks("fires", filter(known.__contains__, expect.fires), sorted(fired))
    yield from (f"silent: {name} fired" for name in expect.silent if name in fired)


def _unknown_exercises(expect: Expectation, program: Program) -> Iterator[str]:
    """A name that does not exist is never prescribed: such a claim would hold for ever."""
    for name in (*expect.prescribes, *expect.not_prescribed, *expect.not_swapped, *expect.swaps):
        if name not in program.exercises:
            hint = program.vocabulary.suggestion("exercises", name)
            yield f"there is no exercise {name}{hint and '.'}{hint}"


def _lacks(part: str, expected: Iterable[str], got: Sequence[str]) -> Iterator[str]:
    for name in expected:
        if name not in got:
            yield f"{part}: {name} is missing; got {', '.join(dict.fromkeys(got)) or 'none'}"


def _unheard(part: str, expected: Iterable[str], said: Sequence[str]) -> Iterator[str]:
    """Pieces of text that stand in nothing that is said."""
    for text in expected:
        if not any(text in sentence for sentence in said):
            yield f'{part} holds "{text}"; got {list(said)}'


def _unmet(part: str, expected: Iterable[Any], name: str, made: Sequence[Mapping[str, Any]], verb: str) -> Iterator[str]:
    """Entries that nothing made agrees with; a text stands for its `name` alone."""
    for entry in expected:
        wanted = entry if isinstance(entry, dict) else {name: entry}
        if not any(wanted.items() <= one.items() for one in made):
            yield f"{part}: {dict(wanted)} is not {verb}; got {made or 'none'}"


def _avoided(avoid: Avoid) -> dict[str, Any]:
    what = avoid.avoid
    if isinstance(what, str):
        return {"exercise": what, "level": avoid.level}
    return {"demand": what.demand, "above": what.above, "new": what.new, "level": avoid.level}


def _swaps(expect: Expectation, plan: Plan) -> Iterator[str]:
    made = {swap.avoid: swap.instead for swap in plan.swaps}
    for avoid, instead in expect.swaps.items():
        if avoid not in made:
            yield f"swaps: {avoid} is not swapped; got {made or 'none'}"
        elif made[avoid] != instead:
            yield f"swaps: {avoid}: expected {instead}, got {made[avoid]}"
    for name in expect.not_swapped:
        if name in made:
            yield f"not_swapped: {name} is swapped for {made[name]}"


def _adjusts(expect: Expectation, plan: Plan) -> Iterator[str]:
    for metric, written in expect.adjusts.items():
        wanted = to_values(written)
        made = [to_values(one) for one in plan.load_adjustments if one.metric == metric]
        if not any(wanted.items() <= one.items() for one in made):
            shown = [{k: v for k, v in one.items() if k in {*wanted, "from", "to", "change"}} for one in made]
            yield f"adjusts: {metric}: expected {wanted}, got {shown or 'none'}"


def _concludes(expect: Expectation, vocabulary: Vocabulary, memory: WorkingMemory) -> Iterator[str]:
    for entry in expect.concludes:
        try:
            kind = vocabulary.kind_of(entry)
            value = vocabulary.read(kind.type, entry[kind.name], kind.name)
            attributes = read_attributes(vocabulary, kind, entry)
        except ValueError as error:
            yield f"concludes: {error}"
            continue
        every = memory.of(kind.name)
        alike = [fact for fact in every if all(fact.get(name) == said for name, said in attributes.items())]
        if kind.name == "stage":
            yield from _further_stages(entry, alike)
        if not any(fact.value == value for fact in alike):
            yield f"concludes: {dict(entry)} is not concluded; got {[fact.as_mapping() for fact in every] or 'none'}"


def _further_stages(entry: Mapping[str, Any], held: Iterable[Fact]) -> Iterator[str]:
    """A stage that is expected is the only one of its pathway, on its side where it names one."""
    pathway = str(entry["stage"]).partition("/")[0]
    for fact in held:
        if fact.value != entry["stage"] and str(fact.value).startswith(f"{pathway}/"):
            yield f"concludes: {dict(entry)} is expected, but {fact.as_mapping()} holds"
