"""`recommend ask`: the missing facts that could change the plan."""

from datetime import date
from pathlib import Path

import click

from stridewise.cli.options import engine_options
from stridewise.cli.output import show
from stridewise.cli.why import as_json, inquire, show_lines


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@engine_options
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
def ask(profile: Path, as_of: date | None, packs: tuple[Path, ...], engine: str, form: str) -> None:
    """What to ask next: facts not recorded that could change the plan, safety first, each answer with what it would do."""
    from stridewise.explain.ask import ask as asked
    from stridewise.render.answers.ask import ask_lines

    asking = asked(inquire(profile, packs, as_of, engine))
    if form == "json":
        show(as_json(asking))
    else:
        show_lines(ask_lines(asking), form)
