"""What clinicians overrode is counted rule by rule and exercise by exercise, with their reasons, and without the runners."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cli_kit import run
from plans import DAY, built_in, minimal, profile
from stridewise.authoring.overrides import Visit, visit_of
from stridewise.authoring.pack_review import Reviewed, review
from stridewise.errors import ProfileError
from stridewise.render.pack_review import review_json, review_lines

WEAK = "recorded: {day}\nfindings: [weak glutes]\ntraining: {{current_exercises: [iron_cross]}}\n"
SWAP = "warm-up/iron-cross-is-swapped-for-a-standing-drill"
HIP = "strength/weak-gluteus-medius-trains-hip-abduction"
SIDE = "side_lying_hip_abduction"
BAN = f"ban: [{{exercise: {SIDE}, reason: cannot lie on the side}}]"


@cache
def visit(edits: str = "", day: str = "2026-11-02", ref: str = "R-1", more: str = "") -> Visit:
    """One runner with weak glutes who does the Iron Cross, and what the clinician changed."""
    text = minimal(f"{WEAK.format(day=day)}{more}{f'clinician: {{{edits}}}' if edits else ''}\n").replace("R-1", ref)
    return visit_of(profile(text), built_in(), DAY, "reference")


def of(subject: str, visits: Sequence[Visit]) -> Reviewed:
    """What the review says of one rule or exercise."""
    found = review(visits, built_in())
    return next(one for one in (*found.rules, *found.exercises) if one.subject == subject)


def test_a_banned_exercise_and_the_rules_that_asked_for_it_are_overridden_of_all_plans_they_stood_in() -> None:
    """Two of three; a rule that only sets its dose is none of them."""
    visits = [visit(BAN), visit(BAN, "2026-10-05", "R-2"), visit(ref="R-3")]
    for subject in (SIDE, HIP):
        one = of(subject, visits)
        assert (one.plans, one.accepted, one.overridden, one.elsewhere, one.kinds) == (3, 1, 2, 0, {"ban": 2})
        (reason,) = one.reasons
        assert (reason.reason, reason.times, reason.by) == ("cannot lie on the side", 2, ())
        assert (reason.first, reason.last) == (date(2026, 10, 5), date(2026, 11, 2))
    assert "strength/unknown-experience-takes-the-control-dose" not in {one.subject for one in review(visits, built_in()).rules}


def test_an_exercise_asked_for_overrides_the_rule_that_kept_it_out() -> None:
    """A name alone gives no reason."""
    pinned = visit("pin: [iron_cross]")
    rule, exercise = of(SWAP, [pinned, visit()]), of("iron_cross", [pinned, visit()])
    assert (rule.plans, rule.overridden, rule.kinds) == (2, 1, {"pin": 1})
    assert (exercise.plans, exercise.overridden, exercise.elsewhere) == (0, 0, 1)
    assert exercise.reasons[0].reason == ""


def test_asking_for_what_is_planned_anyway_overrides_nothing() -> None:
    found = review([visit(f"pin: [{SIDE}]")], built_in())
    assert (found.changed, found.agreeing, found.rules, found.exercises) == (0, 1, (), ())


def test_another_dose_is_about_the_exercise_alone() -> None:
    found = review([visit(f"retune: [{{exercise: {SIDE}, dosage: {{sets: 5}}, reason: strong}}]")], built_in())
    assert [one.subject for one in found.exercises] == [SIDE]
    assert found.rules == ()


def test_a_clearance_overrides_the_referral_that_rests_on_the_flag_by_name_and_date() -> None:
    """It may be later than the profile; the other exercises are compared with the plan of the cleared runner."""
    flag = "safety: {screened: 2026-11-02, red_flags: [fever]}\n"
    cleared = visit("clear: [{flag: fever, by: Dr A. Bay, date: 2026-11-09, reason: a cold}], " + BAN, more=flag)
    (rule,) = [one for one in review([cleared], built_in()).rules if one.pack == "safety"]
    assert (rule.plans, rule.overridden, rule.kinds) == (1, 1, {"clear": 1})
    assert (rule.reasons[0].by, rule.reasons[0].first) == (("Dr A. Bay",), date(2026, 11, 9))
    assert of(SIDE, [cleared]).overridden == 1


PREVENTION = "education/prevention-goal-hears-what-strength-work-can-do"
KNOWN = f"acknowledge: [{{warning: {PREVENTION}, because: she knows, by: P. Bay, date: 2026-11-02}}]"


def test_what_is_acknowledged_is_read_and_accepted_and_no_override() -> None:
    """It is counted apart, with its reason; the plan counts as taken."""
    goal = "goal: {kind: prevention}\n"
    visits = [visit(KNOWN, more=goal), visit(more=goal, ref="R-2")]
    found, one = review(visits, built_in()), of(PREVENTION, visits)
    assert (found.changed, found.acknowledged, found.agreeing) == (0, 1, 0)
    assert (one.plans, one.accepted, one.overridden, one.acknowledged, one.elsewhere, one.kinds) == (2, 2, 0, 1, 0, {})
    assert [(reason.kind, reason.reason, reason.by) for reason in one.reasons] == [("acknowledge", "she knows", ("P. Bay",))]
    told = " ".join(line.text for line in review_lines(found))
    assert "0 with changes, 2 taken as planned. 1 acknowledgement." in told
    assert "stood in 2 plans, overridden in 0 of them, acknowledged in 1" in told
    assert "acknowledged: “she knows”" in told


def test_a_mistake_among_the_edits_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match='unknown exercise "side_lyng_hip_abduction"'):
        visit("ban: [side_lyng_hip_abduction]")


def test_runners_are_named_only_where_asked() -> None:
    """In no format; the reasons are quoted as they stand."""
    found = review([visit(BAN, ref="R-2718")], built_in())
    assert "R-2718" not in review_json(found)
    assert json.loads(review_json(found, with_refs=True))["exercises"][0]["reasons"][0]["refs"] == ["R-2718"]


@pytest.mark.slow
def test_the_command_reviews_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As text and Markdown without codes; every profile with a mistake is named at its line and left out."""
    monkeypatch.setenv("STRIDEWISE_LOAD_PLUGINS", "")
    for ref, edits in {"R-2718": f"clinician: {{{BAN}}}", "R-1828": ""}.items():
        text = minimal(f"{WEAK.format(day='2026-11-02')}{edits}\n").replace("R-1\n", ref).replace("ref: R-1}", f"ref: {ref}}}")
        (tmp_path / f"{ref}.yaml").write_text(text, encoding="utf-8")
    text, markdown, named = (
        run("pack", "review", tmp_path, "--engine", "reference", *more).out
        for more in ((), ("--format", "markdown"), ("--with-refs",))
    )
    assert "2 profiles, recorded 2026-11-02: 1 with changes, 1 taken as planned." in " ".join(text.split())
    assert "stood in 2 plans, overridden in 1 of them" in text
    assert "- ruled out: “cannot lie on the side” (1 time, 2026-11-02)" in markdown
    assert "R-2718" not in text + markdown
    assert "R-2718" in named
    for name, section in {"x": "", "y": "findings: [{weakness: gluteus_maximum}]\n"}.items():
        (tmp_path / f"{name}.yaml").write_text(minimal(section), encoding="utf-8")
    ran = run("pack", "review", tmp_path, "--engine", "reference")
    assert (ran.code, "x.yaml" in ran.err, "y.yaml:3: findings[0]" in ran.err) == (1, True, True)
    assert (
        "2 profiles, recorded 2026-11-02: 1 with changes, 1 taken as planned. Left out: 2 profiles with a mistake."
        in " ".join(ran.out.split())
    )
