"""A batch: many profiles, a plan for each. Nothing is lost or doubled, whatever is killed, and the bytes are always the same."""

import contextlib
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from plans import FOREGROUND
from population import profile_of
from stridewise.authoring.schemas import schema_of
from stridewise.batch.entries import Entries
from stridewise.batch.journal import BusyError, Done, Journal
from stridewise.batch.rows import paths
from stridewise.errors import ProfileError

SLOW = os.environ.get("STRIDEWISE_SLOW") == "1"
MANY = 2_000 if SLOW else 40
DAY = ("--as-of", "2026-11-21")
RUN = (sys.executable, "-c", "from stridewise.cli import main; main()")
BAD = "schema: 1\nrunner: {ref: R-1}\nfindings: [weak gluts]\n"


@dataclass
class Ran:
    """How a run of the command went."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _built_in_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is installed takes no part, in the workers either."""
    monkeypatch.setenv("STRIDEWISE_LOAD_PLUGINS", "")


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


@pytest.fixture(scope="module", name="mixed")
def _mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six good profiles, one of them in a folder below, and two bad ones among them."""
    profiles: dict[str, Any] = {f"r{seed}.json": profile_of(seed) for seed in range(5)}
    return write(tmp_path_factory.mktemp("mixed"), {
        **profiles, "year/r9.yaml": BAD.replace("gluts", "glutes"), "r2b.yaml": BAD, "r3b.yml": "a: [", ".hidden.yaml": BAD,
    })  # fmt: skip


GOOD = ["r0", "r1", "r2", "r3", "r4", "year/r9"]


# --- what comes out -----------------------------------------------------------------------------------------------


def test_a_folder_gives_a_folder_and_failures_stop_nobody(mixed: Path, tmp_path: Path) -> None:
    """Each good profile has its plan, just as `recommend plan` writes it; each bad one is told with its line; exit 1."""
    ran = batch(mixed, tmp_path / "out")
    assert ran.code == 1
    assert sorted(tree(tmp_path / "out")) == sorted(f"{name}.json" for name in GOOD)
    assert [line.split(": ")[0] for line in ran.err.splitlines()] == [f"{mixed}/r2b.yaml:3", f"{mixed}/r3b.yml:2"]
    assert 'Did you mean "weak glutes"?' in ran.err
    rows = dict(line.rsplit(maxsplit=1) for line in ran.out.splitlines())
    assert (rows["profiles"], rows["failed"]) == ("8", "2")
    assert int(rows["ready"]) + int(rows["refer first"]) == 6
    alone = subprocess.run([*RUN, str(mixed / "year" / "r9.yaml"), *DAY, "--format", "json"], capture_output=True, check=True)
    assert (tmp_path / "out" / "year" / "r9.json").read_bytes() == alone.stdout


def test_the_number_of_workers_changes_no_byte(mixed: Path, tmp_path: Path) -> None:
    """One worker or three, folder or lines: the same plans in the same order, the same report."""
    runs = [batch(mixed, tmp_path / f"{number}.jsonl", "--workers", number) for number in (1, 3)]
    assert runs[0] == runs[1]
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "3.jsonl").read_bytes()
    batch(mixed, tmp_path / "out", "--workers", 3)
    lines = (tmp_path / "1.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [json.loads((tmp_path / "out" / f"{n}.json").read_bytes()) for n in GOOD]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.jsonl", "3.jsonl", "out"]


def test_a_glob_and_lines_give_the_same_plans(tmp_path: Path) -> None:
    """JSONL or files, what is prescribed is the same; the place of a fact is the line."""
    profiles = [profile_of(seed) for seed in range(3)]
    write(tmp_path, {f"r{number}.json": profile for number, profile in enumerate(profiles)})
    lines = "\ufeff" + "\n\n".join(json.dumps(profile) for profile in profiles) + "\r\n{broken\n[1]\n"
    (tmp_path / "all.jsonl").write_text(lines, encoding="utf-8")
    assert batch(tmp_path / "r[0-9].json", tmp_path / "files.jsonl").code == 0
    ran = batch(tmp_path / "all.jsonl", tmp_path / "out")
    assert ran.code == 1
    assert [line.split(": ")[0] for line in ran.err.splitlines()] == [f"{tmp_path}/all.jsonl:6", f"{tmp_path}/all.jsonl:7"]
    assert sorted(tree(tmp_path / "out")) == ["all-000001.json", "all-000003.json", "all-000005.json"]
    plans = [json.loads(content) for content in tree(tmp_path / "out").values()]
    whole = [json.loads(line) for line in (tmp_path / "files.jsonl").read_bytes().splitlines()]
    assert [one["receipt"]["plan_sha256"] for one in plans] == [one["receipt"]["plan_sha256"] for one in whole]
    assert "all.jsonl:5" in json.dumps(plans[2])


COLUMNS = ["runner.ref", "runner.age", "training.weekly_distance_km", "training.week.mon", "findings", "safety.red_flags",
           "constraints.equipment", "notes"]  # fmt: skip
CSV = f"""\ufeff{",".join(COLUMNS)}
007,34,78;82; 85;90,rest,"weak glutes; {{movement_fault: dynamic_knee_valgus, side: left}}",[],dumbbell,"two
lines: #1"

R-8,x,1e999,,weak gluts,,,
R-9,30,20,,heel_raise_reps: 20,fever,,
R-10,,,,,,,,,too much
"""


def test_a_row_is_a_profile(tmp_path: Path) -> None:
    """Cells as in YAML, lists by semicolons, an empty cell not recorded; all mistakes of a row at its line."""
    (tmp_path / "clinic.csv").write_text(CSV, encoding="utf-8")
    ran = batch(tmp_path / "clinic.csv", tmp_path / "out")
    assert ran.code == 1
    assert [line.split(": ")[0] for line in ran.err.splitlines()] == [f"{tmp_path}/clinic.csv:5"] * 3 + [
        f"{tmp_path}/clinic.csv:7"
    ]
    assert all(said in ran.err for said in ("training.weekly_distance_km", "runner.age", "weak gluts", "more cells"))
    first, flagged = (json.loads(content) for content in tree(tmp_path / "out").values())
    assert (first["runner"], first["status"], flagged["status"]) == ("007", "ready", "refer_first")
    assert "clinic.csv:2" in json.dumps(first)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("runner.ref,runner.agee", 'Did you mean "runner.age"?'),
        ("runner.ref,notes,notes", "stands twice"),
        ("runner.age", '"runner.ref" is missing'),
        ("runner.ref;findings", "separated by semicolons"),
        ("runner,runner.ref", 'unknown column "runner"'),
        ("", "missing"),
    ],
)
def test_a_wrong_column_is_told_once(tmp_path: Path, header: str, said: str) -> None:
    """Before any row is read."""
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n1\n2\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"a\.csv:1: ") as raised:
        Entries(str(path))
    assert said in str(raised.value)


def test_the_columns_are_the_paths_of_the_profile() -> None:
    """Every path leads to a place in the profile's schema."""
    definitions = schema_of("profile")["definitions"]
    found = list(paths())
    assert {"runner.ref", "training.strength.experience_months", "training.week.sun", "safety.par_q.any_yes"} <= set(found)
    assert {name for shape in definitions.values() for name in shape["properties"]} >= {
        path.split(".")[-1] for path in found if "." in path and ".week." not in path
    }


@pytest.mark.parametrize("given", ["nothing", "nothing*.yaml", "empty", "empty.jsonl", "[", "", "fifo", "fifo.jsonl"])
def test_an_input_without_profiles_is_bad_input(tmp_path: Path, given: str) -> None:
    """Missing, empty, or no file at all: exit 2, said which; nothing is written."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.jsonl").write_text("\n\n")
    for name in ("fifo", "fifo.jsonl"):
        os.mkfifo(tmp_path / name)
    ran = batch(tmp_path / given if given else "", tmp_path / "out")
    assert (ran.code, ran.out) == ((2, "") if given != "fifo" else (1, ran.out))
    assert given in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "out").exists() or not tree(tmp_path / "out")


def test_plans_do_not_mix_with_profiles_or_with_each_other(tmp_path: Path) -> None:
    """An output among the profiles, over the input, or two plans of one name are refused before anything is done."""
    write(tmp_path / "in", {"a.yaml": BAD})
    assert "lies inside" in batch(tmp_path / "in", tmp_path / "in" / "out").err
    (tmp_path / "a.jsonl").write_text("{}\n")
    assert "is the input itself" in batch(tmp_path / "a.jsonl", tmp_path / "a.jsonl").err
    assert "neither a folder nor" in batch(tmp_path / "in", tmp_path / "in" / "a.yaml").err
    write(tmp_path / "in", {"a.json": BAD})
    with pytest.raises(ProfileError, match="would give its plan the name of"):
        Entries(str(tmp_path / "in"))


def test_packs_that_cannot_be_used_end_with_their_own_code(tmp_path: Path) -> None:
    """The pack's problem is told once, and nothing is written."""
    write(tmp_path, {"in/a.yaml": BAD, "pack/pack.yaml": "name: x\n"})
    ran = batch(tmp_path / "in", tmp_path / "out", "--pack", tmp_path / "pack", "--workers", 3)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("pack.yaml") == 1
    assert not (tmp_path / "out").exists()


def test_a_disk_that_is_full_is_told(tmp_path: Path) -> None:
    """As bad usage, with the path; what was done so far is kept for the next run."""
    write(tmp_path / "in", {"a.yaml": BAD.replace("gluts", "glutes")})
    arguments = [*RUN, "batch", str(tmp_path / "in"), "--output", str(tmp_path / "out"), *DAY]
    small = ["bash", "-c", 'ulimit -f 2; "$@"', "-", *arguments]  # as much as the journal takes, and no plan
    ran = subprocess.run(small, capture_output=True, check=False, timeout=600)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"cannot be written: File too large" in ran.stderr
    assert b"Internal error" not in ran.stderr
    assert not (tmp_path / "out" / "a.json").exists()


# --- what dies ----------------------------------------------------------------------------------------------------

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
            os._exit(7)
        return []
"""


def test_a_worker_that_dies_takes_nobody_with_it(tmp_path: Path) -> None:
    """A crash in the C extension: planned again by the reference and told. Again a crash: a failure. The others go on."""
    site = tmp_path / "site"
    write(site, {
        "deadly.py": textwrap.dedent(DEADLY),
        "deadly-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: deadly\nVersion: 1.0\n",
        "deadly-1.0.dist-info/entry_points.txt": "[stridewise]\ndeadly = deadly\n",
    })  # fmt: skip
    muscles = ["soleus", "hamstrings", "gluteus_medius", "soleus", "gluteus_maximus"]
    text = "schema: 1\nrunner: {{ref: R-1}}\nfindings: [{{weakness: {}}}]\n"
    write(tmp_path / "in", {f"{number}.yaml": text.format(muscle) for number, muscle in enumerate(muscles)})
    ran = batch(
        tmp_path / "in", tmp_path / "out", "--workers", 2,
        PYTHONPATH=os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]), STRIDEWISE_LOAD_PLUGINS="deadly",
    )  # fmt: skip
    crashed = [f"{tmp_path}/in/{n}.yaml: its worker process was ended by SIGSEGV; planned again with the reference matcher alone"
               for n in (0, 3)]  # fmt: skip
    failed = f"{tmp_path}/in/2.yaml: its worker process left with exit code 7; with the reference matcher alone it left with"
    lines = ran.err.splitlines()
    if not any("SIGSEGV" in line for line in lines):
        pytest.skip("durable-rules is not installed for this Python")
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
    moments = sorted(random.randint(1, MANY - 10) for _ in range(12 if SLOW else 1))  # noqa: S311
    assert killed(many, tmp_path / name, iter(moments)) or SLOW
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


# --- the journal ------------------------------------------------------------------------------------------------------


def done(name: str, sha256: str = "x") -> Done:
    return Done(name, "p", "", "", "ready", "", sha256)


def test_a_journal_that_was_cut_anywhere_still_opens(tmp_path: Path) -> None:
    """Whatever byte was the last to be written: whole lines count, the rest is written again."""
    plans = [b'{"a":1}\n', '{"ä":"\u2028"}\n'.encode(), b"{}\n"]
    with Journal(tmp_path / "whole", {"as_of": "today"}) as journal:
        for number, plan in enumerate(plans):
            journal.add(done(str(number), hashlib.sha256(plan).hexdigest()), plan)
    content = (tmp_path / "whole" / "journal").read_bytes()
    for cut in range(len(content) + 1):
        (tmp_path / "whole" / "journal").write_bytes(content[:cut])
        with Journal(tmp_path / "whole", {"as_of": "today"}) as journal:
            kept = list(journal.done)
            assert kept == ["0", "1", "2"][: len(kept)]
            for number in range(len(kept), 3):
                journal.add(done(str(number), hashlib.sha256(plans[number]).hexdigest()), plans[number])
            assert list(journal.plans(iter("2105"))) == [plans[2], plans[1], plans[0]]
        assert (tmp_path / "whole" / "journal").read_bytes() == content


@pytest.mark.parametrize("spoilt", [b"x", b"{}\n", b"[]\n", b'{"name":1}\tx\n', b"\xff\t\n", b"\n"])
def test_a_spoilt_journal_counts_as_never_written(tmp_path: Path, spoilt: bytes) -> None:
    """From the first line that is none of ours."""
    with Journal(tmp_path / "j", {}) as journal:
        journal.add(done("a"))
    with (tmp_path / "j" / "journal").open("ab") as file:
        file.write(spoilt)
    with Journal(tmp_path / "j", {}) as journal:
        assert list(journal.done) == ["a"]
    with Journal(tmp_path / "j", {"other": 1}) as journal:
        assert not journal.done


def test_two_batches_do_not_share_an_output(tmp_path: Path) -> None:
    """The second one is refused while the first one runs."""
    pytest.importorskip("fcntl")
    with Journal(tmp_path / "j", {}), pytest.raises(BusyError):
        Journal(tmp_path / "j", {})
    with Journal(tmp_path / "j", {}) as journal:
        journal.remove()
    assert not (tmp_path / "j").exists()


def test_only_the_owner_reads_the_journal(tmp_path: Path) -> None:
    """It holds health data while the batch runs."""
    with Journal(tmp_path / "j", {}):
        assert (tmp_path / "j").stat().st_mode & 0o077 == 0
        assert (tmp_path / "j" / "journal").stat().st_mode & 0o077 == 0
