"""One runner's plan: the report, the sheet and the letters; and two visits side by side. All as the command writes them."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from stridewise.explain.compare import compare as compared
from stridewise.explain.visits import days_of
from stridewise.figure import page_drawing
from stridewise.language.translation import ENGLISH
from stridewise.plan.drawings import Drawn
from stridewise.plan.model import Plan
from stridewise.render.answers.compare_page import compare_html
from stridewise.render.formats import render_plans
from stridewise.web.pages import desk_of, with_tabs


def report(request: Request) -> Response:
    """The clinician's report."""
    return _document(request, "html", "")


def sheet(request: Request) -> Response:
    """The runner's sheet, to print."""
    return _document(request, "handout", "/sheet")


def letter(request: Request) -> Response:
    """The referral letters."""
    return _document(request, "letter", "/letter")


def compare(request: Request) -> Response:
    """What changed from one profile to another of the same runner."""
    desk, (old, new) = desk_of(request), (request.query_params.get(name, "") for name in ("old", "new"))
    before, after = desk.profile(old), desk.profile(new)
    first, second = days_of(before, after, after.sections.recorded or desk.today())
    sessions = desk.session(before, first, ENGLISH.code), desk.session(after, second, ENGLISH.code)
    return with_tabs(request, compare_html(compared(*sessions, desk.program)), ENGLISH.code, new, "/compare")


def _document(request: Request, form: str, tab: str) -> Response:
    """The plan in one of the command's formats, in its own language."""
    name, plan = str(request.path_params["name"]), _plan(request)
    printed = render_plans([plan], form, clinic=desk_of(request).clinic, drawn=_drawings(request))
    return with_tabs(request, printed, plan.language or ENGLISH.code, name, tab)


def _drawings(request: Request) -> Drawn:
    """The drawing of an exercise, made when a document asks for it."""
    return partial(page_drawing, desk_of(request).program)


def _plan(request: Request) -> Plan:
    desk = desk_of(request)
    return desk.given_out(desk.session(desk.profile(str(request.path_params["name"]))).plan)
