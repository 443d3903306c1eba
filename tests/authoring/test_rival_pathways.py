"""Two pathways that one runner is on for one reason are found, with a runner as proof; those that exclude each other are not."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from check_kit import DAY, run_witness
from kit import BASICS, base_pack, toy_pack
from plans import built_in
from stridewise.authoring.checks.checking import check_packs
from stridewise.authoring.checks.finding import Finding, Subject
from stridewise.authoring.checks.rival_pathways import rival_pathways
from stridewise.packs.pack import RulePack

PROVEN = {name: BASICS[name] for name in ("sources", "strength", "certainty")}
STAGES = [{"id": "only", "title": "Only", "plain": "You are here."}]


def pathway(name: str, *when: Any) -> dict[str, Any]:
    return {"id": name, "title": name.capitalize(), "when": list(when), "stages": STAGES, **PROVEN}


def red(**more: Any) -> dict[str, Any]:
    return {"colour": "red", "side": "$side", **more}


def rivals(packs: list[RulePack], checked: str = "mine") -> list[Finding]:
    found = check_packs(lambda: packs, lambda pack: pack.name == checked, DAY, (rival_pathways,), without_safety=True)
    assert not [one for one in found if one.check == "load"], found
    return found


def two(tmp_path: Path, theirs: list[Any], mine: list[Any], **head: Any) -> list[RulePack]:
    files = {
        "theirs": {"pathways/p.yaml": [pathway("old_way", *theirs)]},
        "mine": {"pathways/p.yaml": [pathway("new_way", *mine)]},
    }
    return [
        base_pack(tmp_path),
        *(toy_pack(tmp_path / name, (), files[name], **(head if name == "mine" else {})) for name in files),
    ]


MEET: list[tuple[list[Any], list[Any]]] = [
    ([red()], [red()]),
    ([red()], [{"colour": "red"}]),
    ([red()], [red(shade="dark")]),
    ([red()], [{"any_of": [{"colour": "red"}, {"colour": "blue"}]}]),
    ([red(), {"shape": "star", "side": "$side"}], [red(), {"size": "> 3"}]),
    ([{"size": "> 3"}], [{"size": "> 5"}]),
]


@pytest.mark.parametrize(("theirs", "mine"), MEET)
def test_two_pathways_for_one_diagnosis_are_shown_on_a_runner(tmp_path: Path, theirs: list[Any], mine: list[Any]) -> None:
    packs = two(tmp_path, theirs, mine)
    (found,) = rivals(packs)
    assert (found.level, found.place.path, found.place.line) == ("warning", "mine/pathways/p.yaml", 3)
    assert "theirs/pathways/p.yaml:1" in found.message
    assert "with_pathway: new_way" in found.mend
    assert {"theirs/old-way-is-at-only", "mine/new-way-is-at-only"} <= run_witness(packs, found.witness)
    assert len(yaml.safe_load(found.witness)["findings"]) <= 3


APART: list[tuple[list[Any], list[Any]]] = [
    ([red()], [{"colour": "blue", "side": "$side"}]),
    ([red(shade="light")], [red(shade="dark")]),  # a site, an irritability
    ([red(), {"badge": "gold"}], [red(), {"absent": {"badge": "gold"}}]),
    ([red(), {"shape": "star"}], [{"colour": "blue", "side": "$side"}, {"shape": "star"}]),  # two diagnoses, one goal
    ([red(), {"size": "> 3"}], [{"shape": "star"}, {"size": "> 3"}]),  # two diagnoses, one age
    ([red(), {"size": "> 3", "side": "$side"}], [red(), {"size": "<= 3", "side": "$side"}]),
]


@pytest.mark.parametrize(("theirs", "mine"), APART)
def test_pathways_that_exclude_each_other_or_have_other_reasons_are_not_found(
    tmp_path: Path, theirs: list[Any], mine: list[Any]
) -> None:
    assert not [found for found in rivals(two(tmp_path, theirs, mine)) if found.level != "info"]


def test_a_pathway_that_is_replaced_has_no_rival(tmp_path: Path) -> None:
    override = {
        "pathway": "old_way",
        "action": "replace",
        "with_pathway": "new_way",
        "reason": "ours",
        "by": "P. P.",
        "expires": "2030-01-01",
    }
    assert not rivals(two(tmp_path, [red()], [red()], overrides=[override]))


def test_what_keeps_runners_safe_is_not_offered_for_replacement(tmp_path: Path) -> None:
    packs = two(tmp_path, [red()], [red()])
    refers = {
        "id": "refers",
        "when": [{"stage": "old_way/only"}],
        "then": [{"refer": "keeper", "urgency": "routine", "stops": "nothing", "text": "Go."}],
        **BASICS,
    }
    packs.append(toy_pack(tmp_path / "safe", [refers]))
    (found,) = rivals(packs)
    assert "cannot be replaced" in found.mend
    assert "action: replace" not in found.mend


def test_no_two_built_in_pathways_are_rivals() -> None:
    program = built_in()
    assert not list(rival_pathways.find(Subject(program, program.packs, DAY)))
