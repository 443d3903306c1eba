"""The command: arguments in, text and exit code out. A user's mistake is a sentence, never a traceback."""

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli_kit import AS_OF, FLAGGED, MARATHON, SHORT, WRONG, Ran, run
from kit import write_pack
from plans import ROOT, built_in
from stridewise.cli.main import recommend

pytestmark = pytest.mark.usefixtures("built_in_only")


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
