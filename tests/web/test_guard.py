"""Who is let in, each point on its own: address, origin, secret, form, size, and what every answer says of itself."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from stridewise.web import guard
from web_kit import HOST, TOKEN, Browser, filled


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return filled(tmp_path)


def asked(browser: Browser, **headers: str) -> int:
    return int(browser.get(headers=headers).status_code)


def test_our_own_address_is_answered(browser: Browser) -> None:
    assert asked(browser) == 200
    assert asked(browser, origin=f"http://{HOST}") == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:8001", "127.0.0.1:8000.evil.example", ""])
def test_another_host_is_refused(browser: Browser, host: str) -> None:
    """A name that somebody made point at this machine is none of ours."""
    assert asked(browser, host=host) == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"https://{HOST}", f"http://{HOST}.evil.example"])
def test_another_origin_is_refused(browser: Browser, origin: str) -> None:
    assert asked(browser, origin=origin) == 403
    assert browser.post("/open", {"file": "R-9"}, headers={"origin": origin}).status_code == 403


def test_a_form_without_an_origin_is_refused(browser: Browser) -> None:
    sent = browser.ask("POST", f"/{TOKEN}/open", data={"file": "R-9", "text": "x"})
    assert sent.status_code == 403


@pytest.mark.parametrize("path", ["/", "", "/p/R-014.yaml", f"/{TOKEN}x/", f"/{TOKEN[:-1]}/", "//", f"//{TOKEN}/"])
def test_without_the_secret_nothing_is_there(browser: Browser, path: str) -> None:
    answer = browser.ask("GET", f"http://{HOST}{path}")
    assert answer.status_code == 404
    assert "R-014" not in answer.text


def test_the_secret_is_compared_in_constant_time(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    monkeypatch.setattr(guard, "compare_digest", lambda a, b: compared.append((a, b)) or False)
    assert browser.get().status_code == 404
    assert compared == [(TOKEN.encode(), TOKEN.encode())]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(browser: Browser, method: str) -> None:
    assert browser.ask(method, f"/{TOKEN}/", headers={"origin": f"http://{HOST}"}).status_code == 405


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", ""])
def test_only_plain_forms_are_read(browser: Browser, kind: str) -> None:
    headers = {"origin": f"http://{HOST}", "content-type": kind}
    assert browser.ask("POST", f"/{TOKEN}/open", content=b"file=R-9", headers=headers).status_code == 415


def test_a_long_form_is_refused(browser: Browser) -> None:
    assert browser.post("/open", {"file": "R-9", "text": "x" * guard.MOST_BYTES}).status_code == 413


def test_a_long_form_in_pieces_is_refused_before_it_ends(browser: Browser) -> None:
    sent = []

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(100):
            sent.append(1)
            yield b"x" * 10_000

    headers = {"origin": f"http://{HOST}", "content-type": guard.FORM}
    assert browser.ask("POST", f"/{TOKEN}/open", content=pieces(), headers=headers).status_code == 413
    assert len(sent) < 40


def test_a_form_of_too_many_fields_is_told(browser: Browser) -> None:
    answer = browser.post("/open", {f"f{number}": "1" for number in range(3000)})
    assert answer.status_code == 422
    assert "the form cannot be read" in answer.text


def test_a_form_that_is_no_text_is_told(browser: Browser) -> None:
    headers = {"origin": f"http://{HOST}", "content-type": guard.FORM}
    for content in (b"file=%ff%fe", b"file=\xff"):
        assert browser.ask("POST", f"/{TOKEN}/open", content=content, headers=headers).status_code == 422


def every_kind_of_answer(browser: Browser) -> dict[str, Any]:
    return {
        "page": browser.get(),
        "plan": browser.get("/p/R-014.yaml"),
        "missing": browser.get("/nowhere"),
        "no profile": browser.get("/p/nobody.yaml"),
        "no secret": browser.ask("GET", "/"),
        "host": browser.get(headers={"host": "evil.example"}),
        "method": browser.ask("PUT", f"/{TOKEN}/"),
        "sent wrong": browser.post("/open", {"file": "R-9", "text": "no: profile"}),
    }


def test_every_answer_is_kept_nowhere_and_runs_nothing(browser: Browser) -> None:
    for answer in every_kind_of_answer(browser).values():
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
        assert answer.headers["cache-control"] == "no-store"
        assert policy["default-src"] == "'none'"
        assert policy["form-action"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert "script-src" not in policy
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
        assert "<script" not in answer.text


def test_a_bug_is_named_and_the_server_lives_on(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", lambda *_, **__: 1 / 0)
    answer = browser.get("/p/R-014.yaml")
    monkeypatch.undo()
    assert answer.status_code == 500
    assert "Internal error: ZeroDivisionError" in answer.text
    assert "No plan was made" in answer.text
    assert asked(browser) == 200
