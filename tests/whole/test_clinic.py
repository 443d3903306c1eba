"""A clinic's own distribution works as one would use it: built, installed beside ours in a clean environment, and as a folder."""

import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from stridewise.cli.main import recommend
from stridewise.packs import plugins

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CLINIC = ROOT / "tests" / "clinic"
PACK = CLINIC / "acme_knee_rules" / "acme_knee"
DAY = ("--as-of", "2026-11-21")
PROFILE = """\
schema: 1
runner: {ref: R-21, age: 34}
recorded: 2026-11-21
training: {weekly_distance_km: 60}
findings: [{step_down_reps: {left: 9, right: 12}}, {weakness: quadriceps, side: left, grade: mild}]
constraints: {equipment: [step]}
"""
QUESTIONNAIRE = """\
question,answer
Runner,R-22
Age,34
Recorded,2026-11-21
km last week,60
Finding,weak glutes
Step-downs left,9
Step-downs right,12
Shoes,"blue, size 43"
"""
OVERRIDE = "acme-knee has load/high_weekly_distance set to 56 km until 2027-11-01"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the clinic works: two runners' files."""
    (tmp_path / "runner.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "runner.csv").write_text(QUESTIONNAIRE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str | Path) -> Any:
    return CliRunner().invoke(recommend, list(map(str, words)), standalone_mode=False, catch_exceptions=False)


def fired(plan: dict[str, Any]) -> set[str]:
    return {because["rule"] for one in plan["prescriptions"] for because in one["because"]}


# --- as a plain folder --------------------------------------------------------------------------------------------------


def test_the_folder_works_without_any_python(folder: Path) -> None:
    """--pack brings the kind, the exercise, the threshold and the replaced rule; only what the plugin computes is missing."""
    plan = json.loads(run("runner.yaml", *DAY, "--pack", PACK, "--format", "json").output)
    assert any(notice.startswith(OVERRIDE) for notice in plan["notices"])
    assert any("weak-quadriceps-train-quadriceps replaced" in notice for notice in plan["notices"])
    assert {"high_mileage": "yes"} in [one["fact"] for one in plan["conclusions"]]
    assert "acme-knee/weak-quadriceps-start-with-the-slow-step-down" in fired(plan)
    assert ("acme-knee", "1.2.0") in [(pack["name"], pack["version"]) for pack in plan["receipt"]["packs"]]
    assert "acme_slow_step_down" in [one["exercise"] for one in plan["prescriptions"]]
    assert "step_down_difference" not in json.dumps(plan)


def test_the_pack_passes_check_and_test() -> None:
    """With every mutant noticed."""
    checked, tested = run("pack", "check", PACK), run("pack", "test", PACK, "--mutation")
    assert checked.output.startswith("0 errors, 0 warnings")
    assert (checked.return_value, tested.return_value) == (0, 0)
    assert "9 passed, 0 failed" in tested.output
    assert "mutation score 100%" in tested.output


# --- as a plugin in this process ----------------------------------------------------------------------------------------


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the distribution were installed here."""
    monkeypatch.syspath_prepend(str(CLINIC))
    load = lambda: importlib.import_module("acme_knee_rules")  # noqa: E731  # an entry point's only method
    entry = SimpleNamespace(name="acme-knee", group=plugins.GROUP, load=load)
    clinic = SimpleNamespace(name="acme-knee", version="1.2.0", entry_points=[entry])
    installed = plugins.distributions
    monkeypatch.setattr(plugins, "distributions", lambda: [*installed(), clinic])
    monkeypatch.delenv(plugins.CHOOSE, raising=False)
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "acme_knee_rules"]:
        del sys.modules[name]


@pytest.mark.usefixtures("plugged")
def test_each_plan_is_a_line_in_the_clinics_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_PLAN_LOG", str(folder / "log"))
    plan = json.loads(run("runner.yaml", *DAY, "--format", "json").output)
    (line,) = (folder / "log").read_text().splitlines()
    assert json.loads(line)["plan"] == plan["receipt"]["plan_sha256"]


@pytest.mark.usefixtures("plugged")
def test_the_clinics_own_check_finds_among_ours(tmp_path: Path) -> None:
    """Under the plugin's name, at the rule's line."""
    copy = shutil.copytree(PACK, tmp_path / "acme_knee")
    rules = copy / "rules" / "step_down.yaml"
    lines = rules.read_text(encoding="utf-8").splitlines(keepends=True)
    rules.write_text("".join(line for line in lines if not line.startswith("  patient:")), encoding="utf-8")
    said = run("pack", "check", copy, "--level", "info", *DAY).output
    assert "rules/step_down.yaml:1: info:" in said
    assert "says nothing to the runner Add patient. [acme-knee]" in said


@pytest.mark.usefixtures("plugged")
def test_the_computed_difference_reaches_the_rules_and_names_the_plugin(folder: Path) -> None:
    plan = json.loads(run("runner.yaml", *DAY, "--format", "json").output)
    facts = [used for one in plan["prescriptions"] for because in one["because"] for used in because["facts"]]
    (difference,) = [used for used in facts if "step_down_difference" in used["fact"]]
    assert difference == {
        "fact": {"step_down_difference": 25, "side": "left"},
        "at": "acme-knee 1.2.0: acme-knee",
        "assumed": [],
        "text": "step-downs behind the other side: 25%, left",
    }
    why = run("why", "runner.yaml", "acme_slow_step_down", *DAY).output
    assert "acme-knee 1.2.0: acme-knee" in why
    assert "step-downs behind the other side: 25%" in why


@pytest.mark.usefixtures("plugged")
def test_the_questionnaire_is_read_and_judged_like_a_profile(folder: Path) -> None:
    plan = json.loads(run("runner.csv", *DAY, "--format", "json").output)
    assert plan["runner"] == "R-22"
    assert "Shoes: blue, size 43" in json.dumps(plan["not_used"])
    assert {"high_mileage": "yes"} in [one["fact"] for one in plan["conclusions"]]
    from stridewise.errors import ProfileError

    (folder / "bad.csv").write_text(QUESTIONNAIRE.replace("left,9", "left,nine"), encoding="utf-8")
    with pytest.raises(ProfileError, match=r'^bad.csv: findings\[1\]: step_down_reps: expected a number, found "nine"'):
        run("bad.csv", *DAY)


@pytest.mark.usefixtures("plugged")
@pytest.mark.parametrize("profile", ["marathoner_in_three_weeks.yaml", "red_flag.yaml", "shortest.yaml"])
def test_the_calendar_is_what_rfc_5545_asks_for(profile: str) -> None:
    """Lines of at most 75 octets ending in CRLF, paired blocks, an entry for every planned day."""
    text = _ics(profile)
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert all(len(line.encode()) <= 75 and "\n" not in line for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-2] == "END:VCALENDAR"
    events = unfolded.count("BEGIN:VEVENT")
    assert events == unfolded.count("END:VEVENT") == len({line for line in unfolded if line.startswith("UID:")}) >= 1
    plan = json.loads(run(ROOT / "profiles" / profile, *DAY, "--format", "json").output)
    starts = {line.partition(":")[2] for line in unfolded if line.startswith("DTSTART;VALUE=DATE:")}
    assert {day["date"].replace("-", "") for day in plan["schedule"] if day["sessions"]} <= starts
    assert text == _ics(profile)


def _ics(profile: str) -> str:
    return str(run(ROOT / "profiles" / profile, *DAY, "--format", "diary").stdout_bytes.decode())


@pytest.mark.usefixtures("plugged")
def test_a_folder_of_calendars_is_written(folder: Path) -> None:
    (folder / "second.yaml").write_text(PROFILE, encoding="utf-8")
    run("runner.yaml", "second.yaml", *DAY, "--format", "diary", "--output", "plans")
    assert sorted(path.name for path in (folder / "plans").iterdir()) == ["runner.diary", "second.diary"]
    run("runner.yaml", *DAY, "--output", "one.diary")
    assert (folder / "one.diary").read_bytes() == (folder / "plans" / "runner.diary").read_bytes()


@pytest.mark.usefixtures("plugged")
def test_its_documentation_examples_hold() -> None:
    import doctest

    for name in ("differences", "calendar"):
        module = importlib.import_module(f"acme_knee_rules.{name}")
        found = doctest.testmod(module, extraglobs={"Decimal": __import__("decimal").Decimal})
        assert (found.failed, found.attempted > 0) == (0, True)


# --- as a wheel in a clean environment ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with both wheels. It borrows third-party packages from this one, and nothing of the checkout."""
    work = tmp_path_factory.mktemp("clinic")
    (work / "wheels").mkdir()
    for source in (_copy(ROOT, work / "ours"), _copy(CLINIC, work / "clinic")):
        _build(source, work / "wheels")
    return _environment(work / "venv", sorted((work / "wheels").glob("*.whl")))


def _copy(source: Path, target: Path) -> Path:
    """What a wheel is made from, so that nothing is written into the checkout."""
    parts = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "engine", "rules", "profiles", "acme_knee_rules")
    target.mkdir()
    for part in filter(lambda part: (source / part).exists(), parts):
        copy = shutil.copytree if (source / part).is_dir() else shutil.copy
        copy(source / part, target / part)
    return target


def _build(source: Path, target: Path) -> None:
    """A wheel of a distribution: without any network where pip and the build tool are here, else with uv."""
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--wheel-dir", target, source]
    _tool([*_uv(), "build", "-q", "--wheel", "--out-dir", target, source] if _lacks("pip", "hatchling") else pip)


def _environment(folder: Path, wheels: list[Path]) -> Path:
    """The commands of a new environment with these wheels installed and nothing else."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", *wheels]
    _tool([*_uv(), "pip", "install", "-q", "--offline", "--no-deps", "--python", python, *wheels] if _lacks("pip") else pip)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return folder / "bin"


def _lacks(*modules: str) -> bool:
    return any(importlib.util.find_spec(name) is None for name in modules)


def _uv() -> list[str]:
    found = shutil.which("uv")
    if found is None and _lacks("uv"):
        pytest.skip("neither uv nor pip with hatchling is installed")
    return [found] if found else [sys.executable, "-m", "uv"]


def _tool(words: list[Any]) -> None:
    done = subprocess.run(list(map(str, words)), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def call(command: Path, *words: str | Path, code: int = 0, **environment: str) -> str:
    """What a command of the new environment says, run away from the checkout."""
    kept = {"PATH": str(command.parent), "LC_ALL": "C.UTF-8", **environment}
    done = subprocess.run(list(map(str, (command, *words))), capture_output=True, encoding="utf-8", check=False, env=kept)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_installed_plugin_is_used(installed: Path, folder: Path) -> None:
    """Pack, override and computed fact are in the plan; the questionnaire and the calendar work; nothing is from the checkout."""
    where = call(installed / "python", "-c", "import stridewise, acme_knee_rules as a; print(stridewise.__file__, a.__file__)")
    assert where.count(str(installed.parent / "lib")) == 2
    plan = json.loads(call(installed / "recommend", "runner.yaml", *DAY, "--format", "json"))
    assert any(notice.startswith(OVERRIDE) for notice in plan["notices"])
    assert ("acme-knee", "1.2.0") in [(pack["name"], pack["version"]) for pack in plan["receipt"]["packs"]]
    assert "acme-knee/side-far-behind-on-the-step-down-is-trained-alone" in fired(plan)
    assert "R-22" in call(installed / "recommend", "runner.csv", *DAY)
    assert "BEGIN:VCALENDAR" in call(installed / "recommend", "runner.yaml", *DAY, "--format", "diary")


def test_the_installed_pack_is_listed_and_passes_its_cases(installed: Path, folder: Path) -> None:
    assert "acme-knee 1.2.0: acme-knee" in call(installed / "recommend", "pack", "list")
    (pack,) = installed.parent.glob("lib/python*/site-packages/acme_knee_rules/acme_knee")
    assert "9 passed, 0 failed" in call(installed / "recommend", "pack", "test", pack)


def test_without_its_plugin_the_clinic_is_not_there(installed: Path, folder: Path) -> None:
    """The rescue variable leaves only what stridewise brings; a plugin that does not load stops the run by name."""
    told = call(installed / "recommend", "runner.yaml", *DAY, code=2, STRIDEWISE_LOAD_PLUGINS="")
    assert "step_down_reps" in told
    (module,) = installed.parent.glob("lib/python*/site-packages/acme_knee_rules/differences.py")
    whole = module.read_text(encoding="utf-8")
    try:
        module.write_text("raise RuntimeError('broken')\n", encoding="utf-8")
        told = call(installed / "recommend", "runner.yaml", *DAY, code=3)
    finally:
        module.write_text(whole, encoding="utf-8")
    assert told.startswith('the plugin "acme-knee" of acme-knee does not load: RuntimeError')
