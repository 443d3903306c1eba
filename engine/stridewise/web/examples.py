"""The invented runners that come with stridewise, to try a pack on where a folder has none of its own."""

from pathlib import Path

import stridewise

HOME = Path(stridewise.__file__).parent
PLACES = HOME / "examples", HOME.parent.parent / "profiles"  # in a wheel (hatch_build.py puts them there), in a checkout


def example_profiles() -> list[Path]:
    """Their files, in order; none where they are not installed."""
    return next((found for place in PLACES if (found := sorted(place.glob("*.yaml")))), [])
