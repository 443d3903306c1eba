"""Questions about a plan: why, why not, what if, what to ask next. The questions come with a form, never in an address, which a
browser would remember."""

from collections.abc import Callable, Iterable

from starlette.requests import Request
from starlette.responses import Response

from stridewise.errors import ProfileError
from stridewise.explain.ask import ask
from stridewise.explain.edits.changes import read_changes
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.sensitivity import thresholds
from stridewise.explain.what_if import read_range, sweep, what_if
from stridewise.explain.why import explain
from stridewise.explain.why_not import why_not
from stridewise.language.translation import fixed, speaking
from stridewise.language.vocabulary import fold
from stridewise.render.answers.ask import ask_lines
from stridewise.render.answers.sweep import sweep_lines
from stridewise.render.answers.thresholds import threshold_lines
from stridewise.render.answers.what_if import what_if_lines
from stridewise.render.answers.why import why_lines
from stridewise.render.answers.why_not import why_not_lines
from stridewise.render.paragraphs import Line
from stridewise.web.desk import Desk
from stridewise.web.forms import Form
from stridewise.web.pages import desk_of, form_of, page
from stridewise.web.typed import exercises_by_name, with_point

NOTHING_TO_CHANGE = fixed("nothing to change: give a value, a finding to add, or one to leave out")
Answer = Callable[[Inquiry, Form], Iterable[Line]]


def answer(request: Request) -> Response:
    """One question, answered in the lines of the command."""
    desk, form, name = desk_of(request), form_of(request), request.path_params["name"]
    asked = ANSWERS.get(form.text("question"))
    if asked is None:
        raise ProfileError(f'"{form.text("question")[:60]}" is no question')
    with desk.planning:
        lines = list(asked(desk.inquiry(name), _in_english(desk, form)))
    return page(request, "answer.html.j2", name=name, lines=lines)


def _in_english(desk: Desk, form: Form) -> Form:
    """The form with the id of an exercise for its name in the page's language: plans are asked about in English."""
    if desk.words.is_english:
        return form
    with speaking(desk.words):
        exercises = exercises_by_name(desk.program)
        values = {field: [with_point(form.text(field))] for field in ("value", "to")}
    return Form({**form.fields, **values, "item": [exercises.get(fold(form.text("item")), form.text("item"))]})


def _what_if(inquiry: Inquiry, form: Form) -> Iterable[Line]:
    """A changed value, a finding more, a finding less; or where along a range the advice flips."""
    path, value, upto = form.text("path"), form.text("value"), form.text("to")
    sets = [f"{path}={value}"] if path and value and not upto else []
    adds = [line for line in form.text("add").split("\n") if line.strip()]
    changes = read_changes(inquiry.profile, inquiry.program.vocabulary, sets, adds, form.all("remove"))
    if upto:
        return sweep_lines(sweep(inquiry, *read_range(f"{path}={value}..{upto}"), changes))
    if not changes:
        raise ProfileError(NOTHING_TO_CHANGE)
    return what_if_lines(what_if(inquiry, changes))


ANSWERS: dict[str, Answer] = {
    "why": lambda inquiry, form: why_lines(explain(inquiry, form.text("item"))),
    "why not": lambda inquiry, form: why_not_lines(why_not(inquiry, form.text("item"))),
    "thresholds": lambda inquiry, _: threshold_lines(thresholds(inquiry.session)),
    "next": lambda inquiry, _: ask_lines(ask(inquiry)),
    "what if": _what_if,
}
