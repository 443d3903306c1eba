"""The command's frame: the group with `plan` as its default, and how every error becomes a message and an exit code."""

import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click_default_group import DefaultGroup

from stridewise import __version__
from stridewise.cli.output import ReaderLeftError, complain, say, spell_out_what_it_lacks
from stridewise.cli.own_stdout import own_stdout
from stridewise.documents.arithmetic import our_arithmetic
from stridewise.errors import StridewiseError, unforeseen

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

INTERNAL_ERROR = 3
# In the order in which they are listed; each stands in the module of its name.
COMMANDS = (
    "plan",
    "why",
    "why-not",
    "what-if",
    "ask",
    "serve",
    "new",
    "log",
    "exercise",
    "pathway",
    "draw",
    "verify",
    "affected",
    "compare",
    "batch",
    "pack",
    "schema",
)


class _Commands(Mapping[str, click.Command]):
    """The commands by name. Each is imported when it is looked at: a plan needs but one."""

    def __getitem__(self, name: str) -> click.Command:
        if name not in COMMANDS:
            raise KeyError(name)
        attribute = name.replace("-", "_")
        command: click.Command = getattr(import_module(f"stridewise.cli.{attribute}"), attribute)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(DefaultGroup):  # type: ignore[misc]  # click-default-group has no types
    """`recommend PROFILE` means `recommend plan PROFILE`; commands are listed in the order of their names here."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What follows -- are profiles, also one whose name begins with a dash. Raises UsageError for what is no text."""
        _refuse_bytes(ctx, args)
        parsed: list[str] = super().parse_args(ctx, ["plan", *args] if args[:1] == ["--"] else args)
        return parsed

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Where no command begins so, a profile may: the shell offers its files."""
        from click.shell_completion import CompletionItem

        return super().shell_complete(ctx, incomplete) or [CompletionItem(incomplete, type="file")]


def _refuse_bytes(ctx: click.Context, args: list[str]) -> None:
    for given in args:
        try:
            given.encode()
        except UnicodeEncodeError as failure:
            raise click.UsageError(f'"{given}" is not UTF-8 text; type it again, or rename the file', ctx) from failure


@click.group(cls=_Group, default="plan", default_if_no_args=False, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="recommend")
def recommend() -> None:
    """Explained exercise plans for runners.

    recommend PROFILE... makes the plan for one or more screening profiles (YAML or JSON). Nothing is sent anywhere."""


recommend.commands = _Commands()


def _unnamed() -> str:
    """What failed where the system names no file: the folder that one stands in, or the output."""
    try:
        Path.cwd()
    except OSError:
        return "the folder that you are in"
    return "standard output"


def _invoked(arguments: list[str] | None) -> Any:
    """What the command gives back."""
    try:
        return recommend.main(arguments, standalone_mode=False)
    except SystemError:  # so Python 3.13.0 calls an import in a folder that was removed
        Path.cwd()  # raises what was lost, where that is it
        raise


@own_stdout()
@our_arithmetic()
def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code: 0 ran, 1 asked-for failure, 2 bad input, 3 our fault or a plugin's."""
    for stream in (sys.stdout, sys.stderr):
        spell_out_what_it_lacks(stream)
    try:
        result = _invoked(arguments)
        code = result if isinstance(result, int) else 0
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Abort:
        say("Stopped.")
        code = 130
    except click.ClickException as error:
        complain(error)
        code = error.exit_code
    except StridewiseError as error:
        say(str(error))
        code = error.exit_code
    except (BrokenPipeError, ReaderLeftError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the interpreter's own flush is quiet
        code = 0
    except OSError as failure:  # a file or folder that cannot be used: named where we did not foresee it
        say(f"{failure.filename or _unnamed()}: cannot be used: {failure.strerror or failure}")
        code = 2
    except Exception as error:  # a bug is named, with the one line that helps to report it, and never half a plan
        code = INTERNAL_ERROR
        if os.environ.get("STRIDEWISE_DEBUG"):
            raise
        say(f"{unforeseen(error)}. No plan was made. STRIDEWISE_DEBUG=1 shows where.")
    sys.exit(code)
