"""Standard output carries results alone, whoever else writes to it in this process or starts others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli_kit import AS_OF, SHORT, command, plugin, with_path

NOISE = """
    os.write(1, b"noise\\n")
    os.system("echo noise")
    print("noise", file=sys.__stdout__, flush=True)
"""
ALONE = f"""
import os, sys
from stridewise.cli.own_stdout import own_stdout
with own_stdout():
    {NOISE.strip()}
    print("result")
print("after")
"""


def test_what_others_write_goes_to_stderr() -> None:
    """Afterwards everything is as it was."""
    ran = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr.split()) == ("result\nafter\n", ["noise"] * 3)


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell closes them")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_failure(closed: str) -> None:
    script = "from stridewise.cli.own_stdout import own_stdout\nwith own_stdout():\n    pass\n"
    ran = subprocess.run(["/bin/sh", "-c", f'"$0" -c "$1" {closed}', sys.executable, script], check=False)
    assert ran.returncode == 0


NOISY = f"""
import os, sys
from stridewise import hookimpl

@hookimpl
def further_facts(facts):
    {NOISE.strip()}
    print("noise")
    return []
"""


@pytest.mark.slow
def test_json_stays_json_beside_a_noisy_plugin(tmp_path: Path) -> None:
    folder = plugin(tmp_path / "site", "acme", NOISY)
    ran = command(
        SHORT, *AS_OF, "--format", "json", "--engine", "reference", PYTHONPATH=with_path(folder), STRIDEWISE_LOAD_PLUGINS="acme"
    )
    assert (ran.code, json.loads(ran.out)["status"], ran.err.split()) == (0, "ready", ["noise"] * 4)
