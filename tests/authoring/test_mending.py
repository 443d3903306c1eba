"""`pack check --fix` mends what needs no understanding, says what it did, and leaves every comment and every meaning alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cli_kit import run
from kit import SOURCES, VOCABULARY, write_pack
from stridewise.authoring import mending
from stridewise.authoring.mending import mend_packs
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program

WORDS: dict[str, Any] = {
    "kinds": {"smell": {"open": True, "value": {"terms": "smells"}}},
    "terms": {"smells": {"mint": {"renamed_from": ["fresh"]}}},
}
RULES = """\
# What smells.   
- id: minty   # as we call it
  renamed_from: [cool]
  title: fresh
  when:
    - smell: "fresh"
    - any_of: [{smell: fresh}, {colour: red}]  # either
  then:
    - warn: fresh
      level: info
  because: |
    Two blanks are kept here:  
    so.
  sources: [atlas]
  strength: expert_opinion
  certainty: low"""  # noqa: W291  # blanks are what it is about
MENDED = """\
# What smells.
- id: minty   # as we call it
  renamed_from: [cool]
  title: fresh
  when:
    - smell: "mint"
    - any_of: [{smell: mint}, {colour: red}]  # either
  then:
    - warn: fresh
      level: info
  because: |
    Two blanks are kept here:  
    so.
  sources: [atlas]
  strength: expert_opinion
  certainty: low
"""  # noqa: W291
CASES = "- name: A case.\n  profile: {findings: [{smell: fresh}]}\n  expect: {fires: [cool]}\n"


def clinic(tmp_path: Path, **files: str) -> Path:
    write_pack(tmp_path / "base", {"vocabulary/toy.yaml": VOCABULARY, "sources.yaml": SOURCES})
    return write_pack(tmp_path / "own", {"vocabulary/own.yaml": WORDS, "rules/all.yaml": RULES, "cases/all.yaml": CASES, **files})


def mend(tmp_path: Path) -> list[str]:
    def load(folders: Sequence[Path]) -> Program:
        packs = [load_pack(folder, shown=folder.name) for folder in (tmp_path / "base", *folders)]
        return build_program(packs, without_safety=True)

    return list(map(str, mend_packs([tmp_path / "own"], load)))


def test_old_names_and_blanks_are_mended_and_told_and_all_else_stays(tmp_path: Path) -> None:
    """A word in a sentence is no name, and blanks inside a value are part of it."""
    own = clinic(tmp_path)
    assert mend(tmp_path) == [
        'own/cases/all.yaml:2: mended: "fresh" is "mint" now',
        'own/cases/all.yaml:3: mended: "cool" is "minty" now',
        'own/rules/all.yaml:6: mended: "fresh" is "mint" now',
        'own/rules/all.yaml:7: mended: "fresh" is "mint" now',
        "own/rules/all.yaml:1: mended: blanks at its end",
        "own/rules/all.yaml:16: mended: the last line had no end",
    ]
    assert (own / "rules/all.yaml").read_text(encoding="utf-8") == MENDED
    assert (own / "cases/all.yaml").read_text(encoding="utf-8") == CASES.replace("fresh", "mint").replace("cool", "minty")


def test_what_is_mended_once_needs_no_mending(tmp_path: Path) -> None:
    clinic(tmp_path)
    assert mend(tmp_path)
    assert mend(tmp_path) == []


def test_line_ends_of_another_system_stay(tmp_path: Path) -> None:
    own = clinic(tmp_path)
    (own / "rules/all.yaml").write_bytes(RULES.replace("\n", "\r\n").encode())
    mend(tmp_path)
    written = (own / "rules/all.yaml").read_bytes()
    assert written.startswith(b"# What smells.\r\n- id: minty   # as we call it\r\n")
    assert b'    - smell: "mint"\r\n' in written


def test_a_name_that_is_another_term_of_today_is_left(tmp_path: Path) -> None:
    """`fresh` was a smell and is a shade: nobody can tell by the word alone which is meant."""
    own = clinic(tmp_path)
    words = {**WORDS, "terms": {**WORDS["terms"], "shades": {"fresh": {"label": "fresh shade"}}}}
    write_pack(own, {"vocabulary/own.yaml": words})
    assert not any("fresh" in told for told in mend(tmp_path))
    assert (own / "rules/all.yaml").read_text(encoding="utf-8") == MENDED.replace('mint"', 'fresh"').replace("mint}", "fresh}")


def test_nothing_is_written_where_the_pack_would_say_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = clinic(tmp_path)
    before = (own / "rules/all.yaml").read_bytes()
    monkeypatch.setattr(mending, "names_of_today", lambda program, pack: {"red": "blue"})
    assert mend(tmp_path) == []
    assert (own / "rules/all.yaml").read_bytes() == before


def test_the_command_mends_then_checks(tmp_path: Path) -> None:
    assert run("pack", "new", tmp_path / "shin").code == 0
    rules = tmp_path / "shin" / "rules" / "shin.yaml"
    clean = rules.read_text(encoding="utf-8")
    rules.write_text(clean.replace("\n", "  \n", 1), encoding="utf-8")
    ran = run("pack", "check", tmp_path / "shin", "--fix")
    assert ran.code == 0
    assert "shin.yaml:1: mended: blanks at its end" in ran.err
    assert "0 errors" in ran.out
    assert rules.read_text(encoding="utf-8") == clean


def test_the_command_mends_no_pack_that_it_was_not_given(tmp_path: Path) -> None:
    assert "--fix needs at least one DIR" in run("pack", "check", "--fix").err
