"""The start of the command: it imports only what it needs, and an interrupt during it is quiet."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from plans import FOREGROUND, ROOT
from stridewise.cli.output import write_file

PLAN = (str(ROOT / "profiles" / "marathoner_in_three_weeks.yaml"), "--as-of", "2026-11-21")


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [(PLAN, ("pydantic", "rich", "jinja2", "importlib.metadata", "multiprocessing", "tempfile")), (("--help",), ("pluggy",))],
)
def test_only_what_is_needed_is_imported(arguments: tuple[str, ...], needless: tuple[str, ...]) -> None:
    """pydantic judges only what does not fit at once; templates and colours are for other formats."""
    code = f"import sys; from stridewise.cli import main\ntry: main({list(arguments)!r})\nexcept SystemExit: pass\n"
    code += f"sys.exit(repr([name for name in {needless!r} if name in sys.modules]))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr.strip() == "[]"


INTERRUPTED = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.{signal})

sys.meta_path.insert(0, Interrupt())
sys.argv = ["recommend", *{arguments!r}]
from stridewise.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("name", "signal", "code"),
    [
        ("click", "SIGINT", 130),
        ("stridewise.cli.plan", "SIGINT", 130),
        ("yaml", "SIGINT", 130),
        ("stridewise.session", "SIGINT", 130),
        ("stridewise.render.text", "SIGINT", 130),
        ("click", "SIGTERM", 143),
        ("stridewise.session", "SIGTERM", 143),
    ],
)
def test_an_end_while_loading_is_quiet(name: str, signal: str, code: int) -> None:
    """Ctrl-C between two imports ends with 130 like any other, SIGTERM with 143; neither with a traceback."""
    script = INTERRUPTED.format(name=name, signal=signal, arguments=[*PLAN])
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, **FOREGROUND)
    assert (ran.returncode, ran.stdout, ran.stderr.strip()) == (code, "", "Stopped.")


@pytest.mark.parametrize("module", ["stridewise", "stridewise.__main__"])
def test_nothing_is_imported_before_somebody_listens(module: str) -> None:
    """What Python has not loaded by itself takes a moment, in which Ctrl-C would be a traceback."""
    script = f"import sys; before = set(sys.modules); import {module}; print(sorted(set(sys.modules) - before))"
    ran = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True, cwd=ROOT / "engine")
    assert ran.stdout.strip() in ("['stridewise']", "['gc', 'stridewise', 'stridewise.__main__']")


MOVING = """
import os, pathlib, signal, sys
replace = pathlib.Path.replace
def end(self, to):
    os.kill(os.getpid(), signal.{signal})
    return replace(self, to)
pathlib.Path.replace = end
sys.argv = ["recommend", "draw", "dead_bug", "--output", "x.svg"]
from stridewise.__main__ import main
main()
"""


@pytest.mark.parametrize(("signal", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_an_end_while_writing_leaves_nothing(tmp_path: Path, signal: str, code: int) -> None:
    """Neither the file nor what was to become it."""
    script = MOVING.format(signal=signal)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, cwd=tmp_path, **FOREGROUND)
    assert (ran.returncode, ran.stdout, [*tmp_path.iterdir()]) == (code, b"", [])


@pytest.mark.parametrize("output", ["/dev/stdout", "/proc/self/fd/1"])
@pytest.mark.skipif(not Path("/dev/stdout").is_symlink(), reason="there is no such link here")
def test_no_link_to_a_device_is_written_over(monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    """Whoever means standard output leaves --output out."""
    monkeypatch.setattr("stridewise.documents.writing.write_whole", lambda *_: pytest.fail("written"))
    with pytest.raises(click.UsageError, match="is not a regular file"):
        write_file(Path(output), "x")


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    """No file is at fault where the folder that one stands in was removed."""
    batch = ["batch", PLAN[0], "--output", "out"]
    script = f"import os; os.rmdir({str(tmp_path)!r}); from stridewise.cli import main; main({batch!r})"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (2, "the folder that you are in: cannot be used: No such file or directory\n")


def test_the_engine_can_be_run_as_a_module() -> None:
    """`python -m stridewise` is `recommend`."""
    ran = subprocess.run([sys.executable, "-m", "stridewise", *PLAN], capture_output=True, check=True)
    assert (
        ran.stdout
        == subprocess.run(
            [sys.executable, "-c", "from stridewise.cli import main; main()", *PLAN], capture_output=True, check=True
        ).stdout
    )
