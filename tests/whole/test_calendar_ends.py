"""Dates at the ends of the calendar, and numbers without measure, are told as mistakes; none ends in an overflow."""

from collections.abc import Iterator
from datetime import date

import click
import pytest

import stridewise
from plans import DAY, built_in, minimal
from stridewise.cli.main import recommend
from stridewise.cli.options import Day
from stridewise.errors import ProfileError
from stridewise.session import hold_session

ENDS = ("0001-01-01", "0001-01-02", "1899-12-31", "1900-01-01", "2999-12-31", "3000-01-01", "9999-12-30", "9999-12-31")
HUGE = ("1000000000", "1e9", "99999999999999999999", "0.00000001")
DATED = (
    "recorded: {}\nrace: {{distance: marathon, in_weeks: 3}}",
    "race: {{distance: marathon, date: {}}}",
    "safety: {{screened: {}, red_flags: []}}",
    "safety: {{red_flags: [], par_q: {{any_yes: true, follow_up: cleared, by: A, date: {}}}}}",
    "safety: {{red_flags: [fever]}}\nclinician: {{clear: [{{flag: fever, by: A, date: {}, reason: b}}]}}",
)
NUMBERED = (
    "recorded: 2026-11-20\nrace: {{distance: marathon, in_weeks: {}}}",
    "recorded: 2026-11-20\nhistory: [{{injury: hamstring_strain, side: right, months_ago: {}}}]",
    "recorded: 2026-11-20\nsymptoms: [{{pain: lateral_knee, side: left, intensity: 3, weeks: {}}}]",
    "safety: {{red_flags: [], pregnancy: {{weeks: {}}}}}",
    "training: {{weekly_distance_km: {}}}",
)


def texts() -> Iterator[str]:
    """One profile for each section and each end."""
    for sections, values in ((DATED, ENDS), (NUMBERED, HUGE)):
        yield from (minimal(f"findings: []\n{section.format(value)}\n") for section in sections for value in values)


def plan(text: str, day: date) -> str:
    """Whether there is a plan, or everything that is wrong."""
    try:
        hold_session(stridewise.read_profile(text), built_in(), day, "reference")
    except ProfileError as error:
        return str(error)
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("day", [DAY, date(1900, 1, 1), date(2999, 12, 31)], ids=str)
def test_a_profile_with_a_date_or_number_at_an_end_is_planned_or_told(day: date) -> None:
    told = [plan(text, day) for text in texts()]
    assert any(told)
    assert not all(told)


@pytest.mark.parametrize(
    "day", [date.min, date(1, 1, 8), date(1899, 12, 31), date(3000, 1, 1), date(9999, 12, 1), date.max], ids=str
)
def test_a_day_outside_the_calendar_of_plans_is_told_at_its_line(day: date) -> None:
    """Such as that of a visit; of the library's own argument it is a ValueError."""
    profile = stridewise.read_profile(minimal(f"findings: [weak glutes]\nrecorded: {day}\n"))
    with pytest.raises(ProfileError, match=rf"profile.yaml:4: the day of the plan, {day}, is outside the years 1900 to 2999"):
        hold_session(profile, built_in(), day, "reference")
    with pytest.raises(ValueError, match="outside the years"):
        stridewise.make_plan(profile, built_in(), day)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2999, 12, 31)], ids=str)
def test_the_first_and_the_last_day_have_a_plan(day: date) -> None:
    """Its schedule and its review lie beyond them."""
    text = minimal(f"findings: [weak glutes]\nrecorded: {day}\nrace: {{distance: marathon, in_weeks: 3}}\n")
    assert plan(text, day) == ""


def commands(group: click.Group) -> Iterator[click.Command]:
    """Every command, those of groups too."""
    for command in group.commands.values():
        yield from commands(command) if isinstance(command, click.Group) else (command,)


def test_every_command_that_takes_a_day_refuses_those_outside() -> None:
    days = [option for command in commands(recommend) for option in command.params if "--as-of" in option.opts]
    assert len(days) > 10
    assert all(isinstance(option.type, Day) for option in days)
    for end in ("0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31", "10000-01-01", "-0001-01-01"):
        with pytest.raises(click.BadParameter):
            Day().convert(end, None, None)
