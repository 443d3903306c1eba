"""Warnings, questions and packs: what a plan says beside its exercises."""

from datetime import date
from pathlib import Path

import pytest

from kit import rule
from plans import ASKED, HEAD, SCREEN, WEAK, clinic, exercise, minimal, plan, plan_or_error, prescribed, when_weak
from session_rules import SQUAT

# --- warnings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("critical", "others"), [(0, 4), (0, 9), (3, 4), (7, 3)])
def test_at_most_five_warnings_but_every_critical_one(tmp_path: Path, critical: int, others: int) -> None:
    """A critical warning is never dropped; what is left out is counted and named."""
    levels = ["critical"] * critical + ["warning", "info"] * others
    rules = [
        when_weak(f"w-{number}", {"warn": f"Note {number}.", "level": level})
        for number, level in enumerate(levels[: critical + others])
    ]
    made = plan(ASKED + WEAK, clinic(tmp_path, *rules))
    assert sum(one.level == "critical" for one in made.warnings) == critical
    assert len(made.warnings) == max(critical, min(5, len(rules)))
    left_out = len(rules) - len(made.warnings)
    assert any("left out" in notice for notice in made.notices) == (left_out > 0)


def test_equal_warnings_are_one_with_both_reasons(tmp_path: Path) -> None:
    """The reader sees a sentence once."""
    rules = [when_weak(name, {"warn": "Careful.", "level": "warning"}) for name in ("one", "two")]
    (warning,) = plan(ASKED + WEAK, clinic(tmp_path, *rules)).warnings
    assert [because.rule for because in warning.because] == ["trial/one", "trial/two"]


# --- unknowns ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False])
def test_a_pain_region_without_guidance_is_said(tmp_path: Path, known: bool) -> None:
    """ "No guidance here for …": no exercise that loads the region unless the runner does it already."""
    loading = exercise("loading", target="balance", demands={"lower_limb": 1, "weight_bearing": 1, "achilles": 1, "impact": 1})
    program = clinic(tmp_path, when_weak("asks", {"prescribe": "loading"}), exercises=[loading, exercise("arms")])
    current = "training: {current_exercises: [loading]}\n" if known else ""
    made = plan(f"{ASKED}{current}findings: [{{weakness: soleus}}]\nsymptoms: [{{pain: achilles, side: left}}]\n", program)
    assert any(notice.startswith("There is no guidance here for this pain") for notice in made.notices)
    assert ("loading" in prescribed(made)) == known


def test_what_a_rule_takes_for_granted_is_said(tmp_path: Path) -> None:
    """A rule that rests on "no rule concluded it" says so where the concluding rule only lacked a fact."""
    rules = [
        rule("concludes", [{"running_years": "> 5"}], [{"conclude": {"high_mileage": "yes"}}]),
        rule("rests", [{"weakness": "soleus"}, {"absent": {"high_mileage": "yes"}}], [{"prescribe": "easy_squat"}]),
    ]
    program = clinic(tmp_path, *rules)
    made = plan(ASKED + WEAK, program)
    (one,) = made.prescriptions
    assert one.assumes == ("running years not recorded",)
    assert {"running_years": "unknown"} in [missing.fact for missing in made.missing]
    known = plan(f"{ASKED}{WEAK}training: {{running_years: 3}}\n", program)
    assert known.prescriptions[0].assumes == ()
    assert all("running_years" not in missing.fact for missing in known.missing)


def test_what_no_rule_reads_is_listed(tmp_path: Path) -> None:
    """A recorded finding without a rule is shown with its line, not swallowed."""
    made = plan(
        f"{ASKED}findings:\n  - {{weakness: soleus, side: left}}\n  - {{tightness: soleus, side: left}}\nnotes: hello\n",
        clinic(tmp_path, SQUAT),
    )
    unread = {next(iter(one.fact)): one.at for one in made.not_used}
    assert unread["tightness"] == "profile.yaml:8"
    assert unread["notes"] == "profile.yaml:9"
    assert "weakness" not in unread


def test_what_no_rule_reads_is_told_of_both_sides_on_whatever_lines_they_stand(tmp_path: Path) -> None:
    """One entry of both sides, or one a side, say the same."""
    entries = ("{tightness: soleus, side: both}", "{tightness: soleus, side: left}\n  - {tightness: soleus, side: right}")
    told = [
        plan(f"{ASKED}findings:\n  - {entry}\n", clinic(tmp_path / str(number), SQUAT)).not_used
        for number, entry in enumerate(entries)
    ]
    assert [[one.text for one in unread] for unread in told] == [["tight soleus, both sides"]] * 2


def test_an_answer_of_no_is_not_listed_as_unread() -> None:
    """PAR-Q "no" and an empty screen are read: they answer what the plan would ask first."""
    made = plan(f"{HEAD}{SCREEN}\nfindings: [weak glutes]\n")
    assert "par_q" not in {next(iter(one.fact)) for one in made.not_used}


def test_an_unknown_age_is_asked_first_after_the_screen() -> None:
    """Without an age the dose is cautious and the question stands near the top."""
    made = plan(f"schema: 1\nrunner: {{ref: R}}\n{SCREEN}\nfindings: [weak glutes]\n")
    assert any("Age not recorded" in notice for notice in made.notices)
    assert "age" in made.missing[0].fact


# --- packs ------------------------------------------------------------------------------------------------------------


def test_a_required_pack_that_is_missing_stops_the_plan() -> None:
    """A profile made for a pack is not planned without it."""
    told = plan_or_error(minimal("findings: []\nrequires_packs: [acme-knee]\n"))
    assert isinstance(told, str)
    assert 'profile.yaml:4: requires_packs: the pack "acme-knee" is not loaded' in told


def test_unsigned_and_expired_packs_say_so(tmp_path: Path) -> None:
    """A plan by packs nobody signed, or past their date, tells it; on the last day the date still holds."""
    program = clinic(tmp_path, SQUAT, expires=date(2026, 11, 21))
    assert any("no named clinician has signed" in notice and "trial" in notice for notice in plan(ASKED + WEAK, program).notices)
    assert not any("out of date" in notice for notice in plan(ASKED + WEAK, program).notices)
    later = plan(ASKED + WEAK, program, as_of=date(2026, 11, 22))
    assert any("trial" in notice and "2026-11-21" in notice and "out of date" in notice for notice in later.notices)


def test_a_signed_pack_is_not_called_unsigned(tmp_path: Path) -> None:
    """A named reviewer takes the pack off that list."""
    notices = plan(ASKED + WEAK, clinic(tmp_path, SQUAT, reviewer="A. Clinician", reviewed=date(2026, 1, 1))).notices
    assert not any("no named clinician" in notice and "trial" in notice for notice in notices)


def test_what_the_vocabulary_never_asks_is_no_question_of_the_plan() -> None:
    """A release after a bone stress injury that nobody has, signs that are not there: a stage asks for them in its own words."""
    sore = "{pain: lateral_hip, side: right, intensity: 2, during: run, next_morning: 1}"
    made = plan(f"{HEAD}{SCREEN}\ndiagnosis: [{{condition: gluteal_tendinopathy, side: right}}]\nsymptoms: [{sore}]")
    assert made.missing
    assert not {"bone_stress_released", "denied", "surgery"} & {next(iter(one.fact)) for one in made.missing}
