"""A new pack passes check and test the moment it is made, and its editor help fits what was written."""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pluggy
import pytest
import yaml
from click.testing import CliRunner

from stridewise.authoring.scaffold import new_distribution, new_pack, pack_name
from stridewise.cli.main import recommend
from stridewise.errors import PackError
from stridewise.packs.plugins import load_packs
from stridewise.program.program import Program


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(recommend, ["pack", *map(str, arguments)], standalone_mode=False, catch_exceptions=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "our-clinic"
    run("new", folder)
    return folder


def test_a_new_pack_passes_check_and_test_at_once(made: Path) -> None:
    checked, tested = run("check", made), run("test", made, "--mutation", "--coverage")
    assert checked.output.startswith("0 errors, 0 warnings")
    assert checked.return_value == 0
    assert "2 passed, 0 failed" in tested.output
    assert "1 of 1 rules fired; 0 numbers" in tested.output
    assert "mutation score 100%" in tested.output


def test_it_holds_one_rule_one_exercise_two_cases_and_a_source(made: Path) -> None:
    counts = {
        name: len(yaml.safe_load((made / name).read_text()))
        for name in ("rules/shin.yaml", "exercises/shin.yaml", "cases/shin.yaml", "sources.yaml")
    }
    assert counts == {"rules/shin.yaml": 1, "exercises/shin.yaml": 1, "cases/shin.yaml": 2, "sources.yaml": 1}


def test_every_file_points_to_a_schema_that_it_fits(made: Path) -> None:
    paths = [path for path in made.rglob("*.yaml") if ".schemas" not in path.parts]
    assert len(paths) == 5
    for path in paths:
        first, _, _ = path.read_text(encoding="utf-8").partition("\n")
        assert first.startswith("# yaml-language-server: $schema=")
        schema = json.loads((path.parent / first.partition("=")[2]).read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


def test_the_editor_is_offered_the_terms_of_the_loaded_packs(made: Path) -> None:
    schema = json.loads((made / ".schemas" / "rule.json").read_text(encoding="utf-8"))
    kinds = schema["definitions"]["Condition"]["properties"]
    assert "gluteus_medius" in kinds["weakness"]["anyOf"][0]["enum"]
    prescription = schema["definitions"]["Prescribe"]["properties"]
    assert "goblet_squat" in prescription["prescribe"]["anyOf"][0]["enum"]


@pytest.mark.parametrize(
    ("folder", "name"), [("our-clinic", "our-clinic"), ("Our Clinic", "our-clinic"), ("acme_knee", "acme-knee")]
)
def test_the_pack_is_named_after_its_folder(folder: str, name: str) -> None:
    assert pack_name(Path(folder)) == name


@pytest.mark.parametrize("folder", ["2nd", "stridewise", "___"])
def test_a_folder_that_makes_no_name_is_refused(folder: str) -> None:
    with pytest.raises(PackError, match="makes no name"):
        pack_name(Path(folder))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, program: Program) -> None:
    (tmp_path / "clinic").mkdir()
    new_pack(tmp_path / "clinic", program)
    (tmp_path / "clinic" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PackError, match="not empty"):
        new_pack(tmp_path / "clinic", program)


def test_the_name_of_an_installed_pack_is_refused(tmp_path: Path, program: Program) -> None:
    with pytest.raises(PackError, match='"safety" is installed already'):
        new_distribution(tmp_path / "safety", program)


def test_the_plugin_hands_over_its_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("new", tmp_path / "our-clinic", "--python")
    monkeypatch.syspath_prepend(str(tmp_path / "our-clinic"))
    import our_clinic_rules  # type: ignore[import-not-found]  # made just now

    from stridewise.packs import hookspecs

    manager = pluggy.PluginManager("stridewise")
    manager.add_hookspecs(hookspecs)
    manager.register(our_clinic_rules, name="our-clinic")
    manager.check_pending()
    assert [pack.name for pack in load_packs(manager)] == ["our-clinic"]
    sys.modules.pop("our_clinic_rules")


def test_the_plugin_builds_into_a_wheel_with_its_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = pytest.importorskip("hatchling.build", reason="hatchling is not installed")
    run("new", tmp_path / "our-clinic", "--python")
    monkeypatch.chdir(tmp_path / "our-clinic")
    with zipfile.ZipFile(tmp_path / build.build_wheel(str(tmp_path))) as wheel:
        names = wheel.namelist()
    assert "our_clinic_rules/our_clinic/pack.yaml" in names
    assert "our_clinic_rules/our_clinic/rules/shin.yaml" in names
    assert any(name.endswith("entry_points.txt") for name in names)
