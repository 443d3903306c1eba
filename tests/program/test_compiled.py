"""A compiled program is the program of its packs, or it is not used: nothing that changed since is ever overlooked."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kit import write_pack
from plans import DAY, PROFILES, ROOT, built_in, built_in_packs
from stridewise.errors import PackError
from stridewise.packs import plugins
from stridewise.packs.pack import PackFolder, load_pack
from stridewise.plan.seal import to_values
from stridewise.profile.profile import load_profile
from stridewise.program import compiled
from stridewise.program.builder import build_program
from stridewise.program.compiled import CLASSES, FILE, compile_package, compiled_file, compiled_program, engine_files
from stridewise.program.load import load_program
from stridewise.program.program import Program
from stridewise.render.json import render_json
from stridewise.session import recommend

RULES = ROOT / "rules" / "stridewise_rules"
ORIGIN = "stridewise 0: built-in"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in packs as a wheel installs them: with their compiled program beside them."""
    package = tmp_path_factory.mktemp("site") / RULES.name
    shutil.copytree(RULES, package)
    (package / FILE).write_bytes(compile_package(package))
    return package


@pytest.fixture
def package(whole: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(whole, tmp_path / whole.name))


def folders(package: Path, origin: str = ORIGIN) -> list[PackFolder]:
    """The pack folders of a package, as its plugin brings them."""
    found = sorted(path.parent for path in package.glob("*/pack.yaml"))
    return [PackFolder(origin, path, f"{package.name}/{path.name}") for path in found]


def read_as_yaml(package: Path) -> Program:
    return build_program([load_pack(one.path, one.origin, one.shown) for one in folders(package)])


def test_compiled_and_written_program_are_equal(whole: Path) -> None:
    """Every part, and every pack with what its files hold."""
    found, expected = compiled_program(folders(whole)), read_as_yaml(whole)
    assert found is not None
    for one in fields(Program):
        if one.name not in ("suppliers", "cache"):
            assert getattr(found, one.name) == getattr(expected, one.name), one.name
    assert list(found.suppliers.by_kind.items()) == list(expected.suppliers.by_kind.items())
    assert [pack.read() for pack in found.packs] == [pack.read() for pack in expected.packs]
    assert exactly(found.strata) == exactly(expected.strata)
    assert exactly(found.vocabulary) == exactly(expected.vocabulary)


def exactly(value: Any) -> Any:
    """A value with the types that equality overlooks: 1, Decimal("1") and Decimal("1.0") are three things."""
    if is_dataclass(value):
        return type(value), [exactly(getattr(value, one.name)) for one in fields(value) if one.init]
    if isinstance(value, dict):
        return {key: exactly(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return type(value), [exactly(item) for item in value]
    return sorted(map(repr, value)) if isinstance(value, frozenset) else (type(value), str(value))


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["both", "reference"])
@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_the_plan_is_the_same_byte_for_byte(whole: Path, path: Path, engine: str) -> None:
    """For every example profile: receipt, reasons, places and all."""
    found = compiled_program(folders(whole))
    assert found is not None
    plans = [recommend(load_profile(path), program, DAY, engine) for program in (found, read_as_yaml(whole))]
    assert render_json(plans[:1]) == render_json(plans[1:])


def test_a_plan_reads_no_rule_again(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the files hold is looked at only when somebody asks."""
    found = compiled_program(folders(whole))
    assert found is not None
    monkeypatch.setattr(compiled, "load_pack", lambda *_: pytest.fail("a pack was read"))
    assert to_values(recommend(load_profile(PROFILES[0]), found, DAY))["status"]


@pytest.mark.slow
def test_the_same_packs_give_the_same_file(whole: Path) -> None:
    """A wheel can be built again, bit for bit."""
    assert compile_package(whole) == (whole / FILE).read_bytes() == compiled_file(read_as_yaml(whole))


# --- never stale ------------------------------------------------------------------------------------------------------

CHANGED = [
    "safety/pack.yaml",
    "vocabulary/sources.yaml",
    "vocabulary/vocabulary/safety.yaml",
    "exercises/exercises/squat.yaml",
    "load/rules/high_mileage.yaml",
    "strength/cases/weakness.yaml",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGED)
def test_a_touched_file_is_noticed(package: Path, name: str) -> None:
    """Even where only a comment was added: then the YAML is read, and the plan's receipt says so."""
    before = compiled_program(folders(package))
    (package / name).write_bytes((package / name).read_bytes() + b"\n# looked at\n")
    assert before is not None
    assert compiled_program(folders(package)) is None
    assert [one.sha256 for one in read_as_yaml(package).packs] != [one.sha256 for one in before.packs]


def add(package: Path) -> None:
    shutil.copy(package / "load" / "rules" / "phase.yaml", package / "load" / "rules" / "later.yml")


def remove(package: Path) -> None:
    (package / "safety" / "rules").joinpath(sorted(path.name for path in (package / "safety" / "rules").iterdir())[0]).unlink()


def rename(package: Path) -> None:
    (package / "load" / "rules" / "phase.yaml").rename(package / "load" / "rules" / "phases.yaml")


def new_pack(package: Path) -> None:
    write_pack(package / "toy")


def no_pack(package: Path) -> None:
    shutil.rmtree(package / "terrain")


def move(package: Path) -> None:
    (package / "terrain").rename(package / "ground")


def one_number(package: Path) -> None:
    path = package / "load" / "pack.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 64", "value: 65"), encoding="utf-8")


@pytest.mark.parametrize("change", [add, remove, rename, new_pack, no_pack, move, one_number])
def test_another_set_of_files_is_noticed(package: Path, change: Callable[[Path], None]) -> None:
    """A file or pack more or less, one under another name, one digit."""
    change(package)
    assert compiled_program(folders(package)) is None


def test_another_engine_reads_the_yaml(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine that made a file is part of what it was made from."""
    monkeypatch.setattr(compiled, "engine_digest", lambda: "another")
    assert compiled_program(folders(whole)) is None


def test_everything_that_makes_a_program_counts_as_the_engine() -> None:
    """Each of our modules that reading packs imports is looked at; the rooms' own files hold a sentence and no more."""
    listed = (
        "print(*(name for name, at in sys.modules.items() if name.startswith('stridewise.') and not hasattr(at, '__path__')))"
    )
    code = f"import sys, stridewise.program.compiled, stridewise.program.builder; {listed}"
    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    files = {compiled.ROOT / f"{name.removeprefix('stridewise.').replace('.', '/')}.py" for name in imported}
    assert len(files) > 30
    assert files <= set(engine_files())


def test_a_link_that_leads_out_is_refused_as_ever(package: Path, tmp_path: Path) -> None:
    """Though it leads to the very same bytes."""
    path = package / "load" / "rules" / "phase.yaml"
    path.rename(tmp_path / "phase.yaml")
    path.symlink_to(tmp_path / "phase.yaml")
    assert compiled_program(folders(package)) is None
    with pytest.raises(PackError, match="leads outside the pack's folder"):
        read_as_yaml(package)


# --- never wrong ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_damaged_file_is_not_used(package: Path) -> None:
    """Wherever a bit is turned, whatever is cut off or added. The YAML beside it is the truth, and is read instead."""
    path = package / FILE
    content = path.read_bytes()
    places = [*range(0, 900, 37), *range(900, len(content), len(content) // 40), len(content) - 1]
    for place in places:
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert compiled_program(folders(package)) is None, place
        path.write_bytes(content[:place])
        assert compiled_program(folders(package)) is None, place
    for garbage in (
        b"",
        b"\n",
        b"null\nnull",
        b"[" * 100_000,
        b"{}\n{}",
        b"\xff\xfe",
        content + b" ",
        content[1:],
        b"\n" + content,
    ):
        path.write_bytes(garbage)
        assert compiled_program(folders(package)) is None


def test_a_threshold_changed_by_hand_is_not_used(package: Path) -> None:
    """The file is no place to change a rule: its own sum is part of its first line."""
    path = package / FILE
    head, _, body = path.read_bytes().partition(b"\n")
    path.write_bytes(head + b"\n" + body.replace(b'"64"', b'"99"'))
    assert compiled_program(folders(package)) is None


def test_what_is_no_file_is_passed_over(package: Path) -> None:
    """A folder of that name, or a link to nowhere."""
    (package / FILE).unlink()
    (package / FILE).mkdir()
    assert compiled_program(folders(package)) is None
    (package / FILE).rmdir()
    (package / FILE).symlink_to(package / "nowhere")
    assert compiled_program(folders(package)) is None


def test_a_compiled_file_holds_values_and_nothing_else(whole: Path) -> None:
    """Names of our classes that hold values, and columns of text, whole numbers, true, false and null."""
    table = json.loads((whole / FILE).read_bytes().partition(b"\n")[2])
    assert {name for name, _ in table} - set(CLASSES) == {"value", "Decimal", "tuple", "frozenset", "list", "dict"}
    parts = [
        part for _, columns in table for column in columns for part in (column["at"] if isinstance(column, dict) else column)
    ]
    assert {type(part) for part in parts} <= {str, int, bool, type(None)}


# --- who uses it ------------------------------------------------------------------------------------------------------


def installed(monkeypatch: pytest.MonkeyPatch, **packages: Path) -> None:
    """Pretend that these distributions are installed, each bringing the packs of a package folder."""
    found = []
    for name, package in packages.items():
        brought = [one.path for one in folders(package)]
        plugin = SimpleNamespace(rule_packs=plugins.hookspecs.__dict__["rule_packs"])
        plugin.rule_packs = _hook(brought)
        entry = SimpleNamespace(name=name, group=plugins.GROUP, load=lambda plugin=plugin: plugin)
        found.append(SimpleNamespace(name=name, version="1", entry_points=[entry]))
    monkeypatch.setattr(plugins, "distributions", lambda: found)
    monkeypatch.delenv(plugins.CHOOSE, raising=False)


def _hook(brought: list[Path]) -> Callable[[], list[Path]]:
    from stridewise import hookimpl

    def rule_packs() -> list[Path]:
        return brought

    return hookimpl(rule_packs)


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each load took a compiled program."""
    seen: list[bool] = []

    def spy(found: list[PackFolder]) -> Program | None:
        program = compiled_program(found)
        seen.append(program is not None)
        return program

    monkeypatch.setattr(compiled, "compiled_program", spy)
    return seen


@pytest.mark.slow
def test_the_command_takes_it_where_just_its_packs_are_installed(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, used: list[bool]
) -> None:
    """With one pack more, named or installed, all are read from their YAML and joined as ever."""
    toy = write_pack(tmp_path / "toys" / "toy")
    installed(monkeypatch, stridewise=whole)
    plain, named = load_program(), load_program((toy,))
    installed(monkeypatch, stridewise=whole, toys=tmp_path / "toys")
    joined = load_program()
    assert used == [True, False, False]
    assert {one.name for one in named.packs} == {one.name for one in joined.packs} == {one.name for one in plain.packs} | {"toy"}


def test_a_folder_that_somebody_named_is_read_from_its_yaml(package: Path) -> None:
    """A compiled file beside it says nothing: nobody installed it."""
    assert compiled_program(folders(package, origin="folder")) is None
    assert compiled_program([*folders(package)[:-1], *folders(package, origin="folder")[-1:]]) is None


@pytest.mark.slow
def test_a_distribution_may_compile_its_packs_with_those_it_builds_on(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, used: list[bool]
) -> None:
    """The file lies beside its own packs, and counts where exactly these are installed together."""
    clinic = tmp_path / "acme_knee_rules"
    shutil.copytree(ROOT / "tests" / "clinic" / "acme_knee_rules" / "acme_knee", clinic / "acme_knee")
    installed(monkeypatch, stridewise=whole, acme=clinic)
    written = load_program()
    compiled.main(clinic)
    read = load_program()
    assert used == [False, True]
    assert (read.packs, read.strata, read.thresholds) == (written.packs, written.strata, written.thresholds)
    assert "acme-knee" in {one.name for one in read.packs}
    installed(monkeypatch, stridewise=whole)
    assert "acme-knee" not in {one.name for one in load_program().packs}
    assert used == [False, True, True]


def test_a_checkout_reads_the_yaml() -> None:
    """The compiled file is made for the wheel and lies nowhere else."""
    assert not (RULES / FILE).exists()
    assert [one.rules for one in built_in_packs()] == [one.rules for one in built_in().packs]


def test_wrong_packs_are_not_compiled(package: Path) -> None:
    """The wheel is not built, and the line is named."""
    path = package / "load" / "rules" / "phase.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("conclude:", "conclud:", 1), encoding="utf-8")
    with pytest.raises(PackError, match=r"^stridewise_rules/load/rules/phase\.yaml:\d+: "):
        compile_package(package)
