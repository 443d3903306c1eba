"""What a reader sees: 80 columns, no split names, nothing that steers a terminal, the same in any surroundings."""

import json
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from cli_kit import AS_OF, FLAGGED, MARATHON, RUN, command, run, tokens
from plans import PROFILES, built_in, minimal

pytestmark = pytest.mark.usefixtures("built_in_only")


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("explain", [False, True])
def test_text_fits_80_columns(path: Path, explain: bool) -> None:
    """No line is longer than 80, with or without the derivation."""
    out = run(path, *AS_OF, *(["--explain"] if explain else [])).out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_names_with_hyphens_are_never_split(path: Path) -> None:
    """Every rule that --explain names stands whole on a line, so that it can be searched for."""
    rules = {rule.id for rule in built_in().rules}
    shown = tokens(run(path, *AS_OF, "--explain").out)
    assert shown
    assert shown <= rules


def test_why_fits_80_columns_too() -> None:
    """The tree of reasons grows to the right, but not past the edge."""
    shown = json.loads(run(MARATHON, *AS_OF, "--format", "json").out)
    for item in (shown["prescriptions"][0]["exercise"], "iron_cross", "weekly_distance"):
        ran = run("why", MARATHON, item, *AS_OF)
        assert ran.code == 0
        assert max(map(len, ran.out.splitlines())) <= 80


def test_explain_shows_what_the_plain_text_hides() -> None:
    """By default one reason line an item; with --explain rules, facts with lines, and sources."""
    plain, full = run(MARATHON, *AS_OF).out, run(MARATHON, *AS_OF, "--explain").out
    assert not tokens(plain)
    assert tokens(full)
    assert "marathoner_in_three_weeks.yaml:" in full
    assert "verified" in full


def test_the_first_line_is_the_verdict() -> None:
    """Refer first, or go; nobody has to read to the end."""
    assert run(FLAGGED, *AS_OF).out.startswith("REFER FIRST")
    assert run(MARATHON, *AS_OF).out.startswith("GO")


def test_text_has_no_colour_codes_when_piped() -> None:
    """Plain text for files and pipes."""
    assert "\x1b" not in command(MARATHON, *AS_OF).out


def test_what_a_profile_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Control characters of a profile are not passed on."""
    path = tmp_path / "p.yaml"
    path.write_text(
        minimal('findings: []\nnotes: "\\e[31mred\\a"\nclinician: {ban: [{exercise: plank, reason: "\\e[2J"}]}'), encoding="utf-8"
    )
    for arguments in ((), ("--explain",)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", run(path, *AS_OF, *arguments).out)


# --- surroundings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_a_locale_without_utf8_changes_nothing(environment: dict[str, str]) -> None:
    """The plan is UTF-8 whatever the terminal says."""
    made = subprocess.run([*RUN, str(MARATHON), *AS_OF], capture_output=True, env={**os.environ, **environment}, check=True)
    assert made.stdout.decode("utf-8") == run(MARATHON, *AS_OF).out


def test_an_error_can_be_told_in_any_locale(tmp_path: Path) -> None:
    """A message with letters beyond ASCII reaches stderr without a crash."""
    path = tmp_path / "läufer.yaml"
    path.write_text(minimal("findings: [müde Füße]"), encoding="utf-8")
    ran = command(path, *AS_OF, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert "Internal error" not in ran.err


def test_windows_line_endings_give_the_same_plan(tmp_path: Path) -> None:
    """Saved by a Windows editor, with a byte order mark too."""
    path = tmp_path / MARATHON.name
    path.write_bytes(b"\xef\xbb\xbf" + MARATHON.read_bytes().replace(b"\n", b"\r\n"))
    first, second = (json.loads(run(one, *AS_OF, "--format", "json").out) for one in (path, MARATHON))
    assert first.pop("receipt")["plan_sha256"] == second.pop("receipt")["plan_sha256"]
    assert first == second


@pytest.mark.parametrize("name", ["with space.yaml", "quo'te.yml", "ünï.yaml", "-dash.yaml", "100%.yaml", "a.b.json", "noending"])
def test_any_file_name_works(tmp_path: Path, name: str) -> None:
    """Spaces, quotes and other letters in a path do not matter."""
    folder = tmp_path / "my runners"
    folder.mkdir()
    path = folder / name
    path.write_text('{"schema": 1, "runner": {"ref": "R-1"}, "findings": ["weak glutes"]}', encoding="utf-8")
    ran = run(path, *AS_OF, "--format", "json", "--output", folder / "out")
    assert ran.code == 0
    assert f"{name}:1" in (folder / "out").read_text(encoding="utf-8")


def test_a_relative_path_is_shown_as_it_was_given(wrong: Path) -> None:
    """Messages use the path of the argument, so that an editor can jump there."""
    ran = command("wrong.yaml", *AS_OF, cwd=wrong.parent)
    assert ran.err.startswith("wrong.yaml:3: ")


@pytest.mark.parametrize("arguments", [("--explain",), ("--format", "json")])
def test_a_reader_that_leaves_early_is_no_error(arguments: Sequence[str]) -> None:
    """`recommend … | head -1` is quiet and no failure."""
    made = subprocess.Popen([*RUN, str(MARATHON), *AS_OF, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert made.stdout is not None
    assert made.stderr is not None
    made.stdout.close()
    with made.stderr:
        err = made.stderr.read().decode()
    assert made.wait() == 0
    assert err == ""
