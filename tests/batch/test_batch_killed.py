"""Whatever is killed, nothing is lost or doubled, and the next run goes on."""

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch_kit import BAD, DAY, LONG, MANY, RUN, batch, random_profiles, tree, write
from plans import FOREGROUND

pytestmark = pytest.mark.slow

DEADLY = """
    import os, signal
    from stridewise.inference import durable
    from stridewise import hookimpl
    saturate = durable.DurableMatcher.saturate
    def die(self, facts, allowed, conclude):
        if any(fact.kind == "weakness" and fact.value == "soleus" for fact in facts):
            os.kill(os.getpid(), signal.SIGSEGV)
        return saturate(self, facts, allowed, conclude)
    durable.DurableMatcher.saturate = die
    @hookimpl
    def further_facts(facts):
        if any(fact.get("weakness") == "gluteus_medius" for fact in facts):
            os._exit(0)
        return []
"""


def test_a_worker_that_dies_takes_nobody_with_it(tmp_path: Path) -> None:
    """A crash in the C extension: planned again by the reference and told. A plugin that ends its process, even as if all were
    well: a failure. The others go on."""
    site = tmp_path / "site"
    write(
        site,
        {
            "deadly.py": textwrap.dedent(DEADLY),
            "deadly-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: deadly\nVersion: 1.0\n",
            "deadly-1.0.dist-info/entry_points.txt": "[stridewise]\ndeadly = deadly\n",
        },
    )
    muscles = ["soleus", "hamstrings", "gluteus_medius", "soleus", "gluteus_maximus"]
    text = "schema: 1\nrunner: {{ref: R-1}}\nfindings: [{{weakness: {}}}]\n"
    write(tmp_path / "in", {f"{number}.yaml": text.format(muscle) for number, muscle in enumerate(muscles)})
    ran = batch(
        tmp_path / "in",
        tmp_path / "out",
        "--workers",
        2,
        PYTHONPATH=os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]),
        STRIDEWISE_LOAD_PLUGINS="deadly",
    )
    crashed = [
        f"{tmp_path}/in/{n}.yaml: its worker process was ended by SIGSEGV; planned again with the reference matcher alone"
        for n in (0, 3)
    ]
    failed = f"{tmp_path}/in/2.yaml: its worker process left with exit code 0; with the reference matcher alone it left with"
    lines = ran.err.splitlines()
    if not any("SIGSEGV" in line for line in lines):
        pytest.skip("durable-rules is not installed")
    assert ran.code == 1
    assert lines[:2] == crashed
    assert lines[2].startswith(failed)
    engines = {name: json.loads(plan)["receipt"]["engine"] for name, plan in tree(tmp_path / "out").items()}
    both = "durable_rules and reference, in agreement"
    assert engines == {"0.json": "reference", "1.json": both, "3.json": "reference", "4.json": both}
    assert dict(line.rsplit(maxsplit=1) for line in ran.out.splitlines())["planned again by reference"] == "2"


@contextlib.contextmanager
def started(given: Path, output: Path, *more: object) -> Iterator[subprocess.Popen[bytes]]:
    """A batch in a process group of its own; nothing of it is left afterwards."""
    arguments = [*RUN, "batch", str(given), "--output", str(output), *DAY, "--workers", "2", *map(str, more)]
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, **FOREGROUND
    ) as running:
        try:
            yield running
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.communicate()


def journalled(output: Path) -> int:
    """How many plans a running batch has noted."""
    works = [output / ".stridewise-batch", output.with_name(f".{output.name}.stridewise-batch")]
    lines = sum(path.read_bytes().count(b"\n") for work in works if (path := work / "journal").exists())
    return max(0, lines - 1)  # the first says what the plans are made with


def in_the_middle(running: subprocess.Popen[bytes], output: Path, least: int) -> bool:
    """Wait until so many plans are noted, then a moment longer. False where the batch was quicker."""
    while journalled(output) < least:
        if running.poll() is not None:
            return False
        time.sleep(0.001)
    time.sleep(random.uniform(0, 0.05))  # noqa: S311
    return running.poll() is None


def killed(given: Path, output: Path, moments: Iterator[int]) -> int:
    """Start the batch and kill -9 all of it, again and again. How often it was in the middle."""
    times = 0
    for least in moments:
        with started(given, output) as running:
            times += in_the_middle(running, output, least)
    return times


@pytest.fixture(scope="module", name="many")
def _many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random runners, a failing one among them."""
    return write(tmp_path_factory.mktemp("many"), {**random_profiles(MANY), "r00003b.yaml": BAD})


@pytest.fixture(scope="module", name="undisturbed")
def _undisturbed(many: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a batch gives that nobody kills."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as only_here:
        only_here.setenv("STRIDEWISE_LOAD_PLUGINS", "")
        for name in ("out", "out.jsonl"):
            assert batch(many, folder / name).code == 1
    return folder


@pytest.mark.parametrize("name", ["out", "out.jsonl"])
def test_a_killed_batch_goes_on_as_if_nothing_had_been(many: Path, undisturbed: Path, tmp_path: Path, name: str) -> None:
    """kill -9 of everything at random moments; the last run finishes, and no byte differs from an undisturbed run."""
    moments = sorted(random.randint(1, MANY - 10) for _ in range(12 if LONG else 1))  # noqa: S311
    assert killed(many, tmp_path / name, iter(moments)) or LONG
    left = journalled(tmp_path / name)
    ran = batch(many, tmp_path / name)
    assert ran.code == 1
    assert tree(tmp_path) == {key: value for key, value in tree(undisturbed).items() if key.split("/")[0] == name}
    assert left == 0 or 0 < int(dict(row.rsplit(maxsplit=1) for row in ran.out.splitlines()).get("taken over", 0)) < MANY + 1


def test_ctrl_c_is_quiet_and_the_next_run_goes_on(many: Path, undisturbed: Path, tmp_path: Path) -> None:
    """Exit 130 without a traceback of anybody; no process is left; no byte differs in the end."""
    with started(many, tmp_path / "out") as running:
        assert in_the_middle(running, tmp_path / "out", 3)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=30)
        assert (running.returncode, out, err.decode().split()) == (130, b"", ["Stopped."])
        for _ in range(100):
            if not (left := processes(running.pid, "group")):
                break
            time.sleep(0.1)
        assert not left
    assert batch(many, tmp_path / "out").code == 1
    assert tree(tmp_path / "out") == tree(undisturbed / "out")


def test_no_worker_hears_ctrl_c(many: Path, tmp_path: Path) -> None:
    """The first one neither: Python's resource tracker, started with it, lifts every block it finds."""
    with started(many, tmp_path / "out") as running:
        assert in_the_middle(running, tmp_path / "out", 3)
        workers = processes(running.pid, "workers")
        blocked = [re.search(r"SigBlk:\s*(\w+)", Path(f"/proc/{one}/status").read_text()) for one in workers]
    assert len(workers) == 2
    assert all(mask and int(mask[1], 16) & 1 << (signal.SIGINT - 1) for mask in blocked)


def test_a_killed_worker_costs_only_its_own_plan(many: Path, tmp_path: Path) -> None:
    """kill -9 of one worker: every plan is made, at most that one by the reference alone, and that is told."""
    with started(many, tmp_path / "out") as running:
        assert in_the_middle(running, tmp_path / "out", 3)
        os.kill(processes(running.pid, "workers")[0], signal.SIGKILL)
        out, err = running.communicate(timeout=600)
    assert running.returncode == 1
    assert len(tree(tmp_path / "out")) == MANY
    assert err.count(b"was ended by SIGKILL; planned again with the reference matcher alone") <= 1
    assert b"Traceback" not in err
    assert b"profiles" in out


def processes(of: int, relation: str) -> list[int]:
    """The living processes of a group, or the workers among the children of a process, from /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            is_worker = b"spawn_main" in (folder / "cmdline").read_bytes()
            if state != "Z" and (int(group) == of if relation == "group" else int(parent) == of and is_worker):
                found.append(int(folder.name))
    return found


def test_what_changed_meanwhile_is_planned_anew(tmp_path: Path) -> None:
    """A profile, a log, a plan or a setting that changed after the kill: nothing stale is taken over."""
    log = "training: {log: runs.csv}\n"
    good = BAD.replace("gluts", "glutes")
    write(tmp_path / "in", {**{f"{n:02d}.yaml": good + log for n in range(20)}, "runs.csv": "date,km\n2026-11-20,9\n"})
    output = tmp_path / "out"
    assert killed(tmp_path / "in", output, iter([12])) == 1
    assert not (output / "19.json").exists()
    (tmp_path / "in" / "00.yaml").write_text(good.replace("R-1", "R-2") + log)
    (output / "01.json").write_text("{}")
    ran = batch(tmp_path / "in", output)
    assert 1 <= int(ran.out.split()[-1]) < 20
    assert json.loads((output / "00.json").read_bytes())["runner"] == "R-2"
    assert json.loads((output / "01.json").read_bytes())["runner"] == "R-1"
    killed(tmp_path / "in", output, iter([12]))
    write(tmp_path / "in", {"runs.csv": "date,km\n2026-11-20,19\n"})
    assert "taken over" not in batch(tmp_path / "in", output).out
    killed(tmp_path / "in", output, iter([12]))
    assert "taken over" not in batch(tmp_path / "in", output, "--engine", "reference").out


def test_an_older_plan_of_a_failing_profile_is_pointed_out(tmp_path: Path) -> None:
    """It is not deleted, and nobody is left to take it for the new one."""
    write(tmp_path, {"in/a.yaml": BAD, "out/a.json": "{}"})
    ran = batch(tmp_path / "in", tmp_path / "out")
    assert "a.json holds a plan from an earlier run" in ran.err
    assert tree(tmp_path / "out") == {"a.json": b"{}"}
