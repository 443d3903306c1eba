"""What is done already, so that a batch that was killed goes on where it stopped.

A hidden folder beside the output holds it while the batch runs, and is removed when everything is written. A line that was
cut off, or that does not fit its own digest, counts as never written."""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

try:
    import fcntl
except ImportError:  # Windows: two batches into one output are not told apart there
    fcntl = None  # type: ignore[assignment]

NAME = "journal"
TEXTS = ("name", "profile_sha256", "log", "log_sha256", "status", "died", "sha256")


class BusyError(Exception):
    """Another batch is writing to the same output."""


@dataclass(frozen=True, slots=True)
class Done:
    """One plan that is made: from what, and where its bytes are in the journal (a length of 0: in a file of its own)."""

    name: str
    profile_sha256: str
    log: str
    log_sha256: str
    status: str
    died: str
    sha256: str
    start: int = 0
    length: int = 0


class Journal:
    """The record of one batch. `header` is what all its plans were made with; under another one the record starts anew."""

    def __init__(self, folder: Path, header: dict[str, Any]) -> None:
        self.folder = folder
        self.done: dict[str, Done] = {}
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file: BinaryIO = os.fdopen(
            os.open(folder / NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600), "r+b"
        )
        try:
            self._lock()
            self._read(header)
        except BaseException:
            self.file.close()
            raise

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def _lock(self) -> None:
        if fcntl is not None:
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as failure:
                raise BusyError from failure

    def _read(self, header: dict[str, Any]) -> None:
        """Take over what an earlier run with the same header wrote; whatever follows its last whole line is cut off."""
        first = json.dumps(header, sort_keys=True).encode() + b"\n"
        end = 0
        if self.file.readline() == first:
            end = len(first)
            for done, after in self._lines(end):
                self.done[done.name], end = done, after
        self.file.seek(end)
        self.file.truncate()
        if not end:
            self._append(first)

    def _lines(self, start: int) -> Iterator[tuple[Done, int]]:
        while (line := self.file.readline()).endswith(b"\n"):
            head, _, plan = line.partition(b"\t")
            with contextlib.suppress(ValueError, TypeError, RecursionError):
                done = Done(**json.loads(head), start=start + len(head) + 1, length=len(plan))
                is_ours = all(isinstance(getattr(done, name), str) for name in TEXTS)
                if is_ours and (not plan or hashlib.sha256(plan).hexdigest() == done.sha256):
                    start += len(line)
                    yield done, start
                    continue
            return

    def add(self, done: Done, plan: bytes = b"") -> None:
        """Note a plan that is made; `plan`, one line, is kept here until the end."""
        record = {key: value for key, value in asdict(done).items() if key not in ("start", "length")}
        head = json.dumps(record).encode() + (b"\t" if plan else b"\n")
        start = self.file.tell() + len(head)
        self._append(head + plan)
        self.done[done.name] = Done(**record, start=start, length=len(plan))

    def _append(self, line: bytes) -> None:
        self.file.write(line)
        self.file.flush()

    def plans(self, names: Iterator[str]) -> Iterator[bytes]:
        """The plans kept here, in the order of these names."""
        for name in names:
            if done := self.done.get(name):
                self.file.seek(done.start)
                yield self.file.read(done.length)

    def remove(self) -> None:
        """Everything is written: no trace is left."""
        shutil.rmtree(self.folder)
