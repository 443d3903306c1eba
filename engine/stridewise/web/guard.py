"""Who is let in: this machine's browser with the secret of this start, forms of a bounded size, and nobody else. A page of
somebody else's that is open in the same browser is kept out by Host, Origin and the secret, each on its own."""

import asyncio
from dataclasses import dataclass
from secrets import compare_digest
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 300_000  # of a form
MOST_SECONDS = 20  # until a form has arrived
FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",  # with no-referrer, browsers send the Origin of a form as null
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Door:
    """What is let in: the media type of what is sent, and what is `told` of any other; the `origins` of others' pages that may
    ask from a browser, and whether whoever sends something has to say where from."""

    media: str = FORM
    told: str = "Only plain forms are read."
    origins: tuple[str, ...] = ()
    needs_origin: bool = True


PAGES = Door()


class Guard:
    """Stands before the application. `token` is the first step of every path, `hosts` what a browser may call us."""

    def __init__(self, app: ASGIApp, token: str, hosts: tuple[str, ...], door: Door = PAGES) -> None:
        self.app = app
        self.token = token
        self.hosts = hosts
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._answer(scope, receive, _with_headers(send))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refused(scope)
        if refused is None and scope["method"] == "POST":
            scope["form"] = await _body(receive)
            refused = None if scope["form"] is not None else _no(413, "The form is too long, or did not arrive in time.")
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self.app({**scope, "root_path": f"/{self.token}"}, _nothing_more, send)

    def _refused(self, scope: Scope) -> Response | None:
        """What is wrong with a request before anything of it is read; None where nothing is."""
        headers, method = Headers(scope=scope), scope["method"]
        if headers.getlist("host") not in [[host] for host in self.hosts]:
            return _no(421, "This server answers to its own address only.")
        origins = (*(f"http://{host}" for host in self.hosts), *self.door.origins)
        origin = headers.get("origin")
        if origin not in origins and (origin is not None or (method == "POST" and self.door.needs_origin)):
            return _no(403, "Requests come from this server's own pages only.")
        if not compare_digest(scope["path"].split("/")[1].encode("utf-8", "replace"), self.token.encode()):
            return _no(404, "Not found. Open the address that recommend serve printed.")
        is_asking = method == "OPTIONS" and origin in self.door.origins  # a browser, before it sends
        if method not in ("GET", "HEAD", "POST") and not is_asking:
            return _no(405, "Only GET, HEAD and POST are answered.")
        if method == "POST" and headers.get("content-type", "").partition(";")[0].strip().lower() != self.door.media:
            return _no(415, self.door.told)
        return None


def _no(status: int, text: str) -> Response:
    return PlainTextResponse(text + "\n", status)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None where it is too long, too slow, or broken off."""
    body = bytearray()
    try:
        async with asyncio.timeout(MOST_SECONDS):
            while True:
                message: dict[str, Any] = dict(await receive())
                body += message.get("body", b"")
                if message["type"] != "http.request" or len(body) > MOST_BYTES:
                    return None
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        return None


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
