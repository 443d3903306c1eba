"""A plan as cards of CDS Hooks: who must be seen and how soon, what not to miss, what must not be done, and the draft itself. The
most urgent first; few, so that each is read."""

import uuid
from collections.abc import Iterator, Sequence

from stridewise import __version__
from stridewise.language.rule import Urgency
from stridewise.language.translation import fixed, say, speaking
from stridewise.plan.model import Because, ClinicalWarning, Plan, Referral
from stridewise.render.escaping import escape
from stridewise.render.fhir.activities import NOT_TO_BE_DONE
from stridewise.render.fhir.parts import OWN, Json, cleaned, spoken_reasons
from stridewise.render.fhir.safety import request
from stridewise.render.letter import DRAFT
from stridewise.render.markdown import render_markdown
from stridewise.render.plan_words import (
    STOPS_WORDS,
    URGENCY_WORDS,
    spoken_swap,
    spoken_trade,
    standing,
    verdict,
)

MOST_LETTERS = 139  # of a summary: the standard asks for fewer than 140
INDICATORS = ("critical", "warning", "info")
INDICATOR: dict[Urgency, str] = {"emergency": "critical", "same_day": "critical", "urgent": "warning", "routine": "info"}
REASONS_ADDRESS = f"urn:uuid:{uuid.uuid5(OWN, 'override reasons')}"  # the list of the reasons below
OVERRIDE_REASONS = {
    "arranged": fixed("Already arranged"),
    "examined": fixed("Examined: it is not so in this patient"),
    "declined": fixed("The patient declines"),
    "other": fixed("Another way is better here"),
}
SOURCE = {"label": f"stridewise {__version__}"}
DRAFT_IT = fixed("Draft this referral")


def cards(plan: Plan, call: str, patient: str) -> list[Json]:
    """The cards for one call of a hook about a patient by their id, in the plan's language. The same call gives the same ones."""
    with speaking(plan.words):
        serious = [one for one in plan.warnings if one.level != "info"]  # the rest stands in the draft
        made = [*(_referral(plan, one, patient) for one in plan.referrals), *map(_warning, serious), *_kept_out(plan)]
        made.append(_draft(plan))
        ordered = sorted(made, key=lambda card: INDICATORS.index(card[1]["indicator"]))
        return [cleaned({"uuid": str(uuid.uuid5(OWN, f"{call}\0{key}")), "source": SOURCE, **card}) for key, card in ordered]


Card = tuple[str, Json]  # what it is about, and what it says


def _referral(plan: Plan, one: Referral, patient: str) -> Card:
    """What stops something is a warning at least."""
    indicator = "warning" if one.stops != "nothing" and one.urgency == "routine" else INDICATOR[one.urgency]
    summary = f"{say(URGENCY_WORDS[one.urgency])}: {one.addressee}. {say(STOPS_WORDS[one.stops])}"
    order = request(one, plan.as_of, {"reference": f"Patient/{patient}"})
    suggestion = {
        "label": say(DRAFT_IT),
        "uuid": str(uuid.uuid5(OWN, f"{plan.receipt.plan_sha256}\0{one.id}")),
        "actions": [
            {
                "type": "create",
                "description": order["code"]["text"],
                "resource": cleaned({"resourceType": "ServiceRequest", **order}),
            }
        ],
    }
    detail = _detail([one.text, say(STOPS_WORDS[one.stops])], one.because)
    more = {"suggestions": [suggestion], "selectionBehavior": "any"}
    return _to_heed(f"referral {one.id}", summary, indicator, detail, more)


def _warning(one: ClinicalWarning) -> Card:
    return _to_heed(f"warning {one.id}", one.text, one.level, _detail([one.text], one.because))


def _kept_out(plan: Plan) -> Iterator[Card]:
    """One card for all that a contraindication rules out."""
    ruled_out = [one for one in plan.swaps if one.level in ("contraindication", "referral")]
    if ruled_out:
        names = ", ".join(one.avoid_name or one.avoid for one in ruled_out)
        parts = [_detail([spoken_swap(one), spoken_trade(one)], one.because) for one in ruled_out]
        yield _to_heed("ruled out", say(NOT_TO_BE_DONE, what=names), "warning", "\n\n".join(parts))


def _to_heed(about: str, summary: str, indicator: str, detail: str, more: Json | None = None) -> Card:
    """A card that is followed, or not for one of our reasons."""
    reasons = [{"code": code, "system": REASONS_ADDRESS, "display": say(text)} for code, text in OVERRIDE_REASONS.items()]
    said = {"summary": short(summary), "indicator": indicator, "detail": detail}
    return about, {**said, **(more or {}), "overrideReasons": reasons}


def _draft(plan: Plan) -> Card:
    indicator = "warning" if standing(plan) == "refer" else "info"
    return "draft", {"summary": short(f"{verdict(plan)} {say(DRAFT)}"), "indicator": indicator, "detail": render_markdown([plan])}


def _detail(texts: Sequence[str], because: Sequence[Because]) -> str:
    """The whole text, then why; letter by letter, whatever a pack or profile says."""
    return "\n".join(
        [*(f"{escape(text)}\n" for text in texts if text), *(f"- {escape(text)}" for text in spoken_reasons(because))]
    )


def short(text: str) -> str:
    """A text that a card has room for, cut between words.

    >>> short("word " * 40).endswith("word …"), len(short("x" * 200))
    (True, 139)
    """
    flat = " ".join(text.split())
    if len(flat) <= MOST_LETTERS:
        return flat
    cut = flat[: MOST_LETTERS - 1]
    return f"{cut.rpartition(' ')[0].rstrip()} …" if " " in cut[1:] else f"{cut}…"
