"""A sentence about one side is told of both by grammar, not by joining two labels."""

import pytest

from plans import HEAD, SCREEN, plan
from stridewise.recommendation.both_sides import told_of_both, told_without_a_side


@pytest.mark.parametrize(
    ("one", "both"),
    [
        ("Weak on the {side} ({grade}).", "Weak on both sides ({grade})."),
        ("Tendon ({side}): load it.", "Tendon (both sides): load it."),
        ("Recorded: {symptom}, {side}.", "Recorded: {symptom}, both sides."),
        ("Pain at the {side} {pain} grows.", "Pain at the {pain} on both sides grows."),
        ("Hopping on your {side} leg hurts.", "Hopping on either leg hurts."),
        ("It hurts on your {side}.", "It hurts on both sides."),
        ("Your {side} shin has been examined.", "Your shin has been examined (both sides)."),
        ("Possible {side} Achilles rupture: go now.", "Possible Achilles rupture (both sides): go now."),
        ("Your {side} hip hurts, and your {side} leg too.", "Your hip hurts (both sides), and your leg too (both sides)."),
    ],
)
def test_one_side_reads_as_both(one: str, both: str) -> None:
    assert told_of_both(one, "side") == both


def test_another_placeholder_is_left_alone() -> None:
    assert told_of_both("The {other} {pain} and the {side}", "side") == "The {other} {pain} and both sides"


@pytest.mark.parametrize(
    ("one", "none"),
    [
        ("Pain at the {side} {pain} grows.", "Pain at the {pain} grows."),
        ("Pain at the {pain} ({side}): ask.", "Pain at the {pain}: ask."),
        ("Recorded: {sign}, {side}.", "Recorded: {sign}."),
        ("Bone signs on the {side} at a site.", "Bone signs at a site."),
        ("The sore spot on your {side} may be bone.", "The sore spot may be bone."),
    ],
)
def test_what_has_no_side_is_told_without_one(one: str, none: str) -> None:
    assert told_without_a_side(one, "side") == none


def test_the_low_back_has_no_side() -> None:
    made = plan(f"{HEAD}{SCREEN}\nsymptoms: [{{pain: low_back, intensity: 4, rising: true}}]\n")
    said = [one.text for one in made.warnings] + [one.text for item in made.warnings for one in item.because]
    assert any("low back" in text for text in said)
    assert not any("side" in text for text in said)
