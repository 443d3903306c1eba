"""A recall finds every plan that a rule touched and says what it gave; what cannot be looked at is named, never left out."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli_kit import run
from kit import rule
from plans import ASKED, DAY, WEAK, clinic, profile, when_weak
from stridewise.errors import ProfileError
from stridewise.explain.affected import Affected, Touched, affected
from stridewise.explain.on_file import plans_below
from stridewise.library import to_dict
from stridewise.program.program import Program
from stridewise.session import recommend

EASES = {"adjust": "weekly_distance", "at_most": "20 km", "text": "Run less."}
WARNS = when_weak("warns", {"warn": "Rest.", "level": "info"}, EASES)
TRAINS = when_weak("trains", {"target": "squat_pattern", "priority": "high"})
VETOES = when_weak("vetoes", *({"avoid": name, "level": "contraindication"} for name in ("deep_squat", "heavy_squat")))
REFERS = when_weak("refers", {"refer": "physician", "urgency": "routine", "stops": "nothing", "text": "See a physician."})
FINDS = when_weak("finds", {"conclude": {"phase": "taper"}})
FOLLOWS = rule("follows", [{"phase": "taper"}], [{"warn": "Rest well.", "level": "info"}])
QUIET = when_weak("quiet", {"avoid": "big_hop", "level": "contraindication"})
SILENT = when_weak("silent", {"warn": "Never.", "level": "info"}, muscle="hamstrings")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return clinic(tmp_path_factory.mktemp("clinic"), WARNS, TRAINS, VETOES, REFERS, FINDS, FOLLOWS, QUIET, SILENT)


def made(program: Program, ref: str = "R-1") -> dict[str, Any]:
    training = "training: {weekly_distance_km: [50, 50, 50, 60], current_exercises: [heavy_squat]}\n"
    text = f"{ASKED}{training}{WEAK}".replace("R-1", ref)
    return to_dict(recommend(profile(text), program, DAY, "reference"))


@pytest.fixture(scope="module")
def plan(program: Program) -> dict[str, Any]:
    return made(program)


def kept(folder: Path, **plans: Any) -> Path:
    for name, values in plans.items():
        path = folder / f"{name.replace('__', '/')}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(values if isinstance(values, str) else json.dumps(values, indent=2), encoding="utf-8")
    return folder


def asked(folder: Path, program: Program, name: str, version: str = "") -> Affected:
    return affected(name, version, plans_below(folder), program)


def only(found: Affected) -> Touched:
    (touched,) = found.touched
    return touched


@pytest.mark.parametrize(
    ("name", "gave"),
    [
        ("warns", {("warning", "info, Rest."), ("adjustment", "weekly_distance: ")}),
        ("trains", {("exercise", "Easy squat, both")}),
        ("vetoes", {("veto", "no Heavy squat, contraindication"), ("current exercise", "Heavy squat, stop")}),
        ("quiet", {("fired", "nothing that this plan names")}),
        ("refers", {("referral", "physician, routine, See a physician.")}),
        ("finds", {("conclusion", "phase: taper"), ("warning", "info, Rest well.")}),
    ],
)
def test_each_thing_that_a_rule_gave_is_told(
    tmp_path: Path, program: Program, plan: dict[str, Any], name: str, gave: set[tuple[str, str]]
) -> None:
    touched = only(asked(kept(tmp_path, one=plan), program, f"trial/{name}"))
    told = {(one.what, one.text) for one in touched.gave}
    for what, text in gave:
        assert [said for kind, said in told if kind == what and said.startswith(text)], (what, text, told)


def test_what_came_of_what_it_concluded_says_by_way_of_which_rule(tmp_path: Path, program: Program, plan: dict[str, Any]) -> None:
    gave = only(asked(kept(tmp_path, one=plan), program, "trial/finds")).gave
    assert [one.by_way_of for one in gave if one.what == "warning"] == [("trial/follows",)]
    assert [one.by_way_of for one in gave if one.what == "conclusion"] == [()]


def test_a_rule_that_did_not_fire_touched_nothing(tmp_path: Path, program: Program, plan: dict[str, Any]) -> None:
    found = asked(kept(tmp_path, one=plan), program, "trial/silent")
    assert (found.touched, found.read) == ((), 1)


def test_plans_below_the_folder_in_arrays_and_in_lines_are_found(tmp_path: Path, program: Program, plan: dict[str, Any]) -> None:
    """As a batch writes them, a file each or a line each, and as several plans are printed; hidden ones are the batch's own."""
    other = made(program, "R-2")
    kept(tmp_path, one=plan, below__deep__two=other, several=[plan, other], **{".work/hidden": "{"})
    (tmp_path / "all.jsonl").write_text(f"{json.dumps(plan)}\n\n{json.dumps(other)}\n", encoding="utf-8")
    found = asked(tmp_path, program, "trial/warns")
    names = [one.plan.removeprefix(f"{tmp_path}/") for one in found.touched]
    assert names == ["all.jsonl:1", "all.jsonl:3", "below/deep/two.json", "one.json", "several.json (1)", "several.json (2)"]
    assert (found.damaged, found.edited) == ((), ())


def test_a_version_of_the_pack_narrows_it(tmp_path: Path, program: Program, plan: dict[str, Any]) -> None:
    version = next(one["version"] for one in plan["receipt"]["packs"] if one["name"] == "trial")
    kept(tmp_path, one=plan)
    assert only(asked(tmp_path, program, "trial/warns", version)).version == version
    other = asked(tmp_path, program, "trial/warns", "9.9.9")
    assert (other.touched, other.versions) == ((), {version: 1})


def test_damaged_and_edited_plans_are_named_and_counted(tmp_path: Path, program: Program, plan: dict[str, Any]) -> None:
    whole = json.dumps(plan)
    twice = '{"schema": 1, ' + whole[1:]
    kept(tmp_path, cut=whole[:900], nothing="", array="[]", profile={"schema": 1}, twice=twice, nan=whole.replace("60", "NaN", 1))
    kept(tmp_path, edited={**plan, "runner": "R-9"}, odd={**plan, "warnings": [3, {"because": 4}], "swaps": None})
    (tmp_path / "bad.jsonl").write_bytes(b"{\xff}\n")
    found = asked(tmp_path, program, "trial/refers")
    assert len(found.damaged) == 7
    assert any("bad.jsonl:1: cannot be read as JSON" in text for text in found.damaged)
    assert [Path(name).name for name in found.edited] == ["edited.json", "odd.json"]
    assert (found.read, len(found.touched)) == (2, 2)


def test_a_rule_is_found_under_the_name_it_had(tmp_path: Path, plan: dict[str, Any]) -> None:
    renamed = clinic(tmp_path / "now", {**WARNS, "id": "warns-better", "renamed_from": ["warns"]})
    kept(tmp_path / "plans", one=plan)
    for name in ("trial/warns", "trial/warns-better"):
        assert only(asked(tmp_path / "plans", renamed, name)).gave


def test_a_rule_that_nobody_knows_is_refused_with_a_near_word(tmp_path: Path, program: Program, plan: dict[str, Any]) -> None:
    kept(tmp_path, one=plan)
    with pytest.raises(ProfileError, match=r'no plan names the rule "trial/warn", .* Did you mean "trial/warns"\?'):
        asked(tmp_path, program, "trial/warn")
    gone = replace(program, strata=(), cache={})
    assert only(asked(tmp_path, gone, "trial/warns")).gave  # of a pack that is withdrawn already


def test_pipes_and_lines_without_end_hold_nobody_up(
    tmp_path: Path, program: Program, plan: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = json.dumps(plan)
    monkeypatch.setattr("stridewise.explain.on_file.MAX_BYTES", len(line) + 1)
    (tmp_path / "all.jsonl").write_text(f"{line * 3}\n{line}\n", encoding="utf-8")
    for name in ("a.jsonl", "b.json"):
        os.mkfifo(tmp_path / name)
    found = asked(tmp_path, program, "trial/warns")
    assert [one.plan for one in found.touched] == [f"{tmp_path}/all.jsonl:2"]
    for said in (
        "a.jsonl: cannot be read: it is not a regular file",
        "all.jsonl:1: is longer than",
        "b.json: is not a regular file",
    ):
        assert [text for text in found.damaged if said in text], (said, found.damaged)


@pytest.mark.parametrize(("given", "says"), [("nowhere", "is not there"), (".", "holds no plan")])
def test_a_folder_without_plans_is_refused(tmp_path: Path, program: Program, given: str, says: str) -> None:
    with pytest.raises(ProfileError, match=says):
        asked(tmp_path / given, program, "trial/warns")


def test_the_command_answers_in_text_and_json_and_by_its_exit_code(tmp_path: Path, plan: dict[str, Any]) -> None:
    kept(tmp_path, one=plan)
    text, data = (run("affected", "trial/refers", *more) for more in ((tmp_path,), ("1.0", tmp_path, "--format", "json")))
    assert (text.code, data.code) == (0, 0), (text.err, data.err)
    assert "- referral: physician, routine, See a physician." in text.out
    assert json.loads(data.out)["touched"][0]["gave"][0]["what"] == "referral"
    kept(tmp_path, cut="{")
    damaged = run("affected", "trial/refers", tmp_path)
    assert (damaged.code, "1 plan could not be read and may be among them" in " ".join(damaged.out.split())) == (1, True)
    assert run("affected", "trial/refer", tmp_path).code == run("affected", "a", "b", "c", "d").code == 2
