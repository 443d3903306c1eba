"""Files that a program writes and that are kept: what is out of date, written anew or, in a check, named."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
from jinja2 import Environment, PackageLoader, StrictUndefined

NOTHING_MORE: Mapping[str, Any] = MappingProxyType({})


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


# --- pages, filled in from the templates in pages/ ------------------------------------------------------------------------


def page(
    name: str,
    command: str,
    told: Mapping[str, Any],
    filters: Mapping[str, Callable[..., str | Iterable[Any]]] = NOTHING_MORE,
    finalize: Callable[[Any], str] | None = None,
) -> str:
    """The page of this template. `command` is what writes it, `finalize` what is done with everything that is told."""
    pages = Environment(  # noqa: S701  # Markdown: what may stand in it is for `finalize` to say
        loader=PackageLoader("stridewise.authoring", "pages"),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"code": code, **filters}
    pages.globals |= {"head": head, "row": row, "command": command}
    return pages.get_template(f"{name}.md.j2").render(told).rstrip() + "\n"


def head(*titles: str) -> str:
    """The first two lines of a table."""
    return f"{row(*titles)}\n{row(*('---' for _ in titles))}"


def row(*cells: str, bar: str = "/") -> str:
    """A line of a table; a bar in a cell would end it."""
    return f"| {' | '.join(cell.replace('|', bar) for cell in cells)} |"


def code(names: str | Iterable[str]) -> str:
    """A name, or several with commas between, as code."""
    return ", ".join(f"`{name}`" for name in ([names] if isinstance(names, str) else names))
