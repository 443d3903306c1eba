"""What several commands share: options, loading packs and profiles, writing results."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from stridewise.profile import Profile
    from stridewise.program import Program
    from stridewise.session import Session

ENGINES = ("both", "durable", "reference")


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A calendar day, 2026-11-21."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a date; write it as 2026-11-21', param, ctx)


def today() -> date:
    """The clock is read here and nowhere else."""
    return datetime.now().astimezone().date()


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
    """The program of all installed packs and these folders. `instead` folders take the place of packs of the same name.

    Raises PluginError where no pack refers anybody: a missing safety pack may never be silent."""
    from stridewise.errors import PluginError
    from stridewise.plugins import load_packs, plugin_manager
    from stridewise.program import build_program
    from stridewise.rule import Refer

    program = build_program(load_packs(plugin_manager(), folders, instead))
    if not any(isinstance(item, Refer) for rule in program.rules for item in rule.consequents):
        raise PluginError("no safety pack is loaded: no rule refers anybody. No plan is made. Reinstall stridewise")
    return program


def load_profile(path: Path) -> "Profile":
    """One profile file."""
    from stridewise.profile import load_profile as load

    return load(path)


def hold(path: Path, packs: tuple[Path, ...], as_of: date | None, engine: str) -> "Session":
    """A session for one profile."""
    from stridewise.session import hold_session

    return hold_session(load_profile(path), load_program(packs), as_of or today(), engine)


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=False)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def show(text: str) -> None:
    """Plain text to stdout, as UTF-8 whatever the locale says."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    click.echo(text, nl=False)
