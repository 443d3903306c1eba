"""The commands under attack: nothing that is read is written over, nothing is swallowed, nothing reaches the terminal that would
steer it, and whatever cannot be used ends with exit 2 and a sentence."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cli_kit import run as command
from kit import SOURCES, rule, run, toy_program, write_pack
from stridewise.errors import PackError
from stridewise.language.fact import Fact

pytestmark = pytest.mark.usefixtures("built_in_only")
SHORT = Path(__file__).parents[2] / "profiles" / "shortest.yaml"
MARATHON = SHORT.with_name("marathoner_in_three_weeks.yaml")
PROFILE = '{"schema": 1, "runner": {"ref": "R-1"}, "findings": ["weak glutes"]}'
LOGGED = "schema: 1\nrunner: {ref: R-1}\ntraining: {log: runs.csv}\n"
RUN = (sys.executable, "-c", "from stridewise.cli import main; main()")
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="about the file systems and devices of Linux")


def process(*arguments: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run([*RUN, *map(str, arguments)], check=False, timeout=120, stderr=subprocess.PIPE, **more)


# --- what is read is never written over ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        ("batch", "in/a.json", "--output", "in"),
        ("batch", "in/*.json", "--output", "in"),
        ("in/a.json", "--output", "in/a.json"),
        ("in/a.json", "in/b.json", "--format", "json", "--output", "in"),
        ("in/p.yaml", "--output", "in/runs.csv", "--format", "text"),
        ("in/f.yaml", "--output", "in/runs/a.csv", "--format", "text"),
        ("in/a.json", "--output", "link.json"),
        ("batch", "all.jsonl*", "--output", "all.jsonl"),
    ],
)
def test_an_input_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: Sequence[str]) -> None:
    """Neither a profile nor its log, by name or through a link; exit 2."""
    monkeypatch.chdir(tmp_path)
    Path("in/runs").mkdir(parents=True)
    for name, text in {
        "in/a.json": PROFILE,
        "in/b.json": PROFILE,
        "in/p.yaml": LOGGED,
        "in/runs.csv": "date,km\n2026-11-01,8\n",
        "in/f.yaml": LOGGED.replace("runs.csv", "runs"),
        "in/runs/a.csv": "date,km\n2026-11-01,8\n",
        "all.jsonl": PROFILE,
    }.items():
        Path(name).write_text(text, encoding="utf-8")
    Path("link.json").symlink_to("in/a.json")
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    ran = command(*given)
    assert (ran.code, ran.out) == (2, "")
    assert "would be written over the input" in ran.err
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_a_pattern_leads_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in" / "below").mkdir(parents=True)
    (tmp_path / "p.json").write_text(PROFILE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = command("batch", "in/*/../../p.json", "--output", "out/inner")
    assert ran.code == 2 and 'without ".."' in ran.err
    assert not Path("out").exists()


# --- nothing is swallowed ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_quote_that_never_closes_swallows_no_runner(tmp_path: Path) -> None:
    """The rows behind it are in the quote: the line where it opens is told."""
    path = tmp_path / "runners.csv"
    path.write_text('runner.ref,findings,notes\nR-1,weak glutes,\nR-2,weak glutes,"6\nR-3,weak glutes,\n', encoding="utf-8")
    ran = process("batch", path, "--output", tmp_path / "out", stdout=subprocess.PIPE)
    assert ran.returncode == 1
    assert ran.stderr.decode().startswith(f"{path}:3: cannot be read as CSV")


def test_a_quote_in_a_log_neither(tmp_path: Path) -> None:
    (tmp_path / "runs.csv").write_text('date,km,notes\n2026-11-01,10,\n2026-11-08,30,"x\n2026-11-15,39,', encoding="utf-8")
    (tmp_path / "p.yaml").write_text(LOGGED, encoding="utf-8")
    ran = command(tmp_path / "p.yaml")
    assert ran.code == 2
    assert ran.err.startswith(f"{tmp_path / 'runs.csv'}:3: cannot be read as CSV")


@pytest.mark.slow
def test_a_row_that_is_no_text_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "runners.csv"
    path.write_bytes(b"runner.ref,findings\nR\xff,weak glutes\n")
    ran = process("batch", path, "--output", tmp_path / "out", stdout=subprocess.PIPE)
    assert ran.stderr.decode() == f"{path}:2: is not UTF-8 text; save the file as UTF-8\n"


@pytest.mark.slow
@ON_LINUX
def test_a_name_that_cannot_be_used_is_one_profile_s_failure(tmp_path: Path) -> None:
    """Too long for a plan, or not UTF-8: the others are planned."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"good.json", b"a" * 251 + b".yml", b"\xff.yaml"):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text(PROFILE, encoding="utf-8")  # noqa: PTH118  # bytes
    ran = process("batch", folder, "--output", tmp_path / "out", stdout=subprocess.PIPE)
    assert ran.returncode == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.json"]
    assert b"File name too long" in ran.stderr and b"has a name that is not UTF-8" in ran.stderr


# --- what is not beside the profile, or no file -----------------------------------------------------------------------


def test_a_log_that_leads_out_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("date,km\n2026-11-01,SECRET\n", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "runs.csv").symlink_to(tmp_path / "secret.csv")
    (tmp_path / "in" / "p.yaml").write_text(LOGGED, encoding="utf-8")
    ran = command(tmp_path / "in" / "p.yaml")
    assert ran.code == 2
    assert "leads out" in ran.err and "SECRET" not in ran.err


@pytest.mark.slow
@ON_LINUX
def test_a_log_that_never_ends_does_not_hold_a_batch_up(tmp_path: Path) -> None:
    """A pipe nobody writes to."""
    os.mkfifo(tmp_path / "runs.csv")
    (tmp_path / "p.yaml").write_text(LOGGED, encoding="utf-8")
    ran = process("batch", tmp_path / "p.yaml", "--output", tmp_path / "out", stdout=subprocess.PIPE)
    assert ran.returncode == 1
    assert b"is not a regular file" in ran.stderr


@pytest.mark.slow
@ON_LINUX
def test_a_link_in_the_state_of_a_batch_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine", encoding="utf-8")
    for name in ("journal", "part"):
        state = tmp_path / f"out-{name}" / ".stridewise-batch"
        state.mkdir(parents=True)
        (state / name).symlink_to(precious)
        process("batch", SHORT, "--output", state.parent, stdout=subprocess.PIPE)
        assert precious.read_text(encoding="utf-8") == "mine", name


@pytest.mark.slow
def test_a_spoilt_journal_counts_as_never_written(tmp_path: Path) -> None:
    state = tmp_path / "out" / ".stridewise-batch"
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.json").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "in" / "bad.json").write_text("[", encoding="utf-8")
    for spoilt in (b"[" * 100_000 + b"\n", json.dumps({"name": [], "status": 1}).encode() + b"\n"):
        state.mkdir(parents=True)
        (state / "journal").write_bytes(spoilt)
        ran = process("batch", tmp_path / "in", "--output", tmp_path / "out", stdout=subprocess.PIPE)
        assert (ran.returncode, state.exists()) == (1, False)


# --- nothing steers the terminal ----------------------------------------------------------------------------------------


@ON_LINUX
@pytest.mark.parametrize("call", [(), ("--format", "markdown"), ("--format", "html"), ("--explain",)])
def test_a_file_s_name_is_spelt_out(tmp_path: Path, call: Sequence[str]) -> None:
    path = tmp_path / "f\x1b]0;pwned\x07\u202e.yaml"
    path.write_bytes(MARATHON.read_bytes())
    for arguments in ((path, *call), ("why", path, "split_squat")):
        ran = command(*arguments)
        assert ran.code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(ran.out)


@ON_LINUX
@pytest.mark.parametrize("name", [b"\xff.yaml", b"a\x1b[31m.yaml"])
def test_a_pack_s_file_is_named_so_that_it_can_be_shown(tmp_path: Path, name: bytes) -> None:
    folder = write_pack(tmp_path / "toy", {"rules/r.yaml": [rule("one", [{"weakness": "soleus"}])], "sources.yaml": SOURCES})
    (folder / "rules" / "r.yaml").rename(Path(os.fsdecode(os.fsencode(folder / "rules") + b"/" + name)))
    ran = command(SHORT, "--pack", folder)
    assert (ran.code, ran.out) == (2, "")
    assert "has a name that cannot be shown; rename the file" in ran.err


def test_keys_are_checked_as_values_are(tmp_path: Path) -> None:
    """`verify` reads what anybody may have edited."""
    made = tmp_path / "plan.json"
    made.write_text(command(SHORT, "--as-of", "2026-11-21", "--format", "json").out, encoding="utf-8")
    for key in ("\x1b]0;x\x07", "\ud800", "\u202e", "\x85"):
        spoilt = tmp_path / "spoilt.json"
        spoilt.write_text(json.dumps({**json.loads(made.read_text(encoding="utf-8")), key: 1}), encoding="utf-8")
        ran = command("verify", spoilt, SHORT)
        assert (ran.code, ran.out) == (2, ""), key
        assert "cannot be shown" in ran.err


# --- bounds -----------------------------------------------------------------------------------------------------------


def test_conditions_that_nothing_joins_are_bounded(tmp_path: Path) -> None:
    """Three free conditions on forty facts: 64,000 combinations are never made."""
    program = toy_program(tmp_path, rule("boom", [{"nickname": "$a"}, {"nickname": "$b"}, {"nickname": "$c"}]))
    facts = [Fact("nickname", f"n{number}") for number in range(40)]
    for engine in ("reference", "both"):
        with pytest.raises(PackError, match="toy/boom: its conditions meet more than 10000 combinations"):
            run(program, facts, engine=engine)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("race: {distance: marathon, in_weeks: 1e8}", ":3: the race is 700000000 days away; at most 100000"),
        ("findings: [marathon in 100000000 weeks]", ":3: the race is 700000000 days away; at most 100000"),
        (f"training: {{weekly_distance_km: [{', '.join(['40'] * 600)}]}}", ":3: training.weekly_distance: 600 weeks are listed"),
    ],
)
def test_a_profile_s_numbers_are_bounded(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(f"schema: 1\nrunner: {{ref: R-1}}\n{text}\n", encoding="utf-8")
    for command_name in ("plan", "ask"):
        ran = command(command_name, path)
        assert ran.code == 2
        assert says in ran.err


@pytest.mark.parametrize(
    "given",
    [
        ("--remove", "²"),
        ("--remove", "1" * 5000),
        ("--set", f"findings[{'1' * 5000}]=x"),
        ("--set", "training=5"),
        ("--sweep", f"race.in_weeks=1..{'1' * 5000}"),
        ("--set", "race=5"),
        ("--set", "safety=5"),
    ],
)
def test_a_change_that_cannot_be_read_is_told(given: Sequence[str]) -> None:
    ran = command("what-if", MARATHON, *given)
    assert (ran.code, ran.out) == (2, "")
    assert "Internal error" not in ran.err


@ON_LINUX
@pytest.mark.parametrize(
    "given",
    [
        (SHORT, "--output", "n" * 300),
        (SHORT, "--pack", "n" * 300),
        ("batch", "n" * 300, "--output", "o"),
        ("new", "n" * 300 + ".yaml"),
        ("batch", SHORT, "--output", "n" * 300),
        ("pack", "check", "n" * 300),
        ("pack", "new", "n" * 300),
        (SHORT, "--pack", "loop"),
        (SHORT, "--as-of", "9999-12-31"),
    ],
)
def test_a_path_or_day_that_cannot_be_used_is_told(tmp_path: Path, given: Sequence[object]) -> None:
    (tmp_path / "loop").symlink_to("loop")
    ran = process(*given, cwd=tmp_path, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    assert ran.returncode == 2, ran.stderr
    assert b"Internal error" not in ran.stderr


# --- streams and clocks ------------------------------------------------------------------------------------------------


@ON_LINUX
def test_the_exit_code_stands_where_nobody_hears_the_error() -> None:
    with Path("/dev/full").open("wb") as full:
        for arguments in (("gone.yaml",), ("--bogus",), ("ask", "gone.yaml")):
            ran = subprocess.run([*RUN, *arguments], stderr=full, stdout=subprocess.PIPE, check=False, timeout=60)
            assert ran.returncode == 2, arguments
        assert subprocess.run([*RUN, "--help"], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60).returncode == 2


@ON_LINUX
def test_closed_input_and_an_odd_clock_are_told(tmp_path: Path) -> None:
    closed = ["bash", "-c", '"$@" <&-', "-", *RUN, "new", str(tmp_path / "q.yaml")]
    ran = subprocess.run(closed, capture_output=True, check=False, timeout=60)
    assert ran.returncode == 2 and b"standard input is closed" in ran.stderr
    odd = process(SHORT, stdout=subprocess.PIPE, env={**os.environ, "TZ": "UTC+99"})
    assert odd.returncode == 2 and b"time zone" in odd.stderr
