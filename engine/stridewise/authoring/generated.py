"""Files that a program writes and that are kept: what is out of date, written anew or, in a check, named."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click


def stale_files(files: Mapping[str, str], folder: Path, own: str = "*") -> list[str]:
    """What is missing, different, or left over in the folder; `own` says which of its files are nobody else's, "" none."""
    different = [name for name, text in files.items() if not _holds(folder / name, text)]
    return different + (sorted(path.name for path in folder.glob(own) if path.name not in files) if own else [])


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def write_generated(files: Mapping[str, str], folder: Path, check: bool, command: str, own: str = "*") -> None:
    """Bring the folder up to date and say how. Raises ClickException in a check that finds something stale."""
    stale = stale_files(files, folder, own)
    for name in stale:
        click.echo(f"{'out of date' if check else 'written' if name in files else 'removed'}: {folder / name}")
        if not check:
            _write(folder / name, files.get(name))
    if check and stale:
        raise click.ClickException(f"run `{command} {folder}` and commit what it writes")


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def markdown_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The lines of a table; a bar in a cell would end it."""
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
