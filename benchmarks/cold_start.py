"""How long the installed command takes to start, beside the least it could take. From the root of a checkout, with uv:

python -m benchmarks.cold_start [--pairs N] [--markdown]

A wheel is built and installed alone. `recommend PROFILE` runs in turn with a process that imports click, pluggy, pydantic and
yaml and parses JSON of the built-in packs' size; `recommend --help` in turn with `python -c "import click"`. The ratio is that of
each pair, so that a machine whose speed drifts does no harm."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import yaml

from benchmarks.inference.machine import describe_python
from benchmarks.inference.report import between_markers

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
PROFILE = ROOT / "profiles" / "marathoner_in_three_weeks.yaml"
LEAST = "import json, sys, click, pluggy, pydantic, yaml; json.loads(open(sys.argv[1], 'rb').read())"


def install(work: Path) -> Path:
    """An environment with the wheel and nothing else; its folder of commands."""
    subprocess.run(["uv", "build", "--quiet", "--wheel", "--out-dir", work / "dist", ROOT], check=True)
    subprocess.run(["uv", "venv", "--quiet", "--python", sys.executable, work / "env"], check=True)
    (wheel,) = (work / "dist").glob("*.whl")
    subprocess.run(
        ["uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", work / "env" / "bin" / "python", wheel], check=True
    )
    return work / "env" / "bin"


def packs_as_json(work: Path) -> Path:
    """What the built-in packs say, as JSON."""
    files = sorted((ROOT / "rules").rglob("*.yaml"))
    path = work / "packs.json"
    path.write_text(json.dumps([yaml.safe_load(file.read_text(encoding="utf-8")) for file in files], default=str))
    return path


def seconds(command: Sequence[str | Path], folder: Path) -> float:
    """The wall time of one process."""
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    return perf_counter() - start


def row(name: str, bound: float, ours: Sequence[str | Path], least: Sequence[str | Path], pairs: int, folder: Path) -> str:
    """One line of the table: both in turn, the median of each and of the ratio of each pair."""
    found = [(seconds(ours, folder), seconds(least, folder)) for _ in range(pairs + 2)][2:]
    one, other = (median(times) * 1000 for times in zip(*found, strict=True))
    ratio = median(ours / least for ours, least in found)
    return f"| {name} | {one:.0f} | {other:.0f} | {ratio:.2f} | at most {bound} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cold_start", description="Time the start of the command.")
    parser.add_argument("--pairs", type=int, default=25)
    parser.add_argument("--markdown", action="store_true", help="write the results into docs/performance.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cold-start-") as name:
        work = Path(name)
        commands = install(work)
        python, recommend = commands / "python", commands / "recommend"
        plan, least = [recommend, PROFILE], [python, "-c", LEAST, packs_as_json(work)]
        lines = ["", *(f"- {line}" for line in describe_python()), ""]
        lines += ["| Command | ms | the least, ms | ratio | wanted |", "| --- | ---: | ---: | ---: | ---: |"]
        lines += [row("`recommend PROFILE`", 3.0, plan, least, asked.pairs, work)]
        lines += [row("`recommend --help`", 1.5, [recommend, "--help"], [python, "-c", "import click"], asked.pairs, work), ""]
    print("\n".join(lines))
    if asked.markdown:
        PAGE.write_text(between_markers(PAGE.read_text(encoding="utf-8"), "cold start", lines), encoding="utf-8")


if __name__ == "__main__":
    main()
