"""Running load to race day as a chart: the geometry, computed; the drawing is templates/chart.svg.j2."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import groupby

from stridewise.documents.units import show
from stridewise.language.translation import fixed, say
from stridewise.plan.model import Plan
from stridewise.render.schedule import WeekRow, long_day, short_day, weeks

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 34, 62
LETTER = 8  # a letter is about this wide
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Bar:
    """A week: its bar of running km, the point of its longest run, and its labels."""

    x: float
    middle: float
    y: float
    width: float
    height: float
    point: float | None
    label: str
    value: str
    race: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the drawing needs, in units of the view box; of a phase its start, its end, and its name where there is room."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    phases: tuple[tuple[float, float, str], ...]
    line: str
    title: str
    description: str


def chart(plan: Plan) -> Chart | None:
    """The chart, or None where no week has a running distance: then the table alone speaks."""
    rows = weeks(plan)
    known = [number for row in rows for number in (row.totals.running_km, row.totals.longest_run_km) if number is not None]
    if len(rows) < 2 or not any(row.totals.running_km for row in rows):
        return None
    step = _step(max(known))
    top = step * (max(known) / step).to_integral_value(ROUND_CEILING)
    bars = tuple(_bar(rows, number, top) for number in range(len(rows)))
    return Chart(
        bars=bars,
        ticks=tuple((_y(step * n, top), show(step * n)) for n in range(int(top / step) + 1)),
        phases=_phases(rows),
        line=" ".join(f"{bar.middle:g},{bar.point:g}" for bar in bars if bar.point is not None),
        title=say("Running load by week for {runner}", runner=plan.runner),
        description=describe(rows),
    )


def describe(rows: Sequence[WeekRow]) -> str:
    """The chart in words, for whoever cannot see it."""
    said = [_said(row) for row in rows]
    race = next((f" {say('Race on {day}.', day=long_day(row.race))}" for row in rows if row.race), "")
    return f"{say('Bars: running km a week; line: longest run.')} {'; '.join(said)}.{race}"


def _said(row: WeekRow) -> str:
    km, longest, *_ = row.cells
    text = fixed("week {week} from {day} ({phase}): {km} km, longest run {longest} km")
    return say(text, week=row.week, day=short_day(row.start), phase=row.phase_words, km=km, longest=longest)


def _step(largest: Decimal) -> Decimal:
    """A round distance between grid lines, at most five of them."""
    return next((Decimal(step) for step in STEPS if largest <= step * 5), largest / 4)


def _y(value: Decimal, top: Decimal) -> float:
    return round(HEIGHT - BOTTOM - float(value / top) * (HEIGHT - BOTTOM - TOP), 1)


def _slot(count: int) -> float:
    return (WIDTH - LEFT - RIGHT) / count


def _bar(rows: Sequence[WeekRow], number: int, top: Decimal) -> Bar:
    row, slot = rows[number], _slot(len(rows))
    width = min(slot * 0.64, 56)
    middle = LEFT + slot * (number + 0.5)
    km, longest = row.totals.running_km, row.totals.longest_run_km
    y = _y(km or Decimal(0), top)
    labelled = _labelled(number, len(rows))
    return Bar(
        x=round(middle - width / 2, 1),
        middle=round(middle, 1),
        y=y,
        width=round(width, 1),
        height=round(HEIGHT - BOTTOM - y, 1),
        point=None if longest is None else _y(longest, top),
        label=str(row.week) if labelled else "",
        value=show(round(km, 0)) if km is not None and labelled else "",
        race=bool(row.race),
    )


def _labelled(number: int, count: int) -> bool:
    """Every week where there is room, else every second or third; always the last."""
    every, last = -(-count // 12), count - 1
    return number == last or (number % every == 0 and last - number >= every)


def _phases(rows: Sequence[WeekRow]) -> tuple[tuple[float, float, str], ...]:
    """Where each phase starts and ends; its name where there is room, the description names them all."""
    slot, phases, done = _slot(len(rows)), [], 0
    for name, group in groupby(rows, key=lambda row: row.phase):
        count, told = len(list(group)), say(name, "phases")
        start, end = LEFT + slot * done + 3, LEFT + slot * (done + count) - 3
        phases.append((round(start, 1), round(end, 1), told if end - start > LETTER * len(told) else ""))
        done += count
    return tuple(phases)
