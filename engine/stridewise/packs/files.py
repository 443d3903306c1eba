"""The files of a pack folder: which there are, what they hold, and one digest over all. None from outside the folder is read."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from stridewise.documents.located import Document
from stridewise.documents.reader import parse_document, read_bytes
from stridewise.errors import PackError, Problems, spelt_out

CASES = "cases"
PARTS = ("vocabulary", "exercises", "rules", "pathways", CASES)
PICTURES = "drawings"
TEXTS = "texts"  # read where a language is asked for: no part of a pack's digest, which vouches for what it recommends
_YAML = re.compile(r"\.ya?ml\Z")
_PICTURE = re.compile(r"\.(svg|png)\Z", re.IGNORECASE)
_LEFTOVER = re.compile(r"\.|.*~\Z")  # what editors and systems leave beside a file: .#x.yaml, ._x.yaml
SINGLE_FILES = ("pack.yaml", "sources.yaml")
BESIDE = ("README.md", "LICENSE", "CHANGELOG.md")  # for people


def _is_read(name: str, part: str = "") -> bool:
    """Is a file of this name one of a pack's documents, or of its drawings one of its pictures?"""
    wanted = _PICTURE if part == PICTURES else _YAML
    return wanted.search(name) is not None and not _LEFTOVER.match(name)


def _looks_meant(part: str, name: str) -> bool:
    """A file below a part of a pack, or with YAML in its name; what an editor leaves is nobody's."""
    within = part.partition("/")[0].lower()
    return not _LEFTOVER.match(name) and (
        within in (*PARTS, TEXTS, PICTURES) or re.search(r"\.ya?ml", name, re.IGNORECASE) is not None
    )


class PackFiles:
    """Each file is read once; `shown` is the folder's name in messages, `edited` what some hold instead of what is on disk."""

    def __init__(self, folder: Path, shown: str, problems: Problems, edited: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self.folder = folder
        self.shown = shown
        self.problems = problems
        self.edited = edited
        self.read: dict[str, bytes] = {}

    def names(self, part: str) -> list[str]:
        """The YAML files below one part of the pack, of its drawings the pictures, or the one file of that name; none where there
        is no such part."""
        top = self.folder / part
        if not top.exists() or _YAML.search(part):
            return [part] if top.exists() else []
        found: list[str] = []
        for at, folders, files in os.walk(top, onerror=partial(self._unreadable, part)):
            within = os.path.relpath(at, self.folder).replace(os.sep, "/")
            found += [f"{within}/{name}" for name in (*folders, *files) if _is_read(name, part)]
        return sorted(found)

    def unread(self) -> list[str]:
        """Files that look as if they were meant to be read and are not: another ending, another folder, a folder that is a link,
        which nothing walks into."""
        told = []
        for at, folders, files in os.walk(self.folder):
            part = os.path.relpath(at, self.folder).replace(os.sep, "/")
            linked = [name for name in folders if part != "." and os.path.islink(os.path.join(at, name))]  # noqa: PTH114, PTH118
            for name in (*files, *linked):
                path = name if part == "." else f"{part}/{name}"
                if not self._is_known(path, part, name) and _looks_meant(part, name):
                    told.append(path)
        return sorted(told)

    @staticmethod
    def _is_known(path: str, part: str, name: str) -> bool:
        within = part.partition("/")[0]
        return path in (*SINGLE_FILES, *BESIDE) or (within in (*PARTS, TEXTS, PICTURES) and _is_read(name, within))

    def _unreadable(self, part: str, failure: OSError) -> None:
        self.problems.within(f"{self.shown}/{part}").add(0, f"cannot be read: {failure.strerror or failure}")

    def document(self, name: str) -> Document:
        """One file, read as YAML. Raises PackError."""
        return parse_document(self.content(name), f"{self.shown}/{name}", PackError)

    def documents(self, part: str) -> Iterator[Document]:
        """The files of a part; what is wrong with one is recorded, and the others are read."""
        yield from self.documents_of(self.names(part))

    def documents_of(self, names: Iterable[str]) -> Iterator[Document]:
        """The files of these names, as `documents` reads them."""
        for name in names:
            try:
                yield self.document(name)
            except PackError as error:
                self.problems.found.extend(error.problems)
                self.problems.failed.update(names_in(self.read.get(name, b""), name))

    def keep(self, *parts: str) -> None:
        """Read the files of some parts, and look into none; what cannot be read is recorded."""
        for name in [name for part in parts for name in self.names(part)]:
            try:
                self.content(name)
            except PackError as error:
                self.problems.found.extend(error.problems)

    def cases(self) -> tuple[Document, ...]:
        """The files of cases, as they were when they were kept. Raises PackError with everything that is no YAML in them."""
        kept = {name: content for name, content in self.read.items() if name.startswith(f"{CASES}/")}
        problems = Problems(self.shown, PackError)
        documents = tuple(PackFiles(self.folder, self.shown, problems, kept).documents_of(kept))
        problems.raise_if_any()
        return documents

    def content(self, name: str) -> bytes:
        """The bytes of one file. Raises PackError."""
        here = self.problems.within(f"{self.shown}/{name}")
        if spelt_out(name) != name:
            here.add(0, "has a name that cannot be shown; rename the file")
            here.raise_if_any()
        if self._leads_out(name):
            here.add(0, "leads outside the pack's folder; a pack holds its own files")
            here.raise_if_any()
        if (content := self.edited.get(name)) is None:
            content = read_bytes(self.folder / name, Problems(here.path, PackError))
        self.read[name] = content
        return content

    def _leads_out(self, name: str) -> bool:
        """Only a link can: the file itself, or its part of the pack; no link below a part is walked into."""
        file, part = os.path.join(self.folder, name), os.path.join(self.folder, name.partition("/")[0])  # noqa: PTH118  # quick
        if not (os.path.islink(file) or os.path.islink(part)):  # noqa: PTH114
            return False
        return not Path(file).resolve().is_relative_to(self.folder.resolve())

    def digest(self) -> str:
        """The sha256 over the files read."""
        total = hashlib.sha256()
        for name in sorted(self.read):
            total.update(f"{name}\0{len(self.read[name])}\0".encode() + self.read[name])
        return total.hexdigest()


def names_in(content: bytes, file: str) -> list[str]:
    """What others may call by name of a file that nobody can read: of a vocabulary any word, of records what they are called."""
    text = content.decode(errors="replace")
    if "vocabulary/" not in file:
        text = "\n".join(re.findall(r"""\b(?:id|key|name|aliases)["']?\s*:(.*)""", text))
    return re.findall(r"""[^\s"'\[\]{},:]+""", text)


def digest_of(folder: Path) -> str:
    """The digest of all files of a pack, none of which is looked into. Raises PackError where one cannot be read."""
    files = PackFiles(folder, str(folder), Problems(str(folder), PackError))
    files.keep(*SINGLE_FILES, *PARTS, PICTURES)
    files.problems.raise_if_any()
    return files.digest()
