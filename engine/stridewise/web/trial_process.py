"""The workbench's trial in a process of its own, ended when its time is over: what was found by then is the answer. So a large
pack keeps no other screen waiting."""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Sequence
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Timer
from time import monotonic

from stridewise.authoring.tried import Edit, Tried
from stridewise.authoring.tryout import try_out
from stridewise.errors import InferenceError, PackError, Problem, StridewiseError, unforeseen
from stridewise.packs.plugins import load_packs, plugin_manager

SECONDS = 30
Answers = Generator[Tried, None, None]
_SPAWN = multiprocessing.get_context("spawn")  # a fork would inherit the locks of other threads


def tried(edit: Edit, packs: Sequence[Path], runners: Sequence[Path], as_of: date, seconds: float = SECONDS) -> Tried:
    """What comes of the edit, as far as it is known after so many seconds. Raises PackError where that is nothing; what the
    trial itself stopped with."""
    *_, last = _answers(edit, packs, runners, as_of, seconds)
    return last


def problems_of(edit: Edit, packs: Sequence[Path]) -> tuple[Problem, ...]:
    """What keeps the edit from loading: the first that is known. Raises PackError where it takes too long."""
    with contextlib.closing(_answers(edit, packs, (), date.min, SECONDS)) as answers:
        return next(answers).problems


def _answers(edit: Edit, packs: Sequence[Path], runners: Sequence[Path], as_of: date, seconds: float) -> Answers:
    receiving, sending = _SPAWN.Pipe(duplex=False)
    working = partial(_work, edit, tuple(packs), tuple(runners), as_of)
    process = _SPAWN.Process(target=_send_all, args=(sending, working, seconds), daemon=True)
    process.start()
    sending.close()
    try:
        yield from _received(receiving, monotonic() + seconds, seconds)
    finally:
        process.kill()
        process.join()
        receiving.close()


def _received(receiving: "Connection[object, object]", until: float, seconds: float) -> Answers:
    answer: object = None
    with contextlib.suppress(EOFError):  # that was all
        while receiving.poll(max(0, until - monotonic())):
            answer = receiving.recv()
            if isinstance(answer, StridewiseError):
                raise answer
            if isinstance(answer, Tried):
                yield answer
    if answer is None:
        raise PackError(f"nothing was found out within {seconds:g} seconds: this machine is busy; try again")


def _work(edit: Edit, packs: Sequence[Path], runners: Sequence[Path], as_of: date, send: Callable[[object], None]) -> None:
    for answer in try_out(edit, load_packs(plugin_manager(), packs), runners, as_of):
        send(answer)


def _send_all(sending: "Connection[object, object]", working: Callable[[Callable[[object], None]], None], seconds: float) -> None:
    """Inside the process: every answer as it comes, or what went wrong. It ends by itself where nobody is left to end it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's, which ends this one
    last = Timer(seconds + 5, os._exit, (1,))
    last.daemon = True
    last.start()
    with contextlib.suppress(BrokenPipeError):
        try:
            working(sending.send)
        except StridewiseError as error:
            sending.send(error)
        except Exception as error:  # a bug is named, as the command names it
            sending.send(InferenceError(unforeseen(error)))
