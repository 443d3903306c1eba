"""Training logs for the tests: a file or its text, read."""

from pathlib import Path

from stridewise.errors import Problems, ProfileError
from stridewise.profile.logs.activity import Asked, Further, Log, nobody
from stridewise.profile.logs.read import read_path


def read(path: Path, unit: str = "", dates: str = "", further: Further = nobody) -> tuple[Log, list[str]]:
    """The log of a file or folder, and what is told to be wrong with it."""
    problems = Problems(path.name, ProfileError)
    log = read_path(path, path.name, Asked(unit, dates), problems, further)
    return log, [str(problem) for problem in problems.found]


def read_words(folder: Path, text: str | bytes, name: str = "runs.csv", **asked: str) -> tuple[Log, list[str]]:
    """The log of a text, as if it stood in a file of this name."""
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read(folder / name, **asked)
