"""The page without a socket: a folder of profiles, a browser that asks as one would, and a look at what comes back."""

import asyncio
import html
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from page import Page
from plans import ROOT, built_in

httpx = pytest.importorskip("httpx")
pytest.importorskip("starlette")

from stridewise.web.app import make_app  # noqa: E402
from stridewise.web.desk import Desk  # noqa: E402
from stridewise.web.folder import Folder  # noqa: E402

TOKEN = "secret-of-the-test"  # noqa: S105
HOST = "127.0.0.1:8000"
AS_OF = date(2026, 11, 21)
MARATHON = (ROOT / "profiles" / "marathoner_in_three_weeks.yaml").read_text(encoding="utf-8")
FLAGGED = (ROOT / "profiles" / "red_flag.yaml").read_text(encoding="utf-8")


class Browser:
    """One window on one folder, in a language by its code."""

    def __init__(self, folder: Path, language: str = "") -> None:
        self.folder = folder
        desk = Desk(Folder(folder), built_in(), lambda: AS_OF, "reference", language=language)
        self.app = make_app(desk, TOKEN, (HOST,))

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """One request as it is, and its answer."""

        async def asking() -> Any:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, **more)

        return asyncio.run(asking())

    def get(self, path: str = "/", **more: Any) -> Any:
        """A page below the secret."""
        return self.ask("GET", f"/{TOKEN}{path}", **more)

    def post(self, path: str, fields: dict[str, Any], **more: Any) -> Any:
        """A form sent from one of our own pages."""
        headers = {"origin": f"http://{HOST}", **more.pop("headers", {})}
        return self.ask("POST", f"/{TOKEN}{path}", data=fields, headers=headers, **more)

    def file(self, name: str) -> str:
        """What a file of the folder holds."""
        return (self.folder / name).read_text(encoding="utf-8")


def filled(folder: Path, language: str = "") -> Browser:
    """A browser on a folder with two profiles."""
    (folder / "R-014.yaml").write_text(MARATHON, encoding="utf-8")
    (folder / "R-020.yaml").write_text(FLAGGED, encoding="utf-8")
    return Browser(folder, language)


def with_pack(folder: Path) -> Path:
    """A new pack of one rule in the folder, with Python beside it that nobody is to run."""
    from stridewise.authoring.scaffold import new_pack

    for path, text in new_pack(folder / "clinic", built_in()).items():
        if ".schemas" not in path.parts:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in ("plugin.py", "__init__.py", "conftest.py", "rules/shin.py", "sitecustomize.py"):
        trap = f"import pathlib\npathlib.Path({str(folder / 'executed')!r}).touch()\n"
        (folder / "clinic" / name).write_text(trap, encoding="utf-8")
    return folder / "clinic"


def words(answer: Any) -> str:
    """The text of a page, without its marks."""
    body = re.sub(r"<style>.*?</style>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def read(answer: Any) -> Page:
    """The elements of a page."""
    return Page(answer.text)


def hidden(answer: Any, name: str) -> str:
    """The value of the first field of that name."""
    return next(one.attributes["value"] for one in read(answer).root.all("input") if one.attributes.get("name") == name)
