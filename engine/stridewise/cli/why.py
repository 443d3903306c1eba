"""`recommend why`: the derivation of one item of the plan, and the thresholds that decided something."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stridewise.cli.inputs import load_profile, load_program
from stridewise.cli.options import engine_options, today
from stridewise.cli.output import show_answer

if TYPE_CHECKING:
    from stridewise.explain.inquiry import Inquiry


def inquire(profile: Path, packs: tuple[Path, ...], as_of: date | None, engine: str) -> "Inquiry":
    """One profile to ask about."""
    from stridewise.explain.inquiry import open_inquiry

    return open_inquiry(load_profile(profile), load_program(packs), as_of or today(), engine)


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("item")
@engine_options
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json", "mermaid")), default="text", show_default=True)
def why(profile: Path, item: str, as_of: date | None, packs: tuple[Path, ...], engine: str, form: str) -> None:
    """Why ITEM is in the plan, or was set aside: all its reasons down to the profile's lines, and what would stay without each.

    ITEM is an exercise, target, warning, swap, adjustment, referral, conclusion or a day of the schedule, by name or as the plan
    prints it (its first words will do); or the word "thresholds": every cut-off that decided something in the plan, with the
    test's error."""
    from stridewise.explain.why import explain
    from stridewise.render.answers.picture import render_mermaid
    from stridewise.render.answers.why import why_lines

    inquiry = inquire(profile, packs, as_of, engine)
    if item == "thresholds":
        _thresholds(inquiry, form)
        return
    show_answer(explain(inquiry, item), why_lines, form, mermaid=render_mermaid)


def _thresholds(inquiry: "Inquiry", form: str) -> None:
    from stridewise.explain.sensitivity import thresholds
    from stridewise.render.answers.thresholds import threshold_lines

    if form == "mermaid":
        raise click.UsageError("thresholds are a table; take --format text, markdown or json")
    show_answer(thresholds(inquiry.session), threshold_lines, form)
