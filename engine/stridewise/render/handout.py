"""What is handed out: the runner's sheet and the letters, each one HTML document with no script and nothing fetched. The sheet
says what to do and how; nothing of rules and sources. No decisions here."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from stridewise.documents.sentences import capitalised
from stridewise.language.translation import all_of, fixed, say
from stridewise.plan.drawings import Drawn
from stridewise.plan.model import PainLights, Plan, PlannedDay, Prescription
from stridewise.render import schedule
from stridewise.render.clinic import NOBODY, Clinic
from stridewise.render.html import page, undrawn
from stridewise.render.plan_words import ON_THEIR_OWN, SAID_BY, STOPS_WORDS, holds_a_run, is_running_stopped
from stridewise.render.sheet_room import Room, room_for
from stridewise.render.summaries import patient_words, shared_pain_limit

DIARY_DAYS = 14
WEEKS = (fixed("This week"), fixed("Next week"))


def render_handout(plans: Sequence[Plan], clinic: Clinic = NOBODY, drawn: Drawn = undrawn) -> str:
    """One document; several sheets follow one another, each on pages of its own."""
    return page("handout.html.j2", sheet=sys.modules[__name__], plans=plans, clinic=clinic, drawn=drawn)


def render_letters(plans: Sequence[Plan], clinic: Clinic = NOBODY) -> str:
    """One document with the referral letters of all plans, each on a page of its own."""
    return page("letters.html.j2", plans=plans, clinic=clinic)


def has_exercises(plan: Plan) -> bool:
    """Nobody trains from a sheet while somebody must see them at once."""
    return bool(plan.prescriptions) and not plan.is_sent_away


def room(plan: Plan) -> Room:
    """How close the sheet is set and what it has room for."""
    if not has_exercises(plan):
        return Room()
    told = [*notes(plan), *running(plan), *schedule.differing_sessions(plan)]
    beside = [*(one.text for one in plan.referrals), *told, *(one.text for one in plan.current)]
    return room_for(plan.prescriptions, beside)


def is_sent_now(plan: Plan) -> bool:
    """Must somebody see the runner now or today? Then the sheet says that and nothing else."""
    return any(one.is_at_once for one in plan.referrals)


def stopped_words(plan: Plan) -> list[str]:
    """What must not be done until then, each once, and nothing that another one says as well."""
    stops = dict.fromkeys(one.stops for one in plan.referrals if one.stops != "nothing")
    return [say(STOPS_WORDS[one]) for one in stops if not SAID_BY.get(one, frozenset()) & stops.keys()]


def purpose(plan: Plan) -> list[str]:
    """What the plan is for: the goal, the complaint, the race."""
    aims = plan.aims
    told = [aims.goal or say("Make you a stronger runner.")]
    if aims.complaints:
        told.append(say("It is for {complaints}.", complaints=all_of(aims.complaints)))
    if aims.race_date:
        with_name, alone = fixed("Your race ({race}): {day}."), fixed("Your race: {day}.")
        told.append(say(with_name if aims.race else alone, race=aims.race, day=schedule.short_day(aims.race_date)))
    return told


def lights(plan: Plan) -> PainLights | None:
    """The traffic light of most exercises; the others state their own limit."""
    limit = shared_pain_limit(plan)
    return next((one.lights for one in plan.prescriptions if one.pain_limit == limit), None)


def notes(plan: Plan) -> list[str]:
    """What must not be missed, in the runner's words, whatever the clinician acknowledged: what the runner has to heed is the
    same. Notes of the least level stay with the clinician."""
    told = [one for one in plan.all_warnings if one.level in ("warning", "critical")]
    said = [patient_words(one.because) or one.text for one in told]
    return list(dict.fromkeys(said))


def work_groups(plan: Plan) -> list[tuple[str, list[Prescription]]]:
    """The exercises under the session they belong to; one group where all sessions are alike."""
    warm_up = [one for one in plan.prescriptions if one.block == "warm_up"]
    main = [one for one in plan.prescriptions if one.block != "warm_up"]
    before = say("Before your run") if holds_a_run(plan) else say(ON_THEIR_OWN)
    groups = [(before, warm_up)] if warm_up else []
    return [*groups, (say("Your exercises"), main)] if main else groups


def turn(prescription: Prescription) -> str:
    """Session A or B where two take turns; "" elsewhere."""
    return (
        say("Session {name}", name=prescription.session[0]) if prescription.takes_turns and len(prescription.session) == 1 else ""
    )


def diary(plan: Plan) -> list[tuple[str, str]]:
    """Two weeks from the plan's day, each day with what is planned on it."""
    planned = {day.date: day for day in schedule.full_days(plan)}
    first = date.fromisoformat(plan.as_of)
    days = [str(first + timedelta(number)) for number in range(DIARY_DAYS)]
    return [(schedule.short_day(day), _planned(planned.get(day))) for day in days]


def _planned(day: PlannedDay | None) -> str:
    if day is None:
        return ""
    return ", ".join(_titles(day)) or ("" if day.running == "not_recorded" else say(schedule.NO_RUN[day.running]))


def _titles(day: PlannedDay) -> Iterator[str]:
    for session in day.sessions:
        km = f", {schedule.whole_km(session.km)} km" if session.km is not None else ""
        yield f"{capitalised(session.title)}{km}"


def running(plan: Plan) -> list[str]:
    """What changes in running now, in the runner's words, and the kilometres of this week and the next."""
    about = [one for one in plan.load_adjustments if one.metric in ("weekly_distance", "longest_run", "hard_sessions")]
    said = list(dict.fromkeys(patient_words(one.because) or one.text for one in about))
    if not is_running_stopped(plan):
        return [*_kilometres(plan), *said, *schedule.changed_runs(plan)]
    no_run = say("No running for now. Walking, cycling or swimming that does not hurt may go on, unless this sheet says no.")
    is_told = any(one.stops != "nothing" for one in plan.referrals)  # by what a referral stops
    return [*([] if is_told else [no_run]), *_kilometres(plan), *said]


def _kilometres(plan: Plan) -> Iterator[str]:
    """This week and the next; of a week that has begun what is left of it."""
    left = schedule.left_of_first_week(plan)
    for number, row in enumerate(schedule.weeks(plan)[:2]):
        km, longest = row.totals.running_km, row.totals.longest_run_km
        if km is None:
            continue
        is_part = number == 0 and left is not None
        when = say("From {day} to Sunday", day=schedule.short_day(row.start)) if is_part else say(WEEKS[number])
        about = schedule.whole_km(left if is_part and left is not None else km)
        if longest:
            most = schedule.whole_km(min(longest, km))
            yield say("{week}: about {km} km, no run longer than {longest} km.", week=when, km=about, longest=most)
        else:
            yield say("{week}: about {km} km.", week=when, km=about)
