"""A dose in whole sentences."""

from decimal import Decimal

import pytest

from stridewise.documents.shape import Range
from stridewise.language.dosage import Dosage, Effort, Load, Stage
from stridewise.render.runner_words import dose_sentences

EIGHT_TO_TWELVE = Range(Decimal(8), Decimal(12))
DOSES = [
    (Dosage(sets=Decimal(2), reps=EIGHT_TO_TWELVE, per_side=True), ["2 sets of 8 to 12 on each side."]),
    (Dosage(reps=Decimal(5), load=(Load(kind="dumbbell", how="light"),)), ["5, with a light dumbbell."]),
    (Dosage(sets=Decimal(1), reps=Decimal(5), load=(Load(kind="unknown", note="on both legs"),)), ["1 set of 5, on both legs."]),
    (Dosage(sets=Decimal(3), hold_s=Decimal(30)), ["3 sets of 30 seconds."]),
    (
        Dosage(hold_s=Decimal(45), effort=Effort(left_s=Decimal(10))),
        ["Hold for 45 seconds.", "Stop when you could still hold for about 10 seconds."],
    ),
    (Dosage(sets=Decimal(2), distance_m=Decimal(20)), ["2 sets of 20 metres."]),
    (
        Dosage(sets=Decimal(2), reps=Decimal(6), effort=Effort(left=Range(Decimal(3), Decimal(4)))),
        ["2 sets of 6.", "Stop when you could still do 3 or 4 more."],
    ),
    (
        Dosage(sets=Decimal(2), reps=Decimal(6), tempo="3-1-2", rest_s=Decimal(120)),
        ["2 sets of 6.", "Count 3 to go, 1 to pause, 2 to come back.", "Rest 2 minutes between sets."],
    ),
    (
        Dosage(sets=Decimal(2), reps=Decimal(6), tempo="slow steps", rest_s=Decimal(45)),
        ["2 sets of 6.", "Speed: slow steps.", "Rest 45 seconds between sets."],
    ),
    (
        Dosage(sets=Decimal(3), reps=Decimal(6), stages=(Stage(from_week=3, sets=Decimal(4)),)),
        ["3 sets of 6.", "From week 3: 4 × 6."],
    ),
]


@pytest.mark.parametrize(("dosage", "said"), DOSES)
def test_a_dose_is_said_in_sentences(dosage: Dosage, said: list[str]) -> None:
    assert dose_sentences(dosage) == said
