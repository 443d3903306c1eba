"""The one way out: text to a terminal, a pipe or a file, with nothing in it that steers a terminal, and the exit codes."""

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from stridewise.render.paragraphs import Line

UNLOGGED = 3  # the exit code where a plugin's log failed
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


def show_answer(answer: Any, lines: "Callable[[Any], Iterable[Line]]", form: str, **others: Callable[[Any], str]) -> None:
    """An answer as JSON, what `lines` says of it as text or Markdown, or in one of the other formats that it has."""
    from stridewise.render.json import as_json
    from stridewise.render.paragraphs import to_markdown, to_text

    forms = {
        "json": as_json,
        "text": lambda _: to_text(lines(answer)),
        "markdown": lambda _: to_markdown(lines(answer)),
        **others,
    }
    show(forms[form](answer))
