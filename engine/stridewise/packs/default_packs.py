"""The pack folders that a user enabled once for every command: one list in a file of their own. Nothing but the command looks at
it, and a folder in it that is gone is told, never left out."""

import os
from collections.abc import Iterable
from pathlib import Path

from stridewise.documents.located import LocatedList
from stridewise.documents.reader import read_document
from stridewise.documents.scalars import folded
from stridewise.errors import PackError, Problem, Problems, spelt_out

CONFIG = "STRIDEWISE_CONFIG"
FILE = "packs.yaml"
HEAD = "# Rule packs that every command loads beside the installed ones: recommend pack enable DIR, recommend pack disable DIR\n"


def list_file() -> Path:
    """The file that holds the list: in the folder that the environment names, else where this system keeps settings."""
    if named := os.environ.get(CONFIG):
        return Path(named) / FILE
    import click  # the command has it; a library that asks for the list pays for it then

    return Path(click.get_app_dir("stridewise")) / FILE


def default_packs() -> tuple[Path, ...]:
    """The enabled folders, in their order. Raises PackError where the list cannot be read or a folder holds no pack any more."""
    problems = Problems(str(list_file()), PackError)
    listed = _listed()
    for line, folder in listed:
        if not (folder / "pack.yaml").is_file():
            how = f'Put it back, or leave it out from now on: recommend pack disable "{folder}"'
            problems.add(line, f'the enabled rule pack "{folder}" is not there any more. {how}')
    problems.raise_if_any()
    return tuple(folder for _, folder in listed)


def enable(folder: Path) -> bool:
    """Put a folder on the list. Was it not there yet? Raises PackError, OSError."""
    listed = enabled()
    wanted = _absolute(folder)
    if any(_is_same(wanted, one) for one in listed):
        return False
    _write([*listed, wanted])
    return True


def disable(folder: Path) -> Path | None:
    """Take a folder off the list, named by its path, or by the name of the folder where only one has it. The path taken off; None
    where none is meant. Raises PackError, OSError."""
    listed = enabled()
    meant = [one for one in listed if _is_same(_absolute(folder), one)] or [one for one in listed if one.name == str(folder)]
    if len(meant) != 1:
        return None
    _write([one for one in listed if one != meant[0]])
    return meant[0]


def enabled() -> list[Path]:
    """The list as it stands, whether its folders are there or not. Raises PackError where it cannot be read."""
    return [folder for _, folder in _listed()]


def _listed() -> list[tuple[int, Path]]:
    """Each folder with its line."""
    file = list_file()
    try:
        os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as failure:  # it may name a pack that must not be missing
        raise PackError([Problem(str(file), 0, f"cannot be read: {failure.strerror or failure}")]) from failure
    root = read_document(file, str(file), PackError).root
    problems = Problems(str(file), PackError)
    if not isinstance(root, LocatedList):
        problems.add(1, "expected a list of pack folders; remove this file, and enable them again")
        problems.raise_if_any()
    lines = [root.lines.get(number, root.line) for number in range(len(root))]
    for line, entry in zip(lines, root, strict=True):
        if not isinstance(entry, str) or not Path(entry).is_absolute():
            problems.add(line, f'expected the whole path of a pack folder, found "{entry}"; mend or remove this line')
    problems.raise_if_any()
    return list(zip(lines, map(Path, root), strict=True))


def _write(folders: Iterable[Path]) -> None:
    import json  # a string in JSON is one in YAML

    from stridewise.documents.writing import write_whole

    def line(name: str) -> str:
        """A name with letters that are read as others stand for (an accent of its own, as on a Mac) is spelt out."""
        return f"- {json.dumps(name, ensure_ascii=folded(name) != name)}\n"

    lines = "".join(line(str(folder)) for folder in folders)
    write_whole(list_file(), (HEAD + (lines or "[]\n")).encode())


def _absolute(folder: Path) -> Path:
    """The whole path. Raises PackError where its letters cannot be written down."""
    path = Path(os.path.abspath(folder))  # noqa: PTH100  # a link stays one: what it leads to may be another version tomorrow
    if spelt_out(str(path)) != str(path):
        raise PackError([Problem(str(path), 0, "has a name that cannot be written down; rename the folder")])
    return path


def _is_same(one: Path, other: Path) -> bool:
    return one == other or os.path.realpath(one) == os.path.realpath(other)
