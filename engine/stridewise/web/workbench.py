"""The workbench for authors of packs: a file of a pack folder in a form, tried without being saved, saved only when asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import stridewise
from stridewise.authoring.pack_diff import render_diff
from stridewise.authoring.tried import Edit, Tried
from stridewise.errors import Problem
from stridewise.web.desk import Desk
from stridewise.web.folder import ChangedError, digest
from stridewise.web.pack_folder import PackFolders, content_of, text_of
from stridewise.web.pages import desk_of, form_of, page_for_authors
from stridewise.web.trial_process import SECONDS, problems_of, tried
from stridewise.web.words import PARTS, left_out

AROUND = 1  # lines shown before and after one with a problem
HOME = Path(stridewise.__file__).parent
EXAMPLES = HOME / "examples", HOME.parent.parent / "profiles"  # in a wheel (hatch_build.py puts them there), in a checkout


@dataclass(frozen=True, slots=True)
class Bench:
    """One file of a pack on the bench: the text as it is in the form, the digest of the file that it was made for."""

    desk: Desk
    pack: str
    file: str
    text: str
    was: str

    @property
    def folders(self) -> PackFolders:
        return PackFolders(self.desk.folder)

    def edit(self) -> Edit:
        """The edit that the text stands for. Raises NotHereError, PackError."""
        content = content_of(self.text, self.folders.content(self.pack, self.file))
        return Edit(self.folders.at(self.pack), self.folders.shown(self.pack), self.file, content)


def show(request: Request) -> Response:
    """The files of a pack, or one of them in a form."""
    desk, (pack, file) = desk_of(request), (request.query_params.get(name, "") for name in ("pack", "file"))
    folders = PackFolders(desk.folder)
    if not file:
        files = folders.files(pack)
        parts = [(title, [name for name in files if name.startswith(part)]) for part, title in PARTS.items()]
        return page_for_authors(request, "pack_files.html.j2", pack=pack, called=folders.shown(pack), parts=parts)
    content = folders.content(pack, file)
    bench = Bench(desk, pack, file, text_of(content, f"{folders.shown(pack)}/{file}"), digest(content))
    return _form(request, bench, is_saved="saved" in request.query_params)


def work(request: Request) -> Response:
    """Try the text, or save it. A text that does not load is saved only when that is asked for once more."""
    form = form_of(request)
    bench = Bench(desk_of(request), form.text("pack"), form.text("file"), form.raw("text"), form.text("was"))
    now, do = bench.folders.content(bench.pack, bench.file), form.text("do")
    if bench.was != digest(now):
        return _changed_meanwhile(request, bench, now)
    if do == "try":
        return _tried(request, bench)
    with bench.desk.trying:
        problems = problems_of(bench.edit(), bench.desk.packs) if do == "save" else ()
    return _form(request, bench, 422, tried=Tried(problems), is_unsaved=True) if problems else _save(request, bench)


def _save(request: Request, bench: Bench) -> Response:
    try:
        bench.folders.write(bench.pack, bench.file, bench.edit().content, bench.was)
    except ChangedError:
        return _changed_meanwhile(request, bench, bench.folders.content(bench.pack, bench.file))
    asked = urlencode({"pack": bench.pack, "file": bench.file, "saved": "1"})
    return RedirectResponse(f"{request.scope['root_path']}/workbench?{asked}", 303)


def _tried(request: Request, bench: Bench) -> Response:
    desk = bench.desk
    own = [desk.folder.path / name for name in desk.folder.profiles()]
    with desk.trying:
        found = tried(bench.edit(), desk.packs, own or _examples(), desk.today())
    return _form(request, bench, 422 if found.problems else 200, tried=found, is_own=bool(own))


def _examples() -> list[Path]:
    """The invented runners that come with stridewise, for a folder with none of its own; none where they are not installed."""
    return next((found for place in EXAMPLES if (found := sorted(place.glob("*.yaml")))), [])


def _changed_meanwhile(request: Request, bench: Bench, now: bytes) -> Response:
    """The text stays in the form, beside the file as it is now, which a second save then replaces."""
    here = Bench(bench.desk, bench.pack, bench.file, bench.text, digest(now))
    return _form(request, here, 409, theirs=text_of(now, bench.file))


def _form(request: Request, bench: Bench, status: int = 200, **told: Any) -> Response:
    folder = bench.folders.at(bench.pack)
    shown: Mapping[str, Any] = {"tried": None, "is_saved": False, "is_unsaved": False, "is_own": True, "theirs": None} | told
    in_use = any(pack.folder == folder.resolve() for pack in bench.desk.program.packs)
    edited = f"{bench.folders.shown(bench.pack)}/{bench.file}"
    return page_for_authors(
        request,
        "workbench.html.j2",
        status,
        bench=bench,
        called=bench.folders.shown(bench.pack),
        edited=edited,
        in_use=in_use,
        seconds=SECONDS,
        around=lambda problem: _around(bench.text, problem),
        render_diff=render_diff,
        left_out=left_out,
        **shown,
    )


def _around(text: str, problem: Problem) -> list[tuple[int, str]]:
    """The line of a problem with those beside it, numbered."""
    lines = text.split("\n")
    first, last = max(problem.line - AROUND, 1), min(problem.line + AROUND, len(lines))
    return [(number, lines[number - 1]) for number in range(first, last + 1)]
