"""Two visits side by side as one page."""

from stridewise.explain.compare import Comparison
from stridewise.render.answers import compare
from stridewise.render.answers.what_if import SECTIONS, item_words, told_changes, turned
from stridewise.render.html import page
from stridewise.render.schedule import long_day


def compare_html(comparison: Comparison) -> str:
    """A self-contained page: what changed for the runner, where they stand, what it changes in the plan."""
    days = tuple(map(long_day, comparison.days))
    groups = [(title, [one for one in comparison.changes if one.group == group]) for group, title in compare.TITLES.items()]
    changes = told_changes(comparison.difference, compare.BETWEEN_US)
    plan = [
        (title, [(one.fate, item_words(one), one.reason) for one in changes if one.section == section])
        for section, title in SECTIONS.items()
    ]
    return page(
        "compare.html.j2",
        comparison=comparison,
        days=days,
        groups=groups,
        words=compare,
        turned=turned(comparison.difference),
        plan=[pair for pair in plan if pair[1]],
    )
