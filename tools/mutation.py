"""Would a test notice? Break the engine's safety code a line at a time, and run quick tests against each break.

    python tools/mutation.py                          every module below; takes long
    python tools/mutation.py stops vetoes             some of them
    python tools/mutation.py stops --in FOLDER        in a folder that stays, to run again for what changed

Needs uv, which fetches mutmut for the run alone; works on a copy and leaves the checkout as it is. Prints for each module how
many breaks were noticed, and every break that was not. `mutation.toml` beside this file keeps what was last found, and why
nobody could see the breaks that stay. What mutmut does not break, and no figure here speaks of: properties, other decorated
functions, numbers and tables at the head of a module, and (left out here) sentences."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MUTMUT = "mutmut==3.8.1"
FOUND = ROOT / "tools" / "mutation.toml"
# Each module of safety code, and the quick tests that are to notice a break in it.
TESTS: dict[str, tuple[str, ...]] = {
    "program/protection": ("program/test_program", "program/test_pathways"),
    "program/safety": ("program/test_safety_alone",),
    "program/strata": ("program/test_strata",),
    "inference/engine": ("inference/test_engine_alone",),
    "inference/evaluation": ("inference/test_evaluation_alone",),
    "language/condition": ("language/test_condition", "language/test_rule"),
    "language/condition_reader": ("language/test_condition", "language/test_rule"),
    "planning/stops": ("planning/test_stops",),
    "planning/vetoes": ("planning/test_stops", "planning/test_house_rules"),
    "planning/referrals": ("planning/test_referrals_alone",),
    "planning/pain_limits": ("planning/test_pain_limits",),
    "planning/session_size": ("planning/test_sets_of_a_week",),
    "planning/dosage": ("planning/test_dose_alone",),
    "planning/load": ("planning/test_load_alone",),
    "planning/strength_sets": ("planning/test_sets_of_a_week",),
    "planning/strength_week": ("planning/test_strength_of_a_week",),
    "planning/week_pattern": ("planning/test_days_for_strength",),
    "planning/outlook": ("planning/test_days_ahead",),
    "planning/pathways": ("planning/test_standings",),
    "planning/running/policy": ("planning/running/test_policy_of_running",),
    "planning/running/pain": ("planning/running/test_policy_of_running",),
    "explain/search": ("explain/test_search_alone",),
    "explain/trials": ("explain/test_trials_alone",),
    "explain/possible_changes": ("explain/test_possible_changes_alone",),
    "explain/safety": ("explain/test_what_to_wait_for",),
}
SENTENCES = (r"f['\"]", r"\bsay\(", r"\bfixed\(")  # lines that make a text for people
ENDLESS = (36, 24, -24, 152, 255)  # as mutmut says that a test ran far longer than it does: somebody waits, and sees it
NOTICED = (1, 3, *ENDLESS)  # how pytest ends: a test is red, or the break stopped pytest itself
SETTINGS = """[mutmut]
source_paths=src
only_mutate=src/stridewise/{module}.py
also_copy=
    {beside}
pytest_add_cli_args_test_selection=
    {tests}
pytest_add_cli_args=
    -p
    no:cacheprovider
    -m
    not slow
do_not_mutate_patterns=
    {sentences}
use_git_change_detection=false
track_dependencies=false
timeout_constant=5
timeout_multiplier=10
"""


def main() -> int:
    """Exit 1 where a break was not noticed or could not be tried."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("modules", nargs="*", help="words in the names of modules; all where none is given")
    asked.add_argument("--in", dest="folder", type=Path, help="a folder that stays; a temporary one where none is given")
    given = asked.parse_args()
    modules = [name for name in TESTS if not given.modules or any(word in name for word in given.modules)]
    if not modules:
        asked.error(f"no module is called so; one of {', '.join(TESTS)}")
    with tempfile.TemporaryDirectory(prefix="stridewise-mutation-") as temporary:
        folder = given.folder or Path(temporary)
        return max(mutated(folder / module.replace("/", "-"), module) for module in modules)


def mutated(folder: Path, module: str) -> int:
    """One module broken in a copy of its own; what came of it is printed."""
    copy(folder)
    beside = sorted(path.name for path in folder.iterdir() if path.name not in ("src", "mutants", "tests", "setup.cfg"))
    tests = [f"tests/{name}.py" for name in TESTS[module]]
    rows = {"beside": beside, "tests": tests, "sentences": SENTENCES}
    settings = SETTINGS.format(module=module, **{name: "\n    ".join(row) for name, row in rows.items()})
    (folder / "setup.cfg").write_text(settings, encoding="utf-8")
    before = results(folder, module)
    again = [name for name, code in before if code is not None and code not in NOTICED]  # tests may have been written since
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        for names in ([], again) if again else ([],):
            mutmut(folder, "run", "--max-children", os.environ.get("STRIDEWISE_MUTANTS_AT_ONCE", "2"), *names, output=log)
    told = list(results(folder, module))
    if not told:
        print(f"{module}: could not be tried; see {folder / 'log.txt'} (kept with --in)")
        return 1
    return report(folder, module, told)


def copy(folder: Path) -> None:
    """The files as they are now; engine and rules under `src`, the one name of a source folder that mutmut knows, so that nothing
    is taken from the checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in (name for name in listed.stdout.splitlines() if (ROOT / name).is_file()):
        top, _, inside = name.partition("/")
        target = folder / (f"src/{inside}" if top in ("engine", "rules") else name)
        content = (ROOT / name).read_bytes()
        if not target.exists() or target.read_bytes() != content:  # what is unchanged keeps its time: mutmut looks at it
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def mutmut(folder: Path, *words: str, output: object = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """mutmut, called in the copy with everything that the checkout's own environment holds."""
    command = ["uv", "run", "--quiet", "--no-sync", "--project", str(ROOT), "--with", MUTMUT, "mutmut", *words]
    return subprocess.run(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, text=True, check=False)  # type: ignore[call-overload]


def results(folder: Path, module: str) -> Iterator[tuple[str, int | None]]:
    """Every break by name, with how the tests ended: 1 red, 0 green, else not decided."""
    written = folder / "mutants" / "src" / "stridewise" / f"{module}.py.meta"
    if written.exists():
        yield from json.loads(written.read_text(encoding="utf-8"))["exit_code_by_key"].items()


def report(folder: Path, module: str, told: Sequence[tuple[str, int | None]]) -> int:
    rest = [(name, code) for name, code in told if code not in NOTICED]
    print(f"{module}: {len(told) - len(rest)} of {len(told)} breaks noticed", flush=True)
    reasons, left = unseen(module), 0
    for name, code in rest:
        shown = mutmut(folder, "show", name).stdout
        reason = reasons.get(broken_line(shown), "") if code == 0 else ""
        how = {0: "not noticed", 33: "run by no test", None: "not tried"}.get(code, f"not decided ({code})")
        print(f"--- {f'nobody can see: {reason}' if reason else how}: {name}\n{shown}", flush=True)
        left += not reason
    return 1 if left else 0


def unseen(module: str) -> dict[str, str]:
    """The broken lines that nobody can see, with the reason."""
    found = tomllib.loads(FOUND.read_text(encoding="utf-8"))["module"]
    return {one["line"]: one["because"] for kept in found if kept["name"] == module for one in kept.get("unseen", ())}


def broken_line(shown: str) -> str:
    """What a break puts in place of a line."""
    added = (line[1:].strip() for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++"))
    return "\n".join(added)


if __name__ == "__main__":
    sys.exit(main())
