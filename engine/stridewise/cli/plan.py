"""`recommend plan`: profiles in, plans out."""

import sys
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stridewise.cli.inputs import STDIN, load_profile, load_program
from stridewise.cli.options import engine_options, today
from stridewise.cli.output import UNLOGGED, keep_inputs, say, show, write_file
from stridewise.render.formats import ENDINGS, PRINTED, further_formats, render_plans

if TYPE_CHECKING:
    from stridewise.plan.model import Plan
    from stridewise.program.program import Program
    from stridewise.render.clinic import Clinic

PDF = "pdf"
FAIL_ON = ("info", "warning", "critical", "referral")


class PlanFormat(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A format of the plan: one of ours, or one that a plugin brings. Plugins are asked only for a name that is none of ours."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = str(value).lower()
        if name not in ENDINGS and name not in (further := further_formats()):
            self.fail(f'"{value}" is not one of {", ".join((*ENDINGS, *further))}', param, ctx)
        return name


@click.command()
@click.argument("profiles", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PROFILE...")
@engine_options
@click.option(
    "--format",
    "form",
    type=PlanFormat(),
    metavar="|".join(ENDINGS),
    help="Default: the ending of --output, else text. Plugins add more.",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="PATH", help="A file, or a folder for several profiles.")
@click.option(
    "--clinic",
    "clinic_file",
    type=click.Path(path_type=Path),
    help="A YAML file {name, phone, logo} of the clinic that hands out the sheet or letter.",
)
@click.option(
    "--lang", default="", metavar="CODE", help="The language, as de (default: the profile's, the clinic's, else English)."
)
@click.option("--drawings", is_flag=True, help="With --format json: the drawings of the exercises too, as SVG.")
@click.option("--show-reading", is_flag=True, help="First say, on stderr, what was understood of each entry of the profile.")
@click.option("--explain", is_flag=True, help="The whole derivation under every item.")
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), help="Exit 1 where a warning of this level or above, or a referral, is given."
)
def plan(
    profiles: tuple[Path, ...],
    as_of: date | None,
    packs: tuple[Path, ...],
    engine: str,
    fail_on: str | None,
    show_reading: bool,
    lang: str,
    **printing: Any,
) -> int:
    """Make the plan for one or more profiles (the default command)."""
    output, printed = printing["output"], _printed(len(profiles) > 1, **printing)
    program = load_program(packs)
    if show_reading:
        _say_back(profiles, program)
    usual = printed.clinic.language if printed.clinic is not None else ""
    plans, inputs = _plans(profiles, program, as_of or today(), engine, (lang, usual))
    unlogged = _tell(plans, program)
    inputs += [printing["clinic_file"]] if printing["clinic_file"] else []
    if output is None:
        _print(plans, printed, program)
    else:
        _write(profiles, plans, printed, output, inputs, program)
    return UNLOGGED if unlogged else int(fail_on is not None and any(_fails(plan, fail_on) for plan in plans))


def _tell(plans: list["Plan"], program: "Program") -> bool:
    """Tell the plugins' logs of every plan. Did one fail? Then it is said, and the plans come all the same."""
    from stridewise.session import tell

    failed = [said for plan in plans for said in tell(plan, program)]
    for said in dict.fromkeys(failed):
        say(said)
    return bool(failed)


def _say_back(profiles: tuple[Path, ...], program: "Program") -> None:
    """What was understood, also of a profile that holds errors: the plan, or the errors, come after it."""
    from stridewise.errors import ProfileError
    from stridewise.interview.reading import reading

    vocabulary = program.vocabulary
    for path in profiles:
        try:
            for line in reading(load_profile(path), vocabulary):
                say(line)
        except ProfileError:
            continue


def _plans(
    profiles: tuple[Path, ...], program: "Program", as_of: date, engine: str, languages: tuple[str, str]
) -> tuple[list["Plan"], list[Path]]:
    """All plans and the files they were made of, or an error that names everything wrong with any of the profiles: then nothing
    is written. `languages` are the one that is asked for and the clinic's; a profile's own stands between them."""
    from stridewise.errors import ProfileError
    from stridewise.session import recommend

    plans, inputs, problems = [], [*profiles], []
    for path in profiles:
        try:
            profile = load_profile(path)
            inputs += _log_files(path.parent / profile.log_name) if profile.log_name else []
            asked, usual = languages
            plans.append(recommend(profile, program, as_of, engine, asked or profile.sections.language or usual))
        except ProfileError as error:
            problems += error.problems
    if problems:
        raise ProfileError(problems)
    return plans, inputs


def _log_files(log: Path) -> list[Path]:
    """The file of a training log, or all files of its folder."""
    return [*log.iterdir()] if log.is_dir() else [log]


@dataclass(frozen=True)
class Printed:
    """How plans are to come out: the format, with all reasons or without, on whose paper, whether as PDF, and with drawings where
    nobody would expect them."""

    form: str
    explain: bool
    clinic: "Clinic | None"
    as_pdf: bool
    drawings: bool

    @property
    def ending(self) -> str:
        """The ending of a file of its own."""
        return PDF if self.as_pdf else ENDINGS.get(self.form, self.form)

    def content(self, program: "Program", plans: list["Plan"]) -> str | bytes:
        """The document of these plans. Bytes where they have to stay as they are."""
        drawn = partial(self._drawn, program) if self.drawings or self.form != "json" else None
        try:
            text = render_plans(plans, self.form, self.explain, self.clinic, drawn)
        except ValueError as wrong:
            raise click.UsageError(str(wrong)) from wrong
        if self.as_pdf:
            return _pdf(text)
        return text.encode() if self.form == "ics" else text

    def _drawn(self, program: "Program", exercise: str, side: str) -> str:
        """A drawing, made when a document asks for it."""
        from stridewise.figure import draw_of, page_drawing

        return (page_drawing if self.form in PRINTED else draw_of)(program, exercise, side)


def _printed(
    several: bool, form: str | None, output: Path | None, clinic_file: Path | None, explain: bool, drawings: bool
) -> Printed:
    """The options about paper, read. Raises UsageError where drawings are asked for in another format."""
    form = form or _form_of(output, several)
    if drawings and form != "json":
        raise click.UsageError("--drawings is for --format json; pages have their drawings, and recommend draw makes one alone")
    from stridewise.render.clinic import read_clinic

    clinic = None if clinic_file is None else read_clinic(clinic_file)
    return Printed(form, explain, clinic, output is not None and output.suffix.lower() == f".{PDF}", drawings)


def _pdf(page: str) -> bytes:
    from stridewise.render.pdf import PdfError, pdf_of

    try:
        return pdf_of(page)
    except PdfError as missing:
        raise click.UsageError(str(missing)) from missing


def _form_of(output: Path | None, several: bool) -> str:
    """The format that a file's ending stands for; text where it has none. Raises UsageError for an ending that is no format: text
    under the name of a Word file opens nowhere."""
    ending = output.suffix.lower().removeprefix(".") if output else ""
    own = PRINTED[0] if ending == PDF else next((form for form, known in ENDINGS.items() if known == ending), None)
    if own or not ending:
        return own or "text"
    if ending not in (further := further_formats()):
        if output and (several or output.is_dir()):  # a folder's name may have a dot
            return "text"
        endings = ", ".join(dict.fromkeys(f".{known}" for known in (*ENDINGS.values(), PDF, *further)))
        raise click.UsageError(f"--output {output}: .{ending} is no format of a plan; end it in {endings}, or give --format")
    return ending


def _print(plans: list["Plan"], printed: Printed, program: "Program") -> None:
    if printed.form == "text" and sys.stdout is not None and sys.stdout.isatty():
        _print_in_colour(plans, printed.explain)
    else:
        show(printed.content(program, plans))


def _print_in_colour(plans: list["Plan"], explain: bool) -> None:
    """The same paragraphs as piped text, at the terminal's width and in colour."""
    import shutil

    from rich.console import Console
    from rich.text import Text

    from stridewise.errors import spelt_out
    from stridewise.language.translation import speaking
    from stridewise.render.paragraphs import STYLES
    from stridewise.render.text import lines

    console = Console(highlight=False)
    width = max(40, min(shutil.get_terminal_size().columns, 100))
    for number, plan in enumerate(plans):
        if number:
            console.print()
        with speaking(plan.words):
            for line in lines(plan, explain):
                for row in line.wrapped(width):
                    console.print(Text(spelt_out(row), style=STYLES[line.style]), soft_wrap=True)


def _write(
    profiles: tuple[Path, ...], plans: list["Plan"], printed: Printed, output: Path, inputs: list[Path], program: "Program"
) -> None:
    if printed.as_pdf and printed.form not in PRINTED:
        raise click.UsageError(f"{printed.form} is no format for a PDF; expected one of {', '.join(PRINTED)}")
    if len(plans) == 1 and not output.is_dir():
        keep_inputs(inputs, [output])
        write_file(output, printed.content(program, plans))
        return
    names = [f"{'stdin' if path == STDIN else path.stem}.{printed.ending}" for path in profiles]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise click.UsageError(f"two profiles would be written to {output / twice[0]}; give them different names")
    if output.exists() and not output.is_dir():
        raise click.UsageError(f"--output {output} is a file, but several profiles need a folder")
    keep_inputs(inputs, [output / name for name in names])
    for name, plan in zip(names, plans, strict=True):
        write_file(output / name, printed.content(program, [plan]))


def _fails(plan: "Plan", level: str) -> bool:
    reached = FAIL_ON[FAIL_ON.index(level) :]
    return bool(plan.referrals) or any(warning.level in reached for warning in plan.warnings)
