"""What a person types, and what stands around the command: files, terminals, pipes, plugins, other packages."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from cli_kit import AS_OF, MARATHON, RUN, SHORT, command, plugin, run, with_path
from plans import minimal
from stridewise.inference import durable, engine

QUICK = ("--engine", "reference")


@pytest.mark.usefixtures("built_in_only")
class TestFiles:
    """Names of files."""

    @pytest.mark.parametrize("ending", ["odt", "docx", "txtt", "json.bak"])
    def test_an_ending_that_is_no_format_is_refused_with_those_that_are(self, tmp_path: Path, ending: str) -> None:
        ran = run(SHORT, *AS_OF, *QUICK, "--output", tmp_path / f"plan.{ending}")
        assert ran.code == 2
        assert "is no format of a plan; end it in .txt, .md, .json, .html, .ics, .pdf, or give --format" in ran.err
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("name", "start"), [("plan", "GO"), ("plan.txt", "GO"), ("plan.json", "{"), ("plan.HTML", "<!DOCTYPE")]
    )
    def test_an_ending_that_is_one_is_taken(self, tmp_path: Path, name: str, start: str) -> None:
        assert run(SHORT, *AS_OF, *QUICK, "--output", tmp_path / name).code == 0
        assert (tmp_path / name).read_text().startswith(start)

    def test_the_name_of_a_folder_may_have_a_dot(self, tmp_path: Path) -> None:
        assert run(SHORT, MARATHON, *AS_OF, *QUICK, "--output", tmp_path / "plans.2026").code == 0
        assert sorted(path.name for path in (tmp_path / "plans.2026").iterdir()) == [f"{MARATHON.stem}.txt", f"{SHORT.stem}.txt"]

    def test_a_format_that_is_said_goes_under_any_name(self, tmp_path: Path) -> None:
        assert run(SHORT, *AS_OF, *QUICK, "--format", "json", "--output", tmp_path / "plan.out").code == 0

    def test_a_profile_may_begin_with_a_dash(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "-p.yaml").write_text(SHORT.read_text())
        monkeypatch.chdir(tmp_path)
        for before in ((), (*AS_OF, *QUICK), ("plan",)):
            ran = run(*before, "--", "-p.yaml")
            assert (ran.code, ran.err) == (0, "")
            assert "Plan for" in ran.out


def piped(text: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command with this text on standard input."""
    given, alone = [*RUN, *map(str, arguments), *AS_OF, *QUICK], {**os.environ, "STRIDEWISE_LOAD_PLUGINS": ""}
    return subprocess.run(given, input=text, capture_output=True, text=True, check=False, env=alone)


def test_a_dash_is_standard_input() -> None:
    """YAML and JSON, with the same plan as from a file; what is wrong is told at its line."""
    text = minimal("findings: [weak glutes]\n")
    as_json = json.dumps({"schema": 1, "runner": {"ref": "R-1"}, "findings": ["weak glutes"]})
    assert "Plan for R-1" in piped(text, "-").stdout
    assert "Plan for R-1" in piped(as_json, "-").stdout
    wrong = piped(minimal("findings: [weak gluts]\n"), "-")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("stdin:3: findings[0]")


# --- terminals --------------------------------------------------------------------------------------------------------


def on_a_terminal(encoding: str, *arguments: object) -> tuple[int, bytes]:
    """The exit code, and what a terminal with these letters is sent."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "STRIDEWISE_LOAD_PLUGINS": ""}
    started = subprocess.Popen([*RUN, *map(str, arguments)], stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    said = b""
    try:
        while block := os.read(ours, 65536):
            said += block
    except OSError:  # the other side is closed
        pass
    os.close(ours)
    return started.wait(), said


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
@pytest.mark.parametrize("more", [(), ("--format", "markdown")])
def test_a_terminal_with_few_letters_gets_the_whole_plan(encoding: str, more: tuple[str, ...]) -> None:
    """What it lacks is spelt out; half a plan would be worse than none."""
    code, said = on_a_terminal(encoding, MARATHON, *AS_OF, *QUICK, *more)
    whole = on_a_terminal("utf-8", MARATHON, *AS_OF, *QUICK, *more)[1]
    assert code == 0
    assert b"Internal error" not in said
    assert len(said.splitlines()) == len(whole.splitlines())
    text = said.decode(encoding)
    assert ("×" in text) == (encoding != "ascii")
    assert "\\u" not in text


def test_an_error_is_told_to_a_terminal_with_few_letters(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(minimal("findings: [schwache Hüfte ≥ 2]\n"), encoding="utf-8")
    code, said = on_a_terminal("cp1252", tmp_path / "p.yaml", *QUICK)
    assert code == 2
    assert "schwache Hüfte >= 2" in said.decode("cp1252")


# --- the matchers -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("built_in_only")
def test_durable_rules_asked_for_by_name_is_never_replaced_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_engine", None)
    ran = run(SHORT, *AS_OF, "--engine", "durable")
    assert (ran.code, ran.out) == (2, "")
    assert engine.ADDS_DURABLE in " ".join(ran.err.split())
    assert run(SHORT, *AS_OF).code == 0
    with pytest.raises(engine.MissingMatcherError):
        engine._engine("durable")


# --- plugins and other packages ---------------------------------------------------------------------------------------

PRINTS = """
    from stridewise import hookimpl
    print("loaded")
    @hookimpl
    def further_facts(facts):
        print("asked")
        return []
"""


def test_a_plugin_that_prints_does_not_spoil_json(tmp_path: Path) -> None:
    folder = plugin(tmp_path / "site", "acme", PRINTS)
    ran = command(SHORT, *AS_OF, *QUICK, "--format", "json", PYTHONPATH=with_path(folder), STRIDEWISE_LOAD_PLUGINS="acme")
    assert ran.code == 0
    assert json.loads(ran.out)
    assert ran.err.split() == ["loaded", "asked"]


def test_a_plugin_without_a_marked_hook_is_named(tmp_path: Path) -> None:
    """Its author forgot the mark, and its packs would be missed in silence."""
    folder = plugin(tmp_path / "site", "acme", "def rule_packs():\n    return []\n")
    ran = command(SHORT, *AS_OF, PYTHONPATH=with_path(folder), STRIDEWISE_LOAD_PLUGINS="acme")
    assert (ran.code, ran.out) == (3, "")
    assert 'the plugin "acme"' in ran.err
    assert "@hookimpl" in ran.err


def broken_package(folder: Path, entries: bytes) -> Path:
    info = folder / "other-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_bytes(b"Metadata-Version: 2.1\nName: other\nVersion: 1.0\nSummary: \xff\xfe\n")
    (info / "entry_points.txt").write_bytes(entries)
    return folder


def test_broken_metadata_of_a_package_that_brings_packs_are_named(tmp_path: Path) -> None:
    folder = broken_package(tmp_path / "site", b"[stridewise]\nother = other\n")
    ran = command(SHORT, *AS_OF, *QUICK, PYTHONPATH=with_path(folder))
    assert (ran.code, ran.out) == (3, "")
    assert "the metadata of other-1.0.dist-info cannot be read" in ran.err
    assert "Internal error" not in ran.err


@pytest.mark.parametrize("entries", [b"[console_scripts]\nx = \xff:y\n", b"\xff\xfe"])
def test_broken_metadata_of_any_other_package_do_not_matter(tmp_path: Path, entries: bytes) -> None:
    folder = broken_package(tmp_path / "site", entries)
    assert command(SHORT, *AS_OF, *QUICK, PYTHONPATH=with_path(folder), STRIDEWISE_LOAD_PLUGINS="").code == 0


def test_what_importlib_cannot_read_is_named(tmp_path: Path) -> None:
    """With an egg on the path, importlib.metadata is asked, which stops at the first bad letter."""
    folder = broken_package(tmp_path / "site", b"[stridewise]\nother = \xff\n")
    (tmp_path / "a.egg").mkdir()
    ran = command(SHORT, *AS_OF, *QUICK, PYTHONPATH=os.pathsep.join([with_path(folder), str(tmp_path / "a.egg")]))
    assert ran.code == 3
    assert "other-1.0.dist-info cannot be read" in ran.err
