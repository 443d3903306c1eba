"""Why: every leaf is a profile line, and what is said of an item without a fact is what a new run says."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pluggy
import pytest
from hypothesis import HealthCheck, assume, given, settings

from explain_kit import FEW, PROFILES, about, listed, made, small_profiles
from kit import rule
from plans import ASKED, DAY, WEAK, clinic, profile, when_weak
from stridewise import hookimpl
from stridewise.errors import ProfileError
from stridewise.explain.edits.changes import RemoveFacts
from stridewise.explain.inquiry import Inquiry, open_inquiry
from stridewise.explain.items import PlanItem, every_item, facts_meant, find_items, leaves, rules_of, still
from stridewise.explain.reasons import is_shown_as, walk
from stridewise.explain.sensitivity import thresholds
from stridewise.explain.why import IN_EMPTY, explain
from stridewise.language.fact import Fact
from stridewise.packs import hookspecs
from stridewise.packs.plugins import GROUP
from stridewise.plan.entries import entries_of
from stridewise.program.program import Program
from stridewise.render.answers.picture import render_mermaid
from stridewise.render.answers.thresholds import threshold_lines
from stridewise.render.answers.why import why_lines
from stridewise.render.paragraphs import to_markdown, to_text

QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check_leaves(inquiry: Inquiry, found: PlanItem) -> None:
    """A leaf stands on a line of the profile; anything else is concluded and told further down."""
    for reason in walk((*found.reasons, *found.needs)):
        for used in reason.because.facts:
            if used.at:
                assert re.fullmatch(r"[^:]+(:[1-9][0-9]*)?", used.at.split(", ")[0])  # a made-up profile has no lines
                assert facts_meant(inquiry.session, used), used
            else:
                assert used.derived_by, used


def check_removal(inquiry: Inquiry, found: PlanItem) -> None:
    """Without all listed facts the item is gone, or it is said why it cannot go."""
    for explained in (one for one in explain(inquiry, found.name) if one.key == found.key):
        facts = tuple(fact for fact in inquiry.session.situation.memory.facts if fact.places and is_listed(fact, explained))
        after = inquiry.after([RemoveFacts(facts)]) if facts else inquiry.session
        assert bool(still(after, explained)) is bool(explained.remains), explained.key


def is_listed(fact: Fact, found: PlanItem) -> bool:
    return any(is_shown_as(fact, used.fact) for used in listed(found))


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
def test_every_leaf_of_every_item_is_a_profile_line(path: Path) -> None:
    inquiry = about(path)
    for found in every_item(inquiry.session):
        check_leaves(inquiry, found)
        if found.section not in ("schedule", "conclusions"):
            check_removal(inquiry, found)


@pytest.mark.slow
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
                    assert (found.key in entries_of(after.plan)) is one.stays
                    assert set(one.reasons_left) <= set(rules_of(found))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_explanation_fits_80_columns_and_the_runner_reads_no_rule_ids(path: Path) -> None:
    inquiry = about(path)
    rules = {rule.id for rule in inquiry.program.rules}
    for found in every_item(inquiry.session):
        text = to_text(why_lines([found]))
        assert all(len(row) <= 80 or " " not in row.strip() for row in text.splitlines()), text
        assert not [words for words in found.runner for rule in rules if rule in words]
    for row in to_text(threshold_lines(thresholds(inquiry.session))).splitlines():
        assert len(row) <= 80


def test_the_same_answer_as_markdown_and_as_a_picture() -> None:
    found = explain(about(FEW[1]), "strength_sets")
    assert to_markdown(why_lines(found)).startswith("## Load: ")
    picture = render_mermaid(found)
    assert picture.startswith("flowchart LR\n")
    assert "-.->" in picture, "what is taken as not being so is dashed"


def test_an_unknown_item_names_the_nearest() -> None:
    with pytest.raises(ProfileError, match='Did you mean "strength_sets"'):
        explain(about(FEW[1]), "strength_sats")


def test_every_printed_warning_referral_and_day_is_found_by_its_first_words() -> None:
    """The plan's last line promises that every line can be checked."""
    for path in FEW:
        inquiry = about(path)
        plan = inquiry.session.plan
        for one in (*plan.warnings, *plan.referrals):
            assert (one.text[:30], one.id) in {
                (found.said[:30], found.name) for found in find_items(inquiry.session, one.text[:30])
            }
        for entry in plan.schedule:
            day = date.fromisoformat(entry.date)
            assert [found.name for found in find_items(inquiry.session, f"{day:%a} {day.day} {day:%b}")] == [entry.date]
    with pytest.raises(ProfileError, match="nothing in this plan is called"):
        find_items(about(FEW[0]).session, "Mo")


def test_thresholds_say_whether_the_distance_is_within_the_tests_error() -> None:
    decided = thresholds(about(next(path for path in FEW if path.stem == "achilles_pain")).session)
    heel = [one for one in decided if "heel_raise_reps" in one.fact]
    assert heel
    assert {(one.within_error, abs(one.distance) <= 6) for one in heel} <= {(True, True), (False, False)}
    assert any(one.met for one in decided) and any(not one.met for one in decided)


# --- what comes back without its facts ------------------------------------------------------------------------------------

WEAK_SOLEUS = when_weak("asks", {"target": "squat_pattern"}, {"conclude": {"heavy_allowed": "yes"}})


def told_of(program: Program, text: str, item: str) -> PlanItem:
    inquiry = open_inquiry(profile(text), program, DAY, "reference")
    return explain(inquiry, item)[0]


def test_a_way_back_through_an_absence_is_told_and_taken_out_too(tmp_path: Path) -> None:
    """Without the weakness another rule fires because something is no longer concluded; without its fact too the item goes."""
    instead = rule("instead", [{"tightness": "soleus"}, {"absent": {"heavy_allowed": "yes"}}], [{"target": "squat_pattern"}])
    program = clinic(tmp_path, WEAK_SOLEUS, instead)
    found = told_of(program, f"{ASKED}findings: [{{weakness: soleus, side: left}}, {{tightness: soleus}}]\n", "easy_squat")
    assert [one.rule for one in (reason.because for reason in found.reasons)] == ["trial/asks"]
    assert found.stays_without_all
    assert [[reason.because.rule for reason in one.reasons] for one in found.beyond] == [["trial/instead"]]
    assert [used.fact["tightness"] for one in found.beyond for used in one.facts] == ["soleus"]
    assert not found.remains


def test_what_rests_on_nothing_recorded_is_said_to(tmp_path: Path) -> None:
    """Without the weakness the item comes back on an absence alone: the plan of an empty profile holds it too."""
    always = rule("always", [{"absent": {"heavy_allowed": "yes"}}], [{"target": "squat_pattern"}])
    found = told_of(clinic(tmp_path, WEAK_SOLEUS, always), f"{ASKED}{WEAK}", "easy_squat")
    assert found.beyond[-1].facts == ()
    assert found.remains == IN_EMPTY


def test_a_conclusion_that_rests_on_itself_is_told_down_to_the_profile(tmp_path: Path) -> None:
    """Two rules that conclude from each other: each fact is explained, and not within its own explanation."""
    program = clinic(
        tmp_path,
        when_weak("starts", {"conclude": {"plyometric_ready": "yes"}}),
        rule("on", [{"plyometric_ready": "yes"}], {"heavy_allowed": "yes"}),
        rule("back", [{"heavy_allowed": "yes"}], {"plyometric_ready": "yes"}),
        rule("asks", [{"plyometric_ready": "yes"}], [{"target": "squat_pattern"}]),
    )
    found = told_of(program, f"{ASKED}{WEAK}", "easy_squat")
    assert {reason.because.rule for reason in walk(found.reasons)} == {"trial/asks", "trial/starts", "trial/on", "trial/back"}
    assert [used.fact["weakness"] for used in leaves(found)] == ["soleus"]


def test_a_warning_of_two_rules_stays_by_the_other_one(tmp_path: Path) -> None:
    """It is named after the first rule; without that one's fact it is the same warning."""
    careful = {"warn": "Careful.", "level": "warning"}
    program = clinic(tmp_path, when_weak("first", careful), when_weak("second", careful, muscle="quadriceps"))
    found = told_of(program, f"{ASKED}findings: [{{weakness: soleus}}, {{weakness: quadriceps}}]\n", "trial/first")
    assert [(one.fact["weakness"], one.stays, one.reasons_left) for one in found.without] == [
        ("soleus", True, ("trial/second",)),
        ("quadriceps", True, ("trial/first",)),
    ]


def test_a_swap_rests_on_what_the_runner_does(tmp_path: Path) -> None:
    """Who does not do the exercise needs no swap."""
    avoid = {"avoid": "deep_squat", "level": "preference", "instead": ["easy_squat"]}
    text = f"{ASKED}{WEAK}training: {{current_exercises: [deep_squat]}}\n"
    found = told_of(clinic(tmp_path, when_weak("avoids", avoid)), text, "deep_squat")
    assert {name for used in leaves(found) for name in used.fact} >= {"weakness", "current_exercise"}
    assert not any(one.stays for one in found.without)


def test_what_a_plugin_computed_carries_its_name(tmp_path: Path) -> None:
    """It stands nowhere in the profile: it goes with what it was computed from, and is said to be the plugin's where it stays."""

    @hookimpl
    def further_facts(facts: Any) -> Any:
        return [{"tightness": "soleus"}] if any("weakness" in fact for fact in facts) else []

    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    manager.register(SimpleNamespace(further_facts=further_facts), name="gauge 1.0: gauge")
    program = clinic(tmp_path, rule("asks", [{"tightness": "soleus"}], [{"target": "squat_pattern"}]))
    found = told_of(replace(program, plugins=manager), f"{ASKED}{WEAK}", "easy_squat")
    assert [(one.at, one.cannot) for one in found.without] == [("gauge 1.0: gauge", "the plugin “gauge 1.0: gauge” computed it")]
    assert found.remains == "the plugin “gauge 1.0: gauge” computed what it rests on"
