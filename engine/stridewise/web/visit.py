"""One runner's plan: the report, the sheet and the letters; and two visits side by side. All as the command writes them."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from stridewise.explain.compare import compare as compared
from stridewise.explain.visits import days_of
from stridewise.figure import page_drawing
from stridewise.language.translation import ENGLISH
from stridewise.render.answers.compare import compare_html
from stridewise.render.formats import render_plans
from stridewise.web.pages import desk_of, with_tabs


def document(form: str, tab: str, request: Request) -> Response:
    """The plan in one of the command's formats, in its own language; drawings are made when the document asks for them."""
    desk, name = desk_of(request), str(request.path_params["name"])
    plan = desk.given_out(desk.session(desk.profile(name)).plan)
    printed = render_plans([plan], form, clinic=desk.clinic, drawn=partial(page_drawing, desk.program))
    return with_tabs(request, printed, plan.language or ENGLISH.code, name, tab)


def compare(request: Request) -> Response:
    """What changed from one profile to another of the same runner."""
    desk, (old, new) = desk_of(request), (request.query_params.get(name, "") for name in ("old", "new"))
    before, after = desk.profile(old), desk.profile(new)
    first, second = days_of(before, after, after.sections.recorded or desk.today())
    sessions = desk.session(before, first, ENGLISH.code), desk.session(after, second, ENGLISH.code)
    return with_tabs(request, compare_html(compared(*sessions, desk.program)), ENGLISH.code, new, "/compare")
