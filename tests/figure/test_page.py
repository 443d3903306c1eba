"""The page about drawing names every word that can be written."""

import re
from dataclasses import fields
from typing import get_args

import pytest

from plans import ROOT
from stridewise.language.drawing import BODY, SIDED, Drawing, DrawnPose, Equipment, Foot, Grip, Thing, View, Where

PAGE = (ROOT / "docs" / "drawing-an-exercise.md").read_text(encoding="utf-8")
KEYS = {field.name for shape in (Drawing, DrawnPose, Thing) for field in fields(shape)}


@pytest.mark.parametrize(
    "word", sorted({*BODY, *SIDED, *KEYS, *(word for names in (View, Foot, Grip, Equipment, Where) for word in get_args(names))})
)
def test_a_word_is_explained(word: str) -> None:
    assert re.search(rf"\b{word}\b", PAGE)
