"""`recommend why-not`: what kept something out of the plan, and the smallest change that would let it in."""

from pathlib import Path
from typing import Any

import click

from stridewise.cli.options import engine_options
from stridewise.cli.output import show_answer
from stridewise.cli.why import inquire


@click.command("why-not")
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("item")
@engine_options
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
def why_not(profile: Path, item: str, form: str, **run: Any) -> None:
    """Why ITEM (exercise, target, load metric, warning or rule) is not in the plan, and what would let it in.

    What protects the runner is never offered for change: the answer says what to wait for."""
    from stridewise.explain.why_not import why_not as answer
    from stridewise.render.answers.why_not import why_not_lines

    show_answer(answer(inquire(profile, **run), item), why_not_lines, form)
