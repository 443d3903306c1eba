"""Explained exercise plans for runners, from a screening profile and rule packs.

The names in `__all__` are public and described in docs/library.md, and so are those of `stridewise.columns` (docs/columns.md);
every other module below is private and may change in any release.
They are loaded when somebody asks for them: importing stridewise alone loads nothing else."""

TYPE_CHECKING = False  # that of `typing`, whose import takes a moment in which Ctrl-C would be told as a traceback
if TYPE_CHECKING:
    from typing import Any

    import pluggy

    from stridewise.errors import InferenceError, PackError, PluginError, Problem, ProfileError, StridewiseError
    from stridewise.library import load_profile, load_program, make_plan, read_profile, render_plan, to_dict, why
    from stridewise.plan.model import Plan
    from stridewise.profile.profile import Profile
    from stridewise.program.program import Program

    hookimpl = pluggy.HookimplMarker("stridewise")

__version__ = "0.2.0"
__all__ = [
    "InferenceError",
    "PackError",
    "Plan",
    "PluginError",
    "Problem",
    "Profile",
    "ProfileError",
    "Program",
    "StridewiseError",
    "__version__",
    "hookimpl",
    "load_profile",
    "load_program",
    "make_plan",
    "read_profile",
    "render_plan",
    "to_dict",
    "why",
]

_NAMES = {
    "errors": ("InferenceError", "PackError", "PluginError", "Problem", "ProfileError", "StridewiseError"),
    "library": ("load_profile", "load_program", "make_plan", "read_profile", "render_plan", "to_dict", "why"),
    "plan.model": ("Plan",),
    "profile.profile": ("Profile",),
    "program.program": ("Program",),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> "Any":
    """A public name, once somebody asks for it: the command's help needs none of them."""
    if name == "hookimpl":
        from pluggy import HookimplMarker

        found: Any = HookimplMarker("stridewise")
    elif name in _MODULES:
        from importlib import import_module

        found = getattr(import_module(f"stridewise.{_MODULES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
