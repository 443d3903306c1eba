"""The hooks a plugin may implement. Few, and each with a one-line meaning."""

from collections.abc import Iterable
from os import PathLike

import pluggy

hookspec = pluggy.HookspecMarker("stridewise")


@hookspec
def rule_packs() -> Iterable[str | PathLike[str]]:  # type: ignore[empty-body]  # a specification has no body
    """Return the folders of the rule packs this plugin brings."""
