"""The sections of the text plan, one function each."""

from collections.abc import Iterator, Sequence

from stridewise.plan.model import Because, Plan, Prescription
from stridewise.render import days
from stridewise.render.lines import Line, Row
from stridewise.render.view import (
    name,
    patient_words,
    shared_pain_limit,
    spoken_set_aside,
)
from stridewise.render.words import (
    BLOCK_TITLES,
    STOPS_WORDS,
    URGENCY_WORDS,
    grade,
    reason_line,
    spoken_change,
    spoken_dosage,
    spoken_side,
    spoken_sources,
    spoken_swap,
    spoken_trade,
    spoken_turn,
    spoken_verdict,
)  # fmt: skip

GLANCE = (10, 0, 0)
WEEKS = (-5, 10, 13, -5, -11, -8, -4, -8)


def referrals(plan: Plan, explain: bool) -> Iterator[Line]:
    """Who, how soon, what stops until then, and why."""
    for one in plan.referrals:
        yield Line(f"{URGENCY_WORDS[one.urgency]}: {name(one.to)}", "alarm", 2)
        yield Line(one.text, indent=4)
        yield Line(STOPS_WORDS[one.stops], indent=4)
        yield from _why(one.because, explain)


def warnings(plan: Plan, explain: bool) -> Iterator[Line]:
    """Critical ones with two marks; a note gives its reason only where it is asked for."""
    marks = {"critical": "!! ", "warning": "! ", "info": "- "}
    for one in plan.warnings:
        yield Line(one.text, "alarm" if one.level == "critical" else "plain", 2, marks[one.level])
        if one.level != "info" or explain:
            yield from _why(one.because, explain)


def first_week(plan: Plan) -> Iterator[Row]:
    """The week at a glance: seven rows."""
    rows = days.glance_cells(plan)
    if rows:
        yield Row(days.GLANCE_TITLES, GLANCE, "quiet")
    for row in rows:
        yield Row(row, GLANCE)


def sessions(plan: Plan) -> Iterator[Line]:
    """What is in the sessions of the next two weeks, alike ones together."""
    for one in days.same_sessions(plan):
        yield Line(": ".join(filter(None, [one.title, one.days])), "item", 2)
        for text in filter(None, (one.exercises, *one.remarks)):
            yield Line(text, indent=4)


def exercises(plan: Plan, explain: bool) -> Iterator[Line]:
    """Name, dose and limits by block; what holds for all is said once."""
    limit = shared_pain_limit(plan)
    if limit:
        yield Line(f"Pain, unless said otherwise: {limit}.", indent=2)
    block = ""
    for one in plan.prescriptions:
        if one.block != block:
            block = one.block
            yield Line(BLOCK_TITLES[block], "title", 2)
        yield from _exercise(one, limit, explain)


def _exercise(one: Prescription, limit: str, explain: bool) -> Iterator[Line]:
    yield Line(one.name, "item", 4)
    yield Line("; ".join(filter(None, [spoken_dosage(one.dosage), spoken_side(one), spoken_turn(one)])), indent=6)
    if words := patient_words(one.because):
        yield Line(words, indent=6)
    yield Line(f"Stop: {one.stop_if}", indent=6)
    if one.pain_limit != limit:
        yield Line(f"Pain: {one.pain_limit}.", indent=6)
    if explain:
        yield from derivation(one.because, 6)
        yield Line(f"Harder: {one.progression}", indent=6)
        yield Line(f"Easier: {one.regression}", indent=6)


def exercise_reasons(plan: Plan) -> Iterator[Line]:
    """One reason a line, for the clinician."""
    for one in plan.prescriptions:
        yield Line(f"{one.name}: {reason_line(one.because)}", indent=2, mark="- ")


def load(plan: Plan, explain: bool) -> Iterator[Line]:
    """What changes in running and strength load, and why."""
    for one in plan.load_adjustments:
        yield Line(spoken_change(one), "item", 2)
        yield Line(one.text, indent=4)
        yield from _why(one.because, explain)


def week_table(plan: Plan) -> Iterator[Row]:
    """Every week to the race in numbers."""
    rows = days.week_cells(plan)
    if rows:
        yield Row(days.WEEK_TITLES, WEEKS, "quiet")
    for row in rows:
        yield Row(row, WEEKS)


def swaps(plan: Plan, explain: bool) -> Iterator[Line]:
    """What was kept out and what stands in."""
    for one in plan.swaps:
        yield Line(spoken_swap(one), "item", 2)
        if trade := spoken_trade(one):
            yield Line(trade, indent=4)
        yield from _why(one.because, explain)


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
    for one in plan.set_aside:
        yield Line(f"{one.name or name(one.exercise or one.target or '')}: {one.reason}", indent=2, mark="- ")
        yield from derivation(one.because)


def meanwhile(plan: Plan) -> Iterator[Line]:
    """Where someone else comes first: the exercises and load changes that stay, a line each, and how to see the rest."""
    for one in plan.prescriptions:
        yield Line(f"{one.name}: {spoken_dosage(one.dosage)}. Pain: {one.pain_limit}.", indent=2, mark="- ")
    for change in plan.load_adjustments:
        yield Line(spoken_change(change), indent=2, mark="- ")
    if plan.prescriptions or plan.load_adjustments:
        yield Line("Sessions, reasons, swaps and what was set aside: --explain.", "quiet", 2)


def review(plan: Plan) -> Iterator[Line]:
    """When to look again, and what to test then."""
    if plan.review.date:
        yield Line(f"Look again on {days.short_day(plan.review.date)} ({plan.review.date}).", indent=2)
    if plan.review.retest:
        yield Line(f"Test again: {'; '.join(plan.review.retest)}.", indent=2)


def _why(because: Sequence[Because], explain: bool, indent: int = 4) -> Iterator[Line]:
    if explain:
        yield from derivation(because, indent)
    elif because:
        yield Line(f"Why: {reason_line(because)}", "quiet", indent)


def derivation(because: Sequence[Because], indent: int = 4) -> Iterator[Line]:
    """Every reason with its rule, facts down to the profile's lines, sources and grade."""
    for one in because:
        yield Line(f"{one.text} ({one.rule})", "quiet", indent, "because ")
        for fact in one.facts:
            origin = fact.at if fact.at else f"concluded by {fact.derived_by}"
            yield Line(f"{fact.text} [{origin}]", "quiet", indent + 8, "- ")
        if one.sources:
            yield Line(f"{spoken_sources(one)}: {grade(one)}", "quiet", indent + 8, "sources ")
