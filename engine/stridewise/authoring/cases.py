"""Run the cases of a pack: a minimal profile, and what must and must not come of it. Used by the command and by pytest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from stridewise.documents.located import Document, LocatedDict, LocatedList, line_of
from stridewise.documents.sentences import as_found
from stridewise.documents.shape import validate
from stridewise.errors import PackError, Problems, StridewiseError, did_you_mean
from stridewise.inference.engine import infer
from stridewise.inference.memory import WorkingMemory
from stridewise.language.fact import read_attributes
from stridewise.language.rule import Avoid
from stridewise.language.vocabulary import Kind, Place, Value, Vocabulary, fold
from stridewise.packs.pack import RulePack
from stridewise.plan.model import Plan, Status
from stridewise.plan.seal import to_values
from stridewise.profile.facts import Intake
from stridewise.profile.profile import read_profile
from stridewise.profile.values import Day
from stridewise.program.program import Program
from stridewise.recommendation.collect import Recommendations, collect
from stridewise.recommendation.reasons import Explainer
from stridewise.session import Session, hold_session

DEFAULT_DAY = date(2026, 11, 21)
OF_RULES = ("fires", "silent", "refers", "warns")  # the parts of an expectation that name rules
OF_TERMS = ("targets", "prescribes", "not_prescribed", "not_swapped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a case claims; everything left out is not looked at. Rule ids without a pack are the pack's own."""

    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    status: Status | None = None
    targets: tuple[Any, ...] = ()  # a target, or some of {target, priority, side, goal}
    prescribes: tuple[str, ...] = ()
    not_prescribed: tuple[str, ...] = ()
    swaps: dict[str, str | None] = field(default_factory=dict)
    not_swapped: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    avoids: tuple[Any, ...] = ()  # an exercise, or some of {exercise, demand, above, new, level}
    says: tuple[str, ...] = ()  # a piece of the text of a warning, a referral or a load adjustment
    adjusts: dict[str, dict[str, Any]] = field(default_factory=dict)
    concludes: tuple[dict[str, Any], ...] = ()
    notices: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShape:
    """One case: a sentence, a profile, and what to expect."""

    name: str
    profile: dict[str, Any]
    expect: Expectation
    as_of: Day = DEFAULT_DAY


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a pack, and where it stands."""

    pack: str
    shape: CaseShape
    profile: LocatedDict
    place: Place


@dataclass(frozen=True, slots=True)
class Result:
    """How a case went: no failures is a pass. `fired` are the ids of the rules that fired."""

    case: Case
    failures: tuple[str, ...]
    fired: frozenset[str] = frozenset()


def read_cases(pack: RulePack) -> list[Case]:
    """The cases of a pack. Raises PackError with every malformed one."""
    problems = Problems(pack.path, PackError)
    cases = [case for document in pack.cases for case in _read(pack.name, document, problems)]
    problems.raise_if_any()
    return cases


def _read(pack: str, document: Document, problems: Problems) -> Iterator[Case]:
    here = problems.within(document.path)
    if document.root is not None and not isinstance(document.root, LocatedList):
        here.add(1, f"expected a list of cases, each behind a dash, found {as_found(document.root)}")
    for index, node in enumerate(document.root if isinstance(document.root, LocatedList) else ()):
        line = line_of(document.root, index)
        shape = validate(CaseShape, node, here, line, str(node.get("name", "")) if isinstance(node, dict) else "")
        if shape is not None:
            yield Case(pack, shape, node["profile"], Place(document.path, line))


def run_case(program: Program, case: Case, engine: str = "both") -> Result:
    """Plan for the case's profile and compare."""
    case = _with_names_of_today(case, program)
    expect = case.shape.expect
    try:
        session = hold_session(read_profile(document_of(case)), program, case.shape.as_of, engine)
    except StridewiseError as error:
        if expect.error is not None and expect.error in str(error):
            return Result(case, ())
        return Result(case, (f"stopped with: {error}",))
    if expect.error is not None:
        return Result(case, (f'expected an error with "{expect.error}", but a plan was made',))
    fired = frozenset(activation.rule.id for activation in session.situation.memory.activations)
    return Result(case, tuple(_compare(case, session)), fired)


def _with_names_of_today(case: Case, program: Program) -> Case:
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
    named |= {part: tuple(rules.get(_full(case, name), name) for name in getattr(expect, part)) for part in OF_RULES}
    named["swaps"] = {today(avoid): instead and today(instead) for avoid, instead in expect.swaps.items()}
    return replace(case, shape=replace(case.shape, expect=replace(expect, **named)))


def document_of(case: Case) -> Document:
    """The case's profile as a document; schema and runner are filled in where a case leaves them out."""
    root = LocatedDict({"schema": 1, "runner": {"ref": "case"}} | case.profile)
    if isinstance(case.profile.get("runner"), dict):
        runner = LocatedDict({"ref": "case"} | case.profile["runner"])
        runner.line, runner.lines = case.profile["runner"].line, case.profile["runner"].lines
        root["runner"] = runner
    root.line, root.lines = case.profile.line, case.profile.lines
    return Document(case.place.path, root)


def failures_before_planning(program: Program, case: Case, intake: Intake) -> list[str]:
    """What is wrong already with what fires and what that says, of the facts of the case's profile: no plan is made for it."""
    case = _with_names_of_today(case, program)
    memory = infer(program, intake.facts, intake.answered, "reference").memory
    return list(_said(case, program, memory, collect(Explainer(program, memory))))


def _compare(case: Case, session: Session) -> Iterator[str]:
    expect, plan = case.shape.expect, session.plan
    yield from _said(case, session.situation.program, session.situation.memory, session.recommendations)
    if expect.status is not None and expect.status != plan.status:
        yield f"status: expected {expect.status}, got {plan.status}"
    prescribed = [prescription.exercise for prescription in plan.prescriptions]
    there = session.situation.program.exercises
    yield from _lacks("prescribes", [name for name in expect.prescribes if name in there], prescribed)
    for name in expect.not_prescribed:
        if name in prescribed:
            yield f"not_prescribed: {name} is prescribed"
    yield from _unknown_exercises(expect, session)
    yield from _lacks(
        "refers", [_full(case, name) for name in expect.refers], [b.rule for r in plan.referrals for b in r.because]
    )
    yield from _swaps(expect, plan)
    yield from _adjusts(expect, plan)
    for text in expect.notices:
        if not any(text in notice for notice in plan.notices):
            yield f'notices: none holds "{text}"; got {list(plan.notices)}'


def _said(case: Case, program: Program, memory: WorkingMemory, made: Recommendations) -> Iterator[str]:
    """What fires, what is concluded and what is recommended, before anything is settled."""
    expect = case.shape.expect
    yield from _rules(case, program, frozenset(activation.rule.id for activation in memory.activations))
    yield from _avoids(expect, made)
    yield from _says(expect, made)
    yield from _targets(expect, made)
    yield from _lacks("warns", [_full(case, name) for name in expect.warns], [warning.because.rule for warning in made.warn])
    yield from _concludes(expect, program.vocabulary, memory)


def _further_stages(
    entry: Mapping[str, Any], kind: Kind, memory: WorkingMemory, attributes: Mapping[str, Value]
) -> Iterator[str]:
    """A stage that is expected is the only one of its pathway, on its side where it names one."""
    if kind.name != "stage":
        return
    pathway = str(entry[kind.name]).partition("/")[0]
    for fact in memory.of(kind.name):
        same = all(fact.get(name) == value for name, value in attributes.items())
        if same and fact.value != entry[kind.name] and str(fact.value).startswith(f"{pathway}/"):
            yield f"concludes: {dict(entry)} is expected, but {fact.as_mapping()} holds"


def _unknown_exercises(expect: Expectation, session: Session) -> Iterator[str]:
    """A name that does not exist is never prescribed: such a claim would hold for ever."""
    for name in (*expect.prescribes, *expect.not_prescribed, *expect.not_swapped, *expect.swaps):
        if name not in session.situation.program.exercises:
            hint = session.situation.program.vocabulary.suggestion("exercises", name)
            yield f"there is no exercise {name}{hint and '.'}{hint}"


def _targets(expect: Expectation, recommendations: Recommendations) -> Iterator[str]:
    asked = [one.what for one in recommendations.train]
    made = [{"target": one.target, "priority": one.priority, "side": one.side, "goal": one.goal} for one in asked]
    for entry in expect.targets:
        wanted = entry if isinstance(entry, dict) else {"target": entry}
        if not any(wanted.items() <= one.items() for one in made):
            yield f"targets: {dict(wanted)} is not asked for; got {made or 'none'}"


def _avoids(expect: Expectation, recommendations: Recommendations) -> Iterator[str]:
    made = [_avoided(avoidance.what) for avoidance in recommendations.avoid]
    for entry in expect.avoids:
        wanted = entry if isinstance(entry, dict) else {"exercise": entry}
        if not any(wanted.items() <= avoided.items() for avoided in made):
            yield f"avoids: {dict(wanted)} is not avoided; got {made or 'none'}"


def _avoided(avoid: Avoid) -> dict[str, Any]:
    what = avoid.avoid
    if isinstance(what, str):
        return {"exercise": what, "level": avoid.level}
    return {"demand": what.demand, "above": what.above, "new": what.new, "level": avoid.level}


def _says(expect: Expectation, made: Recommendations) -> Iterator[str]:
    said = [warning.what.warn for warning in made.warn] + [other.what.text for other in (*made.refer, *made.adjust)]
    for text in expect.says:
        if not any(text in sentence for sentence in said):
            yield f'says: nothing holds "{text}"; got {said}'


def _full(case: Case, name: str) -> str:
    return name if "/" in name else f"{case.pack}/{name}"


def _rules(case: Case, program: Program, fired: frozenset[str]) -> Iterator[str]:
    known = {rule.id for rule in program.rules}
    for name in (_full(case, name) for name in (*case.shape.expect.fires, *case.shape.expect.silent)):
        if name not in known:
            hint = did_you_mean(name, known)
            yield f"there is no rule {name}{hint and '.'}{hint}"
    fires = [name for name in (_full(case, name) for name in case.shape.expect.fires) if name in known]
    yield from _lacks("fires", fires, sorted(fired))
    for name in case.shape.expect.silent:
        if _full(case, name) in fired:
            yield f"silent: {_full(case, name)} fired"


def _lacks(what: str, expected: Iterable[str], got: Iterable[str]) -> Iterator[str]:
    got = list(got)
    for name in expected:
        if name not in got:
            yield f"{what}: {name} is missing; got {', '.join(dict.fromkeys(got)) or 'none'}"


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
    made: dict[str, list[dict[str, Any]]] = {}
    for adjustment in plan.load_adjustments:
        made.setdefault(adjustment.metric, []).append(to_values(adjustment))
    for metric, wanted in expect.adjusts.items():
        wanted_values = to_values(wanted)
        if not any(
            wanted_values.items() <= {k: v for k, v in got.items() if k != "because"}.items() for got in made.get(metric, ())
        ):
            shown = [{k: v for k, v in got.items() if k in {*wanted, "from", "to", "change"}} for got in made.get(metric, ())]
            yield f"adjusts: {metric}: expected {wanted_values}, got {shown or 'none'}"


def _concludes(expect: Expectation, vocabulary: Vocabulary, memory: WorkingMemory) -> Iterator[str]:
    for entry in expect.concludes:
        try:
            kind = vocabulary.kind_of(entry)
            value = vocabulary.read(kind.type, entry[kind.name], kind.name)
            attributes = read_attributes(vocabulary, kind, entry)
        except ValueError as error:
            yield f"concludes: {error}"
            continue
        matching = [
            fact for fact in memory.of(kind.name) if fact.value == value and all(fact.get(n) == v for n, v in attributes.items())
        ]
        yield from _further_stages(entry, kind, memory, attributes)
        if not matching:
            got = [fact.as_mapping() for fact in memory.of(kind.name)]
            yield f"concludes: {dict(entry)} is not concluded; got {got or 'none'}"
