"""A record system plays discovery, a call and feedback with a reason over a really started server; and the options of `--cds`."""

import json
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli_kit import RUN, run
from hooks_client import FLAGGED, call, document, feedback, searched

httpx = pytest.importorskip("httpx")
pytest.importorskip("uvicorn")
PAGE = "https://ehr.example"


@dataclass
class Running:
    """A started server: its process, the address it printed, the files of the secret and of feedback."""

    process: "subprocess.Popen[str]"
    discovery: str
    secret: Path
    feedback: Path


def start(folder: Path) -> Running:
    options = ("--secret", folder / "secret", "--feedback", folder / "feedback.jsonl", "--origin", PAGE, "--as-of", "2026-11-26")
    command = [*RUN, "serve", "--cds", "--engine", "reference", *map(str, options)]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = [process.stdout.readline() for _ in range(3)]  # type: ignore[union-attr]
    return Running(process, said[1].strip(), folder / "secret", folder / "feedback.jsonl")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    running = start(tmp_path)
    yield running
    running.process.kill()
    running.process.communicate()


@pytest.mark.slow
def test_a_record_system_plays_it_through(server: Running) -> None:
    """Discovery tells what to send, the cards come, the clinician says why not, and nothing of the patient is left anywhere."""
    with httpx.Client(timeout=60, trust_env=False) as client:
        (service,) = client.get(server.discovery).json()["services"]
        address = f"{server.discovery}/{service['id']}"
        (key,) = service["prefetch"]
        sent = call(None, hook=service["hook"], prefetch={key: searched(document(FLAGGED))})
        cards: list[dict[str, Any]] = client.post(address, json=sent).json()["cards"]
        assert (cards[0]["indicator"], len(cards[0]["summary"]) < 140) == ("critical", True)
        reason = {"reason": cards[0]["overrideReasons"][0], "userComment": "Mrs X was seen."}
        answer = client.post(f"{address}/feedback", json=feedback(cards[0]["uuid"], overrideReason=reason))
        assert (answer.status_code, answer.json()) == (200, {})
        assert client.post(address, json=call(None)).status_code == 412
    server.process.send_signal(signal.SIGINT)
    out, err = server.process.communicate(timeout=30)
    (line,) = server.feedback.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["card"] == cards[0]["uuid"]
    assert json.loads(line)["reason"] == cards[0]["overrideReasons"][0]["code"]
    for private in ("Mrs X", "p-7", "R-027"):
        assert private not in out + err + line


@pytest.mark.slow
def test_the_secret_of_a_file_stays_and_nobody_else_reads_it(server: Running, tmp_path: Path) -> None:
    assert server.secret.read_text(encoding="ascii").strip() in server.discovery
    assert server.secret.stat().st_mode & 0o077 == 0
    again = start(tmp_path)
    again.process.kill()
    again.process.communicate()
    assert again.discovery.split("/")[3] == server.discovery.split("/")[3]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--secret", "s"], "--secret goes with --cds"),
        (["--origin", PAGE], "--origin goes with --cds"),
        (["--cds", "--origin", "ehr.example"], "expected one as https://ehr.example"),
        (["--cds", "--origin", "*"], "expected one as https://ehr.example"),
        (["--cds", "."], "each call brings its profile; leave the folder out"),
        (["--cds", "--secret", "weak"], "holds no secret"),
        (["--cds", "--secret", "open"], "others can read it"),
        (["--cds", "--feedback", "nowhere/f"], "cannot be written"),
    ],
)
def test_options_that_will_not_do_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, mode in (("weak", 0o600), ("open", 0o644)):
        Path(name).write_text("short" if name == "weak" else "x" * 43, encoding="ascii")
        Path(name).chmod(mode)
    ran = run("serve", *options)
    assert (ran.code, told in " ".join(ran.err.split())) == (2, True), ran.err
