"""Why an entry of a plan came, went or changed is said in one sentence, and the sentence is true."""

from dataclasses import replace
from typing import Any

import pytest

from stridewise.explain.fates import explained
from stridewise.language.dosage import Dosage
from stridewise.plan.model import (
    Because,
    ClinicalWarning,
    Conclusion,
    LoadAdjustment,
    Plan,
    Prescription,
    Receipt,
    Referral,
    SetAside,
    SwapMade,
)

EMPTY = Plan(
    runner="R-1", as_of="2026-11-21", status="ready", notices=(), receipt=Receipt(engine="", packs=(), profile_sha256="")
)
A, B = Because("toy/a", "A."), Because("toy/b", "B.")


def warning(*because: Because) -> ClinicalWarning:
    return ClinicalWarning(id="toy/a", level="info", text="Look out.", because=because)


def exercise(name: str, *because: Because) -> Prescription:
    return Prescription(
        exercise=name,
        name=name.capitalize(),
        block="strength",
        targets=(),
        side="both",
        dosage=Dosage(),
        pain_limit="",
        stop_if="",
        progression="",
        regression="",
        assumes=(),
        because=because,
    )


def load(to: int) -> LoadAdjustment:
    return LoadAdjustment(id="toy/a", metric="m", from_=None, to=to, change="", unit="", text="Less.", because=(A,))  # type: ignore[arg-type]


HOP = {"prescriptions": (exercise("hop", A),)}
CONCLUDED = {"conclusions": (Conclusion(fact={"phase": "taper"}, because=(A,)),)}
STOPS = Referral(id="toy/b", to="physician", urgency="urgent", stops="all_exercise", text="See one.", because=(B,))
SWAPPED = SwapMade(avoid="hop", instead=None, level="contraindication", keeps="", loses="", because=(B,))
TOLD = [
    ({}, HOP, "hop", "A."),
    ({"warnings": (warning(A),)}, {"warnings": (warning(A, B),)}, "toy/a", "New reason: B."),
    ({"warnings": (warning(A, B),)}, {"warnings": (warning(B),)}, "toy/a", "No longer holds: A."),
    (
        {"warnings": (warning(A, B),)},
        {"warnings": (warning(B),), **CONCLUDED},
        "toy/a",
        "Something else is in the plan for this now: A.",
    ),
    ({"load_adjustments": (load(10),)}, {"load_adjustments": (load(8),)}, "m", "The same reasons, other figures."),
    (HOP, {"set_aside": (SetAside(exercise="hop", reason="No room."),)}, "hop", "Set aside: No room."),
    (HOP, {"swaps": (SWAPPED,)}, "hop", "Kept out: B."),
    (HOP, {"referrals": (STOPS,)}, "hop", "A referral stops all exercise."),
    ({"set_aside": (SetAside(exercise="hop", reason="No room."),)}, HOP, "hop", "It is in the plan now."),
    (HOP, {}, "hop", "No longer holds: A."),
    (HOP, CONCLUDED, "hop", "Its reasons still hold."),
    (HOP, {"prescriptions": (exercise("plank", A),)}, "hop", "Its reasons still hold; in the plan for them now: Plank."),
]


@pytest.mark.parametrize(("before", "after", "name", "said"), TOLD, ids=[one[3] for one in TOLD])
def test_each_change_has_its_reason(before: dict[str, Any], after: dict[str, Any], name: str, said: str) -> None:
    """Of an exercise that is swapped or set aside the change told is that of the plan."""
    differs = explained(replace(EMPTY, **before), replace(EMPTY, **after))
    told = [one.reason for one in differs.all if one.name == name and one.section == next(iter(before or after))]
    assert told == [said]
