"""The plan's terms in words: dosage, blocks, levels, reasons. Shared by every text-like rendering."""

from collections.abc import Sequence
from typing import Literal

from stridewise.documents.sentences import sentence
from stridewise.documents.shape import Amount
from stridewise.documents.units import show
from stridewise.language.dosage import Dosage
from stridewise.language.dosage_words import spoken_amount, spoken_effort, spoken_load, spoken_stages, spoken_work
from stridewise.language.exercise import Block
from stridewise.language.rule import Stops, Strength, Urgency, WarningLevel
from stridewise.plan.model import (
    REFER_FIRST,
    Acknowledged,
    Because,
    CurrentExercise,
    LoadAdjustment,
    Plan,
    Prescription,
    SourceUsed,
    SwapMade,
)
from stridewise.render.summaries import name

Standing = Literal["refer", "limits", "go"]
VERDICTS: dict[Standing, str] = {
    "refer": "REFER FIRST: this runner needs to be seen by someone else before the plan is used.",
    "limits": "GO WITH LIMITS: see the limits below.",
    "go": "GO.",
}
NO_RUNNING = "GO WITH LIMITS: no running for now. See the limits below."
BLOCK_TITLES: dict[Block, str] = {
    "warm_up": "Warm-up, before a run", "plyometric": "Plyometrics, first in the session", "strength": "Strength",
    "core": "Trunk", "accessory": "Extra work", "cool_down": "Cool-down",
}  # fmt: skip
URGENCY_WORDS: dict[Urgency, str] = {
    "emergency": "NOW (emergency)", "same_day": "TODAY", "urgent": "WITHIN 72 HOURS", "routine": "PLANNED",
}  # fmt: skip
STOPS_WORDS: dict[Stops, str] = {
    "all_exercise": "Until then: no exercise.",
    "weight_bearing": "Until then: no weight on the leg, no running.",
    "lower_limb": "Until then: no leg exercises, no running.",
    "impact": "Until then: no running, no jumping, no other impact.",
    "running": "Until then: no running, no jumping.",
    "nothing": "Exercise can continue in the meantime.",
}
ACKNOWLEDGED = "Acknowledged by the clinician"
FOR_EVERYBODY = "for every runner, whatever is recorded"
METRIC_WORDS = {
    "weekly_distance": "Weekly distance", "longest_run": "Longest run", "strength_sessions": "Strength sessions a week",
    "strength_sets": "Strength sets", "strength_load": "Strength load", "plyometric_contacts": "Plyometric contacts",
    "hard_sessions": "Hard sessions a week",
}  # fmt: skip
WARNING_WORDS: dict[WarningLevel, str] = {"critical": "Critical", "warning": "Warning", "info": "Note"}
LEVEL_WORDS = {
    "preference": "a better fit", "precaution": "as a precaution", "contraindication": "must not be done",
    "banned": "ruled out by the clinician", "referral": "until the referral is settled",
}  # fmt: skip
STRENGTH_WORDS: dict[Strength, str] = {
    "strong": "strong advice", "conditional": "conditional advice", "expert_opinion": "expert opinion",
}  # fmt: skip


def verdict(plan: Plan) -> str:
    """Line one: refer first, go with limits, or go; no running is said here."""
    said = standing(plan)
    return NO_RUNNING if said == "limits" and is_running_stopped(plan) else VERDICTS[said]


def is_running_stopped(plan: Plan) -> bool:
    """Is no run planned because running is stopped?"""
    return any(day.running == "stopped" for day in plan.schedule)


def standing(plan: Plan) -> Standing:
    """The verdict in a word: refer, limits or go."""
    if plan.status == REFER_FIRST:
        return "refer"
    limited = (
        is_running_stopped(plan)
        or plan.referrals
        or any(one.level in ("warning", "critical") for one in plan.all_warnings)
        or any(swap.level != "preference" for swap in plan.swaps)
        or any(map(_limits, plan.load_adjustments))
    )
    return "limits" if limited else "go"


def spoken_acceptance(one: Acknowledged) -> str:
    """Who accepts it, since when and why."""
    return sentence(f"Acknowledged by {one.by} on {one.date}: {one.reason}")


def on_terms(plan: Plan, title: str) -> str:
    """A heading over what may be done; it says so where someone else comes first."""
    return f"{title}, only if the clinician agrees" if plan.status == REFER_FIRST else title


def _limits(adjustment: LoadAdjustment) -> bool:
    """More of something, or the same, is no limit."""
    if adjustment.from_ is not None and adjustment.to is not None:
        return adjustment.to < adjustment.from_
    return adjustment.change != "0%" and not adjustment.change.startswith("+")


def spoken_terms(dosage: Dosage, said: Sequence[str] = ()) -> str:
    """On what terms: body weight, 3–4 reps left, rest 60 s, 2–3 times a week; without what is said elsewhere."""
    return ", ".join(part for part in terms(dosage) if part not in said)


def terms(dosage: Dosage) -> list[str]:
    """The same, each by itself."""
    parts = [f"hold each {spoken_amount(dosage.hold_each_s)} s"] if dosage.hold_each_s else []
    parts += [spoken_load(dosage), dosage.note, spoken_effort(dosage.effort)]
    parts += [f"tempo {dosage.tempo}"] if dosage.tempo else []
    parts += [f"rest {spoken_amount(dosage.rest_s)} s"] if dosage.rest_s else []
    parts += [spoken_frequency(dosage.sessions_per_week)] if dosage.sessions_per_week else []
    return list(filter(None, parts))


def spoken_dosage(dosage: Dosage, said: Sequence[str] = ()) -> str:
    """A dosage in one line: 2 × 8–12 per side, body weight, 3–4 reps left, rest 60 s, 2–3 times a week; without what is said
    elsewhere."""
    now = ", ".join(filter(None, [spoken_work(dosage), spoken_terms(dosage, said)]))
    return "; ".join(filter(None, [now, spoken_stages(dosage)]))


def spoken_start(one: Prescription) -> str:
    """The test that set the dose, else nothing."""
    return f"set by the test ({one.start_from.text})" if one.start_from is not None and one.start_from.text else ""


def spoken_side(prescription: Prescription) -> str:
    """Which side; a one-sided finding trains both sides, the weaker one first."""
    return "" if prescription.side == "both" else f"both sides, {prescription.side} first"


def spoken_frequency(sessions: Amount) -> str:
    """Once a week, 2–3 times a week."""
    return "once a week" if sessions == 1 else f"{spoken_amount(sessions)} times a week"


def spoken_turn(prescription: Prescription) -> str:
    """In which of two sessions that take turns; nothing where it stands in all of them."""
    takes_turns = len(prescription.session) == 1 and prescription.takes_turns
    return f"in session {prescription.session[0]}" if takes_turns else ""


def spoken_verdict(exercise: CurrentExercise) -> str:
    """Split squat: pause. Leave it out until the next review."""
    is_dosed = exercise.dosage is not None and exercise.verdict == "change"
    dose = f" {spoken_dosage(exercise.dosage)}." if exercise.dosage is not None and is_dosed else ""
    return f"{exercise.name}: {exercise.verdict}. {exercise.text}{dose}"


def spoken_change(adjustment: LoadAdjustment) -> str:
    """Weekly distance: 90 → 45 km (-50%)."""
    title = METRIC_WORDS.get(adjustment.metric, adjustment.metric.replace("_", " "))
    unit = "" if adjustment.unit in ("", "count") else f" {adjustment.unit}"
    if adjustment.to is None:
        return f"{title}: {'unchanged' if adjustment.change == '0%' else adjustment.change}"
    if adjustment.from_ is None and adjustment.to == 0:
        return f"{title}: none for now"
    if adjustment.from_ is None or adjustment.from_ == adjustment.to:
        return f"{title}: {'at most ' if adjustment.from_ is None else ''}{show(adjustment.to)}{unit}"
    change = f" ({adjustment.change})" if adjustment.change else ""
    return f"{title}: {show(adjustment.from_)} → {show(adjustment.to)}{unit}{change}"


def spoken_swap(swap: SwapMade) -> str:
    """iron cross → knee hug crossover lunge (a better fit)."""
    instead = swap.instead_name or name(swap.instead) if swap.instead else "leave it out"
    return f"{swap.avoid_name or name(swap.avoid)} → {instead} ({LEVEL_WORDS[swap.level]})"


def spoken_trade(swap: SwapMade) -> str:
    """What a swap keeps and loses, or nothing."""
    parts = (("Keeps", swap.keeps), ("Loses", swap.loses))
    return " ".join(f"{word}: {text.rstrip('.')}." for word, text in parts if text)


def grade(because: Because) -> str:
    """How firm a reason is: conditional advice, moderate certainty."""
    return f"{STRENGTH_WORDS[because.strength]}, {because.certainty.replace('_', ' ')} certainty"


def spoken_sources(because: Because) -> str:
    """The sources of a reason, each with its level and whether it was checked."""
    return "; ".join(map(spoken_source, because.sources))


def spoken_source(source: SourceUsed) -> str:
    """kawamoto#warm-up (level 5, not verified)."""
    return f"{source.key} (level {source.level}, {'verified' if source.verified else 'not verified'})"


def short_reason(because: Sequence[Because]) -> str:
    """The first reason in a sentence; how firm it is and what else speaks for it stand behind --explain."""
    return f"{because[0].text.split('. ')[0].rstrip('.')}." if because else ""


def reason_line(because: Sequence[Because]) -> str:
    """One line for all reasons: the first in words with its grade, how many more there are."""
    if not because:
        return ""
    first = because[0]
    more = f" (+{len(because) - 1} more)" if len(because) > 1 else ""
    if first.rule.startswith("stridewise/"):
        return f"{first.text}{more}"
    return f"{first.text} [{grade(first)}]{more}"
