"""The plugin of the Acme clinic: what it adds to stridewise. Everything clinical is in the YAML files beside this one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from acme_knee_rules import calendar, differences, house_style, plan_log, questionnaire, treadmill
from stridewise import hookimpl


@hookimpl
def rule_packs() -> list[Path]:
    """The folder of our pack."""
    return [Path(__file__).parent / "acme_knee"]


@hookimpl
def read_profile(name: str, content: bytes) -> Mapping[str, Any] | None:
    """Our questionnaire; any other file is not ours."""
    return questionnaire.read(content) if name.endswith(".csv") else None


@hookimpl
def read_log(name: str, content: bytes) -> Iterable[Mapping[str, Any]] | None:
    """The sessions that our treadmill keeps; any other log is not ours."""
    return treadmill.read(content) if content.startswith(treadmill.HEAD) else None


@hookimpl
def further_facts(facts: Sequence[Mapping[str, str | Decimal]]) -> Iterable[Mapping[str, Any]]:
    """How far one side stays behind the other on the step-down."""
    return differences.step_down(facts)


@hookimpl
def plan_formats() -> Mapping[str, Callable[[dict[str, Any]], str]]:
    """The schedule for a calendar."""
    return {"diary": calendar.render}


@hookimpl
def plan_made(plan: dict[str, Any]) -> None:
    """A line in our log of plans."""
    plan_log.note(plan)


@hookimpl
def pack_findings(pack: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """What our own packs do not say as we agreed."""
    return house_style.look(pack)
