"""How answers read: sentences at 80 columns, rule ids only where the clinician checks, questions in a clinician's order."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from explain_kit import PROFILES, about, asked_of, the_program
from page import Page
from stridewise.explain.ask import MAX_QUESTIONS, SHARES, TriedQuestion, _shared_out, ask
from stridewise.explain.edits.changes import AddFact, SetPath
from stridewise.explain.inquiry import Inquiry
from stridewise.explain.intervals import intervals
from stridewise.explain.items import PlanItem, every_item
from stridewise.explain.questions import GROUPS, open_questions
from stridewise.explain.sensitivity import thresholds
from stridewise.explain.what_if import read_range, sweep, what_if
from stridewise.explain.why import explain
from stridewise.explain.why_not import why_not
from stridewise.language.condition import Within
from stridewise.language.traits import EVERYDAY, EXAMINATION, HISTORY, SAFETY
from stridewise.language.vocabulary import ValueType
from stridewise.plan.difference import difference
from stridewise.plan.entries import SECTIONS, WORDS
from stridewise.plan.model import Because, FactUsed
from stridewise.render.answers.ask import TITLES, ask_lines
from stridewise.render.answers.picture import render_mermaid
from stridewise.render.answers.sweep import sweep_lines
from stridewise.render.answers.sweep_page import sweep_html
from stridewise.render.answers.thresholds import threshold_lines
from stridewise.render.answers.what_if import what_if_lines
from stridewise.render.answers.why import why_lines
from stridewise.render.answers.why_not import why_not_lines
from stridewise.render.evidence import Places, not_so, short_fact, spoken_fact, sure
from stridewise.render.paragraphs import to_text

BY_NAME = {path.stem: path for path in PROFILES}
FOR_CHECKING = "\nTo check it\n"  # sources and rules: the only place for rule ids and file names
TYPED = ("What if: ",)  # what the reader typed is repeated as it was typed
SNAKE = re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b")
ARROW = re.compile(r"  (n\d+) (-->|-\.->) (n\d+)")
NODE = re.compile(r'  (n\d+)(\["[^"\[\]<>{}|]+"\](?::::item)?|\[/"[^"\[\]<>{}|]+"/\]|\[\["[^"\[\]<>{}|]+"\]\])')


def check_reads(text: str) -> None:
    """Lines of 80, no rule ids, no internal names, no broken sentences."""
    assert all(len(row) <= 80 or " " not in row.strip() for row in text.splitlines()), text
    told = "\n".join(row for row in text.partition(FOR_CHECKING)[0].splitlines() if not row.startswith(TYPED))
    flat = " ".join(told.split())
    assert not SNAKE.findall(flat), (SNAKE.findall(flat), told)
    assert not [rule.id for rule in the_program().rules if rule.id in flat], told
    assert not [sign for sign in ("..", "{", "}", "::", "  .", " ,", "not: ") if sign in flat], told


def sample(inquiry: Inquiry) -> Iterator[PlanItem]:
    """Of every section of a plan the first item and every seventh."""
    seen: dict[str, int] = {}
    for found in every_item(inquiry.session):
        number = seen[found.section] = seen.get(found.section, -1) + 1
        if number % 7 == 0:
            yield found


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_the_reasons_of_example_plans_read_as_sentences(path: Path) -> None:
    inquiry = about(path)
    for found in sample(inquiry):
        check_reads(to_text(why_lines([found])))
    prescribed = inquiry.session.plan.prescriptions or inquiry.session.plan.referrals
    for found in explain(inquiry, getattr(prescribed[0], "exercise", "") or prescribed[0].id):
        check_reads(to_text(why_lines([found])))
    check_reads(to_text(threshold_lines(thresholds(inquiry.session))))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_what_a_changed_race_would_change_reads_as_sentences(path: Path) -> None:
    check_reads(to_text(what_if_lines(what_if(about(path), [SetPath("race.in_weeks", 5)]))))


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("marathoner_in_three_weeks", "pogo_hops"),
        ("osteoporosis", "crunch"),
        ("red_flag", "plank"),
        ("shortest", "goblet_squat"),
        ("youth_14", "weekly_distance"),
    ],
)
def test_why_not_reads_as_sentences(name: str, item: str) -> None:
    check_reads(to_text(why_not_lines(why_not(about(BY_NAME[name]), item))))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["shortest", "achilles_pain"])
def test_questions_read_as_questions(name: str) -> None:
    asked = ask(about(BY_NAME[name]))
    text = to_text(ask_lines(asked))
    check_reads(text)
    assert [title for title in TITLES.values() if title in text] == [TITLES[group] for group in groups_of(asked.questions)]
    assert all(one.question.rstrip(")").endswith(("?", ".")) and "_" not in one.question for one in asked.questions)


def groups_of(questions: tuple[TriedQuestion, ...]) -> list[str]:
    return sorted({one.group for one in questions}, key=GROUPS.index)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_picture_holds_nothing_that_mermaid_could_trip_over(path: Path) -> None:
    """Every row is a node or an edge between nodes that are there; no sign in a label can end it."""
    for found in sample(about(path)):
        head, _, *rows = render_mermaid([found]).splitlines()
        nodes = {match[1] for row in rows if (match := NODE.fullmatch(row))}
        edges = [match for row in rows if (match := ARROW.fullmatch(row))]
        assert head == "flowchart LR" and len(nodes) + len(edges) == len(rows), rows
        assert {end for match in edges for end in (match[1], match[3])} <= nodes
        assert len(nodes) == 1 or all(any(name in (match[1], match[3]) for match in edges) for name in nodes), rows


# --- evidence ------------------------------------------------------------------------------------------------------------


def used(text: str, at: str | None, **fact: Any) -> FactUsed:
    return FactUsed(dict(fact), at=at, text=text)


def test_a_fact_is_said_with_its_side_first_and_in_words() -> None:
    pain = used(
        "pain: heel, focal no, intensity 6, next morning 3, left, weeks 1",
        "a.yaml:3",
        pain="heel",
        focal="no",
        intensity=6,
        next_morning=3,
        side="left",
        weeks=1,
    )
    assert spoken_fact(pain) == "pain: heel, left, 6 of 10, 3 of 10 the next morning, for 1 week, not at one spot"
    assert short_fact(pain) == "pain: heel, left"
    assert spoken_fact(used("sore: yes", None, sore="yes")) == "sore"
    told = used(
        "PAR-Q+ yes, follow up cleared, name Dr A, B, on 2026-01-01", "a.yaml:1", par_q="yes", follow_up="x", name="y", on="z"
    )
    assert spoken_fact(told) == told.text, "where commas do not part it, a fact stays as it is"


def test_places_of_one_file_are_lines_of_it() -> None:
    one, other = used("a", "p.yaml:3", a="b"), used("b", "p.yaml:4, p.yaml:9", b="c")
    places = Places([one, other])
    assert (places.of(one), places.of(other), places.note) == (" (line 3)", " (lines 4 and 9)", "Lines are those of p.yaml.")
    mixed = Places([one, used("c", "runs.csv:2", c="d")])
    assert (mixed.of(one), mixed.note) == (" (p.yaml:3)", "")


def test_how_sure_a_reason_is_and_what_is_taken_as_not_so() -> None:
    assert sure(Because("stridewise/pinned", "Pinned.")) == ""
    assert sure(Because("a/b", "So.", strength="strong", certainty="very_low")) == " [strong advice, very low certainty]"
    said = not_so(["sore: yes [not concluded]", "frail [asked, no]", "old [not concluded, assumed: a fact was not recorded]"])
    assert [text.partition(":")[2] for text in said] == [" sore", " frail", " old"]
    assert len({text.partition(":")[0] for text in said}) == 3


# --- thresholds ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["shortest", "achilles_pain", "hamstring_strain"])
def test_thresholds_show_what_the_plan_shows_and_count_the_rest(name: str) -> None:
    inquiry = about(BY_NAME[name])
    decided = thresholds(inquiry.session)
    shown = [one for one in decided if one.shows]
    assert 0 < len(shown) < len(decided)
    assert all(one.shows for one in decided if one.within_error), "what may be the test and not the runner is never hidden"
    fired = {activation.rule.id for activation in inquiry.session.situation.memory.activations}
    assert all(set(one.rules) & fired for one in shown if one.met)
    text = to_text(threshold_lines(decided))
    assert f"{len(decided) - len(shown)} further comparison" in text
    assert all(title in " ".join(text.split()) for one in shown for title in one.decides)


def test_a_cut_off_that_only_concludes_something_nobody_sees_is_not_told() -> None:
    """More than 24 weeks to the race would be off-season; three weeks before it that is no news."""
    decided = thresholds(about(BY_NAME["shortest"]).session)
    far = next(one for one in decided if one.cut_off == 24)
    assert not far.shows and not far.met
    assert next(one for one in decided if one.cut_off == 3 and one.met).shows


# --- what to ask ---------------------------------------------------------------------------------------------------------


def screened(**sections: Any) -> Inquiry:
    """An adult man without findings, screened, in ordinary training."""
    safety = {"screened": "2026-11-20", "red_flags": [], "par_q": {"any_yes": False}}
    base = {"schema": 1, "recorded": "2026-11-20", "runner": {"ref": "R-1", "age": 34, "sex": "male"}}
    return asked_of(base | {"goal": {"kind": "performance"}, "safety": safety} | sections)


def test_without_a_race_it_is_asked_whether_there_is_one() -> None:
    names = {one.name: one.question for one in open_questions(screened().session)}
    assert names["weeks_to_race"].startswith("Is a race coming up")
    assert not {"race_distance", "race_priority"} & names.keys()
    with_race = {one.name for one in open_questions(screened(race={"in_weeks": 6}).session)}
    assert {"race_distance", "race_priority"} <= with_race and "weeks_to_race" not in with_race


@pytest.mark.slow
def test_what_every_runner_can_answer_comes_before_what_few_have() -> None:
    asked = ask(screened())
    groups = [GROUPS.index(one.group) for one in asked.questions]
    assert groups == sorted(groups)
    everyday = {one.about for one in asked.questions if one.group == EVERYDAY}
    assert everyday & {"equipment", "minutes_per_session", "weekly_distance", "strength_experience_months", "current_exercise"}
    first = [one.about for one in asked.questions if one.safety]
    assert first[-1] == "pain", "whether it hurts is asked before anything else about training"


def test_no_question_fits_another_runner() -> None:
    """A man is not asked about a birth, an adult not about a limping child; what is recorded is not asked away."""
    answers = {one.name: dict(one.answers) for one in open_questions(screened().session)}
    assert not {"pregnancy_weeks", "postpartum_weeks", "postpartum_symptom"} & answers.keys()
    assert not [words for one in answers.values() for words in one if "pregnan" in words or "birth" in words or "child" in words]
    after_birth = about(BY_NAME["postpartum_8_weeks"])
    asked = {one.name: dict(one.answers) for one in open_questions(after_birth.session)}
    assert "none" not in asked["postpartum_symptom"], "a recorded symptom cannot be answered away"


def test_equipment_is_tried_with_what_exercises_need() -> None:
    answers = dict(next(one for one in open_questions(screened().session) if one.name == "equipment").answers)
    assert {"none", "dumbbell", "barbell", "all that a gym has"} <= answers.keys()


def test_advice_after_a_change_is_that_of_a_new_run() -> None:
    inquiry = about(BY_NAME["shortest"])
    for change in (AddFact({"weakness": "soleus"}), SetPath("runner.age", 61), AddFact({"red_flag": "fever"})):
        sketched = inquiry.sketch([change])
        assert sketched is not None
        differs = difference(
            sketched, inquiry.after([change]).plan, [one for one in (*SECTIONS, *WORDS) if one not in ("schedule", "missing")]
        )
        assert differs.status[0] == differs.status[1]
        assert {change.parts for change in differs.all} <= {("assumes",)}
    assert inquiry.sketch([SetPath("runner.age", 900)]) is None


def question(group: str, weight: int, about_: str) -> TriedQuestion:
    return TriedQuestion(about_, "?", False, group, weight, ())


@pytest.mark.parametrize(
    ("open_ones", "told"),
    [
        ({EVERYDAY: 20, HISTORY: 20, EXAMINATION: 20}, (5, 3, 2)),
        ({EVERYDAY: 1, HISTORY: 20, EXAMINATION: 20}, (1, 7, 2)),
        ({EVERYDAY: 20, HISTORY: 0, EXAMINATION: 1}, (9, 0, 1)),
        ({EVERYDAY: 2, HISTORY: 1, EXAMINATION: 0}, (2, 1, 0)),
    ],
)
def test_ten_are_shared_out_and_no_place_is_lost(open_ones: dict[str, int], told: tuple[int, ...]) -> None:
    found = [question(group, number, f"{group}{number:02}") for group, count in open_ones.items() for number in range(count)]
    kept = _shared_out(found)
    assert tuple(sum(one.group == group for one in kept) for group in SHARES) == told
    assert len(kept) == min(MAX_QUESTIONS, len(found)) and sum(SHARES.values()) == MAX_QUESTIONS
    for group in SHARES:
        weights = [one.weight for one in kept if one.group == group]
        assert weights == sorted((one.weight for one in found if one.group == group), reverse=True)[: len(weights)]


@pytest.mark.slow
def test_the_gravest_answer_of_a_question_is_told_first() -> None:
    safety = next(one for one in ask(about(BY_NAME["shortest"])).questions if one.about == "red_flag")
    assert safety.group == SAFETY
    assert any("emergency" in text for text in safety.answers[0].does)


def within(low: int | None = None, high: int | None = None, open_ends: bool = False) -> Within:
    return Within(*(None if bound is None else Decimal(bound) for bound in (low, high)), open_ends)


@pytest.mark.parametrize(
    ("unit", "tests", "expected"),
    [
        ("years", [within(high=13, open_ends=True), within(low=13)], [(12, "up to 12 years"), (13, "13 years or more")]),
        ("years", [within(13, 15)], [(12, "up to 12 years"), (13, "13 to 15 years"), (16, "16 years or more")]),
        ("count", [within(high=0)], [(0, "0"), (1, "1 or more")]),
        ("km", [within(low=64, open_ends=True)], [(64, "up to 64 km"), (Decimal("64.1"), "more than 64 km")]),
        ("km", [within(low=64)], [(Decimal("63.9"), "less than 64 km"), (64, "64 km or more")]),
    ],
)
def test_each_interval_of_a_scale_is_tried_once(unit: str, tests: list[Within], expected: list[tuple[Any, str]]) -> None:
    found = list(intervals(ValueType(unit=unit, minimum=Decimal(0)), tests))
    assert found == expected
    met = [tuple(test.accepts(Decimal(number)) for test in tests) for number, _ in found]
    assert all(one != following for one, following in pairwise(met)), "each stretch comes out otherwise than the one before"


# --- a sweep -------------------------------------------------------------------------------------------------------------


def test_steps_that_change_figures_alone_are_told_once() -> None:
    found = sweep(about(BY_NAME["itb_pain"]), *read_range("training.weekly_distance_km=20..60:8"))
    text = to_text(sweep_lines(found))
    assert "At each of 5 steps the plan changes the advice on weekly distance." in text
    assert len(text.splitlines()) == 3


@pytest.mark.slow
@pytest.mark.parametrize("written", ["race.in_weeks=2..5", "race.in_weeks=1..20:0.5"])
def test_the_picture_of_a_sweep_says_in_words_what_it_draws(written: str) -> None:
    """Every row has its name and, for whoever cannot see it, the stretches; the page fetches nothing and runs nothing."""
    found = sweep(about(BY_NAME["marathoner_in_three_weeks"]), *read_range(written))
    page = Page(sweep_html(found))
    assert not page.unclosed and not page.root.all("script", "link", "img")
    pictures = [one for one in page.root.all("svg") if one.attributes.get("role") == "img"]
    assert len(pictures) == len(found.items) and all(one.attributes["aria-label"].startswith("at ") for one in pictures)
    filled = [len([box for box in one.all("rect") if box.attributes["class"] == "on"]) for one in pictures]
    assert sorted(filled) == sorted(sum(held) for held in found.items.values())
    for one in pictures:
        width = float(one.attributes["viewbox"].split()[2])
        assert all(float(box.attributes["x"]) + float(box.attributes["width"]) <= width for box in one.all("rect"))


def test_a_reading_day_is_fixed() -> None:
    """The answers above are those of one day; the clock plays no part."""
    assert about(BY_NAME["shortest"]).as_of == date(2026, 11, 22)
