"""`recommend ask`: the missing facts that could change the plan."""

from datetime import date
from pathlib import Path

import click

from stridewise.cli.options import engine_options
from stridewise.cli.output import show_answer
from stridewise.cli.why import inquire


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@engine_options
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
def ask(profile: Path, as_of: date | None, packs: tuple[Path, ...], engine: str, form: str) -> None:
    """What to ask next: facts not recorded that could change the plan, safety first, each answer with what it would do."""
    from stridewise.explain.ask import ask as asked
    from stridewise.render.answers.ask import ask_lines

    show_answer(asked(inquire(profile, packs, as_of, engine)), ask_lines, form)
