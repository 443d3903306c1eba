"""What `pack check` finds in texts of another language: what stands for no text, loses a number, or says what is banned; each
with its line. How much a language says is counted, and is no error."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from check_kit import exercise, library
from kit import write_pack
from plans import DAY
from stridewise.authoring.checks.checking import check_packs
from stridewise.authoring.checks.finding import Finding
from stridewise.authoring.checks.translated import TranslatedTexts
from stridewise.cli.main import recommend
from stridewise.packs.pack import load_pack

HEAD = "language: de\nreviewer: none\n"


def found(tmp_path: Path, texts: str) -> list[Finding]:
    """The findings about a pack with one exercise and these German texts."""
    files = {**library(exercise("hop", instructions=["Hop 3 times."])), "texts/de.yaml": f"{HEAD}{texts}"}
    pack = load_pack(write_pack(tmp_path / "toy", files), shown="toy")
    return check_packs(lambda: [pack], lambda one: True, DAY, [TranslatedTexts()], without_safety=True)


@pytest.mark.parametrize(
    ("texts", "level", "said"),
    [
        ('texts: {"Hop 4 times.": "4-mal hüpfen."}', "warning", "stands for no text"),
        ('texts: {"Hop 3 times.": "Mehrmals hüpfen."}', "error", "the number 3 is lost"),
        ('texts: {"Hop": "Verhindert alles"}\nbanned: {"verhindert": "Anders sagen."}', "error", 'says "verhindert"'),
        ('texts: {"Hop": {left: "Links"}}', "error", 'the form "both" is missing'),
    ],
)
def test_a_translation_that_says_something_else_is_found_at_its_line(tmp_path: Path, texts: str, level: str, said: str) -> None:
    (one,) = found(tmp_path, texts)
    assert (one.level, one.place.path, one.place.line) == (level, "toy/texts/de.yaml", 3)
    assert said in one.message


def test_a_translation_that_says_the_same_is_not(tmp_path: Path) -> None:
    assert not found(tmp_path, 'texts: {"Hop": "Hüpfer", "Hop 3 times.": "3-mal hüpfen."}')


def test_the_command_counts_and_lists_what_is_told_in_english(tmp_path: Path) -> None:
    files = {**library(exercise("second_hop")), "texts/de.yaml": f'{HEAD}texts: {{"Second_Hop": "Zweiter Hüpfer"}}'}
    folder = write_pack(tmp_path / "toy", files)
    shown = CliRunner().invoke(
        recommend, ["pack", "check", str(folder), "--lang", "de", "--level", "info"], catch_exceptions=False
    )
    assert shown.exit_code == 0
    assert 'Said in "de"; the rest is told in English:' in shown.output
    assert 'not yet: "Second_Hop"' not in shown.output
