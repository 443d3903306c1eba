"""The built-in rule packs, entering by the same hook as a clinic's."""

from pathlib import Path

from stridewise import hookimpl


@hookimpl
def rule_packs() -> list[Path]:
    """Every folder beside this file that holds a pack."""
    return sorted(path.parent for path in Path(__file__).parent.glob("*/pack.yaml"))
