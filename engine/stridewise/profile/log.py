"""A training log beside the profile: which file it is, and that it lies there."""

import os
from pathlib import Path

from stridewise.errors import Problems
from stridewise.profile.logs.activity import Asked, Further, Log, Run, nobody

__all__ = ["Asked", "Further", "Log", "Run", "nobody", "read_log"]

NOTHING_ASKED = Asked()


def read_log(
    name: str, folder: Path | None, problems: Problems, line: int, asked: Asked = NOTHING_ASKED, further: Further = nobody
) -> Log | None:
    """The log that a profile names, a file or a folder beside it. None where there is none; what is wrong is told."""
    if folder is None or Path(name).is_absolute() or ".." in Path(name).parts or name in ("", "."):
        problems.add(line, f'training.log: "{name}" is not a file beside the profile')
        return None
    from stridewise.profile.logs.read import read_path  # reading takes what few profiles need

    here = problems.within(str(folder / name))
    try:
        is_beside = Path(os.path.realpath(folder / name)).is_relative_to(os.path.realpath(folder))
    except ValueError:
        is_beside = True  # what cannot be the name of a file is told when it is read
    if not is_beside:
        here.add(0, "is a link that leads out of the profile's folder; a log lies beside its profile")
        return None
    return read_path(folder / name, str(folder / name), asked, here, further)
