"""Explained exercise plans for runners, from a screening profile and rule packs."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pluggy

    hookimpl = pluggy.HookimplMarker("stridewise")

__all__ = ["hookimpl"]


def __getattr__(name: str) -> Any:
    """`hookimpl`, once somebody asks for it: the command's help needs no pluggy."""
    if name != "hookimpl":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pluggy import HookimplMarker

    globals()[name] = HookimplMarker("stridewise")
    return globals()[name]
