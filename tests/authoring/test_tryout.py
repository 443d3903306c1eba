"""A pack with one file edited: what its rules, plans, cases and checks do is told before anything is saved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from check_kit import RED, case, cases, exercise, library, packs_of
from kit import rule
from plans import ROOT, built_in
from stridewise.authoring.checks.checking import CHECKS, subject_of
from stridewise.authoring.checks.finding import Subject
from stridewise.authoring.scaffold import new_pack
from stridewise.authoring.tried import Edit, Tried
from stridewise.authoring.tryout import OF_CASES, SAID, try_out
from stridewise.program.builder import build_program

DAY = date(2026, 11, 21)
FILE = "rules/shin.yaml"
RULE = "clinic/weak-shin-muscle-starts-with-heel-walking"
Trying = Callable[..., list[Tried]]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new pack, and two runners: one whom its rule concerns, one whom it does not."""
    folder = Path(tmp_path_factory.mktemp("tryout")) / "clinic"
    for path, text in new_pack(folder, built_in()).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, finding in (("shin", "weakness: tibialis_anterior, grade: mild"), ("calf", "weakness: soleus, grade: mild")):
        (folder.parent / f"{name}.yaml").write_text(f"schema: 1\nrunner: {{ref: {name}}}\nfindings: [{{{finding}}}]\n")
    return folder


@pytest.fixture(scope="module")
def trying(pack: Path) -> Trying:
    """All answers to a text in place of a file."""

    def answers(change: Callable[[str], str], file: str = FILE, runners: tuple[str, ...] = ("calf", "shin")) -> list[Tried]:
        text = change((pack / file).read_text(encoding="utf-8"))
        paths = [pack.parent / f"{name}.yaml" for name in runners]
        return list(try_out(Edit(pack, "clinic", file, text.encode()), built_in().packs, paths, DAY))

    return answers


@pytest.fixture(scope="module")
def narrowed(trying: Trying) -> list[Tried]:
    """The rule asks for a marked weakness, so that one runner and one case fall out."""
    return trying(lambda text: text.replace("[mild, marked]", "[marked]"))


@pytest.mark.slow
def test_an_unchanged_file_shows_its_rules_and_changes_nothing(trying: Trying) -> None:
    told = trying(lambda text: text)[-1]
    assert told.is_whole
    assert [(one.rule, one.standing, one.now, one.before) for one in told.firings] == [
        (RULE, "as saved", ("shin.yaml",), ("shin.yaml",))
    ]
    assert [plan.changes for plan in told.plans] == [(), ()]
    assert [case.failures for case in told.cases] == [(), ()]


@pytest.mark.slow
def test_who_falls_out_of_a_rule_is_told_with_the_plan_that_changes(narrowed: list[Tried]) -> None:
    told = narrowed[-1]
    assert [(one.rule, one.standing, one.now, one.before) for one in told.firings if one.rule == RULE] == [
        (RULE, "changed", (), ("shin.yaml",))
    ]
    assert [(plan.profile, bool(plan.changes)) for plan in told.plans] == [("calf.yaml", False), ("shin.yaml", True)]
    (gone,) = [change for change in told.plans[1].changes if change.item == "clinic_heel_walk" and change.sign == "-"]
    assert gone.section == "prescriptions"


@pytest.mark.slow
def test_a_rule_that_is_new_and_one_that_is_gone_are_told(trying: Trying) -> None:
    told = trying(lambda text: text.replace("id: weak-shin", "id: feeble-shin"))[-1]
    assert {one.rule: (one.standing, one.now, one.before) for one in told.firings} == {
        RULE: ("gone", (), ("shin.yaml",)),
        RULE.replace("weak", "feeble"): ("new", ("shin.yaml",), ()),
    }


@pytest.mark.slow
def test_an_edited_case_that_fails_is_told_at_its_place(trying: Trying) -> None:
    told = trying(lambda text: text.replace("grade: marked", "grade: normal"), "cases/shin.yaml")[-1]
    (failed,) = [case for case in told.cases if case.failures]
    assert failed.place == "clinic/cases/shin.yaml:3"
    assert f"fires: {RULE} is missing" in failed.failures[0]


@pytest.mark.slow
def test_the_checks_speak_of_the_text_and_not_of_the_file(trying: Trying) -> None:
    told = trying(lambda text: text.replace("trains the muscle", "prevents injuries of the muscle"))[-1]
    assert [one.place.line for one in told.findings if "prevent" in one.message] == [14]


@pytest.mark.slow
def test_a_text_that_does_not_load_is_told_at_its_line_and_nothing_else_is_looked_at(trying: Trying) -> None:
    (told,) = trying(lambda text: text.replace("tibialis_anterior", "tibialis_antrior"))
    (problem,) = told.problems
    assert (problem.path, problem.line) == ("clinic/rules/shin.yaml", 6)
    assert 'Did you mean "tibialis_anterior"?' in problem.message
    assert (told.runners, told.cases, told.plans) == (0, (), ())


@pytest.mark.slow
def test_what_another_file_needs_is_missed_there(trying: Trying) -> None:
    (told,) = trying(lambda text: text.replace("id: clinic_heel_walk", "id: clinic_toe_walk"), "exercises/shin.yaml")
    assert [problem.path for problem in told.problems] == ["clinic/rules/shin.yaml"]


@pytest.mark.slow
def test_every_answer_is_more_complete_than_the_one_before(narrowed: list[Tried]) -> None:
    sizes = [(one.runners, len(one.cases), -len(one.unchecked), len(one.plans)) for one in narrowed]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)
    assert [one.is_whole for one in narrowed] == [False] * (len(narrowed) - 1) + [True]


@pytest.mark.slow
def test_a_pack_that_is_saved_broken_is_compared_with_none(trying: Trying, pack: Path) -> None:
    good = (pack / FILE).read_text(encoding="utf-8")
    (pack / FILE).write_text(good.replace("tibialis_anterior", "nonsense"), encoding="utf-8")
    try:
        told = trying(lambda _: good)[-1]
    finally:
        (pack / FILE).write_text(good, encoding="utf-8")
    assert not told.loaded_before
    assert [(one.standing, one.now, one.before) for one in told.firings if one.rule == RULE] == [("new", ("shin.yaml",), ())]


@pytest.mark.slow
def test_a_profile_that_cannot_be_read_stops_nothing(trying: Trying, pack: Path) -> None:
    (pack.parent / "wrong.yaml").write_text("runner: [", encoding="utf-8")
    told = trying(lambda text: text, runners=("wrong", "shin"))[-1]
    assert told.unplanned == ("wrong.yaml",)
    assert [plan.profile for plan in told.plans] == ["shin.yaml"]
    assert told.is_whole


@pytest.mark.slow
def test_a_pathway_that_is_edited_is_told_by_the_rules_of_its_stages() -> None:
    folder = ROOT / "rules" / "stridewise_rules" / "conditions"
    file = next(path for path in sorted((folder / "pathways").glob("*.yaml")))
    text = file.read_text(encoding="utf-8").replace("title: ", "title: Again: ", 1).replace("Again: ", "Again, ", 1)
    answers = try_out(Edit(folder, "conditions", f"pathways/{file.name}", text.encode()), built_in().packs, [], DAY)
    first = next(answers)
    assert first.problems == ()
    runners = [ROOT / "profiles" / "shortest.yaml"]
    for told in try_out(Edit(folder, "conditions", f"pathways/{file.name}", text.encode()), built_in().packs, runners, DAY):
        if told.runners:
            break
    assert len([one for one in told.firings if one.standing == "changed"]) > 3


def looking_at_cases(subject: Subject) -> set[str]:
    """The checks that find something else where no case was run yet."""
    without = replace(subject, trials=())
    return {check.name for check in CHECKS if list(check.find(subject)) != list(check.find(without))}


@pytest.mark.slow
def test_only_the_checks_that_are_said_to_wait_look_at_cases() -> None:
    subject = subject_of(built_in(), lambda pack: pack.name == "terrain", DAY)
    assert looking_at_cases(subject) <= {check.name for check in OF_CASES + SAID}


def test_a_companion_that_a_case_shows_is_not_told_as_lonely_before_the_case_was_run(tmp_path: Path) -> None:
    with_leap, leap = [{"prescribe": "hop", "wherever_planned": "leap"}], [{"prescribe": "leap"}]
    files = {**library(exercise("hop"), exercise("leap")), **cases(case({"findings": [RED]}, prescribes=["hop"]))}
    packs = packs_of(tmp_path, {"rules": [rule("one", [], with_leap), rule("two", [RED], leap)], "files": files})
    subject = subject_of(build_program(packs, without_safety=True), lambda pack: pack.name == "toy", DAY)
    assert "lonely-companion" in looking_at_cases(subject) <= {check.name for check in OF_CASES + SAID}
