"""What a client of CDS Hooks sends: a call with the profile in its prefetch, and feedback about cards; checked, and refused with
what was expected. Nothing is fetched: what is not in the call is not known."""

import binascii
from base64 import b64decode
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from stridewise.documents.reader import parse_document
from stridewise.documents.sentences import as_found
from stridewise.errors import ProfileError
from stridewise.profile.profile import Profile, read_profile

PROFILE, MEDIA = "profile", "application/x-stridewise-profile"
QUERY = f"DocumentReference?patient={{{{context.patientId}}}}&status=current&contenttype={MEDIA}&_sort=-date&_count=1"
MOST_TOLD, MOST_FEEDBACK = 20, 100
Text = Annotated[str, Field(min_length=1, max_length=200)]
T = TypeVar("T")


class CallError(Exception):
    """Why a call is refused, with the status of the answer."""

    def __init__(self, status: int, *problems: str) -> None:
        super().__init__(*problems)
        self.status, self.problems = status, problems


class Shape(BaseModel):
    """Part of what is sent; what is not asked for is let be, as the standard wants."""

    model_config = {"alias_generator": to_camel}


class Context(Shape):
    """Whom a call is about: the id of a FHIR Patient."""

    patient_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9.\-]{1,64}$")]


class Call(Shape):
    """One call of the hook."""

    hook: Literal["patient-view"]
    hook_instance: Text
    context: Context
    prefetch: dict[str, Any] | None = None
    fhir_server: str | None = None  # only to know whose patient an absolute address means


class Reason(Shape):
    """A coded reason."""

    code: Text


class OverrideReason(Shape):
    """Why a card was not followed. A comment is not read: it may tell of somebody's health."""

    reason: Reason | None = None


class Feedback(Shape):
    """What became of one card."""

    card: UUID
    outcome: Literal["accepted", "overridden"]
    outcome_timestamp: datetime
    accepted_suggestions: list[dict[str, Any]] = []
    override_reason: OverrideReason | None = None


class Told(Shape):
    """All feedback of one request."""

    feedback: Annotated[list[Feedback], Field(min_length=1, max_length=MOST_FEEDBACK)]


def read_sent(shape: type[T], body: bytes) -> T:
    """What was sent, as its shape. Raises CallError with everything that does not fit."""
    try:
        return TypeAdapter(shape).validate_json(body)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_context=False, include_input=False)[:MOST_TOLD]
        raise CallError(400, *(f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in wrong)) from error


def profile_of(call: Call) -> Profile:
    """The profile of the very patient that the call is about. Raises CallError, ProfileError."""
    document = _document((call.prefetch or {}).get(PROFILE))
    patient = f"Patient/{call.context.patient_id}"
    if _part(document, "subject", "reference") not in (patient, f"{(call.fhir_server or '').rstrip('/')}/{patient}"):
        raise CallError(422, "prefetch.profile: subject is not the patient of the context; no plan is made for another one")
    if (status := document.get("status")) != "current":
        raise CallError(422, f"prefetch.profile: expected a document of the status current, found {as_found(status)}")
    return read_profile(parse_document(_content(document), PROFILE, ProfileError))


def _document(sent: Any) -> dict[str, Any]:
    """The one document: by itself, or in the bundle that the query gives."""
    if isinstance(sent, dict) and sent.get("resourceType") == "Bundle":
        entries = sent.get("entry") or []
        held = [_part(entry, "resource") for entry in entries] if isinstance(entries, list) else []
    else:
        held = [sent]
    found = [one for one in held if isinstance(one, dict) and one.get("resourceType") == "DocumentReference"]
    if not found:
        raise CallError(412, f"prefetch.profile: expected the DocumentReference of {QUERY}; found none. No profile, no plan")
    if len(found) > 1:
        raise CallError(
            422, f"prefetch.profile: expected one DocumentReference, found {len(found)}; give the one that holds today"
        )
    return found[0]


def _content(document: dict[str, Any]) -> bytes:
    """The text of the profile that the document holds."""
    contents = document.get("content")
    attached = [_part(one, "attachment") for one in contents] if isinstance(contents, list) else []
    fitting = [one for one in attached if isinstance(one, dict) and one.get("contentType") == MEDIA]
    if len(fitting) != 1:
        raise CallError(422, f"prefetch.profile: expected one attachment of the contentType {MEDIA}, found {len(fitting)}")
    data = fitting[0].get("data")
    if not isinstance(data, str):
        raise CallError(
            412, "prefetch.profile: the attachment has no data; an address is not fetched, send the profile itself in base64"
        )
    try:
        return b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CallError(422, "prefetch.profile: the data of the attachment is no base64") from error


def _part(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
