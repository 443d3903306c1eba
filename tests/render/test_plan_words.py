"""Every value that a plan may hold has its words: a new one cannot be shown by its bare name, or stop a rendering."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from stridewise.language.exercise import Block
from stridewise.language.pathway import RunningMode
from stridewise.language.rule import Stops, Strength, Urgency, WarningLevel
from stridewise.plan.model import KeptOutLevel
from stridewise.render import letter, pathways, plan_words


def values(kind: Any) -> set[str]:
    """The values of a Literal, or of several joined."""
    return {inner for part in get_args(kind) for inner in (get_args(part) or (part,))}


@pytest.mark.parametrize(
    ("kind", "spoken"),
    [
        (Urgency, plan_words.URGENCY_WORDS),
        (Urgency, letter.SOON),
        (Stops, plan_words.STOPS_WORDS),
        (Stops, letter.STOPPED),
        (WarningLevel, plan_words.WARNING_WORDS),
        (KeptOutLevel, plan_words.LEVEL_WORDS),
        (Strength, plan_words.STRENGTH_WORDS),
        (Block, plan_words.BLOCK_TITLES),
        (RunningMode, pathways.RUNNING_WORDS),
    ],
)
def test_every_value_has_its_words_and_no_other_has(kind: Any, spoken: Mapping[str, str]) -> None:
    assert set(spoken) == values(kind)
    assert all(spoken.values())
