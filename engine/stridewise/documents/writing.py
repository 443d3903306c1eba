"""Write files whole or not at all: whoever looks meanwhile, or after a sudden end or a power cut, finds the old file or the new
one. What is in a file is on the disk before the file has its name, and the name before anybody is told.

A new file is for its owner alone, as plans and profiles tell of somebody's health, unless the folder is one that people share."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PRIVATE, GROUP = 0o600, 0o060


def write_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """Put the content in place of the file, which keeps its permissions; `mode` is that of a new one. Raises OSError."""
    with _beside(path, content) as made:
        put_in_place(made, path, mode)
        sync_folder(path.parent)


def put_in_place(made: Path, path: Path, mode: int | None = None) -> None:
    """Give a file that is wholly written, in the same file system, the name of another and its permissions, in one step. Whoever
    is to rely on the new name calls `sync_folder` after it. Raises OSError."""
    with made.open("rb") as file:
        made.chmod(mode_for(path, mode))
        os.fsync(file.fileno())
    made.replace(path)


def sync_folder(folder: Path) -> None:
    """Bring what a folder lists to the disk. A system that opens no folders, or a file system that cannot, is left alone."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def create_whole(path: Path, content: bytes) -> None:
    """A new file. Raises FileExistsError where there is one already, also one that came meanwhile; OSError."""
    with _beside(path, content) as made:
        made.chmod(mode_for(path))
        try:
            os.link(made, path)
            sync_folder(path.parent)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: not whole there, but never over another file
            with new_file(path) as file:
                file.write(content)


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """The content in a file of its own in the same folder, which is gone afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=False)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield made
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def new_file(path: Path) -> BinaryIO:
    """A file that was not there, open for its owner alone to write. Raises FileExistsError, also where a link stands; OSError."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, PRIVATE))  # a Path takes no opener


def mode_for(path: Path, mode: int | None = None) -> int:
    """The permissions of a file that is written: those it has, else these, else its owner's and those of a group that shares
    the folder. Raises OSError."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    if mode is not None:
        return mode
    return PRIVATE | (usual_mode() & GROUP if _is_shared(path.parent) else 0)


def _is_shared(folder: Path) -> bool:
    """Does the folder hand its group on to what is made in it (setgid), or say itself who may read that (a default ACL)?"""
    try:
        return bool(folder.stat().st_mode & stat.S_ISGID) or "system.posix_acl_default" in os.listxattr(folder)
    except (AttributeError, OSError):  # a system or file system without such
        return False


def usual_mode() -> int:
    """The permissions of a new file that anybody may read; what this process takes away can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return 0o666 & ~current
