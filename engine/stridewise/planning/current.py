"""What becomes of each exercise that the runner does now: keep, change, pause until something holds, or stop. One verdict
each."""

from collections.abc import Sequence
from dataclasses import replace

from stridewise.language.exercise import Exercise, ruled_out
from stridewise.language.fact import Fact
from stridewise.language.translation import fixed, say
from stridewise.plan.model import Because, CurrentExercise, Prescription, SwapMade, Verdict
from stridewise.planning.dosage import Dosed, dose
from stridewise.planning.effort import cap_reasons
from stridewise.planning.eligibility import Usable
from stridewise.planning.vetoes import LEVELS, KeptOut

UNTIL_SEEN = fixed("this has been examined")
UNTIL_REVIEW = fixed("the next review")
HELD_BACK = "stridewise/held-back"


def current_exercises(
    usable: Usable, prescriptions: Sequence[Prescription], swaps: Sequence[SwapMade]
) -> tuple[CurrentExercise, ...]:
    """A verdict for each, in the order of their ids."""
    prescribed = {prescription.exercise: prescription for prescription in prescriptions}
    swapped = {swap.avoid: swap for swap in swaps}
    facts = sorted(usable.situation.memory.of("current_exercise"), key=lambda fact: str(fact.value))
    return tuple(_verdict(usable, fact, prescribed.get(str(fact.value)), swapped.get(str(fact.value))) for fact in facts)


def _verdict(usable: Usable, fact: Fact, prescribed: Prescription | None, swap: SwapMade | None) -> CurrentExercise:
    exercise = usable.exercises[str(fact.value)]
    if prescribed is not None:
        return _in_the_plan(usable, exercise, prescribed)
    entry = usable.against.get(exercise.id)
    if entry is not None and entry.level != "preference":
        return _kept_out(exercise, entry, swap)
    if (term := ruled_out(exercise, usable.cannot)) is not None:
        position = usable.situation.program.vocabulary.label("cannot_terms", term)
        text = say("Left out, because this is not possible now: {position}.", position=position)
        return _told(exercise, "stop", text, (usable.situation.own_reason("cannot", text, [fact]),))
    if entry is not None and swap is not None:
        return _kept_out(exercise, entry, swap)
    return _may_stay(usable, exercise, fact)


def _may_stay(usable: Usable, exercise: Exercise, fact: Fact) -> CurrentExercise:
    """Nothing speaks against it: as it is, or lighter where the effort is capped."""
    dosed = dose(usable.situation, exercise, None, None)
    if _is_lighter(usable, dosed):
        text = say("Keep it if there is time, but lighter, and stop each set with several good repetitions left.")
        has_kit = exercise.equipment_choice(usable.situation.equipment) is not None  # else its load is not known here
        return replace(_told(exercise, "change", text, dosed.because), dosage=dosed.dosage if has_kit else None)
    if usable.situation.is_reduced:
        text = say("Keep it if there is time, with about half the sets for now.")
        return _told(exercise, "change", text, (usable.situation.own_reason("may-stay", text, [fact]),))
    text = say("There is no reason to stop it. Keep it if there is time.")
    if usable.closed_gate(exercise):
        text = say("There is no reason to stop it. Keep it if there is time, and check the technique before making it harder.")
    return _told(exercise, "keep", text, (usable.situation.own_reason("may-stay", text, [fact]),))


def _is_lighter(usable: Usable, dosed: Dosed) -> bool:
    """Does a cap of effort, or a stop of heavy load, take something from its dose?"""
    reasons = {reason.rule for reason in dosed.because}
    held_back = usable.situation.is_heavy_ruled_out and HELD_BACK in reasons
    return held_back or any(reason.rule in reasons for reason in cap_reasons(usable.situation))


def _in_the_plan(usable: Usable, exercise: Exercise, prescribed: Prescription) -> CurrentExercise:
    """It stays in the dose of the plan; that is a change where something limits it."""
    entry = usable.against.get(exercise.id)
    verdict: Verdict = "keep"
    text = say("Stays in the plan.")
    if entry is not None:
        verdict, text = "change", say("Keep it with caution, at the dose and within the limits of the plan.")
    elif usable.situation.is_reduced and not prescribed.heals:
        verdict, text = "change", say("Stays in the plan with fewer sets for now.")
    return replace(_told(exercise, verdict, text, prescribed.because), dosage=prescribed.dosage)


def _kept_out(exercise: Exercise, entry: KeptOut, swap: SwapMade | None) -> CurrentExercise:
    """What stops it, how firmly and until when; a better one takes its place at once."""
    reasons = tuple(entry.reasons)
    instead = f" {say('{exercise} takes its place.', exercise=swap.instead_name)}" if swap is not None and swap.instead else ""
    if entry.level == "preference":
        return _told(exercise, "change", f"{say('Another exercise suits better.')}{instead}", reasons)
    until = _until(entry)
    if entry.level == "precaution":
        return _told(exercise, "pause", f"{say('Leave it out until {until}.', until=until)}{instead}", reasons, until)
    text = say("Leave it out until {until}.", until=until) if until else say("Leave it out for now.")
    return _told(exercise, "stop", f"{text}{instead}", reasons, until)


def _until(entry: KeptOut) -> str | None:
    """What ends it: in the words of the firmest rule that says so, else by the level."""
    firmest = sorted(entry.avoids, key=lambda avoid: LEVELS.index(avoid.level))
    told = next((avoid.until for avoid in firmest if avoid.until), None)
    if entry.level == "referral":
        return say(UNTIL_SEEN)
    return told or (say(UNTIL_REVIEW) if entry.level == "precaution" else None)


def _told(
    exercise: Exercise, verdict: Verdict, text: str, because: tuple[Because, ...], until: str | None = None
) -> CurrentExercise:
    return CurrentExercise(
        exercise=exercise.id, name=exercise.spoken, verdict=verdict, until=until, dosage=None, text=text, because=because
    )
