"""A short referral letter from the plan, in sentences: who, why so soon, the complaint, the findings, what was denied, what was
stopped, what is asked. It claims no diagnosis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stridewise.documents.sentences import sentence
from stridewise.language.rule import Stops, Urgency
from stridewise.language.translation import fixed, say
from stridewise.plan.model import REFER_FIRST, Plan, Referral
from stridewise.render.paragraphs import Line
from stridewise.render.schedule import long_day

SOON: dict[Urgency, str] = {
    "emergency": fixed("EMERGENCY, to be seen now"),
    "same_day": fixed("to be seen today"),
    "urgent": fixed("to be seen within 72 hours"),
    "routine": fixed("by appointment"),
}
STOPPED: dict[Stops, str] = {  # the most that is stopped first
    "all_exercise": fixed("all exercise and running"),
    "lower_limb": fixed("running and all leg exercise"),
    "weight_bearing": fixed("running and everything that puts weight on the leg"),
    "running": fixed("running and jumping"),
    "impact": fixed("running, jumping and other impact"),
    "nothing": fixed("nothing"),
}
SEEN: dict[Urgency, str] = {
    "emergency": fixed("Please see this {runner} now."),
    "same_day": fixed("Please see this {runner} today."),
    "urgent": fixed("Please see this {runner} within 72 hours."),
    "routine": fixed("Please see this {runner} when you have an appointment."),
}
SALUTATION = fixed("Dear colleague,")
PLACEHOLDERS = (
    fixed("Name of clinician"),
    fixed("Profession and registration"),
    fixed("Telephone"),
    fixed("Date"),
    fixed("Signature"),
)
CLAIM = fixed("This is the result of a screening, not a diagnosis.")
DRAFT = fixed("Draft until signed by a clinician.")
IDENTITY = fixed("[name, date of birth]")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: its head, and its paragraphs, each with what it is about."""

    to: str
    date: str
    urgency: str
    subject: str
    paragraphs: tuple[tuple[str, str], ...]


def letters(plan: Plan) -> tuple[Letter, ...]:
    """One letter for each addressee who comes before the plan, the most urgent first; none where the plan is ready."""
    if plan.status != REFER_FIRST:
        return ()
    addressees = dict.fromkeys(referral.to for referral in plan.referrals if referral.comes_first)
    return tuple(_letter(plan, to) for to in addressees)


def all_letters(plan: Plan) -> tuple[Letter, ...]:
    """One letter for everybody whom the runner is sent to, by appointment too."""
    return tuple(_letter(plan, to) for to in dict.fromkeys(referral.to for referral in plan.referrals))


def _letter(plan: Plan, to: str) -> Letter:
    own = [referral for referral in plan.referrals if referral.to == to]
    first = own[0]  # the referrals of a plan stand the most urgent first
    about = _paragraphs(plan, own, first)
    return Letter(
        to=first.addressee,
        date=long_day(plan.as_of),
        urgency=say(SOON[first.urgency]),
        subject=say("Runner {runner}, {identity}", runner=plan.runner, identity=say(IDENTITY)),
        paragraphs=tuple((say(title), text) for title, text in about if text),
    )


def _paragraphs(plan: Plan, own: list[Referral], first: Referral) -> list[tuple[str, str]]:
    """An emergency letter says who, what and what was stopped; any other also what is asked."""
    story = plan.story
    why = [reason.text for referral in own for reason in referral.because]
    told = [
        (fixed("Why now"), f"{_opening(plan, first)} {sentences(why)}"),
        (fixed("Presenting complaint"), sentences([*story.flags, *story.symptoms])),
        (fixed("Diagnosis on record"), sentences(story.diagnosis)),
        (fixed("Findings"), sentences(story.examination)),
        (fixed("Relevant negatives"), sentences(story.negatives)),
        (fixed("Past history"), sentences(story.history)),
        (fixed("Stopped"), _stopped(plan)),
    ]
    if first.urgency == "emergency":
        return told
    asked = (fixed("Request"), _request(_stops(plan)))
    return [*told, (fixed("Told to the runner"), sentences([first.text])), asked, (fixed("Also referred"), _also(plan, own))]


def _opening(plan: Plan, first: Referral) -> str:
    """Please see this 34-year-old female runner today. Running 45 km a week; half marathon on 12 Dec 2026."""
    aims = plan.aims
    day = long_day(aims.race_date) if aims.race_date else ""
    race = say("{race} on {day}" if aims.race else "race on {day}", race=aims.race, day=day) if day else ""
    load = sentences(["; ".join(filter(None, [plan.story.running, race]))])
    return f"{say(SEEN[first.urgency], runner=plan.story.runner or say('runner'))} {load}".strip()


def sentences(texts: Sequence[str]) -> str:
    """Each text as a sentence of its own, once."""
    return " ".join(sentence(text) for text in dict.fromkeys(texts) if text)


def _stops(plan: Plan) -> str:
    """What is stopped, in words: the most that any referral stops holds the rest. "" where nothing is."""
    stopped = [referral.stops for referral in plan.referrals if referral.stops != "nothing"]
    return say(STOPPED[min(stopped, key=list(STOPPED).index)]) if stopped else ""


def _stopped(plan: Plan) -> str:
    stops = _stops(plan)
    if not stops:
        return say("Nothing has been stopped.")
    return sentences([say("{what}, on {day}, until seen", what=stops, day=long_day(plan.as_of))])


def _request(stops: str) -> str:
    again = fixed(
        "I would be grateful for your assessment, your advice on whether and when {what} may start again, and a short reply."
    )
    limits = fixed("I would be grateful for your assessment, your advice on any limits on training, and a short reply.")
    return f"{say(again, what=stops) if stops else say(limits)} {say(CLAIM)}"


def _also(plan: Plan, own: list[Referral]) -> str:
    others = [f"{one.addressee} ({say(SOON[one.urgency])})" for one in plan.referrals if one not in own]
    return sentences(list(dict.fromkeys(others)))


def text_lines(letter: Letter) -> Iterator[Line]:
    """The letter as text."""
    yield Line(say("To: {name}", name=letter.to), "item", 2)
    yield Line(say("Date: {day}", day=letter.date), indent=2)
    yield Line(say("Subject: {subject}; {urgency}", subject=letter.subject, urgency=letter.urgency), indent=2)
    yield Line("")
    yield Line(say(SALUTATION), indent=2)
    for title, text in letter.paragraphs:
        yield Line(f"{title}: {text}", indent=2)
    yield Line("")
    yield Line(say(DRAFT), indent=2)
    for title in PLACEHOLDERS:
        yield Line(f"{say(title)}: [________________]", indent=2)
