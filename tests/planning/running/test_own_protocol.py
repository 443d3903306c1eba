"""The pack that docs/running.md shows: a clinic's own steps back to running in place of ours, and a retuned taper."""

import re
from datetime import date
from pathlib import Path

import pytest

import plans
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program

PAGE = (plans.ROOT / "docs" / "running.md").read_text(encoding="utf-8")
TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The built-in packs and the one of the page."""
    folder: Path = tmp_path_factory.mktemp("clinic")
    for name, body in re.findall(r"^```yaml\n# (acme_running/\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return build_program([*plans.built_in_packs(), load_pack(folder / "acme_running", shown="acme_running")])


def test_a_clinic_replaces_the_steps(program: Program) -> None:
    text = plans.ASKED + "goal: {kind: return_to_run}\ntraining: {weekly_distance_km: 0}\nfindings: [weak glutes]\n"
    titles = [one.title for day in plans.plan(text, program, TODAY).schedule for one in day.sessions if one.kind == "run"]
    assert titles[:3] == ["Acme back to running, step 1 of 2: 6 × 2 min run, 2 min walk"] * 3
    assert titles[-1] == "Acme back to running, step 2 of 2: 30 min run"


def test_a_clinic_retunes_the_taper(program: Program) -> None:
    race = "race: {distance: marathon, date: 2026-12-06}\ntraining: {weekly_distance_km: 60}\n"
    text = f"{plans.ASKED}{race}findings: [weak glutes]\n"
    for which, km in ((None, 24), (program, 27)):
        totals = [day.totals for day in plans.plan(text, which, TODAY).schedule if day.totals]
        assert totals[-1].running_km == km
