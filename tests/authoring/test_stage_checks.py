"""What `pack check` says of pathways: stages nobody can reach, criteria that contradict each other, no way out, exercises a stage
keeps out itself, stages without a case; and what counts as a case of a stage."""

from pathlib import Path
from typing import Any

import pytest

from check_kit import DAY, avoid, case, cases, exercise, library, of, packs_of
from kit import BASICS, base_pack, toy_pack
from stridewise.authoring.cases import read_cases
from stridewise.authoring.checks.checking import check_packs, subject_of
from stridewise.authoring.checks.coverage import missing_cases
from stridewise.authoring.checks.mutation import mutants_of
from stridewise.authoring.trial import run_case
from stridewise.program.builder import build_program

PROVEN = {name: BASICS[name] for name in ("sources", "strength", "certainty")}
HIGH = {"needs": {"size": ">= 10"}, "earn": "Ten high.", "question": "How high?"}
RED = {"colour": "red"}


def stage(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name.capitalize(), "plain": f"You are at {name}.", **more}


def pathway(*stages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "climb", "title": "Climbing", "when": [RED], "stages": list(stages), **PROVEN, **more}


def written(*stages: dict[str, Any], **files: Any) -> dict[str, Any]:
    return {"files": {"pathways/climb.yaml": [pathway(*stages)], **library(exercise("hop", demands={"impact": 2})), **files}}


def trains(**more: Any) -> dict[str, Any]:
    return {"target": "neatness", "options": ["hop"], **more}


LOW = stage("low", exit=[HIGH])
TABLE: list[tuple[str, str, list[dict[str, Any]], list[dict[str, Any]]]] = [
    (
        "unreachable-stage",
        "error",
        [LOW, stage("mid", exit=[HIGH | {"needs": {"size": "< 5"}}]), stage("top")],
        [LOW, stage("mid", exit=[HIGH | {"needs": {"size": "< 15"}}]), stage("top")],
    ),
    (
        "unreachable-stage",
        "error",
        [LOW, stage("top", enter=[{"badge": "gold"}, {"absent": {"badge": "gold"}}])],
        [LOW, stage("top", enter=[{"badge": "gold"}, {"absent": {"badge": "silver"}}])],
    ),
    ("no-exit", "error", [stage("low"), stage("top")], [stage("low"), stage("top", enter=[{"size": ">= 10"}])]),
    (
        "vetoed-exercise",
        "error",
        [stage("low", then=[trains(), avoid({"demand": "impact"}, "contraindication")])],
        [stage("low", then=[trains(), avoid({"demand": "impact", "above": 2}, "contraindication")])],
    ),
    ("vetoed-exercise", "warning", [stage("low", then=[trains(), avoid("hop")])], [stage("low", then=[trains()])]),
    (
        "missing-question",
        "warning",
        [stage("low", exit=[{"needs": {"size": ">= 10"}, "earn": "Ten high."}]), stage("top")],
        [LOW, stage("top")],
    ),
    ("wording", "error", [stage("low", plain="This prevents falls.")], [stage("low")]),
    (
        "banned-phrase",
        "warning",
        [stage("low", exit=[HIGH | {"earn": "The knee falls in no more."}]), stage("top")],
        [LOW, stage("top")],
    ),
]


@pytest.mark.parametrize(("name", "level", "bad", "good"), TABLE)
def test_what_is_wrong_with_a_pathway_is_found(tmp_path: Path, name: str, level: str, bad: Any, good: Any) -> None:
    """Each with the nearest pathway that has nothing of it."""
    for folder, stages, is_found in (("bad", bad, True), ("good", good, False)):
        packs = packs_of(tmp_path / folder, written(*stages))
        found = check_packs(lambda packs=packs: packs, lambda pack: pack.name == "toy", DAY, without_safety=True)  # type: ignore[misc]
        told = of(found, name, level)
        assert bool(told) is is_found, [str(one) for one in found]
        assert all(one.place.path == "toy/pathways/climb.yaml" and one.place.line and one.mend for one in told)


# --- cases -----------------------------------------------------------------------------------------------------------

TWO = (LOW, stage("top", then=[{"conclude": {"ready": "yes"}}]))
AT_LOW = case({"findings": [RED]}, "Low.", concludes=[{"stage": "climb/low"}])
AT_TOP = case({"findings": [RED, {"size": 10}]}, "Top.", concludes=[{"stage": "climb/top"}])


def lacking(tmp_path: Path, *entries: dict[str, Any]) -> set[str]:
    program = build_program(packs_of(tmp_path, written(*TWO, **cases(*entries))), without_safety=True)
    subject = subject_of(program, lambda pack: pack.name == "toy", DAY)
    assert not [failure for trial in subject.trials for failure in trial.failures]
    found = list(missing_cases.find(subject))
    assert all("concludes: [{stage: climb/" in one.mend for one in found)
    return {
        f"{one.message.partition(':')[0].partition('/')[2]} {'fires' if 'fires' in one.message else 'silent'}" for one in found
    }


def test_an_expected_stage_shows_both_sides_of_the_rules_of_its_pathway(tmp_path: Path) -> None:
    assert lacking(tmp_path / "both", AT_LOW, AT_TOP) == set()
    assert lacking(tmp_path / "low", AT_LOW) == {
        "climb-is-at-low silent",
        "climb-reaches-top fires",
        "climb-is-at-top fires",
        "climb-in-top fires",
    }
    assert {"climb-is-at-low fires", "climb-reaches-top silent"} <= lacking(tmp_path / "top", AT_TOP)


def test_an_expected_stage_is_the_only_one_of_its_pathway_and_side(tmp_path: Path) -> None:
    sided = pathway(
        stage("low", exit=[HIGH | {"needs": {"size": ">= 10", "side": "$side"}}]),
        stage("top"),
        when=[{"colour": "red", "side": "$side"}],
    )
    profile = {"findings": [RED, {"size": 10, "side": "left"}]}
    entries = [
        case(profile, "Named.", concludes=[{"stage": "climb/top", "side": "left"}, {"stage": "climb/low", "side": "right"}]),
        case(profile, "Not named.", concludes=[{"stage": "climb/top"}]),
    ]
    mine = toy_pack(tmp_path / "toy", (), {"pathways/climb.yaml": [sided], **cases(*entries)})
    program = build_program([base_pack(tmp_path), mine], without_safety=True)
    named, bare = (run_case(program, case, "reference") for case in read_cases(mine))
    assert not named.failures
    assert bare.failures == ("concludes: {'stage': 'climb/top'} is expected, but {'stage': 'climb/low', 'side': 'right'} holds",)


def test_the_rules_of_stages_are_mutated_where_they_stand(tmp_path: Path) -> None:
    program = build_program(packs_of(tmp_path, written(*TWO, **cases(AT_LOW, AT_TOP))), without_safety=True)
    subject = subject_of(program, lambda pack: pack.name == "toy", DAY)
    (reaches,) = [rule for rule in subject.rules if rule.id == "toy/climb-reaches-top"]
    changes = {mutant.change for mutant in mutants_of(subject, reaches)}
    assert {"condition dropped", "10 itself kept out", "10 made 9"} <= changes
    assert {mutant.place for mutant in mutants_of(subject, reaches)} == {reaches.place}
