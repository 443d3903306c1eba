"""A batch: many profiles, a plan for each; failures stop nobody, and the bytes are always the same."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from batch_kit import BAD, DAY, RUN, batch, tree, write
from population import profile_of
from stridewise.authoring.schemas import schema_of
from stridewise.batch.entries import Entries
from stridewise.columns.rows import paths
from stridewise.errors import ProfileError


@pytest.fixture(scope="module", name="mixed")
def _mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six good profiles, one of them in a folder below, and two bad ones among them."""
    profiles: dict[str, Any] = {f"r{seed}.json": profile_of(seed) for seed in range(5)}
    return write(
        tmp_path_factory.mktemp("mixed"),
        {
            **profiles,
            "year/r9.yaml": BAD.replace("gluts", "glutes"),
            "r2b.yaml": BAD,
            "r3b.yml": "a: [",
            ".hidden.yaml": BAD,
        },
    )


GOOD = ["r0", "r1", "r2", "r3", "r4", "year/r9"]


# --- what comes out -----------------------------------------------------------------------------------------------


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_number_of_workers_changes_no_byte(mixed: Path, tmp_path: Path) -> None:
    """One worker or three, folder or lines: the same plans in the same order, the same report."""
    runs = [batch(mixed, tmp_path / f"{number}.jsonl", "--workers", number) for number in (1, 3)]
    assert runs[0] == runs[1]
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "3.jsonl").read_bytes()
    batch(mixed, tmp_path / "out", "--workers", 3)
    lines = (tmp_path / "1.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [json.loads((tmp_path / "out" / f"{n}.json").read_bytes()) for n in GOOD]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.jsonl", "3.jsonl", "out"]


@pytest.mark.slow
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


COLUMNS = [
    "runner.ref",
    "runner.age",
    "training.weekly_distance_km",
    "training.week.mon",
    "findings",
    "safety.red_flags",
    "constraints.equipment",
    "notes",
]
CSV = f"""\ufeff{",".join(COLUMNS)}
007,34,78;82; 85;90,rest,"weak glutes; {{movement_fault: dynamic_knee_valgus, side: left}}",[],dumbbell,"two
lines: #1"

R-8,x,1e999,,weak gluts,,,
R-9,30,20,,heel_raise_reps: 20,fever,,
R-10,,,,,,,,,too much
"""


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_packs_that_cannot_be_used_end_with_their_own_code(tmp_path: Path) -> None:
    """The pack's problem is told once, and nothing is written."""
    write(tmp_path, {"in/a.yaml": BAD, "pack/pack.yaml": "name: x\n"})
    ran = batch(tmp_path / "in", tmp_path / "out", "--pack", tmp_path / "pack", "--workers", 3)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("pack.yaml") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
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
