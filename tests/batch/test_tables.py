"""A batch out of a Parquet table and into one: the same plans as ever, a row for a row, whatever fails or is killed."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from batch_kit import BAD, RUN, batch, tree, write
from population import profile_of
from stridewise.batch.entries import ROW, Entries
from stridewise.batch.journal import Done, Journal
from stridewise.batch.run import Output
from stridewise.errors import ProfileError

pa = pytest.importorskip("pyarrow", reason="no pyarrow: pip install 'stridewise[arrow]'")
parquet = pytest.importorskip("pyarrow.parquet")

GOOD = BAD.replace("gluts", "glutes")
WITHOUT = "import sys; sys.modules['pyarrow'] = None; from stridewise.cli import main; main()"


def table(path: Path, *profiles: Any, rows_in_a_group: int = 2) -> Path:
    """A Parquet file with a column of whole profiles."""
    texts = [one if isinstance(one, str) else json.dumps(one) for one in profiles]
    parquet.write_table(pa.table({"profile": texts}), path, row_group_size=rows_in_a_group)
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return found


# --- what comes out -----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_table_gives_a_table_and_failures_stop_nobody(tmp_path: Path) -> None:
    """A row for a row in the same order, each as the plan made from its file alone; errors with file, row and line; exit 1; the
    same bytes by any number of workers; for its owner alone."""
    runners = [profile_of(seed) for seed in range(3)]
    given = table(tmp_path / "athletes.parquet", runners[0], BAD, runners[1], "a: [", runners[2])
    ran = batch(given, tmp_path / "one.parquet", "--workers", 1)
    assert ran.code == 1
    assert [line.split(": ")[:2] for line in ran.err.splitlines()] == [
        [f"{given}:2", "profile.yaml:3"],
        [f"{given}:4", "profile.yaml:2"],
    ]
    assert batch(given, tmp_path / "three.parquet", "--workers", 3) == ran
    made = rows(tmp_path / "one.parquet")
    assert [row["ref"] for row in made] == ["R-0", "R-1", "R-1", None, "R-2"]
    assert [row["error"] for row in made if row["error"]] == ran.err.splitlines()
    write(tmp_path / "in", {f"{number}.json": runner for number, runner in enumerate(runners)})
    batch(tmp_path / "in", tmp_path / "out")
    alone = [json.loads(plan) for plan in tree(tmp_path / "out").values()]
    assert [row["digest"] for row in made if row["digest"]] == [plan["receipt"]["plan_sha256"] for plan in alone]
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "three.parquet").read_bytes()
    assert stat.S_IMODE((tmp_path / "one.parquet").stat().st_mode) == 0o600
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_what_is_done_is_taken_over(tmp_path: Path, ending: str) -> None:
    """Of a run that was killed, the rows that are the same now; a row that changed and fails keeps no plan of before."""
    given = table(tmp_path / "athletes.parquet", GOOD, GOOD.replace("R-1", "R-2"))
    assert batch(given, tmp_path / "all.jsonl").code == 0
    plans = (tmp_path / "all.jsonl").read_bytes().splitlines(keepends=True)
    output = Output(tmp_path / f"out.{ending}", is_file=True)
    with Journal(output.work, _header(plans[0])) as journal:
        for number, (one, plan) in enumerate(zip(Entries(str(given)), plans, strict=True)):
            journal.add(_done(one.name, plan, number), plan)
    table(given, GOOD, BAD.replace("R-1", "R-2"))
    ran = batch(given, output.path)
    assert (ran.code, dict(line.rsplit(maxsplit=1) for line in ran.out.splitlines())["taken over"]) == (1, "1")
    if ending == "jsonl":
        assert output.path.read_bytes() == plans[0]
        return
    first, second = rows(output.path)
    assert (first["digest"], second["digest"]) == (json.loads(plans[0])["receipt"]["plan_sha256"], None)
    assert "weak gluts" in second["error"]


def _header(plan: bytes) -> dict[str, Any]:
    receipt = json.loads(plan)["receipt"]
    packs = [[pack["name"], pack["version"], pack["sha256"]] for pack in receipt["packs"]]
    return {"stridewise": receipt["engine_sha256"], "packs": packs, "as_of": "2026-11-21", "engine": "both", "language": ""}


def _done(name: str, plan: bytes, number: int) -> Done:
    import hashlib

    row = json.dumps({"profile": GOOD if number == 0 else GOOD.replace("R-1", "R-2")}).encode()
    return Done(name, hashlib.sha256(row).hexdigest(), "", "", "ready", "", hashlib.sha256(plan).hexdigest())


# --- what goes in -------------------------------------------------------------------------------------------------


def test_a_table_that_a_cluster_wrote_is_its_parts(tmp_path: Path) -> None:
    """In the order of their names; what is the cluster's own is left alone. So is a glob of tables."""
    folder = tmp_path / "athletes.parquet"
    folder.mkdir()
    table(folder / "part-1.parquet", GOOD)
    table(folder / "part-0.parquet", GOOD, GOOD, GOOD)
    for name in ("_SUCCESS", "_metadata.parquet", ".part-0.parquet.crc"):
        (folder / name).write_text("")
    for given in (folder, folder / "part-*.parquet"):
        entries = Entries(str(given))
        assert [entry.name for entry in entries] == [*(f"part-0-00000{number}" for number in (1, 2, 3)), "part-1-000001"]
        assert (entries.total, {entry.form for entry in entries}) == (4, {ROW})


def test_wrong_columns_are_told_of_all_tables_before_any_row(tmp_path: Path) -> None:
    for name, column in (("a", "runner.agee"), ("b", "race.dat")):
        parquet.write_table(pa.table({"runner.ref": ["R-1"], column: [3]}), tmp_path / f"{name}.parquet")
    with pytest.raises(ProfileError) as raised:
        Entries(str(tmp_path / "*.parquet"))
    assert [str(problem).split(": ")[0] for problem in raised.value.problems] == [f"{tmp_path}/{n}.parquet" for n in "ab"]
    assert 'Did you mean "runner.age"?' in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 and what follows is no table PAR1"])
def test_a_file_that_is_no_table_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    with pytest.raises(ProfileError, match=r"a\.parquet: cannot be read as Parquet"):
        Entries(str(tmp_path / "a.parquet"))


def test_an_output_that_is_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.parquet").mkdir()
    given = table(tmp_path / "a.parquet", GOOD)
    ran = batch(given, tmp_path / "out.parquet")
    assert (ran.code, "neither a folder nor a file" in ran.err) == (2, True)
    assert "is the input itself" in batch(given, given).err


@pytest.mark.parametrize(("given", "output"), [("a.parquet", "out"), ("a.jsonl", "out.parquet")])
def test_without_pyarrow_it_is_said_what_to_install(tmp_path: Path, given: str, output: str) -> None:
    """Before anything is done."""
    import subprocess

    (tmp_path / given).write_text("{}\n")
    arguments = [*RUN[:2], WITHOUT, "batch", str(tmp_path / given), "--output", str(tmp_path / output)]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=600)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pip install 'stridewise[arrow]'" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / output).exists()
