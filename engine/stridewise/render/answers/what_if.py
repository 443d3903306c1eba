"""The difference between two plans as text: what is new, gone or changed, each reason told once."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from stridewise.documents.sentences import counted
from stridewise.explain.what_if import WhatIf
from stridewise.language.dosage_words import spoken_work
from stridewise.plan.difference import Difference, EntryChange, Fate
from stridewise.planning.merging import grouped
from stridewise.render.paragraphs import Line
from stridewise.render.plan_words import ACKNOWLEDGED, spoken_change, spoken_dosage, spoken_swap, spoken_terms
from stridewise.render.summaries import name

SECTIONS = {
    "referrals": "Referrals",
    "warnings": "Warnings",
    "acknowledged": ACKNOWLEDGED,
    "swaps": "Swaps",
    "load_adjustments": "Running and strength load",
    "prescriptions": "Exercises",
    "pathways": "Pathways",
    "set_aside": "Set aside",
    "notices": "Said first",
}
UNTOLD = frozenset({"because", "assumes"})  # what was taken for granted is no advice
SAID_OTHERWISE = (*UNTOLD, "dosage", "pain_limit", "lights", "how_to")
PARTS = {
    "side": "side",
    "targets": "purpose",
    "stop_if": "reason to stop",
    "block": "place in the session",
    "progression": "next step",
    "regression": "easier step",
}
STARTS = {"No longer holds: ": "No longer a reason here", "New reason: ": "New reason"}
FATES: tuple[Fate, ...] = ("new", "gone", "changed")


def what_if_lines(what_if: WhatIf) -> Iterator[Line]:
    """What would change, section by section, each with its reason."""
    yield from watermark(what_if.watermark, "; ".join(what_if.removed_safety))
    yield Line(f"What if: {'; '.join(what_if.changes) or 'nothing changed'}", "title")
    yield from difference_lines(what_if.difference)


def difference_lines(difference: Difference, left_out: Sequence[str] = ()) -> Iterator[Line]:
    """What is new, gone and changed from one plan to another, section by section, without the sections `left_out`."""
    if turns := turned(difference):
        yield Line(turns, "alarm", 2)
    told = told_changes(difference, left_out)
    if told:
        yield Line(f"In short: {_counted(told)}.", indent=2)
    elif not turns:
        yield Line("The advice stays the same.", indent=2)
    for section, title in SECTIONS.items():
        yield from _section(title, section, [change for change in told if change.section == section])
    if days := sum(change.section == "schedule" for change in difference.all):
        yield Line("")
        yield Line(f"The schedule differs on {counted(days, 'day')} (in full: --format json).", "quiet", 2)


def turned(difference: Difference) -> str:
    """That somebody else comes first now, or no longer; nothing where that stays."""
    before, after = difference.status
    return f"The plan turns from {name(before)} to {name(after)}." if before != after else ""


def watermark(text: str, why: str) -> Iterator[Line]:
    """What makes a result no plan, first and loud."""
    if text:
        yield Line(f"*** {text.upper()} ***{f' It leaves out: {why}.' if why else ''}", "alarm")


def told_changes(difference: Difference, left_out: Sequence[str] = ()) -> list[EntryChange]:
    """What is advice, and differs in more than its reasons."""
    advice = [change for change in difference.all if change.section in SECTIONS and change.section not in left_out]
    return [change for change in advice if not change.parts or not UNTOLD.issuperset(change.parts)]


def _counted(told: Sequence[EntryChange]) -> str:
    parts = []
    for section, title in SECTIONS.items():
        fates = [change.fate for change in told if change.section == section]
        counts = [f"{fates.count(fate)} {fate}" for fate in FATES if fate in fates]
        parts += [f"{title.lower()} {', '.join(counts)}"] if counts else []
    return "; ".join(parts)


def _section(title: str, section: str, mine: list[EntryChange]) -> Iterator[Line]:
    if not mine:
        return
    yield Line("")
    yield Line(title, "section", 2)
    if section == "set_aside":
        yield from _set_aside(mine)
        return
    for listed in grouped(mine, lambda change: (change.fate, change.reason)):
        for change in listed:
            yield Line(f"{change.fate}: {item_words(change)}", "item", 4, "- ")
        if (reason := listed[0].reason) and section != "notices" and reason not in item_words(listed[0]):
            yield Line(_because(reason, len(listed)), "quiet", 6)


def _because(reason: str, number: int) -> str:
    """The reason as a sentence; of several changes it is said that it holds for all."""
    all_of = "" if number == 1 else " for both" if number == 2 else f" for all {number}"
    for start, words in STARTS.items():
        if reason.startswith(start):
            return f"{words}{all_of}: {reason.removeprefix(start)}"
    return f"{all_of.strip().capitalize()}: {reason}" if all_of else reason


def _set_aside(changes: list[EntryChange]) -> Iterator[Line]:
    """What is newly set aside with its reason; what no longer is, by name."""
    for change in changes:
        if change.after:
            yield Line(f"{change.fate}: {_spoken(change.section, change.after[0])}", "item", 4, "- ")
    gone = [_called(change.before[0]) for change in changes if not change.after]
    if gone:
        yield Line(f"gone: {', '.join(gone)}", "item", 4, "- ")


def _called(item: Any) -> str:
    return str(item.name or name(item.exercise or item.target or ""))


def item_words(change: EntryChange) -> str:
    """A change in words: what it is now, and what it was."""
    if not change.after:
        gone = change.before[0]
        return str(gone.name) if change.section == "prescriptions" else _spoken(change.section, gone)
    new = change.after[0]
    if not change.before:
        return _spoken(change.section, new)
    old = change.before[0]
    if change.section == "prescriptions":
        return _redosed(old, new, change.parts)
    before, after = (_spoken(change.section, item) for item in (old, new))
    if change.section == "load_adjustments":
        return f"{after} (it was {before.partition(': ')[2]})" if before != after else f"{after}; its words differ"
    return f"{after} (it was: {before})" if before != after else after


def _redosed(old: Any, new: Any, parts: Sequence[str]) -> str:
    """What differs in the dose, and nothing else."""
    said = []
    if spoken_work(old.dosage) != spoken_work(new.dosage):
        said.append(f"{spoken_work(old.dosage)} → {spoken_work(new.dosage)}")
    terms = [spoken_terms(prescription.dosage).split(", ") for prescription in (old, new)]
    gone, come = ([term for term in terms[a] if term not in terms[1 - a]] for a in (0, 1))
    if gone or come:
        said.append(f"{', '.join(gone) or 'nothing said'} → {', '.join(come) or 'nothing said'}")
    others = [PARTS.get(part, name(part)) for part in parts if part not in SAID_OTHERWISE]
    said += [f"pain {old.pain_limit} → {new.pain_limit}"] if old.pain_limit != new.pain_limit else []
    return f"{new.name}: {'; '.join([*said, *(f'another {part}' for part in others)])}"


SPOKEN: dict[str, Callable[[Any], str]] = {
    "prescriptions": lambda item: f"{item.name}: {spoken_dosage(item.dosage)}",
    "swaps": spoken_swap,
    "load_adjustments": spoken_change,
    "pathways": lambda item: f"{item.title}: stage {item.number} of {item.of}, {item.stage_title}",
    "set_aside": lambda item: f"{_called(item)}: {item.reason}",
    "referrals": lambda item: f"{item.addressee}: {item.text}",
}


def _spoken(section: str, item: Any) -> str:
    return SPOKEN[section](item) if section in SPOKEN else str(getattr(item, "text", item))
