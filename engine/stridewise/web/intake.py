"""A new profile, asked for page by page. The pages carry all answers along in the form: nothing is kept anywhere before it is
saved, and the way back loses nothing."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stridewise.errors import ProfileError
from stridewise.interview import Draft, Question, is_enough, start, write
from stridewise.language.translation import fixed, language_in_force, say, speaking
from stridewise.language.vocabulary import Vocabulary
from stridewise.program.program import Program, once
from stridewise.session import facts_of
from stridewise.web import groups
from stridewise.web.answers import Taken, field_of, taken_from
from stridewise.web.desk import Desk
from stridewise.web.folder import file_name
from stridewise.web.forms import Form
from stridewise.web.groups import CHECKLISTS, GROUPS
from stridewise.web.pages import desk_of, form_of, page
from stridewise.web.typed import in_english
from stridewise.web.understood import SIDES, Understood, understood, with_side

NOT_ENOUGH = fixed("nothing to plan from yet: give a symptom, diagnosis, finding, goal, race or some training")


def show(request: Request) -> Response:
    """The first page of questions."""
    return _questions(request, Form({}), 0, Taken(start(desk_of(request).today()), {}))


def go_on(request: Request) -> Response:
    """From one page to the next or back, or the profile saved. A wrong answer is told at its field; all others stay."""
    desk, form = desk_of(request), with_side(form_of(request))
    at = min(int(form.text("at")) if form.text("at").isdecimal() else 0, len(GROUPS))
    taken = taken_from(desk, form, at)
    if form.text("go") == "back":
        return _questions(request, form, max(at - 1, 0), Taken(taken.draft, {}))
    if taken.first_wrong is not None:
        return _questions(request, form, taken.first_wrong, taken)
    if at + 1 < len(GROUPS):
        return _questions(request, form, at + 1, taken)
    return _save(request, form, taken) if form.text("go") == "save" else _review(request, form, taken)


def _questions(request: Request, form: Form, at: int, taken: Taken) -> Response:
    desk, group = desk_of(request), GROUPS[at]
    with speaking(desk.words):
        fields = [_shown(question, desk.program, taken) for question in group.questions]
    shown = {name for field in fields for name in (field["name"], field["asked"])}
    return page(
        request,
        "intake.html.j2",
        422 if taken.wrong else 200,
        group=group,
        at=at,
        number=len(GROUPS),
        fields=fields,
        form=form,
        carried=_carried(form, shown),
    )


def _shown(question: Question, program: Program, taken: Taken) -> dict[str, Any]:
    """What a page shows of a question; `known` are words that can be typed, each with whether it is told in English."""
    kind = _kind(question)
    return {
        "name": field_of(question),
        "asked": f"asked:{question.title}",
        "label": say(groups.label(question)),
        "hint": groups.hint(question),
        "kind": kind,
        "wrong": taken.wrong.get(question.title, ""),
        "terms": list(_terms(question, program.vocabulary)),
        "known": known_words(program, question.title, language_in_force().code) if kind in ("lines", "text") else (),
    }


def _terms(question: Question, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The terms of a question with their labels as told."""
    return ((name, vocabulary.label(question.terms, name)) for name in vocabulary.terms.get(question.terms, {}))


@once
def known_words(program: Program, title: str, code: str) -> tuple[tuple[str, bool], ...]:
    """The labels of a question's terms in the language in force, which is `code`: in English where only that is understood."""
    question, vocabulary = groups.BY_TITLE[title], program.vocabulary
    known = []
    for name, told in _terms(question, vocabulary):
        is_english = told != (label := vocabulary.terms[question.terms][name].label) and not _is_read(program, question, told)
        known.append((label if is_english else told, is_english))
    return tuple(known)


def _is_read(program: Program, question: Question, label: str) -> bool:
    """Is a label understood where it is typed? A session and a race stand beside a day there."""
    typed = {"week": "mon {}", "race": "{} 2026-12-12"}.get(question.title, "{}").format(label)
    try:
        question.read(start(date.min), in_english(program, question, typed), program.vocabulary)
    except ValueError:
        return False
    return True


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
        request,
        "review.html.j2",
        422 if told else 200,
        text=write(taken.draft),
        problems=told,
        carried=_carried(form, set()),
        at=len(GROUPS),
        file=file,
        enough=is_enough(taken.draft),
        words=words,
        sides=SIDES,
    )


def _understood(desk: Desk, draft: Draft) -> list[tuple[str, list[Understood]]]:
    """How the words were understood; nothing where the profile cannot be read as a whole, which saving it tells."""
    try:
        profile = desk.read("new.yaml", write(draft).encode())
        facts = facts_of(profile, desk.program, desk.today()).facts
        with speaking(desk.words):
            entries = understood(draft, profile, facts, desk.program)
            return [
                (say(groups.label(groups.BY_TITLE[title])), [*here]) for title, here in groupby(entries, lambda one: one.title)
            ]
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
