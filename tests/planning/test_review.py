"""The day to look again is never today and not between today and a race that is near; what time alone moves is no test."""

from datetime import date, timedelta

import pytest

from plans import DAY, HEAD, SCREEN, minimal, plan


def days_until_review(race_in_days: int, sore: str = "") -> int:
    race = DAY + timedelta(race_in_days)
    made = plan(minimal(f"{SCREEN}\nrace: {{distance: 10k, date: {race}}}\n{sore}"))
    assert made.review.date is not None
    return (date.fromisoformat(made.review.date) - DAY).days


@pytest.mark.parametrize(("race", "review"), [(0, 7), (1, 8), (3, 10), (4, 3), (10, 9), (60, 28)])
def test_a_review_is_before_the_race_or_a_week_after_one_that_is_near(race: int, review: int) -> None:
    assert days_until_review(race) == review


def test_pain_brings_the_review_forward() -> None:
    assert days_until_review(60, "symptoms: [{pain: lateral_knee, side: left, intensity: 2, during: run}]") == 14


def test_the_time_since_a_race_is_no_test() -> None:
    made = plan(f"{HEAD}{SCREEN}\nfindings: [{{weeks_since_race: 1}}, {{heel_raise_reps: 20}}]")
    assert "single-leg heel raises" in made.review.retest
    assert not [one for one in made.review.retest if "race" in one]


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_tested_again_is_told_without_a_full_stop_and_in_the_plan_s_language(language: str) -> None:
    """ "Show ten clean standing hip hinges with a long back.." stood at the end of the review, in German too."""
    strain = "diagnosis: [{condition: hamstring_strain, side: left, irritability: low, weeks: 4}]"
    sore = "symptoms: [{pain: hamstring, side: left, intensity: 1, during: sprint, next_morning: 0, weeks: 4}]"
    tests = "findings: [{single_leg_bridge_reps: {left: 14, right: 22}}, {strength_mrc: 4, muscle: hamstrings, side: left}]"
    lifts = "training: {strength: {sessions_per_week: 2, experience_months: 30}, current_exercises: [romanian_deadlift]}"
    kit = "constraints: {equipment: [dumbbell, barbell, machine]}"
    told = plan(f"language: {language}\n{HEAD}{SCREEN}\n{strain}\n{sore}\n{tests}\n{lifts}\n{kit}\n").review.retest
    assert any("hip hinges" in one.lower() for one in told)
    assert not [one for one in told if one.endswith(".")]
    assert any("show ten clean" in one.lower() for one in told) is (language == "en")
