"""Files are written whole or not at all, and a new one is for its owner alone where the folder does not say otherwise."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stridewise.batch.run import Output
from stridewise.cli.output import write_file
from stridewise.documents import writing
from stridewise.documents.writing import create_whole, write_whole

pytestmark = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")


def batch_writes(path: Path, content: bytes) -> None:
    """A plan of a batch, by way of its work folder."""
    output = Output(path.parent, is_file=False)
    output.work.mkdir(exist_ok=True)
    output.write(path, lambda file: file.writelines([content]))


def command_writes(path: Path, content: bytes) -> None:
    write_file(path, content)


WRITERS = (write_whole, create_whole, batch_writes, command_writes)
OVER = (write_whole, batch_writes, command_writes)
Writer = Callable[[Path, bytes], None]


@pytest.fixture(autouse=True, params=[0o022, 0o007])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a user has set."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("write", WRITERS)
def test_a_new_file_is_for_its_owner_alone(tmp_path: Path, write: Writer) -> None:
    write(tmp_path / "plan.json", b"{}")
    assert ((tmp_path / "plan.json").read_bytes(), mode(tmp_path / "plan.json")) == (b"{}", 0o600)


@pytest.mark.parametrize("write", WRITERS)
def test_in_a_folder_of_a_group_it_is_for_the_group_too(tmp_path: Path, write: Writer) -> None:
    """As the umask leaves it, and never for everybody."""
    folder = tmp_path / "team"
    folder.mkdir()
    folder.chmod(0o2770)
    write(folder / "plan.json", b"{}")
    assert mode(folder / "plan.json") == 0o600 | (writing.usual_mode() & 0o060)


@pytest.mark.parametrize("write", OVER)
@pytest.mark.parametrize("before", [0o600, 0o640, 0o644, 0o666])
def test_a_file_that_is_there_keeps_its_permissions(tmp_path: Path, write: Writer, before: int) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    path.chmod(before)
    write(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", before)


def test_what_tells_of_nobody_is_for_whom_the_umask_leaves_it(tmp_path: Path) -> None:
    write_file(tmp_path / "x.svg", "<svg/>", for_anybody=True)
    assert mode(tmp_path / "x.svg") == writing.usual_mode()


@pytest.mark.parametrize("write", [write_whole, create_whole])
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Writer
) -> None:
    """Found when the last bytes are handed over."""
    path = tmp_path / "plan.json"
    if write is write_whole:
        path.write_bytes(b"old")
    before = [(one.name, one.read_bytes()) for one in tmp_path.iterdir()]
    fdopen = os.fdopen

    def full(handle: int, kind: str) -> object:
        file = fdopen(handle, kind)
        file.close()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing.os, "fdopen", full)
    with pytest.raises(OSError, match="No space left"):
        write(path, b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == before


def test_a_new_file_is_made_over_no_other(tmp_path: Path) -> None:
    """Nor through a link, also where the file system has no hard links."""
    (tmp_path / "old.yaml").write_bytes(b"old")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "elsewhere")
    for name in ("old.yaml", "link.yaml"):
        with pytest.raises(FileExistsError):
            create_whole(tmp_path / name, b"new")
    assert (tmp_path / "old.yaml").read_bytes() == b"old"
    assert not (tmp_path / "elsewhere").exists()
