"""The questions worth asking next, and the outcome of a verification, as text."""

from collections.abc import Iterator

from stridewise.inquiry.ask import MAX_RUNS, Asked, Question
from stridewise.inquiry.verify import Verified
from stridewise.render.text import Line

MAX_ANSWERS = 3


def ask_lines(asked: Asked) -> Iterator[Line]:
    """Safety first, then the rest, each with what its weightiest answers would do."""
    if not asked.questions:
        yield Line("Nothing that is missing would change this plan.", "title")
    for title, safety in (("For safety, before anything else", True), ("Worth asking next", False)):
        mine = [one for one in asked.questions if one.safety is safety]
        if mine:
            yield Line(title, "title")
        for number, one in enumerate(mine, 1):
            yield from _question(one, number)
    if asked.left_out:
        yield Line(f"{asked.left_out} further questions would change less.", "quiet")
    if not asked.complete:
        yield Line(f"Not every answer was tried: the search stops at {MAX_RUNS} plans.", "quiet")


def _question(one: Question, number: int) -> Iterator[Line]:
    yield Line(one.question, "item", 2, f"{number}. ")
    for answer in one.answers[:MAX_ANSWERS]:
        more = f"; and {len(answer.does) - 3} more" if len(answer.does) > 3 else ""
        yield Line(f"{answer.answer}: {'; '.join(answer.does[:3])}{more}.", indent=6, mark="- ")
    if len(one.answers) > MAX_ANSWERS:
        yield Line(f"{len(one.answers) - MAX_ANSWERS} more answers would change something (--format json).", "quiet", 6)


def verify_lines(found: Verified) -> Iterator[Line]:
    """Identical, or what differs and why."""
    if found.identical:
        yield Line(f"Identical: the profile gives this plan for {found.as_of}.", "verdict")
        yield from (Line(f"changed since, without effect on the plan: {text}", indent=2, mark="- ") for text in found.notes)
        return
    yield Line(f"Different: today's packs and profile give another plan for {found.as_of}.", "alarm")
    yield Line("What differs", "title")
    yield from (Line(text, indent=2, mark="- ") for text in found.differs)
    yield Line("What changed since", "title")
    yield from (Line(text, indent=2, mark="- ") for text in found.causes)
