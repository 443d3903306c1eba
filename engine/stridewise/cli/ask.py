"""`recommend ask`: the missing facts that could change the plan."""

from pathlib import Path
from typing import Any

import click

from stridewise.cli.options import engine_options
from stridewise.cli.output import show_answer
from stridewise.cli.why import inquire


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@engine_options
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
def ask(profile: Path, form: str, **run: Any) -> None:
    """What to ask next: facts not recorded that could change the plan, safety first, each answer with what it would do."""
    from stridewise.explain.ask import ask as asked
    from stridewise.render.answers.ask import ask_lines

    show_answer(asked(inquire(profile, **run)), ask_lines, form)
