"""The plan as text: the verdict first, nothing that matters left out, 80 columns, names whole."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from render_kit import PROFILES, because, check_golden, everything_said, example, plan, prescription, refer_first, schedule
from stridewise.language.dosage import Dosage, Load
from stridewise.plan.model import ClinicalWarning, CurrentExercise, Plan, Review, SetAside
from stridewise.render.paragraphs import Line, Row
from stridewise.render.text import lines, render_text


def flat(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("name", PROFILES)
def test_no_line_of_an_example_is_wider_than_80_columns(name: str, explain: bool) -> None:
    wide = [line for line in render_text(example(name), explain).splitlines() if len(line) > 80]
    assert not wide


@pytest.mark.parametrize("name", PROFILES)
def test_every_referral_warning_and_notice_is_said(name: str) -> None:
    text = flat(render_text(example(name)))
    assert [said for said in everything_said(example(name)) if flat(said) not in text] == []


@pytest.mark.parametrize("name", PROFILES)
def test_a_wider_page_says_the_same(name: str) -> None:
    assert sorted(render_text(example(name), width=80).split()) == sorted(render_text(example(name), width=400).split())


@pytest.mark.parametrize(
    "one, verdict",
    [(plan(), "GO WITH LIMITS"), (refer_first(), "REFER FIRST"), (plan(warnings=(), swaps=(), load_adjustments=()), "GO.")],
)
def test_line_one_is_the_verdict(one: Plan, verdict: str) -> None:
    assert render_text(one).startswith(verdict)


def test_more_strength_work_is_no_limit() -> None:
    more = tuple(replace(one, from_=one.to, to=one.from_) for one in plan().load_adjustments)
    assert render_text(plan(warnings=(), swaps=(), load_adjustments=more)).startswith("GO.")


def test_the_first_week_has_seven_rows_before_the_exercises() -> None:
    text = render_text(plan())
    week = text[text.index("The first week") : text.index("Sessions of the next two weeks")]
    assert len(re.findall(r"^  (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ", week, re.MULTILINE)) == 7
    assert text.index("Mind the step.") < text.index("The first week") < text.index("Exercises")


def test_an_equal_pain_limit_is_said_once_and_another_where_it_holds() -> None:
    text = render_text(plan(prescriptions=(prescription(), prescription("B"), prescription("C", "up to 5 of 10"))))
    assert text.count("up to 2 of 10") == 1
    assert text.count("Pain: up to 5 of 10.") == 1


def test_what_was_set_aside_is_grouped_by_reason() -> None:
    assert "- held back as a precaution: thumb jump, thumb lift\n  - grip: No time." in render_text(plan())


def test_hyphenated_names_are_never_split() -> None:
    name = "Thumb-press on a half-open door"
    for width in range(40, 100):
        assert "half-open" in render_text(plan(prescriptions=(prescription(name),)), width=width)
        assert not re.search(r"half-$", render_text(plan(), width=width), re.MULTILINE)


def test_the_runners_words_name_no_rule() -> None:
    """Rule ids stand in the explanation alone."""
    assert "toy/rule" not in render_text(plan())
    assert "toy/rule" in render_text(plan(), explain=True)


def test_one_reason_in_a_sentence_for_each_exercise() -> None:
    text = render_text(plan())
    exercises = text[text.index("\nExercises") : text.index("Running and strength load")]
    assert flat(exercises).count("Why: It tested weak.") == 2


def test_what_must_be_said_and_what_is_done_now_come_before_the_week() -> None:
    """clinic.md's order: verdict, what must be said, what the runner does now, the week, exercises, running, notes."""
    done = CurrentExercise(exercise="thumb_press", verdict="keep", until=None, dosage=None, text="Keep it.", because=())
    note = ClinicalWarning(id="toy/n", level="info", text="Grip lightly.", because=because())
    text = render_text(plan(current=(done,), warnings=(*plan().warnings, note)))
    order = [
        "Mind the step.",
        "What the runner does now",
        "The first week",
        "\nExercises",
        "Week by week",
        "Grip lightly.",
        "Set aside",
    ]
    assert sorted(order, key=text.index) == order


def test_what_holds_for_all_exercises_is_said_once() -> None:
    same = (prescription(progression="Keep it."), prescription("Ring-pull", progression="Keep it."))
    assert render_text(plan(prescriptions=same)).count("Keep it.") == 1


LONG = {"hamstring_strain", "itb_pain", "low_back_pain", "marathoner_in_three_weeks", "patellofemoral_flare", "youth_14"}


@pytest.mark.parametrize("name", PROFILES)
def test_a_usual_plan_takes_two_screens(name: str) -> None:
    """Two screens of fifty lines, then come the questions; nine exercises, a taper or a pathway with warnings take ten more."""
    text = render_text(example(name))
    end = text.find("Worth asking next") if "Worth asking next" in text else text.index("For the clinician")
    assert len(text[:end].splitlines()) <= (110 if name in LONG else 100)


def test_what_most_exercises_share_is_said_once_and_what_differs_with_its_exercise() -> None:
    held = [prescription(f"E{number}", limit="none") for number in range(3)]
    other = replace(held[0].dosage, load=(Load(kind="dumbbell", how="heavy"),))
    text = flat(
        render_text(plan(prescriptions=(*held, prescription("F", limit="none", dosage=other, because=because("Strong.")))))
    )
    assert text.count("body weight") == 1
    assert "F: 3 × 8, a heavy dumbbell" in text
    assert text.count("unless said otherwise: It tested weak.") == 1
    assert text.count("Why: It tested weak.") == 1 + len(plan().swaps) + 1  # warning, swap, load
    assert "Why: Strong." in text


def test_nothing_is_said_once_for_an_exercise_that_says_nothing_of_it() -> None:
    bare = Dosage(sets=Decimal(3), reps=Decimal(8))
    held = [prescription(f"E{number}") for number in range(3)]
    assert render_text(plan(prescriptions=(*held, prescription("F", dosage=bare)))).count("body weight") == 3


def test_weeks_after_the_review_stand_together_but_for_phase_and_race() -> None:
    one = plan(schedule=schedule(weeks=9), review=Review(date="2026-12-01", retest=()))
    rows = re.findall(r"^ +[\d–]+  ... \d.*$", render_text(one), re.MULTILINE)
    assert len(rows) == 4
    assert re.search(r"3–8 .* \d+–\d+ .* taper|3–8 .* taper .* \d+–\d+", rows[2])
    assert len(re.findall(r"^ +[\d–]+  ... \d.*$", render_text(one, explain=True), re.MULTILINE)) == 9


def test_refer_first_puts_the_referral_first_and_stays_short() -> None:
    text = render_text(refer_first())
    assert text.index("Go now.") < text.index("Screen not recorded.") < text.index("Mind the step.")
    assert "Week by week" not in text
    assert "Set aside" not in text
    assert "if the clinician agrees" in text
    assert "Set aside" in render_text(refer_first(), explain=True)


def test_a_row_wraps_inside_its_columns_and_aligns_numbers() -> None:
    row = Row(("Mon", "a long run on the flat", "7"), (4, 0, -3), indent=0)
    assert row.wrapped(24) == ["Mon   a long run on    7", "      the flat"]


def test_a_plan_without_a_schedule_has_no_empty_section() -> None:
    titles = [line.text for line in lines(plan(schedule=()), False) if isinstance(line, Line) and line.style == "title"]
    assert "The first week" not in titles
    assert "Week by week" not in titles


def test_many_reasons_are_counted() -> None:
    """Of a warning; an exercise has one short reason, and all of them behind --explain."""
    warning = replace(plan().warnings[0], because=because() + because("Also.", "toy/b"))
    assert "[expert opinion, low certainty] (+1 more)" in flat(render_text(plan(warnings=(warning,))))


def test_a_long_name_set_aside_wraps() -> None:
    one = plan(set_aside=tuple(SetAside(exercise=f"exercise_number_{n}", reason="ruled out") for n in range(30)))
    assert max(map(len, render_text(one).splitlines())) <= 80


@pytest.mark.parametrize("name", ["marathoner_in_three_weeks", "red_flag"])
def test_the_text_is_as_it_was_read(name: str) -> None:
    check_golden(f"{name}.txt", render_text(example(name)))
