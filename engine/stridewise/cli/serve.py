"""`recommend serve`: the page, on this machine alone."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stridewise.cli.hook_options import application_of, check_options, origins_of, secret_of, try_feedback
from stridewise.cli.inputs import load_program
from stridewise.cli.options import engine_options, today
from stridewise.cli.output import show

if TYPE_CHECKING:
    import socket

HOST = "127.0.0.1"
MISSING = (
    "the page needs Starlette and uvicorn: install them with pip install 'stridewise[web]', or start it with uv run --extra web"
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@engine_options
@click.option(
    "--clinic",
    "clinic_file",
    type=click.Path(path_type=Path),
    help="A YAML file {name, phone, logo, language} of the clinic that hands out sheets and letters.",
)
@click.option("--lang", default="", metavar="CODE", help="The page's language, as de (default: the clinic's, else English).")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: one that is free.")
@click.option("--no-open", is_flag=True, help="Print the address and open no browser.")
@click.option("--cds", is_flag=True, help="Answer the hooks of a record system (CDS Hooks 2.0) instead; no page, no folder.")
@click.option(
    "--secret",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --cds: the file of the secret in the address; made where there is none. Default: a new one at every start.",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    callback=origins_of,
    help="With --cds: a page that may ask, as https://ehr.example.",
)
@click.option(
    "--feedback",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --cds: the file that feedback on cards is appended to.",
)
def serve(
    folder: Path,
    as_of: date | None,
    packs: tuple[Path, ...],
    engine: str,
    clinic_file: Path | None,
    lang: str,
    port: int,
    no_open: bool,
    **hooks: Any,
) -> None:
    """Show the page: the profiles of FOLDER (default: the one you are in), their plans and sheets, to read, ask and change.

    It answers this machine alone, at an address that holds a secret; Ctrl-C ends it. What it writes is profiles, and files of
    rule packs, in FOLDER."""
    try:
        import starlette  # noqa: F401  # whether it is there
        import uvicorn
    except ImportError as missing:
        raise click.UsageError(MISSING) from missing
    import webbrowser

    from stridewise.program.languages import language_of
    from stridewise.render.clinic import NOBODY, read_clinic
    from stridewise.web.desk import Desk
    from stridewise.web.folder import Folder

    check_options(hooks)
    clinic = NOBODY if clinic_file is None else read_clinic(clinic_file)
    program, language = load_program(packs), lang or clinic.language
    language_of(program, language)  # an unknown one is told before anything is served
    desk = Desk(Folder(folder), program, lambda: as_of or today(), engine, packs, language, clinic)
    token = secret_of(hooks["secret"])
    try_feedback(hooks["feedback"])
    listening = _listening(port)
    at = f"{HOST}:{listening.getsockname()[1]}"
    app, address, told = application_of(desk, token, at, hooks)
    show(f"{told} at\n  {address}\nto this machine alone. Ctrl-C ends it.\n")
    if not (no_open or hooks["cds"]):
        webbrowser.open(address)
    # No line of a request is kept: neither addresses nor what was typed.
    settings = uvicorn.Config(app, access_log=False, log_level="critical", server_header=False, date_header=False, lifespan="off")
    uvicorn.Server(settings).run(sockets=[listening])


def _listening(port: int) -> "socket.socket":
    """A socket that only this machine reaches. Raises UsageError where the port is taken."""
    import socket

    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # there it would let two servers share the port
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((HOST, port))
        made.listen()  # at once: the address is shown, and opened, before the server takes the first request
    except OSError as failure:
        made.close()
        raise click.UsageError(f"port {port} cannot be used: {failure.strerror}; choose another --port") from failure
    return made
