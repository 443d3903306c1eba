"""`recommend why`: the derivation of one item of the plan, and the thresholds that decided something."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stridewise.cli.inputs import load_profile, load_program
from stridewise.cli.options import engine_options, today
from stridewise.cli.output import show

if TYPE_CHECKING:
    from stridewise.explain.inquiry import Inquiry
    from stridewise.render.text import Line


def inquire(profile: Path, packs: tuple[Path, ...], as_of: date | None, engine: str) -> "Inquiry":
    """One profile to ask about."""
    from stridewise.explain.inquiry import open_inquiry

    return open_inquiry(load_profile(profile), load_program(packs), as_of or today(), engine)


def show_lines(lines: Iterable["Line"], form: str) -> None:
    """Paragraphs as text or markdown."""
    from stridewise.render.answers.why import to_markdown, to_text

    show(to_markdown(lines) if form == "markdown" else to_text(lines))


def as_json(result: object) -> str:
    """An answer as JSON."""
    import json

    from stridewise.plan.seal import to_values

    return json.dumps(to_values(result), ensure_ascii=False, indent=2) + "\n"


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
    from stridewise.render.answers.picture import render_mermaid
    from stridewise.render.answers.why import render_why_json, why_lines

    inquiry = inquire(profile, packs, as_of, engine)
    if item == "thresholds":
        _thresholds(inquiry, form)
        return
    from stridewise.explain.why import explain

    items = explain(inquiry, item)
    if form == "json":
        show(render_why_json(items))
    elif form == "mermaid":
        show(render_mermaid(items))
    else:
        show_lines(why_lines(items), form)


def _thresholds(inquiry: "Inquiry", form: str) -> None:
    from stridewise.explain.sensitivity import thresholds
    from stridewise.render.answers.thresholds import threshold_lines
    from stridewise.render.answers.why import render_why_json

    if form == "mermaid":
        raise click.UsageError("thresholds are a table; take --format text, markdown or json")
    decided = thresholds(inquiry.session)
    if form == "json":
        show(render_why_json(decided))
    else:
        show_lines(threshold_lines(decided), form)
