"""What `pack check` finds in texts of another language: what stands for no text, loses a number, or says what is banned; each
with its line. How much a language says is counted, and is no error."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from check_kit import check, exercise, library
from stridewise.authoring.checks.finding import Finding
from stridewise.cli.main import recommend

HEAD = "language: de\nreviewer: none\n"


def found(tmp_path: Path, texts: str) -> list[Finding]:
    """The findings about the texts of a pack with one exercise and this German."""
    files = {**library(exercise("hop", instructions=["Hop 3 times."])), "texts/de.yaml": f"{HEAD}{texts}"}
    return [one for one in check(tmp_path, {"files": files}) if one.check == "translation"]


@pytest.mark.parametrize(
    ("texts", "level", "said"),
    [
        ('texts: {"Hop 4 times.": "4-mal hüpfen."}', "warning", "stands for no text"),
        ('texts: {"Hop 3 times.": "Mehrmals hüpfen."}', "error", "the number 3 is lost"),
        ('texts: {"Hop 2 of 3.": "Bis 7 hüpfen."}', "error", "the number 2 is lost"),
        ('texts: {"Hop 3 times.": "3-mal oder 9-mal hüpfen."}', "error", "9 is not in the English text"),
        ('texts: {"Hop": "Verhindert alles"}\nbanned: {"verhindert": "Anders sagen."}', "error", 'says "verhindert"'),
        ('texts: {"Hop": {left: "Links"}}', "error", 'the form "both" is missing'),
    ],
)
def test_a_translation_that_says_something_else_is_found_at_its_line(tmp_path: Path, texts: str, level: str, said: str) -> None:
    one = next(one for one in found(tmp_path, texts) if said in one.message)
    assert (one.level, one.place.path, one.place.line) == (level, "toy/texts/de.yaml", 3)


def test_a_translation_that_says_the_same_is_not(tmp_path: Path) -> None:
    assert not found(tmp_path, 'texts: {"Hop": "Hüpfer", "Hop 3 times.": "3-mal hüpfen."}')


def test_the_command_counts_what_is_told_in_english() -> None:
    shown = CliRunner().invoke(recommend, ["pack", "check", "--lang", "de", "--format", "json"], catch_exceptions=False)
    told = {one["sort"]: one for one in json.loads(shown.output)}
    assert shown.exit_code == 0
    assert told["exercises"]["number"] > 1_000
    assert told["exercises"]["missing"] == []
