"""A sweep as a page of its own: a row for each item, a box for each value, filled where the plan holds it; no script, no
network."""

from itertools import groupby

from stridewise.documents.sentences import capitalised
from stridewise.documents.units import show
from stridewise.explain.what_if import Sweep
from stridewise.render.answers.sweep import flip_words, sweep_title
from stridewise.render.html import page

CELL, HEIGHT, GAP = 22, 18, 3
FEW, WIDE, DIGIT = 24, 1120, 8  # values that fit beside their names; the widest picture; the room a digit takes
GROUPS = {"referral": "Referrals", "warning": "Warnings", "load": "Running and strength load", "exercise": "Exercises"}


Row = tuple[str, list[tuple[int, bool]], str]  # of an item its words, its boxes as (x, filled), and where the plan holds it


def sweep_html(sweep: Sweep) -> str:
    """The page. Dashed lines stand where the advice changes from one value to the next."""
    flips, cell = {flip.after for flip in sweep.flips}, _cell(sweep)
    return page(
        "sweep.html.j2",
        title=sweep_title(sweep),
        sweep=sweep,
        groups=_groups(sweep),
        words=flip_words,
        show=show,
        heads=_heads(sweep),
        size=(cell * len(sweep.values) + 2, HEIGHT, cell - GAP),
        few=len(sweep.values) <= FEW,
        dashed=[cell * place - 0.5 for place, value in enumerate(sweep.values) if value in flips],
    )


def _cell(sweep: Sweep) -> int:
    """How wide a box is: narrower where there are many."""
    return CELL if len(sweep.values) <= FEW else max(2 * GAP, WIDE // len(sweep.values))


def _heads(sweep: Sweep) -> list[tuple[float, str]]:
    """The values over the boxes, those that have room."""
    cell, longest = _cell(sweep), max(len(show(value)) for value in sweep.values)
    every = -(-DIGIT * longest // cell)
    return [(cell * place + cell / 2, show(value)) for place, value in enumerate(sweep.values) if place % every == 0]


def _groups(sweep: Sweep) -> list[tuple[str, list[Row]]]:
    """The rows by what they are, the gravest first; in a group the earliest first."""
    order = list(GROUPS)
    items = sorted(sweep.items, key=lambda name: (order.index(name.partition(": ")[0]), sweep.items[name].index(True), name))
    by_kind = groupby(items, key=lambda name: name.partition(": ")[0])
    return [(GROUPS[kind], [_row(sweep, name) for name in names]) for kind, names in by_kind]


def _row(sweep: Sweep, name: str) -> Row:
    held = sweep.items[name]
    words = name.partition(": ")[2].split(". ")[0].rstrip(".")
    return capitalised(words), [(_cell(sweep) * place + 1, on) for place, on in enumerate(held)], _said(sweep, held)


def _said(sweep: Sweep, held: tuple[bool, ...]) -> str:
    """The filled intervals: at 2 to 3, and at 9."""
    intervals, place = [], 0
    for on, group in groupby(held):
        number = len(list(group))
        first, last = show(sweep.values[place]), show(sweep.values[place + number - 1])
        place += number
        intervals += [f"{first} to {last}" if number > 1 else first] if on else []
    return f"at {' and '.join(intervals)}"
