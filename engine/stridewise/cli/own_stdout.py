"""Standard output is for results alone: a plugin, or a program that it starts, may write there without asking Python."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

STDOUT, STDERR = 1, 2  # the numbers that every program knows them by


@contextmanager
def own_stdout() -> Iterator[None]:
    """Inside, only what goes through `sys.stdout` reaches the file or pipe; what others write there goes to stderr. A terminal is
    left as it is: there a person reads both."""
    try:
        is_kept = sys.stdout.fileno() == STDOUT and not sys.stdout.isatty()
        real = os.dup(STDOUT) if is_kept else None
        if real is not None:
            os.dup2(STDERR, STDOUT)
    except (AttributeError, OSError, ValueError):  # one of them is closed
        real = None
    if real is None:
        yield
        return
    usual, own = sys.stdout, open(real, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)  # noqa: PTH123, SIM115
    sys.stdout = own
    try:
        yield
    finally:
        os.dup2(real, STDOUT)
        sys.stdout = usual
        with suppress(OSError):  # whoever wrote has flushed, or was told that it cannot be written
            own.close()
