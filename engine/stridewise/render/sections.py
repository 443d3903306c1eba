"""The sections of the text plan, one function each."""

from collections.abc import Iterator, Sequence

from stridewise.language.rule import WarningLevel
from stridewise.plan.model import Because, Plan, Prescription
from stridewise.render import pathways, schedule
from stridewise.render.paragraphs import Line, Row, Rows
from stridewise.render.plan_words import (
    BLOCK_TITLES,
    FOR_EVERYBODY,
    STOPS_WORDS,
    URGENCY_WORDS,
    grade,
    reason_line,
    short_reason,
    spoken_acceptance,
    spoken_change,
    spoken_dosage,
    spoken_side,
    spoken_sources,
    spoken_start,
    spoken_swap,
    spoken_trade,
    spoken_turn,
    spoken_verdict,
)  # fmt: skip
from stridewise.render.summaries import (
    name,
    next_step,
    shared_next_step,
    shared_pain_limit,
    spoken_set_aside,
)

LEVELS: tuple[WarningLevel, ...] = ("critical", "warning", "info")
SERIOUS: tuple[WarningLevel, ...] = ("critical", "warning")
GLANCE = (10, 0, 0)
WEEKS = (-5, 10, 13, -5, -11, -8, -4, -8)


def referrals(plan: Plan, explain: bool) -> Iterator[Line]:
    """Who, how soon, what stops until then, and why."""
    for referral in plan.referrals:
        yield Line(f"{URGENCY_WORDS[referral.urgency]}: {name(referral.to)}", "alarm", 2)
        yield Line(referral.text, indent=4)
        yield Line(STOPS_WORDS[referral.stops], indent=4)
        yield from _why(referral.because, explain)


def warnings(plan: Plan, explain: bool, levels: Sequence[WarningLevel] = LEVELS) -> Iterator[Line]:
    """Those of these levels, critical ones with two marks; a note gives its reason only where it is asked for."""
    marks = {"critical": "!! ", "warning": "! ", "info": "- "}
    for warning in (one for one in plan.warnings if one.level in levels):
        yield Line(warning.text, "alarm" if warning.level == "critical" else "plain", 2, marks[warning.level])
        if warning.level != "info" or explain:
            yield from _why(warning.because, explain)


def acknowledged(plan: Plan, explain: bool) -> Iterator[Line]:
    """What a clinician has read and accepts, with the name and the reason."""
    for one in plan.acknowledged:
        yield Line(one.text, indent=2, mark="- ")
        yield Line(spoken_acceptance(one), indent=4)
        if explain:
            yield from derivation(one.because)


def first_week(plan: Plan) -> Iterator[Row]:
    """The week at a glance: seven rows."""
    rows = schedule.glance_cells(plan)
    if rows:
        yield Row(schedule.GLANCE_TITLES, GLANCE, "quiet")
    for row in rows:
        yield Row(row, GLANCE)


def sessions(plan: Plan) -> Iterator[Line]:
    """What is in the sessions of the next two weeks, alike ones together."""
    for alike in schedule.same_sessions(plan):
        yield Line(": ".join(filter(None, [alike.title, alike.days])), "item", 2)
        for text in filter(None, (alike.exercises, *alike.remarks)):
            yield Line(text, indent=4)


def exercises(plan: Plan, explain: bool) -> Iterator[Line]:
    """Name, dose, what to watch, when to stop and why, by block; what holds for all is said once."""
    limit, step = shared_pain_limit(plan), shared_next_step(plan)
    if limit:
        yield Line(f"Pain, unless said otherwise: {limit}.", indent=2)
    if step:
        yield Line(f"Next step, for all: {step}", indent=2)
    block = ""
    for prescription in plan.prescriptions:
        if prescription.block != block:
            block = prescription.block
            yield Line(BLOCK_TITLES[block], "title", 2)
        yield from _exercise(prescription, limit, step, explain)


def _exercise(prescription: Prescription, limit: str, step: str, explain: bool) -> Iterator[Line]:
    terms = [spoken_dosage(prescription.dosage), spoken_side(prescription), spoken_turn(prescription), spoken_start(prescription)]
    yield Line(f"{prescription.name}: {'; '.join(filter(None, terms))}", "item", 4)
    yield Line(" ".join(_terms(prescription, limit)), indent=6)
    ahead = "" if step else f"Next step: {prescription.progression if explain else next_step(prescription)}"
    if explain:
        yield Line(ahead or f"Next step: {step}", indent=6)
        yield from derivation(prescription.because, 6)
        yield Line(f"Easier: {prescription.regression}", indent=6)
        return
    why = short_reason(prescription.because)
    yield Line(" ".join(filter(None, [ahead, f"Why: {why}" if why else ""])), indent=6)


def _terms(prescription: Prescription, limit: str) -> Iterator[str]:
    """What to avoid and when to stop; the pain limit where it is another one than for most."""
    if prescription.how_to is not None and prescription.how_to.mistake:
        yield f"Avoid: {prescription.how_to.mistake}"
    yield f"Stop: {prescription.stop_if}"
    if prescription.pain_limit != limit:
        yield f"Pain: {prescription.pain_limit}."


def stages(plan: Plan, explain: bool) -> Iterator[Line]:
    """Where the runner stands on each pathway, and what opens the next stage."""
    for item in plan.pathways:
        yield Line(pathways.heading(item), "item", 2)
        yield from (Line(text, indent=4) for text in pathways.remarks(item))
        yield from (Line(text, indent=6, mark="- ") for text in pathways.passing(item))
        yield from (Line(text, indent=4) for text in (pathways.again(plan, item),) if text)
        if explain:
            yield from derivation(item.because)


def load(plan: Plan, explain: bool) -> Iterator[Line]:
    """What changes in running and strength load, and why."""
    for adjustment in plan.load_adjustments:
        yield Line(spoken_change(adjustment), "item", 2)
        yield Line(adjustment.text, indent=4)
        yield from _why(adjustment.because, explain)


def week_table(plan: Plan) -> Iterator[Rows]:
    """Every week to the race in numbers."""
    rows = schedule.week_cells(plan)
    if rows:
        yield Row(schedule.WEEK_TITLES, WEEKS, "quiet")
    for row in rows:
        yield Row(row, WEEKS)
    if part := schedule.part_week_words(plan):
        yield Line(part, indent=2)


def swaps(plan: Plan, explain: bool) -> Iterator[Line]:
    """What was kept out and what stands in; what the runner does now has its verdict above."""
    done = set() if explain else {exercise.exercise for exercise in plan.current}
    for swap in (one for one in plan.swaps if one.avoid not in done):
        yield Line(spoken_swap(swap), "item", 2)
        if trade := spoken_trade(swap):
            yield Line(trade, indent=4)
        yield from _why(swap.because, explain)


def current(plan: Plan, explain: bool) -> Iterator[Line]:
    """What becomes of each exercise that the runner does now."""
    for exercise in plan.current:
        yield Line(spoken_verdict(exercise), indent=2, mark="- ")
        if explain:
            yield from derivation(exercise.because)


def set_aside(plan: Plan, explain: bool) -> Iterator[Line]:
    """What was left out, by reason; with its derivation each on its own."""
    if not explain:
        for first, rest in spoken_set_aside(plan):
            yield Line(f"{first}: {rest}", indent=2, mark="- ")
        return
    for left_out in plan.set_aside:
        yield Line(f"{left_out.name or name(left_out.exercise or left_out.target or '')}: {left_out.reason}", indent=2, mark="- ")
        yield from derivation(left_out.because)


def meanwhile(plan: Plan) -> Iterator[Line]:
    """Where someone else comes first: the exercises and load changes that stay, a line each, and how to see the rest."""
    for prescription in plan.prescriptions:
        dose = spoken_dosage(prescription.dosage)
        yield Line(f"{prescription.name}: {dose}. Pain: {prescription.pain_limit}.", indent=2, mark="- ")
    for change in plan.load_adjustments:
        yield Line(spoken_change(change), indent=2, mark="- ")
    if plan.prescriptions or plan.load_adjustments:
        yield Line("Sessions, reasons, swaps and what was set aside: --explain.", "quiet", 2)


def review(plan: Plan) -> Iterator[Line]:
    """When to look again, and what to test then."""
    if plan.review.date:
        yield Line(f"Look again on {schedule.short_day(plan.review.date)}.", indent=2)
    if plan.review.retest:
        yield Line(f"Test again: {'; '.join(plan.review.retest)}.", indent=2)


def _why(because: Sequence[Because], explain: bool, indent: int = 4) -> Iterator[Line]:
    if explain:
        yield from derivation(because, indent)
    elif because:
        yield Line(f"Why: {reason_line(because)}", "quiet", indent)


def derivation(because: Sequence[Because], indent: int = 4) -> Iterator[Line]:
    """Every reason with its rule, facts down to the profile's lines, sources and grade."""
    for reason in because:
        yield Line(f"{reason.text} ({reason.rule})", "quiet", indent, "because ")
        if reason.for_everybody:
            yield Line(FOR_EVERYBODY, "quiet", indent + 8, "- ")
        for fact in reason.facts:
            origin = fact.at if fact.at else f"concluded by {fact.derived_by}"
            yield Line(f"{fact.text} [{origin}]", "quiet", indent + 8, "- ")
        if reason.sources:
            yield Line(f"{spoken_sources(reason)}: {grade(reason)}", "quiet", indent + 8, "sources ")
