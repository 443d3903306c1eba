"""`recommend pathway`: the list of pathways, and one with its stages; and its place in the other commands."""

import json
from pathlib import Path

import pytest

from cli_kit import AS_OF, run
from plans import built_in

pytestmark = pytest.mark.usefixtures("built_in_only")


def test_all_are_listed_with_their_stages() -> None:
    ran = run("pathway")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == sorted(built_in().pathways)
    assert "Achilles tendon (mid-portion), 4 stages" in ran.out


@pytest.mark.parametrize("name", sorted(built_in().pathways))
def test_one_is_shown_with_every_stage_and_what_opens_it(name: str) -> None:
    ran = run("pathway", name)
    shown = " ".join(ran.out.split())
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    for number, stage in enumerate(built_in().pathways[name].stages, 1):
        assert f"Stage {number} of {len(built_in().pathways[name].stages)}: {stage.title}" in shown
        assert " ".join(stage.plain.split()) in shown
        assert all(" ".join(f"To pass: {criterion.earn}".split()) in shown for criterion in stage.exit)


def test_what_does_not_exist_is_told_with_the_nearest() -> None:
    ran = run("pathway", "achiles_midportion")
    assert ran.code == 2
    assert 'Did you mean "achilles_midportion"?' in ran.err


def test_its_schema_is_printed() -> None:
    ran = run("schema", "pathway")
    assert json.loads(ran.out)["items"]["$ref"] == "#/definitions/PathwayShape"


def test_why_not_a_stage_names_the_unmet_criterion(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "schema: 1\nrunner: {ref: R-1}\ndiagnosis: [{condition: achilles_tendinopathy, side: left, irritability: low}]\n"
    )
    ran = run("why-not", path, "achilles_midportion/spring", *AS_OF)
    assert ran.code == 0
    assert "not known: 20 single-leg heel raises on this side." in " ".join(ran.out.split())
