"""A changed profile is a copy: the original stays, lines stay, and what cannot be is refused in words."""

import json
from pathlib import Path

import pytest
import yaml

from explain_kit import PROFILES, about, asked_of
from stridewise.errors import ProfileError
from stridewise.explain.edits.changes import (
    AddFact,
    Change,
    RemoveAt,
    RemoveFacts,
    SetPath,
    changed,
    read_add,
    read_remove,
    read_set,
)
from stridewise.explain.edits.entries import canonical
from stridewise.plan.seal import to_values
from stridewise.profile.profile import load_profile
from stridewise.session import hold_session

SHORT = {
    "schema": 1,
    "runner": {"ref": "R-1"},
    "findings": ["weak glutes", "marathon in 3 weeks", {"heel_raise_reps": {"left": 20, "right": 9}}],
}


def after(change: Change, root: object = None) -> object:
    inquiry = asked_of(root or SHORT)  # type: ignore[arg-type]  # a mapping in every test
    return to_values(changed(inquiry.profile, [change], inquiry.program.vocabulary).document.root)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_recorded_fact_can_be_taken_out(path: Path) -> None:
    """Whatever section it stands in; and the original profile is as before."""
    inquiry = about(path)
    before = canonical(inquiry.profile.document.root)
    for fact in inquiry.session.situation.intake.facts:
        left = changed(inquiry.profile, [RemoveFacts((fact,))], inquiry.program.vocabulary)
        assert left.document.content != before, fact
    assert canonical(inquiry.profile.document.root) == before


def test_lines_that_stay_keep_their_numbers() -> None:
    path = next(path for path in PROFILES if path.stem == "marathoner_in_three_weeks")
    inquiry = about(path)
    copy = changed(inquiry.profile, [SetPath("race.in_weeks", 8), read_add("weakness: soleus")], inquiry.program.vocabulary)
    assert copy.document.line("findings", 1) == inquiry.profile.document.line("findings", 1)
    assert copy.document.line("findings", 2) == 0


def test_a_path_replaces_every_other_way_of_saying_it() -> None:
    """A date, another unit, or a phrase among the findings; what else the phrase says stays."""
    root = after(read_set("race.in_weeks=8"))
    assert isinstance(root, dict)
    assert root["race"] == {"in_weeks": 8}
    assert root["findings"] == ["weak glutes", {"heel_raise_reps": {"left": 20, "right": 9}}, {"race_distance": "marathon"}]


def test_a_measure_replaces_the_one_of_its_side() -> None:
    root = after(read_add("heel_raise_reps: 20, side: right"))
    assert isinstance(root, dict)
    assert {"heel_raise_reps": 20, "side": "right"} in root["findings"]
    assert {"heel_raise_reps": 20, "side": "left"} in root["findings"]


def test_half_of_a_phrase_can_go() -> None:
    inquiry = asked_of(SHORT)
    change = read_remove("weakness: gluteus_maximus", inquiry.profile, inquiry.program.vocabulary)
    root = after(change)
    assert isinstance(root, dict)
    assert {"weakness": "gluteus_medius"} in root["findings"]
    assert "weak glutes" not in root["findings"]


def test_findings_are_numbered_from_one() -> None:
    inquiry = asked_of(SHORT)
    root = after(read_remove("1", inquiry.profile, inquiry.program.vocabulary))
    assert isinstance(root, dict)
    assert root["findings"][0] == "marathon in 3 weeks"
    with pytest.raises(ProfileError, match="the profile has 3 findings; count from 1"):
        read_remove("4", inquiry.profile, inquiry.program.vocabulary)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (read_set("rase.in_weeks=8"), 'unknown section "rase.in_weeks". Did you mean "race"?'),
        (read_add("weakness: sole"), 'unknown muscle "sole". Did you mean "soleus"?'),
        (SetPath("findings[9].side", "left"), "leads nowhere"),
        (AddFact("no such phrase"), "unknown phrase"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_in_words(change: Change, message: str) -> None:
    with pytest.raises(ProfileError) as raised:
        after(change)
    assert message in str(raised.value)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("path", PROFILES[:3], ids=lambda path: path.stem)
def test_a_changed_copy_plans_like_the_same_profile_in_a_file(path: Path, tmp_path: Path) -> None:
    """Every what-if is a run of its own: written out and read again it gives the same plan."""
    inquiry = about(path)
    change = SetPath("constraints.minutes_per_session", 20)
    root = json.loads(canonical(changed(inquiry.profile, [change], inquiry.program.vocabulary).document.root))
    written = tmp_path / "profile.yaml"
    written.write_text(yaml.safe_dump(root), encoding="utf-8")
    again = hold_session(load_profile(written), inquiry.program, inquiry.as_of, "reference")
    assert again.plan.receipt.plan_sha256 == inquiry.after([change]).plan.receipt.plan_sha256


def test_what_is_left_of_a_phrase_does_not_contradict_what_is_said_in_full() -> None:
    """The phrase said the gluteus medius too; the marked weakness recorded beside it stays the only one."""
    inquiry = asked_of({**SHORT, "findings": ["weak glutes", {"weakness": "gluteus_medius", "grade": "marked"}]})
    change = read_remove("weakness: gluteus_maximus", inquiry.profile, inquiry.program.vocabulary)
    after = inquiry.after([change])
    left = {(fact.value, fact.get("grade")) for fact in after.situation.intake.facts if fact.kind == "weakness"}
    assert left == {("gluteus_medius", "marked")}


def test_numbers_count_in_the_profile_as_it_is() -> None:
    """Whatever the order of the changes, and also beside a value set by number."""
    changes: list[Change] = [RemoveAt("findings[0]"), SetPath("findings[2].heel_raise_reps", 12), RemoveAt("findings[1]")]
    inquiry = asked_of({**SHORT, "findings": ["weak glutes", "valgus knee", {"heel_raise_reps": 9, "side": "left"}]})
    for order in (changes, changes[::-1]):
        root = to_values(changed(inquiry.profile, order, inquiry.program.vocabulary).document.root)
        assert root["findings"] == [{"heel_raise_reps": 12, "side": "left"}]


def test_a_fact_that_intake_would_refuse_beside_another_takes_its_place() -> None:
    """Tested and normal after all, and a yes that was a no."""
    inquiry = asked_of({**SHORT, "findings": [{"weakness": "soleus", "grade": "normal"}, {"plateau": True}]})
    after = inquiry.after([read_add("weakness: soleus"), read_add("plateau: false")])
    facts = {fact.kind: fact for fact in after.situation.intake.facts}
    assert facts["weakness"].get("grade") == "mild"
    assert facts["plateau"].value == "no"


def test_whatever_a_training_log_gives_can_be_taken_out() -> None:
    """The longest run too, which a log gives as it gives the weeks."""
    inquiry = about(PROFILES[0].parent / "with_log" / "trail_ultra.yaml")
    logged = [fact for fact in inquiry.session.situation.intake.facts if any("runs.csv" in place.path for place in fact.places)]
    assert {"longest_run", "weekly_distance"} <= {fact.kind for fact in logged}
    for fact in logged:
        assert fact not in inquiry.after([RemoveFacts((fact,))]).situation.intake.facts, fact.kind
