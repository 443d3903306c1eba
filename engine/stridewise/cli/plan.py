"""`recommend plan`: profiles in, plans out."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stridewise.cli.common import (
    STDIN,
    PlanFormat,
    engine_options,
    further_formats,
    keep_inputs,
    load_profile,
    load_program,
    show,
    today,
    write_file,
)
from stridewise.render.formats import ENDINGS

if TYPE_CHECKING:
    from stridewise.plan.model import Plan

FAIL_ON = ("info", "warning", "critical", "referral")


@click.command()
@click.argument("profiles", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PROFILE...")
@engine_options
@click.option(
    "--format",
    "form",
    type=PlanFormat(ENDINGS),
    metavar="|".join(ENDINGS),
    help="Default: the ending of --output, else text. Plugins add more.",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="PATH", help="A file, or a folder for several profiles.")
@click.option("--explain", is_flag=True, help="The whole derivation under every item.")
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), help="Exit 1 where a warning of this level or above, or a referral, is given."
)
def plan(
    profiles: tuple[Path, ...], as_of: date | None, packs: tuple[Path, ...], engine: str, form: str | None, output: Path | None,
    explain: bool, fail_on: str | None,
) -> int:  # fmt: skip
    """Make the plan for one or more profiles (the default command)."""
    form = form or _form_of(output)
    plans, inputs = _plans(profiles, packs, as_of or today(), engine)
    if output is None:
        _print(plans, form, explain)
    else:
        _write(profiles, plans, form, explain, output, inputs)
    return int(fail_on is not None and any(_fails(plan, fail_on) for plan in plans))


def _plans(profiles: tuple[Path, ...], packs: tuple[Path, ...], as_of: date, engine: str) -> tuple[list["Plan"], list[Path]]:
    """All plans and the files they were made of, or an error that names everything wrong with any of the profiles: then nothing
    is written."""
    from stridewise.errors import ProfileError
    from stridewise.session import recommend

    program = load_program(packs)
    plans, inputs, problems = [], [*profiles], []
    for path in profiles:
        try:
            profile = load_profile(path)
            inputs += [path.parent / profile.log_name] if profile.log_name else []
            plans.append(recommend(profile, program, as_of, engine))
        except ProfileError as error:
            problems += error.problems
    if problems:
        raise ProfileError(problems)
    return plans, inputs


def _form_of(output: Path | None) -> str:
    """The format that a file's ending stands for; text where it has none. Raises UsageError for an ending that is no format: text
    under the name of a PDF opens nowhere."""
    ending = output.suffix.lower().removeprefix(".") if output and not output.is_dir() else ""
    own = next((form for form, known in ENDINGS.items() if known == ending), None)
    if own or not ending:
        return own or "text"
    if ending not in (further := further_formats()):
        endings = ", ".join(f".{known}" for known in (*ENDINGS.values(), *further))
        raise click.UsageError(f"--output {output}: .{ending} is no format of a plan; end it in {endings}, or give --format")
    return ending


def _print(plans: list["Plan"], form: str, explain: bool) -> None:
    if form == "text" and sys.stdout is not None and sys.stdout.isatty():
        _print_in_colour(plans, explain)
    else:
        show(_render(plans, form, explain))


def _print_in_colour(plans: list["Plan"], explain: bool) -> None:
    """The same paragraphs as piped text, at the terminal's width and in colour."""
    import shutil

    from rich.console import Console
    from rich.text import Text

    from stridewise.errors import spelt_out
    from stridewise.render.paragraphs import STYLES
    from stridewise.render.text import lines

    console = Console(highlight=False)
    width = max(40, min(shutil.get_terminal_size().columns, 100))
    for number, plan in enumerate(plans):
        if number:
            console.print()
        for line in lines(plan, explain):
            for row in line.wrapped(width):
                console.print(Text(spelt_out(row), style=STYLES[line.style]), soft_wrap=True)


def _render(plans: list["Plan"], form: str, explain: bool) -> str:
    from stridewise.render.formats import render_plans

    return render_plans(plans, form, explain)


def _write(profiles: tuple[Path, ...], plans: list["Plan"], form: str, explain: bool, output: Path, inputs: list[Path]) -> None:
    if len(plans) == 1 and not output.is_dir():
        keep_inputs(inputs, [output])
        write_file(output, _render(plans, form, explain))
        return
    names = [f"{'stdin' if path == STDIN else path.stem}.{ENDINGS.get(form, form)}" for path in profiles]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise click.UsageError(f"two profiles would be written to {output / twice[0]}; give them different names")
    if output.exists() and not output.is_dir():
        raise click.UsageError(f"--output {output} is a file, but several profiles need a folder")
    keep_inputs(inputs, [output / name for name in names])
    for name, plan in zip(names, plans, strict=True):
        write_file(output / name, _render([plan], form, explain))


def _fails(plan: "Plan", level: str) -> bool:
    reached = FAIL_ON[FAIL_ON.index(level) :]
    return bool(plan.referrals) or any(warning.level in reached for warning in plan.warnings)
