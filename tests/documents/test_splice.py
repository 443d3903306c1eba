"""One item more or less in a YAML text: nothing else of it changes, not a comment, not a space."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stridewise.documents.splice import CannotSpliceError, appended, removed

PATH = ("clinician", "ban")
TEXTS = {
    "nothing yet": "a: 1  # one\n# the end\n",
    "no line end": "a: 1",
    "another list": "a: 1\nclinician:\n  pin: [x]  # hers\n\n# between\nb: 2\n",
    "a list": "clinician:\n  ban:\n  - x # why\n  # below\nb: 2\n",
    "a deeper list": "clinician:\n    ban:\n        - {exercise: x,\n           reason: y}  # why\nb: 2 # two\n",
    "in one line": "clinician: {ban: [x], pin: []}  # both\n",
    "over lines": "clinician:\n  ban: [\n    x,  # why\n    y   # and why\n  ]\n",
    "empty": "clinician: {}\nb: 2\n",
    "empty list": "clinician:\n  ban: []  # none\n",
    "nothing written": "clinician:\nb: 1\n",
    "null": "clinician:\n  ban: null  # none\n",
    "block text": "notes: |\n  one\n  two\n\n# the end\n",
    "folded text at the end": "notes: >-\n  one\n  two",
    "windows": "a: 1  # one\r\nclinician:\r\n  ban:\r\n    - x\r\nb: 2\r\n",
    "a document mark": "---\na: 1\n...\n",
    "quoted": "'clinician':\n  \"ban\":\n    - 'x'\n",
    "JSON": '{"a": 1,\n "clinician": {"ban": ["q"]}\n}\n',
    "JSON without": '{"a": {"b": [1, 2]}}',
}


def with_one_more(text: str) -> Any:
    root = yaml.safe_load(text)
    root["clinician"] = root.get("clinician") or {}
    root["clinician"]["ban"] = [*(root["clinician"].get("ban") or []), {"exercise": "z"}]
    return root


def comments(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_one_item_more_and_nothing_else(text: str) -> None:
    made = appended(text, PATH, '{"exercise": "z"}', text.startswith("{"))
    assert yaml.safe_load(made) == with_one_more(text)
    assert comments(made) == comments(text)
    kept = iter(made)
    assert all(letter in kept for letter in text.replace("null", "")), "only added to"
    assert ("\r\n" in made) == ("\r\n" in text)
    assert "\n" not in made.replace("\r\n", "") or "\r\n" not in text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_was_added_can_be_taken_out(text: str) -> None:
    made = appended(text, PATH, "z")
    back = removed(made, PATH, len(yaml.safe_load(made)["clinician"]["ban"]) - 1)
    said = yaml.safe_load(back)
    assert "z" not in str(said.get("clinician"))
    assert comments(back) == comments(text)
    assert {key: value for key, value in said.items() if key != "clinician"} == {
        key: value for key, value in yaml.safe_load(text).items() if key != "clinician"
    }


def test_an_item_goes_with_the_remark_beside_it() -> None:
    text = "clinician:\n  # mine\n  ban:\n    - x  # of x\n    - y  # of y\nb: 2\n"
    assert removed(text, PATH, 0) == "clinician:\n  # mine\n  ban:\n    - y  # of y\nb: 2\n"
    assert removed("clinician: {ban: [x, y, z]}", PATH, 1) == "clinician: {ban: [x, z]}"
    assert removed("clinician:\n  ban: [x]\nb: 2\n", PATH, 0) == "clinician:\n  ban: []\nb: 2\n"


def test_a_list_that_is_left_empty_goes_with_what_held_it_alone() -> None:
    assert removed("a: 1\nclinician:\n  ban:\n    - x\n", PATH, 0) == "a: 1\n"
    assert removed("clinician:\n  pin: [y]\n  ban:\n    - x\n", PATH, 0) == "clinician:\n  pin: [y]\n"


@pytest.mark.parametrize("text", ["- a\n", "a: [", "clinician: 3\n", "clinician: {ban: 3}\n", "clinician: [x]\n", ""])
def test_what_is_no_such_list_is_refused(text: str) -> None:
    with pytest.raises(CannotSpliceError):
        appended(text, PATH, "z")
    with pytest.raises(CannotSpliceError):
        removed(text, PATH, 0)


@pytest.mark.parametrize("index", [-1, 1])
def test_an_item_that_is_not_there_cannot_be_taken_out(index: int) -> None:
    with pytest.raises(CannotSpliceError, match="has no item"):
        removed("clinician: {ban: [x]}", PATH, index)


WORDS = st.sampled_from(["a", "b", "pin", "ban", "clinician"])
VALUES = st.recursive(
    st.sampled_from([1, "x", "two words", None, "#no", "line\nline\n", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(
    rest=st.dictionaries(WORDS.filter(lambda word: word != "clinician"), VALUES, max_size=3),
    clinician=st.fixed_dictionaries({}, optional={"pin": st.lists(VALUES, max_size=2), "ban": st.lists(VALUES, max_size=3)}),
    first=st.booleans(),
    flow=st.sampled_from([None, False, True]),
    indent=st.integers(2, 6),
)
def test_whatever_is_written_one_more_is_one_more(rest: Any, clinician: Any, first: bool, flow: bool | None, indent: int) -> None:
    pairs = [("clinician", clinician)] if clinician else []
    root = dict([*pairs, *rest.items()] if first else [*rest.items(), *pairs]) or {"a": 1}
    text = yaml.safe_dump(root, default_flow_style=flow, sort_keys=False, indent=indent)
    made = appended(text, PATH, "{exercise: z}")
    assert yaml.safe_load(made) == with_one_more(text)
    at = len(with_one_more(text)["clinician"]["ban"]) - 1
    back = yaml.safe_load(removed(made, PATH, at))
    assert ((back.get("clinician") or {}).get("ban") or []) == (clinician.get("ban") or [])
