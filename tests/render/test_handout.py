"""The runner's sheet: what to do and how, in a runner's words; nothing of rules, packs and sources; nobody trains from it while
somebody must see them at once."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from page import Page
from readability import reading_age
from render_kit import PROFILES, because, check_golden, example, hostile, plan, prescription, refer_first, referral
from stridewise.language.rule import Stops
from stridewise.plan.model import Aims, HowTo, PainLights, Plan, PlannedDay, PlannedExercise, PlannedSession
from stridewise.render.clinic import Clinic
from stridewise.render.handout import diary, has_exercises, lights, purpose, render_handout, stopped_words

ENGINE_WORDS = re.compile(
    r"\b(rules?|packs?|engine|receipt|sha256|certainty|sources?|stridewise|assumed|target|JSON)\b", re.IGNORECASE
)
ON_PAPER = ("achilles_pain", "marathoner_in_three_weeks", "red_flag")


@cache
def page(name: str) -> Page:
    return Page(render_handout([example(name)], Clinic("Hill Physio", "0123 456")))


def words(one: Plan) -> str:
    """What stands on the sheet, without its style."""
    return " ".join(Page(render_handout([one])).root.all("body")[0].text.split())


@pytest.mark.parametrize("name", ON_PAPER)
def test_the_sheet_is_as_it_was_read(name: str) -> None:
    check_golden(f"{name}.handout.html", render_handout([example(name)]))


@pytest.mark.parametrize("name", PROFILES)
def test_no_word_of_the_machinery_reaches_a_runner(name: str) -> None:
    assert ENGINE_WORDS.findall(words(example(name))) == []


@pytest.mark.parametrize("name", PROFILES)
def test_every_exercise_can_be_done_from_the_sheet(name: str) -> None:
    """Each has its steps, its dose and when to stop."""
    one = example(name)
    said = words(one)
    for held in one.prescriptions if has_exercises(one) else ():
        assert held.how_to is not None
        assert all(" ".join(step.split()) in said for step in held.how_to.steps)
        assert len(held.how_to.steps) >= 2
        assert held.stop_if in said


@pytest.mark.parametrize("name", PROFILES)
def test_a_runner_of_eleven_can_read_it(name: str) -> None:
    """The head, a name and a date, is no sentence."""
    told = [element for tag in ("p", "li") for element in page(name).root.all(tag)]
    head = {id(element) for element in page(name).root.all("header")[0].all("p")}
    assert reading_age(" ".join(element.text for element in told if id(element) not in head)) <= 11


@pytest.mark.parametrize("name", PROFILES)
def test_the_sheet_is_well_formed_and_fetches_nothing(name: str) -> None:
    found = page(name)
    assert found.unclosed == []
    assert not found.root.all("script")
    assert not re.search(r'(src|href)="(?!data:|#)', render_handout([example(name)]))
    assert [element for element in found.root.all("th") if "scope" not in element.attributes] == []


def test_who_must_be_seen_at_once_gets_no_exercises() -> None:
    now = refer_first()
    assert not has_exercises(now)
    assert "Thumb-press" not in words(now)
    assert "Go now." in words(now) or "This may help." in words(now)
    assert "Until then: no exercise." in words(now)


def test_a_planned_referral_leaves_the_exercises() -> None:
    one = plan(referrals=(referral("physiotherapist", "routine", "nothing", "Plan a visit."),))
    assert has_exercises(one)
    assert "Planned: physiotherapist." in words(one)


@pytest.mark.parametrize(
    ("stops", "said"),
    [
        (["running", "running"], ["Until then: no running, no jumping."]),
        (["lower_limb", "running"], ["Until then: no leg exercises, no running."]),
        (["running", "impact"], ["Until then: no running, no jumping, no other impact."]),
        (["running", "all_exercise"], ["Until then: no exercise."]),
        (["nothing"], []),
        (
            ["lower_limb", "weight_bearing"],
            ["Until then: no leg exercises, no running.", "Until then: no weight on the leg, no running."],
        ),
    ],
)
def test_what_is_stopped_is_told_once(stops: list[Stops], said: list[str]) -> None:
    """Several referrals to one physician: the words that hold the others stand alone; no weight on the leg is held by none."""
    sent = tuple(referral("physician", "urgent", stop, f"See a physician ({number}).") for number, stop in enumerate(stops))
    made = refer_first(referrals=sent)
    assert stopped_words(made) == said
    assert [words(made).count(text) for text in said] == [1] * len(said)


def test_a_serious_warning_stands_on_the_sheet_in_the_runners_words() -> None:
    one = plan(warnings=tuple(replace(held, because=because(patient="Watch the step.")) for held in plan().warnings))
    assert "Watch the step." in words(one)


def test_the_traffic_light_is_that_of_most_exercises_and_others_state_their_own() -> None:
    calm = PainLights(limit="up to 2", green="0 to 2", amber="3", red="4")
    held = (
        prescription(limit="up to 2", lights=calm),
        prescription("B", limit="up to 2", lights=calm),
        prescription("C", limit="none"),
    )
    one = plan(prescriptions=held)
    assert lights(one) == calm
    assert words(one).count("Pain: none.") == 1


def test_the_purpose_is_the_goal_the_complaint_and_the_race() -> None:
    aims = Aims(goal="Run again.", complaints=("a sore heel",), race="half marathon", race_date="2026-12-12")
    assert purpose(plan(aims=aims)) == ["Run again.", "It is for a sore heel.", "Your race (half marathon): Sat 12 Dec."]


def test_the_diary_is_two_weeks_from_the_day_of_the_plan() -> None:
    rows = diary(plan())
    assert [rows[0][0], rows[-1][0], len(rows)] == ["Sat 21 Nov", "Fri 4 Dec", 14]
    assert rows[1][1] == "Easy run, Strength"


def test_a_next_step_names_no_exercise_that_was_not_shown() -> None:
    one = plan(prescriptions=(prescription(progression="Add weight. Then: Thumb-jump."),))
    assert "Add weight." in words(one)
    assert "Thumb-jump" not in words(one)


def test_hostile_texts_stay_texts() -> None:
    text = render_handout([replace(one, how_to=HowTo(("<b>x</b>",), "", "", "")) for one in ()] or [hostile()])
    assert "<script>" not in text
    assert "<img onerror" not in text


def test_the_clinic_stands_at_the_top() -> None:
    assert "Hill Physio · 0123 456" in page("achilles_pain").root.all("header")[0].text
    assert "us on 0123 456" in page("achilles_pain").root.all("body")[0].text


def test_what_warms_up_waits_for_no_run_where_there_is_none() -> None:
    """Else the runner on the way back would never do it."""
    assert "Several times a week, on their own" in words(example("postpartum_8_weeks"))
    assert "Before your run" not in words(example("postpartum_8_weeks"))
    assert "Before your run" in words(example("marathoner_in_three_weeks"))


def test_the_sheet_says_what_each_session_holds_where_they_differ() -> None:
    """The sheet told of the full dose alone, where a taper leaves one set and heavy leg work gives way to a key run."""
    three, one = (PlannedExercise(exercise="dead_bug", name="Dead bug", block="core", sets=Decimal(sets)) for sets in (3, 1))

    def on(day: str, held: PlannedExercise) -> PlannedDay:
        session = PlannedSession(kind="strength", title="Strength", exercises=(held,))
        return PlannedDay(date=day, week=1, phase="taper", sessions=(session,), outline=False, totals=None, running="rest")

    alike = replace(example("novice"), schedule=(on("2026-11-23", three), on("2026-11-26", three)))
    differ = replace(alike, schedule=(on("2026-11-23", three), on("2026-11-26", one), on("2026-11-30", one)))
    assert "What each session holds" not in words(alike)
    assert "Mon 23 Nov: Dead bug × 3. Thu 26 Nov, Mon 30 Nov: Dead bug × 1." in words(differ)
