"""Why: every leaf is a profile line, and what is said of an item without a fact is what a new run says."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from inquiry_kit import FEW, PROFILES, about, made, small_profiles
from stridewise.errors import ProfileError
from stridewise.inquiry.changes import RemoveFacts
from stridewise.inquiry.difference import items
from stridewise.inquiry.inquiry import Inquiry
from stridewise.inquiry.sensitivity import thresholds
from stridewise.inquiry.why import Found, every_item, explain, facts_meant, leaves, rules_of, walk
from stridewise.render.why import render_mermaid, render_why, threshold_lines, to_markdown, to_text, why_lines

QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check_leaves(inquiry: Inquiry, found: Found) -> None:
    """A leaf stands on a line of the profile; anything else is concluded and told further down."""
    for reason in walk((*found.reasons, *found.needs)):
        for used in reason.because.facts:
            if used.at:
                assert re.fullmatch(r"[^:]+(:[1-9][0-9]*)?", used.at.split(", ")[0])  # a made-up profile has no lines
                assert facts_meant(inquiry.session, used), used
            else:
                assert used.derived_by, used


def check_removal(inquiry: Inquiry, found: Found) -> None:
    """Without all its facts the item goes; else none of its reasons that rested on a fact is the one that keeps it."""
    facts = {fact: None for used in leaves(found) for fact in facts_meant(inquiry.session, used)}
    if not facts:
        return
    try:
        after = inquiry.after([RemoveFacts(tuple(facts))])
    except ProfileError:
        return
    resting = {reason.because.rule for reason in found.reasons if leaves(Found("", "", "", "", (reason,)))}
    for entry in every_item(after):
        if entry.key == found.key:
            kept = {reason.because.rule for reason in entry.reasons if leaves(Found("", "", "", "", (reason,)))}
            texts = {reason.because.text for reason in found.reasons}
            same = {r.because.rule for r in entry.reasons if r.because.text in texts and leaves(Found("", "", "", "", (r,)))}
            assert not (same & resting & kept), (found.key, same)


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
def test_every_leaf_of_every_item_is_a_profile_line(path: Path) -> None:
    inquiry = about(path)
    for found in every_item(inquiry.session):
        check_leaves(inquiry, found)
        check_removal(inquiry, found)


@QUICK
@given(root=small_profiles())
def test_leaves_and_removals_are_sound_for_small_profiles(root: dict[str, Any]) -> None:
    inquiry = made(root)
    assume(inquiry is not None)
    assert inquiry is not None
    for found in every_item(inquiry.session):
        check_leaves(inquiry, found)
        if found.section in ("prescriptions", "warnings", "referrals"):
            check_removal(inquiry, found)


@pytest.mark.parametrize("path", FEW[:3], ids=lambda path: path.stem)
def test_what_is_said_without_a_fact_is_what_a_run_without_it_says(path: Path) -> None:
    inquiry = about(path)
    for prescribed in inquiry.session.plan.prescriptions:
        for found in explain(inquiry, prescribed.exercise):
            for one in found.without:
                used = next(leaf for leaf in leaves(found) if leaf.fact == one.fact)
                if not one.cannot:
                    after = inquiry.after([RemoveFacts(facts_meant(inquiry.session, used))])
                    assert (found.key in items(after.plan)) is one.stays
                    assert set(one.reasons_left) <= set(rules_of(found))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_explanation_fits_80_columns_and_the_runner_reads_no_rule_ids(path: Path) -> None:
    inquiry = about(path)
    rules = {rule.id for rule in inquiry.program.rules}
    for found in every_item(inquiry.session):
        text = render_why([found])
        assert all(len(row) <= 80 or " " not in row.strip() for row in text.splitlines()), text
        assert not [words for words in found.runner for rule in rules if rule in words]
    for row in to_text(threshold_lines(thresholds(inquiry.session))).splitlines():
        assert len(row) <= 80


def test_the_same_answer_as_markdown_and_as_a_picture() -> None:
    found = explain(about(FEW[1]), "weekly_distance")
    assert to_markdown(why_lines(found)).startswith("## Load: ")
    picture = render_mermaid(found)
    assert picture.startswith("flowchart LR\n")
    assert "-.->" in picture, "what is taken as not being so is dashed"


def test_an_unknown_item_names_the_nearest() -> None:
    with pytest.raises(ProfileError, match='Did you mean "longest_run"'):
        explain(about(FEW[1]), "longest_ran")


def test_thresholds_say_whether_the_distance_is_within_the_tests_error() -> None:
    decided = thresholds(about(next(path for path in FEW if path.stem == "achilles_pain")).session)
    heel = [one for one in decided if "heel_raise_reps" in one.fact]
    assert heel
    assert {(one.within_error, abs(one.distance) <= 6) for one in heel} <= {(True, True), (False, False)}
    assert any(one.met for one in decided) and any(not one.met for one in decided)
