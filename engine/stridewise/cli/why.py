"""`recommend why`: the derivation of one item of the plan."""

from datetime import date
from pathlib import Path

import click

from stridewise.cli.common import engine_options, hold, show


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("item")
@engine_options
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def why(profile: Path, item: str, as_of: date | None, packs: tuple[Path, ...], engine: str, form: str) -> None:
    """Why an exercise, warning, adjustment or referral is in the plan, or was set aside: down to the profile's lines."""
    from stridewise.why import explain, render_why, render_why_json

    session = hold(profile, packs, as_of, engine)
    found = explain(session, item)
    show(render_why_json(found) if form == "json" else render_why(found))
