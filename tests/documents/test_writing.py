"""A file is written whole or not at all: on the disk before it has its name, and as private as it was."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from stridewise.batch.run import Output
from stridewise.documents.writing import create_whole, write_whole


def batched(path: Path, content: bytes) -> None:
    """As a batch writes a plan."""
    output = Output(path.parent, is_file=False)
    output.work.mkdir(parents=True, exist_ok=True)
    output.write(path, lambda file: file.writelines([content]))
    output.sync()


def steps_of(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the system, in its order."""
    steps: list[str] = []
    sync, replace, link = os.fsync, Path.replace, os.link

    def note(handle: int) -> None:
        steps.append("sync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else f"sync {os.fstat(handle).st_size} bytes")
        sync(handle)

    def rename(self: Path, target: Path) -> Path:
        steps.append("name")
        return replace(self, target)

    def linked(made: Path, path: Path) -> None:
        steps.append("name")
        link(made, path)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(Path, "replace", rename)
    monkeypatch.setattr(os, "link", linked)
    return steps


@pytest.mark.parametrize("write", [write_whole, create_whole, batched])
def test_what_is_in_a_file_is_on_the_disk_before_the_file_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    steps = steps_of(monkeypatch)
    write(tmp_path / "plan.json", b"whole")
    named = steps.index("name")
    assert "sync 5 bytes" in steps[:named]
    assert steps[named + 1 :] == ["sync folder"]
    assert (tmp_path / "plan.json").read_bytes() == b"whole"


@pytest.mark.parametrize("write", [write_whole, batched])
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_a_plan_keeps_its_permissions_when_it_is_written_anew(
    tmp_path: Path, mode: int, write: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    path.chmod(mode)
    write(path, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", mode)


@pytest.mark.parametrize("write", [write_whole, batched])
def test_a_disk_that_fails_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["plan.json"]


def test_a_file_system_that_syncs_no_folders_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def no_folders(path: Path, *more: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied")
        return opened(path, *more)

    monkeypatch.setattr("stridewise.documents.writing.os.open", no_folders)
    write_whole(tmp_path / "plan.json", b"whole")
    assert (tmp_path / "plan.json").read_bytes() == b"whole"
