"""A sweep as text: the flip points, and what is new, gone and changed at each."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from stridewise.documents.sentences import first_sentence
from stridewise.documents.units import show
from stridewise.explain.what_if import Flip, Sweep
from stridewise.render.answers.what_if import told_changes, watermark
from stridewise.render.paragraphs import Line, bullet
from stridewise.render.plan_words import spoken_change
from stridewise.render.summaries import name

SHORT = 63  # letters of a warning


def sweep_lines(sweep: Sweep) -> Iterator[Line]:
    """Where the advice flips, from one value to the next; steps that change figures alone are told once."""
    yield from watermark(sweep.watermark, "")
    yield Line(sweep_title(sweep), "title")
    if not sweep.flips:
        yield Line("Nowhere: the advice is the same at every value.", indent=2)
    for same, group in groupby(sweep.flips, key=lambda flip: flip.says if figures_alone(flip) else (str(flip.after),)):
        flips = list(group)
        yield Line(f"{show(flips[0].before)} → {show(flips[-1].after)}", "item", 2)
        if len(flips) > 1:
            yield bullet(f"At each of {len(flips)} steps the plan {'; '.join(same)}.", 4)
            continue
        for verb, texts in flip_words(flips[0]).items():
            yield bullet(f"{verb}: {'; '.join(texts)}.", 4)


def sweep_title(sweep: Sweep) -> str:
    """What was swept, from where to where."""
    return f"{sweep.path} from {show(sweep.values[0])} to {show(sweep.values[-1])}: where the advice flips"


def figures_alone(flip: Flip) -> bool:
    """Nothing comes or goes: the same advice with other figures."""
    return all(text.startswith("changes ") for text in flip.says)


def flip_words(flip: Flip) -> dict[str, list[str]]:
    """What is new, gone and changed at a flip point, the gravest first."""
    told: dict[str, list[str]] = {"New": [], "Gone": [], "Changed": []}
    before, after = flip.difference.status
    if before != after:
        told["New" if after == "refer_first" else "Gone"].append("someone else must see the runner first")
    changes = told_changes(flip.difference)
    for section, brief in BRIEF.items():
        for change in (change for change in changes if change.section == section):
            told[change.fate.capitalize()].append(brief((change.after or change.before)[0]))
    return {verb: list(dict.fromkeys(texts)) for verb, texts in told.items() if texts}


BRIEF: dict[str, Callable[[Any], str]] = {  # the gravest first
    "referrals": lambda one: f"referral to {one.addressee}",
    "prescriptions": lambda one: str(one.name),
    "pathways": lambda one: f"{one.title}, stage {one.number}: {one.stage_title}",
    "swaps": lambda one: f"swap of {one.avoid_name or name(one.avoid)}",
    "load_adjustments": spoken_change,
    "warnings": lambda one: f"“{first_sentence(one.text, SHORT)}”",
}
