"""The command: arguments in, text and exit code out. A user's mistake is a sentence, never a traceback, and nothing is written
by half."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kit import write_pack
from plans import PROFILES, ROOT, built_in, built_in_packs, minimal
from stridewise.cli import main
from stridewise.cli.main import recommend
from stridewise.packs import plugins
from stridewise.program import builder as program_builder

AS_OF = ("--as-of", "2026-11-21")
MARATHON = ROOT / "profiles" / "marathoner_in_three_weeks.yaml"
SHORT, FLAGGED = ROOT / "profiles" / "shortest.yaml", ROOT / "profiles" / "red_flag.yaml"
WRONG = minimal("findings: [weak gluts]\nrace: {distance: marathn}\n")
RUN = (sys.executable, "-c", "from stridewise.cli import main; main()")


@dataclass
class Ran:
    """How a run of the command went."""

    code: int
    out: str
    err: str


def run(*arguments: object) -> Ran:
    """The command inside this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    return Ran(int(left.value.code or 0), *texts)


def command(*arguments: object, cwd: Path | None = None, **environment: str) -> Ran:
    """The command in a process of its own, as a shell would run it."""
    made = subprocess.run(
        [*RUN, *map(str, arguments)], capture_output=True, cwd=cwd, env={**os.environ, **environment}, check=False
    )
    return Ran(made.returncode, made.stdout.decode(), made.stderr.decode("utf-8", "backslashreplace"))


@pytest.fixture(autouse=True)
def _built_in_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is installed takes no part; inside this process the built-in packs are read once."""
    monkeypatch.setenv("STRIDEWISE_LOAD_PLUGINS", "")
    load, build = plugins.load_packs, program_builder.build_program

    def load_once(manager: Any, folders: Any = (), instead: Any = ()) -> Any:
        return load(manager, folders, instead) if folders or instead else list(built_in_packs())

    def build_once(packs: Any) -> Any:
        return built_in() if packs == list(built_in_packs()) else build(packs)

    monkeypatch.setattr(plugins, "load_packs", load_once)
    monkeypatch.setattr(program_builder, "build_program", build_once)


@pytest.fixture(name="wrong")
def _wrong(tmp_path: Path) -> Path:
    """A profile with two mistakes."""
    path = tmp_path / "wrong.yaml"
    path.write_text(WRONG, encoding="utf-8")
    return path


# --- exit codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [MARATHON, FLAGGED], ids=lambda path: path.stem)
def test_a_plan_ends_with_0_even_where_it_refers_first(path: Path) -> None:
    """A clinical warning is no failure of the command."""
    ran = run(path, *AS_OF)
    assert (ran.code, ran.err) == (0, "")


def test_plan_is_the_default_command() -> None:
    """`recommend PROFILE` and `recommend plan PROFILE` are one, wherever the options stand."""
    ways = [(MARATHON, *AS_OF), ("plan", MARATHON, *AS_OF), ("plan", *AS_OF, MARATHON), (*AS_OF, MARATHON)]
    assert len({run(*way).out for way in ways}) == 1


@pytest.mark.parametrize(
    ("path", "level", "code"),
    [
        (MARATHON, "info", 1),
        (MARATHON, "critical", 0),
        (MARATHON, "referral", 0),
        (FLAGGED, "referral", 1),
        (FLAGGED, "critical", 1),
        (FLAGGED, "info", 1),
    ],
)
def test_fail_on_is_the_only_way_to_1(path: Path, level: str, code: int) -> None:
    """A warning of that level or above, or a referral, ends with 1; the plan is shown all the same."""
    ran = run(path, *AS_OF, "--fail-on", level)
    assert ran.code == code
    assert "Plan for" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("missing.yaml",),
        ("--nonsense",),
        (MARATHON, "--as-of", "tomorrow"),
        (MARATHON, "--as-of", "2026-02-30"),
        (MARATHON, "--format", "pdf"),
        (MARATHON, "--engine", "magic"),
        (MARATHON, "--pack", "no-such-folder"),
        (MARATHON, "--fail-on", "never"),
        ("plan",),
        ("why", MARATHON),
        ("why", MARATHON, "no_such_item", *AS_OF),
        ("exercise", "no such exercise"),
        ("schema", "poem"),
        ("pack", "nonsense"),
        (ROOT,),
        ("",),
    ],
)
def test_bad_usage_ends_with_2_and_says_what_to_do(arguments: Sequence[object]) -> None:
    """Arguments, files and dates that do not work: a message on stderr, nothing on stdout, no traceback."""
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.strip()
    assert not re.search("Traceback|Internal error", ran.err)


def test_a_bad_profile_ends_with_2_and_all_its_mistakes(wrong: Path) -> None:
    """Every line is told with its place, and what may have been meant."""
    ran = run(wrong, *AS_OF)
    assert (ran.code, ran.out) == (2, "")
    assert f'{wrong}:3: findings[0]: unknown phrase "weak gluts". Did you mean "weak glutes"?' in ran.err
    assert f"{wrong}:4: race.distance" in ran.err
    assert "Traceback" not in ran.err


def test_all_mistakes_of_all_profiles_are_told(wrong: Path, tmp_path: Path) -> None:
    """Two bad profiles and a missing one are three files to mend, told at once."""
    other = tmp_path / "other.yaml"
    other.write_text(WRONG, encoding="utf-8")
    ran = run(wrong, MARATHON, other, tmp_path / "none.yaml", *AS_OF)
    assert ran.code == 2
    assert all(name in ran.err for name in ("wrong.yaml:3", "wrong.yaml:4", "other.yaml:3", "other.yaml:4", "none.yaml"))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00a", b"a: [", b"- \t*x", b"{", b"\x00", b"a: &x [*x]", b"? [a]\n: b"])
def test_no_bytes_make_a_traceback(tmp_path: Path, content: bytes) -> None:
    """A file that is no YAML, no JSON or no text is told so."""
    for name in ("p.yaml", "p.json"):
        path = tmp_path / name
        path.write_bytes(content)
        ran = run(path, *AS_OF)
        assert ran.code == 2
        assert str(path) in ran.err
        assert "Internal error" not in ran.err


def test_a_bad_pack_ends_with_2(tmp_path: Path) -> None:
    """The pack's author is told the file and line."""
    pack = write_pack(tmp_path / "acme", {"rules/a.yaml": [{"id": "x"}]})
    ran = run(MARATHON, *AS_OF, "--pack", pack)
    assert (ran.code, ran.out) == (2, "")
    assert "rules/a.yaml:1" in ran.err


def test_help_and_version_end_with_0() -> None:
    """Every command explains itself."""
    for arguments in (("--help",), ("-h",), ("--version",), *((name, "--help") for name in recommend.commands)):
        ran = run(*arguments)
        assert (ran.code, ran.err) == (0, ""), arguments
        assert ran.out


def test_the_click_group_can_be_driven_by_clicks_own_runner() -> None:
    """The group is an ordinary click group."""
    result = CliRunner().invoke(recommend, [str(SHORT), *AS_OF])
    assert result.exit_code == 0
    assert "R-001" in result.output


# --- internal errors --------------------------------------------------------------------------------------------------


def plugin(folder: Path, name: str, code: str) -> Path:
    """An installed distribution of its own that brings one plugin."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}_plugin.py").write_text(textwrap.dedent(code), encoding="utf-8")
    metadata = folder / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[stridewise]\n{name} = {name}_plugin\n", encoding="utf-8")
    return folder


def with_path(folder: Path) -> str:
    """PYTHONPATH with this folder in front."""
    return os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])


def test_a_plugin_that_is_asked_for_and_not_there_ends_with_3() -> None:
    """STRIDEWISE_LOAD_PLUGINS names what must take part; a missing one is named."""
    ran = command(MARATHON, *AS_OF, STRIDEWISE_LOAD_PLUGINS="acme_knee")
    assert (ran.code, ran.out) == (3, "")
    assert "acme_knee" in ran.err
    assert "Traceback" not in ran.err


BROKEN = {
    "no import": "import nothing_of_this_name",
    "syntax": "def (",
    "leaves": "raise SystemExit(0)",
    "crash": "from stridewise import hookimpl\n@hookimpl\ndef rule_packs():\n    raise RuntimeError('boom')",
    "nonsense": "from stridewise import hookimpl\n@hookimpl\ndef rule_packs():\n    return [5]",
    "no list": "from stridewise import hookimpl\n@hookimpl\ndef rule_packs():\n    return 5",
    "unknown hook": "from stridewise import hookimpl\n@hookimpl\ndef rule_paks():\n    return []",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_stops_the_run_by_name(tmp_path: Path, name: str) -> None:
    """A plugin that does not load or crashes is never skipped: it might have been the safety pack."""
    folder = plugin(tmp_path / "site", "acme", BROKEN[name])
    ran = command(MARATHON, *AS_OF, PYTHONPATH=with_path(folder), STRIDEWISE_LOAD_PLUGINS="acme")
    assert (ran.code, ran.out) == (3, "")
    assert "acme" in ran.err
    assert "Traceback" not in ran.err


def test_the_rescue_variable_leaves_the_built_in_packs(tmp_path: Path) -> None:
    """With an empty STRIDEWISE_LOAD_PLUGINS a broken plugin stands aside and the plan is made."""
    folder = plugin(tmp_path / "site", "acme", BROKEN["syntax"])
    ran = command(SHORT, *AS_OF, PYTHONPATH=with_path(folder), STRIDEWISE_LOAD_PLUGINS="")
    assert ran.code == 0


def test_without_a_safety_pack_no_plan_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no rule refers anybody the installation is broken, and that ends with 3."""
    monkeypatch.setattr(plugins, "load_packs", lambda *_: [p for p in built_in_packs() if p.name in ("vocabulary", "exercises")])
    ran = run(MARATHON, *AS_OF)
    assert (ran.code, ran.out) == (3, "")
    assert "no safety pack" in ran.err


def test_a_bug_is_named_in_one_line_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own fault ends with 3 and never with half a plan."""
    from stridewise import session

    def fail(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(session, "infer", fail)
    ran = run(MARATHON, *AS_OF)
    assert (ran.code, ran.out) == (3, "")
    assert "ZeroDivisionError: oops" in ran.err
    assert "Traceback" not in ran.err


def test_matchers_that_disagree_end_with_3(monkeypatch: pytest.MonkeyPatch) -> None:
    """A differing result is an error, never a plan."""
    from stridewise import session
    from stridewise.errors import InferenceError

    def fail(*_: object) -> None:
        raise InferenceError("the matchers disagree")

    monkeypatch.setattr(session, "infer", fail)
    ran = run(MARATHON, *AS_OF)
    assert (ran.code, ran.out, ran.err) == (3, "", "the matchers disagree\n")


# --- output -----------------------------------------------------------------------------------------------------------


def test_several_profiles_as_json_are_an_array_in_order() -> None:
    """In the order of the arguments, one plan each."""
    shown = json.loads(run(SHORT, FLAGGED, MARATHON, *AS_OF, "--format", "json").out)
    assert [item["runner"] for item in shown] == ["R-001", "R-027", "R-014"]
    assert isinstance(json.loads(run(SHORT, *AS_OF, "--format", "json").out), dict)


def test_several_profiles_as_text_follow_each_other() -> None:
    """In the order of the arguments."""
    out = run(SHORT, FLAGGED, *AS_OF).out
    assert 0 < out.index("R-001") < out.index("R-027")


@pytest.mark.parametrize("form", ["text", "json"])
def test_output_to_a_file_is_what_would_be_printed(tmp_path: Path, form: str) -> None:
    """Nothing on stdout then, and nothing else in the folder."""
    path = tmp_path / "deep" / "plan.out"
    ran = run(MARATHON, *AS_OF, "--format", form, "--output", path)
    assert (ran.code, ran.out) == (0, "")
    assert path.read_bytes().decode() == run(MARATHON, *AS_OF, "--format", form).out
    assert [item.name for item in path.parent.iterdir()] == ["plan.out"]


def test_output_of_several_is_a_folder(tmp_path: Path) -> None:
    """One file a profile, named after it, made where it is not there."""
    folder = tmp_path / "plans"
    assert run(SHORT, FLAGGED, *AS_OF, "--format", "json", "--output", folder).code == 0
    assert {path.name for path in folder.iterdir()} == {"shortest.json", "red_flag.json"}
    assert json.loads((folder / "red_flag.json").read_text(encoding="utf-8"))["runner"] == "R-027"


def test_output_of_one_into_a_folder_that_is_there(tmp_path: Path) -> None:
    """An existing folder takes the file by the profile's name."""
    assert run(SHORT, *AS_OF, "--output", tmp_path).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["shortest.txt"]


def test_an_old_plan_is_replaced_whole(tmp_path: Path) -> None:
    """A longer file leaves no rest behind."""
    path = tmp_path / "plan.txt"
    path.write_text("x" * 100_000)
    assert run(SHORT, *AS_OF, "--output", path).code == 0
    assert path.read_text(encoding="utf-8") == run(SHORT, *AS_OF).out


def test_nothing_is_written_where_one_profile_is_bad(tmp_path: Path, wrong: Path) -> None:
    """Neither the good plans, nor the folder, nor anything on stdout; an old plan stays as it was."""
    folder, old = tmp_path / "plans", tmp_path / "old.txt"
    ran = run(SHORT, wrong, *AS_OF, "--output", folder)
    assert (ran.code, ran.out) == (2, "")
    assert not folder.exists()
    old.write_text("old")
    assert run(wrong, *AS_OF, "--output", old).code == 2
    assert old.read_text() == "old"
    assert run(SHORT, wrong, *AS_OF, "--format", "json").out == ""


def test_two_profiles_of_one_name_are_not_written_over_each_other(tmp_path: Path) -> None:
    """a/p.yaml and b/p.yaml into one folder is refused before anything is written."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "p.yaml").write_text(minimal("findings: []"), encoding="utf-8")
    ran = run(tmp_path / "a" / "p.yaml", tmp_path / "b" / "p.yaml", *AS_OF, "--output", tmp_path / "plans")
    assert ran.code == 2
    assert "p.txt" in ran.err
    assert not (tmp_path / "plans").exists()


@pytest.mark.parametrize("kind", ["file for several", "below a file", "below a file for several"])
def test_an_output_that_cannot_be_written_is_bad_usage(tmp_path: Path, kind: str) -> None:
    """A path that does not work is told as such, and is no internal error."""
    (tmp_path / "file").write_text("here")
    path = tmp_path / "file" if kind == "file for several" else tmp_path / "file" / "plan"
    ran = run(SHORT, *([FLAGGED] if "several" in kind else []), *AS_OF, "--output", path)
    assert ran.code == 2
    assert "Internal error" not in ran.err
    assert str(tmp_path / "file") in ran.err
    assert (tmp_path / "file").read_text() == "here"


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step fails, the old file and no temporary one is there."""
    path = tmp_path / "plan.txt"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert run(SHORT, *AS_OF, "--output", path).code != 0
    assert [item.name for item in tmp_path.iterdir()] == ["plan.txt"]
    assert path.read_text() == "old"


def test_nothing_is_written_that_was_not_asked_for(tmp_path: Path) -> None:
    """A plan leaves no cache, no log and no temporary file in the working folder."""
    profile = tmp_path / "p.yaml"
    profile.write_text(minimal("findings: [weak glutes]"), encoding="utf-8")
    assert command(profile, *AS_OF, cwd=tmp_path).code == 0
    assert [item.name for item in tmp_path.iterdir()] == ["p.yaml"]


# --- text -------------------------------------------------------------------------------------------------------------


def tokens(text: str) -> set[str]:
    """The rule ids in a text, or what is left of them at the end of a line."""
    packs = "|".join(pack.name for pack in built_in().packs)
    return set(re.findall(rf"(?:{packs})/[a-z0-9-]+", text))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("explain", [False, True])
def test_text_fits_80_columns(path: Path, explain: bool) -> None:
    """No line is longer than 80, with or without the derivation."""
    out = run(path, *AS_OF, *(["--explain"] if explain else [])).out
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_names_with_hyphens_are_never_split(path: Path) -> None:
    """Every rule that --explain names stands whole on a line, so that it can be searched for."""
    rules = {rule.id for rule in built_in().rules}
    shown = tokens(run(path, *AS_OF, "--explain").out)
    assert shown
    assert shown <= rules


def test_why_fits_80_columns_too() -> None:
    """The tree of reasons grows to the right, but not past the edge."""
    shown = json.loads(run(MARATHON, *AS_OF, "--format", "json").out)
    for item in (shown["prescriptions"][0]["exercise"], "iron_cross", "weekly_distance"):
        ran = run("why", MARATHON, item, *AS_OF)
        assert ran.code == 0
        assert max(map(len, ran.out.splitlines())) <= 80


def test_explain_shows_what_the_plain_text_hides() -> None:
    """By default one reason line an item; with --explain rules, facts with lines, and sources."""
    plain, full = run(MARATHON, *AS_OF).out, run(MARATHON, *AS_OF, "--explain").out
    assert not tokens(plain)
    assert tokens(full)
    assert "marathoner_in_three_weeks.yaml:" in full
    assert "verified" in full


def test_the_first_line_is_the_verdict() -> None:
    """Refer first, or go; nobody has to read to the end."""
    assert run(FLAGGED, *AS_OF).out.startswith("REFER FIRST")
    assert run(MARATHON, *AS_OF).out.startswith("GO")


def test_text_has_no_colour_codes_when_piped() -> None:
    """Plain text for files and pipes."""
    assert "\x1b" not in command(MARATHON, *AS_OF).out


def test_what_a_profile_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Control characters of a profile are not passed on."""
    path = tmp_path / "p.yaml"
    path.write_text(
        minimal('findings: []\nnotes: "\\e[31mred\\a"\nclinician: {ban: [{exercise: plank, reason: "\\e[2J"}]}'), encoding="utf-8"
    )
    for arguments in ((), ("--explain",)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", run(path, *AS_OF, *arguments).out)


# --- surroundings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_a_locale_without_utf8_changes_nothing(environment: dict[str, str]) -> None:
    """The plan is UTF-8 whatever the terminal says."""
    made = subprocess.run([*RUN, str(MARATHON), *AS_OF], capture_output=True, env={**os.environ, **environment}, check=True)
    assert made.stdout.decode("utf-8") == run(MARATHON, *AS_OF).out


def test_an_error_can_be_told_in_any_locale(tmp_path: Path) -> None:
    """A message with letters beyond ASCII reaches stderr without a crash."""
    path = tmp_path / "läufer.yaml"
    path.write_text(minimal("findings: [schwache Gesäßmuskeln]"), encoding="utf-8")
    ran = command(path, *AS_OF, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert "Internal error" not in ran.err


def test_windows_line_endings_give_the_same_plan(tmp_path: Path) -> None:
    """Saved by a Windows editor, with a byte order mark too."""
    path = tmp_path / MARATHON.name
    path.write_bytes(b"\xef\xbb\xbf" + MARATHON.read_bytes().replace(b"\n", b"\r\n"))
    first, second = (json.loads(run(one, *AS_OF, "--format", "json").out) for one in (path, MARATHON))
    assert first.pop("receipt")["plan_sha256"] == second.pop("receipt")["plan_sha256"]
    assert first == second


@pytest.mark.parametrize("name", ["with space.yaml", "quo'te.yml", "ünï.yaml", "-dash.yaml", "100%.yaml", "a.b.json", "noending"])
def test_any_file_name_works(tmp_path: Path, name: str) -> None:
    """Spaces, quotes and other letters in a path do not matter."""
    folder = tmp_path / "my runners"
    folder.mkdir()
    path = folder / name
    path.write_text('{"schema": 1, "runner": {"ref": "R-1"}, "findings": ["weak glutes"]}', encoding="utf-8")
    ran = run(path, *AS_OF, "--format", "json", "--output", folder / "out")
    assert ran.code == 0
    assert f"{name}:1" in (folder / "out").read_text(encoding="utf-8")


def test_a_relative_path_is_shown_as_it_was_given(wrong: Path) -> None:
    """Messages use the path of the argument, so that an editor can jump there."""
    ran = command("wrong.yaml", *AS_OF, cwd=wrong.parent)
    assert ran.err.startswith("wrong.yaml:3: ")


@pytest.mark.parametrize("arguments", [("--explain",), ("--format", "json")])
def test_a_reader_that_leaves_early_is_no_error(arguments: Sequence[str]) -> None:
    """`recommend … | head -1` is quiet and no failure."""
    made = subprocess.Popen([*RUN, str(MARATHON), *AS_OF, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert made.stdout is not None
    assert made.stderr is not None
    made.stdout.close()
    with made.stderr:
        err = made.stderr.read().decode()
    assert made.wait() == 0
    assert err == ""


HEAVY = ("pydantic", "rich", "durable_rules_engine", "durable", "yaml", "jinja2")


@pytest.mark.parametrize("arguments", [("--help",), ("plan", "--help"), ("--version",)])
def test_help_imports_nothing_heavy(arguments: Sequence[str]) -> None:
    """`recommend --help` answers at once."""
    code = f"""
        import sys
        from stridewise.cli import main
        try:
            main({list(arguments)!r})
        except SystemExit as left:
            assert not left.code, left.code
        print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
    """
    made = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert made.stderr.strip() == "[]"


def test_no_socket_is_ever_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network, whatever is asked."""
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert run(MARATHON, *AS_OF, "--format", "json").code == 0


# --- other commands ---------------------------------------------------------------------------------------------------


def test_why_leads_to_the_lines_of_the_profile() -> None:
    """As text and as JSON, for an exercise, an adjustment and a swap."""
    for item in ("iron_cross", "weekly_distance"):
        shown = run("why", MARATHON, item, *AS_OF).out
        assert "Lines are those of marathoner_in_three_weeks.yaml." in shown
        assert re.search(r"\(lines? [0-9]+", shown)
        assert json.loads(run("why", MARATHON, item, *AS_OF, "--format", "json").out)


def test_why_names_the_nearest_item() -> None:
    """A slip in the name of an item is told with what may have been meant."""
    ran = run("why", MARATHON, "iron_cros", *AS_OF)
    assert (ran.code, ran.out) == (2, "")
    assert 'Did you mean "iron_cross"?' in ran.err


def test_an_exercise_can_be_looked_up_by_id_name_and_part() -> None:
    """By id or name the record, by a part the list."""
    by_id = run("exercise", "dead_bug").out
    assert by_id.startswith("Dead bug (dead_bug)")
    assert run("exercise", "Dead Bug").out == by_id
    assert {line.split()[0] for line in run("exercise", "calf").out.splitlines()} >= {
        "standing_calf_raise",
        "split_squat_calf_raise",
    }
    assert len(run("exercise").out.splitlines()) == len(built_in().exercises)
    for name in built_in().exercises:
        assert max(map(len, run("exercise", name).out.splitlines())) <= 80


def test_every_pack_is_listed() -> None:
    """Name, version, rules, exercises, reviewer, origin."""
    out = run("pack", "list").out
    assert all(f"{pack.name} " in out for pack in built_in().packs)


def test_pack_test_runs_the_cases_of_a_folder(tmp_path: Path) -> None:
    """Passing cases end with 0, a failing one with 1 and says what was expected."""
    files = {"cases/a.yaml": [{"name": "It plans.", "profile": {"findings": ["weak glutes"]}, "expect": {"status": "ready"}}]}
    good = write_pack(tmp_path / "acme", files)
    assert run("pack", "test", good) == Ran(0, "1 passed, 0 failed\n", "")
    bad = write_pack(tmp_path / "acme2", {"cases/a.yaml": [{**files["cases/a.yaml"][0], "expect": {"status": "refer_first"}}]})
    ran = run("pack", "test", bad)
    assert ran.code == 1
    assert "It plans." in ran.out
    assert "expected refer_first, got ready" in ran.out


@pytest.mark.parametrize("document", ["profile", "pack", "vocabulary", "rule", "exercise", "case", "plan"])
def test_every_schema_can_be_printed(document: str) -> None:
    """As JSON on stdout."""
    assert json.loads(run("schema", document).out)["$id"].endswith(f"{document}:1")
