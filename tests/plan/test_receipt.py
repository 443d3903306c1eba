"""A receipt covers what really made the plan: all code that decides, and every part of the program in force."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hooks_kit import manager_of
from plans import ASKED, DAY, WEAK, clinic, plan, when_weak
from stridewise.plan import receipt
from stridewise.program.program import Program

LOADED = """
import sys
from datetime import date
from pathlib import Path
from stridewise.library import load_profile, load_program, make_plan
make_plan(load_profile(sys.argv[1]), load_program(), date(2026, 11, 21))
print(*(name for name in sys.modules if name.startswith("stridewise.")))
"""
AROUND = ("stridewise.library", "stridewise.program.load")  # that only call
NEW_RULE = when_weak("new", {"warn": "Rest.", "level": "info"})
OLD_RULE = when_weak("old", {"warn": "Rest.", "level": "info"})
SIGNED = {"reason": "So.", "by": "A. Clinician", "expires": "2026-12-31"}


def test_all_code_that_makes_a_plan_is_covered() -> None:
    """What is loaded to make one, whoever adds a room."""
    profile = Path(__file__).parents[2] / "profiles" / "shortest.yaml"
    ran = subprocess.run([sys.executable, "-c", LOADED, profile], capture_output=True, text=True, check=True)
    root = Path(receipt.__file__).parents[1]
    covered = {name for name, _ in receipt._sources(str(root))}
    for name in ran.stdout.split():
        path = name.removeprefix("stridewise.").replace(".", "/")
        assert name in AROUND or {f"{path}.py", f"{path}/__init__.py"} & covered, name


def test_a_changed_file_of_the_engine_changes_its_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "planning").mkdir()
    for name in ("session.py", "planning/one.py"):
        (tmp_path / name).write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr(receipt, "__file__", str(tmp_path / "plan" / "receipt.py"))
    before = receipt.engine_sha256.__wrapped__()
    (tmp_path / "planning" / "one.py").write_text("a = 2\n", encoding="utf-8")
    assert receipt.engine_sha256.__wrapped__() != before


def sealed(program: Program, day: date = DAY) -> str:
    return plan(ASKED + WEAK, program, as_of=day).receipt.program_sha256


def of_rules(folder: Path) -> tuple[str, str]:
    return sealed(clinic(folder / "a", OLD_RULE)), sealed(clinic(folder / "b", NEW_RULE))


def of_the_version_of_a_pack(folder: Path) -> tuple[str, str]:
    return sealed(clinic(folder / "a", OLD_RULE)), sealed(clinic(folder / "b", OLD_RULE, version="9.0"))


def of_plugins(folder: Path) -> tuple[str, str]:
    made = clinic(folder, OLD_RULE)
    return sealed(made), sealed(replace(made, plugins=manager_of(further_facts=lambda facts: []), cache={}))


def of_code(folder: Path) -> tuple[str, str]:
    made = clinic(folder, OLD_RULE)
    before = sealed(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receipt, "engine_sha256", lambda: "0" * 64)
        return before, sealed(made)


def of_an_override(folder: Path) -> tuple[str, str]:
    asks = {"rule": "gym/old", "action": "disable", **SIGNED}
    made = clinic(folder, OLD_RULE, overrides=[])
    program = replace(made, overrides=(("trial", _override(asks)),), cache={})
    return sealed(made), plan(ASKED + WEAK, program).receipt.program_sha256


def _override(written: dict[str, str]) -> receipt.Override:
    return receipt.Override(**{**written, "expires": date(2026, 12, 31)})  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [of_rules, of_the_version_of_a_pack, of_plugins, of_code, of_an_override])
def test_another_program_has_another_digest(tmp_path: Path, change: Callable[[Path], tuple[str, str]]) -> None:
    one, other = change(tmp_path)
    assert one != other


def test_where_a_pack_lies_is_no_part_of_it(tmp_path: Path) -> None:
    assert sealed(clinic(tmp_path / "here", OLD_RULE)) == sealed(clinic(tmp_path / "there", OLD_RULE))


def test_rules_that_fired_stand_on_the_receipt_and_no_others(tmp_path: Path) -> None:
    silent = when_weak("silent", {"warn": "Rest.", "level": "info"}, muscle="hamstrings")
    assert plan(ASKED + WEAK, clinic(tmp_path, OLD_RULE, silent)).receipt.fired == ("trial/old",)
