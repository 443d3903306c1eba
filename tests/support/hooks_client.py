"""A client of CDS Hooks, as a record system is one: calls with a profile as a document, and feedback."""

from base64 import b64encode
from typing import Any

from plans import ROOT

MEDIA = "application/x-stridewise-profile"
SERVICE = "/cds-services/stridewise-plan"
PATIENT = "p-7"
CALL = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
FLAGGED = (ROOT / "profiles" / "red_flag.yaml").read_text(encoding="utf-8")
READY = (ROOT / "profiles" / "osteoporosis.yaml").read_text(encoding="utf-8")


def document(profile: str | bytes, **changes: Any) -> dict[str, Any]:
    """The document that holds a profile."""
    content = profile.encode() if isinstance(profile, str) else profile
    attachment = {"contentType": MEDIA, "data": b64encode(content).decode()}
    made = {
        "resourceType": "DocumentReference",
        "status": "current",
        "subject": {"reference": f"Patient/{PATIENT}"},
        "content": [{"attachment": attachment}],
    }
    return {**made, **changes}


def searched(*documents: Any) -> dict[str, Any]:
    """What a search for documents gives."""
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in documents]}


def call(profile: Any, **changes: Any) -> dict[str, Any]:
    """A call of the hook, with what its prefetch holds."""
    made = {
        "hook": "patient-view",
        "hookInstance": CALL,
        "context": {"userId": "Practitioner/1", "patientId": PATIENT},
        "prefetch": {"profile": profile},
    }
    return {**made, **changes}


def feedback(card: str, **changes: Any) -> dict[str, Any]:
    """A card that was not followed, with the reason and a comment."""
    made = {
        "card": card,
        "outcome": "overridden",
        "outcomeTimestamp": "2026-11-26T11:45:33Z",
        "overrideReason": {"reason": {"code": "arranged", "system": "urn:x"}, "userComment": "She has cancer."},
    }
    return {"feedback": [{**made, **changes}]}
