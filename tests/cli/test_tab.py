"""The Tab key of `recommend new`: a question's own words, entry by entry, and never anything else."""

import subprocess
import sys
from pathlib import Path

import pytest

from plans import built_in
from stridewise.cli.tab import completer
from stridewise.interview import QUESTIONS

WORDS = ["goblet squat", "glute bridge", "dead bug"]


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("g", ["goblet squat", "glute bridge"]),
        ("  gob", ["  goblet squat"]),
        ("Goblet_s", ["goblet squat"]),
        ("squat", []),
        ("", WORDS),
    ],
)
def test_an_entry_is_completed_and_its_blanks_stay(begun: str, offered: list[str]) -> None:
    nth = completer(WORDS)
    assert [nth(begun, number) for number in range(len(offered) + 1)] == [*offered, None]


def test_what_is_offered_is_taken() -> None:
    """Each word of each list is an answer of its question, the words of clinic language aside."""
    from datetime import date

    from stridewise.interview import answer, start

    vocabulary = built_in().vocabulary
    asked = {question.title: question for question in QUESTIONS if question.words(vocabulary)}
    assert {"red flags", "exercises", "equipment", "symptoms"} <= set(asked)
    for title in ("red flags", "exercises", "equipment", "goal", "cannot"):
        for word in asked[title].words(vocabulary):
            assert answer(start(date(2026, 11, 21)), asked[title], word, vocabulary).root


@pytest.mark.slow
def test_without_readline_the_key_does_nothing(tmp_path: Path) -> None:
    code = "import sys; sys.modules['readline'] = None\nfrom stridewise.cli.tab import offer\noffer(['a'])\nprint('on')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stdout == "on\n"
