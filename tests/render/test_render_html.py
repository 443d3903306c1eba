"""The report: one self-contained page, every text escaped, nothing fetched, nothing run, nothing that matters left out."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from page import Page
from render_kit import EVIL, PROFILES, ROOT, check_golden, everything_said, example, hostile, plan, refer_first, schedule
from stridewise.cli.plan import plan as command
from stridewise.plan.model import NotUsed, WeekTotals
from stridewise.render.chart import BOTTOM, HEIGHT, chart
from stridewise.render.html import render_html

RED_FLAG, SHORTEST = (str(ROOT / "profiles" / f"{name}.yaml") for name in ("red_flag", "shortest"))
OUTSIDE = ("http:", "https:", "//", "url(", "src=", "<link", "<script", "@import", "<iframe", "<form", "data:")
FETCHING = ("src", "srcset", "action", "formaction", "data", "poster", "background", "xlink:href", "style")


@pytest.mark.parametrize("explain", [False, True])
def test_nothing_refers_outside(explain: bool) -> None:
    text = render_html([example(name) for name in PROFILES], explain).replace("img-src data:;", "")  # a page may hold pictures
    assert [part for part in OUTSIDE if part in text] == []


@pytest.mark.parametrize("name", PROFILES)
def test_every_referral_warning_and_notice_is_said(name: str) -> None:
    text = Page(render_html([example(name)])).root.text
    assert [said for said in everything_said(example(name)) if " ".join(said.split()) not in text] == []


@pytest.mark.parametrize("explain", [False, True])
def test_hostile_texts_stay_texts(explain: bool) -> None:
    page = Page(render_html([hostile(), plan()], explain))
    elements = page.root.all()
    assert page.unclosed == []
    assert not {element.tag for element in elements} & {"script", "img", "b", "iframe", "object", "base"}
    assert not [name for element in elements for name in element.attributes if name.startswith("on") or name in FETCHING]
    assert " ".join(EVIL.split()) in page.root.text


def test_an_address_in_the_notes_is_no_link() -> None:
    one = plan(not_used=(NotUsed(fact={}, at="x.yaml:1", text='notes: http://x.y "onclick="'),))
    links = Page(render_html([one, one])).root.all("a")
    assert {link.attributes["href"] for link in links} == {"#plan-1", "#plan-2"}


def test_the_policy_forbids_all_but_inline_style() -> None:
    policy = next(m for m in Page(render_html([plan()])).root.all("meta") if "http-equiv" in m.attributes)
    assert policy.attributes["http-equiv"] == "Content-Security-Policy"
    assert policy.attributes["content"].startswith("default-src 'none'; style-src 'unsafe-inline';")


def test_it_is_a_draft_until_signed() -> None:
    text = Page(render_html([plan()])).root.text
    assert "Draft until signed by a clinician" in text
    assert "Signature" in text


def test_reasons_can_be_expanded_and_explain_opens_them() -> None:
    closed, opened = (Page(render_html([plan()], explain)).root.all("details") for explain in (False, True))
    assert len(closed) == len(opened) > 4
    assert not [one for one in closed if "open" in one.attributes]
    assert not [one for one in opened if "open" not in one.attributes]
    assert "toy.yaml:3" in closed[0].text


def test_the_verdict_stands_before_everything_and_referrals_come_first() -> None:
    text = Page(render_html([refer_first()])).root.text
    assert text.index("REFER FIRST") < text.index("Go now.") < text.index("Screen not recorded.") < text.index("Dear colleague")


def test_several_plans_make_one_document() -> None:
    page = Page(render_html([plan(), plan(runner="R-2")]))
    assert len(page.root.all("html")) == 1
    assert [one.attributes["id"] for one in page.root.all("article")] == ["plan-1", "plan-2"]


def test_the_chart_shows_each_week_and_says_it_in_words() -> None:
    one = chart(plan())
    assert one is not None
    assert [bar.value for bar in one.bars] == ["40", "33", "26", "19"]
    assert one.bars[0].height > one.bars[-1].height
    assert one.bars[-1].race
    assert "week 4 from Sat 12 Dec (taper, race 12 Dec): 19 km, longest run 10 km" in one.description
    assert "Race on 12 Dec 2026." in one.description


@pytest.mark.parametrize("weeks", [2, 3, 13, 30, 52])
def test_the_chart_stays_inside_its_frame(weeks: int) -> None:
    one = chart(plan(schedule=schedule(weeks)))
    assert one is not None
    assert len(one.bars) == weeks
    assert all(bar.x >= 0 and bar.x + bar.width <= 640 and 0 < bar.y <= HEIGHT - BOTTOM for bar in one.bars)
    assert sum(bool(bar.label) for bar in one.bars) <= 13


@pytest.mark.parametrize("km, drawn", [(None, False), (Decimal(0), False), (Decimal("0.5"), True), (Decimal(400), True)])
def test_a_chart_needs_a_distance(km: Decimal | None, drawn: bool) -> None:
    totals = WeekTotals(running_km=km, longest_run_km=None, strength_sessions=1, sets=Decimal(1), contacts=Decimal(0))
    days = tuple(replace(day, totals=totals if day.totals else None) for day in schedule())
    one = plan(schedule=days)
    assert (chart(one) is not None) == drawn
    assert ("<svg" in render_html([one])) == drawn


def test_only_known_colours_are_used_in_the_chart() -> None:
    """Blue and dark orange with a white gap (Okabe and Ito): told apart by every kind of colour vision, and by shape."""
    text = render_html([plan()])
    assert re.search(r"--bar: #0072b2; --longest: #b34700", text)
    assert 'class="halo"' in text


@pytest.mark.parametrize(
    "ending, start", [("html", "<!DOCTYPE html>"), ("md", "# Exercise plan"), ("json", "{"), ("txt", "REFER")]
)
def test_the_ending_of_the_output_tells_the_format(ending: str, start: str, tmp_path: Path) -> None:
    made = CliRunner().invoke(command, [RED_FLAG, "--as-of", "2026-11-21", "--output", str(tmp_path / f"plan.{ending}")])
    assert made.exit_code == 0
    assert (tmp_path / f"plan.{ending}").read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize("form, ending", [("html", "html"), ("markdown", "md"), ("json", "json"), ("text", "txt")])
def test_several_profiles_go_to_a_folder_by_their_names(form: str, ending: str, tmp_path: Path) -> None:
    made = CliRunner().invoke(command, [RED_FLAG, SHORTEST, "--format", form, "--output", str(tmp_path / "plans")])
    assert made.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "plans").iterdir()) == [f"red_flag.{ending}", f"shortest.{ending}"]


def test_several_profiles_to_stdout_make_one_page() -> None:
    made = CliRunner().invoke(command, [RED_FLAG, SHORTEST, "--as-of", "2026-11-21", "--format", "html"])
    assert made.stdout.count("<!DOCTYPE html>") == 1
    assert made.stdout.count("<article") == 2


@pytest.mark.parametrize("name", ["marathoner_in_three_weeks", "red_flag"])
def test_the_report_is_as_it_was_read(name: str) -> None:
    check_golden(f"{name}.html", render_html([example(name)]))
