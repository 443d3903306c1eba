"""What kept something out, told as a colleague would: what is in the way, what would let it in, what to wait for,
then the rules."""

from collections.abc import Iterator

from stridewise.inquiry.candidates import EARN, FIXED, TESTED
from stridewise.inquiry.holding import FAILS, HOLDS, UNKNOWN
from stridewise.inquiry.routes import Route, Tested
from stridewise.inquiry.why_not import MAX_RUNS, Proposal, WhyNot
from stridewise.render.text import Line
from stridewise.render.why import grade_line

STATES = {HOLDS: "holds", FAILS: "does not hold", UNKNOWN: "not recorded"}
LABELS = {
    EARN: "To earn",
    TESTED: "Would apply if tested; a finding, not something to bring about",
    FIXED: "Cannot be changed; for understanding",
}
MAX_ROUTES = 6


def why_not_lines(answer: WhyNot) -> Iterator[Line]:
    """The whole answer in paragraphs."""
    if answer.present:
        yield Line(f"{answer.item} is in the plan. recommend why tells its reasons.", "title")
        return
    yield Line(f"Why not: {answer.item}", "title")
    yield from _in_the_way(answer)
    yield from _changes(answer)
    if answer.wait_for:
        yield Line("What to wait for", "title")
        yield from (Line(_sentence(text), indent=2, mark="- ") for text in answer.wait_for)
    yield from _routes(answer)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _in_the_way(answer: WhyNot) -> Iterator[Line]:
    if answer.obstacles:
        yield Line("In the way", "title")
    for one in answer.obstacles:
        yield Line(one.text, indent=2, mark="- ")
        for because in one.because[:1]:
            if grade := grade_line(because):
                yield Line(grade, "quiet", 6)
    if not any(route.fired for route in answer.routes):
        if answer.obstacles:
            yield Line("And no rule asks for it in this profile.", indent=2, mark="- ")
        else:
            yield Line("Nothing speaks against it; no rule asks for it in this profile.", indent=2)


def _changes(answer: WhyNot) -> Iterator[Line]:
    yield Line("The smallest change that would let it in", "title")
    for one in answer.changes:
        yield from _change(one)
    if answer.changes:
        return
    if answer.wait_for:
        yield Line("None is offered: what keeps it out protects the runner.", indent=2)
    elif answer.searched:
        yield Line(f"None of up to 2 changes would do ({answer.tried} tried).", indent=2)
    else:
        yield Line(f"None among the first {answer.tried} changes tried; the search stops at {MAX_RUNS}.", indent=2)


def _change(one: Proposal) -> Iterator[Line]:
    yield Line(f"{LABELS[one.label]}:", indent=2)
    for step in one.steps:
        yield Line(f"{step.text}{f' (now: {step.now})' if step.now else ''}", "item", 4, "- ")
    if one.also:
        more = f"; and {len(one.also) - 4} more" if len(one.also) > 4 else ""
        yield Line(f"The plan then {'; '.join(one.also[:4])}{more}.", indent=6)


def _routes(answer: WhyNot) -> Iterator[Line]:
    yield Line("The rules that could lead to it", "title")
    if not answer.routes:
        yield Line("None. It can be asked for by name: clinician.pin.", indent=2)
    for route in answer.routes[:MAX_ROUTES]:
        yield from _route(route, 2)
    if len(answer.routes) > MAX_ROUTES:
        yield Line(f"And {len(answer.routes) - MAX_ROUTES} more (--format json).", indent=2)


def _route(route: Route, indent: int) -> Iterator[Line]:
    leads = f": {route.leads}" if route.leads else ""
    yield Line(f"{route.title}{leads}.{' It fired.' if route.fired else ''}", "item", indent, "- ")
    for one in route.conditions:
        yield from _condition(one, indent + 4)
    yield Line(f"Rule: {route.rule}", "quiet", indent + 4)


def _condition(one: Tested, indent: int) -> Iterator[Line]:
    group = f" ({one.group})" if one.group else ""
    yield Line(f"{one.text}{group}: {STATES[one.state]}{_found(one)}", indent=indent, mark="+ " if one.state == HOLDS else "- ")
    for below in one.below[:2]:
        yield from _route(below, indent + 4)


def _found(one: Tested) -> str:
    if not one.found:
        return ""
    return f" [{'; '.join(one.found)}]" if one.state == HOLDS else f"; recorded: {'; '.join(one.found)}"
