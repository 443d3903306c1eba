"""The cut-offs that decided something, number by number: on which side the runner is, by how much, and what follows."""

from collections.abc import Iterator, Sequence

from stridewise.documents.sentences import capitalised
from stridewise.documents.units import show
from stridewise.explain.sensitivity import Comparison
from stridewise.plan.model import FactUsed
from stridewise.planning.merging import grouped
from stridewise.render.evidence import Places
from stridewise.render.paragraphs import Line, bullet, section


def threshold_lines(decided: Sequence[Comparison]) -> Iterator[Line]:
    """What shows in the plan, those within the error of a test first; the rest is counted."""
    yield Line("Thresholds that decided something in this plan", "title")
    shown = [decision for decision in decided if decision.shows]
    places = Places(map(_used, shown))
    if not shown:
        yield Line("None: no comparison of a number shows in it.", indent=2)
    for listed in grouped(shown, lambda decision: (decision.text, decision.at, decision.field)):
        yield Line(f"{_named(listed[0])}{places.of(_used(listed[0]))}", "item", 2)
        for alike in grouped(listed, lambda decision: (decision.met, decision.decides)):
            yield from _told(alike)
        yield from _error(listed[0])
    yield from (Line(text, "quiet", 2) for text in _ending(decided, shown))
    yield from section("To check it", [Line(places.note, "quiet", 2)] if places.note else [])


def _named(decision: Comparison) -> str:
    """The number with what it counts: for pain, at which time."""
    is_value = decision.field in decision.fact and next(iter(decision.fact)) == decision.field
    value = f"{decision.field.replace('_', ' ')} {show(decision.value, decision.unit)}"
    return decision.text if is_value else f"{decision.text}, {value}"


def _told(alike: Sequence[Comparison]) -> Iterator[Line]:
    first = alike[0]
    limits = "; ".join(f"{decision.comparison}: {'yes' if decision.met else 'no'}{_by(decision)}" for decision in alike)
    yield bullet(f"{capitalised(limits)}.", 4)
    yield Line(f"{'So' if first.met else 'This alone kept out'}: {'; '.join(first.decides)}.", indent=6)


def _by(decision: Comparison) -> str:
    if not decision.distance:
        return ", right at the limit"
    unit = "percentage points" if decision.unit == "percent" else decision.unit
    return f", by {show(abs(decision.distance), unit)}"


def _error(decision: Comparison) -> Iterator[Line]:
    if decision.error is not None:
        known = f"{decision.error.text} ({decision.error.source}, {'verified' if decision.error.verified else 'not verified'})"
        within = "Within the error of the test: test again before relying on it."
        verdict = within if decision.within_error else "Beyond its error."
        yield Line(f"{verdict} Known: {known}.", indent=4)


def _ending(decided: Sequence[Comparison], shown: Sequence[Comparison]) -> Iterator[str]:
    if any(decision.error is None for decision in shown):
        which = "the other" if any(decision.error for decision in shown) else "these"
        yield f"For {which} numbers no error of the test is on file."
    if number := len(decided) - len(shown):
        what = "1 further comparison" if number == 1 else f"{number} further comparisons"
        yield f"{what} decided nothing that this plan shows (in full: --format json)."


def _used(decision: Comparison) -> FactUsed:
    return FactUsed(decision.fact, at=decision.at or None, text=decision.text)
