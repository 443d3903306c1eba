"""A dose is data: what is written becomes loads, efforts and stages. Nothing is guessed from words; the words come from it."""

from decimal import Decimal
from typing import Any

import pytest

from kit import document
from stridewise.documents.shape import Range, validate
from stridewise.errors import PackError, Problems
from stridewise.language.dosage import Dosage, Effort, FromTest, Load
from stridewise.language.dosage_words import spoken_effort, spoken_load, spoken_stages

FOUR = Range(Decimal(3), Decimal(4))


def read(written: Any, shape: Any = Dosage) -> Any:
    """A shape as a file gives it."""
    problems = Problems("toy.yaml", PackError)
    made = validate(shape, document(written).root, problems)
    problems.raise_if_any()
    return made


@pytest.mark.parametrize("words", ["one spring", "Körpergewicht", "body weight", "heavy barbell", "light"])
def test_a_load_in_words_is_kept_as_a_note_and_read_as_nothing_else(words: str) -> None:
    dosage = read({"load": words})
    assert dosage.load == (Load(kind="unknown", note=words),)
    assert spoken_load(dosage) == words


def test_a_load_may_be_a_kind_a_mapping_or_choices_in_order() -> None:
    assert read({"load": "body_weight"}).load == (Load(kind="body_weight"),)
    assert read({"load": {"kind": "band", "how": "light"}}).load == (Load(kind="band", how="light"),)
    both = read({"load": [{"kind": "barbell", "how": "heavy"}, "body_weight"]}).load
    assert [one.kind for one in both] == ["barbell", "body_weight"]
    assert read({"load": ""}).load == ()


def test_an_effort_in_words_is_kept_as_a_note() -> None:
    assert read({"effort": "leave some"}).effort == Effort(note="leave some")
    assert read({"effort": "easy"}).effort == Effort(how="easy")
    assert read({"effort": {"left": {"min": 3, "max": 4}}}).effort == Effort(left=FOUR)
    assert read({}).effort is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"load": {"kind": "rock"}}, "kind"),
        ({"load": {"kind": "band", "how": "crushing"}}, "how"),
        ({"load": [{"kind": "band", "colour": "red"}]}, 'unknown key "colour"'),
        ({"stages": [{"from_week": 0, "sets": 3}]}, "expected 1 or later"),
        ({"stages": [{"from_week": 3, "sets": 3}, {"from_week": 3, "sets": 4}]}, "has to rise"),
        ({"stages": [{"from_week": 1, "reps": 3, "hold_s": 4}]}, "give one of reps, hold_s"),
    ],
)
def test_what_is_no_dose_is_refused(written: Any, found: str) -> None:
    with pytest.raises(PackError) as raised:
        read(written)
    assert found in str(raised.value)


@pytest.mark.parametrize("share", ["0%", "201%", "60", 60, "sixty%", "-5%"])
def test_a_share_is_a_percentage(share: Any) -> None:
    assert read({"test": "balance_s", "share": "60%"}, FromTest).share.share == Decimal("0.6")
    with pytest.raises(PackError, match="expected a percentage"):
        read({"test": "balance_s", "share": share}, FromTest)


@pytest.mark.parametrize(
    ("load", "words"),
    [
        ({"kind": "dumbbell", "how": "heavy", "pieces": 2}, "two heavy dumbbells"),
        ({"kind": "dumbbell", "how": "light", "kg": 12}, "a light dumbbell, about 12 kg"),
        ({"kind": "band", "how": "moderate", "note": "above the knees"}, "a firm band, above the knees"),
        ({"kind": "machine", "how": "heavy"}, "machine at a heavy weight"),
        ({"kind": "backpack", "how": "light"}, "a lightly loaded backpack"),
        ({"kind": "body_weight", "note": "hands on the wall"}, "body weight, hands on the wall"),
        ("none", ""),
        (["body_weight", {"kind": "barbell"}], "body weight, or a barbell"),
    ],
)
def test_the_words_of_a_load(load: Any, words: str) -> None:
    assert spoken_load(read({"load": load})) == words


def test_the_words_of_an_effort() -> None:
    assert spoken_effort(Effort(left=FOUR)) == "3–4 reps left"
    assert spoken_effort(Effort(left_s=Decimal(10))) == "stop with about 10 s left"
    assert spoken_effort(Effort(how="easy")) == "easy"
    assert spoken_effort(None) == ""


def test_the_words_of_the_stages_carry_on_what_stays() -> None:
    stages = [{"from_week": 1, "sets": 3, "reps": 12}, {"from_week": 3, "sets": 4}, {"from_week": 5, "reps": 8, "how": "heavy"}]
    assert spoken_stages(read({"sets": 3, "reps": 12, "stages": stages})) == (
        "from week 3: 4 × 12; from week 5: 4 × 8, each step heavier"
    )
