"""The rule packs that plans rest on: which, how well reviewed, and what `pack check` and their cases say."""

from starlette.requests import Request
from starlette.responses import Response

from stridewise.authoring.tried import Edit
from stridewise.documents.reader import read_bytes
from stridewise.errors import PackError, Problems
from stridewise.render.pack_findings import spoken_review
from stridewise.web.pack_folder import PackFolders
from stridewise.web.pages import desk_of, form_of, page_for_authors
from stridewise.web.trial_process import tried
from stridewise.web.words import left_out

MAIN = "pack.yaml"
SECONDS = 60


def show(request: Request) -> Response:
    """Every pack in use, first whether it is reviewed."""
    desk = desk_of(request)
    rows = [
        (pack.name, spoken_review(pack, desk.today()), pack.shape.version, len(pack.rules), len(pack.exercises))
        for pack in desk.program.packs
    ]
    return page_for_authors(request, "packs.html.j2", rows=rows, folders=PackFolders(desk.folder))


def look(request: Request) -> Response:
    """What the check of one pack finds and how its cases end, as its files stand now."""
    desk, name = desk_of(request), form_of(request).text("pack")
    pack = next((pack for pack in desk.program.packs if pack.name == name), None)
    if pack is None:
        raise PackError(f'"{name[:60]}" is no pack in use')
    as_it_is = Edit(pack.folder, pack.path, MAIN, read_bytes(pack.folder / MAIN, Problems(pack.path, PackError)))
    with desk.trying:
        found = tried(as_it_is, desk.packs, (), desk.today(), SECONDS)
    return page_for_authors(request, "pack.html.j2", name=name, tried=found, seconds=SECONDS, left_out=left_out)
