"""What must be said before anything else: a missing screen, packs nobody signed, overrides, clearances, and what was
left unsaid."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from stridewise.language.fact import Fact, show_fact
from stridewise.language.own_words import READ
from stridewise.language.translation import all_of, fixed, say, say_number, told_inside
from stridewise.plan.model import MEANT_MORE_OFTEN, UNSIGNED, ClinicalWarning, NotUsed
from stridewise.planning.choice import Choice, Selection
from stridewise.planning.concerns import kinds_that_decide
from stridewise.planning.kit import least
from stridewise.planning.session_size import SHORT, SessionSize, session_size
from stridewise.planning.situation import Situation
from stridewise.planning.wants import REHABILITATION
from stridewise.program.program import Program, once
from stridewise.recommendation.reasons import merge_sides

BEGINNING = 60  # letters of a note that is named and not told
OVERRIDDEN = {
    "retune": fixed("{pack} has {target} set to {to} {until}: {reason} ({by})."),
    "disable": fixed("{pack} has {target} disabled {until}: {reason} ({by})."),
    "replace": fixed("{pack} has {target} replaced {until}: {reason} ({by})."),
}
UNTIL, PAST_ITS_DATE = fixed("until {date}"), fixed("until {date} (past its date, kept because it protects)")


def notices(
    situation: Situation, beyond: Sequence[ClinicalWarning], unguided: Iterable[str], selection: Selection, stopped: bool
) -> tuple[str, ...]:
    """Notices, the safety screen first."""
    return tuple(
        dict.fromkeys(
            [
                *_screen(situation),
                *_clearances(situation),
                *situation.intake.notices,
                *_unguided(situation, unguided),
                *_equipment(situation),
                *(() if stopped else _no_session(situation, selection)),
                *(() if stopped else _without_exercise(selection)),
                *_short(situation, selection),
                *(() if stopped else _too_few_sessions(situation, selection)),
                *_incomplete(selection.complete),
                *_beyond_the_cap(beyond),
                *_packs(situation),
            ]
        )
    )


def _screen(situation: Situation) -> Iterator[str]:
    intake, screened = situation.intake, situation.memory.by_kind.get("safety_screen")
    if intake.lapsed_screen is not None:
        yield say(
            "The safety screen of {date} is more than six months old and counts as not done. Ask about red flags again before "
            "the first session.",
            date=intake.lapsed_screen,
        )
    elif not screened:
        yield say("Safety screen not recorded: red flags have not been asked about. Ask before the first session.")
    elif "red_flag" not in situation.memory.answered:
        yield say("The safety screen does not say whether there are red flags. Ask before the first session.")
    if intake.lapsed_par_q is not None:
        yield say(
            "The PAR-Q+ of {date} is more than a year old: a no or a clearance from then does not count. Complete it before the "
            "first session.",
            date=intake.lapsed_par_q,
        )
    elif screened and "par_q" not in situation.memory.answered:
        yield say("PAR-Q+ not recorded. Complete it before the first session.")
    if not situation.memory.by_kind.get("age"):
        yield say("Age not recorded, so the dose stays cautious. Ask for it first.")


def _clearances(situation: Situation) -> Iterator[str]:
    vocabulary = situation.program.vocabulary
    for item in sorted(situation.intake.clearances, key=lambda one: (one.flag, one.by)):
        flag = vocabulary.read(vocabulary.kinds["red_flag"].type, item.flag, "flag")
        label = vocabulary.show_value(vocabulary.kinds["red_flag"].type, flag)
        yield say("Cleared by {name} on {date}: {flag} ({reason}).", name=item.by, date=item.date, flag=label, reason=item.reason)
    for fact in situation.memory.of("par_q"):
        if fact.value == "yes" and fact.get("follow_up") == "cleared":
            yield say("PAR-Q+ yes, cleared by {name} on {date}.", name=fact.get("name"), date=fact.get("on"))


def _unguided(situation: Situation, regions: Iterable[str]) -> Iterator[str]:
    for region in regions:
        label = situation.program.vocabulary.label("pain_regions", region)
        yield say("There is no guidance here for this pain: {pain}. The plan adds no new load there.", pain=label)


def _equipment(situation: Situation) -> Iterator[str]:
    if situation.equipment is None:
        yield say("Equipment not recorded, so the plan uses body weight only.")


def _without_exercise(selection: Selection) -> Iterator[str]:
    if not selection.choices:
        none, nothing = fixed("none that would help is suitable at present"), fixed("nothing recorded calls for one")
        why = say(none if selection.set_aside else nothing)
        yield say("This plan contains no exercises: {why}. The clinician decides what may be done.", why=why)


def _no_session(situation: Situation, selection: Selection) -> Iterator[str]:
    if not situation.has_no_session or not any(choice.is_main for choice in selection.choices.values()):
        return
    if situation.number("sessions_per_week") != 0:
        yield say("No strength session is left before the race. The exercises are those to go on with after it.")
    else:
        yield say(
            "No strength session fits in this runner's week, so none is planned on a day. The exercises are those to begin with "
            "as soon as there is time for one."
        )


def _short(situation: Situation, selection: Selection) -> Iterator[str]:
    """Why a session holds so little."""
    main = [choice for choice in selection.choices.values() if choice.is_main]
    lengths = [sum((c.minutes for c in main if name in c.sessions), Decimal(0)) for name in {n for c in main for n in c.sessions}]
    size = session_size(situation)
    if lengths and not situation.has_no_session and max(lengths) < max(size.enough, SHORT):
        told, most = (number.to_integral_value(ROUND_HALF_UP) for number in (max(lengths), size.minutes))
        why = _why_short(situation, main, size)
        yield say("Strength sessions take {minutes} of {most} minutes: {why}.", minutes=told, most=most, why=why)


def _too_few_sessions(situation: Situation, selection: Selection) -> Iterator[str]:
    """Rehabilitation that is meant for more days a week than the runner has sessions."""
    possible = situation.number("sessions_per_week") or Decimal(0)
    doses = {name: selection.dosed[name] for name, choice in sorted(selection.choices.items()) if choice.is_main}
    often = {name: least(one.dosage.sessions_per_week) or Decimal(0) for name, one in doses.items() if one.goal == REHABILITATION}
    short = {name: times for name, times in often.items() if times > possible > 0}
    if short and not situation.has_no_session:
        told = fixed("{exercises}, {times} times a week. A short session more, with just that, would do.")
        names = all_of([selection.choices[name].exercise.spoken for name in short])
        yield f"{say(MEANT_MORE_OFTEN)} {say(told, exercises=told_inside(names), times=max(short.values()))}"


def _why_short(situation: Situation, main: Sequence[Choice], size: SessionSize) -> str:
    exercises = sum(choice.takes_a_place for choice in main)
    if situation.is_reduced:
        near = fixed("so close to a race new exercises start at half dose and there are fewer sets")
        back = fixed("after a break, an illness or an operation new exercises start at half dose")
        return say(near if situation.sets_factor < 1 or situation.memory.by_kind.get("race_window") else back)
    if size.minutes <= SHORT:
        return say("little fits into the time available")
    if exercises >= size.exercises:
        return say("{number} exercises of two to three sets are enough", number=exercises)
    return say("other exercises are not suitable at present")


def _incomplete(complete: bool) -> Iterator[str]:
    if not complete:
        yield say("The search for the smallest plan was cut short. A smaller one may exist.")


def _beyond_the_cap(beyond: Sequence[ClinicalWarning]) -> Iterator[str]:
    if beyond:
        one = "{number} further note is left out to keep the plan short: {notes}."
        many = fixed("{number} further notes are left out to keep the plan short: {notes}.")
        yield say_number(one, many, len(beyond), notes="; ".join(_begun(note.text) for note in beyond))


def _begun(text: str) -> str:
    """How a note begins: nobody who reads a plan knows it by its id."""
    first = text.split(". ", maxsplit=1)[0].rstrip(".")
    return f"“{first if len(first) <= BEGINNING else first[:BEGINNING].rsplit(' ', 1)[0] + ' …'}”"


def _packs(situation: Situation) -> Iterator[str]:
    packs = situation.program.packs
    unsigned = [pack.name for pack in packs if not pack.shape.is_signed(situation.intake.as_of)]
    if unsigned:
        yield f"{say(UNSIGNED)} {', '.join(unsigned)}."
    for pack in packs:
        if pack.shape.expires is not None and pack.shape.expires < situation.intake.as_of:
            late = fixed("The guidance in {pack} was due for review by {date} and may be out of date.")
            yield say(late, pack=pack.name, date=pack.shape.expires)
    for name, override in situation.program.lapsed:
        ended = fixed("The change that {pack} made to {target} ended on {date}; it no longer holds. Review it.")
        yield say(ended, pack=name, target=override.target, date=override.expires)
    for name, override in situation.program.overrides:
        until = say(PAST_ITS_DATE if override.expires < situation.intake.as_of else UNTIL, date=override.expires)
        yield say(
            OVERRIDDEN[override.action],
            pack=name,
            target=override.target,
            to=str(override.to),
            until=until,
            reason=override.reason.rstrip("."),
            by=override.by,
        )


def not_used(situation: Situation) -> tuple[NotUsed, ...]:
    """What is recorded but read by no rule and by no part of planning."""
    read = rules_read(situation.program)
    compared = {str(fact.get("measure")) for fact in situation.memory.of("side_difference") if _is_read(fact, read)}
    known = READ | compared  # of a test of both sides the difference is read
    unread = [fact for fact in situation.memory.facts if fact.places and fact.kind not in known and not _is_read(fact, read)]
    found = [
        NotUsed(
            fact=fact.as_mapping(),
            at=", ".join(dict.fromkeys(map(str, fact.places))),
            text=show_fact(situation.program.vocabulary, fact),
        )
        for fact in merge_sides(unread, lambda fact: sorted(fact.assumed))
    ]
    found += [
        NotUsed(fact={"notes": text.removeprefix("notes: ")}, at=str(place), text=text)
        for text, place in situation.intake.not_read
    ]
    return tuple(found)


def _is_read(fact: Fact, read: frozenset[tuple[str, object]]) -> bool:
    """A condition on record is read with its diagnosis: the profile says them in one line."""
    kinds = ("condition", "diagnosis") if fact.kind == "condition" else (fact.kind,)
    return any((kind, value) in read for kind in kinds for value in (None, fact.value))


@once
def rules_read(program: Program) -> frozenset[tuple[str, object]]:
    """(kind, value) pairs that some condition names; (kind, None) where it covers all, or says whom a question concerns."""
    conditions = [condition for rule in program.rules for condition in rule.conditions.every()]
    pairs = {(c.kind, value) for c in conditions for value in (c.constants or (None,))}
    return frozenset(pairs | {(kind, None) for kind in kinds_that_decide(program.vocabulary)})
