"""What is more often a slip than true is planned as it stands, and asked about first of all."""

import pytest

from plans import plan


def asked(text: str) -> list[str]:
    """What a plan asks to check."""
    return [notice.removeprefix("Please check: ") for notice in plan(text).notices if notice.startswith("Please check: ")]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("runner: {ref: R-1, age: 3}", ["age 3 years. From 6 to 90 is usual."]),
        ("runner: {ref: R-1, age: 6}", []),
        ("runner: {ref: R-1, age: 20}\ntraining: {running_years: 60}", ["age 20, and 60 years of running."]),
        ("runner: {ref: R-1, age: 20}\ntraining: {running_years: 15}", []),
        (
            "training: {weekly_distance_km: [5, 5, 5, 300]}",
            [
                "300 km in the latest week, at most 5 km in those before.",
                "weekly distance 300 km. From 0 to 200 is usual.",
            ],
        ),
        ("training: {weekly_distance_km: [30, 110]}", ["110 km in the latest week, at most 30 km in those before."]),
        ("training: {weekly_distance_km: [0, 0, 40]}", []),
        ("training: {weekly_distance_km: [60, 110]}", []),
        ("runner: {ref: R-1, sex: male}\nsafety: {pregnancy: {weeks: 20}}", ["sex male, and pregnancy."]),
        ("runner: {ref: R-1, sex: female}\nsafety: {pregnancy: {weeks: 20}}", []),
    ],
)
def test_a_slip_is_asked_about(written: str, told: list[str]) -> None:
    """The plan is made all the same."""
    head = "" if "runner" in written else "runner: {ref: R-1, age: 34}\n"
    assert asked(f"schema: 1\n{head}{written}\nfindings: []\n") == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("no morning stiffness, {symptom: morning_stiffness}", ["no morning stiffness, and symptom: morning stiffness"]),
        (
            "no pain achilles, {pain: achilles, side: right, intensity: 6}",
            ["no pain: Achilles tendon, and pain: Achilles tendon"],
        ),
        ("no pain achilles left, {pain: achilles, side: right, intensity: 6}", []),
        ("no pain achilles, {pain: calf, side: right, intensity: 6}", []),
        ("no pain achilles, {pain: achilles, side: right, intensity: 0}", []),
        ("{no_pain: achilles, during: walk}, {pain: achilles, side: right, during: run, intensity: 6}", []),
        ("no fever, {red_flag: fever}", ["no fever, and red flag: fever"]),
        ("no fever, {symptom: morning_stiffness}", []),
    ],
)
def test_what_is_recorded_as_absent_and_as_present_is_asked_about(written: str, told: list[str]) -> None:
    found = asked(f"schema: 1\nrunner: {{ref: R-1, age: 34}}\nsymptoms: [{written}]\n")
    assert [one.startswith(said) for one, said in zip(found, told, strict=True)] == [True] * len(told)
    assert all(one.endswith("The plan holds to the second.") for one in found)
