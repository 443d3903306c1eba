"""Where the command writes: exactly what was asked for, whole or not at all."""

import json
from pathlib import Path

import pytest

from cli_kit import AS_OF, FLAGGED, MARATHON, SHORT, command, run
from plans import minimal

pytestmark = pytest.mark.usefixtures("built_in_only")


def test_several_profiles_as_json_are_an_array_in_order() -> None:
    """In the order of the arguments, one plan each."""
    shown = json.loads(run(SHORT, FLAGGED, MARATHON, *AS_OF, "--format", "json").out)
    assert [item["runner"] for item in shown] == ["R-001", "R-027", "R-014"]
    assert isinstance(json.loads(run(SHORT, *AS_OF, "--format", "json").out), dict)


def test_several_profiles_as_text_follow_each_other() -> None:
    """In the order of the arguments."""
    out = run(SHORT, FLAGGED, *AS_OF).out
    assert 0 < out.index("R-001") < out.index("R-027")


@pytest.mark.parametrize("form", ["text", "json"])
def test_output_to_a_file_is_what_would_be_printed(tmp_path: Path, form: str) -> None:
    """Nothing on stdout then, and nothing else in the folder."""
    path = tmp_path / "deep" / "plan.out"
    ran = run(MARATHON, *AS_OF, "--format", form, "--output", path)
    assert (ran.code, ran.out) == (0, "")
    assert path.read_bytes().decode() == run(MARATHON, *AS_OF, "--format", form).out
    assert [item.name for item in path.parent.iterdir()] == ["plan.out"]


def test_output_of_several_is_a_folder(tmp_path: Path) -> None:
    """One file a profile, named after it, made where it is not there."""
    folder = tmp_path / "plans"
    assert run(SHORT, FLAGGED, *AS_OF, "--format", "json", "--output", folder).code == 0
    assert {path.name for path in folder.iterdir()} == {"shortest.json", "red_flag.json"}
    assert json.loads((folder / "red_flag.json").read_text(encoding="utf-8"))["runner"] == "R-027"


def test_output_of_one_into_a_folder_that_is_there(tmp_path: Path) -> None:
    """An existing folder takes the file by the profile's name."""
    assert run(SHORT, *AS_OF, "--output", tmp_path).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["shortest.txt"]


def test_an_old_plan_is_replaced_whole(tmp_path: Path) -> None:
    """A longer file leaves no rest behind."""
    path = tmp_path / "plan.txt"
    path.write_text("x" * 100_000)
    assert run(SHORT, *AS_OF, "--output", path).code == 0
    assert path.read_text(encoding="utf-8") == run(SHORT, *AS_OF).out


def test_nothing_is_written_where_one_profile_is_bad(tmp_path: Path, wrong: Path) -> None:
    """Neither the good plans, nor the folder, nor anything on stdout; an old plan stays as it was."""
    folder, old = tmp_path / "plans", tmp_path / "old.txt"
    ran = run(SHORT, wrong, *AS_OF, "--output", folder)
    assert (ran.code, ran.out) == (2, "")
    assert not folder.exists()
    old.write_text("old")
    assert run(wrong, *AS_OF, "--output", old).code == 2
    assert old.read_text() == "old"
    assert run(SHORT, wrong, *AS_OF, "--format", "json").out == ""


def test_two_profiles_of_one_name_are_not_written_over_each_other(tmp_path: Path) -> None:
    """a/p.yaml and b/p.yaml into one folder is refused before anything is written."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "p.yaml").write_text(minimal("findings: []"), encoding="utf-8")
    ran = run(tmp_path / "a" / "p.yaml", tmp_path / "b" / "p.yaml", *AS_OF, "--output", tmp_path / "plans")
    assert ran.code == 2
    assert "p.txt" in ran.err
    assert not (tmp_path / "plans").exists()


@pytest.mark.parametrize("kind", ["file for several", "below a file", "below a file for several"])
def test_an_output_that_cannot_be_written_is_bad_usage(tmp_path: Path, kind: str) -> None:
    """A path that does not work is told as such, and is no internal error."""
    (tmp_path / "file").write_text("here")
    path = tmp_path / "file" if kind == "file for several" else tmp_path / "file" / "plan"
    ran = run(SHORT, *([FLAGGED] if "several" in kind else []), *AS_OF, "--output", path)
    assert ran.code == 2
    assert "Internal error" not in ran.err
    assert str(tmp_path / "file") in ran.err
    assert (tmp_path / "file").read_text() == "here"


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step fails, the old file and no temporary one is there."""
    path = tmp_path / "plan.txt"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert run(SHORT, *AS_OF, "--output", path).code != 0
    assert [item.name for item in tmp_path.iterdir()] == ["plan.txt"]
    assert path.read_text() == "old"


def test_nothing_is_written_that_was_not_asked_for(tmp_path: Path) -> None:
    """A plan leaves no cache, no log and no temporary file in the working folder."""
    profile = tmp_path / "p.yaml"
    profile.write_text(minimal("findings: [weak glutes]"), encoding="utf-8")
    assert command(profile, *AS_OF, cwd=tmp_path).code == 0
    assert [item.name for item in tmp_path.iterdir()] == ["p.yaml"]
