"""Whose plans change between two versions of a pack: everything that changes is told, and nothing else."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from hooks_kit import manager_of
from kit import SOURCES, base_pack, rule, toy_pack
from stridewise.authoring.pack_diff import PlanChange, diff_plans, read_profiles, render_diff
from stridewise.authoring.record_diff import Change, diff_records
from stridewise.cli.main import recommend
from stridewise.errors import ProfileError
from stridewise.program.builder import build_program
from stridewise.program.program import Program

DAY = date(2026, 11, 21)
RED = {"colour": "red"}
WARN = {"warn": "Look out.", "level": "info"}
HOP: dict[str, Any] = {
    "id": "hop",
    "name": "Hop",
    "blocks": ["core"],
    "targets": {"direct": ["neatness"]},
    "laterality": "bilateral",
    "dosage": {"control": {"sets": 4, "reps": 8}},
    "instructions": ["Hop."],
    "stop_if": "Pain.",
    "sources": ["atlas"],
}


def version(folder: Path, *rules: dict[str, Any], hop: dict[str, Any] = HOP) -> Program:
    return build_program([base_pack(folder), toy_pack(folder / "toy", rules, {"exercises/e.yaml": [hop]})], without_safety=True)


def profiles(folder: Path, **runners: list[Any]) -> Path:
    for name, findings in runners.items():
        path = folder / "profiles" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(yaml.safe_dump({"schema": 1, "runner": {"ref": name}, "findings": findings}), encoding="utf-8")
    return folder / "profiles"


def diff(tmp_path: Path, old: list[Any], new: list[Any], new_hop: dict[str, Any] = HOP) -> list[Change]:
    """The changes for the one red runner."""
    before, after = version(tmp_path / "old", *old), version(tmp_path / "new", *new, hop=new_hop)
    (one,) = diff_plans(before, after, read_profiles(profiles(tmp_path, anna=[RED])), DAY, "reference")
    return list(one.changes)


def test_the_same_pack_changes_nothing(tmp_path: Path) -> None:
    rules = [rule("one", [RED], [{"prescribe": "hop"}, WARN])]
    assert diff(tmp_path, rules, rules) == []


def test_an_added_exercise_is_told_with_its_reason(tmp_path: Path) -> None:
    changed = diff(tmp_path, [], [rule("one", [RED], [{"prescribe": "hop"}])])
    assert Change("prescriptions", "+", "hop", ("toy/one: So.",)) in changed


def test_a_removed_warning_is_told(tmp_path: Path) -> None:
    assert Change("warnings", "-", "toy/one", ("toy/one: So.",)) in diff(tmp_path, [rule("one", [RED], [WARN])], [])


def test_a_changed_dose_is_told_field_by_field(tmp_path: Path) -> None:
    rules = [rule("one", [RED], [{"prescribe": "hop"}])]
    more = HOP | {"dosage": {"control": {"sets": 3, "reps": {"min": 6, "max": 8}}}}
    change = next(one for one in diff(tmp_path, rules, rules, more) if one.section == "prescriptions")
    assert (change.section, change.sign, change.item) == ("prescriptions", "~", "hop")
    assert "dosage sets: 4 → 3" in change.details
    assert any(detail.startswith("dosage reps: 8 → ") for detail in change.details)


def test_a_reason_that_changes_is_told(tmp_path: Path) -> None:
    old, new = rule("one", [RED], [WARN]), rule("one", [RED], [WARN], because="Because.")
    assert Change("warnings", "~", "toy/one", ("toy/one: text: So. → Because.",)) in diff(tmp_path, [old], [new])


def test_a_warning_that_another_rule_gives_now_is_not_told_as_lost(tmp_path: Path) -> None:
    old, new = (rule(name, [RED], [WARN]) for name in ("one", "two"))
    details = ("no longer because of toy/one", "also because of toy/two", "id: toy/one → toy/two")
    assert diff(tmp_path, [old], [new]) == [Change("warnings", "~", "toy/one", details)]


def test_what_rests_on_a_rule_of_another_name_and_says_the_same_is_not_told(tmp_path: Path) -> None:
    old, new = ([rule(name, [RED]), rule("one", [{"ready": "yes"}], [WARN])] for name in ("base", "ground"))
    details = ("no longer because of toy/base", "also because of toy/ground")
    assert diff(tmp_path, old, new) == [Change("conclusions", "~", "ready: yes", details)]


def test_a_part_of_the_plan_without_reasons_is_told_too(tmp_path: Path) -> None:
    """Whatever differs: here what no rule reads any more."""
    assert Change("not_used", "+", "colour: red, shade: light, side: both") in diff(tmp_path, [rule("one", [RED], [WARN])], [])


def test_only_those_concerned_are_listed(tmp_path: Path) -> None:
    before, after = version(tmp_path / "old"), version(tmp_path / "new", rule("one", [RED], [WARN]))
    folder = profiles(tmp_path, anna=[RED], ben=[{"colour": "green"}])
    text = render_diff(diff_plans(before, after, read_profiles(folder), DAY, "reference"))
    assert f"{folder}/anna.yaml (anna): " in text
    assert "    + toy/one\n" in text
    assert "ben" not in text
    assert text.endswith("1 of 2 plans change.\n")


def test_a_profile_that_only_one_version_can_read_is_a_change(tmp_path: Path) -> None:
    own = {"vocabulary/own.yaml": {"kinds": {"smell": {"open": True, "value": {"yes_no": True}}}}}
    before = build_program([base_pack(tmp_path / "old"), toy_pack(tmp_path / "old" / "toy", [], own)], without_safety=True)
    folder = profiles(tmp_path, anna=[{"smell": "yes"}])
    (one,) = diff_plans(before, version(tmp_path / "new"), read_profiles(folder), DAY, "reference")
    assert isinstance(one, PlanChange)
    (change,) = one.changes
    assert (change.section, change.sign) == ("plan", "-")
    assert "smell" in change.details[0]


def test_a_folder_without_profiles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="holds no profile"):
        read_profiles(tmp_path)


def test_every_profile_that_cannot_be_planned_for_is_named_at_once(tmp_path: Path) -> None:
    """Those that cannot be read, then those with a finding that neither version knows."""
    program = version(tmp_path / "old")
    folder = profiles(tmp_path, anna=[RED], ben=[{"colour": "mauve"}], cleo=[{"smell": "yes"}])
    with pytest.raises(ProfileError, match=r"(?s)ben.yaml:\d+: findings\[0\].*cleo.yaml:\d+: findings\[0\]"):
        diff_plans(program, program, read_profiles(folder), DAY, "reference")
    for name in ("dora", "emil"):
        (folder / f"{name}.yaml").write_text("schema: [1\n", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"(?s)dora.yaml:1.*emil.yaml:1"):
        read_profiles(folder)


def test_the_command_compares_two_folders(tmp_path: Path) -> None:
    head = {"name": "clinic", "version": "1.0", "requires": ["vocabulary"]}
    for name, text in (("old", "Look out."), ("new", "Look twice.")):
        (tmp_path / name / "rules").mkdir(parents=True)
        one = rule("one", [{"weakness": "soleus"}], [{"warn": text, "level": "info"}])
        for path, content in (("pack.yaml", head), ("sources.yaml", SOURCES), ("rules/r.yaml", [one])):
            (tmp_path / name / path).write_text(yaml.safe_dump(content), encoding="utf-8")
    folder = profiles(tmp_path, anna=[{"weakness": "soleus"}])
    arguments = ["pack", "diff", str(tmp_path / "old"), str(tmp_path / "new"), "--profiles", str(folder), "--as-of", str(DAY)]
    result = CliRunner().invoke(recommend, arguments, standalone_mode=False, catch_exceptions=False)
    assert "text: Look out. → Look twice." in result.output
    assert result.output.endswith("1 of 1 plans change.\n")


ONE = [rule("one", [RED], [{"prescribe": "hop"}, WARN])]
TEXTS = [
    ("instructions", ["Leap."], "Hop. → Leap."),
    ("feel", "Here.", "nothing → Here."),
    ("fault", "Slow.", "nothing → Slow."),
    ("name", "Big hop", "Hop → Big hop"),
]


@pytest.mark.parametrize(("field", "value", "told"), TEXTS, ids=[field for field, *_ in TEXTS])
def test_a_changed_text_of_an_exercise_is_told(tmp_path: Path, field: str, value: Any, told: str) -> None:
    changed = diff(tmp_path, ONE, ONE, {**HOP, field: value})
    details = [line for change in changed if change.section == "prescriptions" for line in change.details]
    assert any(line.endswith(told) for line in details)


def test_a_changed_sentence_to_the_runner_and_another_source_are_told(tmp_path: Path) -> None:
    new = [{**ONE[0], "patient": "Hop on.", "sources": ["atlas#a1"]}]
    (change,) = (one for one in diff(tmp_path, ONE, new) if one.section == "warnings")
    assert change.details[0] == "toy/one: patient: nothing → Hop on."
    assert change.details[1].startswith("toy/one: sources: ")


def records(tmp_path: Path, old: dict[str, Any], new: dict[str, Any], **head: Any) -> list[Change]:
    """What two versions of the pack `toy` say differently: each the files of one, beside the same rule."""

    def program(folder: Path, files: dict[str, Any], **head: Any) -> Program:
        return build_program(
            [base_pack(folder), toy_pack(folder / "toy", [rule("one", [RED])], files, **head)], without_safety=True
        )

    return list(diff_records(program(tmp_path / "old", old), program(tmp_path / "new", new, **head)))


def shade(grey: dict[str, str]) -> dict[str, Any]:
    return {"vocabulary/v.yaml": {"terms": {"shades": {"grey": grey}}}}


SAID = [
    ({"exercises/e.yaml": [HOP]}, {}, Change("exercises", "-", "hop")),
    ({}, {"exercises/e.yaml": [HOP]}, Change("exercises", "+", "hop")),
    (
        {"exercises/e.yaml": [HOP]},
        {"exercises/e.yaml": [{**HOP, "feel": "Here."}]},
        Change("exercises", "~", "hop", ("feel: nothing → Here.",)),
    ),
    (shade({}), shade({"label": "ash"}), Change("terms", "~", "shades: grey", ("label: nothing → ash",))),
]


@pytest.mark.parametrize(("old", "new", "change"), SAID, ids=["gone", "new", "a-text", "a-label"])
def test_what_the_packs_say_differently_is_told_whoever_it_is_about(
    tmp_path: Path, old: dict[str, Any], new: dict[str, Any], change: Change
) -> None:
    """No profile is planned for: what no example shows has changed all the same."""
    assert records(tmp_path, old, new) == [change]


def test_a_changed_number_and_rule_are_told(tmp_path: Path) -> None:
    tall = {"tall": {"value": 40, "unit": "cm", "source": "atlas"}}
    rules = {"rules/rules.yaml": [{**rule("one", [RED]), "because": "Anew."}]}
    assert records(tmp_path, {}, rules, thresholds=tall, version="1.1") == [
        Change("pack", "~", "toy", ("version: 1.0 → 1.1",)),
        Change("thresholds", "+", "tall"),
        Change("rules", "~", "one", ("because: So. → Anew.",)),
    ]
    assert records(tmp_path / "same", rules, rules) == []


def test_a_profile_that_only_a_plugin_reads_is_compared_too(tmp_path: Path) -> None:
    folder = profiles(tmp_path, anna=[RED])
    (folder / "bert.xyz").write_text("red", encoding="utf-8")
    (folder / "notes.txt").write_text("nothing", encoding="utf-8")

    def read_profile(name: str, content: bytes) -> Any:
        return {"schema": 1, "runner": {"ref": "bert"}, "findings": [RED]} if name.endswith(".xyz") else None

    read = read_profiles(folder, lambda: manager_of(read_profile=read_profile))
    assert [str(one.sections.runner.ref) for one in read] == ["anna", "bert"]
