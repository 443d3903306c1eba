"""The plan's terms in words: dosage, blocks, levels, reasons. Shared by every text-like rendering."""

from collections.abc import Sequence
from typing import Literal

from stridewise.documents.sentences import sentence
from stridewise.documents.shape import Amount
from stridewise.language.dosage import Dosage
from stridewise.language.dosage_words import spoken_amount, spoken_effort, spoken_load, spoken_stages, spoken_work
from stridewise.language.exercise import Block
from stridewise.language.rule import Certainty, Stops, Strength, Urgency, WarningLevel
from stridewise.language.translation import fixed, say, told_number
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
    Verdict,
)
from stridewise.render.summaries import name

Standing = Literal["refer", "limits", "go"]
VERDICTS: dict[Standing, str] = {
    "refer": fixed("REFER FIRST: this runner needs to be seen by someone else before the plan is used."),
    "limits": fixed("GO WITH LIMITS: see the limits below."),
    "go": fixed("GO."),
}
NO_RUNNING = fixed("GO WITH LIMITS: no running for now. See the limits below.")
BLOCK_TITLES: dict[Block, str] = {
    "warm_up": fixed("Warm-up, before a run"),
    "plyometric": fixed("Plyometrics, first in the session"),
    "strength": fixed("Strength"),
    "core": fixed("Trunk"),
    "accessory": fixed("Extra work"),
    "cool_down": fixed("Cool-down"),
}
ON_THEIR_OWN = fixed("Several times a week, on their own")
URGENCY_WORDS: dict[Urgency, str] = {
    "emergency": fixed("NOW (emergency)"),
    "same_day": fixed("TODAY"),
    "urgent": fixed("WITHIN 72 HOURS"),
    "routine": fixed("PLANNED"),
}
URGENCY_OF_SHEET: dict[Urgency, str] = {
    "emergency": fixed("Now (emergency)"),
    "same_day": fixed("Today"),
    "urgent": fixed("Within 72 hours"),
    "routine": fixed("Planned"),
}
STOPS_WORDS: dict[Stops, str] = {
    "all_exercise": fixed("Until then: no exercise."),
    "weight_bearing": fixed("Until then: no weight on the leg, no running."),
    "lower_limb": fixed("Until then: no leg exercises, no running."),
    "impact": fixed("Until then: no running, no jumping, no other impact."),
    "running": fixed("Until then: no running, no jumping."),
    "nothing": fixed("Exercise can continue in the meantime."),
}
SAID_BY: dict[Stops, frozenset[Stops]] = {  # whose words hold these words: no weight on the leg is said by no others
    "lower_limb": frozenset({"all_exercise"}),
    "impact": frozenset({"all_exercise", "lower_limb", "weight_bearing"}),
    "running": frozenset({"all_exercise", "lower_limb", "weight_bearing", "impact"}),
}
ACKNOWLEDGED = fixed("Acknowledged by the clinician")
FOR_EVERYBODY = fixed("for every runner, whatever is recorded")
METRIC_WORDS = {
    "weekly_distance": fixed("Weekly distance"),
    "longest_run": fixed("Longest run"),
    "strength_sessions": fixed("Strength sessions a week"),
    "strength_sets": fixed("Strength sets"),
    "strength_load": fixed("Strength load"),
    "plyometric_contacts": fixed("Plyometric contacts"),
    "hard_sessions": fixed("Hard sessions a week"),
}
WARNING_WORDS: dict[WarningLevel, str] = {"critical": fixed("Critical"), "warning": fixed("Warning"), "info": fixed("Note")}
LEVEL_WORDS = {
    "preference": fixed("a better fit"),
    "precaution": fixed("as a precaution"),
    "contraindication": fixed("must not be done"),
    "banned": fixed("ruled out by the clinician"),
    "referral": fixed("until the referral is settled"),
}
STRENGTH_WORDS: dict[Strength, str] = {
    "strong": fixed("strong advice"),
    "conditional": fixed("conditional advice"),
    "expert_opinion": fixed("expert opinion"),
}

CERTAINTY_WORDS: dict[Certainty, str] = {
    "high": fixed("high certainty"),
    "moderate": fixed("moderate certainty"),
    "low": fixed("low certainty"),
    "very_low": fixed("very low certainty"),
}
VERDICT_WORDS: dict[Verdict, str] = {
    "keep": fixed("keep"),
    "change": fixed("change"),
    "pause": fixed("pause"),
    "stop": fixed("stop"),
}


def verdict(plan: Plan) -> str:
    """Line one: refer first, go with limits, or go; no running is said here."""
    said = standing(plan)
    return say(NO_RUNNING if said == "limits" and is_running_stopped(plan) else VERDICTS[said])


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
    return sentence(say("Acknowledged by {name} on {date}: {reason}", name=one.by, date=one.date, reason=one.reason))


def on_terms(plan: Plan, title: str) -> str:
    """A heading over what may be done; it says so where someone else comes first."""
    return say("{title}, only if the clinician agrees", title=say(title)) if plan.status == REFER_FIRST else say(title)


def _limits(adjustment: LoadAdjustment) -> bool:
    """More of something, or the same, is no limit."""
    if adjustment.from_ is not None and adjustment.to is not None:
        return adjustment.to < adjustment.from_
    return adjustment.change != "0%" and not adjustment.change.startswith("+")


def spoken_terms(dosage: Dosage, said: Sequence[str] = ()) -> str:
    """On what terms: body weight, 3–4 reps left, rest 60 s, 2–3 times a week; without what is said elsewhere."""
    parts = [say("hold each {seconds} s", seconds=spoken_amount(dosage.hold_each_s))] if dosage.hold_each_s else []
    parts += [spoken_load(dosage), say(dosage.note), spoken_effort(dosage.effort)]
    parts += [say("tempo {tempo}", tempo=say(dosage.tempo))] if dosage.tempo else []
    parts += [say("rest {seconds} s", seconds=spoken_amount(dosage.rest_s))] if dosage.rest_s else []
    parts.append(spoken_frequency(dosage.sessions_per_week))
    return ", ".join(part for part in parts if part and part not in said)


def spoken_dosage(dosage: Dosage, said: Sequence[str] = ()) -> str:
    """A dosage in one line: 2 × 8–12 per side, body weight, 3–4 reps left, rest 60 s, 2–3 times a week; without what is said
    elsewhere."""
    now = ", ".join(filter(None, [spoken_work(dosage), spoken_terms(dosage, said)]))
    return "; ".join(filter(None, [now, spoken_stages(dosage)]))


def spoken_prescription(one: Prescription, said: Sequence[str] = ()) -> str:
    """The dosage, the side, the session and what set the dose, in one line; without what is said elsewhere."""
    return "; ".join(filter(None, [spoken_dosage(one.dosage, said), spoken_side(one), spoken_turn(one), spoken_start(one)]))


def spoken_start(one: Prescription) -> str:
    """The test that set the dose, else nothing."""
    return say("set by the test ({test})", test=one.start_from.text) if one.start_from is not None and one.start_from.text else ""


def spoken_side(prescription: Prescription) -> str:
    """Which side; a one-sided finding trains both sides, the weaker one first."""
    return "" if prescription.side == "both" else say("both sides, {side} first", side=prescription.side)


def block_title(plan: Plan, block: Block) -> str:
    """What stands above the exercises of a block. Where no day holds a run, nothing waits for one."""
    return say(ON_THEIR_OWN if block == "warm_up" and not holds_a_run(plan) else BLOCK_TITLES[block])


def holds_a_run(plan: Plan) -> bool:
    """Does a day hold a run? Taken as yes where the plan names no days."""
    kinds = {part.kind for day in plan.schedule for part in day.sessions}
    return not kinds or "run" in kinds


def spoken_frequency(sessions: Amount | None) -> str:
    """Once a week, 2–3 times a week; "" where it is not said."""
    if not sessions:
        return ""
    return say("once a week") if sessions == 1 else say("{number} times a week", number=spoken_amount(sessions))


def spoken_turn(prescription: Prescription) -> str:
    """In which of two sessions that take turns; nothing where it stands in all of them."""
    takes_turns = len(prescription.session) == 1 and prescription.takes_turns
    return say("in session {name}", name=prescription.session[0]) if takes_turns else ""


def spoken_verdict(exercise: CurrentExercise) -> str:
    """Split squat: pause. Leave it out until the next review."""
    is_dosed = exercise.dosage is not None and exercise.verdict == "change"
    dose = f" {spoken_dosage(exercise.dosage)}." if exercise.dosage is not None and is_dosed else ""
    return f"{exercise.name}: {say(VERDICT_WORDS[exercise.verdict])}. {exercise.text}{dose}"


def spoken_change(adjustment: LoadAdjustment) -> str:
    """Weekly distance: 90 → 45 km (-50%)."""
    title = say(METRIC_WORDS.get(adjustment.metric, adjustment.metric.replace("_", " ")))
    unit = "" if adjustment.unit in ("", "count") else f" {adjustment.unit}"
    if adjustment.to is None:
        return f"{title}: {say('unchanged') if adjustment.change == '0%' else adjustment.change}"
    if adjustment.from_ is None and adjustment.to == 0:
        return say("{measure}: none for now", measure=title)
    if adjustment.from_ is None or adjustment.from_ == adjustment.to:
        amount = f"{told_number(adjustment.to)}{unit}"
        return f"{title}: {say('at most {amount}', amount=amount) if adjustment.from_ is None else amount}"
    change = f" ({adjustment.change})" if adjustment.change else ""
    return f"{title}: {told_number(adjustment.from_)} → {told_number(adjustment.to)}{unit}{change}"


def spoken_swap(swap: SwapMade) -> str:
    """iron cross → knee hug crossover lunge (a better fit)."""
    instead = swap.instead_name or name(swap.instead) if swap.instead else say("leave it out")
    return f"{swap.avoid_name or name(swap.avoid)} → {instead} ({say(LEVEL_WORDS[swap.level])})"


def spoken_trade(swap: SwapMade) -> str:
    """What a swap keeps and loses, or nothing."""
    parts = ((fixed("Keeps: {text}."), swap.keeps), (fixed("Loses: {text}."), swap.loses))
    return " ".join(say(word, text=text.rstrip(".")) for word, text in parts if text)


def grade(because: Because) -> str:
    """How firm a reason is: conditional advice, moderate certainty."""
    return f"{say(STRENGTH_WORDS[because.strength])}, {say(CERTAINTY_WORDS[because.certainty])}"


def spoken_sources(because: Because) -> str:
    """The sources of a reason, each with its level and whether it was checked."""
    return "; ".join(map(spoken_source, because.sources))


def spoken_source(source: SourceUsed) -> str:
    """kawamoto#warm-up (level 5, not verified)."""
    verified, unverified = fixed("{source} (level {level}, verified)"), fixed("{source} (level {level}, not verified)")
    return say(verified if source.verified else unverified, source=source.key, level=source.level)


def short_reason(because: Sequence[Because]) -> str:
    """The first reason in a sentence; how firm it is and what else speaks for it stand behind --explain."""
    return f"{because[0].text.split('. ')[0].rstrip('.')}." if because else ""


def reason_line(because: Sequence[Because]) -> str:
    """One line for all reasons: the first in words with its grade, how many more there are."""
    if not because:
        return ""
    first = because[0]
    more = f" {say('(+{number} more)', number=len(because) - 1)}" if len(because) > 1 else ""
    if first.rule.startswith("stridewise/"):
        return f"{first.text}{more}"
    return f"{first.text} [{grade(first)}]{more}"
