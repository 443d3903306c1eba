"""Coverage-guided fuzzing of what reads foreign bytes, for a slow hour: not run by pytest, and Atheris is no dependency.

    pip install -r tests/whole/fuzz-requirements.txt
    STRIDEWISE_LOAD_PLUGINS= python tests/whole/fuzz_atheris.py -max_total_time=600 [corpus folder]

The first byte chooses the reader. Whatever is raised but a StridewiseError is a finding; libFuzzer keeps the input as crash-*."""

import contextlib
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["stridewise"]):
    from stridewise.documents.reader import parse_document
    from stridewise.errors import PackError, ProfileError, StridewiseError
    from stridewise.packs.pack import load_pack
    from stridewise.packs.plugins import load_packs, plugin_manager
    from stridewise.plan.seal import to_values
    from stridewise.profile.profile import load_profile, read_profile
    from stridewise.program.builder import build_program
    from stridewise.session import recommend

from datetime import date

DAY = date(2026, 11, 21)
PROGRAM = build_program(load_packs(plugin_manager("")))
FOLDER = Path(tempfile.mkdtemp(prefix="stridewise-fuzz-"))


def document(content: bytes, name: str) -> None:
    parse_document(content, name, ProfileError)


def profile(content: bytes) -> None:
    to_values(recommend(read_profile(parse_document(content, "p.yaml", ProfileError)), PROGRAM, DAY, "reference"))


def log(content: bytes) -> None:
    (FOLDER / "runs.csv").write_bytes(content)
    (FOLDER / "p.yaml").write_text("schema: 1\nrunner: {ref: R-1}\ntraining: {log: runs.csv}\n")
    recommend(load_profile(FOLDER / "p.yaml"), PROGRAM, DAY, "reference")


def pack(content: bytes) -> None:
    folder = FOLDER / "toy"
    for name in ("rules", "vocabulary", "exercises"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "a.yaml").write_bytes(content)
    (folder / "pack.yaml").write_text("name: toy\nversion: 1.0\n")
    try:
        build_program([*PROGRAM.packs, load_pack(folder, shown="toy")])
    except PackError as error:
        assert all(problem.path for problem in error.problems)


READERS = (lambda content: document(content, "a.yaml"), lambda content: document(content, "a.json"), profile, log, pack)


def one_input(content: bytes) -> None:
    """One input of the fuzzer."""
    if content:
        with contextlib.suppress(StridewiseError):
            READERS[content[0] % len(READERS)](content[1:])


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
