"""Whatever stands in a profile, a log or a plan: it is read, or a problem says where."""

import contextlib
import json
import time
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hostile_kit import HEAD, MANY, SCALARS, SHORT, VALUES, often, paths_of, put, spoilt, told
from mutants import mutant
from plans import DAY, PROFILES, built_in, plan_or_error
from population import profile_of
from stridewise.documents.reader import parse_document
from stridewise.errors import ProfileError
from stridewise.explain.verify import verify
from stridewise.plan.model import Plan
from stridewise.profile.profile import load_profile
from stridewise.render.formats import ENDINGS, render_plans
from stridewise.render.json import render_json
from stridewise.session import recommend

NAMES = ["toy.yaml", "toy.json"]
A_PLAN_S = 5  # of a processor, whatever stands in a profile


@given(st.binary(max_size=300), st.sampled_from(NAMES))
@often(300)
def test_any_bytes_are_a_document_or_a_problem_with_a_place(content: bytes, name: str) -> None:
    """Random bytes."""
    with contextlib.suppress(ProfileError):
        try:
            parse_document(content, name, ProfileError)
        except ProfileError as error:
            told(error, name)
            raise


MARKS = ["\n", "\n  ", "- ", ": ", ", ", "[", "{", "]", "}", "a", "\ufeff", "\r\n", "\t", "\x00"]


@given(st.lists(st.sampled_from([*SCALARS, *MARKS]), max_size=25))
@often(300)
def test_any_pieces_of_yaml_are_a_document_or_a_problem(pieces: list[str]) -> None:
    """Pieces that mean something to a parser, in any order."""
    text = "".join(pieces).encode("utf-8", "replace")
    for name in NAMES:
        try:
            plain(parse_document(text, name, ProfileError).root)
        except ProfileError as error:
            told(error, name)


def plain(value: Any) -> None:
    """Only mappings with text as keys, lists, text, whole numbers, finite decimals, true, false and null."""
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
    assert value is None or isinstance(value, dict | list | str | int | Decimal)
    assert not isinstance(value, Decimal) or value.is_finite()
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        plain(item)


@pytest.mark.slow
@given(spoilt([profile_of(seed) for seed in range(40)]))
@often(250)
def test_a_spoilt_profile_is_a_plan_or_a_problem_with_a_place(runner: Any) -> None:
    """Wrong types and hostile values anywhere in a profile: what still fits is planned, all else is told; nothing crashes."""
    text = json.dumps(runner)
    made = plan_or_error(text, name="p.yaml", engine="reference")
    if isinstance(made, str):
        assert made.startswith("p.yaml:"), made
    else:
        json.loads(render_json([made]), parse_constant=pytest.fail)


@cache
def whole_documents() -> list[Any]:
    """The examples and some random runners, as values."""
    written = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in PROFILES]
    return [json.loads(json.dumps(one, default=str)) for one in written] + [profile_of(seed) for seed in range(60)]


@pytest.mark.slow
def test_parts_that_stood_elsewhere_are_planned_or_told_within_seconds() -> None:
    """Values swapped, at their ends, with other units, entries again and again, lists run together: much of it is still read, and
    shown in every format."""
    plans = 0
    for seed in range(150 * MANY):
        text, began = json.dumps(mutant(Random(seed), whole_documents()), indent=1), time.process_time()  # noqa: S311
        made = plan_or_error(text, name="p.yaml", engine="reference")
        if isinstance(made, str):
            assert made.startswith("p.yaml:"), (seed, made)
        else:
            plans += 1
            render_plans([made], list(ENDINGS)[seed % len(ENDINGS)], explain=True)
        assert time.process_time() - began < A_PLAN_S, seed
    assert plans > 150 * MANY / 3


EXAMPLES = [path.read_text(encoding="utf-8") for path in PROFILES]


@pytest.mark.slow
@given(st.sampled_from(EXAMPLES), st.data())
@often(150)
def test_a_profile_with_a_slip_of_the_pen_is_a_plan_or_a_problem(text: str, data: st.DataObject) -> None:
    """A line lost, doubled or moved, a value replaced, a letter too many: as happens when people edit."""
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 2))):
        number = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["lose", "double", "indent", "value", "letter", "cut"]))
        line = lines[number]
        new = {
            "lose": [],
            "double": [line, line],
            "indent": [f"  {line}"],
            "cut": [line[: len(line) // 2]],
            "value": [f"{line.split(':')[0]}: {data.draw(st.sampled_from(SCALARS))}"],
            "letter": [line + data.draw(st.sampled_from(list(":-[]{}&*#?|>%@`'\"\\,\t")))],
        }[kind]
        lines[number : number + 1] = new or [""]
    made = plan_or_error("\n".join(lines), name="p.yaml")
    assert isinstance(made, Plan) or made.startswith("p.yaml")


LOG = b"date,km,minutes,rpe\n2026-11-01,10,60,3\n2026-11-08,12.5,70,4\n"


CELLS = [
    b"date,km",
    b"\n",
    b",",
    b"2026-11-01",
    b"10",
    b'"',
    b"\r",
    b"\x00",
    b"\xff",
    b"1e9",
    b"nan",
    b"-3",
    b"\xef\xbb\xbf",
    b";",
    LOG,
]


@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(CELLS), max_size=20).map(b"".join)))
@often(100)
def test_any_log_is_read_or_told(tmp_path: Path, content: bytes) -> None:
    """A training log of any bytes."""
    (tmp_path / "runs.csv").write_bytes(content)
    (tmp_path / "p.yaml").write_text(f"{HEAD}training: {{log: runs.csv}}\n", encoding="utf-8")
    try:
        recommend(load_profile(tmp_path / "p.yaml"), built_in(), DAY, "reference")
    except ProfileError as error:
        told(error, str(tmp_path / "runs.csv"), str(tmp_path / "p.yaml"))


def test_what_a_terminal_would_obey_is_spelt_out(tmp_path: Path) -> None:
    """A cell is quoted in a message; it must not colour, clear or end it."""
    (tmp_path / "runs.csv").write_bytes(b"date,km\n2026-11-01,\x1b[2J\x00\xc2\x9b\n")
    (tmp_path / "p.yaml").write_text(f"{HEAD}training: {{log: runs.csv}}\n", encoding="utf-8")
    with pytest.raises(ProfileError) as failure:
        recommend(load_profile(tmp_path / "p.yaml"), built_in(), DAY, "reference")
    assert str(failure.value) == rf'{tmp_path / "runs.csv"}:2: km: expected a distance in km, found "\u001b[2J\u0000\u009b"'


@cache
def a_plan() -> Any:
    return json.loads(render_json([recommend(load_profile(SHORT), built_in(), DAY, "reference")]))


@pytest.mark.slow
@given(st.data())
@often(60)
def test_a_spoilt_plan_is_verified_or_told(tmp_path: Path, data: st.DataObject) -> None:
    """`verify` reads what anybody may have edited; only the list of packs has a test of its own."""
    value = a_plan()
    for _ in range(data.draw(st.integers(1, 2))):
        ways = [path for path in paths_of(value) if path not in {("receipt",), ("receipt", "packs")} and path]
        value = put(value, data.draw(st.sampled_from(ways)), data.draw(st.sampled_from(VALUES)))
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    try:
        verify(path, load_profile(SHORT), built_in(), "reference")
    except ProfileError as error:
        told(error, str(path))


@pytest.mark.parametrize("packs", [5, None, True])
def test_a_plan_whose_packs_are_no_list_is_told(tmp_path: Path, packs: Any) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(put(a_plan(), ("receipt", "packs"), packs)), encoding="utf-8")
    verify(path, load_profile(SHORT), built_in(), "reference")
