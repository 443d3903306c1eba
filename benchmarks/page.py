"""What the page costs beside the command, in one run: from `recommend serve` to the first page, and a profile sent to its plan.
From the root of a checkout, with uv:

python -m benchmarks.page [--pairs N] [--markdown]

A wheel is built and installed alone, with the extra `web`. Starting the server and fetching its first page takes turns with
`recommend PROFILE` and with `recommend --help`; sending a profile as text and reading its report takes turns with
`recommend PROFILE --format html`. The ratio is that of each pair, so that a machine whose speed drifts does no harm."""

import argparse
import http.client
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from benchmarks.cold_start import PAGE, PROFILE, ROOT, install, seconds
from benchmarks.inference.machine import describe_python
from benchmarks.inference.report import between_markers

TITLES = ("The page", "ms", "the command", "ms", "ratio")


@contextmanager
def served(recommend: Path, folder: Path) -> Iterator[str]:
    """A server on the folder, and its address once it has said it."""
    command = [recommend, "serve", folder, "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield next(line.strip() for line in process.stdout or () if line.strip().startswith("http"))
        finally:
            process.kill()


def ask(method: str, address: str, wanted: int, form: dict[str, str] | None = None) -> str:
    """Ask, read the answer, and give where it leads on. Ends the run where the status is another than the one wanted."""
    parts = urlsplit(address)
    headers = {"Origin": f"http://{parts.netloc}", "Content-Type": "application/x-www-form-urlencoded"}
    with closing(http.client.HTTPConnection(parts.netloc, timeout=120)) as connection:
        connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, urlencode(form or {}), headers)
        answer = connection.getresponse()
        told = answer.read().decode()
        if answer.status != wanted:
            raise SystemExit(f"{method} was answered with {answer.status}:\n{told}")
        return answer.getheader("location", "")


def first_page(recommend: Path, folder: Path) -> float:
    """From the start of the command to the first page."""
    start = perf_counter()
    with served(recommend, folder) as address:
        ask("GET", address, 200)
        return perf_counter() - start


def to_plan(address: str, numbers: Iterator[int]) -> float:
    """A new profile sent as text, checked, kept, planned, and its report read."""
    text = PROFILE.read_text(encoding="utf-8")
    start = perf_counter()
    report = ask("POST", f"{address}open", 303, {"file": f"B-{next(numbers)}", "text": text})
    ask("GET", f"http://{urlsplit(address).netloc}{report}", 200)
    return perf_counter() - start


def row(page: str, one: Callable[[], float], command: str, other: Callable[[], float], pairs: int) -> str:
    """One line of the table: both in turn, the median of each and of the ratio of each pair."""
    found = [(one(), other()) for _ in range(pairs + 2)][2:]
    ours, theirs = (median(times) * 1000 for times in zip(*found, strict=True))
    return f"| {page} | {ours:.0f} | {command} | {theirs:.0f} | {median(a / b for a, b in found):.2f} |"


def rows(commands: Path, work: Path, pairs: int) -> Iterator[str]:
    """The lines of the table."""
    recommend, folder, numbers = commands / "recommend", work / "profiles", count(1)
    folder.mkdir()

    def run(*arguments: str | Path) -> Callable[[], float]:
        return lambda: seconds([recommend, *arguments], work)

    start = "`recommend serve` to its first page"
    yield row(start, lambda: first_page(recommend, folder), "`recommend PROFILE`", run(PROFILE), pairs)
    yield row(start, lambda: first_page(recommend, folder), "`recommend --help`", run("--help"), pairs)
    sent, command = "a profile sent, to its report", "`recommend PROFILE --format html`"
    with served(recommend, folder) as address:
        yield row(sent, lambda: to_plan(address, numbers), command, run(PROFILE, "--format", "html"), pairs)


def with_web(work: Path) -> Path:
    """The commands of an environment with the wheel and what the page needs."""
    commands = install(work)
    subprocess.run(
        [
            "uv",
            "pip",
            "install",
            "--quiet",
            "--compile-bytecode",
            "--constraint",
            ROOT / "constraints.txt",
            "--python",
            commands / "python",
            "starlette",
            "uvicorn",
        ],
        check=True,
    )
    return commands


def table(pairs: int) -> Sequence[str]:
    with tempfile.TemporaryDirectory(prefix="page-") as name:
        found = list(rows(with_web(Path(name)), Path(name), pairs))
    head = [f"| {' | '.join(TITLES)} |", "| --- | ---: | --- | ---: | ---: |"]
    return ["", *(f"- {line}" for line in describe_python()), "", *head, *found, ""]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description="Time the page beside the command.")
    parser.add_argument("--pairs", type=int, default=25)
    parser.add_argument("--markdown", action="store_true", help="write the results into docs/performance.md")
    asked = parser.parse_args()
    lines = table(asked.pairs)
    print("\n".join(lines))
    if asked.markdown:
        PAGE.write_text(between_markers(PAGE.read_text(encoding="utf-8"), "page", list(lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
