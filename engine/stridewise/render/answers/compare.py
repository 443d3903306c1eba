"""Two visits side by side, as text or as one page."""

import sys
from collections.abc import Iterator

from stridewise.explain.compare import Change, Comparison, Group, StageChange
from stridewise.render import schedule
from stridewise.render.answers import what_if
from stridewise.render.html import page
from stridewise.render.paragraphs import Line, bullet, section

TITLES: dict[Group, str] = {
    "symptoms": "Pain and symptoms",
    "tests": "Tests",
    "findings": "Findings",
    "diagnosis": "Diagnosis",
    "history": "History",
    "running": "Running",
}
BETWEEN_US = ("set_aside", "notices", "pathways")  # of the plan: not what a second visit is about, or told before
NOTHING = "not recorded"
NO_LONGER = "no longer recorded"  # which is not: gone


def compare_lines(comparison: Comparison) -> Iterator[Line]:
    """What changed for the runner, then where they stand, then what that changes in the plan."""
    first, second = map(schedule.long_day, comparison.days)
    yield Line(f"{comparison.runner}: {first} and {second}", "title")
    for group, title in TITLES.items():
        mine = [change for change in comparison.changes if change.group == group]
        yield from section(title, (line for change in mine for line in _change(change)))
    yield from section("Pathway", _stages(comparison))
    yield from section("What this changes in the plan", what_if.difference_lines(comparison.difference, BETWEEN_US))


def compare_html(comparison: Comparison) -> str:
    """The same as a self-contained page."""
    changes = what_if.told_changes(comparison.difference, BETWEEN_US)
    words = sys.modules[__name__]
    return page("compare.html.j2", comparison=comparison, changes=changes, words=words, what_if=what_if)


def _change(change: Change) -> Iterator[Line]:
    if change.verdict in ("new", "gone") and change.group not in ("tests", "running"):
        fate = "new" if change.verdict == "new" else NO_LONGER
        yield bullet(f"{fate}: {change.what}")
        return
    values = " → ".join(filter(None, (change.before, change.after)))
    yield bullet(f"{change.what}: {values}, {told(change)}")
    if change.note:
        yield Line(change.note, "quiet", 4)


def told(change: Change) -> str:
    """The verdict in words; a value of one visit only was simply not recorded at the other."""
    if change.group not in ("tests", "running"):
        return {"gone": NO_LONGER}.get(change.verdict, change.verdict)
    return {"new": "first recorded now", "gone": "not tested again"}.get(change.verdict, change.verdict)


def moved(stage: StageChange) -> str:
    """Whether a stage was passed, in words."""
    return {
        "passed": f"{stage.before}, passed → {stage.after}",
        "not passed": f"{stage.after}, not passed yet",
        "set back": f"back from {stage.before} → {stage.after}",
        "new": f"not on it → {stage.after}",
        "gone": f"{stage.before} → no longer on it",
    }[stage.verdict]


def _stages(comparison: Comparison) -> Iterator[Line]:
    for stage in comparison.stages:
        yield bullet(f"{stage.title}: {moved(stage)}")
        if stage.missing:
            yield Line(f"For the next stage: {' '.join(stage.missing)}", indent=4)
