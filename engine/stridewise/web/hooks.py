"""`recommend serve --cds`: CDS Hooks 2.0 for a record system on this machine. One service at `patient-view`: the profile comes
with the call, cards go back, and nothing of either is kept."""

import json
import os
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from stridewise.documents.writing import PRIVATE
from stridewise.errors import StridewiseError
from stridewise.render.cards import OVERRIDE_REASONS, cards
from stridewise.web.desk import Desk
from stridewise.web.guard import Door, Guard
from stridewise.web.hook_calls import PROFILE, QUERY, Call, CallError, Feedback, Told, profile_of, read_sent
from stridewise.web.pages import desk_of

JSON = "application/json"
SERVICE = {
    "id": "stridewise-plan",
    "hook": "patient-view",
    "title": "Exercise plan for a runner",
    "description": "Drafts an exercise plan from the runner's screening profile: who must be seen first, what must not be done, "
    "and the plan with its reasons. A draft for a physiotherapist to judge, not a diagnosis.",
    "prefetch": {PROFILE: QUERY},
    "usageRequirements": "The screening profile of stridewise is a DocumentReference of the patient.",
}
Answer = Callable[[Request], Response]


def make_hooks(
    desk: Desk, token: str, hosts: tuple[str, ...], origins: tuple[str, ...] = (), kept: Path | None = None
) -> ASGIApp:
    """The application of the hooks: `origins` are pages of others that may ask from a browser, `kept` the file that feedback is
    appended to."""
    below = f"/cds-services/{SERVICE['id']}"
    routes = [
        Route("/cds-services", _told(discovery), methods=["GET"]),
        Route(below, _told(answer), methods=["POST"]),
        Route(f"{below}/feedback", _told(take_feedback), methods=["POST"]),
    ]
    cors = Middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"], allow_headers=["*"])
    app = Starlette(routes=routes, middleware=[cors] if origins else [])
    app.router.redirect_slashes = False
    app.state.desk, app.state.kept = desk, kept
    return Guard(app, token, hosts, Door(JSON, "Only JSON is read.", origins, needs_origin=False))


def discovery(request: Request) -> Response:
    """Which services there are."""
    return JSONResponse({"services": [SERVICE]})


def answer(request: Request) -> Response:
    """The cards of one call."""
    call, desk = read_sent(Call, request.scope["form"]), desk_of(request)
    plan = desk.given_out(desk.session(profile_of(call)).plan)
    return JSONResponse({"cards": cards(plan, call.hook_instance, call.context.patient_id)})


def take_feedback(request: Request) -> Response:
    """Acknowledge what became of cards; where the person who started the server named a file, keep it."""
    told = read_sent(Told, request.scope["form"])
    if request.app.state.kept is not None:
        try:
            keep(request.app.state.kept, told.feedback)
        except OSError as error:
            raise CallError(503, f"the feedback cannot be kept: {error.strerror or error}") from error
    return JSONResponse({})


def keep(path: Path, told: Iterable[Feedback]) -> None:
    """Append a line for each, for the owner's eyes alone: the card, what became of it, when, and which of our own reasons was
    given. No word of anybody's. Raises OSError."""
    lines = "".join(f"{json.dumps(_line(one))}\n" for one in told)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), PRIVATE)
    with os.fdopen(handle, "ab") as file:
        file.write(lines.encode())


def _line(one: Feedback) -> dict[str, object]:
    given = one.override_reason.reason.code if one.override_reason and one.override_reason.reason else None
    reason = given if given is None or given in OVERRIDE_REASONS else "foreign"
    at, suggestions = one.outcome_timestamp.isoformat(), len(one.accepted_suggestions)
    return {"card": str(one.card), "outcome": one.outcome, "at": at, "suggestions": suggestions, "reason": reason}


def _told(hook: Answer) -> Answer:
    """The answer, or what is wrong, with a status that says whose fault it is. Nothing goes to a log."""

    @wraps(hook)
    def answered(request: Request) -> Response:
        try:
            return hook(request)
        except CallError as error:
            return _problems(error.status, error.problems)
        except StridewiseError as error:
            return _problems(422 if error.exit_code == 2 else 500, map(str, error.problems))
        except Exception as error:  # a bug is named, and never half a plan
            return _problems(500, [f"Internal error: {type(error).__name__}. No plan was made."])

    return answered


def _problems(status: int, problems: Iterable[str]) -> Response:
    told = list(problems)
    return JSONResponse({"message": " ".join(told), "problems": told}, status)
