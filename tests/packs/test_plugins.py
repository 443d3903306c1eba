"""Packs come from plugins and folders, each once; a plugin that fails stops the run by name."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from kit import problems_of, write_pack
from stridewise import hookimpl
from stridewise.errors import PackError, PluginError
from stridewise.packs import plugins
from stridewise.packs.plugins import load_packs, plugin_manager


def no_packs() -> list[Path]:
    return []


class Entry:
    """An installed entry point that loads to a module with this `rule_packs`, or fails."""

    def __init__(self, name: str, rule_packs: Any) -> None:
        self.name, self.group, self.rule_packs = name, plugins.GROUP, rule_packs

    def load(self) -> ModuleType:
        if isinstance(self.rule_packs, BaseException):
            raise self.rule_packs
        module = ModuleType(self.name)
        module.rule_packs = hookimpl(self.rule_packs)  # type: ignore[attr-defined]  # a module made here
        return module


def installed(monkeypatch: pytest.MonkeyPatch, **entries: Any) -> None:
    """Pretend that these plugins are installed; the one named built_in belongs to stridewise itself."""
    found = [
        SimpleNamespace(
            name=plugins.HOME if name == "built_in" else f"dist-{name}", version="1.0", entry_points=[Entry(name, packs)]
        )
        for name, packs in entries.items()
    ]
    monkeypatch.setattr(plugins, "distributions", lambda: iter(found))
    monkeypatch.delenv(plugins.CHOOSE, raising=False)


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    return {name: write_pack(tmp_path / name) for name in ("one", "two", "three")}


def test_packs_come_from_every_plugin_and_folder_once(monkeypatch: pytest.MonkeyPatch, folders: dict[str, Path]) -> None:
    """The same real path is loaded once, however it was given."""
    link = folders["one"].parent / "link"
    link.symlink_to(folders["one"])
    installed(monkeypatch, built_in=lambda: [folders["one"]], extra=lambda: [str(folders["two"]), link])
    found = load_packs(plugin_manager(), [folders["two"], folders["three"], folders["three"]])
    assert [(pack.name, pack.origin) for pack in found] == [
        ("two", "dist-extra 1.0: extra"),
        ("one", "dist-extra 1.0: extra"),
        ("three", "folder"),
    ]


@pytest.mark.parametrize(
    ("choice", "names"),
    [(None, {"one", "two", "three"}), ("", {"one"}), ("b", {"one", "three"}), (" a , b ", {"one", "two", "three"})],
)
@pytest.mark.parametrize("by_environment", [True, False])
def test_the_choice_lets_in_named_plugins_and_always_the_built_in(
    monkeypatch: pytest.MonkeyPatch, folders: dict[str, Path], choice: str | None, names: set[str], by_environment: bool
) -> None:
    """Empty leaves only what stridewise itself brings."""
    installed(monkeypatch, built_in=lambda: [folders["one"]], a=lambda: [folders["two"]], b=lambda: [folders["three"]])
    if by_environment and choice is not None:
        monkeypatch.setenv(plugins.CHOOSE, choice)
        choice = None
    assert {pack.name for pack in load_packs(plugin_manager(choice))} == names


def test_a_chosen_plugin_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With those that are."""
    installed(monkeypatch, built_in=no_packs, extra=no_packs)
    with pytest.raises(
        PluginError, match='STRIDEWISE_LOAD_PLUGINS names "extar", which is not installed; installed: built_in, extra'
    ):
        plugin_manager("extar")


@pytest.mark.parametrize("failure", [ImportError("no such part"), SyntaxError("oops"), RuntimeError("boom"), GeneratorExit()])
def test_a_plugin_that_does_not_load_stops_the_run_by_name(monkeypatch: pytest.MonkeyPatch, failure: BaseException) -> None:
    """Whatever it raises: a missing safety pack may never be silent."""
    installed(monkeypatch, extra=failure)
    with pytest.raises(PluginError, match='the plugin "extra" of dist-extra does not load') as raised:
        plugin_manager()
    assert raised.value.exit_code == 3


def test_a_plugin_with_an_unknown_hook_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook mistyped would otherwise never be called."""
    entry = Entry("extra", no_packs)
    module = entry.load()
    module.rule_paks = hookimpl(no_packs)  # type: ignore[attr-defined]
    monkeypatch.setattr(entry, "load", lambda: module)
    found = SimpleNamespace(name="dist-extra", version="1.0", entry_points=[entry])
    monkeypatch.setattr(plugins, "distributions", lambda: iter([found]))
    with pytest.raises(PluginError, match="rule_paks"):
        plugin_manager()


def boom() -> list[Path]:
    raise KeyError("boom")


def half() -> Iterator[Path]:
    yield Path("one")
    raise OSError("gone")


@pytest.mark.parametrize(
    ("packs", "message"),
    [
        (boom, "failed in rule_packs: KeyError"),
        (half, "failed in rule_packs: OSError"),
        (lambda: None, "failed in rule_packs"),
        (lambda: [5], r"returned 5 from rule_packs; expected paths of pack folders"),
        (lambda: "/packs", "rule_packs"),
    ],
)
def test_a_plugin_that_crashes_or_answers_nonsense_stops_the_run_by_name(
    monkeypatch: pytest.MonkeyPatch, packs: Any, message: str
) -> None:
    """Exit 3, with the plugin's name and distribution."""
    installed(monkeypatch, extra=packs)
    with pytest.raises(PluginError, match=message) as raised:
        load_packs(plugin_manager())
    assert "dist-extra 1.0: extra" in str(raised.value)


@pytest.mark.slow
def test_an_implementation_under_another_name_counts(monkeypatch: pytest.MonkeyPatch, folders: dict[str, Path]) -> None:
    """pluggy lets an implementation name its hook; forgetting it would lose a pack in silence."""
    module = ModuleType("extra")
    module.bring = hookimpl(specname="rule_packs")(lambda: [folders["one"]])  # type: ignore[attr-defined]
    manager = plugin_manager("")
    before = {pack.name for pack in load_packs(manager)}
    manager.register(module, name="extra")
    assert {pack.name for pack in load_packs(manager)} - before == {"one"}


def test_problems_of_all_packs_are_reported_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder that is no pack and a pack with a fault, each by its shown path."""
    bad = write_pack(tmp_path / "group" / "bad", {"rules/r.yaml": "- 5\n"})
    installed(monkeypatch, extra=lambda: [bad])
    with pytest.raises(PackError) as raised:
        load_packs(plugin_manager(), [tmp_path / "none"])
    found = problems_of(raised)
    assert f"{tmp_path / 'none'}: is not a rule pack: it holds no pack.yaml" in found
    assert any(line.startswith("group/bad/rules/r.yaml:1: ") for line in found)


def test_the_built_in_packs_enter_by_the_same_hook() -> None:
    """The installed distribution brings its own plugin, and names itself."""
    manager = plugin_manager("")
    assert any(name.startswith(f"{plugins.HOME} ") for name, _ in manager.list_name_plugin())
