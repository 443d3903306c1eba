"""axe-core finds nothing on the sheet, the report and the letter, in a real Chromium where there is one."""

from pathlib import Path

import pytest

from axe_kit import MISSING, violations
from render_kit import example
from stridewise.render.formats import render_plans

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(MISSING), reason=MISSING)]


@pytest.mark.parametrize("form", ["handout", "html", "letter"])
@pytest.mark.parametrize("name", ["achilles_pain", "red_flag", "low_back_pain"])
def test_a_printed_page_has_no_violation(tmp_path: Path, name: str, form: str) -> None:
    page = tmp_path / f"{name}.html"
    page.write_text(render_plans([example(name)], form), encoding="utf-8")
    assert violations(page) == []


def test_axe_sees_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><html><head></head><body><img src='x.png'></body></html>", encoding="utf-8")
    assert any(line.startswith("image-alt") for line in violations(page))
