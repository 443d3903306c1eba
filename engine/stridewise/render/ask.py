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
    groups: dict[tuple[str, ...], list[str]] = {}
    for answer in one.answers:
        groups.setdefault(answer.does, []).append(answer.answer)
    told = list(groups.items())[:MAX_ANSWERS]
    for does, answers in told:
        more = f"; and {len(does) - 3} more" if len(does) > 3 else ""
        yield Line(f"{_either(answers)}: {'; '.join(does[:3])}{more}.", indent=6, mark="- ")
    if left := len(one.answers) - sum(len(answers) for _, answers in told):
        yield Line(f"{left} more answer{'s' if left > 1 else ''} would change something (--format json).", "quiet", 6)


def _either(answers: list[str]) -> str:
    """Answers with one effect; of many, the first few."""
    if len(answers) > 5:
        return f"{', '.join(answers[:4])} or {len(answers) - 4} others"
    return f"{', '.join(answers[:-1])} or {answers[-1]}" if len(answers) > 1 else answers[0]


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
