"""The command itself: on this machine alone, silent about what is asked, and clear about what is missing."""

import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from cli_kit import RUN, run
from stridewise.web.folder import digest
from web_kit import MARATHON

START = ("--no-open", "--engine", "reference", "--as-of", "2026-11-21")


@dataclass
class Server:
    """A running `recommend serve`."""

    process: "subprocess.Popen[str]"
    address: str
    folder: Path

    @property
    def port(self) -> int:
        return int(urlsplit(self.address).port or 0)

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the text of an answer."""
        headers = {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/x-www-form-urlencoded"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, urlsplit(self.address).path + path, urlencode(fields or {}), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()


def started(folder: Path) -> Server:
    process = subprocess.Popen([*RUN, "serve", str(folder), *START], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = [process.stdout.readline() for _ in range(3)]  # type: ignore[union-attr]
    return Server(process, said[1].strip(), folder)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "R-014.yaml").write_text(MARATHON, encoding="utf-8")
    running = started(tmp_path)
    yield running
    running.process.kill()
    running.process.communicate()


@pytest.mark.slow
def test_it_answers_and_says_nothing_of_what_was_asked(server: Server) -> None:
    assert server.ask("GET", "p/R-014.yaml")[0] == 200
    assert server.ask("POST", "p/R-014.yaml/ask", {"question": "why", "item": "very private"})[0] == 422
    assert server.ask("POST", "open", {"file": "R-9", "text": "a: ["})[0] == 422
    server.process.send_signal(signal.SIGINT)
    out, err = server.process.communicate(timeout=30)
    assert (out + err).strip() in ("", "Stopped.")
    assert server.process.returncode in (0, 130)


@pytest.mark.slow
def test_the_secret_is_long_and_new_at_every_start(server: Server, tmp_path: Path) -> None:
    other = started(tmp_path)
    other.process.kill()
    other.process.communicate()
    secrets = [urlsplit(one.address).path.strip("/") for one in (server, other)]
    assert secrets[0] != secrets[1]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret) for secret in secrets)


@pytest.mark.slow
def test_no_other_address_of_the_machine_is_listened_at(server: Server) -> None:
    with socket.socket() as other, pytest.raises(OSError, match=r"."):
        other.settimeout(2)
        other.connect((socket.gethostbyname(socket.gethostname()), server.port))
        if other.getpeername()[0].startswith("127."):
            raise OSError("the machine's name is its loopback")


@pytest.mark.slow
def test_killed_in_the_middle_nothing_saved_is_lost(server: Server) -> None:
    """Choices are sent as fast as they are answered until the server is killed: the file is whole, with all that was answered."""
    answered: list[str] = []

    def choosing() -> None:
        for number in range(10_000):
            was = digest((server.folder / "R-014.yaml").read_bytes())
            fields = {"was": was, "do": "ban", "exercise": "split_squat", "reason": f"number {number}"}
            try:
                if server.ask("POST", "p/R-014.yaml/change", fields)[0] == 200:
                    answered.append(fields["reason"])
            except (OSError, http.client.HTTPException):
                return

    sending = threading.Thread(target=choosing)
    sending.start()
    until = time.monotonic() + 60
    while len(answered) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    server.process.kill()
    sending.join(60)
    text = (server.folder / "R-014.yaml").read_text(encoding="utf-8")
    assert len(answered) >= 3
    last = re.search(r"number ([0-9]+)", text)
    assert text.startswith(MARATHON)
    assert last
    assert int(last[1]) >= len(answered) - 1
    assert run(server.folder / "R-014.yaml", "--as-of", "2026-11-21", "--engine", "reference").code == 0


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run("serve", tmp_path, *START, "--port", taken.getsockname()[1])
    assert ran.code == 2
    assert "choose another --port" in ran.err


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "starlette", None)
    ran = run("serve", tmp_path, *START)
    assert ran.code == 2
    assert "pip install 'stridewise[web]'" in ran.err


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    assert run("serve", tmp_path / "nowhere", *START).code == 2


def test_other_commands_do_not_load_the_server(tmp_path: Path) -> None:
    code = (
        f"import sys; from stridewise.cli import main\ntry: main({[str(tmp_path / 'x.yaml')]!r})\nexcept SystemExit: pass\n"
        "needless = ('starlette', 'uvicorn', 'asyncio', 'stridewise.web', 'tempfile')\n"
        "sys.exit(repr([name for name in needless if name in sys.modules]))"
    )
    (tmp_path / "x.yaml").write_text(MARATHON, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr.strip() == "[]"
