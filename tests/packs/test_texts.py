"""Texts in other languages are read with their lines: a lost placeholder, an unknown form or another language is an error, all at
once; nothing of a language is read where nobody asks for it."""

from pathlib import Path

import pytest

from kit import write_pack
from plans import built_in_packs
from stridewise.errors import PackError
from stridewise.language.translation import ENGLISH
from stridewise.packs.pack import load_pack
from stridewise.packs.texts import languages_of, texts_in
from stridewise.program.builder import build_program
from stridewise.program.languages import language_of
from stridewise.program.program import Program

BASE = {"sources.yaml": [{"key": "atlas", "reference": "An atlas", "level": "5", "claims": []}]}
TEXTS = """
language: de
reviewer: none
texts:
  "Weak {weakness} on the {side}.":
    left: "Links schwach: {weakness}."
    right: "Rechts schwach: {weakness}."
    both: "Beidseits schwach: {weakness}."
"""


def program(tmp_path: Path, **files: str) -> Program:
    """A program of one pack with these files of texts."""
    pack = write_pack(tmp_path / "pack", BASE)
    for name, text in files.items():
        path = pack / "texts" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return build_program([load_pack(pack)], without_safety=True)


def problems(made: Program) -> list[str]:
    with pytest.raises(PackError) as caught:
        language_of(made, "de")
    return [str(problem) for problem in caught.value.problems]


def test_a_language_is_the_sum_of_its_files(tmp_path: Path) -> None:
    made = program(tmp_path, de=TEXTS, de__more='language: de\ntexts: {"Stop.": "Halt."}\n')
    language = language_of(made, "de")
    assert language.of("Stop.") == "Halt."
    assert languages_of(made.packs) == ["de"]


def test_english_needs_no_texts(tmp_path: Path) -> None:
    made = program(tmp_path)
    assert language_of(made, "") is language_of(made, "en") is ENGLISH


def test_a_language_without_texts_names_those_there_are(tmp_path: Path) -> None:
    made = program(tmp_path, de=TEXTS)
    with pytest.raises(PackError, match=r'no pack has texts in "fr"; there is en, de'):
        language_of(made, "fr")


def test_what_is_no_language_at_all_is_refused(tmp_path: Path) -> None:
    made = program(tmp_path, xqz='language: xqz\ntexts: {"Stop.": "Halt."}\n')
    with pytest.raises(PackError, match='"xqz" is no language'):
        language_of(made, "xqz")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ('"At most {km} km.": "Höchstens."', "{km} is lost"),
        ('"Stop.": "Halt bei {km}."', "{km} is no placeholder of the English text"),
        ('"On the {side}.": {left: "Links.", right: "Rechts."}', 'the form "both" is missing'),
        ('"{number} runs": {one: "{number} Lauf"}', 'the form "other" is missing'),
        ('"On the {side}.": {left: "Links.", both: "Beidseits.", middle: "Mitte."}', 'unknown form "middle"'),
        ('"Stop.": ""', "expected a text"),
        ('"Stop.": 3', "expected a text"),
    ],
)
def test_what_a_translation_loses_is_an_error_at_its_line(tmp_path: Path, texts: str, said: str) -> None:
    found = problems(program(tmp_path, de=f"language: de\ntexts:\n  {texts}\n"))
    assert len(found) == 1
    assert said in found[0]
    assert "texts/de.yaml:3:" in found[0]


@pytest.mark.parametrize("pattern", ["(", "a**", "[", "\\\\"])
def test_a_ban_that_is_no_pattern_is_an_error_at_its_line(tmp_path: Path, pattern: str) -> None:
    """It ended the check as a fault of ours."""
    (found,) = problems(program(tmp_path, de=f'language: de\nbanned:\n  "{pattern}": "Anders."\n'))
    assert "texts/de.yaml:3: banned: " in found
    assert "is no pattern" in found


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    found = problems(program(tmp_path, de='language: fr\ntexts:\n  "A {x}.": "B."\n  "C.": "D {y}."\n'))
    assert len(found) == 3


def test_texts_are_no_part_of_what_a_pack_recommends(tmp_path: Path) -> None:
    """The digest vouches for rules; a better sentence in another language changes no plan."""
    without = program(tmp_path / "a").packs[0].sha256
    assert program(tmp_path / "b", de=TEXTS).packs[0].sha256 == without


def told_twice(made: Program) -> list[str]:
    """English texts that two files say differently; what only one list says is apart."""
    said: dict[str, set[str]] = {}
    for file in texts_in(made.packs, "de"):
        for text, words in file.shape.texts.items():
            said.setdefault(text, set()).add(str(words))
    return sorted(text for text, ways in said.items() if len(ways) > 1)


def test_two_translations_of_one_text_are_found(tmp_path: Path) -> None:
    one, other = (f"language: de\ntexts: {{Plank: {word}}}\n" for word in ("Stütz", "Brett"))
    assert told_twice(program(tmp_path, de__one=one, de__other=other)) == ["Plank"]


def test_no_text_of_the_built_in_packs_has_two_translations() -> None:
    """A later file would silently take the place of an earlier one."""
    assert told_twice(build_program(built_in_packs())) == []


def test_an_exercise_has_one_german_name() -> None:
    """The name over its steps and the label of its term differ in nothing but a capital."""
    made = build_program(built_in_packs())
    german, labels = language_of(made, "de"), made.vocabulary.terms["exercises"]
    names = {name: (german.of(one.name), german.of(labels[name].label, "exercises")) for name, one in made.exercises.items()}
    assert not {name: both for name, both in names.items() if str(both[0]).casefold() != str(both[1]).casefold()}
