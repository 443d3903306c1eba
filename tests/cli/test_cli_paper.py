"""What is handed out, from the command line: sheet, letter, calendar, PDF, and on whose paper."""

import sys
from pathlib import Path

import pytest

from cli_kit import AS_OF, FLAGGED, MARATHON, SHORT, run
from pdf_kit import NO_PANGO, PANGO

pytestmark = pytest.mark.usefixtures("built_in_only")


@pytest.mark.parametrize(
    ("form", "said"), [("handout", "Your exercise plan"), ("letter", "Referral letter"), ("ics", "BEGIN:VCALENDAR")]
)
def test_each_can_be_asked_for(form: str, said: str) -> None:
    ran = run(FLAGGED, *AS_OF, "--format", form)
    assert (ran.code, said in ran.out) == (0, True)


def test_a_calendar_is_the_same_in_a_file_and_by_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    assert run(MARATHON, *AS_OF, "--output", path).code == 0
    assert b"\r\nEND:VCALENDAR\r\n" in path.read_bytes()


def test_the_clinic_stands_on_the_sheet(tmp_path: Path) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_text("name: Hill Physio\nphone: 0123\n", encoding="utf-8")
    assert "Hill Physio" in run(SHORT, *AS_OF, "--format", "handout", "--clinic", file).out
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("title: x\n", encoding="utf-8")
    ran = run(SHORT, *AS_OF, "--format", "handout", "--clinic", wrong)
    assert ran.code == 2
    assert "wrong.yaml:1" in ran.err


def test_a_pdf_without_its_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    ran = run(SHORT, *AS_OF, "--output", tmp_path / "plan.pdf")
    assert ran.code == 2
    assert "stridewise[pdf]" in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["text", "json", "ics"])
def test_only_pages_become_a_pdf(tmp_path: Path, form: str) -> None:
    ran = run(SHORT, *AS_OF, "--format", form, "--output", tmp_path / "plan.pdf")
    assert ran.code == 2
    assert "no format for a PDF" in ran.err


@pytest.mark.parametrize(("form", "most"), [("handout", 2), ("letter", 1), ("html", 9)])
def test_pages_of_a_pdf(tmp_path: Path, form: str, most: int) -> None:
    """A sheet of seven exercises takes two pages, a letter one."""
    if not PANGO:
        pytest.skip(NO_PANGO)
    pypdf = pytest.importorskip("pypdf")
    path = tmp_path / "plan.pdf"
    assert run(FLAGGED if form == "letter" else MARATHON, *AS_OF, "--format", form, "--output", path).code == 0
    assert 1 <= len(pypdf.PdfReader(path).pages) <= most
