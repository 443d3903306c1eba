"""The command run inside this process or in one of its own, for the tests of it."""

import contextlib
import io
import os
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from plans import ROOT, built_in, minimal
from stridewise.cli import main

AS_OF = ("--as-of", "2026-11-21")
MARATHON = ROOT / "profiles" / "marathoner_in_three_weeks.yaml"
SHORT, FLAGGED = ROOT / "profiles" / "shortest.yaml", ROOT / "profiles" / "red_flag.yaml"
WRONG = minimal("findings: [weak gluts]\nrace: {distance: marathn}\n")
RUN = (sys.executable, "-c", "from stridewise.cli import main; main()")


@dataclass
class Ran:
    """How a run of the command went."""

    code: int
    out: str
    err: str


def run(*arguments: object) -> Ran:
    """The command inside this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    return Ran(int(left.value.code or 0), *texts)


def command(*arguments: object, cwd: Path | None = None, **environment: str) -> Ran:
    """The command in a process of its own, as a shell would run it."""
    made = subprocess.run(
        [*RUN, *map(str, arguments)], capture_output=True, cwd=cwd, env={**os.environ, **environment}, check=False
    )
    return Ran(made.returncode, made.stdout.decode(), made.stderr.decode("utf-8", "backslashreplace"))


# --- internal errors --------------------------------------------------------------------------------------------------


def plugin(folder: Path, name: str, code: str) -> Path:
    """An installed distribution of its own that brings one plugin."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}_plugin.py").write_text(textwrap.dedent(code), encoding="utf-8")
    metadata = folder / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[stridewise]\n{name} = {name}_plugin\n", encoding="utf-8")
    return folder


def with_path(folder: Path) -> str:
    """PYTHONPATH with this folder in front."""
    return os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])


# --- text -------------------------------------------------------------------------------------------------------------


def tokens(text: str) -> set[str]:
    """The rule ids in a text, or what is left of them at the end of a line."""
    packs = "|".join(pack.name for pack in built_in().packs)
    return set(re.findall(rf"(?:{packs})/[a-z0-9-]+", text))
