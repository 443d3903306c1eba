"""What `recommend serve` starts: the page, or with --cds the hooks; and the options that only hooks have."""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from stridewise.web.desk import Desk

ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
SECRET = re.compile(r"[A-Za-z0-9_-]{43,100}")  # of 256 bits at least
OF_OTHERS = 0o077  # permissions


def check_options(hooks: Mapping[str, Any]) -> None:
    """Raises UsageError for options that do not go together."""
    given = [f"--{name.rstrip('s')}" for name in ("secret", "origins", "feedback") if hooks[name]]
    if given and not hooks["cds"]:
        raise click.UsageError(f"{', '.join(given)} goes with --cds; the page has a new secret at every start")
    context = click.get_current_context()
    if hooks["cds"] and context.get_parameter_source("folder") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--cds shows no folder: each call brings its profile; leave the folder out")


def origins_of(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Origins as they were typed. Raises BadParameter for what is none."""
    for origin in given:
        if not ORIGIN.fullmatch(origin):
            raise click.BadParameter(f'"{origin}" is no origin; expected one as https://ehr.example, without a path')
    return given


def secret_of(file: Path | None) -> str:
    """The secret in a file, which is made where there is none; without a file a new one. Raises UsageError where others can read
    the file, or it holds no secret."""
    from secrets import token_urlsafe

    if file is None:
        return token_urlsafe(32)
    try:
        if not file.exists():
            _new(file, token_urlsafe(32))
        if os.name != "nt" and stat.S_IMODE(file.stat().st_mode) & OF_OTHERS:
            raise click.UsageError(f"--secret {file}: others can read it; take that away with chmod 600")
        held = file.read_text("ascii").strip()
    except (OSError, UnicodeError) as failure:
        raise click.UsageError(f"--secret {file} cannot be used: {getattr(failure, 'strerror', None) or failure}") from failure
    if not SECRET.fullmatch(held):
        raise click.UsageError(
            f"--secret {file} holds no secret; expected 43 letters, digits, - and _ at least. A new file is filled"
        )
    return held


def _new(file: Path, secret: str) -> None:
    from stridewise.documents.writing import new_file

    with new_file(file) as made:
        made.write(f"{secret}\n".encode())


def try_feedback(file: Path | None) -> None:
    """Make the file that feedback is kept in, before anything is served. Raises UsageError where it cannot be written."""
    if file is None:
        return
    from stridewise.web.hooks import keep

    try:
        keep(file, ())
    except OSError as failure:
        raise click.UsageError(f"--feedback {file} cannot be written: {failure.strerror or failure}") from failure


def application_of(desk: "Desk", token: str, at: str, hooks: Mapping[str, Any]) -> tuple["ASGIApp", str, str]:
    """What is served at an address, the address to give on, and what it is."""
    hosts = (at, f"localhost:{at.rpartition(':')[2]}")
    if not hooks["cds"]:
        from stridewise.web.app import make_app

        return make_app(desk, token, hosts), f"http://{at}/{token}/", f"The profiles of {desk.folder.path} are shown"
    from stridewise.web.hooks import make_hooks

    return (
        make_hooks(desk, token, hosts, hooks["origins"], hooks["feedback"]),
        f"http://{at}/{token}/cds-services",
        "The hooks are answered",
    )
