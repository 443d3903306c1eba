"""Why not: every change offered lets the item in, no smaller one does, and nothing that protects the runner is offered."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from explain_kit import FEW, about, made, small_profiles
from kit import rule
from plans import ASKED, DAY, EXERCISES, HEAD, HINGE_GATE, SCREEN, WEAK, clinic, exercise, profile, when_weak
from stridewise.errors import ProfileError
from stridewise.explain.edits.entries import canonical
from stridewise.explain.goal import PlanGoal, read_goal
from stridewise.explain.inquiry import Inquiry, open_inquiry
from stridewise.explain.modifiability import FIXED, MODIFIABILITIES, TESTED
from stridewise.explain.obstacles import VETO, obstacles
from stridewise.explain.possible_changes import possible_changes
from stridewise.explain.safety import supports
from stridewise.explain.search import Search, lets_in, place_of, searched_space, size
from stridewise.explain.why_not import why_not
from stridewise.render.answers.why_not import why_not_lines
from stridewise.render.paragraphs import to_text

SLOW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ITEMS = ("split_squat", "single_leg_calf_raise", "single_leg_hop", "hip_thrust")


def check(inquiry: Inquiry, item: str) -> None:
    goal = read_goal(inquiry.program, item)
    answer = why_not(inquiry, item)
    if answer.present or any(one.kind == VETO for one in answer.obstacles):
        assert not answer.changes
        return
    found = Search(inquiry, goal).smallest(answer.obstacles)
    assert len(found) == len(answer.changes)
    for combination in found:
        assert lets_in(inquiry, goal, combination), "applied, it brings the item in"
        rivals = (one for one in searched_space(inquiry.session, goal) if place_of(one) == place_of(combination))
        smaller = [one for one in rivals if size(one) < size(combination)]
        assert not any(lets_in(inquiry, goal, one) for one in smaller), "and no smaller one of its label does"


@pytest.mark.slow
@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
@pytest.mark.parametrize("item", ITEMS)
def test_the_change_lets_it_in_and_no_smaller_one_does(path: Path, item: str) -> None:
    check(about(path), item)


@pytest.mark.slow
@SLOW
@given(root=small_profiles())
def test_the_smallest_change_is_sound_for_small_profiles(root: dict[str, Any]) -> None:
    inquiry = made(root)
    assume(inquiry is not None)
    assert inquiry is not None
    for item in ("split_squat", "side_lying_hip_abduction"):
        check(inquiry, item)


@pytest.mark.slow
@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
def test_nothing_that_protects_the_runner_is_offered(path: Path) -> None:
    """No candidate for an exercise touches a safety kind, and no change told loses a fact that a veto or precaution rests on."""
    inquiry = about(path)
    held, kinds = supports(inquiry.session), inquiry.program.vocabulary.kinds
    for name in list(inquiry.program.exercises)[::6]:
        goal = read_goal(inquiry.program, name)
        for one in possible_changes(inquiry.session, goal):
            entry = getattr(one.change, "entry", {})
            assert not any(kind in kinds and kinds[kind].traits.safety for kind in entry), one
        for combination in Search(inquiry, goal).smallest(obstacles(inquiry.session, goal)):
            assert held <= set(inquiry.after([one.change for one in combination]).situation.intake.facts), combination


def test_a_race_in_the_past_or_future_is_no_thing_to_do() -> None:
    """Who knows no race, or a race at another distance, is told of it for understanding; what the runner reports is asked."""
    inquiry = about(next(path for path in FEW if path.stem == "marathoner_in_three_weeks"))
    found = possible_changes(inquiry.session, read_goal(inquiry.program, "split_squat"))
    races = [one for one in found if "race.date" in str(one.change)]
    assert all(one.modifiability == FIXED for one in races)
    reported = [one for one in found if one.text.startswith("if the runner reports it: ")]
    assert any("terrain" in str(one.change) for one in reported)
    assert {one.modifiability for one in reported} == {TESTED}


def test_what_takes_two_changes_to_earn_is_told(tmp_path: Path) -> None:
    """A skill and a band: no single change would do, and no rule asks for both."""
    spin = exercise("spin", target="", gates=[HINGE_GATE], equipment=[["mini_band"]])
    asks = rule("asks", [{"tightness": "soleus"}], [{"prescribe": "spin"}])
    program = clinic(tmp_path, asks, exercises=[spin, *EXERCISES])
    text = f"{HEAD}{SCREEN}\nconstraints: {{equipment: []}}\nfindings: [{{tightness: soleus}}]\n"
    answer = why_not(open_inquiry(profile(text), program, DAY, "reference"), "spin")
    told = [(one.label, [step.text for step in one.steps]) for one in answer.changes]
    assert told == [("earn", ["equipment: mini-band", "skill: hip hinge, owned"])]
    assert (answer.searched, answer.tried, answer.planned) == (True, 3, 3)


def test_the_nearer_end_of_a_cut_off_counts_and_one_side_may_do(tmp_path: Path) -> None:
    """A gate of 20 heel raises: the side that is nearer is moved, by no more than it takes."""
    gate = {"needs": [{"heel_raise_reps": ">= 20"}], "earn": "Twenty heel raises."}
    program = clinic(tmp_path, when_weak("asks", {"prescribe": "spin"}), exercises=[exercise("spin", gates=[gate]), *EXERCISES])
    text = f"{ASKED}findings: [{{weakness: soleus}}, {{heel_raise_reps: {{left: 14, right: 17}}}}]\n"
    answer = why_not(open_inquiry(profile(text), program, DAY, "reference"), "spin")
    assert [(one.label, [(step.text, step.now) for step in one.steps]) for one in answer.changes] == [
        ("earn", [("single-leg heel raises: 20, right", "single-leg heel raises: 17, right")])
    ]


def test_a_number_behind_a_preference_is_moved_out_of_the_way(tmp_path: Path) -> None:
    """Held back for a novice: six months of strength training let it in."""
    novice = rule(
        "novices-wait",
        [{"strength_experience_months": "< 6"}],
        [{"avoid": "deep_squat", "level": "preference", "instead": ["easy_squat"]}],
    )
    asks = when_weak("asks", {"target": "squat_pattern", "options": ["deep_squat"], "goal": "strength"})
    text = f"{ASKED}{WEAK}training: {{strength: {{experience_months: 2}}}}\n"
    answer = why_not(open_inquiry(profile(text), clinic(tmp_path, novice, asks), DAY, "reference"), "deep_squat")
    assert [one.steps[0].text for one in answer.changes if one.label == "earn"] == ["strength experience 6 months"]


@pytest.mark.slow
@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
def test_no_text_ends_in_two_full_stops(path: Path) -> None:
    inquiry = about(path)
    for name in list(inquiry.program.exercises)[::4]:
        answer = why_not(inquiry, name)
        texts = [
            *answer.wait_for,
            *(one.text for one in answer.obstacles),
            *(s.text for one in answer.changes for s in one.steps),
        ]
        assert not [text for text in (*texts, to_text(why_not_lines(answer))) if re.search(r"[^.]\.\.(?!\.)", text)]


def test_a_veto_says_what_to_wait_for() -> None:
    answer = why_not(about(next(path for path in FEW if path.stem == "red_flag")), "split_squat")
    assert answer.changes == ()
    assert any("examined and cleared by name" in text for text in answer.wait_for)


def test_a_warning_says_which_finding_would_bring_it() -> None:
    """A red flag would apply if found: told as a finding, never as a change to make."""
    inquiry = about(next(path for path in FEW if path.stem == "shortest"))
    name = next(rule.id for rule in inquiry.program.rules if rule.id.endswith("swollen-calf-raises-suspicion-of-a-clot"))
    answer = why_not(inquiry, name)
    assert [one.label for one in answer.changes] == ["would apply if tested"]


def test_what_is_in_the_plan_says_so() -> None:
    inquiry = about(FEW[1])
    assert why_not(inquiry, inquiry.session.plan.prescriptions[0].exercise).present


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(ProfileError, match='Did you mean "split_squat"'):
        why_not(about(FEW[1]), "split_squad")


@pytest.mark.parametrize("item", ITEMS[:2])
def test_answers_fit_80_columns_and_are_the_same_each_time(item: str) -> None:
    known = about(FEW[-1])
    fresh = Inquiry(known.profile, known.program, known.as_of, known.engine, known.session)
    first = why_not(fresh, item)
    fresh.known.clear()
    assert first == why_not(fresh, item)
    assert all(len(row) <= 80 for row in to_text(why_not_lines(first)).splitlines())


def test_changes_are_told_from_what_can_be_done_to_what_cannot() -> None:
    inquiry = about(FEW[0])
    goal: PlanGoal = read_goal(inquiry.program, "split_squat")
    found = possible_changes(inquiry.session, goal)
    assert {one.modifiability for one in found} <= set(MODIFIABILITIES)
    assert list(found) == sorted(found, key=lambda one: one.order)
    assert canonical(inquiry.profile.document.root)
