"""The picture: arrows computed from the poses, sides mirrored, readable in grey."""

import re
from dataclasses import replace

import pytest

from figures import drawing, frames
from plans import built_in
from stridewise.figure import draw, draw_of
from stridewise.figure.arrows import INK as ARROW
from stridewise.figure.arrows import mover, way_of
from stridewise.figure.camera import VIEWS, camera
from stridewise.figure.drawing import DIGITS, draw_poses
from stridewise.figure.held import HELD
from stridewise.figure.layout import laid_out
from stridewise.figure.mannequin import INK, LINE
from stridewise.figure.standing import STANDING
from stridewise.language.drawing import LANDMARKS, Equipment

STANDING_POSE: dict[str, object] = {}
KICK = {"right": {"hip": 60, "knee": 10, "foot": "free"}}


def arrows(svg: str) -> int:
    """Heads in the colour of arrows, without their white edges."""
    return len(re.findall(rf'<polygon points="[^"]+" fill="{ARROW}"/>', svg))


def test_the_arrow_follows_the_part_that_goes_furthest() -> None:
    (_, one), (_, other) = frames("leg_swing")
    assert mover(one, other) == ["right_ankle"]
    assert arrows(draw_poses(drawing(STANDING_POSE, KICK), "Kick")) == 1


def test_the_arrow_starts_and_ends_where_the_part_does() -> None:
    (_, one), (_, other) = frames("leg_raise")
    seen = camera("side")
    way = way_of("right_ankle", (one, one, other), seen)
    assert way[0] == pytest.approx(seen(one["right_ankle"])[:2])
    assert way[-1] == pytest.approx(seen(other["right_ankle"])[:2])


def test_a_position_that_is_held_has_no_arrow_and_a_circle_where_it_is_asked_for() -> None:
    assert arrows(draw_poses(drawing(KICK), "Hold")) == 0
    assert arrows(draw_poses(drawing(KICK, KICK), "Hold")) == 0
    assert arrows(draw_poses(drawing(KICK, arrows=["round_right_ankle"]), "Round")) == 1
    assert arrows(draw_poses(drawing(STANDING_POSE, KICK, arrows=[]), "None")) == 0


def test_left_is_the_mirror_image_of_right() -> None:
    right, left = camera("side"), camera("side", "left")
    point = (0.3, 0.2, 1.0)
    assert left(point) == (-right(point)[0], *right(point)[1:])
    (_, before), (_, after) = frames("split_squat")
    one, other = (way_of("pelvis", (before, before, after), seen) for seen in (right, left))
    assert [(round(-x, 6), round(y, 6)) for x, y in other] == [(round(x, 6), round(y, 6)) for x, y in one]
    one, other = draw_of(built_in(), "leg_swing"), draw_of(built_in(), "leg_swing", "left")
    assert one != other
    assert re.findall(r'viewBox="0 0 [^"]+"', one) == re.findall(r'viewBox="0 0 [^"]+"', other)
    assert one.count(f'd="{DIGITS[0]}"') == other.count(f'd="{DIGITS[0]}"') == 1


@pytest.mark.parametrize("name", ["goblet_squat", "dead_bug"])
def test_what_both_sides_do_is_never_mirrored(name: str) -> None:
    assert draw_of(built_in(), name, "left") == draw_of(built_in(), name, "right")


def luminance(colour: str) -> float:
    """Of #rrggbb, 0 black to 1 white, as WCAG says."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_nothing_is_told_by_colour_alone() -> None:
    """Clothes, skin, far limbs and arrows are told apart where only brightness is left."""
    near = [INK[name][0] for name in ("skin", "shirt", "shorts")]
    assert all(contrast(one, other) > 1.5 for place, one in enumerate(near) for other in near[:place])
    assert all(contrast(*INK[name]) > 1.25 for name in ("skin", "shirt", "shorts", "shoe"))
    assert all(contrast(ARROW, colour) > 4.5 for colour in ("#ffffff", INK["floor"][0]))
    assert all(contrast(LINE, colour) > 3 for pair in ("skin", "shirt", "shoe") for colour in INK[pair])
    assert 'stroke="#fff"' in draw_poses(drawing(STANDING_POSE, KICK), "Kick")


def test_a_title_escapes_what_a_pack_writes() -> None:
    svg = draw_poses(drawing({"caption": "<b>stand</b> & wait"}), "A <script>")
    assert "<title>A &lt;script&gt;: &lt;b&gt;stand&lt;/b&gt; &amp; wait</title>" in svg


def test_an_exercise_without_a_drawing_leaves_the_space_out() -> None:
    plank = built_in().exercises["plank"]
    assert draw(replace(plank, drawing="")) == ""
    assert draw_of(built_in(), "no_such_exercise") == ""
    assert draw(plank).startswith("<svg")


@pytest.mark.parametrize("kind", Equipment.__args__)
def test_every_piece_of_equipment_can_be_drawn(kind: str) -> None:
    bare = draw_poses(drawing(STANDING_POSE), "Bare")
    svg = draw_poses(drawing(STANDING_POSE, equipment=[{"kind": kind, "height": 40}]), "With")
    assert (kind in HELD) != (kind in STANDING)
    assert svg.count("<path") > bare.count("<path")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_the_whole_body(view: str) -> None:
    """No coordinate of an outline lies outside the picture."""
    svg = draw_poses(drawing({"lean": 30, "shoulder": 170}, view=view), "All")
    wide, high = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    across, down = map(float, re.findall(r"translate\(([\d.]+) ([\d.]+)\)", svg)[0])
    body = svg.partition("translate")[2]
    for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", body):
        assert -0.002 <= float(x) + across <= wide + 0.002
        assert -0.002 <= float(y) + down <= high + 0.002


def test_poses_stand_as_they_are_seen_largest() -> None:
    tall, long = (0.0, 0.0, 0.6, 1.8), (0.0, 0.0, 1.8, 0.5)
    assert laid_out([tall, tall]).places[1][0] > 0.6
    assert laid_out([long, long]).places[1][1] > 0.5


def test_every_landmark_that_an_arrow_may_follow_exists() -> None:
    _, points = frames("plank")[0]
    assert set(LANDMARKS) <= set(points)
