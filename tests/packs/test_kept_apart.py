"""What a plugin prints, sets or pretends on the way stays out of the plan, also with several threads at once."""

import logging
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from hooks_kit import interrupt, manager_of
from plans import built_in
from stridewise.errors import PluginError
from stridewise.packs.plugins import with_further_facts


def ask(hook: Any) -> Any:
    return with_further_facts((), built_in().vocabulary, manager_of(further_facts=hook))


# --- Ctrl-C, or what looks like it --------------------------------------------------------------------------------------


def test_ctrl_c_in_a_plugin_is_the_users_and_says_where(caplog: pytest.LogCaptureFixture) -> None:
    """It ends the run as anywhere; whoever waited for an endless plugin learns its name."""
    with caplog.at_level(logging.WARNING, "stridewise"), pytest.raises(KeyboardInterrupt):
        ask(interrupt)
    assert [record.getMessage() for record in caplog.records] == ['stopped while the plugin "bad 1.0: bad" was in further_facts']


def test_where_ctrl_c_cannot_come_it_is_the_plugins() -> None:
    """In another thread than the main one; such as the page's, which must not end by it."""
    with ThreadPoolExecutor(1) as pool, pytest.raises(PluginError, match="failed in further_facts: KeyboardInterrupt"):
        pool.submit(ask, interrupt).result()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="nothing can be blocked here")
def test_where_ctrl_c_is_blocked_it_is_the_plugins() -> None:
    """As in the workers of a batch: that runner's plan fails by name, the others go on."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with pytest.raises(PluginError, match="failed in further_facts: KeyboardInterrupt"):
            ask(interrupt)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- printing -----------------------------------------------------------------------------------------------------------


def test_what_is_printed_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    """Also while an answer is looked at, or a failure told."""

    class LoudError(Exception):
        def __repr__(self) -> str:
            sys.stdout.write("told\n")
            return "Loud"

    def answer(facts: Any) -> Any:
        sys.stdout.write("called\n")
        yield from ()
        sys.stdout.write("looked at\n")
        raise LoudError

    with pytest.raises(PluginError, match="Loud"):
        ask(answer)
    assert (tuple(capsys.readouterr())) == ("", "called\nlooked at\ntold\n")


def test_a_hook_that_takes_stdout_away_gives_it_back(capsys: pytest.CaptureFixture[str]) -> None:
    def take(facts: Any) -> list[Any]:
        sys.stdout = None  # type: ignore[assignment]
        return []

    before = sys.stdout
    ask(take)
    assert sys.stdout is before


def test_threads_that_come_and_go_in_any_order_leave_stdout_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    """Each leaves while others are still inside, the first one in before the last."""
    everybody, one_left = Barrier(8, timeout=60), Barrier(8, timeout=60)

    def hook(facts: Any) -> list[Any]:
        everybody.wait()
        sys.stdout.write("noise\n")
        return []

    def once() -> None:
        ask(hook)
        one_left.wait()
        ask(hook)

    before = sys.stdout
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(once) for _ in range(8)]:
            done.result()
    assert sys.stdout is before
    printed = capsys.readouterr()
    assert (printed.out, printed.err.split()) == ("", ["noise"] * 16)
