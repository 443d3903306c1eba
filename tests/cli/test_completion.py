"""Completion in the shells that docs/shell.md names: commands, options, and the files of profiles."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import get_completion_class

from plans import ROOT
from stridewise.cli.main import recommend

SHELLS = ("bash", "zsh", "fish")
ASKED = "_RECOMMEND_COMPLETE"


def offered(shell: str, arguments: list[str], incomplete: str) -> list[tuple[str, str]]:
    """(kind, text) of what a shell is told."""
    kind = get_completion_class(shell)
    assert kind is not None
    return [(one.type, str(one.value)) for one in kind(recommend, {}, "recommend", ASKED).get_completions(arguments, incomplete)]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("arguments", "incomplete", "expected"),
    [
        ([], "wh", ["why", "why-not", "what-if"]),
        (["pack"], "d", ["diff", "disable", "docs"]),
        (["verify"], "--as", []),
        (["why"], "--as", ["--as-of"]),
        (["profile.yaml"], "--for", ["--format"]),
        (["plan", "--engine"], "", ["both", "durable", "reference", "generated"]),
    ],
)
def test_commands_and_options_are_completed(shell: str, arguments: list[str], incomplete: str, expected: list[str]) -> None:
    assert [text for _, text in offered(shell, arguments, incomplete)] == expected


@pytest.mark.parametrize("arguments", [[], ["plan"], ["why"], ["a.yaml"]])
def test_a_profile_is_completed_as_a_file(arguments: list[str]) -> None:
    assert offered("bash", arguments, "prof") == [("file", "prof")]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_documented_command_prints_what_the_shell_reads(shell: str) -> None:
    assert f"`{ASKED}={shell}_source recommend >" in (ROOT / "docs" / "shell.md").read_text(encoding="utf-8")
    kind = get_completion_class(shell)
    assert kind is not None
    assert "_recommend_completion" in kind(recommend, {}, "recommend", ASKED).source_template % {
        "complete_func": "_recommend_completion",
        "complete_var": ASKED,
        "prog_name": "recommend",
    }


@pytest.mark.slow
def test_bash_completes_what_is_typed(tmp_path: Path) -> None:
    """A real bash that has read the documented line: the words it would write, for two commands and a profile."""
    bash, here = shutil.which("bash"), Path(sys.executable).parent
    if bash is None or not (here / "recommend").exists():
        pytest.skip("no bash, or no command installed beside this Python")
    (tmp_path / "profile.yaml").touch()
    script = f"""
        source <({ASKED}=bash_source recommend)
        compopt() {{ echo "files"; }}  # bash has it only while somebody types
        COMP_WORDS=(recommend wh) COMP_CWORD=1; _recommend_completion recommend; echo "${{COMPREPLY[@]}}"
        COMPREPLY=(); COMP_WORDS=(recommend pro) COMP_CWORD=1; _recommend_completion recommend; echo "${{COMPREPLY[@]}}"
    """
    environment = os.environ | {"PATH": f"{here}{os.pathsep}{os.environ['PATH']}", "STRIDEWISE_LOAD_PLUGINS": ""}
    done = subprocess.run(
        [bash, "--norc", "-c", script], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines() == ["why why-not what-if", "files", ""], done.stderr
