"""`recommend log`: what a training log says, before anything rests on it."""

from datetime import date
from pathlib import Path

import click

from stridewise.cli.options import Day, today
from stridewise.cli.output import show


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE|FOLDER")
@click.option("--as-of", type=Day(), default=None, metavar="DATE", help="The day the plan would be made for (default: today).")
@click.option("--unit", type=click.Choice(("km", "mi", "m")), default=None, help="Of the distances, where the file does not say.")
@click.option("--dates", type=click.Choice(("d/m", "m/d")), default=None, help="Is 3/4 the 3rd of April (d/m) or March the 4th?")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def log(path: Path, as_of: date | None, unit: str | None, dates: str | None, form: str) -> None:
    """Show what is read from a training log: runs, other sports, weeks; and what is left out, with the reason.

    An export of Strava, Garmin Connect, Apple Health and others, a sheet kept by hand, or a folder of GPX, TCX and FIT files."""
    from functools import partial

    from stridewise.errors import Problems, ProfileError
    from stridewise.packs.foreign_files import further_log
    from stridewise.packs.plugins import plugin_manager
    from stridewise.profile.log import Asked
    from stridewise.profile.logs.read import read_path
    from stridewise.render.log import render_log

    problems = Problems(str(path), ProfileError)
    read = read_path(path, str(path), Asked(unit or "", dates or ""), problems, partial(further_log, plugin_manager))
    problems.raise_if_any()
    show(render_log(read, as_of or today(), form))
