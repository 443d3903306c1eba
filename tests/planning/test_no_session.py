"""A runner without time for strength gets no days and no frequencies, and is told why."""

import pytest

from plans import ASKED, HEAD, SCREEN, plan

KIT = "constraints: {{equipment: [dumbbell], minutes_per_session: 30, sessions_per_week: {}}}"


@pytest.mark.parametrize("sessions", [0, 1, 2])
def test_no_session_a_week_has_no_frequency(sessions: int) -> None:
    """Three times a week beside an empty week would be a plan of two minds."""
    text = ASKED.replace("constraints: {equipment: [dumbbell]}", KIT.format(sessions))
    made = plan(f"{text}findings: [weak glutes]\n")
    strength = [one for one in made.prescriptions if one.block in ("strength", "accessory")]
    assert strength
    assert any("No strength session fits" in notice for notice in made.notices) == (sessions == 0)
    assert all((one.dosage.sessions_per_week is None) == (sessions == 0) for one in strength)
    assert all(day.totals is None or (day.totals.strength_sessions == 0) == (sessions == 0) for day in made.schedule)


def test_rehabilitation_without_a_session_is_on_no_day_either() -> None:
    text = ASKED.replace("constraints: {equipment: [dumbbell]}", KIT.format(0))
    made = plan(f"{text}diagnosis: [{{condition: achilles_tendinopathy, side: left}}]\n")
    assert any(one.heals for one in made.prescriptions)
    assert all(not one.dosage.sessions_per_week for one in made.prescriptions if one.heals)
    assert all(day.totals is None or day.totals.strength_sessions == 0 for day in made.schedule)


def test_on_the_eve_of_a_race_no_frequency_is_told_and_no_length_of_a_session() -> None:
    """The rules leave no session: what the runner does stays in the plan, for afterwards."""
    race = "race: {distance: marathon, date: 2026-11-22}"
    made = plan(f"{HEAD}{SCREEN}\n{race}\ntraining: {{current_exercises: [single_leg_calf_raise]}}")
    assert made.prescriptions
    assert {one.dosage.sessions_per_week for one in made.prescriptions if one.block != "warm_up"} == {None}
    assert any("No strength session is left before the race" in one for one in made.notices)
    assert not any("minutes" in one for one in made.notices)


def test_nothing_is_told_to_be_done_more_often_than_there_are_sessions() -> None:
    """Two to three times a week beside one session a week would be a plan of two minds too; rehabilitation says what it needs."""
    made = plan(f"{ASKED.replace('constraints: {equipment: [dumbbell]}', KIT.format(1))}findings: [weak glutes]\n")
    assert {one.dosage.sessions_per_week for one in made.prescriptions if one.block == "strength" and not one.heals} == {1}
