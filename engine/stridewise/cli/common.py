"""What several commands share: options, loading packs and profiles, writing results."""

import os
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from stridewise.profile.profile import Profile
    from stridewise.program.program import Program
    from stridewise.session import Session

ENGINES = ("both", "durable", "reference")


class ReaderLeftError(Exception):
    """Whoever read our output has enough: no error."""


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A calendar day, 2026-11-21."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from stridewise.plan.model import FIRST_YEAR, LAST_YEAR

        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a date; write it as 2026-11-21', param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"{value} is outside the years {FIRST_YEAR} to {LAST_YEAR}", param, ctx)
        return day


class PlanFormat(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A format of the plan: one of ours, or one that a plugin brings. Plugins are asked only for a name that is none of ours."""

    name = "format"

    def __init__(self, own: Iterable[str]) -> None:
        self.own = tuple(own)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = str(value).lower()
        if name not in self.own and name not in (further := further_formats()):
            self.fail(f'"{value}" is not one of {", ".join((*self.own, *further))}', param, ctx)
        return name


def today() -> date:
    """The clock is read here and nowhere else."""
    try:
        return datetime.now().astimezone().date()
    except ValueError as failure:
        raise click.UsageError(f"the time zone of this machine cannot be used: {failure}; give --as-of") from failure


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--as-of, --pack and --engine, for every command that makes a plan."""
    command = click.option(
        "--engine", type=click.Choice(ENGINES), default="both", show_default=True, help="Which matcher infers; both must agree."
    )(command)
    command = pack_option(command)
    return click.option(
        "--as-of", type=Day(), default=None, metavar="DATE", help="The day the plan is made for (default: today)."
    )(command)


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--pack DIR, repeatable."""
    kind = click.Path(path_type=Path)
    return click.option("--pack", "packs", type=kind, multiple=True, metavar="DIR", help="Add a rule pack folder (repeatable).")(
        command
    )


def load_program(folders: tuple[Path, ...] = (), instead: tuple[Path, ...] = ()) -> "Program":
    """The program of all installed packs and these folders."""
    from stridewise.program import load

    return load.load_program(folders, instead)


def load_profile(path: Path) -> "Profile":
    """One profile file, in our notation or in a format that a plugin reads."""
    from stridewise.packs.plugins import load_any_profile

    return load_any_profile(path)


def further_formats() -> "dict[str, Callable[[dict[str, Any]], str]]":
    """What plugins add to --format."""
    from stridewise.packs.plugins import plan_formats, plugin_manager

    return plan_formats(plugin_manager())


def hold(path: Path, packs: tuple[Path, ...], as_of: date | None, engine: str) -> "Session":
    """A session for one profile."""
    from stridewise.session import hold_session

    return hold_session(load_profile(path), load_program(packs), as_of or today(), engine)


def keep_inputs(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    """Raises UsageError where something would be written over what it is made of, through links too."""
    taken = {os.path.realpath(path): path for path in inputs}
    for output in outputs:
        if (path := taken.get(os.path.realpath(output))) is not None:
            raise click.UsageError(f"{output} would be written over the input {path}; choose another --output")


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, bytes as they are. Raises UsageError where it cannot be written or is no regular file."""
    from stridewise.errors import spelt_out

    if path.exists() and not path.is_file():
        raise click.UsageError(f"{path} is not a regular file; name a file, or leave --output out to print")
    try:
        _write_whole(path, content if isinstance(content, bytes) else spelt_out(content).encode())
    except OSError as failure:
        raise click.UsageError(f"{path} cannot be written: {failure.strerror or failure}") from failure


def _write_whole(path: Path, content: bytes) -> None:
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=False)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The permissions this process takes away; it can only be read by setting it."""
    current = os.umask(0)
    os.umask(current)
    return current


def show(content: str | bytes) -> None:
    """Plain text to stdout, as UTF-8 whatever the locale says; what cannot be shown (of a file's name, say) as its code; bytes as
    they are. Raises ReaderLeftError where nobody reads on."""
    from stridewise.errors import spelt_out

    if sys.stdout is None:
        raise click.UsageError("standard output is closed; give --output")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        click.echo(content if isinstance(content, bytes) else spelt_out(content), nl=False)
        sys.stdout.flush()
    except BrokenPipeError as failure:
        raise ReaderLeftError from failure
    except OSError as failure:
        raise click.UsageError(f"standard output cannot be written: {failure.strerror or failure}") from failure
