"""A short referral letter from the plan: the findings, what was stopped, what is asked. It claims no diagnosis."""

from collections.abc import Iterator

from stridewise.documents.frozen import frozen
from stridewise.language.rule import Stops, Urgency
from stridewise.plan.model import REFER_FIRST, Because, Plan
from stridewise.render.paragraphs import Line
from stridewise.render.schedule import long_day
from stridewise.render.summaries import name, recorded_facts

SOON: dict[Urgency, str] = {
    "emergency": "EMERGENCY, to be seen now", "same_day": "to be seen today", "urgent": "to be seen within 72 hours",
    "routine": "by appointment",
}  # fmt: skip
STOPPED: dict[Stops, str] = {
    "all_exercise": "all exercise and running",
    "weight_bearing": "running and everything that puts weight on the leg",
    "lower_limb": "running and all leg exercise",
    "impact": "jumping and other impact",
    "running": "running and jumping",
    "nothing": "nothing",
}
PLACEHOLDERS = ("Name of clinician", "Profession and registration", "Telephone", "Date", "Signature")
CLAIM = "This is the result of a screening, not a diagnosis."
DRAFT = "Draft until signed by a clinician."
IDENTITY = "[name, date of birth]"


@frozen
class Letter:
    """The parts of one letter, in their order."""

    to: str
    date: str
    urgency: str
    subject: str
    findings: tuple[str, ...]
    others: tuple[str, ...]
    concerns: tuple[str, ...]
    advice: tuple[str, ...]
    stopped: str
    asked: tuple[str, ...]
    also: tuple[str, ...]


def letters(plan: Plan) -> tuple[Letter, ...]:
    """One letter for each addressee who comes before the plan, the most urgent first; none where the plan is ready."""
    if plan.status != REFER_FIRST:
        return ()
    addressees = dict.fromkeys(referral.to for referral in plan.referrals if referral.comes_first)
    return tuple(_letter(plan, to) for to in addressees)


def _letter(plan: Plan, to: str) -> Letter:
    own = [referral for referral in plan.referrals if referral.to == to]
    because = [reason for referral in own for reason in referral.because]
    findings = _texts(plan, because)
    serious = [reason for warning in plan.warnings if warning.level != "info" for reason in warning.because]
    stops = _stops(plan)
    return Letter(
        to=name(to),
        date=long_day(plan.as_of),
        urgency=SOON[own[0].urgency],
        subject=f"Runner {plan.runner}, {IDENTITY}",
        findings=findings,
        others=tuple(text for text in _texts(plan, serious) if text not in findings),
        concerns=tuple(dict.fromkeys(reason.text for reason in because)),
        advice=tuple(dict.fromkeys(referral.text for referral in own)),
        stopped=_stopped(plan, stops),
        asked=_asked(stops),
        also=tuple(f"{name(referral.to)}, {SOON[referral.urgency]}" for referral in plan.referrals if referral.to != to),
    )


def _stops(plan: Plan) -> list[str]:
    """What the referrals stop, in words; the whole holds its parts."""
    stopped = dict.fromkeys(referral.stops for referral in plan.referrals if referral.stops != "nothing")
    return [STOPPED["all_exercise"]] if "all_exercise" in stopped else [STOPPED[stops] for stops in stopped]


def _texts(plan: Plan, because: list[Because]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.text for fact in recorded_facts(plan, because)))


def _stopped(plan: Plan, stops: list[str]) -> str:
    if not stops:
        return "Nothing was stopped."
    return f"Stopped on {long_day(plan.as_of)} until the runner has been seen: {'; '.join(stops)}."


def _asked(stops: list[str]) -> tuple[str, ...]:
    back = (
        f"whether and from when this may start again ({'; '.join(stops)}), with any limits" if stops else "any limits on training"
    )
    return (
        "your examination, and the tests that you find needed;",
        f"your word on {back};",
        "a short reply to the clinician named below.",
    )


def introduction(letter: Letter) -> str:
    """The first sentence."""
    return f"Please see this runner: {letter.urgency}. The screening on record by {letter.date} holds the findings below. {CLAIM}"


def text_lines(letter: Letter) -> Iterator[Line]:
    """The letter as text."""
    yield Line(f"To: {letter.to}", "item", 2)
    yield Line(f"Date: {letter.date}", indent=2)
    yield Line(f"Subject: {letter.subject}; {letter.urgency}", indent=2)
    yield Line("")
    yield Line("Dear colleague,", indent=2)
    yield Line(introduction(letter), indent=2)
    for title, listed in parts(letter):
        yield Line(title, "item", 2)
        yield from (Line(text, indent=4, mark="- ") for text in listed)
    yield Line("")
    yield Line(DRAFT, indent=2)
    for title in PLACEHOLDERS:
        yield Line(f"{title}: [________________]", indent=2)


def parts(letter: Letter) -> list[tuple[str, tuple[str, ...]]]:
    """The body with its headings; what is empty is left out."""
    titled = [
        ("Findings, as recorded", letter.findings),
        ("Also on record", letter.others),
        ("Why this was noticed", letter.concerns),
        ("What the runner was told", letter.advice),
        ("What was stopped", (letter.stopped,)),
        ("What we ask of you", letter.asked),
        ("Also being referred to", letter.also),
    ]
    return [(title, listed) for title, listed in titled if listed]
