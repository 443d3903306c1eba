"""The first screen: the profiles of the folder, and a new one from text that somebody already has."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stridewise.errors import ProfileError
from stridewise.web.folder import file_name
from stridewise.web.pages import desk_of, form_of, page


def show(request: Request, status: int = 200, file: str = "", text: str = "", problems: Sequence[str] = ()) -> Response:
    """The profiles, and what can be begun; what was typed before, and what is wrong with it."""
    folder = desk_of(request).folder
    shown: dict[str, Any] = {"profiles": folder.profiles(), "folder": folder.real.name}
    return page(request, "start.html.j2", status, **shown, file=file, text=text, problems=problems)


def take_in(request: Request) -> Response:
    """A profile pasted as text is checked, then kept under its name. What is wrong is told, and the text stays in the form."""
    desk, form = desk_of(request), form_of(request)
    file, text = form.text("file"), form.text("text") + "\n"
    try:
        desk.session(desk.read(file_name(file), text.encode()))
        name = desk.folder.create(file, text.encode())
    except ProfileError as error:
        told = [str(problem) for problem in error.problems]
        return show(request, 422, file, text, told)
    return RedirectResponse(f"{request.scope['root_path']}/p/{name}", 303)
