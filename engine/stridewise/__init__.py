"""Explained exercise plans for runners, from a screening profile and rule packs."""

import pluggy

hookimpl = pluggy.HookimplMarker("stridewise")

__all__ = ["hookimpl"]
