"""The sections of the text plan, one function each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from stridewise.language.exercise import Block
from stridewise.language.rule import WarningLevel
from stridewise.language.translation import fixed, say
from stridewise.plan.model import Because, Plan, Prescription
from stridewise.render import pathways, schedule
from stridewise.render import plan_words as words
from stridewise.render.paragraphs import Line, Row, Rows, bullet, bullets, table
from stridewise.render.said_once import usual_reason, usual_terms
from stridewise.render.summaries import name, shared_next_step, shared_pain_limit, spoken_set_aside

LEVELS: tuple[WarningLevel, ...] = ("critical", "warning", "info")
SERIOUS: tuple[WarningLevel, ...] = ("critical", "warning")
SESSION_PARTS: dict[Block, Block] = {"core": "strength", "accessory": "strength"}  # one list for the session
EACH_STEP = fixed("How each gets harder or easier: on the runner's sheet, and with --explain.")
GLANCE = 10  # the least for a day
WEEKS = (-5, 10, 12, -5, -11, -8, -5, -8)


def referrals(plan: Plan, explain: bool) -> Iterator[Line]:
    """Who, how soon, what stops until then, and why."""
    for referral in plan.referrals:
        yield Line(f"{say(words.URGENCY_WORDS[referral.urgency])}: {referral.addressee}", "alarm", 2)
        yield Line(referral.text, indent=4)
        yield Line(say(words.STOPS_WORDS[referral.stops]), indent=4)
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
        yield bullet(one.text)
        yield Line(words.spoken_acceptance(one), indent=4)
        if explain:
            yield from derivation(one.because)


def first_week(plan: Plan) -> Iterator[Row]:
    """The week at a glance: seven rows."""
    rows = schedule.glance_cells(plan)
    widths = (max([GLANCE, *(len(row[0]) for row in rows)]), 0, 0)
    return table(list(map(say, schedule.GLANCE_TITLES)), widths, rows)


def sessions(plan: Plan) -> Iterator[Line]:
    """What is in the sessions of the next two weeks, alike ones together."""
    for alike in schedule.same_sessions(plan):
        yield Line(": ".join(filter(None, [alike.title, alike.days])), "item", 2)
        if alike.exercises:
            yield Line(alike.exercises, indent=4)
        if alike.remarks:
            yield Line(" ".join(f"{text.rstrip('.')}." for text in alike.remarks), indent=4)


def exercises(plan: Plan, explain: bool) -> Iterator[Line]:
    """Name, dose, what to watch, when to stop and why, by block; what holds for most is said once."""
    usual = Usual(usual_terms(plan), shared_pain_limit(plan), usual_reason(plan), shared_next_step(plan))
    if plan.prescriptions:
        said = "; ".join(filter(None, [", ".join(usual.terms), say("pain {limit}", limit=usual.limit)]))
        yield Line(say("Unless said otherwise: {terms}.", terms=said), indent=2)
    if usual.reason:
        yield Line(say("Why, unless said otherwise: {reason}", reason=usual.reason), indent=2)
    yield Line(
        say("Next step, for all: {step}", step=usual.step) if usual.step else say(EACH_STEP),
        "plain" if usual.step else "quiet",
        2,
    )
    for title, listed in groupby(
        plan.prescriptions, key=lambda one: words.block_title(plan, SESSION_PARTS.get(one.block, one.block))
    ):
        yield Line(title, "title", 2)
        for prescription in listed:
            yield from _exercise(prescription, usual, explain)


@dataclass(frozen=True, slots=True)
class Usual:
    """What is said once, for all exercises that do not differ."""

    terms: list[str]
    limit: str
    reason: str
    step: str


def _exercise(prescription: Prescription, usual: Usual, explain: bool) -> Iterator[Line]:
    why = "" if explain else words.short_reason(prescription.because)
    reason = [say("Why: {reason}", reason=why)] if why and why != usual.reason else []
    told = [
        f"{prescription.name}: {words.spoken_prescription(prescription, usual.terms)}.",
        *_terms(prescription, usual.limit),
        *reason,
    ]
    yield bullet(" ".join(told), 4)
    if explain:
        yield Line(say("Next step: {step}", step=prescription.progression), indent=6)
        yield from derivation(prescription.because, 6)
        yield Line(say("Easier: {step}", step=prescription.regression), indent=6)


def _terms(prescription: Prescription, limit: str) -> Iterator[str]:
    """What to avoid and when to stop; the pain limit where it is another one than for most."""
    if prescription.how_to is not None and prescription.how_to.mistake:
        yield say("Avoid: {mistake}", mistake=prescription.how_to.mistake)
    yield say("Stop: {sign}", sign=prescription.stop_if)
    if prescription.pain_limit != limit:
        yield say("Pain: {limit}.", limit=prescription.pain_limit)


def stages(plan: Plan, explain: bool) -> Iterator[Line]:
    """Where the runner stands on each pathway, and what opens the next stage."""
    for item in plan.pathways:
        yield Line(pathways.heading(item), "item", 2)
        yield Line(" ".join(pathways.remarks(item)), indent=4)
        yield from bullets(pathways.passing(item), 6)
        if explain:  # the tests of all stages stand in the review
            yield from (Line(text, indent=4) for text in (pathways.again(plan, item),) if text)
            yield from derivation(item.because)


def load(plan: Plan, explain: bool) -> Iterator[Line]:
    """What changes in running and strength load, and why; one reason for several changes is told with the first."""
    told: set[str] = set()
    for adjustment in plan.load_adjustments:
        why = "" if explain else words.short_reason(adjustment.because)
        reason = f" {say('Why: {reason}', reason=why)}" if why and why not in told else ""
        told.add(why)
        yield bullet(f"{words.spoken_change(adjustment)}. {adjustment.text}{reason}")
        if explain:
            yield from derivation(adjustment.because)


def week_table(plan: Plan, explain: bool) -> Iterator[Rows]:
    """Every week to the race in numbers; those after the review together, unless they are to be explained."""
    rows = schedule.week_cells(plan, plan.review.date if not explain else None)
    yield from table(list(map(say, schedule.WEEK_TITLES)), WEEKS, rows)
    if part := schedule.part_week_words(plan):
        yield Line(part, indent=2)
    if len(rows) < len(schedule.week_cells(plan)):
        yield Line(say("After the review the weeks of a phase stand together; each by itself with --explain."), "quiet", 2)


def swaps(plan: Plan, explain: bool) -> Iterator[Line]:
    """What was kept out and what stands in; what the runner does now has its verdict above."""
    done = set() if explain else {exercise.exercise for exercise in plan.current}
    for swap in (one for one in plan.swaps if one.avoid not in done):
        yield Line(words.spoken_swap(swap), "item", 2)
        if trade := words.spoken_trade(swap):
            yield Line(trade, indent=4)
        yield from _why(swap.because, explain)


def current(plan: Plan, explain: bool) -> Iterator[Line]:
    """What becomes of each exercise that the runner does now."""
    for exercise in plan.current:
        yield bullet(words.spoken_verdict(exercise))
        if explain:
            yield from derivation(exercise.because)


def set_aside(plan: Plan, explain: bool) -> Iterator[Line]:
    """What was left out, by reason; with its derivation each on its own."""
    if not explain:
        for first, rest in spoken_set_aside(plan):
            yield bullet(f"{first}: {rest}")
        return
    for left_out in plan.set_aside:
        yield bullet(f"{left_out.name or name(left_out.exercise or left_out.target or '')}: {left_out.reason}")
        yield from derivation(left_out.because)


def meanwhile(plan: Plan) -> Iterator[Line]:
    """Where someone else comes first: the exercises and load changes that stay, a line each, with when to stop, and how to see
    the rest."""
    for prescription in plan.prescriptions:
        dose = words.spoken_dosage(prescription.dosage)
        limits = f"{say('Pain: {limit}.', limit=prescription.pain_limit)} {say('Stop: {sign}', sign=prescription.stop_if)}"
        yield bullet(f"{prescription.name}: {dose}. {limits}")
    for change in plan.load_adjustments:
        yield bullet(words.spoken_change(change))
    if plan.prescriptions or plan.load_adjustments:
        yield Line(say("Sessions, reasons, swaps and what was set aside: --explain."), "quiet", 2)


def review(plan: Plan) -> Iterator[Line]:
    """When to look again, and what to test then."""
    when = say("Look again on {day}.", day=schedule.short_day(plan.review.date)) if plan.review.date else ""
    tests = say("Test again: {tests}.", tests="; ".join(plan.review.retest)) if plan.review.retest else ""
    if when or tests:
        yield Line(" ".join(filter(None, [when, tests])), indent=2)


def _why(because: Sequence[Because], explain: bool) -> Iterator[Line]:
    if explain:
        yield from derivation(because)
    elif because:
        yield Line(say("Why: {reason}", reason=words.reason_line(because)), "quiet", 4)


def derivation(because: Sequence[Because], indent: int = 4) -> Iterator[Line]:
    """Every reason with its rule, facts down to the profile's lines, sources and grade."""
    for reason in because:
        yield Line(f"{reason.text} ({reason.rule})", "quiet", indent, "because ")
        if reason.for_everybody:
            yield Line(say(words.FOR_EVERYBODY), "quiet", indent + 8, "- ")
        for fact in reason.facts:
            origin = fact.at if fact.at else say("concluded by {rule}", rule=fact.derived_by)
            yield Line(f"{fact.text} [{origin}]", "quiet", indent + 8, "- ")
        if reason.sources:
            yield Line(f"{words.spoken_sources(reason)}: {words.grade(reason)}", "quiet", indent + 8, "sources ")
