"""Start the command: `recommend`, or `python -m stridewise`. Ctrl-C and SIGTERM end it quietly, even while it is still being
loaded; so nothing is imported here before somebody listens for them."""

import gc
import sys

TYPE_CHECKING = False  # that of `typing`, whose import takes a moment
if TYPE_CHECKING:
    from typing import NoReturn

INTERRUPTED, TERMINATED = 130, 143


def main() -> "NoReturn":
    """Run the command and leave with its exit code; with 130 after Ctrl-C and 143 after SIGTERM, what was begun tidied up."""
    gc.set_threshold(300_000, 50, 100)  # a start makes many objects that all stay: looking through them finds nothing
    terminated: list[int] = []
    try:
        import signal

        def stop(number: int, _: object) -> None:
            terminated.append(number)
            raise KeyboardInterrupt

        signal.signal(signal.SIGTERM, stop)
        from stridewise.cli import main as run

        run()
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("Stopped.\n")
        sys.exit(INTERRUPTED)
    finally:
        import signal  # it may have been that which was interrupted

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # how it ends is decided
        gc.freeze()  # nor does it on the way out
        if terminated:
            sys.exit(TERMINATED)


if __name__ == "__main__":
    main()
