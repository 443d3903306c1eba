"""A new profile, asked for page by page. The pages carry all answers along in the form: nothing is kept anywhere before it is
saved, and the way back loses nothing."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stridewise.documents.frozen import frozen
from stridewise.errors import ProfileError
from stridewise.interview import Draft, Question, answer, is_enough, start, write
from stridewise.language.vocabulary import Vocabulary
from stridewise.session import facts_of
from stridewise.web import groups
from stridewise.web.desk import Desk
from stridewise.web.folder import file_name
from stridewise.web.forms import Form
from stridewise.web.groups import CHECKLISTS, GROUPS
from stridewise.web.pages import desk_of, form_of, page
from stridewise.web.understood import SIDES, Understood, understood, with_side

NONE = "none"
NOT_ENOUGH = "nothing to plan from yet: give a symptom, diagnosis, finding, goal, race or some training"


@frozen
class Taken:
    """The answers as far as they are understood, and what is wrong with others, by the title of their question."""

    draft: Draft
    wrong: dict[str, str]

    @property
    def first_wrong(self) -> int | None:
        """The first page with something wrong."""
        return next((n for n, group in enumerate(GROUPS) if any(title in self.wrong for title in group.asks)), None)


def show(request: Request) -> Response:
    """The first page of questions."""
    return _questions(request, Form({}), 0, Taken(start(desk_of(request).today()), {}))


def go_on(request: Request) -> Response:
    """From one page to the next or back, or the profile saved. A wrong answer is told at its field; all others stay."""
    desk, form = desk_of(request), form_of(request)
    at = min(int(form.text("at")) if form.text("at").isdecimal() else 0, len(GROUPS))
    if form.text("side"):
        side, title, said = form.text("side").split(" ", 2) if form.text("side").count(" ") > 1 else ("", "", "")
        form = with_side(form, title, said, side)
    taken = _taken(desk, form, at)
    if form.text("go") == "back":
        return _questions(request, form, max(at - 1, 0), Taken(taken.draft, {}))
    if taken.first_wrong is not None:
        return _questions(request, form, taken.first_wrong, taken)
    if at + 1 < len(GROUPS):
        return _questions(request, form, at + 1, taken)
    return _save(request, form, taken) if form.text("go") == "save" else _review(request, form, taken)


# --- answers ----------------------------------------------------------------------------------------------------------


def _taken(desk: Desk, form: Form, at: int) -> Taken:
    """The draft of all answers up to a page, each tried as the command tries it."""
    draft, wrong = start(desk.today()), {}
    for question in (question for group in GROUPS[: at + 1] for question in group.questions):
        try:
            for text in _answers(question, form):
                draft = _answered(desk, draft, question, text)
        except ValueError as error:
            wrong[question.title] = str(error)
    return Taken(draft, wrong)


def _answered(desk: Desk, draft: Draft, question: Question, text: str) -> Draft:
    """The draft with one answer more. Raises ValueError, also for an answer to what this runner is not asked."""
    if not question.when(draft):
        raise ValueError("this is not asked of this runner; leave it empty")
    return answer(draft, question, text, desk.program.vocabulary)


def _answers(question: Question, form: Form) -> Iterator[str]:
    """What was typed or ticked for a question, as one would type it. Raises ValueError where two ways to answer disagree."""
    if question.title in CHECKLISTS:
        yield from _ticked(form.all(_field(question)), form.text(f"asked:{question.title}"))
    elif question.many:
        yield from (line for line in form.text(_field(question)).split("\n") if line.strip())
    elif text := form.text(_field(question)):
        yield text


def _ticked(ticked: list[str], asked: str) -> Iterator[str]:
    if ticked and asked != "some":
        raise ValueError(f"ticked: {', '.join(ticked)}; choose “these”, or take the ticks away")
    if asked == "some" and not ticked:
        raise ValueError("tick those that are meant, or choose “none”")
    if asked:
        yield ", ".join(ticked) or NONE


def _field(question: Question) -> str:
    return f"q:{question.title}"


# --- pages ------------------------------------------------------------------------------------------------------------


def _questions(request: Request, form: Form, at: int, taken: Taken) -> Response:
    vocabulary, group = desk_of(request).program.vocabulary, GROUPS[at]
    fields = [_shown(question, vocabulary, taken) for question in group.questions]
    shown = {name for field in fields for name in (field["name"], field["asked"])}
    return page(
        request, "intake.html.j2", 422 if taken.wrong else 200, group=group, at=at, number=len(GROUPS), fields=fields, form=form,
        carried=_carried(form, shown),
    )  # fmt: skip


def _shown(question: Question, vocabulary: Vocabulary, taken: Taken) -> dict[str, Any]:
    """What a page shows of a question."""
    return {
        "name": _field(question), "asked": f"asked:{question.title}", "label": groups.label(question),
        "hint": groups.hint(question), "kind": _kind(question), "wrong": taken.wrong.get(question.title, ""),
        "terms": list(vocabulary.terms.get(question.terms, {}).values()),
    }  # fmt: skip


def _kind(question: Question) -> str:
    if question.title in CHECKLISTS:
        return "checklist"
    if question.title in groups.CHOICES:
        return "choice"
    return "lines" if question.many or question.title == "notes" else "text"


def _carried(form: Form, shown: set[Any]) -> list[tuple[str, str]]:
    """The answers of other pages."""
    others: Mapping[str, list[str]] = {name: values for name, values in form.fields.items() if name.startswith(("q:", "asked:"))}
    return [(name, value) for name, values in others.items() if name not in shown for value in values if value]


def _review(request: Request, form: Form, taken: Taken, problems: tuple[str, ...] = ()) -> Response:
    """The profile as it would be written, before it is."""
    told = problems if is_enough(taken.draft) else (NOT_ENOUGH, *problems)
    words = _understood(desk_of(request), taken.draft) if not told else []
    file = form.text("file") or taken.draft.get("runner.ref")
    return page(
        request, "review.html.j2", 422 if told else 200, text=write(taken.draft), problems=told, carried=_carried(form, set()),
        at=len(GROUPS), file=file, enough=is_enough(taken.draft), words=words,
        sides=SIDES,
    )  # fmt: skip


def _understood(desk: Desk, draft: Draft) -> list[tuple[str, list[Understood]]]:
    """How the words were understood; nothing where the profile cannot be read as a whole, which saving it tells."""
    try:
        profile = desk.read("new.yaml", write(draft).encode())
        entries = understood(draft, profile, facts_of(profile, desk.program, desk.today()).facts, desk.program)
        return [(groups.label(groups.BY_TITLE[title]), [*here]) for title, here in groupby(entries, lambda one: one.title)]
    except ProfileError:
        return []


def _save(request: Request, form: Form, taken: Taken) -> Response:
    desk, content = desk_of(request), write(taken.draft).encode()
    if not is_enough(taken.draft):
        return _review(request, form, taken)
    try:
        desk.session(desk.read(file_name(form.text("file")), content))
        name = desk.folder.create(form.text("file"), content)
    except ProfileError as error:
        return _review(request, form, taken, tuple(map(str, error.problems)))
    return RedirectResponse(f"{request.scope['root_path']}/p/{name}", 303)
