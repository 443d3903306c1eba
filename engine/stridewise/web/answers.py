"""The answers of a form as the draft of a profile: each is tried as the command tries it, and what is wrong is kept beside its
question."""

from collections.abc import Iterator
from dataclasses import dataclass

from stridewise.interview import Draft, Question, answer, start
from stridewise.language.translation import fixed, speaking
from stridewise.web.desk import Desk
from stridewise.web.forms import Form
from stridewise.web.groups import CHECKLISTS, GROUPS
from stridewise.web.typed import in_english
from stridewise.web.words import UntakenError

NONE = "none"
NOT_ASKED = fixed("this is not asked of this runner; leave it empty")
TICKED = fixed("ticked: {ticked}; choose “these”, or take the ticks away")
NOTHING_TICKED = fixed("tick those that are meant, or choose “none”")


@dataclass(frozen=True, slots=True)
class Taken:
    """The answers as far as they are understood, and what is wrong with others, by the title of their question."""

    draft: Draft
    wrong: dict[str, ValueError]

    @property
    def first_wrong(self) -> int | None:
        """The first page with something wrong."""
        return next((n for n, group in enumerate(GROUPS) if any(title in self.wrong for title in group.asks)), None)


def taken_from(desk: Desk, form: Form, at: int) -> Taken:
    """The draft of all answers up to a page, each tried as the command tries it."""
    draft, wrong = start(desk.today()), {}
    for question in (question for group in GROUPS[: at + 1] for question in group.questions):
        try:
            for text in _answers(desk, question, form):
                draft = _answered(desk, draft, question, text)
        except ValueError as error:
            wrong[question.title] = error
    return Taken(draft, wrong)


def _answered(desk: Desk, draft: Draft, question: Question, text: str) -> Draft:
    """The draft with one answer more. Raises ValueError, also for an answer to what this runner is not asked."""
    if not question.when(draft):
        raise UntakenError(NOT_ASKED)
    with speaking(desk.words):
        english = in_english(desk.program, question, text)
    return answer(draft, question, english, desk.program.vocabulary)


def _answers(desk: Desk, question: Question, form: Form) -> Iterator[str]:
    """What was typed or ticked for a question, as one would type it. Raises ValueError where two ways to answer disagree."""
    if question.title in CHECKLISTS:
        yield from _ticked(desk, question, form.all(field_of(question)), form.text(f"asked:{question.title}"))
    elif question.many:
        yield from (line for line in form.text(field_of(question)).split("\n") if line.strip())
    elif text := form.text(field_of(question)):
        yield text


def _ticked(desk: Desk, question: Question, ticked: list[str], asked: str) -> Iterator[str]:
    if ticked and asked != "some":
        with speaking(desk.words):
            raise UntakenError(TICKED, ticked=", ".join(desk.program.vocabulary.label(question.terms, one) for one in ticked))
    if asked == "some" and not ticked:
        raise UntakenError(NOTHING_TICKED)
    if asked:
        yield ", ".join(ticked) or NONE


def field_of(question: Question) -> str:
    return f"q:{question.title}"
