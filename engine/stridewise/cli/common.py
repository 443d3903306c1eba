"""What several commands share: options, loading packs and profiles, writing results."""

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from stridewise.profile.profile import Profile
    from stridewise.program.program import Program

T = TypeVar("T")
ENGINES = ("both", "durable", "reference", "generated")
STDIN = Path("-")
ENGLISH = "en"  # the language of what is asked about a plan
UNLOGGED = 3  # the exit code where a plugin's log failed
NO_DEFAULTS = "stridewise.no_default_packs"  # among what click keeps beside the options
# Signs of our texts as a terminal without them shows them.
PLAIN = {
    "≥": ">=",
    "≤": "<=",
    "×": "x",
    "–": "-",
    "—": "-",
    "−": "-",
    "…": "...",
    "→": "->",
    "•": "-",
    "½": "1/2",
    "°": " degrees",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
}
SPELT = "stridewise-spelt"  # how an output without a letter goes on


class ReaderLeftError(Exception):
    """Whoever read our output has enough: no error."""


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A calendar day, 2026-11-21."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from stridewise.plan.model import FIRST_YEAR, LAST_YEAR

        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a date; write it as 2026-11-21', param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"{value} is outside the years {FIRST_YEAR} to {LAST_YEAR}", param, ctx)
        return day


class PlanFormat(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A format of the plan: one of ours, or one that a plugin brings. Plugins are asked only for a name that is none of ours."""

    name = "format"

    def __init__(self, own: Iterable[str]) -> None:
        self.own = tuple(own)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = str(value).lower()
        if name not in self.own and name not in (further := further_formats()):
            self.fail(f'"{value}" is not one of {", ".join((*self.own, *further))}', param, ctx)
        return name


def today() -> date:
    """The clock is read here and nowhere else."""
    try:
        return datetime.now().astimezone().date()
    except ValueError as failure:
        raise click.UsageError(f"the time zone of this machine cannot be used: {failure}; give --as-of") from failure


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--as-of, --pack and --engine, for every command that makes a plan."""
    command = click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="both",
        show_default=True,
        help="Which matcher infers; both must agree.",
        callback=_is_there,
    )(command)
    command = pack_option(command)
    return click.option(
        "--as-of", type=Day(), default=None, metavar="DATE", help="The day the plan is made for (default: today)."
    )(command)


def _is_there(ctx: click.Context, param: click.Parameter, engine: str) -> str:
    """durable_rules asked for by name runs, or it is said why it does not."""
    if engine == "durable":
        from stridewise.inference.durable import available
        from stridewise.inference.engine import HOW_TO_INSTALL

        if not available():
            raise click.BadParameter(HOW_TO_INSTALL, ctx, param)
    return engine


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--pack DIR, repeatable, beside the packs that the user enabled; --no-default-packs leaves those out."""
    kind = click.Path(path_type=Path)
    command = click.option(
        "--no-default-packs",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_without_defaults,
        help="Leave out the packs of `recommend pack enable`.",
    )(command)
    return click.option(
        "--pack",
        "packs",
        type=kind,
        multiple=True,
        metavar="DIR",
        callback=_with_defaults,
        help="Add a rule pack folder (repeatable).",
    )(command)


def _without_defaults(ctx: click.Context, param: click.Parameter, without: bool) -> None:
    ctx.meta[NO_DEFAULTS] = without


def _with_defaults(ctx: click.Context, param: click.Parameter, packs: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders that the user enabled, then those named. Raises PackError where one of the first is gone."""
    from stridewise.packs.default_packs import default_packs

    return packs if ctx.meta.get(NO_DEFAULTS) else (*default_packs(), *packs)


def load_program(folders: tuple[Path, ...] = (), instead: tuple[Path, ...] = ()) -> "Program":
    """The program of all installed packs and these folders."""
    from stridewise.program import load

    return load.load_program(folders, instead)


def load_profile(path: Path) -> "Profile":
    """One profile file, in our notation or in a format that a plugin reads; `-` is standard input."""
    from stridewise.packs.foreign_files import load_any_profile

    return _profile_from_stdin() if path == STDIN else load_any_profile(path)


def _profile_from_stdin() -> "Profile":
    """A profile in YAML or JSON from standard input; its log is looked for in the folder one stands in."""
    from stridewise.documents.reader import MAX_BYTES, parse_document
    from stridewise.errors import ProfileError
    from stridewise.profile.profile import read_profile

    if sys.stdin is None or sys.stdin.closed:
        raise click.UsageError("standard input is closed; give a file")
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    return read_profile(parse_document(content, "stdin", ProfileError), Path())


def further_formats() -> "dict[str, Callable[[dict[str, Any]], str]]":
    """What plugins add to --format."""
    from stridewise.packs.plugins import plan_formats, plugin_manager

    return plan_formats(plugin_manager())


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def keep_inputs(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    """Raises UsageError where something would be written over what it is made of, through links too."""
    taken = {os.path.realpath(path): path for path in inputs}
    for output in outputs:
        if (path := taken.get(os.path.realpath(output))) is not None:
            raise click.UsageError(f"{output} would be written over the input {path}; choose another --output")


def write_file(path: Path, content: str | bytes, for_anybody: bool = False) -> None:
    """Write a file whole or not at all, bytes as they are; a new one for its owner alone unless it tells of nobody. Raises
    UsageError where it cannot be written or is no regular file."""
    from stridewise.documents.writing import usual_mode, write_whole
    from stridewise.errors import spelt_out

    leads_to_device = path.is_symlink() and str(path.absolute()).startswith(("/dev/", "/proc/"))  # /dev/stdout would be replaced
    if leads_to_device or (path.exists() and not path.is_file()):
        raise click.UsageError(f"{path} is not a regular file; name a file, or leave --output out to print")
    try:
        mode = usual_mode() if for_anybody else None
        write_whole(path, content if isinstance(content, bytes) else spelt_out(content).encode(), mode)
    except OSError as failure:
        raise click.UsageError(f"{path} cannot be written: {failure.strerror or failure}") from failure


def _spelt(failure: UnicodeError) -> tuple[str, int]:
    if not isinstance(failure, UnicodeEncodeError):
        raise failure
    letters = failure.object[failure.start : failure.end]
    plain = "".join(PLAIN.get(letter) or letter.encode("ascii", "backslashreplace").decode() for letter in letters)
    return plain, failure.end


codecs.register_error(SPELT, _spelt)


def spell_out_what_it_lacks(stream: Any) -> None:
    """Let an output whose letters are few spell out the others, rather than end in the middle."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=SPELT)


class _Overheard(io.StringIO):
    """Takes down what click would print, as a terminal: elsewhere click drops signs before we can spell them out."""

    def isatty(self) -> bool:
        return True


def complain(error: click.ClickException) -> None:
    """What click says about a call, to stderr; whoever hears of it or not, the exit code says it."""
    overheard = _Overheard()
    error.show(file=overheard)
    say(overheard.getvalue().rstrip("\n"))


def say(text: str) -> None:
    """To stderr, where anybody listens: with `show` the one way out for text, and nothing in it steers a terminal."""
    from stridewise.errors import spelt_out

    with contextlib.suppress(OSError, ValueError):  # nobody does, or a plugin closed it
        click.echo(spelt_out(text), err=True)


def show(content: str | bytes) -> None:
    """Plain text to stdout: to a terminal in its own letters, others spelt out; into files and pipes as UTF-8 whatever the locale
    says; bytes as they are. Raises ReaderLeftError where nobody reads on."""
    from stridewise.errors import spelt_out

    if sys.stdout is None:
        raise click.UsageError("standard output is closed; give --output")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(**({"errors": SPELT} if sys.stdout.isatty() else {"encoding": "utf-8", "errors": "replace"}))
    try:
        if isinstance(content, bytes):
            click.echo(content, nl=False)
        else:
            sys.stdout.write(spelt_out(content))
        sys.stdout.flush()
    except BrokenPipeError as failure:
        raise ReaderLeftError from failure
    except OSError as failure:
        raise click.UsageError(f"standard output cannot be written: {failure.strerror or failure}") from failure


def matching(text: str, known: Mapping[str, T], words: Callable[[T], Iterable[str]], what: str) -> list[T]:
    """What one of its words names, else all that hold the text in one of them. Raises UsageError where none does."""
    from stridewise.errors import did_you_mean
    from stridewise.language.vocabulary import fold

    key = fold(text)
    spoken = [(one, [fold(word) for word in words(one)]) for one in known.values()]
    exact = [one for one, own in spoken if key and key in own]
    meant = exact or [one for one, own in spoken if any(key in word for word in own)]
    if not meant:
        raise click.UsageError(f'no {what} matches "{text}".{did_you_mean(text, known)} `recommend {what}` lists all')
    return meant
