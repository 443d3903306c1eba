"""Why not: every change offered lets the item in, no smaller one does, and nothing that protects the runner is offered."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from inquiry_kit import FEW, about, made, small_profiles
from stridewise.errors import ProfileError
from stridewise.inquiry.candidates import LABELS, candidates
from stridewise.inquiry.entries import canonical
from stridewise.inquiry.inquiry import Inquiry
from stridewise.inquiry.obstacles import VETO
from stridewise.inquiry.safety import SAFETY_KINDS, supports, vetoes
from stridewise.inquiry.wanted import Wanted, read_wanted
from stridewise.inquiry.why_not import lets_in, searched_space, size, smallest, why_not
from stridewise.render.why import to_text
from stridewise.render.why_not import why_not_lines

SLOW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ASKED = ("split_squat", "single_leg_calf_raise", "single_leg_hop", "hip_thrust")


def check(inquiry: Inquiry, item: str) -> None:
    wanted = read_wanted(inquiry.program, item)
    held = vetoes(inquiry.session)
    answer = why_not(inquiry, item)
    if answer.present or any(one.kind == VETO for one in answer.obstacles):
        assert not answer.changes
        return
    found, _ = smallest(inquiry, wanted, answer.obstacles)
    assert len(found) == len(answer.changes)
    for combination in found:
        assert lets_in(inquiry, wanted, held, combination), "applied, it brings the item in"
    for combination in found[:1]:
        smaller = [one for one in searched_space(inquiry.session, wanted) if size(one) < size(combination)]
        assert not any(lets_in(inquiry, wanted, held, one) for one in smaller), "and no smaller one does"


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
@pytest.mark.parametrize("item", ASKED)
def test_the_change_lets_it_in_and_no_smaller_one_does(path: Path, item: str) -> None:
    check(about(path), item)


@SLOW
@given(root=small_profiles())
def test_the_smallest_change_is_sound_for_small_profiles(root: dict[str, Any]) -> None:
    inquiry = made(root)
    assume(inquiry is not None)
    assert inquiry is not None
    for item in ("split_squat", "side_lying_hip_abduction"):
        check(inquiry, item)


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
def test_nothing_that_protects_the_runner_is_offered(path: Path) -> None:
    """No candidate for an exercise touches a safety kind, and none loses a fact that a veto or precaution rests on."""
    inquiry = about(path)
    held = supports(inquiry.session)
    for name in list(inquiry.program.exercises)[::6]:
        for one in candidates(inquiry.session, read_wanted(inquiry.program, name)):
            entry = getattr(one.change, "entry", {})
            assert not SAFETY_KINDS & set(entry), one
            after = inquiry.trial([one.change]) if held and len(entry) > 1 else None
            assert after is None or held <= set(after.situation.intake.facts), one


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


@pytest.mark.parametrize("item", ASKED[:2])
def test_answers_fit_80_columns_and_are_the_same_each_time(item: str) -> None:
    known = about(FEW[-1])
    fresh = Inquiry(known.profile, known.program, known.as_of, known.engine, known.session)
    first = why_not(fresh, item)
    fresh.known.clear()
    assert first == why_not(fresh, item)
    assert all(len(row) <= 80 for row in to_text(why_not_lines(first)).splitlines())


def test_labels_are_told_from_what_can_be_done_to_what_cannot() -> None:
    inquiry = about(FEW[0])
    wanted: Wanted = read_wanted(inquiry.program, "split_squat")
    found = candidates(inquiry.session, wanted)
    assert {one.label for one in found} <= set(LABELS)
    assert list(found) == sorted(found, key=lambda one: one.order)
    assert canonical(inquiry.profile.document.root)
