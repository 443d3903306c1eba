"""`recommend pack`: list the packs, start a new one, check it, run its cases, compare two versions."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stridewise.cli.inputs import load_program
from stridewise.cli.options import ENGINES, Day, engine_options, pack_option, today
from stridewise.cli.output import say, show, show_answer, write_file

if TYPE_CHECKING:
    from stridewise.packs.pack import RulePack
    from stridewise.packs.plugins import PluginRow

FOLDER = click.Path(path_type=Path)
LEVELS = ("error", "warning", "info")
_as_of = click.option("--as-of", type=Day(), default=None, metavar="DATE", help="The day of the check (default: today).")
_engine = click.option("--engine", type=click.Choice(ENGINES), default="both", show_default=True)


@click.group()
def pack() -> None:
    """Rule packs: list, start, check, test and compare them."""


@pack.command("list")
@pack_option
def list_packs(packs: tuple[Path, ...]) -> None:
    """Every loaded pack with its review, and every plugin with the hooks it implements."""
    from stridewise.packs.default_packs import enabled
    from stridewise.packs.plugins import describe_plugins, plugin_manager
    from stridewise.render.pack_findings import spoken_review

    program = load_program(packs)
    defaults = {folder.resolve() for folder in enabled()}
    rows = [("PACK", "VERSION", "RULES", "EXERCISES", "REVIEW", "ORIGIN")]
    for pack in program.packs:
        counts = str(len(pack.rules)), str(len(pack.exercises))
        rows.append((pack.name, pack.shape.version, *counts, spoken_review(pack, today()), _origin(pack, defaults)))
    _show_table(rows)
    show("\n")
    plugins = describe_plugins(plugin_manager(), program.packs)
    titles = ("PLUGIN", "VERSION", "ORIGIN", "HOOKS", "PACKS")
    _show_table([titles, *map(_plugin_row, plugins)])


def _origin(pack: "RulePack", defaults: set[Path]) -> str:
    return f"enabled: {pack.path}" if pack.origin == "folder" and pack.folder in defaults else pack.origin


def _plugin_row(plugin: "PluginRow") -> tuple[str, ...]:
    return plugin.name, plugin.version, plugin.origin, ", ".join(plugin.hooks), ", ".join(plugin.packs)


def _show_table(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        show("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")


@pack.command("enable")
@click.argument("folder", type=FOLDER, metavar="DIR")
def enable(folder: Path) -> None:
    """Load the pack in DIR with every command from now on, as if it were named with --pack; DIR stays where it is."""
    from stridewise.packs import default_packs

    load_program((*default_packs.default_packs(), folder))  # what cannot be used is not enabled
    with _kept():
        is_new = default_packs.enable(folder)
    beginning = "Every command now loads" if is_new else "Enabled already:"
    show(f"{beginning} {folder}. Undo: recommend pack disable {_typed(folder)}\n")


@pack.command("disable")
@click.argument("folder", type=FOLDER, metavar="DIR")
def disable(folder: Path) -> None:
    """Load the pack in DIR, its path or the folder's name, no longer by itself. The folder itself is left alone."""
    from stridewise.packs import default_packs

    with _kept():
        gone = default_packs.disable(folder)
    if gone is None:
        raise click.UsageError(f"{folder} is not enabled; enabled: {', '.join(map(str, default_packs.enabled())) or 'none'}")
    show(f"No longer loaded by itself: {gone}\n")


@contextmanager
def _kept() -> Iterator[None]:
    """Raises UsageError where the user's list cannot be written."""
    try:
        yield
    except OSError as failure:
        from stridewise.packs.default_packs import list_file

        raise click.UsageError(f"{list_file()} cannot be written: {failure.strerror or failure}") from failure


@pack.command("docs")
@click.argument("folder", type=FOLDER, metavar="DIR")
@pack_option
def docs(folder: Path, packs: tuple[Path, ...]) -> None:
    """Write the rule catalogue into DIR: one page a pack, with what each rule says, when, why, and its cases."""
    from stridewise.authoring.catalogue import catalogue_pages

    if (folder / "pack.yaml").exists():
        raise click.UsageError(f"{folder} is a rule pack; name another folder for its pages, and the pack with --pack {folder}")
    pages = catalogue_pages(load_program(packs))
    for name, text in pages.items():
        write_file(folder / name, text, for_anybody=True)
    show(f"Wrote {len(pages)} pages to {folder}.\n")


@pack.command("new")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--python", is_flag=True, help="Wrap the pack in an installable plugin.")
def new(folder: Path, python: bool) -> None:
    """Start a rule pack in the new folder DIR: one rule, one exercise, two cases, commented."""
    from stridewise.authoring.scaffold import new_distribution, new_pack

    files = (new_distribution if python else new_pack)(folder, load_program())
    for path, text in files.items():
        write_file(path, text, for_anybody=True)
    pack_folder = next(path.parent for path in files if path.name == "pack.yaml")
    show(f"Made {folder} with {len(files)} files. Next:\n")
    show(f"  recommend pack check {_typed(pack_folder)}\n  recommend pack test {_typed(pack_folder)}\n")


def _typed(path: Path) -> str:
    """A path as it is typed into a shell: in quotes where it has spaces."""
    return f'"{path}"' if " " in str(path) else str(path)


@pack.command("check")
@click.argument("folders", nargs=-1, type=FOLDER, metavar="[DIR]...")
@pack_option
@_as_of
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--level", type=click.Choice(LEVELS), default="warning", show_default=True, help="The least that is shown.")
@click.option("--fix", is_flag=True, help="First mend what is mechanical: old names, blanks at the ends of lines.")
@click.option("--lang", default="", metavar="CODE", help="Count what a language says of all texts; --level info lists the rest.")
def check(
    folders: tuple[Path, ...], packs: tuple[Path, ...], as_of: date | None, form: str, level: str, fix: bool, lang: str
) -> int:
    """Look for everything wrong or doubtful in these pack folders (default: every loaded pack). Exit 1 on errors,
    2 where a folder is not there.

    A folder takes the place of an installed pack of the same name."""
    if lang:
        return _check_language(packs, folders, lang, form, has_list=level == "info")
    from stridewise.authoring.checks.checking import CHECKS, check_packs
    from stridewise.authoring.checks.plugged import plugin_checks
    from stridewise.packs.plugins import plugin_manager, read_packs
    from stridewise.render.pack_findings import render_findings, render_findings_json

    _refuse_absent((*folders, *packs))
    manager = plugin_manager()
    if fix:
        _mend(folders, lambda instead: read_packs(manager, packs, instead))
    checks = (*CHECKS, plugin_checks(manager))
    findings = check_packs(lambda: read_packs(manager, packs, folders), _chosen(folders), as_of or today(), checks)
    shown = [finding for finding in findings if LEVELS.index(finding.level) <= LEVELS.index(level)]
    show(render_findings_json(shown) if form == "json" else render_findings(shown, findings))
    return int(any(finding.level == "error" for finding in findings))


def _refuse_absent(folders: Sequence[Path]) -> None:
    """Raises UsageError where a folder is not there: a slip in its name is no finding about a pack."""
    for folder in folders:
        if not os.path.exists(folder):  # noqa: PTH110  # which takes any name
            raise click.UsageError(f"{folder} is not there; name the folder of a rule pack")


def _check_language(packs: tuple[Path, ...], folders: tuple[Path, ...], code: str, form: str, has_list: bool) -> int:
    """Count what a language says of what people are told. What is not translated is told in English: no error."""
    from stridewise.authoring.translations import coverage
    from stridewise.program.languages import language_of
    from stridewise.render.json import as_json
    from stridewise.render.pack_findings import render_language

    program = load_program(packs, instead=folders)
    told = coverage(program, language_of(program, code))
    show(as_json(told) if form == "json" else render_language(code, told, has_list))
    return 0


def _mend(folders: tuple[Path, ...], load: Callable[[Sequence[Path]], list["RulePack"]]) -> None:
    """Mend these folders and say on stderr what was done; where they cannot be read, the check says why."""
    from stridewise.authoring.mending import mend_packs
    from stridewise.errors import PackError
    from stridewise.program.builder import build_program

    if not folders:
        raise click.UsageError("--fix needs at least one DIR to mend")
    try:
        mended = mend_packs(folders, lambda instead: build_program(load(instead)))
    except PackError:
        return
    for one in mended:
        say(str(one))


@pack.command("test")
@click.argument("folders", nargs=-1, type=FOLDER, metavar="[DIR]...")
@pack_option
@_engine
@click.option("--coverage", is_flag=True, help="Also list rules that never fired, and numbers without a case on each side.")
@click.option("--mutation", is_flag=True, help="Also break every rule in small ways, and list what no case noticed.")
@click.option("--watch", is_flag=True, help="Run again whenever a file of the folders changes (end with Ctrl-C).")
def test_packs(
    folders: tuple[Path, ...], packs: tuple[Path, ...], engine: str, coverage: bool, mutation: bool, watch: bool
) -> int:
    """Run the cases of these pack folders (default: of every loaded pack). Exit 1 where one fails."""

    def run() -> int:
        return _test(folders, packs, engine, coverage, mutation)

    return _watch(folders, run) if watch else run()


def _test(folders: tuple[Path, ...], packs: tuple[Path, ...], engine: str, coverage: bool, mutation: bool) -> int:
    from stridewise.authoring.checks.checking import subject_of
    from stridewise.authoring.checks.mutation import mutate
    from stridewise.render.pack_findings import render_coverage, render_score, render_trials

    subject = subject_of(load_program(packs, instead=folders), _chosen(folders), today(), engine)
    show(render_trials(subject.trials))
    if coverage:
        show(render_coverage(subject))
    if mutation:
        show(render_score(mutate(subject)))
    return int(any(trial.failures for trial in subject.trials))


def _chosen(folders: tuple[Path, ...]) -> Callable[["RulePack"], bool]:
    """Is a pack one of these folders? All are where none is named."""
    chosen = {folder.resolve() for folder in folders}
    return lambda item: not chosen or item.folder in chosen


def _watch(folders: tuple[Path, ...], run: Callable[[], int]) -> int:
    """Run, and again after every change; errors in a pack are shown and waited out."""
    from stridewise.errors import StridewiseError

    if not folders:
        raise click.UsageError("--watch needs at least one DIR to look at")
    for _ in _changes(folders):
        try:
            run()
        except StridewiseError as error:
            say(str(error))
        show("Waiting for a change (Ctrl-C ends).\n")
    return 0


def _changes(folders: tuple[Path, ...], pause: float = 0.5) -> Iterator[None]:
    """Once at the start, then after every change of a file's name, size or time below the folders."""
    import time

    seen: object = None
    while True:
        now = {
            (str(path), stat.st_mtime_ns, stat.st_size)
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file()
            for stat in [path.stat()]
        }
        if now != seen:
            seen = now
            yield
        time.sleep(pause)


@pack.command("diff")
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--profiles", type=FOLDER, metavar="DIR", help="A folder with profiles: tell every change in each plan.")
@click.option("--over", metavar="INPUT", help="Many profiles, as `recommend batch` takes them: tell what changes for how many.")
@pack_option
@_as_of
@_engine
@click.option("--format", "form", type=click.Choice(("text", "json", "html")), default="text", help="Of --over (default: text).")
@click.option("--named", type=click.IntRange(0), help="How many runners --over names by code, the gravest (default: 50).")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that plan with --over (default: one a core).")
def diff(
    old: Path,
    new: Path,
    profiles: Path | None,
    over: str | None,
    packs: tuple[Path, ...],
    as_of: date | None,
    engine: str,
    **how: Any,
) -> int:
    """What two versions of a pack say differently, whose plans change, and how.

    With --over: the changes counted, lost referrals and vetoes first, then load, then exercises; the gravest runners by code;
    how often each rule fires and refers, and which do nothing. A profile that neither version plans for is named; then the
    exit code is 1."""
    if (profiles is None) == (over is None):
        raise click.UsageError("give the profiles to plan for: either --profiles DIR or --over INPUT")
    if over is not None:
        from stridewise.cli.pack_over import diff_over

        return diff_over(over, (old, new), packs, as_of or today(), engine, **how)
    if how != {"form": "text", "named": None, "workers": None}:
        raise click.UsageError("--format, --named and --workers go with --over INPUT, which counts; take them out")
    if profiles is not None:
        _diff_each(old, new, profiles, packs, as_of or today(), engine)
    return 0


def _diff_each(old: Path, new: Path, profiles: Path, packs: tuple[Path, ...], as_of: date, engine: str) -> None:
    from stridewise.authoring.pack_diff import diff_plans, read_profiles, render_diff
    from stridewise.authoring.record_diff import diff_records
    from stridewise.cli.pack_over import load_both

    before, after = load_both(packs, (old, new))
    plans = diff_plans(before, after, read_profiles(profiles), as_of, engine)
    show(render_diff(plans, diff_records(before, after)))


@pack.command("review")
@click.argument("folder", metavar="FOLDER")
@engine_options
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text", show_default=True)
@click.option("--with-refs", is_flag=True, help="Also name the runners, by the codes of their profiles.")
def review(folder: str, packs: tuple[Path, ...], as_of: date | None, engine: str, form: str, with_refs: bool) -> int:
    """What clinicians changed in the plans of the profiles in FOLDER, and why: for each rule and exercise, of how many plans.

    Each profile is planned without what stands under `clinician:`, for the day it was recorded or last edited (else --as-of).
    One with a mistake is named and left out. Exit 1 where there is one."""
    from stridewise.authoring.overrides import visit_of
    from stridewise.authoring.pack_review import review as reviewed
    from stridewise.batch.entries import Entries
    from stridewise.batch.worker import placed, read_entry
    from stridewise.errors import ProfileError
    from stridewise.render.pack_review import review_json, review_lines

    program, visits, left_out = load_program(packs), [], 0
    for entry in Entries(folder):
        try:
            visits.append(visit_of(read_entry(entry), program, as_of or today(), engine))
        except ProfileError as error:
            left_out += 1
            for problem in error.problems:
                say(str(placed(entry, problem)))
    found = reviewed(visits, program, left_out)
    if form == "json":
        show(review_json(found, with_refs))
    else:
        show_answer(found, lambda answer: review_lines(answer, with_refs), form)
    return int(bool(left_out))
