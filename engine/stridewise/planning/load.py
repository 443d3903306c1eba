"""Load adjustments: several on one metric never multiply, the most cautious wins and the others are shown as settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stridewise.documents.units import plain
from stridewise.language.rule import METRIC_UNITS, Adjust, Quantity
from stridewise.language.translation import fixed, say
from stridewise.plan.model import Conflict, LoadAdjustment
from stridewise.planning.merging import grouped, reasons
from stridewise.planning.situation import Situation
from stridewise.planning.stops import IMPACT, MEASURES, Stopped
from stridewise.recommendation.collect import Recommendation

HUNDRED = Decimal(100)
# What a metric stands at now: the first of these kinds that is recorded.
METRIC_NOW: dict[str, tuple[str, ...]] = {
    "weekly_distance": ("weekly_distance",),
    "longest_run": ("planned_longest_run", "longest_run"),
    "strength_sessions": ("strength_sessions_per_week",),
}


@dataclass(frozen=True, slots=True)
class _Proposal:
    """One adjustment in numbers: from, to, and the factor on what it is now where that is unknown."""

    item: Recommendation
    now: Decimal | None
    to: Decimal | None
    factor: Decimal | None
    is_planned: bool = True  # `now` is what goes on; False where it is only a base, as the longest run without a planned one

    @property
    def only_caps(self) -> bool:
        """A cap at or above the base it is counted from: "at most 22 km", not "20 → 22 km"."""
        return self.item.what.at_most is not None and self.now is not None and self.to is not None and self.to >= self.now

    @property
    def is_idle(self) -> bool:
        """A cap at or above what is done or planned now: it changes nothing by itself."""
        return self.only_caps and self.is_planned

    @property
    def caution(self) -> tuple[str, Decimal]:
        """Smaller is more cautious; only proposals with the same first word can be compared."""
        return ("value", self.to) if self.to is not None else ("factor", self.factor if self.factor is not None else Decimal(1))


def load_adjustments(
    situation: Situation, proposed: Sequence[Recommendation], keep_caps: bool = False
) -> tuple[list[LoadAdjustment], list[Conflict]]:
    """The adjustment that holds for each metric, and what was settled on the way.

    A cap above what is done now is left out where nothing else asks for more than it, unless `keep_caps`."""
    held, conflicts = [], []
    proposals = [_proposal(situation, item) for item in proposed]
    for group in grouped(proposals, lambda one: one.item.what.adjust):
        for comparable in grouped(group if keep_caps else _at_work(group), lambda one: one.caution[0]):
            winner = min(comparable, key=lambda one: (one.caution[1], one.item.because.rule))
            equal = [one.item for one in comparable if one.caution == winner.caution]
            held.append(_adjustment(situation, winner, equal))
            if losers := [one.item for one in comparable if one.caution != winner.caution]:
                conflicts.append(_settled(winner.item, losers))
    return sorted(held, key=lambda one: (one.metric, one.id)), conflicts


def without_stopped(adjusted: Iterable[LoadAdjustment], stopped: Stopped) -> list[LoadAdjustment]:
    """The adjustments of what goes on: how far to run is not said beside "no running"; that there is no jumping is."""
    if stopped.everything:
        return []
    measured = ((item, MEASURES.get(item.metric)) for item in adjusted)
    return [item for item, about in measured if not stopped.silences(about) or (about == IMPACT and item.to == 0)]


def _at_work(group: list[_Proposal]) -> list[_Proposal]:
    """The proposals that change something: an idle cap counts only below what another rule asks for."""
    working = [one for one in group if not one.is_idle]
    asked = max((one.to for one in working if one.to is not None), default=Decimal(0))
    return [*working, *(one for one in group if one.is_idle and one.to is not None and one.to < asked)]


def sets_factor(adjusted: Iterable[LoadAdjustment]) -> Decimal:
    """The share of strength sets that is left: 0.5 for "-50%", 1 where nothing is changed."""
    changes = [one.change for one in adjusted if one.metric == "strength_sets" and one.change.startswith("-")]
    return min((1 + Decimal(change.rstrip("%")) / HUNDRED for change in changes), default=Decimal(1))


def sessions_at_most(adjusted: Iterable[LoadAdjustment]) -> Decimal | None:
    """The strength sessions a week that the adjustments leave; None where none speaks of them."""
    return next((one.to for one in adjusted if one.metric == "strength_sessions" and one.to is not None), None)


def _proposal(situation: Situation, item: Recommendation) -> _Proposal:
    what: Adjust = item.what
    now = next((n for kind in METRIC_NOW.get(what.adjust, ()) if (n := situation.number(kind)) is not None), None)
    unit = METRIC_UNITS.get(what.adjust, "")
    if what.by is not None:
        if not what.by.is_percentage:
            return _Proposal(item, now, None if now is None else max(Decimal(0), now + what.by.in_unit(unit)), None)
        ratio = 1 + what.by.amount / HUNDRED
        return _Proposal(item, now, None if now is None else now * ratio, ratio)
    quantity = what.to or what.at_most
    assert quantity is not None  # noqa: S101  # Adjust has exactly one of the three
    value, factor = _amount(situation, quantity, unit, now)
    is_planned = what.adjust != "longest_run" or situation.number("planned_longest_run") is not None
    return _Proposal(item, now, value, factor, is_planned)


def _amount(situation: Situation, quantity: Quantity, unit: str, now: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    if not quantity.is_percentage:
        return quantity.in_unit(unit), None
    factor = quantity.amount / HUNDRED
    base = situation.number(quantity.base) if quantity.base else now
    return (None, factor) if base is None else (base * factor, factor)


def _adjustment(situation: Situation, winner: _Proposal, equal: list[Recommendation]) -> LoadAdjustment:
    what: Adjust = winner.item.what
    known = winner.to is not None
    return LoadAdjustment(
        id=winner.item.because.rule,
        metric=what.adjust,
        from_=plain(round(winner.now, 1)) if known and winner.now is not None and not winner.only_caps else None,
        to=plain(round(winner.to, 1)) if winner.to is not None else None,
        change=_change(situation, winner),
        unit=METRIC_UNITS.get(what.adjust, ""),
        text=what.text,
        because=reasons(equal),
    )


def _change(situation: Situation, winner: _Proposal) -> str:
    """The change in words: in percent wherever that can be said."""
    what: Adjust = winner.item.what
    if what.by is not None and what.by.is_percentage:
        return _signed(what.by.amount)
    if winner.only_caps:
        return ""
    if winner.now and winner.to is not None:
        return _signed((winner.to - winner.now) * HUNDRED / winner.now)
    quantity = what.at_most or what.to
    if quantity is None or not quantity.is_percentage:
        return ""
    base = situation.program.vocabulary.kinds.get(quantity.base)
    label = say(base.name.replace("_", " ")) if base else _measure_words(what.adjust)
    text = fixed("at most {percent}% of the {measure}") if what.at_most else fixed("{percent}% of the {measure}")
    return say(text, percent=quantity.amount, measure=label)


def _signed(percent: Decimal) -> str:
    rounded = plain(round(percent, 0))
    return f"{'+' if rounded > 0 else ''}{rounded:f}%"


def _measure_words(metric: str) -> str:
    """A load metric as it is told."""
    return say(metric.replace("_", " "), "load_metrics")


def _settled(winner: Recommendation, losers: list[Recommendation]) -> Conflict:
    metric = _measure_words(winner.what.adjust)
    names = tuple(sorted({winner.because.rule, *(one.because.rule for one in losers)}))
    text = say(
        "Several rules change the {measure}: the most cautious change holds, and changes are never multiplied.", measure=metric
    )
    return Conflict(between=names, settled_by="the more cautious", text=text)
