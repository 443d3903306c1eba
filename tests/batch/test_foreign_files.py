"""A batch takes in what only a plugin reads, and nothing else beside it."""

import json
from pathlib import Path

import pytest

from batch_kit import batch, write
from cli_kit import plugin, with_path

READER = """
import json
from stridewise import hookimpl

@hookimpl
def read_profile(name, content):
    print("a plugin's chatter")
    if content == b"broken form":
        raise RuntimeError("no such page")
    if content.startswith(b"FORM "):
        return {"schema": 1, "runner": {"ref": content.split()[1].decode()}, "findings": ["weak glutes"]}
"""
OURS = "schema: 1\nrunner: {ref: R-1}\nfindings: [weak glutes]\n"


@pytest.fixture(name="reader")
def _reader(tmp_path: Path) -> dict[str, str]:
    """The environment with the plugin."""
    return {"PYTHONPATH": with_path(plugin(tmp_path / "site", "acme", READER)), "STRIDEWISE_LOAD_PLUGINS": "acme"}


@pytest.mark.slow
def test_a_folder_gives_the_profiles_that_only_a_plugin_reads(tmp_path: Path, reader: dict[str, str]) -> None:
    """Of any ending, .json and .csv too; a file that nobody claims, a hidden one and a pipe are none."""
    profiles = {
        "a.yaml": OURS,
        "b.form": "FORM R-2",
        "in/c.json": "FORM R-3",
        "d.csv": "FORM R-4",
        "notes.txt": "milk",
        ".e.form": "FORM R-5",
    }
    given = write(tmp_path / "profiles", profiles)
    ran = batch(given, tmp_path / "plans", **reader)
    assert (ran.code, "chatter" in ran.out) == (0, False)
    made = {
        path.relative_to(tmp_path / "plans").as_posix(): json.loads(path.read_bytes())["runner"]
        for path in (tmp_path / "plans").rglob("*.json")
    }
    assert made == {"a.json": "R-1", "b.json": "R-2", "in/c.json": "R-3", "d.json": "R-4"}


@pytest.mark.slow
def test_a_table_given_alone_may_be_a_plugins(tmp_path: Path, reader: dict[str, str]) -> None:
    """A CSV with columns of ours is one profile a row, whatever a plugin says; any other is offered."""
    (tmp_path / "form.csv").write_text("FORM R-4", encoding="utf-8")
    (tmp_path / "ours.csv").write_text("runner.ref,findings\nR-1,weak glutes\nR-2,weak glutes\n", encoding="utf-8")
    (tmp_path / "wrong.csv").write_text("runer.ref\nR-1\n", encoding="utf-8")
    form, ours, wrong = (batch(tmp_path / f"{name}.csv", tmp_path / name, **reader) for name in ("form", "ours", "wrong"))
    assert (form.code, ours.code, wrong.code) == (0, 0, 2)
    assert json.loads((tmp_path / "form" / "form.json").read_bytes())["runner"] == "R-4"
    assert len(list((tmp_path / "ours").glob("*.json"))) == 2
    assert "runer.ref" in wrong.err


@pytest.mark.slow
def test_a_file_that_a_plugin_fails_on_is_one_failure_by_name(tmp_path: Path, reader: dict[str, str]) -> None:
    """The others are planned."""
    given = write(tmp_path / "profiles", {"a.yaml": OURS, "b.form": "broken form"})
    ran = batch(given, tmp_path / "plans", **reader)
    assert ran.code == 1
    assert "b.form: the plugin \"acme 1.0: acme\" failed in read_profile: RuntimeError('no such page')" in ran.err
    assert (tmp_path / "plans" / "a.json").is_file()


@pytest.mark.slow
def test_without_such_a_plugin_nothing_but_profiles_is_looked_into(tmp_path: Path) -> None:
    given = write(tmp_path / "profiles", {"a.yaml": OURS, "b.form": "FORM R-2"})
    assert batch(given, tmp_path / "plans").code == 0
    assert [path.name for path in (tmp_path / "plans").glob("*.json")] == ["a.json"]
