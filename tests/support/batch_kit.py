"""A batch run in a process of its own, its profiles and what came out."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from population import profile_of

LONG = os.environ.get("STRIDEWISE_LONG") == "1"
MANY = 2_000 if LONG else 40
DAY = ("--as-of", "2026-11-21")
RUN = (sys.executable, "-c", "from stridewise.cli import main; main()")
BAD = "schema: 1\nrunner: {ref: R-1}\nfindings: [weak gluts]\n"


@dataclass
class Ran:
    """How a run of the command went."""

    code: int
    out: str
    err: str


def batch(given: object, output: object, *more: object, **environment: str) -> Ran:
    """The command in a process of its own."""
    arguments = [*RUN, "batch", str(given), "--output", str(output), *DAY, *map(str, more)]
    made = subprocess.run(arguments, capture_output=True, env={**os.environ, **environment}, check=False, timeout=3600)
    return Ran(made.returncode, made.stdout.decode(), made.stderr.decode())


def write(folder: Path, profiles: Mapping[str, Any]) -> Path:
    """A folder of profiles, each given as text or as values."""
    for name, profile in profiles.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(profile if isinstance(profile, str) else json.dumps(profile), encoding="utf-8")
    return folder


def random_profiles(number: int) -> dict[str, Any]:
    """So many runners, the same ones every time."""
    return {f"r{seed:05d}.json": profile_of(seed) for seed in range(number)}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
