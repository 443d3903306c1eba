"""Angles mean what physiotherapists mean by them, and the body settles on what bears it."""

import pytest

from figures import drawing, stood
from stridewise.figure.body import HEIGHT, RADII
from stridewise.figure.contacts import misses, settled
from stridewise.figure.pose import between, poses_of


def test_standing_is_all_zero_and_as_tall_as_the_person() -> None:
    _, points = stood()
    assert points["head"][2] + RADII["head"] == pytest.approx(HEIGHT, abs=0.03)
    assert points["left_heel"][2] - RADII["heel"] == pytest.approx(0, abs=0.002)
    assert points["left_hip"][1] == -points["right_hip"][1] > 0


@pytest.mark.parametrize(
    ("angles", "mark", "axis", "sign"),
    [
        ({"right": {"hip": 60, "foot": "free"}}, "right_knee", 0, 1),
        ({"right": {"knee": 60, "foot": "free"}}, "right_ankle", 0, -1),
        ({"right": {"spread": 30, "foot": "free"}}, "right_ankle", 1, -1),
        ({"left": {"spread": 30, "foot": "free"}}, "left_ankle", 1, 1),
        ({"shoulder": 60}, "right_hand", 0, 1),
        ({"elbow": 60}, "left_hand", 0, 1),
        ({"out": 60}, "left_hand", 1, 1),
        ({"out": 60}, "right_hand", 1, -1),
        ({"neck": 40}, "head", 0, 1),
        ({"spine": 40}, "neck", 0, 1),
        ({"lean": 40}, "head", 0, 1),
        ({"roll": 40}, "head", 1, -1),
        ({"turn": 40}, "left_shoulder", 0, -1),
        ({"turn": 40}, "right_shoulder", 0, 1),
        ({"blades": 6}, "right_shoulder", 0, 1),
    ],
)
def test_an_angle_moves_its_part_the_way_it_says(angles: dict[str, object], mark: str, axis: int, sign: int) -> None:
    before, after = stood()[1], stood(**angles)[1]
    base = "left_hip" if "right" in mark else "right_hip"
    moved = (after[mark][axis] - after[base][axis]) - (before[mark][axis] - before[base][axis])
    assert moved * sign > 0.03


def test_the_ankle_lifts_the_toes() -> None:
    _, points = stood(right={"ankle": 20})
    assert points["right_toe"][2] > points["right_heel"][2] + 0.03


def test_what_is_said_of_one_side_comes_before_both_and_a_pose_before_all_poses() -> None:
    written = drawing({"knee": 20, "left": {"knee": 30}}, both={"knee": 10, "hip": 5, "right": {"knee": 40}})
    angles = poses_of(written)[0].angles
    assert (angles["left_knee"], angles["right_knee"], angles["right_hip"]) == (30, 20, 5)


def test_level_tips_the_body_until_both_parts_lie_down() -> None:
    pose, points = stood(lean=75, shoulder=75, foot="toes", level=["right_hand", "right_toes"])
    assert pose.angles["lean"] != 75
    assert max(misses(pose, points).values()) < 0.002


def test_touch_bends_one_angle_until_the_part_is_down() -> None:
    pose, points = stood(right={"hip": 85, "knee": 85}, left={"knee": 90, "foot": "toes"}, touch={"left_toes": "hip"})
    assert max(misses(pose, points).values()) < 0.002
    assert pose.angles["left_knee"] == 90


def test_a_contact_that_no_angle_reaches_is_missed_and_not_hidden() -> None:
    pose, points = stood(touch={"left_hand": "elbow"})
    assert misses(pose, points)["left_hand"] > 0.3


def test_a_thing_bears_the_part_it_is_under_at_its_height() -> None:
    written = drawing({"hip": 90, "knee": 90}, equipment=[{"kind": "chair", "under": "seat", "height": 60}])
    pose, points = settled(poses_of(written)[0])
    assert points["pelvis"][2] - RADII["pelvis"] == pytest.approx(0.6, abs=0.01)
    assert misses(pose, points) == {"seat": pytest.approx(0, abs=0.001)}


def test_hands_hold_on_where_they_are_told_or_reach_as_far_as_they_can() -> None:
    _, near = stood(hold=[20, 5, -10])
    assert near["left_hand"] == pytest.approx((near["neck"][0] + 0.2, 0.05, near["neck"][2] - 0.1), abs=0.002)
    _, far = stood(hold=[200, 0, 0])
    assert 0.5 < far["left_hand"][0] - far["left_shoulder"][0] < 0.62


def test_hands_go_to_the_floor_below_the_shoulders() -> None:
    pose, points = stood(lean=82, hip=82, knee=90, ankle=-50, hold="floor")
    assert misses(pose, points) == {"left_hand": pytest.approx(0, abs=0.01), "right_hand": pytest.approx(0, abs=0.01)}


def test_half_way_is_between_all_angles() -> None:
    one, other = poses_of(drawing({"knee": 0, "lift": 0}, {"knee": 80, "lift": 20}))
    half = between(one, other, 0.5)
    assert (half.angles["left_knee"], half.lift) == (40, pytest.approx(0.1))
