"""What commands read: the program of the packs, profiles, and things by their names."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from stridewise.profile.profile import Profile
    from stridewise.program.program import Program

T = TypeVar("T")
STDIN = Path("-")


def load_program(folders: tuple[Path, ...] = (), instead: tuple[Path, ...] = ()) -> "Program":
    """The program of all installed packs and these folders."""
    from stridewise.program import load

    return load.load_program(folders, instead)


def load_profile(path: Path) -> "Profile":
    """One profile file, in our notation or in a format that a plugin reads; `-` is standard input."""
    from stridewise.packs.foreign_files import load_any_profile

    return _profile_from_stdin() if path == STDIN else load_any_profile(path)


def _profile_from_stdin() -> "Profile":
    """A profile in YAML or JSON from standard input; its log is looked for in the folder one stands in."""
    from stridewise.documents.reader import MAX_BYTES, parse_document
    from stridewise.errors import ProfileError
    from stridewise.profile.profile import read_profile

    if sys.stdin is None or sys.stdin.closed:
        raise click.UsageError("standard input is closed; give a file")
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    return read_profile(parse_document(content, "stdin", ProfileError), Path())


def matching(text: str, known: Mapping[str, T], words: Callable[[T], Iterable[str]], what: str) -> list[T]:
    """What one of its words names, else all that hold the text in one of them. Raises UsageError where none does."""
    from stridewise.errors import did_you_mean
    from stridewise.language.vocabulary import fold

    key = fold(text)
    spoken = [(one, [fold(word) for word in words(one)]) for one in known.values()]
    exact = [one for one, own in spoken if key and key in own]
    meant = exact or [one for one, own in spoken if any(key in word for word in own)]
    if not meant:
        raise click.UsageError(f'no {what} matches "{text}".{did_you_mean(text, known)} `recommend {what}` lists all')
    return meant
