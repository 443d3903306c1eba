"""Whatever happens to files, pipes and keys: a clear error and the right code, in bounded time and memory."""

import contextlib
import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hostile_kit import AS_OF, HEAD, RUN, SHORT, no_file, told
from plans import DAY, FOREGROUND, built_in
from population import profile_of
from stridewise.documents.reader import MAX_BYTES, parse_document
from stridewise.errors import ProfileError
from stridewise.profile.limits import MOST_ENTRIES
from stridewise.profile.profile import load_profile, read_profile
from stridewise.session import recommend

MEMORY = 1_500_000_000  # bytes of address space of a whole run
CPU_S = 40
BOUND_S = 5  # of a processor, from a document to its plan or to what is wrong with it


@dataclass
class Ran:
    """How a run of the command went."""

    code: int
    out: str
    err: str


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))


def command(*arguments: object, streams: str = "", **more: Any) -> Ran:
    """The command in a process of its own with little memory and time; `streams` redirects its streams."""
    words: list[str] = [*RUN, *map(str, arguments)]
    if streams:
        words = ["sh", "-c", f'exec "$@" {streams}', "sh", *words]
    environment = {**os.environ, "STRIDEWISE_LOAD_PLUGINS": ""}
    made = subprocess.run(words, capture_output=True, env=environment, preexec_fn=limited, timeout=120, check=False, **more)
    return Ran(made.returncode, made.stdout.decode(), made.stderr.decode("utf-8", "backslashreplace"))


def quiet_error(ran: Ran, code: int = 2) -> None:
    """The right code, a message, no output, no traceback, nothing endless."""
    assert ran.code == code, ran.err[-500:]
    assert ran.out == ""
    assert ran.err.strip()
    assert len(ran.err) < 100_000
    assert not [word for word in ("Traceback", "Internal error") if word in ran.err], ran.err[-500:]


LARGE = MAX_BYTES - 1_000
HOSTILE: dict[str, Callable[[], str]] = {
    "ten_megabytes.yaml": lambda: f'{HEAD}findings: ["{"a" * 10_000_000}"]\n',
    "long_text.yaml": lambda: f'{HEAD}findings: ["{"a" * LARGE}"]\n',
    "long_key.yaml": lambda: f'{HEAD}"{"a" * LARGE}": 1\n',
    "long_number.yaml": lambda: f"{HEAD}findings: [{'9' * LARGE}]\n",
    "long_number.json": lambda: f'{{"schema": {"9" * LARGE}}}',
    "deep.yaml": lambda: "[" * LARGE,
    "deep.json": lambda: "[" * LARGE,
    "deep_block.yaml": lambda: "- " * (LARGE // 2),
    "deep_mapping.json": lambda: '{"a":' * (LARGE // 5),
    "many.yaml": lambda: "- x\n" * (LARGE // 4),
    "bomb.yaml": lambda: (
        "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9))
    ),
    "colons.yaml": lambda: ":" * LARGE,
    "spaces.yaml": lambda: " " * LARGE,
    "empty.yaml": lambda: "",
    "tags.yaml": lambda: "- !!python/object/apply:os.system ['echo pwned > pwned']\n" * 50,
    "utf16.yaml": lambda: "\x00s\x00c\x00h\x00e\x00m\x00a\x00:\x001",
    "doubled.yaml": lambda: HEAD + "findings: []\n" * 50,
    "second.yaml": lambda: f"{HEAD}findings: []\n---\nschema: 1\n",
    "far.yaml": lambda: f"{HEAD}race: {{date: 9999-12-31x}}\nfindings: []\n",
}


@pytest.mark.slow
def test_hostile_profiles_are_told_in_bounded_time_and_memory(tmp_path: Path) -> None:
    """Very long, very deep, very many, bombs and tags: all of them in one run, each by its name, nothing executed or written."""
    for name, text in HOSTILE.items():
        (tmp_path / name).write_text(text(), encoding="utf-8")
    ran = command(*(tmp_path / name for name in HOSTILE), *AS_OF, "--output", tmp_path / "out", cwd=tmp_path)
    quiet_error(ran)
    assert not [name for name in HOSTILE if f"/{name}:" not in ran.err]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(HOSTILE)


LONG_WINDED: dict[str, Callable[[int], str]] = {
    "unknown keys": lambda n: HEAD + "".join(f"key{i}: 1\n" for i in range(n)),
    "unknown phrases": lambda n: HEAD + "findings:\n" + "".join(f"- weak glut{i}\n" for i in range(n)),
    "unknown kinds": lambda n: HEAD + "findings:\n" + "".join(f"- {{weaknes: x{i}}}\n" for i in range(n)),
    "one finding again and again": lambda n: HEAD + "findings:\n" + "- {weakness: soleus}\n" * n,
}


AGAIN = "one finding again and again"
AT_THE_BOUND: dict[str, Callable[[int], str]] = {
    "unknown phrases": LONG_WINDED["unknown phrases"],
    "pains that differ": lambda n: (
        HEAD + "symptoms:\n" + "".join(f"- knee pain {'LR'[i % 2]} {i % 11}/10 {i // 22 + 1} weeks\n" for i in range(n))
    ),
    "words of details": lambda n: HEAD + "findings:\n" + "- knee 3/10 4/10 L R 3 weeks 2 days now 4 best 2 worse 5\n" * (n // 3),
    "long ones with a slip": lambda n: (
        HEAD
        + "findings:\n"
        + "".join(
            f"- acxhilles pain left {i % 11}/10 for {i} weeks gradual onset diffuse next morning 5/10 night 3/10 worst 7/10\n"
            for i in range(n // 5)
        )
    ),
    "lines with commas": lambda n: HEAD + "findings:\n" + f"- {', '.join(['knee pain L 3/10 6 weeks'] * 36)}\n" * (n // 40),
}


def cpu_of_a_plan(path: Path, text: str) -> float:
    """Seconds of a processor for a plan by one matcher, or for the errors."""
    path.write_text(text, encoding="utf-8")
    program, began = built_in(), time.process_time()
    with contextlib.suppress(ProfileError):
        recommend(load_profile(path), program, DAY, "reference")
    return time.process_time() - began


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG_WINDED)
def test_a_file_of_nothing_but_one_mistake_is_told_in_bounded_time(tmp_path: Path, name: str) -> None:
    """Thousands of the same: seconds, not minutes."""
    assert cpu_of_a_plan(tmp_path / "p.yaml", LONG_WINDED[name](8_000)) < (3 if name == AGAIN else BOUND_S)


@pytest.mark.slow
@pytest.mark.parametrize("name", AT_THE_BOUND)
def test_the_most_that_is_read_is_read_in_bounded_time(tmp_path: Path, name: str) -> None:
    """As many entries and letters as a profile may hold; docs/performance.md says how long that takes."""
    assert cpu_of_a_plan(tmp_path / "p.yaml", AT_THE_BOUND[name](MOST_ENTRIES)) < BOUND_S


@pytest.mark.parametrize("kind", ["fifo", "folder", "socket", "gone", "link to itself", "unreadable", "device"])
def test_what_is_no_readable_file_is_told(tmp_path: Path, kind: str) -> None:
    """As a profile, and as a log; a pipe or a device is not opened."""
    path = tmp_path / "p.yaml"
    if kind in ("fifo", "folder", "socket"):
        no_file(path, kind)
    elif kind == "link to itself":
        path.symlink_to(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "unreadable":
        if os.geteuid() == 0:
            pytest.skip("root reads everything")
        path.write_text(HEAD)
        path.chmod(0)
    with pytest.raises(ProfileError) as raised:
        load_profile(path)
    told(raised.value, str(path))
    if kind != "gone":
        path.rename(tmp_path / "runs.csv") if kind != "link to itself" else (tmp_path / "runs.csv").symlink_to("runs.csv")
    document = parse_document(f"{HEAD}training: {{log: runs.csv}}\n".encode(), "q.yaml", ProfileError)
    problems = read_profile(document, tmp_path).problems
    assert [problem.path for problem in problems] == [str(tmp_path / "runs.csv")]


@pytest.mark.parametrize("name", ["/etc/passwd", "../runs.csv", "a/../../runs.csv"])
def test_a_log_is_beside_its_profile(tmp_path: Path, name: str) -> None:
    """No profile reads a file elsewhere, and nothing of it is quoted."""
    document = parse_document(f"{HEAD}training: {{log: {name}}}\n".encode(), "q.yaml", ProfileError)
    (problem,) = read_profile(document, tmp_path).problems
    assert "is not a file beside the profile" in problem.message


def test_a_file_that_vanishes_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and reading."""
    path = tmp_path / "p.yaml"
    path.write_text(HEAD)
    read = Path.read_bytes

    def vanish(self: Path) -> bytes:
        self.unlink()
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", vanish)
    with pytest.raises(ProfileError, match=r"p\.yaml: cannot be read: No such file"):
        load_profile(path)


@pytest.mark.slow
@pytest.mark.parametrize("streams", [">/dev/full", ">&-"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_stdout_that_takes_nothing_is_told(streams: str, form: str) -> None:
    """A full disk behind stdout, or none at all: exit 2 and why."""
    quiet_error(command(SHORT, *AS_OF, "--format", form, streams=streams))


def test_without_a_stderr_the_code_is_still_right(tmp_path: Path) -> None:
    """Nobody hears the message; the code says it."""
    assert command(tmp_path / "gone.yaml", *AS_OF, streams="2>&-").code == 2


def test_a_disk_that_fills_up_leaves_the_old_plan(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: the old plan stays, no part of the new one is left."""
    (tmp_path / "plan.json").write_text("old")

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))

    words = [*RUN, str(SHORT), *AS_OF, "--output", str(tmp_path / "plan.json")]
    made = subprocess.run(words, capture_output=True, preexec_fn=small, check=False)
    assert made.returncode == 2
    assert b"cannot be written: File too large" in made.stderr
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"plan.json": "old"}


def test_an_output_that_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """`--output` at a pipe or a device (/dev/stdout, /dev/null) never turns it into a file."""
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        command(SHORT, *AS_OF, "--output", tmp_path / "pipe")
        assert (tmp_path / "pipe").is_fifo()
    finally:
        os.close(reader)


def test_ctrl_c_ends_quietly_with_130(tmp_path: Path) -> None:
    """In the middle of the work: one word, no traceback, nothing written."""
    profiles = []
    for number in range(400):
        profiles.append(tmp_path / f"{number}.json")
        profiles[-1].write_text(json.dumps(profile_of(number)), encoding="utf-8")
    words = [*RUN, *map(str, profiles), *AS_OF, "--output", str(tmp_path / "out")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **FOREGROUND) as running:
        while "_yaml" not in Path(f"/proc/{running.pid}/maps").read_text():  # the plan is under way
            if running.poll() is not None:
                break
            time.sleep(0.02)
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err.decode().split()) == (130, b"", ["Stopped."])
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_nothing_of_a_profile_becomes_markup(tmp_path: Path, form: str) -> None:
    """Tags, quotes, template braces and format fields of a profile and its file name are shown as they stand."""
    attack = "<script>alert(1)</script>{{7*7}}{0.__class__}<img src=x onerror=a>"
    reason = json.dumps(attack)
    path = tmp_path / "<b>&.json"
    path.write_text(
        f'{{"schema": 1, "runner": {{"ref": {reason}}}, "findings": ["weak glutes"], "notes": {reason}, '
        f'"clinician": {{"ban": [{{"exercise": "plank", "reason": {reason}}}]}}}}',
        encoding="utf-8",
    )
    ran = command(path, *AS_OF, "--format", form, "--explain")
    assert ran.code == 0, ran.err
    assert "{{7*7}}" in ran.out.replace("\n", "").replace("\\", "")
    if form == "html":
        assert "<script>alert" not in ran.out
        assert "<img" not in ran.out
        assert "&lt;script&gt;" in ran.out
