"""Call a hook of the plugins one by one. A plugin that fails, or answers what was not asked, stops the run by name; one that
keeps a run waiting is named. What it prints or sets on the way stays out of the plan."""

import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from time import monotonic
from typing import Any

import pluggy

from stridewise.documents.arithmetic import our_arithmetic
from stridewise.errors import PluginError

MOST_ANSWERS = 100_000  # facts, activities, paths, or values of a profile
SLOW_S = 3  # a call takes a fraction of a second
_TOLD: set[tuple[str, str]] = set()
MOST_TOLD = 200  # letters of what a plugin raises or returns


def calls_of(manager: pluggy.PluginManager, hook: str, **given: Any) -> Iterator[tuple[str, "partial[Any]"]]:
    """Each plugin that implements the hook, in the order of their names, with the call to make."""
    for plugin in sorted(getattr(manager.hook, hook).get_hookimpls(), key=lambda plugin: str(plugin.plugin_name)):
        if plugin.hookwrapper or plugin.wrapper:
            raise PluginError(f'the plugin "{plugin.plugin_name}" wraps {hook}; only plain implementations are called')
        yield plugin.plugin_name, partial(plugin.function, **{name: given[name] for name in plugin.argnames})


def answers(manager: pluggy.PluginManager, hook: str, check: Callable[[Any], Any], **given: Any) -> Iterator[tuple[str, Any]]:
    """The checked answer of every plugin with this hook, in the order of their names. Raises PluginError."""
    for plugin, call in calls_of(manager, hook, **given):
        yield plugin, answer_of(plugin, hook, call, check)


def answer_of(plugin: str, hook: str, call: Callable[[], Any], check: Callable[[Any], Any]) -> Any:
    """The checked answer of a call. Whatever is raised on the way stops the run under the plugin's name; a slow call is told."""
    with kept_apart():
        try:
            with told_if_slow(plugin, hook):
                return check(call())
        except MisfitError as misfit:
            raise PluginError(f'the plugin "{plugin}" returned {misfit}') from misfit
        except BaseException as failure:  # a crashing plugin is named and stops the run
            if is_ctrl_c(failure):
                _warn('stopped while the plugin "%s" was in %s', plugin, hook)
                raise
            raise PluginError(f'the plugin "{plugin}" failed in {hook}: {shortened(failure, MOST_TOLD)}') from failure


def is_ctrl_c(failure: BaseException) -> bool:
    """Can it be the user's, not a plugin's own? Python raises it in the main thread alone, and nowhere while it is blocked."""
    is_blocked = hasattr(signal, "pthread_sigmask") and signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    is_main = threading.current_thread() is threading.main_thread()
    return isinstance(failure, KeyboardInterrupt) and is_main and not is_blocked


class MisfitError(Exception):
    """An answer that was not asked for: what it is, and what was expected."""

    def __init__(self, answer: object, hook: str, expected: str) -> None:
        super().__init__(f"{shortened(answer)} from {hook}; expected {expected}")


def taken(answer: Iterable[Any], hook: str, what: str, most: int | None = None) -> list[Any]:
    """What a plugin answers, item by item; a generator may have no end."""
    most = MOST_ANSWERS if most is None else most
    items = list(islice(answer, most + 1))
    if len(items) > most:
        raise MisfitError(answer, hook, f"at most {most} {what}")
    return items


@contextmanager
def told_if_slow(plugin: str, hook: str) -> Iterator[None]:
    """Say on stderr, once, whose call it is that a run waits for. It is no part of a plan: that would differ from run to run."""
    began = monotonic()
    yield
    if (took := monotonic() - began) >= SLOW_S and (plugin, hook) not in _TOLD:
        _TOLD.add((plugin, hook))
        _warn('the plugin "%s" took %.0f s in %s', plugin, took, hook)


def _warn(said: str, *details: object) -> None:
    """Tell whoever keeps the log of the program around us; stderr where nobody does."""
    import logging  # a start that has nothing to tell does not wait for it

    logging.getLogger("stridewise").warning(said, *details)


def shortened(answer: object, most: int = 80) -> str:
    """Anything in so many letters, for a message."""
    try:
        shown = repr(answer)
    except BaseException:  # a plugin's own class may fail at this too, or want to leave
        shown = f"<{type(answer).__name__}>"
    return shown if len(shown) <= most else f"{shown[:most]}…"


@contextmanager
def kept_apart() -> Iterator[None]:
    """Inside, a plugin's code runs: how it sets decimals ends with the call, and what it prints goes to stderr; stdout is the
    plan's."""
    with our_arithmetic():
        _PRINTING.turn_aside()
        try:
            yield
        finally:
            _PRINTING.turn_back()


class _Printing:
    """Where the process prints to. With several threads the first one turns it aside and the last one turns it back."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.inside = 0
        self.stdout = sys.stdout

    def turn_aside(self) -> None:
        with self.lock:
            if not self.inside:
                self.stdout, sys.stdout = sys.stdout, sys.stderr
            self.inside += 1

    def turn_back(self) -> None:
        with self.lock:
            self.inside -= 1
            if not self.inside:
                sys.stdout = self.stdout


_PRINTING = _Printing()
