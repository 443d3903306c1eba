"""The public names: five lines make the plan that the command makes; importing them costs nothing; the page about them runs."""

import json
import re
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from test_docs import DOCS, ROOT, example_pack, fenced

import stridewise
from plans import DAY, built_in
from stridewise.errors import PluginError, ProfileError
from stridewise.packs import plugins
from stridewise.program.program import Program

PAGE = (DOCS / "library.md").read_text(encoding="utf-8")
CODE = fenced(PAGE, "python")
NOVICE = ROOT / "profiles" / "novice.yaml"


@pytest.fixture(autouse=True)
def _built_in_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is installed takes no part."""
    monkeypatch.setenv("STRIDEWISE_LOAD_PLUGINS", "")


@pytest.fixture(scope="module", name="installed")
def _installed() -> Program:
    """The program as another program loads it."""
    return stridewise.load_program()


def python(code: str, folder: Path = ROOT) -> str:
    """What a script prints, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_page_runs_from_its_first_line_to_its_last(tmp_path: Path) -> None:
    """In a folder that holds the profiles and the example pack."""
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    example_pack(tmp_path)
    assert "weak gluts" in python("\n".join(CODE), tmp_path)


def test_five_lines_print_a_plan() -> None:
    lines = [line for line in CODE[0].splitlines() if line]
    assert len(lines) == 5
    assert python(CODE[0]).startswith("GO")


def test_every_public_name_is_documented_and_there() -> None:
    for name in stridewise.__all__:
        assert getattr(stridewise, name) is not None
        assert name in dir(stridewise)
        assert f"`{name}" in PAGE or name in ("Plan", "Profile", "Program", "Problem")


def test_no_public_name_is_also_a_room() -> None:
    """Importing a room would put the module in the place of the function."""
    rooms = {path.stem for path in (ROOT / "engine" / "stridewise").iterdir()}
    assert not rooms & set(stridewise.__all__)


def test_importing_stridewise_loads_nothing_else() -> None:
    """Names come when they are asked for; an unknown one is told as Python does."""
    code = "import sys, stridewise; stridewise.__version__\n"
    heavy = ("stridewise.", "pluggy", "yaml", "pydantic", "rich", "jinja2", "durable")
    assert python(f"{code}print([name for name in sys.modules if name.startswith({heavy!r})])") == "[]\n"
    with pytest.raises(AttributeError, match="no attribute 'mak_plan'"):
        stridewise.mak_plan  # noqa: B018


def test_the_version_is_the_distribution_s_and_plain_numbers() -> None:
    """What `requires_engine` is compared with."""
    from importlib.metadata import version

    assert re.fullmatch(r"\d+\.\d+\.\d+", stridewise.__version__)
    assert version("stridewise") == stridewise.__version__


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_a_plan_is_what_the_command_prints(form: str, installed: Program) -> None:
    arguments = [str(NOVICE), "--as-of", str(DAY), "--format", form, "--engine", "reference"]
    printed = python(f"from stridewise.cli import main; main({arguments!r})")
    plan = stridewise.make_plan(stridewise.load_profile(NOVICE), installed, DAY, "reference")
    assert stridewise.render_plan(plan, form, program=installed) == printed
    assert (stridewise.render_plan(plan, form) == printed) == (form != "html")  # drawings are the program's


def test_a_plan_as_plain_values_is_its_json(installed: Program) -> None:
    plan = stridewise.make_plan(stridewise.load_profile(str(NOVICE)), installed, DAY, "reference")
    assert stridewise.to_dict(plan) == json.loads(stridewise.render_plan(plan, "json"))


def test_a_profile_may_come_as_text(installed: Program) -> None:
    """The same plan as from its file."""
    text = NOVICE.read_text(encoding="utf-8")
    profiles = [stridewise.read_profile(text, str(NOVICE)), stridewise.read_profile(text.encode(), str(NOVICE))]
    plans = [stridewise.make_plan(one, installed, DAY, "reference") for one in (*profiles, stridewise.load_profile(NOVICE))]
    assert plans[0] == plans[1] == plans[2]


def test_without_a_safety_pack_no_plan_is_made() -> None:
    """Nor by a program that builds its own."""
    from dataclasses import replace

    from stridewise.program.safety import red_flags

    program = replace(built_in(), unreferred_flags=tuple(red_flags(built_in().vocabulary)))
    with pytest.raises(PluginError, match="no safety pack"):
        stridewise.make_plan(stridewise.load_profile(NOVICE), program, DAY)


def test_what_plugins_bring_takes_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts that one computes are in the plan, and its format is one of the formats."""
    extra = ModuleType("extra")
    extra.further_facts = stridewise.hookimpl(lambda facts: [{"weakness": "soleus", "side": "left"}])  # type: ignore[attr-defined]
    extra.plan_formats = stridewise.hookimpl(lambda: {"short": lambda plan: plan["status"]})  # type: ignore[attr-defined]
    manager = plugins.plugin_manager("")
    manager.register(extra, name="extra 1.0: extra")
    monkeypatch.setattr(plugins, "plugin_manager", lambda *_: manager)
    plan = stridewise.make_plan(stridewise.load_profile(NOVICE), stridewise.load_program(), DAY, "reference")
    assert "extra 1.0: extra" in stridewise.render_plan(plan, "json")
    assert stridewise.render_plan(plan, "short") == plan.status


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"day": datetime(2026, 11, 21)}, TypeError, "expected a datetime.date"),
        ({"day": "2026-11-21"}, TypeError, "expected a datetime.date"),
        ({"day": date(1, 1, 1)}, ValueError, "outside the years"),
    ],
)
def test_a_day_that_is_none_is_told(given: Any, error: type[Exception], says: str, installed: Program) -> None:
    with pytest.raises(error, match=says):
        stridewise.make_plan(stridewise.load_profile(NOVICE), installed, **given)


def test_an_unknown_format_or_item_is_told_with_what_there_is(installed: Program) -> None:
    profile = stridewise.load_profile(NOVICE)
    with pytest.raises(ValueError, match='"pdf" is not one of text, markdown, json, html'):
        stridewise.render_plan(stridewise.make_plan(profile, installed, DAY, "reference"), "pdf")
    with pytest.raises(ProfileError, match="pigeon_lunge"):
        stridewise.why(profile, installed, DAY, "pigeon_lunge", "reference")


@pytest.mark.slow
def test_a_caller_is_typed(tmp_path: Path) -> None:
    """The page passes mypy's strict mode as a stranger's module, and a wrong argument does not."""
    module = tmp_path / "caller.py"
    for code, passes in (("\n".join(CODE), True), (f"{CODE[0]}\nmake_plan(1, program)\n", False)):
        module.write_text(code, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "--config-file", "", str(module)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) == passes, done.stdout
