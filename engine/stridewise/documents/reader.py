"""Read YAML and JSON files of bounded size into plain values that remember their lines."""

import stat
from pathlib import Path

from stridewise.documents.json_reader import parse_json
from stridewise.documents.located import Document
from stridewise.documents.scalars import folded
from stridewise.documents.yaml_reader import parse_yaml
from stridewise.errors import Problems, StridewiseError

LINE_ENDINGS = (".jsonl", ".ndjson")  # of files with a JSON document a line
MAX_BYTES = 4_000_000


def read_document(path: Path, shown: str, error: type[StridewiseError]) -> Document:
    """Read one file. Raises `error` with every problem found, each at its line."""
    problems = Problems(shown, error)
    content = read_bytes(path, problems)
    return parse_document(content, shown, error)


def parse_document(content: bytes, shown: str, error: type[StridewiseError], at_most: int = MAX_BYTES) -> Document:
    """Parse bytes as JSON where the name ends in .json, else as YAML. Raises `error` with every problem found."""
    problems = Problems(shown, error)
    text = decode(content, problems, at_most)
    parse = parse_json if shown.lower().endswith(".json") else parse_yaml
    root = parse(text, problems)
    problems.raise_if_any()
    return Document(shown, root, content)


def read_bytes(path: Path, problems: Problems, at_most: int = MAX_BYTES) -> bytes:
    """The content of a regular file of bounded size; anything else is a problem and raised."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            problems.stop(0, "is not a regular file; give the path of a YAML or JSON file")
        if status.st_size > at_most:
            problems.stop(0, f"is {status.st_size} bytes long; at most {at_most} are read")
        return path.read_bytes()
    except (OSError, ValueError) as failure:
        problems.stop(0, f"cannot be read: {getattr(failure, 'strerror', None) or failure}")


def decode(content: bytes, problems: Problems, at_most: int = MAX_BYTES) -> str:
    """UTF-8 text, with or without a byte order mark; anything else is a problem and raised."""
    if len(content) > at_most:
        problems.stop(0, f"is {len(content)} bytes long; at most {at_most} are read")
    try:
        return folded(content.decode("utf-8-sig"))
    except UnicodeDecodeError as failure:
        problems.stop(content[: failure.start].count(b"\n") + 1, "is not UTF-8 text; save the file as UTF-8")
