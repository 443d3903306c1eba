"""Start the command: `recommend`, or `python -m stridewise`. Ctrl-C ends it quietly, even while it is still being loaded."""

import gc
import sys
from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command and leave with its exit code; 130 where it was interrupted."""
    gc.set_threshold(100_000, 50, 100)  # a start makes many objects that all stay: looking through them often finds nothing
    try:
        from stridewise.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # nor does it on the way out


if __name__ == "__main__":
    main()
