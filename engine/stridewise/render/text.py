"""The plan as text: verdict, what must be said first, then what to do and why, readable at 80 columns."""

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stridewise.plan import Because, Plan, Prescription
from stridewise.render.words import (
    BLOCK_TITLES, STOPS_WORDS, URGENCY_WORDS, reason_line, spoken_change, spoken_dosage, spoken_side, verdict,
)  # fmt: skip

WIDTH = 80
STYLES = {"verdict": "bold", "title": "bold cyan", "item": "bold", "alarm": "bold red", "quiet": "dim", "plain": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its style, how far it is indented, and a mark that hangs before it."""

    text: str
    style: str = "plain"
    indent: int = 0
    mark: str = ""

    def wrapped(self, width: int) -> list[str]:
        """The paragraph at a width; words, hyphenated names among them, are never split."""
        start = " " * self.indent + self.mark
        return textwrap.wrap(
            self.text, width, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False, break_long_words=False
        ) or [""]


def render_text(plan: Plan, explain: bool = False, width: int = WIDTH) -> str:
    """The plan as plain text."""
    return "\n".join(row for line in lines(plan, explain) for row in line.wrapped(width)) + "\n"


def print_plans(plans: Sequence[Plan], explain: bool) -> None:
    """To the terminal in colour at its width, or plain where the output is piped."""
    from stridewise.cli.common import show

    if not sys.stdout.isatty():
        show("\n\n".join(render_text(plan, explain) for plan in plans))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    width = max(40, min(shutil.get_terminal_size().columns, 100))
    for number, plan in enumerate(plans):
        if number:
            console.print()
        for line in lines(plan, explain):
            for row in line.wrapped(width):
                console.print(Text(row, style=STYLES[line.style]), soft_wrap=True)


def lines(plan: Plan, explain: bool) -> Iterator[Line]:
    """The plan in paragraphs."""
    yield Line(verdict(plan), "alarm" if plan.status == "refer_first" else "verdict")
    yield Line(f"Plan for {plan.runner}, {plan.as_of}")
    yield from _section("Say first", [Line(text, indent=2, mark="- ") for text in plan.notices])
    yield from _section("Referrals", list(_referrals(plan, explain)))
    yield from _section("Warnings", list(_warnings(plan, explain)))
    yield from _section("Swaps", list(_swaps(plan, explain)))
    yield from _section("Running and strength load", list(_load(plan, explain)))
    yield from _section("Exercises", list(_prescriptions(plan, explain)))
    yield from _section("Settled between rules", [Line(one.text, indent=2, mark="- ") for one in plan.conflicts])
    yield from _section("Set aside", list(_set_aside(plan, explain)))
    yield from _section("Worth asking next", [Line(one.question, indent=2, mark="- ") for one in plan.missing])
    yield from _section("Recorded, but read by no rule", [Line(f"{one.text} ({one.at})", indent=2, mark="- ") for one in plan.not_used])
    yield Line("")
    yield Line("Every line can be checked: recommend why PROFILE ITEM, or --explain.", "quiet")
    yield Line(f"Engine: {plan.receipt.engine}. Plan {plan.receipt.plan_sha256[:12]}.", "quiet")


def _section(title: str, body: list[Line]) -> Iterator[Line]:
    if body:
        yield Line("")
        yield Line(title, "title")
        yield from body


def _referrals(plan: Plan, explain: bool) -> Iterator[Line]:
    for one in plan.referrals:
        yield Line(f"{URGENCY_WORDS[one.urgency]}: {one.to.replace('_', ' ')}", "alarm", 2)
        yield Line(one.text, indent=4)
        yield Line(STOPS_WORDS[one.stops], indent=4)
        yield from _why(one.because, explain)


def _warnings(plan: Plan, explain: bool) -> Iterator[Line]:
    for one in plan.warnings:
        yield Line(one.text, "alarm" if one.level == "critical" else "plain", 2, {"critical": "!! ", "warning": "! ", "info": "- "}[one.level])
        if one.level != "info" or explain:
            yield from _why(one.because, explain)


def _swaps(plan: Plan, explain: bool) -> Iterator[Line]:
    for one in plan.swaps:
        instead = f"→ {name(one.instead)}" if one.instead else "→ leave it out"
        yield Line(f"{name(one.avoid)} {instead} ({one.level})", "item", 2)
        if one.keeps or one.loses:
            yield Line("; ".join(filter(None, [one.keeps and f"Keeps: {_bare(one.keeps)}", one.loses and f"loses: {_bare(one.loses)}"])) + ".", indent=4)
        yield from _why(one.because, explain)


def name(exercise: str) -> str:
    """An exercise id for reading where only the id is at hand."""
    return exercise.replace("_", " ")


def _bare(text: str) -> str:
    return text.rstrip(".")


def _load(plan: Plan, explain: bool) -> Iterator[Line]:
    for one in plan.load_adjustments:
        yield Line(spoken_change(one), "item", 2)
        yield Line(one.text, indent=4)
        yield from _why(one.because, explain)


def _prescriptions(plan: Plan, explain: bool) -> Iterator[Line]:
    block = ""
    for one in plan.prescriptions:
        if one.block != block:
            block = one.block
            yield Line(BLOCK_TITLES[block], "title", 2)
        yield from _prescription(one, explain)


def _prescription(one: Prescription, explain: bool) -> Iterator[Line]:
    yield Line(one.name, "item", 4)
    yield Line("; ".join(filter(None, [spoken_dosage(one.dosage), spoken_side(one)])), indent=6)
    yield Line(f"Pain: {one.pain_limit}. Stop: {one.stop_if}", indent=6)
    if one.assumes:
        yield Line(f"Assumes: {'; '.join(one.assumes)}", "quiet", 6)
    yield from _why(one.because, explain, 6)
    if explain:
        yield Line(f"Harder: {one.progression}", indent=6)
        yield Line(f"Easier: {one.regression}", indent=6)


def _set_aside(plan: Plan, explain: bool) -> Iterator[Line]:
    for one in plan.set_aside:
        yield Line(f"{name(one.exercise or one.target or '')}: {one.reason}", indent=2, mark="- ")
        if explain:
            yield from derivation(one.because)


def _why(because: Sequence[Because], explain: bool, indent: int = 4) -> Iterator[Line]:
    if explain:
        yield from derivation(because, indent)
    elif because:
        yield Line(f"Why: {reason_line(because)}", "quiet", indent)


def derivation(because: Sequence[Because], indent: int = 4) -> Iterator[Line]:
    """Every reason with its rule, facts down to the profile's lines, sources and grade."""
    for one in because:
        yield Line(f"{one.text} ({one.rule})", "quiet", indent, "because ")
        for fact in one.facts:
            origin = fact.at if fact.at else f"concluded by {fact.derived_by}"
            yield Line(f"{fact.text} [{origin}]", "quiet", indent + 8, "- ")
        if one.sources:
            cited = "; ".join(f"{s.key} (level {s.level}, {'verified' if s.verified else 'not verified'})" for s in one.sources)
            grade = f"{one.strength.replace('_', ' ')}, {one.certainty.replace('_', ' ')} certainty"
            yield Line(f"{cited}: {grade}", "quiet", indent + 8, "sources ")
