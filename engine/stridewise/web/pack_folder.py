"""The pack folders inside the served folder, and their YAML files: to be listed, read and written, none of them outside, none
executed."""

import os
from pathlib import Path
from urllib.parse import quote_plus

from stridewise.documents.reader import MAX_BYTES, read_bytes
from stridewise.errors import PackError, Problems, spelt_out
from stridewise.packs.files import PARTS, SINGLE_FILES, PackFiles
from stridewise.web.folder import Folder, NotHereError
from stridewise.web.guard import MOST_BYTES

DEEPEST = 4  # folders below the served one in which packs are looked for
NOWHERE = "No such rule pack, or no such file of it, is in this folder."
_MARK = b"\xef\xbb\xbf"
_ROOM = 2_000  # bytes of a form beside the text


class PackFolders:
    """The packs of a folder. A pack is named by its path in it, a file by its path in the pack."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def packs(self) -> list[str]:
        """Every folder with a pack.yaml; no link is followed, nothing hidden looked into."""
        found = []
        for at, folders, files in os.walk(self.folder.real):
            path = Path(at).relative_to(self.folder.real)
            folders[:] = [name for name in folders if not name.startswith(".")] if len(path.parts) < DEEPEST else []
            if "pack.yaml" in files:
                found.append(path.as_posix())
        return sorted(found)

    def at(self, pack: str) -> Path:
        """The folder of a pack. Raises NotHereError."""
        if pack not in self.packs():
            raise NotHereError(NOWHERE)
        return self.folder.real / pack

    def shown(self, pack: str) -> str:
        """The pack as messages name it."""
        return self.folder.real.name if pack == "." else pack

    def files(self, pack: str) -> list[str]:
        """The files of a pack that are read as YAML. Raises NotHereError."""
        return self._files(pack, self.at(pack))

    def _files(self, pack: str, folder: Path) -> list[str]:
        files = PackFiles(folder, self.shown(pack), Problems(self.shown(pack), PackError))
        return [name for part in (*reversed(PARTS), *SINGLE_FILES) for name in files.names(part)]

    def content(self, pack: str, file: str) -> bytes:
        """What a file of a pack holds. Raises NotHereError, PackError."""
        path = self._path(pack, file)
        return read_bytes(path, Problems(f"{self.shown(pack)}/{file}", PackError), MAX_BYTES)

    def write(self, pack: str, file: str, content: bytes, was: str) -> None:
        """Put new content in place of the content with the digest `was`. Raises NotHereError, ChangedError, PackError."""
        path = self._path(pack, file)
        self.folder.replace(path, content, was, Problems(f"{self.shown(pack)}/{file}", PackError))

    def _path(self, pack: str, file: str) -> Path:
        """The path of a file, behind a link where it is one that stays in its pack. Raises NotHereError."""
        folder = self.at(pack)
        if file not in self._files(pack, folder):
            raise NotHereError(NOWHERE)
        real = Path(os.path.realpath(folder / file))
        if not real.is_relative_to(folder):
            raise NotHereError(NOWHERE)
        return real


def text_of(content: bytes, shown: str) -> str:
    """A file as a form shows it, so that it comes back as it was. Raises PackError where it would not."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PackError(f"{shown} is not UTF-8 text; save it as UTF-8 first") from error
    if spelt_out(text) != text or content_of(text, content) != content:
        raise PackError(f"{shown} holds signs that a form would change; edit it with an editor")
    if len(quote_plus(text)) > MOST_BYTES - _ROOM:
        raise PackError(f"{shown} is too long for a form; edit it with an editor, or divide it")
    return text


def content_of(text: str, before: bytes) -> bytes:
    """The text as a file, with the line ends and the byte order mark of the content before."""
    ends = text.replace("\n", "\r\n") if b"\r\n" in before else text
    return (_MARK if before.startswith(_MARK) else b"") + ends.encode()
