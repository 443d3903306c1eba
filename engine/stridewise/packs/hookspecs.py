"""The hooks a plugin may implement. Few, and each with a one-line meaning; docs/plugins.md shows each in use."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from os import PathLike
from typing import Any

import pluggy

hookspec = pluggy.HookspecMarker("stridewise")


@hookspec
def rule_packs() -> Iterable[str | PathLike[str]]:  # type: ignore[empty-body]  # a specification has no body
    """Return the folders of the rule packs this plugin brings."""


@hookspec
def read_profile(name: str, content: bytes) -> Mapping[str, Any] | None:
    """Return the profile that a file of another format holds, in the profile's own notation, or None where it is not yours."""


@hookspec
def read_log(name: str, content: bytes) -> Iterable[Mapping[str, Any]] | None:
    """Return the activities of a training log in another format, or None where it is not yours."""


@hookspec
def further_facts(facts: Sequence[Mapping[str, str | Decimal]]) -> Iterable[Mapping[str, Any]]:  # type: ignore[empty-body]
    """Return further facts of open or computed kinds that follow from the recorded ones, in the one notation."""


@hookspec
def plan_formats() -> Mapping[str, Callable[[dict[str, Any]], str]]:  # type: ignore[empty-body]
    """Return further names for --format, each with the function that turns a plan's JSON values into text."""


@hookspec
def plan_made(plan: dict[str, Any]) -> None:
    """Take note of a plan that is given out, its JSON values, for a log of your own; nothing of the plan can be changed."""


@hookspec
def pack_findings(pack: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:  # type: ignore[empty-body]
    """Return what a check of your own finds in a rule pack: level, message, and the file and line where it stands."""
