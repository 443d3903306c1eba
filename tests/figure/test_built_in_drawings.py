"""Every built-in exercise is drawn, by a body that stands on the floor and bends where joints bend."""

import re

import pytest

from figures import DRAWN, frames
from plans import ROOT, built_in
from stridewise.authoring.generated import stale_files
from stridewise.figure import draw_of
from stridewise.figure.body import BEARING_NOTHING, LENGTHS, SIDES, radius
from stridewise.figure.contacts import KEPT, misses
from stridewise.figure.drawing import DIGITS
from stridewise.figure.gallery import ANGLES, gallery
from stridewise.figure.report import unkept
from stridewise.figure.vectors import length, minus
from stridewise.language.drawing import BODY, SIDED

FOLDER = ROOT / "docs" / "drawings"
BONES = {
    ("{}_hip", "{}_knee"): LENGTHS["thigh"],
    ("{}_knee", "{}_ankle"): LENGTHS["shin"],
    ("{}_shoulder", "{}_elbow"): LENGTHS["upper_arm"],
    ("{}_elbow", "{}_wrist"): LENGTHS["forearm"],
    ("{}_wrist", "{}_hand"): LENGTHS["hand"],
    ("pelvis", "waist"): LENGTHS["low_back"],
    ("waist", "ribs"): LENGTHS["upper_back"] / 2,
    ("ribs", "neck"): LENGTHS["upper_back"] / 2,
}


def test_every_exercise_has_a_drawing() -> None:
    assert sorted(built_in().exercises) == DRAWN


@pytest.mark.parametrize("name", DRAWN)
def test_contacts_are_kept_and_angles_stay_in_their_ranges(name: str) -> None:
    assert list(unkept(built_in().exercises[name])) == []


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_sinks_into_the_floor(name: str) -> None:
    for pose, points in frames(name):
        low = min(point[2] - radius(mark) for mark, point in points.items() if mark not in BEARING_NOTHING)
        assert low > -KEPT, pose.caption


@pytest.mark.parametrize("name", DRAWN)
def test_bones_keep_their_length(name: str) -> None:
    for _, points in frames(name):
        for (one, other), long in BONES.items():
            for side in SIDES:
                found = length(minus(points[one.format(side)], points[other.format(side)]))
                assert found == pytest.approx(long, abs=0.001), (one, side)


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_has_a_title_and_is_one_picture_that_fetches_nothing(name: str) -> None:
    svg = draw_of(built_in(), name)
    exercise = built_in().exercises[name]
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ')
    assert f'role="img"><title>{exercise.name}: ' in svg
    numbers = [svg.count(f' d="{digit}"') for digit in DIGITS]
    assert sum(numbers) == len(frames(name)) or len(frames(name)) == 1
    assert not re.search(r"<script|<text|<svg.*<svg|href|url\(|style| id=", svg)
    assert len(svg) < 20_000


@pytest.mark.parametrize("name", DRAWN)
def test_every_pose_is_told_in_words(name: str) -> None:
    assert all(pose.caption for pose, _ in frames(name))


def test_the_committed_drawings_are_current() -> None:
    """The same angles give the same bytes. `python -m stridewise.figure.gallery docs/drawings` mends it."""
    assert stale_files(gallery(built_in()), FOLDER) == []


def test_every_angle_is_shown() -> None:
    assert set(ANGLES) == {*BODY, *SIDED}


def test_a_contact_that_is_missed_is_noticed() -> None:
    """A foot that stands on a step and is lifted off it."""
    pose, points = frames("step_up")[0]
    lifted = points | {mark: (x, y, z + 0.03) for mark, (x, y, z) in points.items() if mark.startswith("right_")}
    assert misses(pose, points)["right_foot"] < KEPT < misses(pose, lifted)["right_foot"]
