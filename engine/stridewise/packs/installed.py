"""Which distributions bring plugins, read from what installers leave on the path. importlib.metadata says the same, and is asked
wherever there is more than plain folders to look through; only its own imports would be a tenth of a start."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from stridewise.errors import PluginError

GROUP = "stridewise"


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """`name = module:attribute` in a group."""

    name: str
    value: str
    group: str = GROUP

    def load(self) -> Any:
        """The object it stands for. Raises whatever the import raises."""
        module, _, attributes = self.value.partition("[")[0].partition(":")
        loaded: Any = import_module(module.strip())
        for attribute in filter(None, attributes.strip().split(".")):
            loaded = getattr(loaded, attribute)
        return loaded


@dataclass(frozen=True, slots=True)
class Distribution:
    """An installed distribution with its entry points of our group."""

    name: str
    version: str
    entry_points: tuple[EntryPoint, ...]


def distributions() -> Iterable[Any]:
    """Every installed distribution that may bring plugins."""
    finders = [finder for finder in sys.meta_path if finder is not PathFinder]
    if any(hasattr(finder, "find_distributions") for finder in finders) or any(map(_is_no_folder, sys.path)):
        from importlib import metadata

        return metadata.distributions()
    return [distribution for folder in sys.path for distribution in _within(Path(folder))]


def _is_no_folder(entry: str) -> bool:
    return Path(entry).is_file() or entry.endswith(".egg")


def _within(folder: Path) -> Iterator[Distribution]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208  # names alone: there are thousands
    except OSError:  # not there, or closed to us: nothing can be imported from it either
        return
    for name in names:
        if name.endswith((".dist-info", ".egg-info")) and (distribution := _distribution(folder / name)) is not None:
            yield distribution


def _distribution(info: Path) -> Distribution | None:
    text = _text(info / "entry_points.txt")
    if f"[{GROUP}]" not in text:
        return None
    for part in ("entry_points.txt", "METADATA", "PKG-INFO"):
        _refuse_broken(info / part)
    head = (_text(info / "METADATA") or _text(info / "PKG-INFO")).partition("\n\n")[0]
    said = {key.lower(): value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
    named = info.stem.partition("-")
    return Distribution(said.get("name", named[0]), said.get("version", named[2]), tuple(_entry_points(text)))


def _text(path: Path) -> str:
    """The text of a file, "" where there is none. Letters that are broken matter only in a package of ours."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _refuse_broken(path: Path) -> None:
    """Raises PluginError naming a package whose metadata are not UTF-8: what it brings would be half read."""
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError as failure:
        message = f"the metadata of {path.parent.name} cannot be read: {path.name} is not UTF-8 text"
        raise PluginError(f"{message}; install that package again, or remove it") from failure
    except OSError:
        return


def _entry_points(text: str) -> Iterator[EntryPoint]:
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1]
        elif group == GROUP and line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield EntryPoint(name.strip(), value.strip())
