"""Why is this in the plan, or not: the reasons of one item as a tree down to the profile's lines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stridewise.digest import to_values
from stridewise.errors import Problem, ProfileError, did_you_mean
from stridewise.explanation import firings
from stridewise.fact import Fact
from stridewise.plan import Because, FactUsed
from stridewise.session import Session
from stridewise.vocabulary import fold


@dataclass(frozen=True, slots=True)
class Reason:
    """One justification with, below it, what its concluded facts rest on."""

    because: Because
    below: tuple["Reason", ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One item of the plan that was asked about."""

    what: str
    said: str
    reasons: tuple[Reason, ...]


def explain(session: Session, item: str) -> list[Found]:
    """Every entry of the plan that goes by this name. Raises ProfileError with the nearest name where there is none."""
    entries = list(_entries(session))
    key = fold(item)
    found = [entry for names, entry in entries if key in map(fold, names)]
    if not found:
        known = sorted({name for names, _ in entries for name in names})
        raise ProfileError([Problem("", 0, f'nothing in this plan is called "{item}".{did_you_mean(item, known)}')])
    return found


def _entries(session: Session) -> Iterator[tuple[list[str], Found]]:
    plan = session.plan
    exercises = session.situation.program.exercises

    def entry(what: str, said: str, because: tuple[Because, ...]) -> Found:
        return Found(what, said, tuple(_reason(session, one, ()) for one in because))

    for one in plan.referrals:
        yield [one.id, one.id.partition("/")[2], one.to], entry(f"referral {one.id}", one.text, one.because)
    for warning in plan.warnings:
        yield [warning.id, warning.id.partition("/")[2]], entry(f"warning {warning.id}", warning.text, warning.because)
    for swap in plan.swaps:
        said = f"{swap.avoid} → {swap.instead or 'left out'} ({swap.level})"
        yield [swap.avoid, exercises[swap.avoid].name], entry("swap", said, swap.because)
    for change in plan.load_adjustments:
        yield [change.id, change.id.partition("/")[2], change.metric], entry(f"load adjustment {change.id}", change.text, change.because)
    for prescribed in plan.prescriptions:
        names = [prescribed.exercise, prescribed.name, *prescribed.targets]
        yield names, entry(f"prescription {prescribed.exercise}", prescribed.name, prescribed.because)
    for aside in plan.set_aside:
        name = aside.exercise or aside.target or ""
        yield [name], entry(f"set aside {name}", aside.reason, aside.because)
    for conclusion in plan.conclusions:
        kind, value = next(iter(conclusion.fact.items()))
        yield [kind, f"{kind}: {value}", f"{kind}={value}"], entry("conclusion", f"{kind}: {value}", conclusion.because)


def _reason(session: Session, because: Because, seen: tuple[str, ...]) -> Reason:
    """A reason and, for each concluded fact, the reasons for that; a rule is not told twice on one way down."""
    below = []
    for used in because.facts:
        for one in _derivations(session, used):
            if one.rule not in seen and one.rule != because.rule:
                below.append(_reason(session, one, (*seen, because.rule)))
    return Reason(because, tuple(below))


def _derivations(session: Session, used: FactUsed) -> list[Because]:
    memory, explainer = session.situation.memory, session.situation.explainer
    facts = [fact for fact in memory.derivations if _is(fact, used.fact)]
    return [explainer.because(firing) for firing in firings(d for fact in facts for d in memory.derivations[fact])]


def _is(fact: Fact, shown: dict[str, Any]) -> bool:
    mapping = fact.as_mapping()
    return mapping.keys() == shown.keys() and all(value == shown[name] or shown[name] == "both" for name, value in mapping.items())


def render_why_json(found: list[Found]) -> str:
    """As JSON: what, said, reasons with the reasons below them."""
    return json.dumps(to_values(found), ensure_ascii=False, indent=2) + "\n"


def render_why(found: list[Found]) -> str:
    """As text at 80 columns."""
    from stridewise.render.text import WIDTH, Line

    rows: list[Line] = []
    for one in found:
        rows += [Line(f"{one.what}: {one.said}" if one.said not in one.what else one.what), *_tree(one.reasons, 2), Line("")]
    return "\n".join(row for line in rows[:-1] for row in line.wrapped(WIDTH)) + "\n"


def _tree(reasons: tuple[Reason, ...], indent: int) -> Iterator[Any]:
    from stridewise.render.text import derivation

    for reason in reasons:
        yield from derivation((reason.because,), indent)
        yield from _tree(reason.below, indent + 4)
