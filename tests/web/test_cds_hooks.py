"""The hooks without a socket: what is taken, what is refused with which status and words, who is let in, and what is kept."""

import asyncio
import json
import os
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hooks_client import FLAGGED, MEDIA, READY, SERVICE, call, document, feedback, searched
from plans import built_in

httpx = pytest.importorskip("httpx")
pytest.importorskip("starlette")

from stridewise.web import guard, hooks  # noqa: E402
from stridewise.web.desk import Desk  # noqa: E402
from stridewise.web.folder import Folder  # noqa: E402
from stridewise.web.hooks import make_hooks  # noqa: E402

TOKEN = "secret-of-the-test"  # noqa: S105
HOST = "127.0.0.1:8000"
PAGE = "https://ehr.example"
CARD = "4e0a3a1e-3283-4575-ab82-028d55fe2719"


class Client:
    """A client with the secret of a server."""

    def __init__(self, folder: Path, *origins: str, language: str = "") -> None:
        self.kept = folder / "feedback.jsonl"
        desk = Desk(Folder(folder), built_in(), lambda: date(2026, 11, 26), "reference", language=language)
        self.app = make_hooks(desk, TOKEN, (HOST,), origins, self.kept)

    def ask(self, method: str, path: str, **more: Any) -> Any:
        async def asking() -> Any:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, **more)

        return asyncio.run(asking())

    def post(self, value: Any, path: str = SERVICE, **more: Any) -> Any:
        return self.ask("POST", f"/{TOKEN}{path}", json=value, **more)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path)


def test_discovery_names_the_service_and_its_prefetch(client: Client) -> None:
    answer = client.ask("GET", f"/{TOKEN}/cds-services")
    (service,) = answer.json()["services"]
    assert (answer.status_code, service["hook"], f"/cds-services/{service['id']}") == (200, "patient-view", SERVICE)
    assert "{{context.patientId}}" in service["prefetch"]["profile"]


@pytest.mark.parametrize(
    "sent", [document(FLAGGED), searched(document(FLAGGED)), searched({"resourceType": "OperationOutcome"}, document(FLAGGED))]
)
def test_a_call_gets_the_cards_of_its_patient(client: Client, sent: Any) -> None:
    answer = client.post(call(sent))
    assert answer.status_code == 200
    first = answer.json()["cards"][0]
    assert (first["indicator"], first["suggestions"][0]["actions"][0]["resource"]["priority"]) == ("critical", "stat")
    assert answer.headers["cache-control"] == "no-store"


def test_a_server_that_is_not_named_is_no_fault(client: Client) -> None:
    assert client.post(call(document(READY), fhirServer=None)).status_code == 200


@pytest.mark.parametrize("server", ["https://ehr.example/fhir", "https://ehr.example/fhir/"])
def test_the_patient_may_be_named_by_the_whole_address_on_the_server_that_calls(client: Client, server: str) -> None:
    whole = document(READY, subject={"reference": "https://ehr.example/fhir/Patient/p-7"})
    assert client.post(call(whole, fhirServer=server)).status_code == 200


def test_cards_speak_the_language_of_the_server(tmp_path: Path) -> None:
    cards = Client(tmp_path, language="de").post(call(document(FLAGGED))).json()["cards"]
    assert "Überweisung" in cards[0]["suggestions"][0]["label"]


REFUSED = [
    ("no profile", call(None), 412, "found none. No profile, no plan"),
    ("no prefetch", call(None, prefetch=None), 412, "found none"),
    ("empty search", call(searched()), 412, "found none"),
    ("entries of nothing", call({"resourceType": "Bundle", "entry": [None, 1, {"resource": []}]}), 412, "found none"),
    ("entries are no list", call({"resourceType": "Bundle", "entry": 7}), 412, "found none"),
    ("two", call(searched(document(READY), document(READY))), 422, "expected one DocumentReference, found 2"),
    ("another patient's", call(document(READY, subject={"reference": "Patient/p-8"})), 422, "not the patient of the context"),
    (
        "another server's",
        call(
            document(READY, subject={"reference": "https://other.example/fhir/Patient/p-7"}),
            fhirServer="https://ehr.example/fhir",
        ),
        422,
        "not the patient of the context",
    ),
    ("some server's", call(document(READY, subject={"reference": "https://a.example/Patient/p-7"})), 422, "not the patient"),
    ("an odd status", call(document(READY, status={"a": 1})), 422, 'status current, found "a: …"'),
    ("nobody's", call(document(READY, subject=None)), 422, "not the patient of the context"),
    ("superseded", call(document(READY, status="superseded")), 422, "expected a document of the status current"),
    ("no attachment", call(document(READY, content=[])), 422, "expected one attachment"),
    ("content is no list", call(document(READY, content="x")), 422, "expected one attachment"),
    (
        "an address",
        call(document(READY, content=[{"attachment": {"contentType": MEDIA, "url": "http://x/"}}])),
        412,
        "is not fetched",
    ),
    ("no base64", call(document(READY, content=[{"attachment": {"contentType": MEDIA, "data": "ä?"}}])), 422, "is no base64"),
    ("no yaml", call(document("a: [")), 422, "profile:2"),
    ("no text", call(document(b"\xff\xfe\x00")), 422, "profile"),
    ("wrong finding", call(document(READY + "findings: [{weakness: gluteus_maximum}]\n")), 422, "profile:"),
    ("a log", call(document("schema: 1\nrunner: {ref: R-1}\ntraining: {log: ../../etc/passwd}\n")), 422, "log"),
    ("another hook", call(document(READY), hook="order-sign"), 400, "hook: "),
    ("no instance", call(document(READY), hookInstance=""), 400, "hookInstance: "),
    ("odd patient", call(document(READY), context={"patientId": "../x"}), 400, "context.patientId: "),
    ("a list", [], 400, "body: "),
]


@pytest.mark.parametrize(("value", "status", "told"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_answered_says_why(client: Client, value: Any, status: int, told: str) -> None:
    answer = client.post(value)
    assert (answer.status_code, told in answer.json()["message"]) == (status, True), answer.text
    assert "cards" not in answer.json()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 50_000, b'{"hook": "\\ud800"}', b"NaN", b'"' + b"x" * 200_000])
@pytest.mark.parametrize("path", [SERVICE, f"{SERVICE}/feedback"])
def test_a_body_that_is_no_json_is_told(client: Client, body: bytes, path: str) -> None:
    answer = client.ask("POST", f"/{TOKEN}{path}", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["message"] != "") == (400, True)


def test_feedback_is_kept_without_a_word_of_anybodys(client: Client) -> None:
    accepted = feedback(CARD, outcome="accepted", acceptedSuggestions=[{"id": "1"}], overrideReason=None)
    foreign = feedback(CARD, overrideReason={"reason": {"code": "she has cancer"}})
    for value in (feedback(CARD), accepted, foreign):
        answer = client.post(value, f"{SERVICE}/feedback")
        assert (answer.status_code, answer.json()) == (200, {})
    lines = [json.loads(line) for line in client.kept.read_text(encoding="utf-8").splitlines()]
    assert [(one["outcome"], one["reason"], one["suggestions"]) for one in lines] == [
        ("overridden", "arranged", 0),
        ("accepted", None, 1),
        ("overridden", "foreign", 0),
    ]
    assert "cancer" not in client.kept.read_text(encoding="utf-8")
    assert os.name == "nt" or stat.S_IMODE(client.kept.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "change", [{"card": "x"}, {"outcome": "ignored"}, {"outcomeTimestamp": "soon"}, {"overrideReason": "no"}]
)
def test_feedback_that_says_nothing_is_refused_whole(client: Client, change: dict[str, Any]) -> None:
    value = {"feedback": [*feedback(CARD)["feedback"], {**feedback(CARD)["feedback"][0], **change}]}
    assert client.post(value, f"{SERVICE}/feedback").status_code == 400
    assert client.post({"feedback": []}, f"{SERVICE}/feedback").status_code == 400
    assert not client.kept.exists()


def test_feedback_that_cannot_be_kept_is_told(client: Client) -> None:
    client.kept.mkdir()
    answer = client.post(feedback(CARD), f"{SERVICE}/feedback")
    assert (answer.status_code, "cannot be kept" in answer.json()["message"]) == (503, True)


def test_only_who_knows_the_secret_is_let_in(client: Client) -> None:
    for path in (SERVICE, f"/wrong{SERVICE}", "/cds-services"):
        assert client.ask("POST", path, json=call(document(READY))).status_code == 404
    assert client.ask("GET", f"/{TOKEN}/").status_code == 404  # there is no page
    assert client.post({}, headers={"host": "evil.example"}).status_code == 421
    assert client.ask("POST", f"/{TOKEN}{SERVICE}", content=b"x", headers={"content-type": "text/plain"}).status_code == 415
    assert client.post({"x": "y" * guard.MOST_BYTES}).status_code == 413
    assert client.ask("GET", f"/{TOKEN}{SERVICE}").status_code == 405
    assert client.post({}, "/cds-services/other").status_code == 404


ASKING = {"origin": PAGE, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}


def test_another_page_asks_only_where_it_was_named(client: Client, tmp_path: Path) -> None:
    for method, headers in (("POST", {"origin": PAGE}), ("OPTIONS", ASKING)):
        assert client.ask(method, f"/{TOKEN}{SERVICE}", json={}, headers=headers).status_code == 403
    named = Client(tmp_path, PAGE)
    asked = named.ask("OPTIONS", f"/{TOKEN}{SERVICE}", headers=ASKING)
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, PAGE)
    answer = named.post(call(document(FLAGGED)), headers={"origin": PAGE})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, PAGE)
    assert named.post({}, headers={"origin": "https://evil.example"}).status_code == 403
    assert named.ask("OPTIONS", "/wrong/cds-services", headers=ASKING).status_code == 404


def test_a_bug_is_named_without_what_was_sent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "profile_of", lambda _: {}["private"])
    answer = client.post(call(document(READY)))
    assert (answer.status_code, answer.json()["problems"]) == (500, ["Internal error: KeyError. No plan was made."])
