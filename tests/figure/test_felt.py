"""What is felt and not seen is laid over the body of the pose that says so, at its place, and read in grey."""

from typing import get_args

import pytest

from figures import drawing
from stridewise.figure.drawing import draw_poses
from stridewise.figure.marks import BONE, BRIGHT, MARKS, SLING
from stridewise.language.drawing import Felt

STANDS = {"caption": "stand"}


def drawn(felt: str, view: str = "side") -> str:
    return draw_poses(drawing(STANDS, {"felt": felt, "caption": "feel"}, view=view, arrows=[]), "x")


def test_every_word_has_its_mark() -> None:
    assert set(MARKS) == set(get_args(Felt))


@pytest.mark.parametrize("felt", MARKS)
def test_it_stands_over_the_body_of_its_pose_alone(felt: str) -> None:
    sign = BRIGHT if felt == "hip_pulls" else SLING
    first, second = drawn(felt).split("translate(")[1:3]
    assert sign not in first
    assert second.index("</g>") < second.index(sign)


@pytest.mark.parametrize("view", ["side", "front"])
def test_the_pelvic_floor_lifts_from_low_to_high(view: str) -> None:
    """The middle of the sling: y goes downwards."""
    at = [
        float(drawn(felt, view).split(f'stroke="{SLING}"')[0].rpartition("Q")[2].split()[1])
        for felt in ("pelvic_floor_at_rest", "pelvic_floor_lifted")
    ]
    assert at[0] > at[1] + 0.2


def test_bones_and_patch_are_brighter_than_the_shorts() -> None:
    for ink in (BONE, BRIGHT):
        assert sum(int(ink[place : place + 2], 16) for place in (1, 3, 5)) > 500


def test_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="felt"):
        drawing({"felt": "tingling"})
