"""A log that a plugin keeps hears of every plan given out, cannot change it, and never costs it."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli_kit import AS_OF, SHORT, command, plugin, with_path
from hooks_kit import beside, boom, leave, manager_of, vanish
from plans import DAY, built_in, meaning, minimal, plan, profile
from stridewise.library import make_plan
from stridewise.packs.plugins import log_plan
from stridewise.plan.seal import to_values
from stridewise.session import recommend, tell
from stridewise.web.desk import Desk
from stridewise.web.folder import Folder

TEXT = minimal("recorded: 2026-11-21\nfindings: [weak glutes]\n")


def into(heard: list[dict[str, Any]]) -> Callable[..., None]:
    """A log in memory."""

    def note(plan: dict[str, Any]) -> None:
        heard.append(plan)

    return note


def test_a_log_gets_the_plan_as_it_is_printed() -> None:
    heard: list[dict[str, Any]] = []
    made = plan(TEXT)
    assert tell(made, replace(built_in(), plugins=manager_of(plan_made=into(heard)))) == ()
    assert heard == [to_values(made)]


def test_a_log_that_writes_to_the_plan_changes_neither_it_nor_what_the_next_one_hears() -> None:
    heard: list[dict[str, Any]] = []
    manager = beside(manager_of(plan_made=lambda plan: plan.clear()), plan_made=into(heard))
    made = plan(TEXT)
    before = meaning(made)
    assert tell(made, replace(built_in(), plugins=manager)) == ()
    assert meaning(made) == before
    assert heard == [to_values(made)]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (boom, "failed in plan_made: KeyError('boom')"),
        (leave, "failed in plan_made: SystemExit(0)"),
        (vanish, "failed in plan_made: <Leaving>"),
        (lambda: "kept", "returned 'kept' from plan_made; expected nothing"),
    ],
)
def test_what_fails_is_named_and_the_other_logs_hear_of_the_plan(answer: Callable[..., Any], said: str) -> None:
    heard: list[str] = []
    manager = beside(manager_of(plan_made=answer), plan_made=lambda plan: heard.append(plan["runner"]))
    (failed,) = log_plan(manager, lambda: {"runner": "R-1"})
    assert failed == f'the plugin "bad 1.0: bad" {said}; the plan is whole, but that log may lack it'
    assert heard == ["R-1"]


def test_from_python_the_plan_comes_and_the_logger_is_told(caplog: pytest.LogCaptureFixture) -> None:
    program = replace(built_in(), plugins=manager_of(plan_made=boom))
    with caplog.at_level(logging.ERROR, "stridewise"):
        made = make_plan(profile(TEXT), program, DAY, "reference")
    assert meaning(made) == meaning(recommend(profile(TEXT), built_in(), DAY, "reference"))
    assert ["failed in plan_made" in record.message for record in caplog.records] == [True]


LOG = """
import json, os
from stridewise import hookimpl

@hookimpl
def plan_made(plan):
    print("chatter")
    if os.environ.get("BROKEN"):
        raise OSError("disk full")
    with open(os.environ["LOG"], "a") as log:
        log.write(json.dumps([plan["runner"], plan["receipt"]["plan_sha256"]]) + "\\n")
"""


@pytest.fixture(name="logged")
def _logged(tmp_path: Path) -> dict[str, str]:
    """The environment with a plugin that keeps a log."""
    site = plugin(tmp_path / "site", "acme", LOG)
    return {"PYTHONPATH": with_path(site), "STRIDEWISE_LOAD_PLUGINS": "acme", "LOG": str(tmp_path / "log")}


@pytest.mark.slow
def test_the_command_tells_the_log_of_each_plan(tmp_path: Path, logged: dict[str, str]) -> None:
    """And stdout is the plan's."""
    ran = command(SHORT, *AS_OF, "--format", "json", **logged)
    shown = json.loads(ran.out)
    assert (ran.code, "chatter" in ran.err) == (0, True)
    assert json.loads((tmp_path / "log").read_text()) == [shown["runner"], shown["receipt"]["plan_sha256"]]


@pytest.mark.slow
def test_a_command_whose_log_fails_gives_the_plan_and_ends_with_3(logged: dict[str, str]) -> None:
    whole, broken = command(SHORT, *AS_OF, **logged), command(SHORT, *AS_OF, **logged, BROKEN="1")
    assert (broken.code, broken.out) == (3, whole.out)
    assert "acme 1.0: acme\" failed in plan_made: OSError('disk full'); the plan is whole" in broken.err


@pytest.mark.slow
def test_a_batch_tells_the_log_once_a_plan_also_where_it_goes_on(tmp_path: Path, logged: dict[str, str]) -> None:
    """What an earlier run kept is not told again; a log that fails costs no plan."""
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.yaml").write_text(TEXT.replace("R-1", name), encoding="utf-8")
    ran = command("batch", tmp_path / "in", "--output", tmp_path / "out", *AS_OF, **logged)
    assert ran.code == 0, ran.err
    assert sorted(json.loads(line)[0] for line in (tmp_path / "log").read_text().splitlines()) == ["a", "b"]
    broken = command("batch", tmp_path / "in", "--output", tmp_path / "two", *AS_OF, **logged, BROKEN="1")
    assert (broken.code, broken.err.count("failed in plan_made")) == (3, 1)
    assert "(2 plans)" in broken.err
    assert (tmp_path / "two" / "a.json").read_bytes() == (tmp_path / "out" / "a.json").read_bytes()


def test_the_page_tells_a_log_once_a_plan(tmp_path: Path) -> None:
    """However often it is looked at; another plan is told again."""
    heard: list[dict[str, Any]] = []
    desk = Desk(Folder(tmp_path), replace(built_in(), plugins=manager_of(plan_made=into(heard))), lambda: DAY)
    one, other = plan(TEXT), plan(TEXT.replace("glutes", "calves"))
    assert [desk.given_out(made) for made in (one, one, other)] == [one, one, other]
    assert heard == [to_values(one), to_values(other)]
