"""Drawings on the sheet and in the report: one an exercise, told in words to whoever cannot see it, nothing fetched."""

import re
from pathlib import Path

import pytest

from cli_kit import AS_OF, MARATHON, run
from page import Page
from plans import built_in
from render_kit import example
from stridewise.figure import page_drawing
from stridewise.render.handout import has_exercises, render_handout
from stridewise.render.html import render_html

NAMES = ("marathoner_in_three_weeks", "achilles_pain", "red_flag")


def drawn(exercise: str, side: str) -> str:
    return page_drawing(built_in(), exercise, side)


@pytest.mark.parametrize("name", NAMES)
def test_every_exercise_of_a_report_is_drawn_small(name: str) -> None:
    one = example(name)
    page = Page(render_html([one], drawn=drawn))
    pictures = [figure for figure in page.root.all("figure") if figure.attributes.get("class") == "drawn"]
    assert [figure.all("title")[0].text.partition(":")[0] for figure in pictures] == [held.name for held in one.prescriptions]
    assert page.unclosed == []


@pytest.mark.parametrize("name", NAMES)
def test_every_exercise_of_a_sheet_is_drawn(name: str) -> None:
    one = example(name)
    page = Page(render_handout([one], drawn=drawn))
    assert len(page.root.all("figure")) == (len(one.prescriptions) if has_exercises(one) else 0)
    assert all(svg.attributes["role"] == "img" for figure in page.root.all("figure") for svg in figure.all("svg"))
    assert page.unclosed == []


def test_drawings_fetch_nothing_and_hold_no_script() -> None:
    text = render_handout([example(name) for name in NAMES], drawn=drawn)
    assert "<figure>" in text
    assert not re.search(r"https?:|url\(|src=|<script|@import|href=", text)


def test_without_a_drawing_the_space_is_left_out() -> None:
    for text in (render_handout([example(NAMES[0])]), render_html([example(NAMES[0])])):
        assert '<figure class="drawn">' not in text
        assert "<figure><svg" not in text


@pytest.mark.slow
@pytest.mark.parametrize(("form", "count"), [("handout", r"<figure><svg"), ("html", r'<figure class="drawn"><svg')])
def test_the_command_draws(tmp_path: Path, form: str, count: str) -> None:
    path = tmp_path / "plan.html"
    done = run(MARATHON, *AS_OF, "--engine", "reference", "--format", form, "--output", path)
    assert done.code == 0
    assert len(re.findall(count, path.read_text(encoding="utf-8"))) == len(example(NAMES[0]).prescriptions)
