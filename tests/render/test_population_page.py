"""The page of two versions over many runners: self-contained, the same in words as in pictures, and safe with any text."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from axe_kit import MISSING, violations
from stridewise.authoring.population.effect import KINDS, Effect
from stridewise.authoring.population.result import EffectCount, ItemCount, Pair, PopulationDiff, RuleRate, RunnerChange
from stridewise.render.paragraphs import WIDTH, to_text
from stridewise.render.population import population_lines
from stridewise.render.population_page import MOST_ROWS, effect_picture, population_html

HOSTILE = "<script>alert(1)</script> & \"x\" 'y'"
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def counted(kind: str, runners: int, item: str = "hop") -> EffectCount:
    return EffectCount(kind, KINDS[kind], runners, (ItemCount(item, runners),))


def rate(name: str, before: int, after: int, urgency: str = "", title: str = "") -> RuleRate:
    refers = Pair(before, after) if urgency else Pair(0, 0)
    gone, come = max(0, before - after), max(0, after - before)
    return RuleRate(name, title, "changed", urgency, Pair(before, after), come, gone, Pair(before, after), refers)


LOST = Effect("referral_lost", "physician, urgent, stops running", 2, "", ("toy/see",))
FOUND = PopulationDiff(
    packs=("toy",),
    as_of="2026-11-21",
    profiles=3001,
    compared=3000,
    no_plan=1,
    no_plan_named=("R-9",),
    changed=40,
    affected=41,
    planned=Pair(3000, 2999),
    refer_first=Pair(30, 10),
    effects=(counted("referral_lost", 20, "physician"), counted("warning_new", 40, "toy/warn"), counted("dose_changed", 10)),
    rules=(rate("toy/see", 30, 10, "urgent", "Seen"), rate("toy/warn", 0, 40), rate("toy/still", 5, 5), rate("toy/never", 0, 0)),
    never_fires=("toy/never",),
    fires_unnamed=(),
    runners_not_named=40,
    runners=(RunnerChange("R-1", (LOST, Effect("dose_changed", "hop", 0, "4 → 3"))),),
)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = population_html(FOUND)
    assert not re.search(r"<script|https?://|src=|@import|url\((?!#)", page)
    assert "default-src 'none'" in page


def test_every_picture_is_well_formed_and_says_in_words_what_it_shows() -> None:
    """Three pictures with a title and a description; their ids are their own."""
    page = population_html(FOUND)
    drawn = [ElementTree.fromstring(one) for one in SVG.findall(page)]  # noqa: S314  # our own
    told = [one for one in drawn if one.get("role") == "img"]
    assert len(told) == 3
    assert all(one.get("aria-hidden") == "true" for one in drawn if one not in told)
    said = " ".join(one.findtext("desc") or "" for one in told)
    for figure in ("A referral is lost: 20 (0.7%)", "toy/see: 30 → 10 (0.3%)", "toy/warn: 0 → 40 (1.3%)"):
        assert figure in said
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert all(set((one.get("aria-labelledby") or "").split()) <= set(ids) for one in told)


def test_bars_are_as_long_as_there_are_runners_and_losses_look_otherwise_in_grey() -> None:
    rows = effect_picture(FOUND).rows
    lengths = [row.after - 8 for row in rows]
    assert lengths[1] == pytest.approx(2 * lengths[0], abs=0.2) == pytest.approx(4 * lengths[2], abs=0.4)
    assert [row.style for row in rows] == ["loss", "gain", "other"]


def test_no_text_becomes_markup() -> None:
    effect = Effect("dose_changed", HOSTILE, 0, HOSTILE, (HOSTILE,))
    found = replace(
        FOUND,
        effects=(counted("dose_changed", 1, HOSTILE),),
        rules=(rate(HOSTILE, 1, 0, "urgent", HOSTILE),),
        runners=(RunnerChange(HOSTILE, (effect,)),),
        no_plan_named=(HOSTILE,),
        never_fires=(f"toy/{HOSTILE}",),
    )
    page = population_html(found)
    assert "<script" not in page
    assert [ElementTree.fromstring(one) for one in SVG.findall(page)]  # noqa: S314  # our own


def test_what_a_picture_has_no_room_for_stands_in_the_table() -> None:
    rates = tuple(rate(f"toy/r{number:03d}", 0, number) for number in range(1, MOST_ROWS + 6))
    page = population_html(replace(FOUND, rules=rates))
    assert "5 more stand in the table alone." in page
    assert all(page.count(one.rule) for one in rates)


def test_where_nothing_changes_that_is_said() -> None:
    same = replace(FOUND, changed=0, affected=0, effects=(), rules=(rate("toy/still", 5, 5),), runners=(), runners_not_named=0)
    assert "Nothing changes for anybody." in population_html(same)
    text = to_text(population_lines(same))
    assert "Another plan: 0 of 3000 (0%)." in text
    assert "What changes" not in text and "Whose" not in text


def test_the_text_has_the_same_figures_in_eighty_columns() -> None:
    text = to_text(population_lines(FOUND))
    assert max(map(len, text.splitlines())) <= WIDTH
    flat = " ".join(text.split())
    for said in (
        "Without a plan with either version: 1 profile (R-9).",
        "Another plan: 40 of 3000 (1.3%).",
        "The same plan, but what is ruled out differs: 1 of 3000 (0.1%).",
        "20 0.7% A referral is lost physician: 20",
        "the gravest 1 of 41; --named 41 names all",
        "R-1 - A referral is lost: physician, urgent, stops running [toy/see]",
        "30 10 0 20 toy/see (changed, refers, urgent)",
        "30 10 urgent toy/see",
        "Fire for nobody: rules of toy - toy/never",
    ):
        assert said in flat
    assert "toy/still" in text and text.index("toy/see") < text.index("toy/warn (changed)")


@pytest.mark.slow
@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_axe_finds_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(population_html(FOUND), encoding="utf-8")
    assert violations(page) == []
