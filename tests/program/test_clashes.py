"""Where a clinic's pack and a built-in one define one thing, the clinic is told at its own line, with the place of the other;
whatever the packs are called."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from check_kit import exercise, vocabulary
from kit import BASICS, SOURCES, VOCABULARY, toy_pack
from stridewise.errors import PackError
from stridewise.program.builder import build_program

STAGES = [{"id": "only", "title": "Only", "plain": "You are here."}]
PATHWAY = {
    "id": "climb",
    "title": "Climbing",
    "when": [{"colour": "red"}],
    "stages": STAGES,
    **{name: BASICS[name] for name in ("sources", "strength", "certainty")},
}
OPEN = {"open": True, "value": {"text": True}}
OTHER_BOOK = [{**SOURCES[0], "reference": "Another atlas"}]

# what the built-in pack has, what the clinic's has, and what is told
TABLE: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    (
        "exercise",
        {"exercises/e.yaml": [exercise("hop")]},
        {"exercises/e.yaml": [exercise("sit"), exercise("hop")]},
        'aaa/exercises/e.yaml:{line}: the exercise "hop" is already defined at zzz/exercises/e.yaml:1; choose another id',
    ),
    (
        "old-exercise",
        {"exercises/e.yaml": [exercise("hop", renamed_from=["leap"])]},
        {"exercises/e.yaml": [exercise("leap")]},
        'aaa/exercises/e.yaml:1: the exercise "leap" has the old name of hop (zzz/exercises/e.yaml:1); choose another id',
    ),
    (
        "spoken-exercise",
        {"exercises/e.yaml": [exercise("hop", aliases=["Big hop"])]},
        {"exercises/e.yaml": [exercise("sit"), exercise("leap", aliases=["big  hop"])]},
        'aaa/exercises/e.yaml:{line}: leap: its word "big  hop" already stands for "hop" (zzz/exercises/e.yaml:1); '
        "choose another",
    ),
    (
        "pathway",
        {"pathways/p.yaml": [PATHWAY]},
        {"pathways/p.yaml": [PATHWAY]},
        'aaa/pathways/p.yaml:1: the pathway "climb" is already defined at zzz/pathways/p.yaml:1; choose another id',
    ),
    (
        "source",
        {},
        {"sources.yaml": OTHER_BOOK},
        'aaa/sources.yaml:1: the source "atlas" is already defined differently at zzz/sources.yaml:1; choose another key',
    ),
    (
        "kind",
        vocabulary(kinds={"smell": OPEN}),
        vocabulary(kinds={"smell": OPEN}),
        'aaa/vocabulary/own.yaml:2: kinds: "smell" is already defined at zzz/vocabulary/own.yaml:2; rename it',
    ),
    (
        "term",
        vocabulary(terms={"colours": {"pink": {}}}),
        vocabulary(terms={"colours": {"pink": {}}}),
        'aaa/vocabulary/own.yaml:3: terms.colours: "pink" is already a term of this list (zzz/vocabulary/own.yaml:3); '
        "leave it out",
    ),
    (
        "old-term",
        vocabulary(terms={"colours": {"pink": {"renamed_from": ["rose"]}}}),
        vocabulary(terms={"colours": {"rose": {}}}),
        'aaa/vocabulary/own.yaml:3: terms.colours: "rose" is the old name of "pink"; choose another',
    ),
    (
        "alias",
        vocabulary(aliases={"rosy": [{"colour": "red"}]}),
        vocabulary(aliases={"Rosy": [{"colour": "blue"}]}),
        'aaa/vocabulary/own.yaml:2: aliases: "Rosy" is already defined at zzz/vocabulary/own.yaml:2',
    ),
    (
        "word",
        vocabulary(terms={"colours": {"pink": {"aliases": ["rosy"]}}}),
        vocabulary(terms={"colours": {"rosy": {}}}),
        'aaa/vocabulary/own.yaml:3: terms.colours.rosy: its word "rosy" already stands for "pink" (zzz/vocabulary/own.yaml:3); '
        "choose another",
    ),
    (
        "synonym",
        vocabulary(terms={"colours": {"pink": {}}}),
        vocabulary(synonyms={"colours": {"red": ["pink"]}}),
        'aaa/vocabulary/own.yaml:3: synonyms.colours.red: its word "pink" already stands for "pink" (zzz/vocabulary/own.yaml:3); '
        "choose another",
    ),
    (
        "attribute",
        vocabulary(kinds={"smell": OPEN}),
        vocabulary(kinds={"taste": {**OPEN, "attributes": {"smell": {"text": True}}}}),
        'aaa/vocabulary/own.yaml:2: kinds.taste: the attribute "smell" is also a kind (zzz/vocabulary/own.yaml:2); '
        "rename the attribute",
    ),
    (
        "kind-as-attribute",
        vocabulary(kinds={"taste": {**OPEN, "attributes": {"smell": {"text": True}}}}),
        vocabulary(kinds={"smell": OPEN}),
        'aaa/vocabulary/own.yaml:2: kinds: "smell" is also an attribute of "taste" (zzz/vocabulary/own.yaml:2); rename the kind',
    ),
    (
        "closed",
        vocabulary(terms={"moods": {"glad": {}}}),
        vocabulary(terms={"moods": {"sad": {}}}, closed_lists=["moods"]),
        'aaa/vocabulary/own.yaml:5: closed_lists: "moods" is a list of zzz, to which others may add; leave it out',
    ),
]


@pytest.mark.parametrize(("theirs", "mine", "told"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_newcomer_is_told_at_its_line_and_where_the_other_is(
    tmp_path: Path, theirs: dict[str, Any], mine: dict[str, Any], told: str
) -> None:
    """The clinic's pack sorts before the built-in one, so that no order of names decides."""
    base = {"vocabulary/v.yaml": VOCABULARY, "sources.yaml": SOURCES}
    built_in = replace(toy_pack(tmp_path / "zzz", (), {**base, **theirs}), origin="stridewise 1.0: built-in")
    with pytest.raises(PackError) as raised:
        build_program([toy_pack(tmp_path / "aaa", (), mine), built_in], without_safety=True)
    (problem,) = raised.value.problems
    assert str(problem) == told.format(line=problem.line)
    assert problem.line
