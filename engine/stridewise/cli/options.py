"""Options that several commands share, and what they mean: the day, the matcher, the packs."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

ENGINES = ("both", "durable", "reference", "generated")
NO_DEFAULTS = "stridewise.no_default_packs"  # among what click keeps beside the options


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A calendar day, 2026-11-21."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from stridewise.plan.model import FIRST_YEAR, LAST_YEAR

        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a date; write it as 2026-11-21', param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"{value} is outside the years {FIRST_YEAR} to {LAST_YEAR}", param, ctx)
        return day


def today() -> date:
    """The clock is read here and nowhere else."""
    try:
        return datetime.now().astimezone().date()
    except ValueError as failure:
        raise click.UsageError(f"the time zone of this machine cannot be used: {failure}; give --as-of") from failure


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--as-of, --pack and --engine, for every command that makes a plan."""
    command = click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="both",
        show_default=True,
        help="Which matcher infers; both must agree.",
        callback=_is_there,
    )(command)
    command = pack_option(command)
    return click.option(
        "--as-of", type=Day(), default=None, metavar="DATE", help="The day the plan is made for (default: today)."
    )(command)


def _is_there(ctx: click.Context, param: click.Parameter, engine: str) -> str:
    """durable_rules asked for by name runs, or it is said why it does not."""
    if engine == "durable":
        from stridewise.inference.durable import available
        from stridewise.inference.engine import HOW_TO_INSTALL

        if not available():
            raise click.BadParameter(HOW_TO_INSTALL, ctx, param)
    return engine


def pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--pack DIR, repeatable, beside the packs that the user enabled; --no-default-packs leaves those out."""
    kind = click.Path(path_type=Path)
    command = click.option(
        "--no-default-packs",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_without_defaults,
        help="Leave out the packs of `recommend pack enable`.",
    )(command)
    return click.option(
        "--pack",
        "packs",
        type=kind,
        multiple=True,
        metavar="DIR",
        callback=_with_defaults,
        help="Add a rule pack folder (repeatable).",
    )(command)


def _without_defaults(ctx: click.Context, param: click.Parameter, without: bool) -> None:
    ctx.meta[NO_DEFAULTS] = without


def _with_defaults(ctx: click.Context, param: click.Parameter, packs: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders that the user enabled, then those named. Raises PackError where one of the first is gone."""
    from stridewise.packs.default_packs import default_packs

    return packs if ctx.meta.get(NO_DEFAULTS) else (*default_packs(), *packs)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
