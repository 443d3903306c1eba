"""Referrals as draft requests with their urgency, stops as flags, and warnings and contraindications as detected issues."""

from collections.abc import Sequence
from datetime import date, timedelta

from stridewise.language.rule import Urgency, WarningLevel
from stridewise.language.translation import fixed, say
from stridewise.plan.model import Acknowledged, Because, ClinicalWarning, Referral, SwapMade
from stridewise.render.fhir.parts import Json, Making, concept, identifier, lines, reasons
from stridewise.render.plan_words import STOPS_WORDS, URGENCY_OF_SHEET, spoken_acceptance, spoken_swap, spoken_trade

PRIORITY: dict[Urgency, str] = {"emergency": "stat", "same_day": "asap", "urgent": "urgent", "routine": "routine"}
WITHIN: dict[Urgency, int] = {"emergency": 0, "same_day": 0, "urgent": 3}  # days
SEVERITY: dict[WarningLevel | None, str] = {"critical": "high", "warning": "moderate", "info": "low", None: "moderate"}
OF_SWAP = {"contraindication": "high", "referral": "high", "banned": "moderate", "precaution": "moderate", "preference": "low"}
SEEN_BY = fixed("Referral: {name}")


def add_referrals(making: Making) -> list[Json]:
    """A request for each referral, and a flag where something stops or somebody comes first; references to the requests."""
    sent = []
    for one in making.plan.referrals:
        sent.append(making.add("ServiceRequest", one.id, **request(one, making.plan.as_of, making.subject)))
        if one.comes_first or one.stops != "nothing":
            _flag(making, one)
    return sent


def request(one: Referral, as_of: str, subject: Json) -> Json:
    """A referral as the fields of a ServiceRequest that nobody has ordered yet."""
    return {
        "identifier": identifier(f"{as_of}\0{one.id}\0{subject}"),
        "status": "draft",
        "intent": "proposal",
        "priority": PRIORITY[one.urgency],
        "code": concept(say(SEEN_BY, name=one.addressee)),
        "subject": subject,
        "occurrencePeriod": _when(one, as_of),
        "authoredOn": as_of,
        "performerType": concept(one.addressee),
        "reasonCode": reasons(one.because),
        "note": [{"text": text} for text in (say(URGENCY_OF_SHEET[one.urgency]), say(STOPS_WORDS[one.stops]))],
        "patientInstruction": one.text,
    }


def _when(one: Referral, as_of: str) -> Json | None:
    if one.urgency not in WITHIN:
        return None
    return {"start": as_of, "end": str(date.fromisoformat(as_of) + timedelta(WITHIN[one.urgency]))}


def _flag(making: Making, one: Referral) -> None:
    """It is active at once: whoever waits for a signature waits in safety."""
    said = f"{say(URGENCY_OF_SHEET[one.urgency])}: {one.addressee}. {say(STOPS_WORDS[one.stops])}"
    making.add(
        "Flag",
        one.id,
        status="active",
        category=[concept(say("Safety"))],
        code=concept(said),
        subject=making.subject,
        period={"start": making.plan.as_of},
    )


def add_issues(making: Making) -> list[Json]:
    """Every warning, also one that a clinician accepts, and every exercise that is kept out; references to them."""
    plan = making.plan
    made = [_warned(making, one) for one in plan.warnings]
    made += [
        _warned(making, one, [{"action": concept(spoken_acceptance(one)), "date": one.date, "author": {"display": one.by}}])
        for one in plan.acknowledged
    ]
    return [*made, *(_kept_out(making, one) for one in plan.swaps)]


def _warned(making: Making, one: ClinicalWarning | Acknowledged, mitigation: Sequence[Json] = ()) -> Json:
    return _issue(making, one.id, SEVERITY[one.level], one.text, one.text, one.because, mitigation)


def _kept_out(making: Making, one: SwapMade) -> Json:
    """The swap says what stands in; that is what has been done about it."""
    stands_in = [{"action": concept(one.instead_name)}] if one.instead_name else []
    detail = lines([spoken_swap(one), spoken_trade(one)])
    return _issue(making, one.avoid, OF_SWAP[one.level], spoken_swap(one), detail, one.because, stands_in)


def _issue(
    making: Making, key: str, severity: str, text: str, detail: str, because: Sequence[Because], mitigation: Sequence[Json]
) -> Json:
    return making.add(
        "DetectedIssue",
        key,
        status="preliminary",
        code=concept(text),
        severity=severity,
        patient=making.subject,
        identifiedDateTime=making.plan.as_of,
        evidence=[{"code": reasons(because)}],
        detail=detail,
        mitigation=list(mitigation),
    )
