"""A runner's sheet stays on two pages, on A4 and on Letter, whatever it holds; in letters of 11 points. Counted with WeasyPrint,
where the system has Pango."""

import re

import pytest

from pdf_kit import NO_PANGO, PANGO
from plans import ROOT, built_in, plan
from render_kit import AS_OF, example
from stridewise.figure import page_drawing
from stridewise.language.translation import speaking
from stridewise.plan.model import Plan
from stridewise.program.languages import language_of
from stridewise.render.clinic import Clinic
from stridewise.render.handout import render_handout, room

FULLEST = ("low_back_pain", "novice", "youth_14", "hamstring_strain", "itb_pain")  # nine, seven and five exercises
CLINIC = Clinic("Hill Physiotherapy", "0123 456")
CSS = ROOT / "engine" / "stridewise" / "render" / "templates" / "handout.css"


def sheet(one: Plan) -> str:
    return render_handout([one], CLINIC, lambda exercise, side: page_drawing(built_in(), exercise, side))


@pytest.mark.slow
@pytest.mark.skipif(not PANGO, reason=NO_PANGO)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("size", ["A4", "letter"])
@pytest.mark.parametrize("name", FULLEST)
def test_a_sheet_is_two_pages_at_most(name: str, size: str) -> None:
    import weasyprint

    page = sheet(example(name)).replace("</head>", f"<style>@page {{ size: {size} }}</style></head>")
    assert len(weasyprint.HTML(string=page).render().pages) <= 2


@pytest.mark.slow
@pytest.mark.skipif(not PANGO, reason=NO_PANGO)
@pytest.mark.filterwarnings("ignore")
def test_a_german_sheet_is_two_pages_at_most() -> None:
    """German words are longer, and its lines break worse."""
    import weasyprint

    text = (ROOT / "profiles" / "itb_pain.yaml").read_text(encoding="utf-8")
    made = plan(f"language: de\n{text}", as_of=AS_OF)
    with speaking(language_of(built_in(), "de")):
        page = sheet(made)
    assert "Ihr Übungsplan" in page
    assert len(weasyprint.HTML(string=page).render().pages) <= 2


def test_no_letter_is_smaller_than_eleven_points() -> None:
    sizes = re.findall(r"font(?:-size)?:[^;]*?([\d.]+)pt", CSS.read_text(encoding="utf-8"))
    assert sizes
    assert min(map(float, sizes)) >= 11


def test_what_protects_stands_however_full_the_sheet_is() -> None:
    one = example("low_back_pain")
    assert room(one).left_out
    said = " ".join(re.sub(r"<[^>]+>", " ", sheet(one)).replace("&#39;", "'").split())
    for held in one.prescriptions:
        assert held.how_to is not None
        assert [text for text in (*held.how_to.steps, held.how_to.mistake, held.stop_if) if text not in said] == []
    assert room(one).left_out in said


def test_a_sheet_with_room_leaves_nothing_out() -> None:
    one = example("novice")
    assert not room(one).left_out
    said = sheet(one)
    assert said.count("<strong>Feel:</strong>") == len(one.prescriptions)
    assert said.count("<strong>Harder:</strong>") + said.count("<strong>Next step:</strong>") == len(one.prescriptions)
