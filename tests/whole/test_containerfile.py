"""The container file says what the documents say: not root, nobody's profiles in it, asked after without the page's secret."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cli_kit import RUN
from plans import ROOT

LINES = [
    line
    for line in (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    if line and not line.startswith("#")
]
ALLOWED = [line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")]


def instruction(name: str) -> str:
    """What the last stage says by this word."""
    return [line for line in LINES if line.startswith(f"{name} ")][-1].removeprefix(f"{name} ").strip()


def test_it_runs_as_nobody_in_particular() -> None:
    user, group = instruction("USER").split(":")
    assert int(user) > 1000 < int(group)


def test_what_is_built_from_is_there_and_is_enough() -> None:
    """What the wheel holds and what building it reads; nothing else of a checkout gets into the image."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    read = {Path(package).parts[0] for package in wheel} | {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE"}
    assert set(ALLOWED) == read | {"profiles", "constraints.txt"}  # the invented runners, and the versions
    assert all((ROOT / name).exists() for name in ALLOWED)
    assert (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()[1] == "*"


def test_its_python_is_one_that_is_tested_and_has_both_matchers() -> None:
    versions = {match[1] for line in LINES if (match := re.match(r"FROM python:(\d\.\d+)-slim", line))}
    assert versions == {"3.12"}
    assert len([line for line in LINES if line.startswith("FROM ")]) == 2


def test_it_serves_what_is_mounted_at_the_port_that_is_asked_after() -> None:
    command = json.loads(instruction("CMD"))
    assert command == ["serve", "--no-open", "--port", "8765", instruction("VOLUME")]
    assert json.loads(instruction("ENTRYPOINT")) == ["recommend"]
    assert "8765" in instruction("HEALTHCHECK")


def test_nothing_secret_is_in_it() -> None:
    text = "\n".join(LINES)
    assert not re.search(r"(?i)token|password|secret|^ARG|^ADD|https?://", text, re.MULTILINE)


@pytest.mark.slow
def test_it_is_well_only_while_the_page_answers(tmp_path: Path) -> None:
    """The very question of the container file, at another port."""
    serving = subprocess.Popen(
        [*RUN, "serve", str(tmp_path), "--no-open", "--engine", "reference"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = [serving.stdout.readline() for _ in range(3)]  # type: ignore[union-attr]
        port = re.search(r":(\d+)/", said[1])
        assert port is not None
        assert asked(port[1]) == 0
    finally:
        serving.terminate()
        serving.communicate()
    assert asked(port[1]) != 0


def asked(port: str) -> int:
    """The exit code of the health check."""
    program, *arguments = json.loads(re.sub(r"^.*?CMD ", "", instruction("HEALTHCHECK")).replace("8765", port))
    assert program == "python"
    done = subprocess.run([sys.executable, *arguments], env=os.environ, capture_output=True, check=False, timeout=60)
    return done.returncode


def test_the_documents_start_it_on_the_loopback_of_the_machine() -> None:
    text = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")
    command = re.search(r"^docker run .*?stridewise$", text, re.MULTILINE | re.DOTALL)
    assert command is not None
    words = shlex.split(command[0].replace("\\\n", " "))
    assert words[words.index("--network") + 1] == "host"
    assert not {"-p", "--publish", "--privileged"} & set(words)
    assert f"$PWD:{instruction('VOLUME')}" in words
