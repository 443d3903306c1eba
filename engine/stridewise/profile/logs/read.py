"""A training log, whatever file or folder it is: told by what is in it, read, and the same run counted once."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from stridewise.documents.reader import parse_document, read_bytes
from stridewise.errors import Problems, ProfileError
from stridewise.profile.logs.activity import Asked, Further, LeftOut, Log, nobody
from stridewise.profile.logs.apple import read_apple
from stridewise.profile.logs.builder import from_plugin
from stridewise.profile.logs.devices import read_fit, read_gpx, read_tcx
from stridewise.profile.logs.rows import read_rows
from stridewise.profile.logs.sessions import FORMS, read_sessions
from stridewise.profile.logs.sheets import read_sheet, read_text
from stridewise.profile.logs.twice import counted_once

MOST_BYTES, MOST_FILES = 64_000_000, 5_000
LOOK = 4096
WORKBOOK = "is an Excel workbook or a zip archive; save the sheet as CSV, or unpack it and name the file or folder inside"
NO_LOG = "is no training log that is understood; docs/logs.md lists those that are"


def read_path(path: Path, shown: str, asked: Asked, problems: Problems, further: Further = nobody) -> Log:
    """The log in a file, or in all files of a folder. What cannot be read is told; then what is returned may be half of it."""
    if path.is_dir():
        log = _read_folder(path, shown, asked, problems, further)
    else:
        log = _read_file(path, path.name, asked, problems.within(shown), further)
    log = counted_once(replace(log, name=path.name, shown=shown))
    if not log.runs and not problems.found:
        problems.within(shown).add(0, _nothing_in(log))
    return log


def _nothing_in(log: Log) -> str:
    reasons = "; ".join(dict.fromkeys(one.why for one in log.left_out[:20]))
    others = f"{len(log.others)} of other sports; " if log.others else ""
    return f"holds no run: {others}{reasons or 'it has no rows'}"


# --- folders ----------------------------------------------------------------------------------------------------------


def _read_folder(folder: Path, shown: str, asked: Asked, problems: Problems, further: Further) -> Log:
    """Every file of a folder, in the order of their names; what is no log among them is left out by name."""
    files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    if len(files) > MOST_FILES:
        problems.within(shown).add(0, f"holds {len(files)} files; at most {MOST_FILES} are read")
        return Log(folder.name)
    return _together([_one_of(path, f"{shown}/{path.name}", asked, problems, further) for path in files])


def _one_of(path: Path, shown: str, asked: Asked, problems: Problems, further: Further) -> Log:
    if path.is_symlink() or not path.is_file():
        return Log(path.name, left_out=(LeftOut(path.name, 0, path.name, "a link or a folder; files alone are read"),))
    own = Problems(shown, ProfileError)
    log = _read_file(path, path.name, asked, own, further)
    if any(problem.message in (NO_LOG, WORKBOOK) or _is_no_table(problem.message) for problem in own.found):
        return Log(path.name, left_out=(LeftOut(path.name, 0, path.name, NO_LOG),))
    problems.found.extend(own.found)
    return log


def _is_no_table(message: str) -> bool:
    return message.startswith(("the column date is missing", "the column km is missing"))


def _together(logs: Sequence[Log]) -> Log:
    def every(name: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(item for log in logs for item in getattr(log, name)))

    made_by = ", ".join(dict.fromkeys(log.made_by for log in logs if log.made_by))
    activities = (every("runs"), every("others"), every("left_out"))
    return Log("", made_by, *activities, every("unread"), every("notes"), every("asides"))


# --- files ------------------------------------------------------------------------------------------------------------


def _read_file(path: Path, name: str, asked: Asked, problems: Problems, further: Further) -> Log:
    """The log in one file, by its first bytes."""
    try:
        if path.is_file() and _is_of_phone(path):
            with path.open("rb") as file:
                return read_apple(file, name, problems)
        return _read_content(read_bytes(path, problems, MOST_BYTES), name, asked, problems, further)
    except ProfileError:  # told already
        return Log(name)
    except OSError as failure:
        problems.add(0, f"cannot be read: {failure.strerror or failure}")
        return Log(name)


def _is_of_phone(path: Path) -> bool:
    """Apple Health: as large as a phone's memory of years, and read as it streams."""
    with path.open("rb") as file:
        first = file.read(LOOK)
    return b"<HealthData" in first or b"DOCTYPE HealthData" in first


def _read_content(content: bytes, name: str, asked: Asked, problems: Problems, further: Further) -> Log:
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content, problems)
    if content[8:12] == b".FIT":
        return read_fit(content, name, problems)
    start = content[:LOOK].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and b"<TrainingCenterDatabase" in content[:LOOK]:
        return read_tcx(content, name, problems)
    if start.startswith(b"<") and b"<gpx" in content[:LOOK]:
        return read_gpx(content, name, problems)
    return _read_words(content, start, name, asked, problems, further)


def _unpacked(content: bytes, problems: Problems) -> bytes:
    """What is inside gzip, as Strava packs the files of watches; bounded."""
    unpack = zlib.decompressobj(wbits=31)
    try:
        inside = unpack.decompress(content, MOST_BYTES)
    except zlib.error:
        inside = b""
    if not unpack.eof:
        problems.stop(0, f"cannot be unpacked, or holds more than {MOST_BYTES} bytes")
    return inside


def _read_words(content: bytes, start: bytes, name: str, asked: Asked, problems: Problems, further: Further) -> Log:
    """JSON, then a table of text, then whatever a plugin reads."""
    own = Problems(problems.path, ProfileError)
    log = _session(content, name, own) if start[:1] in (b"{", b"[") else _table(content, start, name, asked, own)
    if log is None and (read := further(name, content)) is not None:
        return from_plugin(*read, name, problems)
    problems.found.extend(own.found)
    return log or Log(name)


def _session(content: bytes, name: str, problems: Problems) -> Log | None:
    try:
        root = parse_document(content, "log.json", ProfileError, MOST_BYTES).root
    except ProfileError as failure:
        for problem in failure.problems:
            problems.add(problem.line, problem.message)
        return None
    log = read_sessions(root, name, problems)
    if log is None:
        problems.add(0, f"{NO_LOG}; in JSON they are {FORMS}")
    return log


def _table(content: bytes, start: bytes, name: str, asked: Asked, problems: Problems) -> Log | None:
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        problems.add(0, WORKBOOK)
        return None
    text = None if start.startswith(b"<") else read_text(content)
    if text is None:
        problems.add(0, NO_LOG)
        return None
    sheet = read_sheet(text[0], problems)
    if sheet is None:
        return None
    log = read_rows(sheet, name, asked, problems)
    return replace(log, asides=(*log.asides, text[1])) if text[1] else log
