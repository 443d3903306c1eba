"""Referrals stand before everything and stop what they say; a screen that nobody held is asked for."""

from pathlib import Path

import pytest

from plans import ASKED, HEAD, SCREEN, WEAK, aside, clinic, exercise, minimal, plan, prescribed, refer, swaps, when_weak
from session_rules import PLANNED
from stridewise.planning.referrals import URGENCIES
from stridewise.planning.stops import STOPS
from stridewise.render.formats import render_plans

# --- referrals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stops", STOPS)
@pytest.mark.parametrize("urgency", URGENCIES)
def test_refer_first_is_exactly_what_the_contract_says(tmp_path: Path, urgency: str, stops: str) -> None:
    """Stops all exercise, or emergency or same-day, or urgent and stops anything: else the plan is ready."""
    made = plan(ASKED + WEAK, clinic(tmp_path, when_weak("sends", refer(urgency, stops))))
    first = stops == "all_exercise" or urgency in ("emergency", "same_day") or (urgency == "urgent" and stops != "nothing")
    assert made.status == ("refer_first" if first else "ready")
    assert [(one.urgency, one.stops, one.to) for one in made.referrals] == [(urgency, stops, "physician")]


@pytest.mark.parametrize("urgency", URGENCIES)
def test_all_exercise_empties_the_plan(tmp_path: Path, urgency: str) -> None:
    """Neither rules nor pins put an exercise past a referral that stops all exercise."""
    program = clinic(tmp_path, when_weak("sends", refer(urgency, "all_exercise")), *PLANNED)
    made = plan(f"{ASKED}{WEAK}clinician: {{pin: [calm_breath]}}\n", program)
    assert made.prescriptions == ()
    assert made.schedule == ()
    assert made.status == "refer_first"


DEMANDING = {
    "weight_bearing": ("weight_bearing", "impact"),
    "lower_limb": ("lower_limb", "weight_bearing", "impact"),
    "impact": ("impact",),
    "running": ("impact",),
    "nothing": (),
}
LIMBS = [
    exercise(f"with_{name}", block="core", target="balance", demands={name: 1})
    for name in ("weight_bearing", "lower_limb", "impact")
]


@pytest.mark.parametrize("stops", DEMANDING)
def test_a_referral_stops_exercises_by_what_they_ask(tmp_path: Path, stops: str) -> None:
    """The part of the body that is stopped gets no exercise, not even a pinned one; the rest goes on."""
    names = [one["id"] for one in LIMBS]
    program = clinic(tmp_path, when_weak("sends", refer("routine", stops)), exercises=[*LIMBS, exercise("arms", block="core")])
    made = plan(f"{ASKED}{WEAK}clinician: {{pin: [{', '.join([*names, 'arms'])}]}}\n", program)
    assert prescribed(made) == {"arms"} | {name for name in names if name.removeprefix("with_") not in DEMANDING[stops]}
    assert all(name in aside(made) or name in swaps(made) for name in set(names) - prescribed(made))


def test_referrals_stand_in_the_order_of_their_urgency(tmp_path: Path) -> None:
    """The most urgent and the most restrictive first; equal ones merge with both reasons."""
    rules = [
        when_weak("a", refer("routine", "nothing", "Plan a visit.")),
        when_weak("b", refer("emergency", "all_exercise", "Call now.")),
        when_weak("c", refer("same_day", "impact", "Today.")),
        when_weak("d", refer("same_day", "lower_limb", "Today, off the leg.")),
        when_weak("e", refer("routine", "nothing", "Plan a visit.")),
    ]
    made = plan(ASKED + WEAK, clinic(tmp_path, *rules))
    assert [one.text for one in made.referrals] == ["Call now.", "Today, off the leg.", "Today.", "Plan a visit."]
    assert [because.rule for because in made.referrals[-1].because] == ["trial/a", "trial/e"]


# --- the screen -------------------------------------------------------------------------------------------------------


def test_a_profile_without_a_screen_says_so_first() -> None:
    """The first notice and the first question are the safety screen."""
    made = plan(minimal("findings: [weak glutes]"))
    assert made.notices[0].startswith("Safety screen not recorded")
    assert "safety_screen" in made.missing[0].fact


def test_a_screen_without_red_flags_asks_for_them() -> None:
    """A date alone does not say what was asked; the notice comes first."""
    made = plan(minimal("findings: []\nsafety: {screened: 2026-11-21}"))
    assert "does not say whether there are red flags" in made.notices[0]


@pytest.mark.parametrize("flags", ["[unknown]", "[null]"])
def test_red_flags_of_unknown_count_as_not_asked(flags: str) -> None:
    """Unknown is not "none"."""
    made = plan(minimal(f"findings: []\nsafety: {{screened: 2026-11-21, red_flags: {flags}}}"))
    assert any("does not say whether there are red flags" in notice for notice in made.notices)


def test_a_plan_without_an_exercise_says_so() -> None:
    """In race week with nothing familiar: an empty plan is no all-clear; where all exercise stops, the referral says it."""
    made = plan(minimal("recorded: 2026-11-21\nrace: {distance: marathon, date: 2026-11-25}"))
    assert not made.prescriptions
    assert any(notice.startswith("This plan contains no exercises: nothing recorded calls for one") for notice in made.notices)
    stopped = plan(minimal("findings: []\nsafety: {red_flags: [saddle_numbness]}"))
    assert not any("contains no exercises" in notice for notice in stopped.notices)


def test_a_screen_that_was_held_is_not_asked_again() -> None:
    """With date, flags and PAR-Q nothing of it is asked."""
    made = plan(f"{HEAD}{SCREEN}\nfindings: [weak glutes]\n")
    assert not any("screen" in notice or "PAR-Q" in notice for notice in made.notices)
    assert not {"safety_screen", "red_flag", "par_q"} & {next(iter(one.fact)) for one in made.missing}


@pytest.mark.parametrize(
    "where",
    [
        "findings: [{red_flag: saddle_numbness}]",
        "symptoms: [{red_flag: saddle_numbness}]",
        "findings: [saddle numbness]",
        "safety: {red_flags: [saddle_numbness]}\nfindings: []",
        "safety: {screened: 2026-11-21, red_flags: []}\nsymptoms: [saddle numbness]",
    ],
)
def test_a_red_flag_stops_the_plan_wherever_it_stands(where: str) -> None:
    """Recorded among findings or symptoms it weighs as much as in the screen."""
    made = plan(minimal(where))
    assert made.status == "refer_first"
    assert made.prescriptions == ()
    used = [used.fact for one in made.referrals for because in one.because for used in because.facts]
    assert used


def red_flags() -> list[str]:
    """All red flags of the vocabulary."""
    from plans import built_in

    return sorted(built_in().vocabulary.terms["red_flags"])


@pytest.mark.parametrize("flag", red_flags())
def test_no_red_flag_is_ignored(flag: str) -> None:
    """Each of them alone leads to a referral, or at least to a warning; a clearance by name is shown and takes it back."""
    text = f"{HEAD}findings: []\nsafety: {{screened: 2026-11-21, red_flags: [{flag}], par_q: {{any_yes: false}}}}\n"
    made = plan(text)
    assert made.referrals or made.warnings, f"{flag} leads nowhere"
    clear = f'clinician: {{clear: [{{flag: {flag}, by: Dr A, date: 2026-11-21, reason: "examined"}}]}}\n'
    past = plan(text + clear)
    assert past.referrals == ()
    assert any("Cleared by Dr A on 2026-11-21" in notice and "examined" in notice for notice in past.notices)


@pytest.mark.parametrize("follow_up", ["", ", follow_up: not_done", ", follow_up: referred"])
def test_a_par_q_yes_stops_all_exercise(follow_up: str) -> None:
    """Until it is cleared by name and date."""
    made = plan(
        f"{HEAD}findings: [weak glutes]\nsafety: {{screened: 2026-11-21, red_flags: [], par_q: {{any_yes: true{follow_up}}}}}\n"
    )
    assert made.status == "refer_first"
    assert made.prescriptions == ()
    cleared = "par_q: {any_yes: true, follow_up: cleared, by: Dr A, date: 2026-11-14}"
    past = plan(f"{HEAD}findings: [weak glutes]\nsafety: {{screened: 2026-11-21, red_flags: [], {cleared}}}\n")
    assert past.status == "ready"
    assert any("PAR-Q+ yes, cleared by Dr A on 2026-11-14" in notice for notice in past.notices)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "handout"])
@pytest.mark.parametrize("stop", ["The knee gives way.", "It hurts."])
def test_what_stays_until_somebody_is_seen_says_when_to_stop(tmp_path: Path, form: str, stop: str) -> None:
    """A referral that leaves exercises leaves the signs to stop them with, in whatever the runner or the clinician holds."""
    squat = exercise("easy_squat", stop_if=stop)
    trains = {"target": "squat_pattern", "priority": "high"}
    program = clinic(tmp_path, when_weak("r", refer("urgent", "impact"), trains), exercises=[squat])
    made = plan(ASKED + WEAK, program)
    assert (made.status, prescribed(made)) == ("refer_first", {"easy_squat"})
    assert stop in " ".join(render_plans([made], form).split())
