"""Decide what survives: who must be seen, what is kept out and how firmly, which load adjustment holds. Referrals and
contraindications veto, whatever any pack says; duplicates merge with all their reasons; nothing is dropped silently."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from stridewise.language.exercise import Exercise
from stridewise.language.rule import Avoid, Selector
from stridewise.plan.model import Because, ClinicalWarning, KeptOutLevel, Referral
from stridewise.planning.situation import Situation
from stridewise.program.program import Program, once
from stridewise.recommendation.collect import Recommendation, Recommendations

URGENCIES = ("emergency", "same_day", "urgent", "routine")
STOPS = ("all_exercise", "weight_bearing", "lower_limb", "running", "impact", "nothing")
WARNING_LEVELS = ("critical", "warning", "info")
LEVELS = ("referral", "contraindication", "banned", "precaution", "preference")  # the firmest first
MAX_WARNINGS = 5
# What a referral stops, as demands that an exercise may not make.
STOPPED_DEMANDS: dict[str, tuple[str, ...]] = {
    "weight_bearing": ("weight_bearing", "impact"),
    "lower_limb": ("lower_limb", "weight_bearing", "impact"),
    "impact": ("impact",),
    "running": ("impact",),
    "nothing": (),
    "all_exercise": (),
}
T = TypeVar("T")


@dataclass(slots=True)
class KeptOut:
    """One exercise and everything that speaks against it, the firmest level first."""

    exercise: str
    level: KeptOutLevel
    reasons: list[Because] = field(default_factory=list)
    avoids: list[Avoid] = field(default_factory=list)

    @property
    def is_veto(self) -> bool:
        return self.level in ("contraindication", "referral", "banned")


def grouped(items: Iterable[T], key: Callable[[T], Any]) -> list[list[T]]:
    """Items with equal keys together, in the order of first appearance."""
    groups: dict[Any, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def reasons(group: Sequence[Recommendation]) -> tuple[Because, ...]:
    """All reasons of a group, each once, in the order of rule ids."""
    unique: list[Because] = []
    for item in sorted(group, key=lambda one: (one.because.rule, one.because.text)):
        if item.because not in unique:
            unique.append(item.because)
    return tuple(unique)


def referrals(recommendations: Recommendations) -> tuple[Referral, ...]:
    """Referrals, the most urgent and most restrictive first; equal ones merged."""
    groups = grouped(recommendations.refer, lambda one: (one.what.refer, one.what.urgency, one.what.stops, one.what.text))
    found = [
        Referral(
            id=group[0].because.rule, to=what.refer, urgency=what.urgency, stops=what.stops, text=what.text,
            because=reasons(group),
        )
        for group in groups for what in [group[0].what]
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (URGENCIES.index(one.urgency), STOPS.index(one.stops), one.id, one.text)))


def must_refer_first(found: Iterable[Referral]) -> bool:
    """Does any of them come before the plan?"""
    return any(one.comes_first for one in found)


def warnings(recommendations: Recommendations, stopped: bool) -> tuple[list[ClinicalWarning], list[ClinicalWarning]]:
    """The warnings shown and those beyond the cap; a critical one is always shown, mere information not where all exercise
    stops."""
    groups = grouped(recommendations.warn, lambda one: (one.what.level, one.what.warn))
    found = [
        ClinicalWarning(id=group[0].because.rule, level=group[0].what.level, text=group[0].what.warn, because=reasons(group))
        for group in groups
    ]
    found.sort(key=lambda one: (not _must_show(one), WARNING_LEVELS.index(one.level), one.id, one.text))
    certain = sum(map(_must_show, found))
    shown = max(MAX_WARNINGS, certain)
    if stopped:
        shown = max(certain, min(shown, sum(one.level != "info" for one in found)))
    return found[:shown], found[shown:]


def _must_show(one: ClinicalWarning) -> bool:
    """Critical, or resting on a red flag or a sign: never lost to the cap."""
    facts = [used.fact for because in one.because for used in because.facts]
    return one.level == "critical" or any("red_flag" in fact or "sign" in fact for fact in facts)


def kept_out(situation: Situation, recommendations: Recommendations, sent: Sequence[Referral]) -> dict[str, KeptOut]:
    """Every exercise that something speaks against: avoidances, what referrals stop, bans, and pain without guidance."""
    found: dict[str, KeptOut] = {}
    for item in recommendations.avoid:
        for name in _selected(situation, item.what):
            _note(found, name, item.what.level, item.because, item.what)
    for referral in sent:
        for exercise in situation.program.exercises.values():
            if referral.stops_all or any(exercise.demand(name) for name in STOPPED_DEMANDS[referral.stops]):
                for because in referral.because:
                    _note(found, exercise.id, "referral", because)
    for fact in situation.memory.of("banned_exercise"):
        text = f"Ruled out by the clinician{_reason(fact.get('reason'))}."
        _note(found, str(fact.value), "banned", situation.own_reason("banned", text, [fact]))
    return found


def _reason(reason: object) -> str:
    return f": {reason}" if reason else ""


def _note(found: dict[str, KeptOut], exercise: str, level: KeptOutLevel, because: Because, avoid: Avoid | None = None) -> None:
    entry = found.setdefault(exercise, KeptOut(exercise, level))
    if LEVELS.index(level) < LEVELS.index(entry.level):
        entry.level = level
    if because not in entry.reasons:
        entry.reasons.append(because)
    if avoid is not None:
        entry.avoids.append(avoid)


def _selected(situation: Situation, avoid: Avoid) -> list[str]:
    """The exercises an avoidance is about."""
    if isinstance(avoid.avoid, str):
        return [avoid.avoid]
    if not avoid.avoid.new:
        return _selected_for_all(situation.program, avoid.avoid)
    exercises, current = situation.program.exercises.values(), situation.current
    return [exercise.id for exercise in exercises if selects(avoid.avoid, exercise, current)]


@once
def _selected_for_all(program: Program, selector: Selector) -> list[str]:
    """What a selector means that does not ask what a runner does already."""
    return [exercise.id for exercise in program.exercises.values() if selects(selector, exercise, frozenset())]


def selects(selector: Selector, exercise: Exercise, current: frozenset[str]) -> bool:
    """Does a selector mean this exercise, for a runner who does these already?"""
    if selector.new and exercise.id in current:
        return False
    return selector.demand is None or exercise.demand(selector.demand) > selector.above


def unguided_pain(situation: Situation, recommendations: Recommendations) -> dict[str, list[str]]:
    """Pain regions that led to no advice at all, with the demands that load them."""
    guided = {fact for kind in ("train", "prescribe", "avoid", "warn", "adjust", "refer")
              for one in getattr(recommendations, kind) for fact in situation.memory.behind(one.firing.premises)}  # fmt: skip
    terms = situation.program.vocabulary.terms.get("pain_regions", {})
    regions = {str(fact.value) for fact in situation.memory.of("pain") if fact not in guided and not fact.negative}
    regions -= {str(fact.value) for fact in guided if fact.kind == "pain"}
    return {region: list(terms[region].demands) or ["lower_limb"] for region in sorted(regions) if region in terms}


def keep_off_unguided(situation: Situation, regions: dict[str, list[str]], found: dict[str, KeptOut]) -> None:
    """No new load on a painful region that no rule gives guidance for."""
    labels = situation.program.vocabulary.terms["pain_regions"] if regions else {}
    current = situation.current
    for region, demands in regions.items():
        facts = [fact for fact in situation.memory.of("pain") if fact.value == region]
        because = situation.own_reason("no-guidance", f"No guidance here for {labels[region].label}: no new load on it.", facts)
        for exercise in situation.program.exercises.values():
            if exercise.id not in current and any(exercise.demand(name) > 0 for name in demands):
                _note(found, exercise.id, "contraindication", because)
