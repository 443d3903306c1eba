"""The one folder that is served: its profiles by their file names, and nothing else of it or outside it."""

import hashlib
import os
import re
from pathlib import Path
from threading import Lock

from stridewise.documents.reader import MAX_BYTES, read_bytes
from stridewise.documents.writing import create_whole, write_whole
from stridewise.errors import Problems, ProfileError
from stridewise.packs.foreign_files import PROFILE_ENDINGS

LOOK = 64_000  # bytes within which a profile names its runner
_RUNNER = re.compile(rb'^(\xef\xbb\xbf)?\s*[{,]?\s*"?runner"?\s*:', re.MULTILINE)
_NEW = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}(\.ya?ml)?")


class NotHereError(Exception):
    """No profile of that name is in the folder, or what the message says."""


class ChangedError(Exception):
    """The file is no longer what the form was made for."""


class Folder:
    """The profiles of a folder. Names are file names, without any step."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.real = Path(os.path.realpath(path))
        self.writing = Lock()

    def profiles(self) -> list[str]:
        """The names of all profiles, in order."""
        return sorted(name for name in os.listdir(self.path) if self._is_profile(name))  # noqa: PTH208  # names alone

    def at(self, name: str) -> Path:
        """The path of a profile. Raises NotHereError."""
        if not self._is_profile(name):
            raise NotHereError
        return self.path / name

    def _is_profile(self, name: str) -> bool:
        """Is it a regular file of this folder, also behind a link, that names a runner?"""
        if name.startswith(".") or Path(name).name != name or not name.lower().endswith(PROFILE_ENDINGS):
            return False
        try:
            real = Path(os.path.realpath(self.path / name))
            if not real.is_relative_to(self.real) or not real.is_file():
                return False
            with real.open("rb") as file:
                return _RUNNER.search(file.read(LOOK)) is not None
        except (OSError, ValueError):
            return False

    def content(self, name: str) -> bytes:
        """What a profile's file holds. Raises NotHereError, ProfileError."""
        path = self.at(name)
        return read_bytes(path, Problems(str(path), ProfileError), MAX_BYTES)

    def write(self, name: str, content: bytes, was: str) -> None:
        """Put new content in place of the content with the digest `was`. Raises ChangedError where it is another by now."""
        path = self.at(name)
        self.replace(Path(os.path.realpath(path)), content, was, Problems(str(path), ProfileError))

    def replace(self, path: Path, content: bytes, was: str, problems: Problems) -> None:
        """Put new content in place of a file's, unless that is another by now. Raises ChangedError; problems where it cannot be
        read or written."""
        with self.writing:
            if digest(read_bytes(path, problems, MAX_BYTES)) != was:
                raise ChangedError
            try:
                write_whole(path, content)
            except OSError as failure:
                problems.add(0, f"cannot be written: {failure.strerror or failure}; nothing was changed")
                problems.raise_if_any()

    def create(self, name: str, content: bytes) -> str:
        """A new profile, and the name of its file. Raises ProfileError where the name will not do or is taken."""
        file = file_name(name)
        try:
            with self.writing:
                create_whole(self.path / file, content)
        except FileExistsError:
            raise ProfileError(f"{file} is there already; choose another name") from None
        except OSError as failure:
            raise ProfileError(f"{file} cannot be written: {failure.strerror or failure}") from failure
        return file


def file_name(name: str) -> str:
    """The file of a new profile. Raises ProfileError where the name will not do."""
    if not _NEW.fullmatch(name):
        raise ProfileError(f'"{name[:60]}" is no name for a profile; use letters, digits, - and _, such as R-014')
    return name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"


def digest(content: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content).hexdigest()
