"""The tutorial holds: its files are written and its commands run, in their order, and what it shows is what comes."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("writing-a-pack.md", "writing-a-pathway.md")
FIRST_PLAN = "first-plan.md"
RUN = "from stridewise.cli import main; main()"
BLOCK = re.compile(r"^```(yaml|console|console fails)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"


def steps(page: str) -> list[tuple[str, str]]:
    """(language, content) of every block of a page, in order."""
    return BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines shown after it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, shown


def run(command: str, folder: Path) -> tuple[int, str]:
    program, *arguments = shlex.split(command)
    if program == "cp":
        shutil.copytree(folder / arguments[-2], folder / arguments[-1])
        return 0, ""
    assert program == "recommend", command
    words = [sys.executable, "-c", RUN, *arguments]
    done = subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, done.stdout


def shown_in(line: str, output: str) -> bool:
    pattern = ".*".join(map(re.escape, line.strip().split(ANYTHING)))
    return any(re.fullmatch(pattern, real.strip()) for real in output.splitlines())


def write(block: str, folder: Path) -> None:
    """A file's block opens with its path as a comment."""
    path = folder / block.partition("\n")[0].removeprefix("# ")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block, encoding="utf-8")


def run_page(page: str, folder: Path) -> None:
    """Write its files and run its commands; each shows what the page shows."""
    for language, block in steps(page):
        if language == "yaml":
            write(block, folder)
            continue
        for command, lines in commands(block):
            code, output = run(command, folder)
            assert code == (1 if language.endswith("fails") else 0), f"{command}\n{output}"
            for line in lines:
                assert shown_in(line, output), f"{command}\nshould show: {line}\n{output}"


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_from_nothing_to_a_checked_tested_and_used_pack(tmp_path: Path, page: str) -> None:
    assert len(steps(page)) > 8
    run_page(page, tmp_path)


def test_every_subcommand_that_an_author_needs_is_in_it() -> None:
    text = (DOCS / PAGES[0]).read_text(encoding="utf-8")
    for name in ("new", "check", "test", "diff"):
        assert f"recommend pack {name}" in text


@pytest.mark.slow
def test_the_first_plan_is_made_asked_and_handed_out(tmp_path: Path) -> None:
    run_page(FIRST_PLAN, tmp_path)
    assert "R-014" in (tmp_path / "sheet.html").read_text(encoding="utf-8")
