"""What a vocabulary says beside its words is checked where it is read, each mistake at its line."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kit import SOURCES, VOCABULARY, toy_pack, write_pack
from stridewise.errors import PackError
from stridewise.packs.pack import load_pack
from stridewise.program.builder import build_program
from stridewise.program.program import Program


def built(tmp_path: Path, kind: str = "", term: str = "", **said: Any) -> Program:
    """The toy vocabulary with a kind, or a colour, that says more."""
    words = deepcopy(VOCABULARY)
    target = words["kinds"][kind] if kind else words["terms"]["colours"][term]
    target.update(said)
    folder = write_pack(tmp_path / "base", {"vocabulary/toy.yaml": words, "sources.yaml": SOURCES})
    return build_program([load_pack(folder, shown="base"), toy_pack(tmp_path / "toy")])


ERROR = {"largest": 2, "source": "atlas", "text": "±2"}


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("size", {"asked": "sometimes"}, "asked"),
        ("size", {"modifiable": "maybe"}, "modifiable"),
        ("size", {"safety": "maybe"}, "safety"),
        ("size", {"asked_if": [{"colours": "red"}]}, 'asked_if: names no known kind of fact, found "colours". Did you'),
        ("size", {"asked_unless": [{"colour": "rad"}]}, 'asked_unless: unknown colour "rad". Did you mean "red"?'),
        ("size", {"error": {**ERROR, "source": "atlass"}}, 'error: unknown source "atlass". Did you mean "atlas"?'),
        ("size", {"past": "colours"}, 'kinds.size: past: unknown kind "colours". Did you mean "colour"?'),
        ("size", {"denies": ["colours"]}, 'kinds.size: denies: unknown kind "colours". Did you mean "colour"?'),
        ("colour", {"error": ERROR}, "error: only a number has one; leave it out"),
        ("size", {"shorthand": ["{value} tall"]}, 'shorthand "{value} tall": expected a name alone, such as "hr"'),
        ("colour", {"shorthand": ["hue"]}, 'shorthand "hue": expected words with {value}, such as "weak {value}"'),
        ("colour", {"letter": ["{value}", 5]}, "letter[1]: expected a text, or {say: text, only: {attribute: value}}, or a list"),
        ("colour", {"letter": [[{"say": "red", "only": "red"}]]}, "letter[0]: expected a text, or {say: text, only: "),
        ("colour", {"answers": [{"answer": "yes", "states": {"colour": "rad"}}]}, 'answers "yes": unknown colour "rad"'),
    ],
)
def test_a_mistake_of_a_kind_is_told_at_its_line(tmp_path: Path, kind: str, said: dict[str, Any], told: str) -> None:
    with pytest.raises(PackError) as raised:
        built(tmp_path, kind, **said)
    (problem,) = raised.value.problems
    assert problem.line > 1
    assert problem.path.endswith("vocabulary/toy.yaml")
    assert told in problem.message


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"not_asked_as": ["colours"]}, 'terms.colours.red: not_asked_as: unknown kind "colours". Did you mean "colour"?'),
        ({"asked_unless": [{"size": "red"}]}, "terms.colours.red: asked_unless: size"),
    ],
)
def test_a_mistake_of_a_term_is_told_at_its_line(tmp_path: Path, said: dict[str, Any], told: str) -> None:
    with pytest.raises(PackError) as raised:
        built(tmp_path, term="red", **said)
    assert told in raised.value.problems[0].message
    assert raised.value.problems[0].line > 1


def test_a_short_name_belongs_to_one_kind(tmp_path: Path) -> None:
    words = {"kinds": {name: {"open": True, "value": {"number": "cm"}, "shorthand": ["h"]} for name in ("height", "hip")}}
    toy = toy_pack(tmp_path / "toy", files={"vocabulary/more.yaml": words})
    base = load_pack(write_pack(tmp_path / "base", {"vocabulary/toy.yaml": VOCABULARY, "sources.yaml": SOURCES}), shown="base")
    with pytest.raises(PackError, match=r'kinds\.hip: shorthand "h" is already that of "height"; choose another'):
        build_program([base, toy])


def test_what_says_nothing_is_read_by_what_it_is(tmp_path: Path) -> None:
    """A score is a matter of safety; a number can be worked on, anything else may be found."""
    kinds = built(tmp_path, "size", value={"number": "score", "min": 0, "max": 10}).vocabulary.kinds
    assert (kinds["size"].traits.safety, kinds["colour"].traits.safety) == (True, False)
    assert (kinds["tally"].traits.modifiable, kinds["colour"].traits.modifiable) == ("earned", "found")
    assert kinds["size"].traits.asked == "examination"
