"""`recommend what-if`: what a changed profile would change in the plan."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stridewise.cli.options import engine_options
from stridewise.cli.output import show_answer
from stridewise.cli.why import inquire

if TYPE_CHECKING:
    from stridewise.explain.edits.changes import Change
    from stridewise.explain.inquiry import Inquiry


@click.command("what-if")
@click.argument("profile", type=click.Path(path_type=Path))
@engine_options
@click.option("--set", "sets", multiple=True, metavar="PATH=VALUE", help="Write a value, such as race.in_weeks=8 (repeatable).")
@click.option(
    "--add", "adds", multiple=True, metavar="FACT", help='Record a fact or a phrase, such as "weakness: soleus" (repeatable).'
)
@click.option(
    "--remove", "removes", multiple=True, metavar="N|PATH|FACT", help="Take out a finding by number (from 1), a path or a fact."
)
@click.option(
    "--sweep", "sweep_text", metavar="PATH=A..B", help="Where the advice flips, such as race.in_weeks=1..20 or 1..20:0.5."
)
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json", "html")), default="text", show_default=True)
def what_if(
    profile: Path,
    sets: tuple[str, ...],
    adds: tuple[str, ...],
    removes: tuple[str, ...],
    sweep_text: str | None,
    form: str,
    **run: Any,
) -> None:
    """What the plan would be if the profile said otherwise: what comes, goes and changes, each with its reason.

    The profile itself stays as it is."""
    inquiry = inquire(profile, **run)  # --as-of, --pack and --engine
    from stridewise.explain.edits.changes import read_changes

    changes = read_changes(inquiry.profile, inquiry.program.vocabulary, sets, adds, removes)
    if sweep_text is not None:
        _sweep(inquiry, sweep_text, changes, form)
        return
    if not changes:
        raise click.UsageError("nothing to change; give --set, --add, --remove or --sweep")
    if form == "html":
        raise click.UsageError("--format html draws a sweep; give --sweep, or take text, markdown or json")
    from stridewise.explain.what_if import what_if as answer
    from stridewise.render.answers.what_if import what_if_lines

    show_answer(answer(inquiry, changes), what_if_lines, form)


def _sweep(inquiry: "Inquiry", text: str, changes: list["Change"], form: str) -> None:
    from stridewise.explain.what_if import read_range, sweep
    from stridewise.render.answers.sweep import sweep_lines
    from stridewise.render.answers.sweep_page import sweep_html

    path, values = read_range(text)
    result = sweep(inquiry, path, values, changes)
    show_answer(result, sweep_lines, form, html=sweep_html)
