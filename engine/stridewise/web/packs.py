"""The rule packs that plans rest on: which, how well reviewed, and what `pack check` and their cases say."""

from starlette.requests import Request
from starlette.responses import Response

from stridewise.authoring.checks.checking import check_packs, subject_of
from stridewise.errors import PackError
from stridewise.packs.pack import RulePack
from stridewise.packs.plugins import load_packs, plugin_manager
from stridewise.render.pack_findings import render_findings, render_trials, spoken_review
from stridewise.web.desk import Desk
from stridewise.web.pack_folder import PackFolders
from stridewise.web.pages import desk_of, form_of, page


def show(request: Request) -> Response:
    """Every pack in use."""
    desk = desk_of(request)
    rows = [
        (pack.name, pack.shape.version, len(pack.rules), len(pack.exercises), spoken_review(pack, desk.today()))
        for pack in desk.program.packs
    ]
    return page(request, "packs.html.j2", rows=rows, folders=PackFolders(desk.folder))


def look(request: Request) -> Response:
    """What the check of one pack finds, or how its cases end, as its files stand now."""
    desk, form = desk_of(request), form_of(request)
    name = form.text("pack")
    if name not in {pack.name for pack in desk.program.packs}:
        raise PackError(f'"{name[:60]}" is no pack in use')
    with desk.planning:
        text = _cases(desk, name) if form.text("do") == "cases" else _findings(desk, name)
    return page(request, "pack.html.j2", name=name, text=text, what="cases" if form.text("do") == "cases" else "check")


def _findings(desk: Desk, name: str) -> str:
    def is_meant(pack: RulePack) -> bool:
        return pack.name == name

    findings = check_packs(lambda: load_packs(plugin_manager(), desk.packs, ()), is_meant, desk.today())
    return render_findings([finding for finding in findings if finding.level != "info"], findings)


def _cases(desk: Desk, name: str) -> str:
    subject = subject_of(desk.program, lambda pack: pack.name == name, desk.today(), desk.engine)
    return render_trials(subject.trials)
