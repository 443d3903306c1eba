"""The start of the command: it imports only what it needs, and an interrupt during it is quiet."""

import subprocess
import sys

import pytest

from plans import ROOT

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
import sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupt())
sys.argv = ["recommend", *{arguments!r}]
from stridewise.__main__ import main
main()
"""


@pytest.mark.parametrize("name", ["click", "stridewise.cli.plan", "yaml", "stridewise.session", "stridewise.render.text"])
def test_ctrl_c_while_loading_is_quiet(name: str) -> None:
    """An interrupt between two imports ends with 130 like any other, without a traceback."""
    code = INTERRUPTED.format(name=name, arguments=[*PLAN])
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.strip()) == (130, "", "Stopped.")


def test_the_engine_can_be_run_as_a_module() -> None:
    """`python -m stridewise` is `recommend`."""
    ran = subprocess.run([sys.executable, "-m", "stridewise", *PLAN], capture_output=True, check=True)
    assert (
        ran.stdout
        == subprocess.run(
            [sys.executable, "-c", "from stridewise.cli import main; main()", *PLAN], capture_output=True, check=True
        ).stdout
    )
