"""The application: which path shows which screen, and how every error becomes a page."""

from collections.abc import Callable
from functools import partial, wraps

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from stridewise.errors import StridewiseError, unforeseen
from stridewise.language.translation import fixed
from stridewise.web import ask, change, intake, packs, start, visit, workbench
from stridewise.web.desk import Desk
from stridewise.web.folder import NotHereError
from stridewise.web.guard import Guard
from stridewise.web.pages import problems_page

NOT_HERE = fixed("No such profile is in this folder.")
Screen = Callable[[Request], Response]
ROUTES: tuple[tuple[str, str, Screen], ...] = (
    ("GET", "/", start.show),
    ("POST", "/open", start.take_in),
    ("GET", "/new", intake.show),
    ("POST", "/new", intake.go_on),
    ("GET", "/packs", packs.show),
    ("POST", "/packs", packs.look),
    ("GET", "/workbench", workbench.show),
    ("POST", "/workbench", workbench.work),
    ("GET", "/compare", visit.compare),
    ("GET", "/p/{name}", partial(visit.document, "html", "")),
    ("GET", "/p/{name}/sheet", partial(visit.document, "handout", "/sheet")),
    ("GET", "/p/{name}/letter", partial(visit.document, "letter", "/letter")),
    ("GET", "/p/{name}/change", change.show),
    ("POST", "/p/{name}/change", change.make),
    ("POST", "/p/{name}/ask", ask.answer),
)


def make_app(desk: Desk, token: str, hosts: tuple[str, ...]) -> ASGIApp:
    """The server's application: `hosts` are the names it answers to, with the port."""
    app = Starlette(routes=[Route(path, _told(screen), methods=[method]) for method, path, screen in ROUTES])
    app.router.redirect_slashes = False
    app.state.desk = desk
    return Guard(app, token, hosts)


def _told(screen: Screen) -> Screen:
    """The screen, or a page that says what is wrong. Nothing goes to a log: a message may tell of somebody's health."""

    @wraps(screen)
    def shown(request: Request) -> Response:
        try:
            return screen(request)
        except NotHereError as error:
            return problems_page(request, [str(error) or NOT_HERE], 404)
        except StridewiseError as error:
            return problems_page(request, [*map(str, error.problems)], 422 if error.exit_code == 2 else 500)
        except Exception as error:  # a bug is named, as the command names it, and never half a plan
            return problems_page(request, [f"{unforeseen(error)}. No plan was made."], 500)

    return shown
