"""The plan as Markdown: eight lines to paste, then the rest; nothing from outside becomes markup."""

import re

import pytest

from render_kit import EVIL, PROFILES, check_golden, everything_said, example, hostile, plan, refer_first
from stridewise.render.escaping import escape
from stridewise.render.markdown import note, render_markdown


@pytest.mark.parametrize("name", PROFILES)
def test_the_note_has_eight_lines_and_starts_with_the_verdict(name: str) -> None:
    lines = note(example(name))
    assert len(lines) == 8
    assert lines[0].startswith("- Verdict: ")
    assert not [line for line in lines if "\n" in line or not line.startswith("- ")]


def test_the_note_says_what_a_record_needs() -> None:
    text = "\n".join(note(refer_first()))
    for said in (
        "REFER FIRST",
        "weak thumb",
        "emergency department",
        "Mind the step.",
        "3 × 8",
        "20 → 15 km",
        "2026-12-19",
        "draft",
    ):
        assert said in text


@pytest.mark.parametrize("name", PROFILES)
def test_every_referral_warning_and_notice_is_said(name: str) -> None:
    text = render_markdown([example(name)])
    assert [said for said in everything_said(example(name)) if escape(said) not in text] == []


@pytest.mark.parametrize(
    "written, shown",
    [
        ("*a* _b_", r"\*a\* \_b\_"),
        ("<b>", r"\<b\>"),
        ("[x](y)", r"\[x\](y)"),
        ("a | b", r"a \| b"),
        ("`c`", r"\`c\`"),
        ("# h", r"\# h"),
        ("- i", r"\- i"),
        ("+ i", r"\+ i"),
        ("1. i", r"1\. i"),
        ("2) i", r"2\) i"),
        ("===", r"\==="),
        ("a\n\n# b", r"a \# b"),
        ("&lt;", r"\&lt;"),
        ("C:\\x", r"C:\\x"),
        ("http://x.y", r"http\://x.y"),
        ("www.x.y", r"www\.x.y"),
        ("-25%", r"\-25%"),
        ("3 × 8–10", "3 × 8–10"),
    ],
)
def test_what_could_be_markup_is_escaped(written: str, shown: str) -> None:
    assert escape(written) == shown


@pytest.mark.parametrize("explain", [False, True])
def test_hostile_texts_stay_texts(explain: bool) -> None:
    text = render_markdown([hostile()], explain)
    assert escape(EVIL) in text
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"^# heading|^- item", text, re.MULTILINE)


def test_a_pipe_does_not_break_a_table() -> None:
    rows = [line for line in render_markdown([plan()]).splitlines() if line.startswith("|")]
    widths = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    assert widths == {4, 9}


def test_several_plans_are_parted_by_a_rule() -> None:
    text = render_markdown([plan(), plan(runner="R-2")])
    assert text.count("\n---\n") == 1
    assert text.count("\n# ") + text.startswith("# ") == 2


def test_the_letter_follows_where_someone_else_comes_first() -> None:
    assert "## Referral letter" in render_markdown([refer_first()])
    assert "## Referral letter" not in render_markdown([plan()])


def test_explain_shows_rules_facts_and_sources() -> None:
    text = render_markdown([plan()], explain=True)
    for said in ("toy/rule", "toy.yaml:3", "atlas"):
        assert said in text


@pytest.mark.parametrize("name", ["marathoner_in_three_weeks", "red_flag"])
def test_the_markdown_is_as_it_was_read(name: str) -> None:
    check_golden(f"{name}.md", render_markdown([example(name)]))
