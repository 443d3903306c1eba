"""Two visits: a change that may be the test is none, better is what the test calls better, what was not tested again is
not worse, and the plan's difference comes with its reasons."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli_kit import run
from page import Page
from plans import built_in, profile
from stridewise.explain.compare import Change, Comparison, compare
from stridewise.render.answers.compare import compare_html, compare_lines
from stridewise.session import hold_session

HEAD = """\
schema: 1
recorded: {day}
runner: {{ref: R-7, age: 41, sex: male}}
diagnosis: [{{condition: achilles_tendinopathy, side: right}}]
safety: {{screened: 2026-10-20, red_flags: [], par_q: {{any_yes: false}}}}
"""
FIRST, SECOND = "2026-10-20", "2026-11-21"


def visit(day: str, sections: str = "") -> str:
    return HEAD.format(day=day) + sections


def compared(before: str, after: str) -> Comparison:
    profiles = profile(visit(FIRST, before)), profile(visit(SECOND, after))
    days = [one.sections.recorded for one in profiles]
    sessions = [
        hold_session(one, built_in(), day, "reference") for one, day in zip(profiles, days, strict=True) if day is not None
    ]
    return compare(*sessions, built_in())


def change_of(what: str, before: str, after: str) -> Change:
    return next(change for change in compared(before, after).changes if what in change.what)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (12, 18, "no measurable change"),
        (12, 19, "better"),
        (19, 12, "worse"),
        (18, 12, "no measurable change"),
        (12, 12, "no measurable change"),
    ],
)
def test_heel_raises_change_beyond_six_or_not_at_all(before: int, after: int, verdict: str) -> None:
    """The limits of agreement are ±6 (the number is written down here once more on purpose)."""
    tests = [f"findings: [{{heel_raise_reps: {reps}, side: right}}]\n" for reps in (before, after)]
    assert change_of("heel raises", *tests).verdict == verdict


@settings(max_examples=15, deadline=None)
@given(before=st.integers(0, 10), after=st.integers(0, 10))
def test_less_pain_is_better_from_two_points_on(before: int, after: int) -> None:
    pains = [f"symptoms: [{{pain: achilles, side: right, intensity: {pain}}}]\n" for pain in (before, after)]
    verdict = change_of("intensity", *pains).verdict
    assert verdict == ("no measurable change" if abs(before - after) < 2 else "better" if after < before else "worse")


def test_a_test_without_a_known_error_says_so() -> None:
    change = change_of(
        "side plank", "findings: [{side_plank_s: 30, side: left}]\n", "findings: [{side_plank_s: 40, side: left}]\n"
    )
    assert (change.verdict, change.note) == ("better", "how much of a change the test itself can make is not on record here")


def test_what_was_not_tested_again_is_neither_better_nor_worse() -> None:
    assert change_of("heel raises", "findings: [{heel_raise_reps: 12, side: right}]\n", "findings: []\n").verdict == "gone"
    assert change_of("heel raises", "findings: []\n", "findings: [{heel_raise_reps: 12, side: right}]\n").verdict == "new"


def test_findings_come_go_and_change_their_grade() -> None:
    before = "findings: [{weakness: soleus, side: right, grade: marked}, {tightness: hip_flexors, side: left}]\n"
    after = "findings: [{weakness: soleus, side: right, grade: mild}, {weakness: hamstrings, side: left}]\n"
    found = {change.what.split(",")[0]: change for change in compared(before, after).changes if change.group == "findings"}
    assert {change.verdict for change in found.values()} == {"new", "gone", "changed"}
    changed = next(change for change in found.values() if change.verdict == "changed")
    assert (changed.before, changed.after) == ("marked", "mild")


def test_the_stage_passed_and_what_the_next_asks_for() -> None:
    calm = "symptoms: [{pain: achilles, side: right, intensity: 2, next_morning: 1, tissue: tendon}]\n"
    sore = "symptoms: [{pain: achilles, side: right, intensity: 5, next_morning: 5, tissue: tendon}]\n"
    (stage,) = compared(sore, calm).stages
    assert (stage.verdict, stage.before[:7], stage.after[:7]) == ("passed", "stage 1", "stage 2")
    assert stage.before.endswith("of 4: Settle the tendon")
    assert any("20 single-leg heel raises" in text for text in stage.missing)


def test_a_stage_that_is_not_passed_says_why_and_one_lost_is_told() -> None:
    calm = "symptoms: [{pain: achilles, side: right, intensity: 2, next_morning: 1, tissue: tendon}]\n"
    sore = "symptoms: [{pain: achilles, side: right, intensity: 5, next_morning: 5, tissue: tendon}]\n"
    (stayed,), (lost,) = compared(sore, sore).stages, compared(calm, sore).stages
    assert stayed.verdict == "not passed"
    assert any(text.startswith("Mornings are calm") for text in stayed.missing)
    assert lost.verdict == "set back"


@pytest.mark.parametrize(
    ("score", "first", "second", "verdict", "said"),
    [
        ("visa_a", 45, 59, "better", "a change that matters: a change of about 14 points"),
        ("visa_a", 45, 58, "better", "too little to matter: a change of about 14 points"),
        ("visa_a", 60, 45, "worse", "a change that matters"),
        ("lefs", 50, 59, "no measurable change", "below 9 points"),
        ("lefs", 50, 60, "better", "more than the 9 that may be the test [binkley-1999]; a change that matters"),
    ],
)
def test_a_score_is_held_against_the_smallest_change_that_matters(
    score: str, first: int, second: int, verdict: str, said: str
) -> None:
    side = ", side: right" if score == "visa_a" else ""
    scores = [f"scores: [{{{score}: {value}{side}, date: {day}}}]\n" for value, day in ((first, FIRST), (second, SECOND))]
    change = change_of(score.upper().replace("_", "-"), *scores)
    assert change.verdict == verdict
    assert said in change.note


@pytest.mark.parametrize(("newest", "verdict"), [(30, "worse"), (75, "better")])
def test_of_several_scores_of_one_visit_the_latest_counts(newest: int, verdict: str) -> None:
    def scores(*pairs: tuple[int, str]) -> str:
        return f"scores: [{', '.join(f'{{visa_a: {value}, side: right, date: {day}}}' for value, day in pairs)}]\n"

    change = change_of("VISA-A", scores((45, FIRST)), scores((newest, SECOND), (60, "2026-11-01"), (45, FIRST)))
    assert (change.before, change.after, change.verdict) == ("45", str(newest), verdict)


def test_what_is_not_recorded_again_is_not_said_to_be_gone_and_both_sides_are_told_once() -> None:
    told = [line.text for line in compare_lines(compared("findings: [weak glutes]\n", "findings: [weak quads]\n"))]
    assert told.count("no longer recorded: weak gluteus medius") == 1
    assert not any(text.startswith("gone: weak") for text in told)


def test_one_visit_compared_with_itself_changes_nothing() -> None:
    same = (
        "findings: [{heel_raise_reps: 12, side: right}, weak glutes]\nsymptoms: [{pain: achilles, side: right, intensity: 3}]\n"
    )
    comparison = compared(same, same)
    assert {change.verdict for change in comparison.changes} <= {"no measurable change"}
    assert {change.section for change in comparison.difference.all} <= {"schedule", "review"}


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_command_in_every_format(tmp_path: Path) -> None:
    old = write(tmp_path, "old.yaml", visit(FIRST, "findings: [{heel_raise_reps: 12, side: right}]\n"))
    new = write(tmp_path, "new.yaml", visit(SECOND, "findings: [{heel_raise_reps: 20, side: right}]\n"))
    asked = (old, new, "--engine", "reference", "--as-of", SECOND)
    text = run("compare", *asked).out
    assert "single-leg heel raises, right: 12 → 20, better" in text
    assert json.loads(run("compare", *asked, "--format", "json").out)["changes"][0]["verdict"] == "better"
    page = Page(run("compare", *asked, "--format", "html").out)
    assert page.unclosed == []
    assert "12" in page.root.all("td")[0].text


def test_the_page_says_first_that_somebody_else_comes_first_now() -> None:
    page = compare_html(compared("", "findings: [{red_flag: fever}]\n"))
    assert page.index("The plan turns from ready to refer first.") < page.index("<h3>Referrals</h3>")
    assert "The plan turns" not in compare_html(compared("", ""))


def test_two_runners_or_visits_in_the_wrong_order_are_refused(tmp_path: Path) -> None:
    old = write(tmp_path, "old.yaml", visit(SECOND))
    new = write(tmp_path, "new.yaml", visit(FIRST).replace("R-7", "R-8"))
    ran = run("compare", old, new, "--engine", "reference")
    assert ran.code == 2
    assert "not the runner of the first visit" in ran.err
    assert "lies after the second" in ran.err


def test_a_first_visit_without_a_day_is_refused(tmp_path: Path) -> None:
    old = write(tmp_path, "old.yaml", visit(FIRST).replace(f"recorded: {FIRST}\n", ""))
    ran = run("compare", old, write(tmp_path, "new.yaml", visit(SECOND)), "--engine", "reference")
    assert (ran.code, "the day of the first visit is missing" in ran.err) == (2, True)
