"""The difference between two plans as text, a sweep as a table, and its flip points as a picture."""

from collections.abc import Iterator
from html import escape

from stridewise.inquiry.difference import ItemChange
from stridewise.inquiry.what_if import Sweep, WhatIf
from stridewise.render.text import Line
from stridewise.render.words import spoken_change, spoken_dosage
from stridewise.units import show

SECTIONS = {
    "referrals": "Referrals", "warnings": "Warnings", "swaps": "Swaps", "load_adjustments": "Running and strength load",
    "prescriptions": "Exercises", "set_aside": "Set aside", "notices": "Said first",
}  # fmt: skip
STATUS = {"ready": "ready", "refer_first": "refer first"}
CELL, ROW, LEFT = 22, 20, 340


def what_if_lines(found: WhatIf) -> Iterator[Line]:
    """What would change, section by section, each with its reason."""
    yield from _watermark(found.watermark, "; ".join(found.removed_safety))
    yield Line(f"What if: {'; '.join(found.changes) or 'nothing changed'}", "title")
    before, after = found.difference.status
    if before != after:
        yield Line(f"The plan turns from {STATUS[before]} to {STATUS[after]}.", "alarm", 2)
    told = [change for change in found.difference.all if change.section in SECTIONS and change.parts != ("because",)]
    for section, title in SECTIONS.items():
        mine = [change for change in told if change.section == section]
        if mine:
            yield Line(title, "title", 2)
        if section == "set_aside":
            yield from _set_aside(mine)
        else:
            yield from (line for change in mine for line in _change(change))
    days = sum(change.section == "schedule" for change in found.difference.all)
    if days:
        yield Line(f"Days of the schedule that differ: {days} (--format json shows them).", indent=2)
    if not told and before == after:
        yield Line("The advice stays the same.", indent=2)


def _watermark(text: str, why: str) -> Iterator[Line]:
    if text:
        yield Line(f"*** {text.upper()} ***{f' It leaves out: {why}.' if why else ''}", "alarm")


def _set_aside(changes: list[ItemChange]) -> Iterator[Line]:
    """What is newly set aside with its reason; what no longer is, by name."""
    for change in changes:
        if change.after:
            yield Line(_spoken(change.section, change.after[0]), "item", 4, "~ " if change.before else "+ ")
    gone = [change.name.replace("_", " ") for change in changes if not change.after]
    if gone:
        yield Line(f"no longer: {', '.join(gone)}", "item", 4, "- ")


def _change(change: ItemChange) -> Iterator[Line]:
    mark = "~ " if change.before and change.after else "+ " if change.after else "- "
    yield Line(_item(change), "item", 4, mark)
    if change.reason and change.section != "notices" and change.reason not in _item(change):
        yield Line(change.reason, "quiet", 8)


def _item(change: ItemChange) -> str:
    old, new = (_spoken(change.section, one[0]) if one else "" for one in (change.before, change.after))
    if old and new and old != new and change.section in ("prescriptions", "load_adjustments"):
        name, _, rest = new.partition(": ")
        return f"{name}: {old.partition(': ')[2]} → {rest}"
    return f"{old} → {new}" if old and new and old != new else new or old


def _spoken(section: str, item: object) -> str:
    match section:
        case "prescriptions":
            return f"{item.name}: {spoken_dosage(item.dosage)}"  # type: ignore[attr-defined]  # the section says what it is
        case "swaps":
            instead = str(item.instead or "leave it out").replace("_", " ")  # type: ignore[attr-defined]
            return f"{item.avoid.replace('_', ' ')} → {instead}"  # type: ignore[attr-defined]
        case "load_adjustments":
            return spoken_change(item)  # type: ignore[arg-type]
        case "set_aside":
            return f"{str(item.exercise or item.target).replace('_', ' ')}: {item.reason}"  # type: ignore[attr-defined]
        case "referrals":
            return f"{item.to.replace('_', ' ')}: {item.text}"  # type: ignore[attr-defined]
    return str(getattr(item, "text", item))


def sweep_lines(found: Sweep) -> Iterator[Line]:
    """Where the advice flips, from one value to the next."""
    yield from _watermark(found.watermark, "")
    yield Line(f"{found.path} from {show(found.values[0])} to {show(found.values[-1])}: where the advice flips", "title")
    if not found.flips:
        yield Line("Nowhere: the advice is the same at every value.", indent=2)
    for flip in found.flips:
        yield Line(f"{show(flip.before)} → {show(flip.after)}", "item", 2)
        yield from (Line(text, indent=4, mark="- ") for text in flip.says)


STYLE = (
    "text{font:12px sans-serif}.on{fill:#2b6cb0}.off{fill:#edf2f7}"
    ".flip{stroke:#c53030;stroke-dasharray:3 3}body{font-family:sans-serif}"
)


def sweep_html(found: Sweep) -> str:
    """A page of its own with one picture: a row for each item, a column for each value, filled where the plan holds the item."""
    title = escape(f"{found.path}: where the advice flips")
    height, width = ROW * (len(found.items) + 3), LEFT + CELL * len(found.values) + 20
    mark = f"<p><strong>{escape(found.watermark)}</strong></p>" if found.watermark else ""
    rows = [
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style></head><body>',
        f"<h1>{title}</h1>{mark}<p>Filled: the plan holds it at this value. Dashed: the advice changes here.</p>",
        f'<svg role="img" aria-label="{title}" width="{width}" height="{height}">',
        *_heads(found),
        *(_row(index, name, row) for index, (name, row) in enumerate(found.items.items())),
        *_flip_lines(found, height),
        "</svg></body></html>",
    ]
    return "\n".join(rows) + "\n"


def _heads(found: Sweep) -> Iterator[str]:
    for index, value in enumerate(found.values):
        yield f'<text x="{LEFT + CELL * index + 11}" y="{ROW * 2 - 6}" text-anchor="middle">{show(value)}</text>'


def _flip_lines(found: Sweep, height: int) -> Iterator[str]:
    flips = {flip.after for flip in found.flips}
    for index, value in enumerate(found.values):
        if value in flips:
            x = LEFT + CELL * index
            yield f'<line x1="{x}" x2="{x}" y1="{ROW}" y2="{height - ROW}" class="flip"/>'


def _row(index: int, name: str, row: tuple[bool, ...]) -> str:
    y = ROW * (index + 2)
    label = name if len(name) <= 52 else f"{name[:50].rsplit(' ', 1)[0]} …"
    boxes = "".join(_box(LEFT + CELL * column + 1, y, on) for column, on in enumerate(row))
    return (
        f'<g><title>{escape(name)}</title><text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>{boxes}</g>'
    )


def _box(x: int, y: int, on: bool) -> str:
    return f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{ROW - 3}" class="{"on" if on else "off"}"/>'
