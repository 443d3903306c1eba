"""The documents say what is so: commands run, examples work, what is generated is current, links lead somewhere."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from stridewise.authoring.reference_docs import main as write_reference
from stridewise.authoring.reference_docs import reference_pages
from stridewise.authoring.schemas import SHAPES
from stridewise.inference.engine import ADDS_DURABLE
from stridewise.packs import hookspecs
from stridewise.packs.plugins import load_packs, plugin_manager
from stridewise.program.builder import build_program
from stridewise.program.program import Program

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
GENERATED = [
    "profile.md",
    "logs.md",
    "phrases.md",
    "keys.md",
    "safety-trace.md",
    "hazards.md",
    *(f"schemas/{name}.schema.json" for name in SHAPES),
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DAY = "2026-11-21"
DATED = ("plan", "why", "why-not", "what-if", "ask")  # commands that take --as-of
OMITTED = "[…]"
RUN = "from stridewise.cli import main; main()"
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.~:/<>])/(home|root|Users|tmp|opt|work|mnt)/\w",
    "a registry host": r"pypi\.org|pythonhosted",
    "an unfinished place": r"\b(TODO|FIXME|TBD|XXX|lorem ipsum)\b",
    "a vague word": r"\b(utils?|helpers?|managers?)\b",
    "a promise": r"\b(guarantee[sd]?|cures?|risk-free|clinically proven|injury-proof)\b",
}


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every `recommend` command of the documents, once."""
    blocks = (block for page in PAGES for block in fenced(page.read_text(encoding="utf-8"), "sh"))
    lines = (line.removeprefix("uv run ") for block in blocks for line in block.splitlines())
    return list(dict.fromkeys(line for line in lines if line.startswith("recommend ")))


def example_pack(folder: Path) -> None:
    """Write the files that docs/writing-rules.md shows; each block opens with the name of its file."""
    text = (DOCS / "writing-rules.md").read_text(encoding="utf-8")
    for added, name, body in re.findall(r"^```yaml\n# (added to )?(acme_knee/\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text(encoding="utf-8") if added else "") + body, encoding="utf-8")


def recommend(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a documented command in this environment. The day is fixed: the clock is not what is tested."""
    words = shlex.split(line.removeprefix("recommend "))
    dated = [*words, "--as-of", DAY] if words[0] in DATED or words[0].endswith(".yaml") else words
    environment = os.environ | {"STRIDEWISE_LOAD_PLUGINS": "", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", RUN, *dated],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@cache
def built_in() -> Program:
    return build_program(load_packs(plugin_manager(choice="")))


@pytest.mark.slow
@pytest.mark.parametrize("line", commands())
def test_every_documented_command_runs(line: str, tmp_path: Path) -> None:
    """What a reader copies out of a document works, in a folder that holds the profiles and the example pack."""
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    example_pack(tmp_path)
    done = recommend(line, tmp_path)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert done.stdout or "--output" in line


@pytest.mark.parametrize("command", ["uv run recommend profiles/marathoner_in_three_weeks.yaml", "uv run pytest -n auto"])
def test_the_readme_gives_the_two_commands_each_in_a_block_of_its_own(command: str) -> None:
    assert f"{command}\n" in fenced(README, "sh")


def test_what_adds_the_second_matcher_is_the_same_everywhere() -> None:
    """In the receipt of a plan made without it, in the documents, and in what uv and CI are told."""
    assert f"{ADDS_DURABLE}\n" in fenced(README, "sh")
    assert f"{ADDS_DURABLE}\n" in fenced((DOCS / "dependencies.md").read_text(encoding="utf-8"), "sh")
    told_to_uv = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["uv"]["extra-build-variables"]
    assert [f"CPPFLAGS={told_to_uv['durable-rules']['CPPFLAGS']}"] == ADDS_DURABLE.split()[:1]
    assert f"{ADDS_DURABLE.split()[0]} uv " in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_readme_shows_what_the_command_really_prints() -> None:
    """Every part between two marks of omission stands in the output, in this order, the first one at its start."""
    shown = fenced(README, "text")[0]
    done = recommend("recommend profiles/marathoner_in_three_weeks.yaml", ROOT)
    position = 0
    for number, part in enumerate(part.strip("\n") for part in shown.split(f"{OMITTED}\n")):
        found = done.stdout.find(part, position)
        assert found >= 0, f"not in the output, or not in this order:\n{part}\n\nthe output:\n{done.stdout}"
        assert number or found == 0, "the README leaves out the start of the output"
        position = found + len(part)


@pytest.mark.slow
def test_the_cases_of_the_example_pack_hold(tmp_path: Path) -> None:
    example_pack(tmp_path)
    done = recommend("recommend pack test acme_knee", tmp_path)
    assert done.stdout == "7 passed, 0 failed\n", done.stdout + done.stderr
    checked = recommend("recommend pack check acme_knee", tmp_path)
    assert checked.stdout.startswith("0 errors, 0 warnings"), checked.stdout + checked.stderr


@pytest.mark.parametrize("name", GENERATED)
def test_generated_documents_are_current(name: str) -> None:
    """`python -m stridewise.authoring.reference_docs docs` would change nothing."""
    expected = reference_pages(built_in())[name]
    assert (DOCS / name).read_bytes().decode() == expected, "run: python -m stridewise.authoring.reference_docs docs"


def test_no_generated_schema_is_left_over() -> None:
    assert set(reference_pages(built_in())) == set(GENERATED)
    schemas = {name for name in GENERATED if name.startswith("schemas/")}
    assert {f"schemas/{path.name}" for path in (DOCS / "schemas").iterdir()} == schemas


def test_the_check_names_what_is_out_of_date_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_reference([str(tmp_path)], standalone_mode=False)
    (tmp_path / "profile.md").write_text("old", encoding="utf-8")
    capsys.readouterr()
    with pytest.raises(Exception, match="commit what it writes"):
        write_reference(["--check", str(tmp_path)], standalone_mode=False)
    assert capsys.readouterr().out == f"out of date: {tmp_path / 'profile.md'}\n"
    assert (tmp_path / "profile.md").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings_that_exist(page: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https://", target):
            continue
        name, _, heading = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.is_file(), f"{page.name} links to {target}, which is not there"
        assert path.is_relative_to(ROOT), f"{page.name} links to {target}, outside the project"
        assert not heading or heading in headings(path), f"{page.name} links to {target}, which is no heading"


def headings(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_documents_hold_no_forbidden_words(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = [f"{what}: {match[0]}" for what, pattern in FORBIDDEN.items() for match in re.finditer(pattern, text, re.IGNORECASE)]
    assert not found


def test_every_file_of_the_engine_has_its_place_in_the_architecture() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    files = {path.name if path.is_file() else f"{path.name}/" for path in (ROOT / "engine/stridewise").iterdir()}
    files = {name for name in files if not name.startswith(("__", "."))} - {"py.typed"}
    assert {name for name in files if f"`{name}`" not in text} == set()


def test_every_hook_is_documented() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    hooks = [name for name, item in vars(hookspecs).items() if hasattr(item, "stridewise_spec")]
    assert hooks
    assert [name for name in hooks if f"def {name}(" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_rules_and_thresholds_that_documents_name_exist(page: Path) -> None:
    program = built_in()
    packs = "|".join(pack.name for pack in program.packs)
    named = re.findall(rf"(?<![\w./-])(?:{packs})/[a-z][a-z0-9_-]+(?![\w./-])", page.read_text(encoding="utf-8"))
    known = {rule.id for rule in program.rules} | set(program.thresholds)
    assert set(named) <= known
