"""Find the rule packs: built-in and installed ones by entry point, folders by path. A plugin that fails stops the run by name."""

import os
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path
from typing import Any

import pluggy

from stridewise import hookspecs
from stridewise.errors import PackError, PluginError, Problem
from stridewise.pack import RulePack, load_pack

GROUP = "stridewise"
CHOOSE = "STRIDEWISE_LOAD_PLUGINS"
HOME = "stridewise"  # the distribution whose entry points are the built-in packs


def plugin_manager(choice: str | None = None) -> pluggy.PluginManager:
    """A manager with the built-in plugins and the installed ones that `choice` (comma-separated names; default: the
    environment's, else all) lets in. Raises PluginError naming a plugin that does not load."""
    choice = os.environ.get(CHOOSE) if choice is None else choice
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    wanted = None if choice is None else {name.strip() for name in choice.split(",") if name.strip()}
    found = sorted(_entry_points(), key=lambda item: (item[0].name, item[1].name))
    for distribution, entry in found:
        if distribution.name == HOME or wanted is None or entry.name in wanted:
            _register(manager, entry, distribution)
    names = {entry.name for _, entry in found}
    if missing := sorted((wanted or set()) - names):
        raise PluginError(f'{CHOOSE} names "{missing[0]}", which is not installed; installed: {", ".join(sorted(names))}')
    return manager


def _entry_points() -> Iterator[tuple[Distribution, EntryPoint]]:
    seen: set[tuple[str, str]] = set()
    for distribution in distributions():
        for entry in distribution.entry_points:
            if entry.group == GROUP and (distribution.name, entry.name) not in seen:
                seen.add((distribution.name, entry.name))
                yield distribution, entry


def _register(manager: pluggy.PluginManager, entry: EntryPoint, distribution: Distribution) -> None:
    name = f"{distribution.name} {distribution.version}: {entry.name}"
    try:
        manager.register(entry.load(), name=name)
        manager.check_pending()
    except Exception as failure:  # whatever a foreign module raises, the run stops and says whose it is
        raise PluginError(f'the plugin "{entry.name}" of {distribution.name} does not load: {failure!r}') from failure


def load_packs(manager: pluggy.PluginManager, folders: Iterable[Path] = (), instead: Sequence[Path] = ()) -> list[RulePack]:
    """Every pack once: those of the plugins, then the folders given. A folder of `instead` takes the place of an installed
    pack of the same name. Raises PackError or PluginError."""
    packs: dict[Path, RulePack] = {}
    folders = [*folders, *instead]
    problems: list[Problem] = []
    for origin, folder, shown in [*_plugin_folders(manager), *(("folder", f, str(f)) for f in folders)]:
        if folder.resolve() in packs:
            continue
        try:
            packs[folder.resolve()] = load_pack(folder, origin, shown)
        except PackError as error:
            problems.extend(error.problems)
    if problems:
        raise PackError(problems)
    new = {folder.resolve() for folder in instead}
    names = {pack.name for path, pack in packs.items() if path in new}
    return [pack for path, pack in packs.items() if path in new or pack.name not in names]


def _plugin_folders(manager: pluggy.PluginManager) -> Iterator[tuple[str, Path, str]]:
    for hook in sorted(manager.hook.rule_packs.get_hookimpls(), key=lambda one: str(one.plugin_name)):
        for folder in _call(hook.plugin_name, hook.function):
            yield hook.plugin_name, Path(folder), f"{Path(folder).parent.name}/{Path(folder).name}"


def _call(name: str, hook: Any) -> list[Any]:
    try:
        returned = hook()
        result = [returned] if isinstance(returned, str | bytes) else list(returned)
    except Exception as failure:  # a crashing plugin is named and stops the run
        raise PluginError(f'the plugin "{name}" failed in rule_packs: {failure!r}') from failure
    if isinstance(returned, str | bytes):
        raise PluginError(f'the plugin "{name}" returned the text {returned!r} from rule_packs; expected a list of paths')
    if wrong := [item for item in result if not isinstance(item, str | os.PathLike)]:
        raise PluginError(f'the plugin "{name}" returned {wrong[0]!r} from rule_packs; expected paths of pack folders')
    return result
