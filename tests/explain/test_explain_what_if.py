"""What if, ask and verify: each is what a new run says, and no more."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings

from explain_kit import FEW, PROFILES, about, asked_of, made, small_profiles, the_program
from stridewise.cli.main import recommend
from stridewise.errors import ProfileError
from stridewise.explain.ask import MAX_QUESTIONS, MOVES, NO_ADVICE, ask
from stridewise.explain.edits.changes import RemoveFacts, SetPath, read_add, read_remove
from stridewise.explain.questions import GROUPS, open_questions
from stridewise.explain.summary import summary
from stridewise.explain.verify import verify
from stridewise.explain.what_if import WATERMARK, read_range, sweep, what_if
from stridewise.plan.difference import difference
from stridewise.plan.entries import entries_of
from stridewise.profile.profile import load_profile
from stridewise.render.answers.ask import ask_lines, verify_lines
from stridewise.render.answers.sweep import sweep_lines
from stridewise.render.answers.sweep_page import sweep_html
from stridewise.render.answers.what_if import what_if_lines
from stridewise.render.json import render_json
from stridewise.render.paragraphs import to_text

QUICK = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BY_NAME = {path.stem: path for path in PROFILES}


@QUICK
@given(root=small_profiles())
def test_a_difference_turns_the_old_items_into_the_new(root: dict[str, Any]) -> None:
    inquiry = made(root)
    assume(inquiry is not None)
    assert inquiry is not None
    change = read_add("weakness: hamstrings")
    found = what_if(inquiry, [change]).difference
    old, new = entries_of(inquiry.session.plan), entries_of(inquiry.after([change]).plan)
    for one in found.removed:
        del old[one.section, one.name]
    for one in (*found.added, *found.changed):
        old[one.section, one.name] = list(one.after)
    assert {key: [str(item) for item in group] for key, group in old.items()}.keys() == new.keys()


def test_a_finding_taken_out_by_number_is_told_in_its_words() -> None:
    findings = ["weak glutes", {"weakness": "soleus", "side": "left"}]
    profile = asked_of({"schema": 1, "runner": {"ref": "R-0"}, "findings": findings}).profile
    told = [str(read_remove(number, profile, the_program().vocabulary)) for number in "12"]
    assert told == ["remove finding 1 (weak glutes)", "remove finding 2 (weakness: soleus, side: left)"]


def test_no_change_is_no_difference() -> None:
    plan = about(FEW[0]).session.plan
    differs = difference(plan, plan)
    assert (differs.all, differs.status) == ((), (plan.status, plan.status))


def test_removing_a_safety_fact_is_marked_as_hypothetical() -> None:
    inquiry = about(BY_NAME["red_flag"])
    flag = next(fact for fact in inquiry.session.situation.intake.facts if fact.kind == "red_flag")
    found = what_if(inquiry, [RemoveFacts((flag,))])
    assert found.watermark == WATERMARK
    assert to_text(what_if_lines(found)).startswith("*** HYPOTHETICAL, NOT A PLAN ***")
    assert not what_if(inquiry, [read_add("weakness: soleus")]).watermark


def test_a_sweep_flips_exactly_where_neighbouring_plans_differ() -> None:
    inquiry = about(BY_NAME["marathoner_in_three_weeks"])
    path, values = read_range("race.in_weeks=1..6")
    found = sweep(inquiry, path, values)
    names = {exercise.id: exercise.name for exercise in inquiry.program.exercises.values()}
    plans = [inquiry.after([SetPath(path, int(value))]).plan for value in values]
    expected = [(values[i - 1], values[i]) for i in range(1, 6) if summary(difference(plans[i - 1], plans[i]), names)]
    assert [(flip.before, flip.after) for flip in found.flips] == expected
    assert all(len(row) <= 80 for row in to_text(sweep_lines(found)).splitlines())
    page = sweep_html(found)
    assert page.count("<rect") == len(found.items) * len(values)
    assert "://" not in page and "default-src 'none'" in page, "nothing is loaded from anywhere"


def test_a_range_says_what_is_wrong_with_it() -> None:
    assert read_range("race.in_weeks=1..2:0.5")[1] == (Decimal(1), Decimal("1.5"), Decimal("2.0"))
    for text in ("race.in_weeks=1", "race.in_weeks=5..1", "race.in_weeks=1..900", "=1..3"):
        with pytest.raises(ProfileError, match="--sweep"):
            read_range(text)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["shortest", "achilles_pain"])
def test_every_answer_changes_the_plan_as_stated(name: str) -> None:
    inquiry = about(BY_NAME[name])
    asked = ask(inquiry)
    names = {exercise.id: exercise.name for exercise in inquiry.program.exercises.values()}
    changes = {str(change): change for one in open_questions(inquiry.session) for _, change in one.answers}
    assert asked.questions
    for question in asked.questions:
        for answer in question.answers[:2]:
            after = inquiry.after([changes[answer.change]])
            stated = summary(difference(inquiry.session.plan, after.plan, left_out=NO_ADVICE), names)
            assert answer.does == stated != () or (answer.does == (MOVES,) and not stated)
            assert answer.does != (MOVES,) or after.plan.schedule != inquiry.session.plan.schedule


@pytest.mark.slow
def test_safety_is_asked_first_and_outside_the_cap() -> None:
    asked = ask(about(BY_NAME["shortest"]))
    order = [one.safety for one in asked.questions]
    assert order == sorted(order, reverse=True)
    assert asked.questions[0].about == "red_flag"
    others = [(GROUPS.index(one.group), -one.weight) for one in asked.questions if not one.safety]
    assert len(others) <= MAX_QUESTIONS
    assert others == sorted(others), "group by group, the weightiest first"
    text = to_text(ask_lines(asked))
    assert all(len(row) <= 80 for row in text.splitlines())
    assert not [rule.id for rule in the_program().rules if rule.id in text]


def test_an_emergency_leaves_nothing_to_ask() -> None:
    """No question is worth the delay; one for the same day leaves those of safety."""
    asked = ask(about(BY_NAME["red_flag"]))
    assert [one.urgency for one in asked.first] == ["emergency"] and asked.questions == ()
    assert "No question here is worth a delay" in to_text(ask_lines(asked))
    today = ask(asked_of({"schema": 1, "runner": {"ref": "R-0", "age": 30}, "findings": [{"red_flag": "focal_bone_pain"}]}))
    assert [one.urgency for one in today.first] == ["same_day"]
    assert today.questions and all(one.safety for one in today.questions)


def test_who_is_pregnant_is_not_asked_for_a_birth() -> None:
    assert "postpartum_weeks" not in {one.name for one in open_questions(about(BY_NAME["pregnancy_20_weeks"]).session)}
    assert "postpartum_weeks" in {one.name for one in open_questions(about(BY_NAME["shortest"]).session)}


def test_a_plan_is_verified_and_a_difference_says_what_changed(tmp_path: Path) -> None:
    inquiry = about(BY_NAME["novice"])
    path = tmp_path / "plan.json"
    path.write_text(render_json([inquiry.session.plan]), encoding="utf-8")
    profile = load_profile(BY_NAME["novice"])
    found = verify(path, profile, the_program(), "reference")
    assert found.identical and found.as_of == "2026-11-22"
    other = verify(path, load_profile(BY_NAME["shortest"]), the_program(), "reference")
    assert not other.identical
    assert other.causes == ("the runner: the plan is for R-031, the profile is of R-001", "the profile: its file changed")
    edited = json.loads(path.read_text())
    first, second, *others = edited["prescriptions"]
    edited["prescriptions"] = [{**first, "name": "Handstand"}, {**second, "progression": "Twice as much."}, *others]
    edited["receipt"]["packs"][0]["sha256"] = "0"
    path.write_text(json.dumps(edited))
    found = verify(path, profile, the_program(), "reference")
    assert any("edited" in text for text in found.causes) and any("its files changed" in text for text in found.causes)
    assert found.differs == (f"prescriptions: changed: Handstand (name), {second['name']} (progression)",)
    assert all(len(row) <= 80 for row in to_text(verify_lines(other)).splitlines())


def test_a_file_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    for text in ("[]", "{}", '{"schema": 1, "receipt": {}, "prescriptions": [], "as_of": "soon"}'):
        path.write_text(text)
        with pytest.raises(ProfileError):
            verify(path, load_profile(BY_NAME["novice"]), the_program(), "reference")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["why", "strength_sets"], "If a fact were not on record"),
        (["why", "thresholds"], "Thresholds that decided"),
        (["why-not", "reverse_lunge"], "The smallest change that would let it in"),
        (
            ["what-if", "--set", "race.in_weeks=8", "--add", "weakness: soleus", "--remove", "2"],
            "What if: remove finding 2 (movement_fault: dynamic_knee_valgus",
        ),
        (["what-if", "--sweep", "race.in_weeks=2..4"], "where the advice flips"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_the_commands_answer_in_text_and_in_json(arguments: list[str], says: str) -> None:
    command, *rest = arguments
    call = [command, str(BY_NAME["marathoner_in_three_weeks"]), *rest, "--as-of", "2026-11-22", "--engine", "reference"]
    text = CliRunner().invoke(recommend, call, catch_exceptions=False)
    assert says in text.output
    data = CliRunner().invoke(recommend, [*call, "--format", "json"], catch_exceptions=False)
    json.loads(data.output)
