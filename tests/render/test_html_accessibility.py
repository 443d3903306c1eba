"""What an accessibility checker asks of the report (WCAG 2.2 AA), checked without a browser."""

import re
from functools import cache
from itertools import pairwise

import pytest

from page import Element, Page
from render_kit import PROFILES, example, hostile, plan, refer_first
from stridewise.render.html import render_html

PAGES = {**{name: (name,) for name in PROFILES}, "all together": tuple(PROFILES), "invented": ()}
TEXTS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("quiet", "paper"),
    ("quiet", "card"),
    ("accent", "paper"),
    ("accent", "card"),
    ("alarm", "paper"),
    ("alarm", "alarm-paper"),
    ("go", "go-paper"),
    ("limits", "limits-paper"),
]
GRAPHICS = [("bar", "paper"), ("longest", "paper"), ("alarm", "paper")]


@cache
def page(name: str) -> Page:
    """An example's page; `all together` is one page of all, `invented` has something in every section."""
    plans = [example(one) for one in PAGES[name]] or [plan(), refer_first(), hostile()]
    return Page(render_html(plans))


def ids(found: Page) -> list[str]:
    return [element.attributes["id"] for element in found.root.all() if "id" in element.attributes]


def named(element: Element, found: Page) -> bool:
    """Whether an element has a name, by text of its own or of the elements it names."""
    labels = element.attributes.get("aria-labelledby", "").split()
    return bool(element.attributes.get("aria-label") or (labels and set(labels) <= set(ids(found))))


every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_the_page_is_well_formed_and_says_its_language_and_title(name: str) -> None:
    found = page(name)
    html, title = found.root.all("html")[0], found.root.all("title")[0]
    assert found.unclosed == []
    assert html.attributes["lang"] == "en"
    assert title.text


@every_page
def test_the_page_can_be_zoomed(name: str) -> None:
    viewport = next(m for m in page(name).root.all("meta") if m.attributes.get("name") == "viewport")
    assert not re.search(r"user-scalable|maximum-scale", viewport.attributes["content"])


@every_page
def test_all_content_lies_in_landmarks(name: str) -> None:
    body = page(name).root.all("body")[0]
    assert [child.tag for child in body.children if child.tag != "nav"] == ["header", "main", "footer"]
    assert all(named(nav, page(name)) for nav in body.all("nav"))


@every_page
def test_headings_start_at_one_and_skip_no_level(name: str) -> None:
    levels = [int(one.tag[1]) for one in page(name).root.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert not [one for one in page(name).root.all("h1", "h2", "h3", "h4") if not one.text]


@every_page
def test_ids_are_unique_and_every_reference_exists(name: str) -> None:
    known, found = ids(page(name)), page(name)
    assert len(known) == len(set(known))
    named_ids = [part for one in found.root.all() for part in one.attributes.get("aria-labelledby", "").split()]
    linked = [one.attributes["href"].removeprefix("#") for one in found.root.all("a")]
    assert set(named_ids) | set(linked) <= set(known)


@every_page
def test_tables_have_a_caption_and_headers_with_a_scope(name: str) -> None:
    for table in page(name).root.all("table"):
        assert table.children[0].tag == "caption"
        assert table.children[0].text
        assert {one.attributes.get("scope") for one in table.all("th")} <= {"col", "row"}
        assert len({len(row.children) for row in table.all("tr")}) == 1
        assert all(row.children[0].tag == "th" for row in table.all("tr"))


@every_page
def test_what_scrolls_can_be_reached_and_has_a_name(name: str) -> None:
    for one in page(name).root.all("div"):
        if one.attributes.get("class") == "scroll":
            assert one.attributes["tabindex"] == "0"
            assert one.attributes["role"] == "group"
            assert named(one, page(name))


@every_page
def test_pictures_have_a_text_alternative(name: str) -> None:
    for svg in page(name).root.all("svg"):
        assert svg.attributes["role"] == "img"
        assert named(svg, page(name))
        assert svg.all("title")[0].text
        assert len(svg.all("desc")[0].text) > 40


@every_page
def test_lists_hold_only_what_lists_may_hold(name: str) -> None:
    for listed in page(name).root.all("ul"):
        assert {child.tag for child in listed.children} == {"li"}
    for defined in page(name).root.all("dl"):
        assert {child.tag for child in defined.children} == {"dt", "dd"}


@every_page
def test_what_can_be_opened_starts_with_its_summary(name: str) -> None:
    for one in page(name).root.all("details"):
        assert one.children[0].tag == "summary"
        assert one.children[0].text


@every_page
def test_focus_order_is_the_order_of_the_page(name: str) -> None:
    assert {one.attributes["tabindex"] for one in page(name).root.all() if "tabindex" in one.attributes} <= {"0"}


def palettes() -> dict[str, dict[str, str]]:
    """The colours of the style sheet: light, dark and print; what a later one leaves out it takes from light."""
    style = page("invented").root.all("style")[0].text
    blocks = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", block)) for block in re.findall(r":root \{([^}]*)\}", style)]
    light, dark, printed = blocks
    return {"light": light, "dark": {**light, **dark}, "print": {**light, **printed}}


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours by WCAG 2."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_contrast_formula_is_the_known_one() -> None:
    assert round(contrast("#000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#fff"), 2) == 4.48


@pytest.mark.parametrize("palette", ["light", "dark", "print"])
def test_text_and_graphics_have_enough_contrast(palette: str) -> None:
    colours = palettes()[palette]
    assert {pair for pair in TEXTS if contrast(colours[pair[0]], colours[pair[1]]) < 4.5} == set()
    assert {pair for pair in GRAPHICS if contrast(colours[pair[0]], colours[pair[1]]) < 3} == set()


def test_colour_is_never_the_only_sign() -> None:
    """Levels and the verdict are words; the chart tells bar from line by shape."""
    text = page("invented").root.text
    assert "Critical." in text
    assert "REFER FIRST" in text
    assert page("invented").root.all("polyline")
