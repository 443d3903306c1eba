"""Packs that a user enabled once take part in every command, are told, and are never missing in silence."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli_kit import AS_OF, SHORT, command, run
from kit import write_pack
from stridewise import load_program
from stridewise.cli.main import recommend
from stridewise.cli.options import _with_defaults
from stridewise.packs import default_packs
from stridewise.packs.default_packs import CONFIG

pytestmark = pytest.mark.usefixtures("built_in_only")
WITHOUT_RULES = {"new", "log", "schema", "enable", "disable"}  # commands that use no program, and those that keep the list


@pytest.fixture(name="ours")
def _ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack of a clinic, and an empty list."""
    monkeypatch.setenv(CONFIG, str(tmp_path / "config"))
    return write_pack(tmp_path / "our clinic", {"pack.yaml": "name: our-clinic\nversion: '1.0'\n"})


def packs_of_a_plan(*more: str) -> set[str]:
    shown = json.loads(run(SHORT, *AS_OF, "--engine", "reference", "--format", "json", *more).out)
    return {pack["name"] for pack in shown["receipt"]["packs"]}


def test_an_enabled_pack_is_in_every_receipt_until_it_is_disabled(ours: Path) -> None:
    """--no-default-packs leaves it out of one run; enabling twice changes nothing."""
    before = packs_of_a_plan()
    assert "Every command now loads" in run("pack", "enable", ours).out
    assert "Enabled already" in run("pack", "enable", ours).out
    assert packs_of_a_plan() == before | {"our-clinic"}
    assert packs_of_a_plan("--pack", str(ours)) == before | {"our-clinic"}
    assert packs_of_a_plan("--no-default-packs") == before
    assert run("pack", "disable", ours).code == 0
    assert packs_of_a_plan() == before


@pytest.mark.parametrize("name", ["Mu\u0308ller", "our\u00a0clinic", "our clinic"], ids=["from a Mac", "odd space", "space"])
def test_a_folder_is_found_again_by_the_very_letters_of_its_name(ours: Path, name: str) -> None:
    """The list is read like any document, where an accent of its own or an odd space is read as the usual one."""
    folder = ours.rename(ours.with_name(name))
    assert run("pack", "enable", folder).code == 0
    assert default_packs.default_packs() == (folder,)
    assert run("pack", "disable", folder).code == 0


def test_a_name_with_a_space_is_said_as_it_is_typed(ours: Path, tmp_path: Path) -> None:
    assert run("pack", "enable", ours).out.endswith(f'Undo: recommend pack disable "{ours}"\n')
    assert f'recommend pack check "{tmp_path / "a b"}"\n' in run("pack", "new", tmp_path / "a b").out


def test_the_list_of_packs_says_which_are_enabled(ours: Path) -> None:
    run("pack", "enable", ours)
    (row,) = [line for line in run("pack", "list").out.splitlines() if line.startswith("our-clinic")]
    assert row.endswith(f"enabled: {ours}")


def commands(group: click.Group) -> Iterator[click.Command]:
    for one in group.commands.values():
        yield from commands(one) if isinstance(one, click.Group) else [one]


@pytest.mark.parametrize("one", list(commands(recommend)), ids=lambda one: one.name)
def test_every_command_that_works_with_rules_takes_the_enabled_packs(one: click.Command) -> None:
    options = {param.name: param for param in one.params}
    if "packs" in options:
        assert options["packs"].callback is _with_defaults
        assert "no_default_packs" in options
    else:
        assert one.name in WITHOUT_RULES


@pytest.mark.slow
def test_the_workers_of_a_batch_take_them_too(ours: Path, tmp_path: Path) -> None:
    run("pack", "enable", ours)
    assert command("batch", SHORT, "--output", tmp_path / "plans", *AS_OF).code == 0
    (made,) = (tmp_path / "plans").glob("*.json")
    assert "our-clinic" in {pack["name"] for pack in json.loads(made.read_bytes())["receipt"]["packs"]}


def test_a_folder_that_is_gone_is_told_at_its_line_with_the_way_out(ours: Path) -> None:
    """No plan without it: it may hold what keeps somebody safe. It can be disabled all the same, also by its name."""
    run("pack", "enable", ours)
    ours.rename(ours.with_name("elsewhere"))
    ran = run(SHORT, *AS_OF)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f'{default_packs.list_file()}:2: the enabled rule pack "{ours}" is not there any more. '
        f'Put it back, or leave it out from now on: recommend pack disable "{ours}"\n'
    )
    assert run("pack", "disable", "our clinic").code == 0
    assert run(SHORT, *AS_OF).code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("our: clinic\n", ":1: expected a list of pack folders"),
        ("- packs/ours\n", ':1: expected the whole path of a pack folder, found "packs/ours"'),
        ("- 5\n", ':1: expected the whole path of a pack folder, found "5"'),
        ("- [\n", "packs.yaml:"),
    ],
)
def test_a_list_that_cannot_be_read_stops_every_command(ours: Path, content: str, said: str) -> None:
    file = default_packs.list_file()
    file.parent.mkdir()
    file.write_text(content, encoding="utf-8")
    ran = run(SHORT, *AS_OF)
    assert (ran.code, ran.out) == (2, "")
    assert f"{file.parent}" in ran.err
    assert said in ran.err


def test_what_cannot_be_used_is_not_enabled(ours: Path, tmp_path: Path) -> None:
    """A folder that is no pack, and one that does not go with the others."""
    rival = write_pack(tmp_path / "rival", {"pack.yaml": "name: our-clinic\nversion: '2.0'\n"})
    run("pack", "enable", ours)
    assert run("pack", "enable", tmp_path / "none").code == 2
    refused = run("pack", "enable", rival)
    assert (refused.code, "already loaded from" in refused.err) == (2, True)
    assert default_packs.enabled() == [ours]


def test_disabling_what_is_not_enabled_names_what_is(ours: Path) -> None:
    run("pack", "enable", ours)
    ran = run("pack", "disable", "theirs")
    assert (ran.code, f"theirs is not enabled; enabled: {ours}" in ran.err) == (2, True)


def test_the_list_is_private_and_says_how_it_is_changed(ours: Path) -> None:
    run("pack", "enable", ours)
    file = default_packs.list_file()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "recommend pack disable" in file.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.slow
def test_the_library_takes_them_only_where_asked(ours: Path) -> None:
    run("pack", "enable", ours)
    assert "our-clinic" not in {pack.name for pack in load_program().packs}
    assert "our-clinic" in {pack.name for pack in load_program(default_packs=True).packs}


def test_the_list_stands_where_the_system_keeps_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the environment names a folder, as it does for all of these tests."""
    assert default_packs.enabled() == []
    monkeypatch.delenv(CONFIG)
    assert default_packs.list_file() == Path(click.get_app_dir("stridewise")) / "packs.yaml"
