"""Pages from templates, every text escaped; and the documents of `render/` with the way back put on top of them."""

from collections.abc import Sequence
from functools import cache, partial
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from stridewise.errors import StridewiseError, spelt_out
from stridewise.language.translation import ENGLISH, Language, fixed, language_in_force, speaking
from stridewise.render import html
from stridewise.web.desk import Desk
from stridewise.web.forms import Form, read_form
from stridewise.web.words import called, chosen, message

TABS = {
    "": fixed("Report"),
    "/sheet": fixed("Runner's sheet"),
    "/letter": fixed("Letters"),
    "/change": fixed("Change and ask"),
}
PRINTED = ("", "/sheet", "/letter")  # the tabs that are documents


def desk_of(request: Request) -> Desk:
    """The desk of the running server."""
    desk: Desk = request.app.state.desk
    return desk


def form_of(request: Request) -> Form:
    """The form that came with a POST. Raises ProfileError."""
    return read_form(request.scope["form"])


def page(request: Request, template: str, status: int = 200, language: Language | None = None, **shown: Any) -> HTMLResponse:
    """A screen in the language of the page, or in another."""
    base = request.scope["root_path"]
    with speaking(language or desk_of(request).words):
        text = _environment().get_template(template).render(base=base, today=desk_of(request).today(), **shown)
    return HTMLResponse(spelt_out(text), status)


page_for_authors = partial(page, language=ENGLISH)  # of packs, which are in English


def problems_page(request: Request, problems: Sequence[str], status: int) -> HTMLResponse:
    """Everything that is wrong, in the words of the command; what was typed stands below it, so that nothing is lost."""
    name = request.path_params.get("name", "")
    back = f"p/{quote(name)}/change" if name and request.method == "POST" else ""
    sent = sorted(_sent(request).items()) if request.method == "POST" else []
    return page(request, "problems.html.j2", status, problems=problems, back=back, sent=sent)


def _sent(request: Request) -> dict[str, str]:
    """What was typed into a form, as far as it can be read."""
    try:
        fields = form_of(request).fields
    except StridewiseError:
        return {}
    return {name: ", ".join(filter(None, values)) for name, values in fields.items() if name != "was" and any(values)}


def with_tabs(request: Request, document: str, language: str, name: str, tab: str) -> HTMLResponse:
    """A document of `render/` in a language of its own, with the page's tabs above it, which are not printed."""
    base = request.scope["root_path"]
    with speaking(desk_of(request).words):
        tabs = _environment().get_template("tabs.html.j2").render(base=base, name=name, tab=tab, around=language)
    style = _environment().get_template("tabs.css").render()
    shown = document.replace("</style>", f"{style}</style>", 1).replace("<body>", f"<body>\n{tabs}", 1)
    return HTMLResponse(spelt_out(shown))


@cache
def _environment() -> Environment:
    own = PackageLoader("stridewise", "web/templates")
    theirs = html.environment()
    made = theirs.overlay(loader=ChoiceLoader([own, *filter(None, [theirs.loader])]))
    made.globals = {
        **theirs.globals,
        "Markup": Markup,
        "tabs": TABS,
        "printed": PRINTED,
        "message": message,
        "called": called,
        "chosen": chosen,
        "as_english": _as_english,
    }
    return made


def _as_english() -> str:
    """The attribute of an element whose words are English, on a page that is not."""
    return "" if language_in_force().is_english else Markup(' lang="en"')
