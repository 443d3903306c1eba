"""A plugin that does not load, and an installation without a safety pack, stop the command by name."""

import json
from pathlib import Path

import pytest

from cli_kit import AS_OF, MARATHON, SHORT, command, plugin, run, with_path
from plans import built_in_packs
from stridewise.packs import plugins

pytestmark = pytest.mark.usefixtures("built_in_only")


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
    monkeypatch.setattr(plugins, "read_packs", lambda *_: [p for p in built_in_packs() if p.name in ("vocabulary", "exercises")])
    ran = run(MARATHON, *AS_OF)
    assert (ran.code, ran.out) == (3, "")
    assert "no safety pack" in ran.err


SHEET = """
from stridewise import hookimpl

@hookimpl
def plan_formats():
    return {"sheet": lambda plan: "\\n".join(one["svg"][:4] + one["exercise"] for one in plan["drawings"])}
"""


@pytest.mark.slow
def test_a_plugins_format_gets_the_drawings_and_json_where_asked(tmp_path: Path) -> None:
    """A plan drawn and one not drawn verify alike; no other format of ours takes the option."""
    env = {"PYTHONPATH": with_path(plugin(tmp_path / "site", "acme", SHEET)), "STRIDEWISE_LOAD_PLUGINS": "acme"}
    sheet = command(SHORT, *AS_OF, "--format", "sheet", **env)
    drawn, bare = (command(SHORT, *AS_OF, "--format", "json", *more) for more in (("--drawings",), ()))
    exercises = [one["exercise"] for one in json.loads(bare.out)["prescriptions"]]
    assert sheet.out.splitlines() == [f"<svg{name}" for name in exercises]
    assert [one["exercise"] for one in json.loads(drawn.out)["drawings"]] == exercises
    assert json.loads(bare.out)["drawings"] == []
    (tmp_path / "plan.json").write_text(drawn.out, encoding="utf-8")
    assert command("verify", tmp_path / "plan.json", SHORT).code == 0
    refused = command(SHORT, *AS_OF, "--drawings")
    assert (refused.code, "--drawings is for --format json" in refused.err) == (2, True)
