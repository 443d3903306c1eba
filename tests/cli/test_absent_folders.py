"""The folder of a pack that is not there is a mistake in the call, whichever command is given it."""

from pathlib import Path

import pytest

from cli_kit import run

pytestmark = pytest.mark.usefixtures("built_in_only")
NAMED = [
    ("pack", "check"),
    ("pack", "check", "--format", "json"),
    ("pack", "check", "--fix"),
    ("pack", "check", "--lang", "de"),
    ("pack", "check", "--pack"),
    ("pack", "test"),
    ("pack", "enable"),
]


@pytest.mark.parametrize("words", NAMED, ids=" ".join)
def test_an_absent_folder_ends_with_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    """It is named on stderr, and stdout stays empty."""
    absent = tmp_path / "nosuch"
    ran = run(*words, absent)
    assert (ran.code, ran.out) == (2, "")
    assert f"{absent}" in ran.err


def test_a_folder_with_a_mistake_ends_with_1(tmp_path: Path) -> None:
    """That is what the check is for."""
    (tmp_path / "pack.yaml").write_text("name: toy\nversion: 1\ntitel: Toys\n", encoding="utf-8")
    ran = run("pack", "check", tmp_path)
    assert ran.code == 1
    assert 'pack.yaml:3: error: unknown key "titel"' in ran.out
