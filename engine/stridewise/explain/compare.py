"""Two visits of one runner: what changed in what was measured, reported and found, in the pathway stage and in the plan. What
may be the test and not the runner is no change. Nothing here looks ahead."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from stridewise.documents.units import show
from stridewise.explain.fates import explained
from stridewise.language.fact import VALUE, Fact
from stridewise.language.traits import HIGHER, MeasurementError
from stridewise.language.vocabulary import Kind, Value, ValueType, Vocabulary
from stridewise.plan.difference import Difference
from stridewise.plan.model import PathwayStage, Plan
from stridewise.planning.story import phrase
from stridewise.program.program import Program
from stridewise.session import Session

Verdict = Literal["better", "worse", "no measurable change", "changed", "new", "gone"]
Passage = Literal["passed", "not passed", "set back", "new", "gone"]
Group = Literal["tests", "symptoms", "diagnosis", "findings", "history", "running"]
GROUPS: tuple[Group, ...] = ("symptoms", "tests", "findings", "diagnosis", "history", "running")
NO_ERROR = "how much of a change the test itself can make is not on record here"
Limits = tuple[MeasurementError | None, MeasurementError | None]  # of the test itself; the smallest change that matters
Pair = tuple[Value | None, Value | None]  # at the first visit and at the second
Shown = tuple[str | None, str | None]  # the same in words
Key = tuple[str, tuple[tuple[str, Value], ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing at both visits: what it is, its values as shown (None where not recorded), the verdict, and what it rests on."""

    group: Group
    what: str
    before: str | None
    after: str | None
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True, slots=True)
class StageChange:
    """A pathway at both visits ("" where the runner was not on it), whether the stage of the first was passed, and what is still
    missing for the next stage."""

    title: str
    verdict: Passage
    before: str
    after: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two visits on these days (ISO)."""

    runner: str
    days: tuple[str, str]
    changes: tuple[Change, ...]
    stages: tuple[StageChange, ...]
    difference: Difference


def compare(before: Session, after: Session, program: Program) -> Comparison:
    """From the first visit to the second."""
    facts = [session.situation.intake.facts for session in (before, after)]
    changes = sorted(set(_changes(program.vocabulary, *facts)), key=lambda change: (GROUPS.index(change.group), change.what))
    plans = before.plan, after.plan
    return Comparison(
        runner=after.plan.runner,
        days=(before.plan.as_of, after.plan.as_of),
        changes=tuple(changes),
        stages=tuple(_stages(*plans)),
        difference=explained(*plans),
    )


def _changes(vocabulary: Vocabulary, old: Iterable[Fact], new: Iterable[Fact]) -> Iterator[Change]:
    before, after = _by_key(vocabulary, old), _by_key(vocabulary, new)
    for key, fact in sorted({**before, **after}.items(), key=lambda pair: str(pair[0])):
        yield from _change(vocabulary, fact, before.get(key), after.get(key))


def _by_key(vocabulary: Vocabulary, facts: Iterable[Fact]) -> Mapping[Key, Fact]:
    """The facts that a visit can tell apart, by what stays the same from one to the next; of several days the latest."""
    told = [fact for fact in facts if _group(vocabulary.kinds[fact.kind]) is not None]
    told.sort(key=lambda fact: str(fact.get("date") or ""))
    return {_key(vocabulary.kinds[fact.kind], fact): fact for fact in told}


def _key(kind: Kind, fact: Fact) -> Key:
    """A number changes, a term is what it is; so are its side and what else names it."""
    same = [(name, value) for name, value in fact.attributes if _names(kind, name)]
    return kind.name, (*([] if kind.type.is_number else [(VALUE, fact.value)]), *same)


def _names(kind: Kind, attribute: str) -> bool:
    """Does an attribute say which thing this is, and not how it is? The side does, and of a number all that is no number."""
    is_term = bool(kind.attributes[attribute].type.terms)
    return attribute == "side" or (kind.type.is_number and is_term and attribute != "course")


def _group(kind: Kind) -> Group | None:
    """The part of the visit that a kind belongs to; None for what is no finding."""
    if kind.mode == "computed":
        return "running" if kind.traits.better else None
    if kind.mode != "open":
        return None
    if kind.type.is_number:
        return "tests"
    return kind.traits.section or "findings"  # type: ignore[return-value]  # the sections are groups


def _change(vocabulary: Vocabulary, fact: Fact, old: Fact | None, new: Fact | None) -> Iterator[Change]:
    """What has changed between two facts of one key; `fact` is the later one that there is."""
    kind = vocabulary.kinds[fact.kind]
    group = _group(kind) or "findings"
    if kind.type.is_number:
        of = [vocabulary.show_value(kind.attributes[name].type, one) for name, one in fact.attributes if _names(kind, name)]
        pair = (old.value if old else None, new.value if new else None)
        limits = kind.traits.error, kind.traits.matters
        yield _number(group, ", ".join([kind.spoken, *of]), pair, _shown(vocabulary, kind.type, pair), kind.traits.better, limits)
    elif old is not None and new is not None:
        yield from _attributes(vocabulary, group, kind, old, new)
    else:
        recorded = phrase(vocabulary, fact)
        before, after = (recorded if one else None for one in (old, new))
        yield Change(group, recorded, before, after, "gone" if new is None else "new")


def _attributes(vocabulary: Vocabulary, group: Group, kind: Kind, old: Fact, new: Fact) -> Iterator[Change]:
    """How a thing that is there at both visits has changed."""
    side = new.side if new.side and "side" not in new.assumed else ""
    what = ", ".join(filter(None, [kind.label.replace("{value}", vocabulary.show_value(kind.type, new.value)), side]))
    for name, attribute in kind.attributes.items():
        before, after = pair = old.get(name), new.get(name)
        if name == "side" or (before is None and after is None):
            continue
        about, shown = f"{what}, {name.replace('_', ' ')}", _shown(vocabulary, attribute.type, pair)
        if attribute.better:
            yield _number(group, about, pair, shown, attribute.better, (attribute.error, None))
        elif before != after and name not in (*old.assumed, *new.assumed) and not attribute.type.is_number:
            yield Change(group, about, *shown, "changed")


def _number(group: Group, what: str, pair: Pair, shown: Shown, better: str | None, limits: Limits) -> Change:
    before, after = pair
    if not isinstance(before, Decimal) or not isinstance(after, Decimal):
        return Change(group, what, *shown, "new" if before is None else "gone")
    by, error = after - before, limits[0]
    if by == 0 or (error is not None and abs(by) <= error.largest):
        return Change(group, what, *shown, "no measurable change", f"{error.text} [{error.source}]" if error else "")
    if not better:
        return Change(group, what, *shown, "changed")
    verdict: Verdict = "better" if (by > 0) == (better == HIGHER) else "worse"
    return Change(group, what, *shown, verdict, "; ".join(_beyond(by, *limits)))


def _beyond(by: Decimal, error: MeasurementError | None, matters: MeasurementError | None) -> Iterator[str]:
    """How far a change is beyond its limits, in words."""
    if error is not None:
        yield f"more than the {show(error.largest)} that may be the test [{error.source}]"
    elif matters is None:
        yield NO_ERROR
    if matters is not None:
        is_enough = abs(by) >= matters.largest
        yield f"{'a change that matters' if is_enough else 'too little to matter'}: {matters.text} [{matters.source}]"


def _shown(vocabulary: Vocabulary, type_: ValueType, pair: Pair) -> Shown:
    before, after = (None if value is None else vocabulary.show_value(type_, value) for value in pair)
    return before, after


def _stages(before: Plan, after: Plan) -> Iterator[StageChange]:
    old, new = ({stage.pathway: stage for stage in plan.pathways} for plan in (before, after))
    for name in dict.fromkeys((*old, *new)):
        now = new.get(name)
        held = now or old[name]
        missing = tuple(criterion.text for criterion in now.to_pass if criterion.met is not True) if now is not None else ()
        yield StageChange(held.title, _passage(old.get(name), now), _place(old.get(name)), _place(now), missing)


def _passage(before: PathwayStage | None, after: PathwayStage | None) -> Passage:
    if before is None or after is None:
        return "new" if before is None else "gone"
    if before.number == after.number:
        return "not passed"
    return "passed" if after.number > before.number else "set back"


def _place(stage: PathwayStage | None) -> str:
    return "" if stage is None else f"stage {stage.number} of {stage.of}: {stage.stage_title}"
