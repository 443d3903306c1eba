"""`recommend batch`: many profiles in, a plan for each, whatever happens on the way."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stridewise.cli.inputs import load_program
from stridewise.cli.options import cores, engine_options, today
from stridewise.cli.output import UNLOGGED, keep_inputs, say, show

if TYPE_CHECKING:
    from stridewise.batch.run import Output, Summary


@click.command()
@click.argument("given", metavar="INPUT")
@click.option("--output", type=click.Path(path_type=Path), required=True, metavar="DIR|FILE", help="Where the plans go.")
@engine_options
@click.option("--lang", default="", metavar="CODE", help="The language of the plans (default: each profile's, else English).")
@click.option("--workers", type=click.IntRange(1, 256), default=None, help="Processes that plan (default: one a core).")
def batch(
    given: str, output: Path, as_of: date | None, packs: tuple[Path, ...], engine: str, workers: int | None, lang: str
) -> int:
    """Plan every profile of INPUT: a folder, a glob in quotes, a JSONL (one profile a line), a CSV or a Parquet file.

    A table has paths as columns (runner.ref, training.weekly_distance_km, findings), or whole profiles in the column profile;
    several items of a text are separated by semicolons. Plans are written as JSON, a file each into a folder or a line each
    into FILE.jsonl; FILE.parquet gets a row of decisions for each (docs/columns.md). A profile that fails is reported and
    stops no other; then the exit code is 1. Started again after a kill, the batch goes on where it stopped."""
    from stridewise.batch.entries import Entries
    from stridewise.batch.journal import BusyError
    from stridewise.batch.run import run_batch
    from stridewise.batch.worker import Settings

    where = _output(given, output)
    settings = Settings(partial(load_program, packs), as_of or today(), engine, where.is_file, lang)
    entries = Entries(given)
    keep_inputs([path for path, _ in entries.files], [where.plan_path(name) for _, name in entries.files])
    try:
        with _progress(entries.total) as tell:
            summary = run_batch(entries, where, settings, workers or cores(), tell)
    except BusyError as error:
        raise click.UsageError(f"another batch is writing to {output}; wait for its end, or give another --output") from error
    except OSError as failure:
        raise click.UsageError(f"{output} cannot be written: {failure.strerror or failure}") from failure
    _report(summary)
    return UNLOGGED if summary.unlogged else int(bool(summary.failed))


def _output(given: str, path: Path) -> "Output":
    """A file where its name ends in .jsonl or .parquet, else a folder. Plans among the profiles would be read as profiles next
    time. Raises UsageError, and ArrowMissingError where there is no Parquet."""
    from stridewise.batch.run import Output
    from stridewise.batch.tables import TABLE_ENDING, is_table
    from stridewise.columns.arrow import arrow
    from stridewise.documents.reader import LINE_ENDINGS

    endings = (*LINE_ENDINGS, TABLE_ENDING)
    is_file = path.suffix.lower() in endings and not path.is_dir()
    if path.exists() and (is_table(path) or not path.is_dir()) and not (is_file and path.is_file()):
        raise click.UsageError(f"--output {path} is neither a folder nor a file ending in {', '.join(endings)}")
    if is_table(path):
        arrow()
    if Path(given).is_dir() and not is_file and path.resolve().is_relative_to(Path(given).resolve()):
        raise click.UsageError(f"--output {path} lies inside {given}, where its plans would be taken for profiles")
    if is_file and path.exists() and Path(given).exists() and path.samefile(given):
        raise click.UsageError(f"--output {path} is the input itself")
    return Output(path, is_file)


@contextmanager
def _progress(total: int) -> "Iterator[Callable[[Summary], None]]":
    """A bar on a terminal, nothing in a pipe."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Planning", total=total)

        def tell(summary: "Summary") -> None:
            failed = f", {len(summary.failed)} failed" if summary.failed else ""
            bar.update(task, completed=summary.finished, description=f"Planning{failed}")

        yield tell


def _report(summary: "Summary") -> None:
    """What needs a look on stderr, in the order of the input; the table on stdout."""
    for line in (*summary.retried, *map(str, summary.problems)):
        say(line)
    for said, number in sorted(summary.unlogged.items()):
        say(f"{said} ({number} plans)" if number > 1 else said)
    rows = {
        "profiles": summary.total,
        "ready": summary.statuses["ready"],
        "refer first": summary.statuses["refer_first"],
        "failed": len(summary.failed),
        "planned again by reference": len(summary.died),
        "taken over": summary.taken_over,
    }
    always = ("profiles", "ready", "refer first", "failed")
    show("".join(f"{name:<28}{number:>8}\n" for name, number in rows.items() if number or name in always))
