"""The activities of a care plan: what is to be done, when; and what is not, in a way that nobody takes for something to do.

What must not be done says so three times: in its words, in `doNotPerform`, and in a status that no list of open tasks shows."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from stridewise.language.translation import fixed, say
from stridewise.plan.model import REFER_FIRST, CurrentExercise, LoadAdjustment, PathwayStage, PlannedSession, Prescription
from stridewise.render import letter, pathways, schedule
from stridewise.render import plan_words as words
from stridewise.render.fhir.parts import Json, Making, concept, lines, reasons

Status = Literal["not-started", "in-progress", "on-hold", "stopped", "cancelled"]
NOT_TO_BE_DONE = fixed("Not to be done: {what}")
LEFT: dict[str, Status] = {"change": "stopped", "pause": "on-hold", "stop": "stopped"}  # by the verdict
MAY_STAY = "stridewise/may-stay"  # the reason of what may go on, if with fewer sets
FORBIDDEN = ("pause", "stop")
RUNNING = fixed("Running")
EXERCISES = "exercises"


def activities(making: Making, sent: Sequence[Json]) -> list[Json]:
    """What stops and whom to see first; then exercises, runs, load, stages and the review."""
    plan = making.plan
    return [
        *_stopped(making),
        *({"reference": one} for one in sent),
        *_not_done(making),
        *(_exercise(making, one) for one in plan.prescriptions),
        *_kept(making),
        *_runs(making),
        *(_load(making, one) for one in plan.load_adjustments),
        *(_stage(making, one) for one in plan.pathways),
        *_review(making),
    ]


def _activity(status: Status, code: Json, description: str = "", forbidden: bool = False, **more: Any) -> Json:
    if forbidden:
        code = {**code, "text": say(NOT_TO_BE_DONE, what=code["text"])}
    return {"detail": {"code": code, "status": status, "doNotPerform": forbidden, **more, "description": description}}


def _to_do(making: Making, code: Json, description: str, status: Status = "not-started", **more: Any) -> Json:
    """Something to do; where somebody else comes first it waits for them."""
    if making.plan.status != REFER_FIRST:
        return _activity(status, code, description, **more)
    return _activity("on-hold", code, description, statusReason=concept(words.verdict(making.plan)), **more)


def _stopped(making: Making) -> Iterator[Json]:
    """What referrals stop, and running where it is stopped."""
    for stops in dict.fromkeys(one.stops for one in making.plan.referrals if one.stops != "nothing"):
        because = [reason for one in making.plan.referrals if one.stops == stops for reason in one.because]
        yield _activity(
            "on-hold",
            concept(say(letter.STOPPED[stops])),
            say(words.STOPS_WORDS[stops]),
            forbidden=True,
            reasonCode=reasons(because),
        )
    kinds = {session.kind for day in making.plan.schedule for session in day.sessions}
    if words.is_running_stopped(making.plan) and not kinds & {"run", "race"}:
        yield _activity("on-hold", concept(say(RUNNING)), words.verdict(making.plan), forbidden=True)


def _not_done(making: Making) -> Iterator[Json]:
    """Exercises that the runner leaves, and those that are kept out though nobody does them now."""
    plan = making.plan
    planned, now = {one.exercise for one in plan.prescriptions}, {one.exercise for one in plan.current}
    for one in plan.current:
        if one.exercise not in planned and not _goes_on(one):
            code, told = making.coded(EXERCISES, one.exercise, one.name), words.spoken_verdict(one)
            until = concept(one.until) if one.until else None
            is_forbidden = one.verdict in FORBIDDEN
            yield _activity(LEFT[one.verdict], code, told, is_forbidden, statusReason=until, reasonCode=reasons(one.because))
    for swap in plan.swaps:
        if swap.avoid not in now and swap.level != "preference":
            code = making.coded(EXERCISES, swap.avoid, swap.avoid_name or swap.avoid)
            told = lines([words.spoken_swap(swap), words.spoken_trade(swap)])
            yield _activity("cancelled", code, told, forbidden=True, reasonCode=reasons(swap.because))


def _goes_on(one: CurrentExercise) -> bool:
    """Does the runner keep it, if lighter or with fewer sets? A change to another exercise is none."""
    is_less = one.dosage is not None or any(reason.rule == MAY_STAY for reason in one.because)
    return one.verdict == "keep" or (one.verdict == "change" and is_less)


def _kept(making: Making) -> Iterator[Json]:
    """What the runner does now and may go on doing beside the plan."""
    planned = {one.exercise for one in making.plan.prescriptions}
    for one in making.plan.current:
        if one.exercise not in planned and _goes_on(one):
            code = making.coded(EXERCISES, one.exercise, one.name)
            yield _to_do(making, code, words.spoken_verdict(one), "in-progress", reasonCode=reasons(one.because))


def _exercise(making: Making, one: Prescription) -> Json:
    """One prescription, on the days that hold it."""
    days = [
        day.date
        for day in schedule.full_days(making.plan)
        for session in day.sessions
        if any(held.exercise == one.exercise for held in session.exercises)
    ]
    return _to_do(
        making,
        making.coded(EXERCISES, one.exercise, one.name),
        lines(_said(making, one)),
        reasonCode=reasons(one.because),
        scheduledTiming={"event": days, "code": concept(words.spoken_frequency(one.dosage.sessions_per_week))},
    )


def _said(making: Making, one: Prescription) -> Iterator[str]:
    """All that a prescription says, in the order in which it is needed."""
    yield from (
        say(words.BLOCK_TITLES[one.block]),
        words.spoken_dosage(one.dosage),
        words.spoken_side(one),
        words.spoken_turn(one),
        words.spoken_start(one),
    )
    if one.how_to:
        yield from (*one.how_to.steps, one.how_to.feel, one.how_to.mistake)
    yield say("Stop: {sign}", sign=one.stop_if) if one.stop_if else ""
    yield say("Pain: {limit}.", limit=one.pain_limit) if one.pain_limit else ""
    yield from (one.progression, one.regression, *one.assumes)
    yield from (words.spoken_verdict(now) for now in making.plan.current if now.exercise == one.exercise)


def _runs(making: Making) -> Iterator[Json]:
    """Runs, other cardio and races, alike ones together with their days; then the weeks in numbers."""
    alike: dict[str, dict[str, PlannedSession]] = {}
    for day in making.plan.schedule:
        for session in day.sessions:
            if session.kind != "strength" and (not day.outline or session.kind == "race"):
                alike.setdefault(schedule.spoken_session(session), {})[day.date] = session
    for text, held in alike.items():
        said = lines(part for one in held.values() for part in (one.became, one.note, one.gave_way))
        yield _to_do(making, concept(text), said, scheduledTiming={"event": list(held)})
    titles = [say(title) for title in schedule.WEEK_TITLES]
    rows = [
        "; ".join(f"{title} {cell}" for title, cell in zip(titles, cells, strict=True))
        for cells in schedule.week_cells(making.plan)
    ]
    if rows:
        yield _to_do(making, concept(say("Week by week")), lines([schedule.part_week_words(making.plan), *rows]))


def _load(making: Making, one: LoadAdjustment) -> Json:
    return _to_do(making, concept(words.spoken_change(one)), one.text, reasonCode=reasons(one.because))


def _stage(making: Making, one: PathwayStage) -> Json:
    said = lines([*pathways.remarks(one), *pathways.passing(one), one.next, *one.retest])
    return _to_do(making, concept(pathways.heading(one)), said, "in-progress", reasonCode=reasons(one.because))


def _review(making: Making) -> Iterator[Json]:
    review = making.plan.review
    if review.date or review.retest:
        days = {"event": [review.date]} if review.date else None
        yield _activity("not-started", concept(say("Review")), lines(review.retest), scheduledTiming=days)
