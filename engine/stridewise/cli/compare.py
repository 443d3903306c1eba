"""`recommend compare`: two visits of one runner."""

from datetime import date
from pathlib import Path

import click

from stridewise.cli.inputs import load_profile, load_program
from stridewise.cli.options import engine_options, today
from stridewise.cli.output import show_answer


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@engine_options
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json", "html")), default="text", show_default=True)
def compare(old: Path, new: Path, as_of: date | None, packs: tuple[Path, ...], engine: str, form: str) -> None:
    """What changed from OLD to NEW, two profiles of one runner: pain, tests, findings, pathway stage and plan, and why.

    Each is planned for the day it was recorded, the second for --as-of where that is given. A change that may be the test itself
    is told as none. Nothing is foretold."""
    from stridewise.explain.compare import compare as compared
    from stridewise.explain.visits import days_of
    from stridewise.language.translation import ENGLISH
    from stridewise.render.answers.compare import compare_html, compare_lines
    from stridewise.session import hold_session

    profiles = load_profile(old), load_profile(new)
    days = days_of(*profiles, as_of or profiles[1].sections.recorded or today())
    program = load_program(packs)
    before, after = (hold_session(one, program, day, engine, ENGLISH.code) for one, day in zip(profiles, days, strict=True))
    show_answer(compared(before, after, program), compare_lines, form, html=compare_html)
