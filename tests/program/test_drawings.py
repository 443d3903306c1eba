"""What is wrong with a drawing is said where it stands, all at once."""

from pathlib import Path
from typing import Any

import pytest

from check_kit import DAY, exercise, library
from kit import base_pack, toy_pack
from stridewise.authoring.checks.checking import check_packs
from stridewise.authoring.checks.drawings import angles, missing_drawings
from stridewise.authoring.checks.finding import Finding
from stridewise.errors import PackError
from stridewise.language.drawing import read_drawing
from stridewise.program.builder import build_program
from stridewise.program.program import Program

HEAD = """\
- id: hop
  name: Hop
  blocks: [core]
  targets: {direct: [neatness]}
  laterality: unilateral
  dosage: {control: {sets: 2, reps: 8}}
  instructions: [Do it.]
  stop_if: Pain.
  sources: [atlas]
  drawing:
"""  # the drawing starts in line 11


def built(tmp_path: Path, drawing: str) -> Program:
    files = {"exercises/all.yaml": HEAD + "".join(f"    {line}\n" for line in drawing.splitlines())}
    return build_program([base_pack(tmp_path), toy_pack(tmp_path / "own", files=files)], without_safety=True)


def found(tmp_path: Path, *exercises: dict[str, Any]) -> list[Finding]:
    def load() -> list[Any]:
        return [base_pack(tmp_path), toy_pack(tmp_path / "own", files=library(*exercises))]

    return check_packs(load, lambda pack: pack.name == "own", DAY, (angles, missing_drawings), without_safety=True)


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        ("poses: [{knee: 10}]\nview: sideways", "12: hop.drawing.view: "),
        ("poses:\n  - {kne: 10}", '12: hop.drawing.poses[0]: unknown key "kne". Did you mean "knee"?'),
        ("poses:\n  - {caption: a}\n  - {left: {knee: bent}}", "13: hop.drawing.poses[1].left.knee: "),
        ("view: side", "11: hop.drawing: expected either poses or a file, found neither"),
        ("poses: [{hold: [1, 2]}]", "11: hop.drawing.poses[0].hold: "),
        ("poses: [{level: [back]}]", "11: hop.drawing.poses[0]: level: two parts are expected"),
        ("poses: [{touch: {back: knee}}]", "11: hop.drawing.poses[0]: touch: "),
        ("poses: [{}]\nequipment: [dumbel]", "12: hop.drawing.equipment[0].kind: "),
        ("poses: [{}]\narrows: [left_hnd]", '12: hop.drawing.arrows: unknown part "left_hnd". Did you mean "left_hand"?'),
        ("file: hop.gif", "11: hop.drawing: file: expected a name that ends in .svg or .png"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, drawing: str, message: str) -> None:
    with pytest.raises(PackError) as failure:
        built(tmp_path, drawing)
    assert f"all.yaml:{message}" in str(failure.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(PackError) as failure:
        built(tmp_path, "poses: [{kne: 10}]\nview: sideways\narrow: []")
    assert len(failure.value.problems) == 3


def test_a_drawing_is_kept_as_short_text_and_read_again(tmp_path: Path) -> None:
    kept = built(tmp_path, "poses: [{knee: 12.5, caption: bend}]\nequipment: [dumbbell]").exercises["hop"].drawing
    assert kept == '{"poses":[{"knee":12.5,"caption":"bend"}],"equipment":["dumbbell"]}'
    assert read_drawing(kept).equipment[0].kind == "dumbbell"


def test_pack_check_says_which_exercises_have_no_drawing(tmp_path: Path) -> None:
    findings = found(tmp_path, exercise("hop"), exercise("skip", drawing={"poses": [{"knee": 10}]}))
    assert [(one.level, one.message) for one in findings] == [("info", "hop has no drawing.")]


def test_pack_check_names_an_angle_that_no_joint_has(tmp_path: Path) -> None:
    poses = [{"knee": 150, "left": {"hip": 150}, "right": None}, {"spine": -50, "neck": None}]
    findings = found(tmp_path, exercise("hop", drawing={"poses": poses, "both": {"elbow": 170}}))
    assert sorted(one.message for one in findings) == [
        "hop: elbow 170 is outside -5 to 150.",
        "hop: hip 150 is outside -30 to 135.",
        "hop: spine -50 is outside -35 to 75.",
    ]
    assert {one.level for one in findings} == {"error"}
