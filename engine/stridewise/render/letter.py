"""A short referral letter from the plan, in sentences: who, why so soon, the complaint, the findings, what was denied, what was
stopped, what is asked. It claims no diagnosis."""

from collections.abc import Iterator, Sequence

from stridewise.documents.frozen import frozen
from stridewise.documents.sentences import sentence
from stridewise.language.rule import Stops, Urgency
from stridewise.plan.model import REFER_FIRST, Plan, Referral
from stridewise.render.paragraphs import Line
from stridewise.render.schedule import long_day

SOON: dict[Urgency, str] = {
    "emergency": "EMERGENCY, to be seen now", "same_day": "to be seen today", "urgent": "to be seen within 72 hours",
    "routine": "by appointment",
}  # fmt: skip
STOPPED: dict[Stops, str] = {  # the most that is stopped first
    "all_exercise": "all exercise and running",
    "lower_limb": "running and all leg exercise",
    "weight_bearing": "running and everything that puts weight on the leg",
    "running": "running and jumping",
    "impact": "running, jumping and other impact",
    "nothing": "nothing",
}
WHEN: dict[Urgency, str] = {
    "emergency": "now", "same_day": "today", "urgent": "within 72 hours", "routine": "when you have an appointment",
}  # fmt: skip
SALUTATION = "Dear colleague,"
PLACEHOLDERS = ("Name of clinician", "Profession and registration", "Telephone", "Date", "Signature")
CLAIM = "This is the result of a screening, not a diagnosis."
DRAFT = "Draft until signed by a clinician."
IDENTITY = "[name, date of birth]"


@frozen
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
        urgency=SOON[first.urgency],
        subject=f"Runner {plan.runner}, {IDENTITY}",
        paragraphs=tuple((title, text) for title, text in about if text),
    )


def _paragraphs(plan: Plan, own: list[Referral], first: Referral) -> list[tuple[str, str]]:
    """An emergency letter says who, what and what was stopped; any other also what is asked."""
    story = plan.story
    why = [reason.text for referral in own for reason in referral.because]
    told = [
        ("Why now", f"{_opening(plan, first)} {sentences(why)}"),
        ("Presenting complaint", sentences([*story.flags, *story.symptoms])),
        ("Diagnosis on record", sentences(story.diagnosis)),
        ("Findings", sentences(story.examination)),
        ("Relevant negatives", sentences(story.negatives)),
        ("Past history", sentences(story.history)),
        ("Stopped", _stopped(plan)),
    ]
    if first.urgency == "emergency":
        return told
    asked = ("Request", _request(_stops(plan)))
    return [*told, ("Told to the runner", sentences([first.text])), asked, ("Also referred", _also(plan, own))]


def _opening(plan: Plan, first: Referral) -> str:
    """Please see this 34-year-old female runner today. Running 45 km a week; half marathon on 12 Dec 2026."""
    aims = plan.aims
    race = f"{aims.race or 'race'} on {long_day(aims.race_date)}" if aims.race_date else ""
    load = sentences(["; ".join(filter(None, [plan.story.running, race]))])
    return f"Please see this {plan.story.runner or 'runner'} {WHEN[first.urgency]}. {load}".strip()


def sentences(texts: Sequence[str]) -> str:
    """Each text as a sentence of its own, once."""
    return " ".join(sentence(text) for text in dict.fromkeys(texts) if text)


def _stops(plan: Plan) -> str:
    """What is stopped, in words: the most that any referral stops holds the rest. "" where nothing is."""
    stopped = [referral.stops for referral in plan.referrals if referral.stops != "nothing"]
    return STOPPED[min(stopped, key=list(STOPPED).index)] if stopped else ""


def _stopped(plan: Plan) -> str:
    stops = _stops(plan)
    return sentences([f"{stops}, on {long_day(plan.as_of)}, until seen"]) if stops else "Nothing has been stopped."


def _request(stops: str) -> str:
    back = f"your advice on whether and when {stops} may start again" if stops else "your advice on any limits on training"
    return f"I would be grateful for your assessment, {back}, and a short reply. {CLAIM}"


def _also(plan: Plan, own: list[Referral]) -> str:
    others = [f"{one.addressee} ({SOON[one.urgency]})" for one in plan.referrals if one not in own]
    return sentences(list(dict.fromkeys(others)))


def text_lines(letter: Letter) -> Iterator[Line]:
    """The letter as text."""
    yield Line(f"To: {letter.to}", "item", 2)
    yield Line(f"Date: {letter.date}", indent=2)
    yield Line(f"Subject: {letter.subject}; {letter.urgency}", indent=2)
    yield Line("")
    yield Line(SALUTATION, indent=2)
    for title, text in letter.paragraphs:
        yield Line(f"{title}: {text}", indent=2)
    yield Line("")
    yield Line(DRAFT, indent=2)
    for title in PLACEHOLDERS:
        yield Line(f"{title}: [________________]", indent=2)
