"""Write files whole or not at all: whoever looks meanwhile, or after a sudden end, finds the old file or the new one."""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """Put the content in place of the file, which keeps its permissions unless others are given. Raises OSError."""
    with _beside(path, content) as made:
        made.chmod(mode or (stat.S_IMODE(path.stat().st_mode) if path.exists() else _usual_mode()))
        made.replace(path)


def create_whole(path: Path, content: bytes) -> None:
    """A new file. Raises FileExistsError where there is one already, also one that came meanwhile; OSError."""
    with _beside(path, content) as made:
        made.chmod(_usual_mode())
        try:
            os.link(made, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: not whole there, but never over another file
            with path.open("xb") as file:
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
        yield made
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def _usual_mode() -> int:
    """The permissions of a new file; what this process takes away can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return 0o666 & ~current
