"""A sentence about one side is told of both by grammar, not by joining two labels."""

import pytest

from stridewise.recommendation.both_sides import told_of_both


@pytest.mark.parametrize(("one", "both"), [
    ("Weak on the {side} ({grade}).", "Weak on both sides ({grade})."),
    ("Tendon ({side}): load it.", "Tendon (both sides): load it."),
    ("Recorded: {symptom}, {side}.", "Recorded: {symptom}, both sides."),
    ("Pain at the {side} {pain} grows.", "Pain at the {pain} on both sides grows."),
    ("Hopping on your {side} leg hurts.", "Hopping on either leg hurts."),
    ("It hurts on your {side}.", "It hurts on both sides."),
    ("Your {side} shin has been examined.", "Your shin has been examined (both sides)."),
    ("Possible {side} Achilles rupture: go now.", "Possible Achilles rupture (both sides): go now."),
    ("Your {side} hip hurts, and your {side} leg too.", "Your hip hurts (both sides), and your leg too (both sides)."),
])  # fmt: skip
def test_one_side_reads_as_both(one: str, both: str) -> None:
    assert told_of_both(one, "side") == both


def test_another_placeholder_is_left_alone() -> None:
    assert told_of_both("The {other} {pain} and the {side}", "side") == "The {other} {pain} and both sides"
