"""Plugins made on the spot, for the tests of hooks."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pluggy

from stridewise import hookimpl
from stridewise.packs import hookspecs, plugins


def manager_of(**hooks: Callable[..., Any]) -> pluggy.PluginManager:
    """One plugin, `bad 1.0: bad`, with these hooks."""
    module = ModuleType("bad")
    for name, function in hooks.items():
        setattr(module, name, hookimpl(function))
    manager = pluggy.PluginManager(plugins.GROUP)
    manager.add_hookspecs(hookspecs)
    manager.register(module, name="bad 1.0: bad")
    return manager


def beside(manager: pluggy.PluginManager, **hooks: Callable[..., Any]) -> pluggy.PluginManager:
    """The same manager with a further plugin, `extra 1.0: extra`."""
    module = ModuleType("extra")
    for name, function in hooks.items():
        setattr(module, name, hookimpl(function))
    manager.register(module, name="extra 1.0: extra")
    return manager


# --- what fails -------------------------------------------------------------------------------------------------------


def boom(*_: Any, **__: Any) -> Any:
    raise KeyError("boom")


def leave(*_: Any, **__: Any) -> Any:
    raise SystemExit(0)


class Leaving(BaseException):
    """What no `except Exception` catches, and what cannot even be shown."""

    def __repr__(self) -> str:
        raise ValueError("never shown")


def vanish(*_: Any, **__: Any) -> Any:
    raise Leaving


class UnspeakableError(Exception):
    """What leaves when somebody wants to tell it."""

    def __repr__(self) -> str:
        raise SystemExit(0)


def mute(*_: Any, **__: Any) -> Any:
    raise UnspeakableError


def interrupt(*_: Any, **__: Any) -> Any:
    raise KeyboardInterrupt


def shout(*_: Any, **__: Any) -> Any:
    raise ValueError("x" * 100_000)
