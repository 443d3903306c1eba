"""What a pack author runs into: files that are not read, demands that were not said, lists that are closed, signatures that are
none, overrides past their date, texts with yesterday's number. Each is told, or has the careful meaning."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from check_kit import DAY, check, library, of, one, packs_of
from check_kit import exercise as toy_exercise
from cli_kit import run
from kit import rule, write_pack
from plans import ASKED, ATLAS, WEAK, clinic, exercise, plan, prescribed, vocabulary_pack, when_weak
from stridewise.authoring.checks.checking import check_packs
from stridewise.errors import PackError, Problems
from stridewise.packs.files import PackFiles
from stridewise.packs.pack import PackShape, load_pack
from stridewise.program.builder import build_program

NO_IMPACT = {"avoid": {"demand": "impact", "above": 0}, "level": "contraindication"}


def without_demands(name: str) -> dict[str, Any]:
    return {key: value for key, value in exercise(name).items() if key != "demands"}


def test_an_exercise_that_does_not_say_what_it_asks_passes_no_veto(tmp_path: Path) -> None:
    """A jump without `demands` is no safe exercise (it was planned for a confirmed bone stress injury)."""
    asked = [{"prescribe": name} for name in ("unsaid", "empty", "harmless")]
    rules = [when_weak("asks", *asked), when_weak("spares", NO_IMPACT)]
    harmless, empty = ({**without_demands(name), "demands": said} for name, said in (("harmless", "none"), ("empty", {})))
    program = clinic(tmp_path, *rules, exercises=[without_demands("unsaid"), empty, harmless])
    assert prescribed(plan(ASKED + WEAK, program)) == {"harmless"}


def test_check_asks_for_demands(tmp_path: Path) -> None:
    silent = {key: value for key, value in toy_exercise("jump").items() if key != "demands"}
    said = toy_exercise("hold", demands="none")
    empty = toy_exercise("leap", demands={})
    first, second = of(check(tmp_path, {**one(), "files": library(silent, said, empty)}), "demands", "error")
    assert "jump does not say what it asks of the body" in first.message
    assert "leap does not say what it asks of the body" in second.message


@pytest.mark.parametrize("name", ["None", "no", "TBD", "?", "", "n/a", "-"])
def test_a_reviewer_who_is_nobody_has_not_signed(name: str) -> None:
    assert not PackShape(name="p", version="1", reviewer=name, reviewed=date(2026, 1, 1)).is_signed(DAY)


def test_a_signature_needs_a_name_and_a_day_that_has_been() -> None:
    signed = PackShape(name="p", version="1", reviewer="A. Clinician", reviewed=DAY)
    assert signed.is_signed(DAY)
    assert not signed.is_signed(date(2026, 11, 20))
    assert not PackShape(name="p", version="1", reviewer="A. Clinician").is_signed(DAY)


UNREAD = [
    "rules/knee.yaml.txt",
    "Rules/knee.yaml",
    "rules/KNEE.YAML",
    "knee.yaml",
    "exercises/notes.year.html",
    "drawings/knee.jpg",
]


@pytest.mark.parametrize("name", UNREAD)
def test_a_file_that_is_not_read_is_named(tmp_path: Path, name: str) -> None:
    found = of(check(tmp_path, {**one(), "files": {name: "- id: lost\n"}}), "unread-file", "error")
    assert [finding.place.path for finding in found] == [f"toy/{name}"]


@pytest.mark.parametrize("name", ["rules/._knee.yaml", "rules/.#knee.yaml", "rules/knee.yaml~"])
def test_what_editors_leave_is_neither_read_nor_told(tmp_path: Path, name: str) -> None:
    found = check(tmp_path, {**one(), "files": {name: "{broken"}})
    assert of(found, "unread-file", "error") == []
    assert of(found, "load", "error") == []


def test_a_folder_that_is_a_link_is_told_as_not_read(tmp_path: Path) -> None:
    """Nothing walks into it, so the rules in it would be missing in silence."""
    folder = tmp_path / "pack"
    for name in ("rules/a.yaml", "archive/b.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("[]", encoding="utf-8")
    (folder / "rules" / "more").symlink_to(folder / "archive")
    assert PackFiles(folder, "pack", Problems("pack", PackError)).unread() == ["rules/more"]


def test_a_pack_is_checked_from_within_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`cd PACK; recommend pack check .` is what the README of a new pack says."""
    assert run("pack", "new", tmp_path / "shin").code == 0
    monkeypatch.chdir(tmp_path / "shin")
    ran = run("pack", "check", ".")
    assert "cannot be read" not in ran.out + ran.err
    assert ran.code == 0


def test_closed_lists_take_no_terms_of_another_pack(tmp_path: Path) -> None:
    own = write_pack(tmp_path / "own", {"vocabulary/own.yaml": {"terms": {"sides": {"links": {}}, "exercises": {"hop": {}}}}})
    with pytest.raises(PackError) as caught:
        build_program([vocabulary_pack(), load_pack(own, shown="own")], without_safety=True)
    assert "terms.sides: this list is closed" in str(caught.value)
    assert "terms.exercises: exercises are written in exercises/" in str(caught.value)


def test_a_term_may_not_take_over_a_word(tmp_path: Path) -> None:
    own = write_pack(tmp_path / "own", {"vocabulary/own.yaml": {"terms": {"muscles": {"gmax": {"label": "gmax"}}}}})
    with pytest.raises(PackError, match='its word "gmax" already stands for') as caught:
        build_program([vocabulary_pack(), load_pack(own, shown="own")], without_safety=True)
    assert "gluteus_maximus" in str(caught.value)
    assert str(caught.value).startswith("own/vocabulary/own.yaml:3: ")  # whichever pack is read first, the newcomer is told
    assert "terms_body.yaml:" in str(caught.value)  # and where the other is


MISTAKES = [
    ({"adjust": "weekly_distance", "by": "-150%", "text": "Less."}, "takes away more than there is"),
    ({"warn": " ", "level": "info"}, "expected a text, found nothing"),
    ({"refer": "physician", "urgency": "routine", "stops": "nothing", "text": ""}, "expected a text, found nothing"),
    ({"prescribe": "easy_squat", "dosage": {"sets": -2, "reps": 5}}, "sets: expected more than 0, found -2"),
]


@pytest.mark.parametrize(("then", "said"), MISTAKES)
def test_what_makes_no_sense_is_refused_at_its_line(tmp_path: Path, then: dict[str, Any], said: str) -> None:
    with pytest.raises(PackError) as caught:
        clinic(tmp_path, when_weak("wrong", then))
    assert said in str(caught.value)
    assert "trial/rules/all.yaml:" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"dosage": {"control": {"sets": 2}}}, "dosage.control: expected one of reps"), ({"stop_if": " "}, "stop_if")],
)
def test_an_exercise_nobody_can_dose_or_do_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(PackError, match=said):
        clinic(tmp_path, exercises=[{**exercise("odd"), **change}])


# --- overrides ----------------------------------------------------------------------------------------------------------

SIGNED = {"reason": "local policy", "by": "A. Clinician", "expires": "2026-12-31"}


def two_packs(tmp_path: Path, override: dict[str, Any], *own: dict[str, Any]) -> Any:
    """A pack with a warning from a threshold on, and a clinic that changes it until the end of the year."""
    first = write_pack(
        tmp_path / "first",
        {
            "rules/all.yaml": [
                rule("far", [{"weekly_distance": "> far_week"}], [{"warn": "More than {far_week} a week.", "level": "info"}]),
                when_weak("rests", {"warn": "Rest.", "level": "info"}),
            ],
            "sources.yaml": ATLAS,
        },
        thresholds={"far_week": {"value": 64, "unit": "km"}},
    )
    second = write_pack(tmp_path / "second", {"rules/all.yaml": list(own)} if own else {}, overrides=[{**override, **SIGNED}])
    packs = [vocabulary_pack(), load_pack(first, shown="first"), load_pack(second, shown="second")]
    return build_program(packs, without_safety=True)


RUNS = f"{ASKED}training: {{weekly_distance_km: [50, 50, 50, 60]}}\n{WEAK}"


@pytest.mark.parametrize(("day", "said"), [(date(2026, 12, 31), ["More than 56 km a week."]), (date(2027, 1, 1), [])])
def test_a_text_takes_the_number_of_the_day(tmp_path: Path, day: date, said: list[str]) -> None:
    """Retuned to 56 km the text says 56; after the override's date 64 holds again, and the plan says so."""
    program = two_packs(tmp_path, {"threshold": "first/far_week", "action": "retune", "to": "56 km"})
    made = plan(RUNS, program, as_of=day)
    assert [warning.text for warning in made.warnings if "More than" in warning.text] == said
    assert any("no longer holds" in notice for notice in made.notices) == (said == [])


def test_after_its_date_a_rule_is_back_and_its_stand_in_gone(tmp_path: Path) -> None:
    override = {"rule": "first/rests", "action": "replace", "with_rule": "trains"}
    program = two_packs(tmp_path, override, when_weak("trains", {"warn": "Train on.", "level": "info"}))
    assert [one.text for one in plan(RUNS, program).warnings] == ["Train on."]
    assert [one.text for one in plan(RUNS, program, as_of=date(2027, 1, 1)).warnings] == ["Rest."]


def test_what_protects_goes_on_past_its_date_and_says_so(tmp_path: Path) -> None:
    override = {"rule": "first/rests", "action": "replace", "with_rule": "spares"}
    program = two_packs(tmp_path, override, when_weak("spares", NO_IMPACT))
    made = plan(RUNS, program, as_of=date(2027, 1, 1))
    assert made.warnings == ()
    assert any("kept because it protects" in notice for notice in made.notices)


def test_check_names_an_override_past_its_date(tmp_path: Path) -> None:
    written = {**one(), "more": [rule("two", [{"colour": "red"}])]}
    override = {"rule": "toy/one", "action": "disable", "reason": "x", "by": "A. B.", "expires": "2026-01-01"}

    def packs() -> list[Any]:
        extra = write_pack(tmp_path / "late", {}, overrides=[override])
        return [*packs_of(tmp_path, written), load_pack(extra, shown="late")]

    found = check_packs(packs, lambda pack: pack.name == "late", DAY, without_safety=True)
    assert any("ended on 2026-01-01; it no longer holds" in finding.message for finding in of(found, "review", "warning"))


def test_the_folder_of_a_pack_may_be_named_in_any_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_pack(tmp_path / "own", {"rules/all.yaml": [when_weak("warns", {"warn": "Careful.", "level": "info"})]})
    monkeypatch.chdir(folder)
    for named in (".", "./", os.path.join("..", "own"), str(folder)):  # noqa: PTH118  # as they are typed
        assert [written.item.id for written in load_pack(Path(named)).rules] == ["warns"]
