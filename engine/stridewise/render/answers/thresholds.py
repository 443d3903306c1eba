"""The cut-offs that decided something, number by number: on which side the runner is, by how much, and what follows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from stridewise.documents.units import show
from stridewise.explain.sensitivity import Comparison
from stridewise.plan.model import FactUsed
from stridewise.render.evidence import Places
from stridewise.render.lines import Line, section

Key = tuple[str, ...]


def threshold_lines(decided: Sequence[Comparison]) -> Iterator[Line]:
    """What shows in the plan, those within the error of a test first; the rest is counted."""
    yield Line("Thresholds that decided something in this plan", "title")
    shown = [one for one in decided if one.shows]
    places = Places(map(_used, shown))
    if not shown:
        yield Line("None: no comparison of a number shows in it.", indent=2)
    for _, group in _grouped(shown, _number):
        listed = list(group)
        yield Line(f"{_named(listed[0])}{places.of(_used(listed[0]))}", "item", 2)
        for _, alike in _grouped(listed, lambda one: (str(one.met), *one.decides)):
            yield from _told(list(alike))
        yield from _error(listed[0])
    yield from (Line(text, "quiet", 2) for text in _ending(decided, shown))
    yield from section("To check it", [Line(places.note, "quiet", 2)] if places.note else [])


def _grouped(items: Sequence[Comparison], key: Callable[[Comparison], Key]) -> Iterable[tuple[Key, Iterator[Comparison]]]:
    """Those with the same key together, in the order in which each key comes first."""
    order = {name: place for place, name in reversed(list(enumerate(map(key, items))))}
    return groupby(sorted(items, key=lambda one: order[key(one)]), key=key)


def _number(one: Comparison) -> Key:
    return (one.text, one.at, one.field)


def _named(one: Comparison) -> str:
    """The number with what it counts: for pain, at which time."""
    is_value = one.field in one.fact and next(iter(one.fact)) == one.field
    return one.text if is_value else f"{one.text}, {one.field.replace('_', ' ')} {show(one.value, one.unit)}"


def _told(alike: Sequence[Comparison]) -> Iterator[Line]:
    first = alike[0]
    limits = "; ".join(f"{one.comparison}: {'yes' if one.met else 'no'}{_by(one)}" for one in alike)
    yield Line(f"{limits[:1].upper()}{limits[1:]}.", indent=4, mark="- ")
    yield Line(f"{'So' if first.met else 'This alone kept out'}: {'; '.join(first.decides)}.", indent=6)


def _by(one: Comparison) -> str:
    if not one.distance:
        return ", right at the limit"
    unit = "percentage points" if one.unit == "percent" else one.unit
    return f", by {show(abs(one.distance), unit)}"


def _error(one: Comparison) -> Iterator[Line]:
    if one.error is not None:
        known = f"{one.error.text} ({one.error.source}, {'verified' if one.error.verified else 'not verified'})"
        verdict = "Within the error of the test: test again before relying on it." if one.within_error else "Beyond its error."
        yield Line(f"{verdict} Known: {known}.", indent=4)


def _ending(decided: Sequence[Comparison], shown: Sequence[Comparison]) -> Iterator[str]:
    if any(one.error is None for one in shown):
        yield f"For {'the other' if any(one.error for one in shown) else 'these'} numbers no error of the test is on file."
    if number := len(decided) - len(shown):
        what = "1 further comparison" if number == 1 else f"{number} further comparisons"
        yield f"{what} decided nothing that this plan shows (in full: --format json)."


def _used(one: Comparison) -> FactUsed:
    return FactUsed(one.fact, at=one.at or None, text=one.text)
