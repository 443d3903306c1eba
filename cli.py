"""Launcher for a checkout: `python cli.py profiles/shortest.yaml` runs the same main as the command `recommend`."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / "engine"), str(Path(__file__).parent / "rules")]

from stridewise.__main__ import main  # noqa: E402  # the source roots come first

if __name__ == "__main__":
    main()
