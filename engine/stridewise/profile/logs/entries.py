"""Which rows of a table are activities, each with its day and its sport; which are not, and why."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from stridewise.errors import Problems
from stridewise.profile.logs.activity import Asked, LeftOut
from stridewise.profile.logs.dates import DAY_FIRST, MONTH_FIRST, Moment, UnclearOrderError, moment, order_of
from stridewise.profile.logs.numbers import is_nothing
from stridewise.profile.logs.sheets import Column, Row, Sheet
from stridewise.profile.logs.words import by_word, fold, names

IS_RUN, IS_HOURS, IS_NEITHER = "counts_as_run", "counts_as_hours", "left_out"
REST = "a day without a run"
_OFFSET = re.compile(r"UTC([+-])(\d{2}):?(\d{2})")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that is a run or other endurance, before its numbers are read."""

    row: Row
    kind: str
    sport: str
    when: Moment


def entries_of(sheet: Sheet, name: str, asked: Asked, problems: Problems) -> tuple[list[Entry], list[LeftOut]]:
    """The activities of a table, and the rows that are none. What is unclear or wrong is told."""
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    order = _order(sheet, asked, problems)
    runs_alone = _holds_runs_alone(sheet)
    for row in sheet.rows:
        if why := _too_wide(sheet, row):
            problems.add(row[0], why)
        elif why := _no_activity(sheet, row):
            left_out.append(LeftOut(name, row[0], shown(row), why, _day_of(sheet, row, order) if why == REST else None))
        elif order is not None and (when := _when(sheet, row, order, problems)) is not None:
            sport = sheet.cell(row, sheet.first("sport"))
            kind = IS_RUN if runs_alone and not sport else by_word("sports").get(fold(sport), "")
            if kind in (IS_RUN, IS_HOURS):
                entries.append(Entry(row, kind, sport, when))
            else:
                why = why_left_out(kind, sport) or "its sport is not given"
                left_out.append(LeftOut(name, row[0], shown(row), why, when[0]))
    return entries, left_out


def shown(row: Row) -> str:
    """A row in short, for whoever looks for it."""
    return ", ".join(filter(None, (" ".join(cell.split()) for cell in row[1][:6])))[:80]


def _too_wide(sheet: Sheet, row: Row) -> str:
    if not any(map(str.strip, row[1][sheet.width :])):
        return ""
    return f"{len(row[1])} cells stand under {sheet.width} columns; is it a decimal comma, or a comma in a text? Quote the cell"


def why_left_out(kind: str, sport: str) -> str:
    """Why an activity of a kind, or of a sport of which nobody knows the kind, is left out; "" where not even that is said."""
    known = {IS_RUN: "a run without a distance", IS_HOURS: "its duration is not given"}
    if kind:
        return known.get(kind, "neither running nor other endurance")
    return f'a sport this reader does not know: "{sport[:40]}"' if sport else ""


# --- days -------------------------------------------------------------------------------------------------------------


def _day_column(sheet: Sheet) -> Column | None:
    return sheet.first("day") or sheet.first("start")


def _order(sheet: Sheet, asked: Asked, problems: Problems) -> str | None:
    """Does the day stand first in dates with slashes? None where nobody can say, which is told."""
    try:
        return order_of((sheet.cell(row, _day_column(sheet)) for row in sheet.rows), asked.dates) or DAY_FIRST
    except UnclearOrderError as unclear:
        how = f'training.log_dates: "{DAY_FIRST}" or "{MONTH_FIRST}" in the profile, --dates {DAY_FIRST} for `recommend log`'
        problems.add(sheet.header_line, f"{unclear} ({how})")
    except ValueError as contradiction:
        problems.add(sheet.header_line, str(contradiction))
    return None


def _no_activity(sheet: Sheet, row: Row) -> str:
    """Why a row is no activity at all; "" where it may be one."""
    day = sheet.cell(row, _day_column(sheet))
    label = next((fold(cell) for cell in row[1] if cell.strip()), "")
    if _is_total(fold(day)) or (not day and _is_total(label)):
        return "a total, not a run"
    distance = sheet.cell(row, sheet.first("distance"))
    if is_nothing(distance) and not (_tried(day) or _tried(day, MONTH_FIRST)):
        return "neither a day nor a distance"
    is_rest = is_nothing(distance) and (distance or any(fold(cell) in names("sports", IS_NEITHER) for cell in row[1]))
    return REST if (is_rest and sheet.first("sport") is None) or fold(distance) in names("sports", IS_NEITHER) else ""


def _day_of(sheet: Sheet, row: Row, order: str | None) -> date | None:
    when = _tried(sheet.cell(row, _day_column(sheet)), order or DAY_FIRST)
    return when and when[0]


def _tried(cell: str, order: str = DAY_FIRST) -> Moment | None:
    with suppress(ValueError):
        return moment(cell, order)
    return None


def _is_total(word: str) -> bool:
    return word in names("totals") or word.partition(" ")[0] in names("totals")


def _when(sheet: Sheet, row: Row, order: str, problems: Problems) -> Moment | None:
    column = _day_column(sheet)
    with problems.at(row[0], column.written.casefold() if column else ""):
        day, minute = moment(sheet.cell(row, column), order)
        start = sheet.first("start")
        if minute is None and start is not column and sheet.cell(row, start):
            of_the_day = _tried(sheet.cell(row, start)) or _tried(f"{day} {sheet.cell(row, start)}")
            minute = of_the_day and of_the_day[1]
        return _at_home(day, minute, sheet.cell(row, sheet.first("offset")))
    return None


def _at_home(day: date, minute: int | None, offset: str) -> Moment:
    """A time in UTC as the clock at home showed it, where an offset such as UTC+0200 is given."""
    match = _OFFSET.fullmatch(offset)
    if match is None or minute is None:
        return day, minute
    shift = (int(match[2]) * 60 + int(match[3])) * (1 if match[1] == "+" else -1)
    days, minute = divmod(minute + shift, 24 * 60)
    return day + timedelta(days), minute


# --- sports -----------------------------------------------------------------------------------------------------------


def _holds_runs_alone(sheet: Sheet) -> bool:
    """Does a sheet name no sports, or runs alone? Then a row without a sport is a run."""
    written = {fold(sheet.cell(row, sheet.first("sport"))) for row in sheet.rows} - {""}
    return all(by_word("sports").get(word) == IS_RUN for word in written)
