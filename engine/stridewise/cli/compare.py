"""`recommend compare`: two visits of one runner."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stridewise.cli.common import engine_options, load_profile, load_program, show, today
from stridewise.cli.why import as_json, show_lines

if TYPE_CHECKING:
    from stridewise.profile.profile import Profile


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
    from stridewise.session import hold_session

    profiles = load_profile(old), load_profile(new)
    first, second = _days(profiles, as_of)
    program = load_program(packs)
    before, after = (hold_session(one, program, day, engine) for one, day in zip(profiles, (first, second), strict=True))
    result = compared(before, after, program)
    if form == "json":
        show(as_json(result))
    elif form == "html":
        from stridewise.render.answers.compare_page import compare_html

        show(compare_html(result))
    else:
        from stridewise.render.answers.compare import compare_lines

        show_lines(compare_lines(result), form)


def _days(profiles: "tuple[Profile, Profile]", as_of: date | None) -> tuple[date, date]:
    """The days of both visits. Raises ProfileError where they are not two visits of one runner in their order."""
    from stridewise.errors import Problem, ProfileError

    before, after = profiles
    first, second = before.sections.recorded, as_of or after.sections.recorded or today()
    problems = []
    if before.sections.runner.ref != after.sections.runner.ref:
        message = f"runner.ref: {after.sections.runner.ref} is not the runner of the first visit, {before.sections.runner.ref}"
        problems.append(Problem(after.document.path, after.document.line("runner", "ref"), message))
    if first is None:
        problems.append(Problem(before.document.path, 1, "recorded: the day of the first visit is missing; add it"))
    elif first > second:
        message = f"recorded: the first visit, {first}, lies after the second, {second}; give the older profile first"
        problems.append(Problem(before.document.path, before.document.line("recorded"), message))
    if problems or first is None:
        raise ProfileError(problems)
    return first, second
