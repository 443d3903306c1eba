"""A plan on file vouches for itself: what was edited, swapped, taken out or put in is found and named, and what only looks
different still holds."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hooks_kit import manager_of
from plans import ASKED, DAY, WEAK, built_in, clinic, profile, when_weak
from stridewise.errors import ProfileError
from stridewise.explain.verify import Verified, verify
from stridewise.explain.vouching import content_of
from stridewise.library import render_plan, to_dict
from stridewise.plan.seal import OWN_SEAL, digest_of_receipt, digest_of_values
from stridewise.profile.profile import Profile
from stridewise.program.program import Program
from stridewise.session import recommend

RUNNER = f"{ASKED}training: {{weekly_distance_km: [50, 50, 50, 60]}}\n{WEAK}"
RESTS = when_weak("rests", {"warn": "Rest.", "level": "info"}, {"target": "squat_pattern", "priority": "high"})

Values = dict[str, Any]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return clinic(tmp_path / "then", RESTS)


def made(program: Program, who: Profile) -> Values:
    return to_dict(recommend(who, program, DAY, "reference"))


def on_file(folder: Path, values: Any, **form: Any) -> Path:
    path = folder / "plan.json"
    path.write_text(values if isinstance(values, str) else json.dumps(values, **form), encoding="utf-8")
    return path


def looked_at(folder: Path, values: Any, program: Program, who: Profile | None = None) -> Verified:
    return verify(on_file(folder, values), who or profile(RUNNER), program, "reference")


def test_a_plan_as_it_was_made_holds(tmp_path: Path, program: Program) -> None:
    found = looked_at(tmp_path, made(program, profile(RUNNER)), program)
    assert (found.holds, found.identical, found.differs, found.causes, found.notes) == (True, True, (), (), ())


@pytest.mark.parametrize("form", [{"indent": 7}, {"sort_keys": True}, {"ensure_ascii": False, "separators": (",", ":")}])
def test_how_a_plan_is_written_down_is_no_matter(tmp_path: Path, program: Program, form: dict[str, Any]) -> None:
    values = made(program, profile(RUNNER))
    path = on_file(tmp_path, dict(reversed(list(values.items()))), **form)
    assert verify(path, profile(RUNNER), program, "reference").holds


def reword(plan: Values) -> None:
    plan["warnings"][0]["text"] = "Run."


def put_a_key_in(plan: Values) -> None:
    plan["note"] = "Run."


def hide_a_key(plan: Values) -> None:
    """Under a name that stands beside the plan where it is at its top."""
    plan["prescriptions"][0]["drawings"] = plan["warnings"][0]["receipt"] = "Run."


def take_a_key_out(plan: Values) -> None:
    del plan["swaps"]


def true_for_one(plan: Values) -> None:
    plan["prescriptions"][0]["dosage"]["per_side"] = int(plan["prescriptions"][0]["dosage"].get("per_side", False))


@pytest.mark.parametrize("edit", [reword, put_a_key_in, hide_a_key, take_a_key_out, true_for_one])
def test_an_edited_plan_does_not_hold(tmp_path: Path, program: Program, edit: Callable[[Values], None]) -> None:
    values = made(program, profile(RUNNER))
    edit(values)
    found = looked_at(tmp_path, values, program)
    assert not found.holds
    assert [text for text in found.causes if text.startswith("the plan: it does not fit the seal")], found.causes


def edit_of(key: str, value: Any) -> Callable[[Values], None]:
    def edit(plan: Values) -> None:
        plan["receipt"][key] = value

    return edit


def another_version(plan: Values) -> None:
    plan["receipt"]["packs"][0]["version"] = "9.9.9"


def reviewed_by_nobody(plan: Values) -> None:
    plan["receipt"]["packs"][0]["reviewed"] = "2026-01-01"


def without_its_seal(plan: Values) -> None:
    del plan["receipt"][OWN_SEAL]


EDITS = [
    another_version,
    reviewed_by_nobody,
    without_its_seal,
    edit_of("engine", "none"),
    edit_of("version", "9"),
    edit_of("program_sha256", "0"),
    edit_of("facts_sha256", "0"),
    edit_of("note", "ours"),
    edit_of("plugins", [{}]),
    edit_of("overrides", None),
]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_receipt_does_not_hold(tmp_path: Path, program: Program, edit: Callable[[Values], None]) -> None:
    values = made(program, profile(RUNNER))
    edit(values)
    found = looked_at(tmp_path, values, program)
    assert (found.holds, found.identical) == (False, True)
    assert [text for text in found.causes if text.startswith("the receipt: it was edited")], found.causes


@pytest.mark.parametrize("edit", [one for one in EDITS if one is not without_its_seal][:2] + EDITS[4:9])
def test_a_receipt_that_was_sealed_anew_does_not_hold_either(
    tmp_path: Path, program: Program, edit: Callable[[Values], None]
) -> None:
    """A seal is no signature; what the receipt says is compared too."""
    values = made(program, profile(RUNNER))
    edit(values)
    values["receipt"][OWN_SEAL] = digest_of_receipt(values["receipt"])
    found = looked_at(tmp_path, values, program)
    assert (found.holds, found.identical, len(found.causes)) == (False, True, 1), found.causes


def put_nothing_in(plan: Values) -> None:
    plan["note"] = None


def turn_round(plan: Values) -> None:
    plan["schedule"].reverse()


@pytest.mark.parametrize("edit", [reword, put_nothing_in, take_a_key_out, true_for_one, turn_round])
def test_a_plan_that_was_edited_and_sealed_anew_does_not_hold(
    tmp_path: Path, program: Program, edit: Callable[[Values], None]
) -> None:
    """Also where only a digest tells the two apart."""
    values = made(program, profile(RUNNER))
    edit(values)
    values["receipt"]["plan_sha256"] = digest_of_values(content_of(values))
    values["receipt"][OWN_SEAL] = digest_of_receipt(values["receipt"])
    found = looked_at(tmp_path, values, program)
    assert (found.holds, found.identical, len(found.differs)) == (False, False, 1), found.differs


def test_what_was_edited_is_named_entry_by_entry_and_field_by_field(tmp_path: Path, program: Program) -> None:
    values = made(program, profile(RUNNER))
    reword(values)
    first = values["prescriptions"][0]
    first["side"], first["dosage"]["sets"] = "left", 9
    values["review"]["date"], values["status"], values["notices"] = "2027-01-01", "refer_first", ["Run."]
    differs = looked_at(tmp_path, values, program).differs
    assert f"warnings: changed: {values['warnings'][0]['id']} (text)" in differs
    assert f"prescriptions: changed: {first['name']} (side, dosage)" in differs
    assert "status: refer_first → ready" in differs
    assert any(text.startswith("review: date: 2027-01-01 → ") for text in differs)
    assert any(text.startswith("notices: gone: Run.") for text in differs)


def test_another_order_is_named_where_it_is(tmp_path: Path, program: Program) -> None:
    values = made(program, profile(RUNNER))
    turn_round(values)
    assert looked_at(tmp_path, values, program).differs == ("schedule: another order or number",)


def test_the_receipts_of_two_plans_cannot_be_swapped(tmp_path: Path, program: Program) -> None:
    other = profile(RUNNER.replace("R-1", "R-2"))
    mine, theirs = made(program, profile(RUNNER)), made(program, other)
    mine["receipt"], theirs["receipt"] = theirs["receipt"], mine["receipt"]
    for values, who in ((mine, profile(RUNNER)), (theirs, other)):
        found = looked_at(tmp_path, values, program, who)
        assert not found.holds
        assert "has another's receipt" in found.causes[0]


def test_places_are_looked_at_though_no_seal_covers_them(tmp_path: Path, program: Program) -> None:
    """A profile may have another name by now, not other lines."""
    values = made(program, profile(RUNNER))
    assert looked_at(tmp_path, values, program, profile(RUNNER, "renamed.yaml")).holds
    fact = values["warnings"][0]["because"][0]["facts"][0]
    fact["at"] = "profile.yaml:1"
    assert looked_at(tmp_path, values, program).causes == ("the places (at): they name other lines than the profile has",)


def test_an_edited_drawing_does_not_hold(tmp_path: Path, program: Program) -> None:
    values = made(program, profile(RUNNER))
    first = values["prescriptions"][0]
    values["drawings"] = [{"exercise": first["exercise"], "side": first["side"], "svg": "<svg>this</svg>"}]
    for drawing, holds in (("<svg>this</svg>", True), ("<svg>that</svg>", False)):
        drawn = {first["exercise"]: drawing}
        found = verify(
            on_file(tmp_path, values), profile(RUNNER), program, "reference", lambda name, _, known=drawn: known.get(name, "")
        )
        assert found.holds is holds


def test_a_plan_in_another_language_holds_and_rests_on_its_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = recommend(profile(RUNNER), built_in(), DAY, "reference", "de")
    values = to_dict(plan)
    assert values == json.loads(render_plan(plan, "json"))
    assert len(values["receipt"]["texts_sha256"]) == 64
    assert looked_at(tmp_path, values, built_in()).holds
    monkeypatch.setattr("stridewise.session.digest_of_texts", lambda *_: "0" * 64)
    assert looked_at(tmp_path, values, built_in()).causes == ("the texts of the plan's language changed",)


# --- by others ----------------------------------------------------------------------------------------------------------


def test_an_edited_profile_is_named_also_where_the_plan_stays(tmp_path: Path, program: Program) -> None:
    found = looked_at(tmp_path, made(program, profile(RUNNER)), program, profile(RUNNER + "# a remark\n"))
    assert (found.holds, found.identical, found.causes) == (False, True, ("the profile: its file changed",))


def test_another_program_is_named_by_its_packs_and_rules(tmp_path: Path, program: Program) -> None:
    waits = when_weak("waits", {"warn": "Wait.", "level": "info"}, {"target": "squat_pattern", "priority": "high"})
    found = looked_at(tmp_path, made(program, profile(RUNNER)), clinic(tmp_path / "now", waits))
    name = "trial"
    assert (found.holds, found.identical) == (False, False)
    assert [text for text in found.causes if text.startswith(f"rule pack {name}: its files changed (version")]
    assert f"rules that fired then and do not now: {name}/rests" in found.causes
    assert f"rules that fire now and did not then: {name}/waits" in found.causes


def test_another_program_is_named_also_where_the_plan_stays(tmp_path: Path, program: Program) -> None:
    silent = when_weak("silent", {"warn": "Wait.", "level": "info"}, muscle="hamstrings")
    found = looked_at(tmp_path, made(program, profile(RUNNER)), clinic(tmp_path / "now", RESTS, silent))
    assert (found.holds, found.identical, len(found.causes)) == (False, True, 1)


def test_other_code_of_ours_is_named(tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    values = made(program, profile(RUNNER))
    monkeypatch.setattr("stridewise.plan.receipt.engine_sha256", lambda: "0" * 64)
    found = looked_at(tmp_path, values, program)
    assert (found.holds, found.identical) == (False, True)
    assert found.causes[0].startswith("stridewise: its own code changed within version")


def test_plugins_and_what_they_compute_are_on_the_receipt(tmp_path: Path, program: Program) -> None:
    computes = replace(program, plugins=manager_of(further_facts=lambda facts: [{"longest_run": 20}]), cache={})
    values = made(computes, profile(RUNNER))
    assert [set(one) for one in values["receipt"]["plugins"]] == [{"name", "sha256"}]
    assert looked_at(tmp_path, values, computes).holds
    other = replace(program, plugins=manager_of(further_facts=lambda facts: [{"longest_run": 21}]), cache={})
    causes = looked_at(tmp_path, values, other).causes
    assert "what is known of the runner: the training log changed, or what a plugin computes" in causes
    gone = looked_at(tmp_path, values, program).causes
    assert [text for text in gone if text.startswith("plugin ") and text.endswith(": no longer in force")]


def test_which_matchers_ran_is_told_and_holds(tmp_path: Path, program: Program) -> None:
    """They agree; a machine may lack one of them."""
    values = to_dict(recommend(profile(RUNNER), program, DAY, "both"))
    found = looked_at(tmp_path, values, program)
    assert found.holds
    assert found.notes[0].startswith("the matchers: ")


NO_PLANS = [
    ("hello", "cannot be read as JSON"),
    ("", "cannot be read as JSON"),
    ("[]", "is not one plan"),
    ('{"schema": 1, "schema": 1}', "schema"),
    ('{"schema": 1, "receipt": "x"}', "is not one plan"),
    ('{"schema": 1, "receipt": {}}', "plan of schema 1, as stridewise 0.1.0 wrote it; .* schema 2: plan the profile"),
    ('{"schema": 3, "receipt": {"version": "9.1.0"}}', "schema 3, as stridewise 9.1.0 wrote it; .*: ask that version"),
    ('{"schema": true, "receipt": {}}', "is not one plan"),
]


@pytest.mark.parametrize(("text", "says"), NO_PLANS)
def test_what_is_no_plan_is_refused_at_its_line(tmp_path: Path, program: Program, text: str, says: str) -> None:
    with pytest.raises(ProfileError, match=rf"plan\.json:\d+: .*{says}"):
        looked_at(tmp_path, text, program)


def test_a_plan_cut_short_is_refused(tmp_path: Path, program: Program) -> None:
    whole = json.dumps(made(program, profile(RUNNER)), indent=2)
    for length in (1, len(whole) // 2, len(whole) - 2):
        with pytest.raises(ProfileError, match=r"plan\.json:\d+: "):
            looked_at(tmp_path, whole[:length], program)
