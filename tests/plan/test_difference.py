"""One difference between two plans, whoever tells of it: of objects and of JSON values alike, whatever a file holds."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explain_kit import FEW, about
from stridewise.plan.difference import Difference, changes, difference
from stridewise.plan.entries import REASONED, SECTIONS, entries_of, part_of, reasons_of
from stridewise.plan.model import Because, ClinicalWarning, Plan
from stridewise.plan.seal import BESIDE, to_values

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["", "x", "a/b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "exercise", "fact", "because", "rule", "min", "max", "at"]), inner, max_size=3)
    ),
    max_leaves=12,
)
HOSTILE = st.dictionaries(st.sampled_from([*SECTIONS, "status", "note"]), ANYTHING, max_size=4)


def told(differs: Difference) -> list[tuple[Any, ...]]:
    return [(one.fate, one.section, one.name, one.parts, len(one.because)) for one in differs.all]


def on_file(plan: Plan) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(json.dumps(to_values(plan)))
    return values


def plan_of(path: Path = FEW[0]) -> Plan:
    return about(path).session.plan


@pytest.mark.parametrize("paths", [*pairwise(FEW)], ids=lambda pair: pair[1].stem)
def test_a_plan_as_an_object_and_as_a_file_holds_it_differs_alike(paths: tuple[Path, Path]) -> None:
    old, new = map(plan_of, paths)
    differs = difference(old, new)
    assert told(differs) == told(difference(on_file(old), on_file(new))) == told(difference(old, on_file(new)))
    assert differs.status == (old.status, new.status)
    assert {one.section for one in differs.all} >= {"prescriptions", "warnings", "conclusions"}


@pytest.mark.parametrize("path", FEW, ids=lambda path: path.stem)
def test_every_entry_of_every_section_has_a_name(path: Path) -> None:
    """A section that a later version adds is compared too."""
    plan = plan_of(path)
    held = {name: value for name, value in on_file(plan).items() if isinstance(value, list) and name not in BESIDE}
    assert held.keys() <= {*SECTIONS}
    entries = entries_of(plan)
    assert all(sum(key[0] == name for key in entries) for name in held if held[name])
    assert sum(map(len, entries.values())) == sum(map(len, held.values())) + 1  # the review
    assert all(name for _, name in entries)
    assert {name for name in held if any(isinstance(one, dict) and "because" in one for one in held[name])} <= {*REASONED}


def test_another_line_of_the_profile_is_no_difference() -> None:
    plan = on_file(plan_of())
    moved = json.loads(json.dumps(plan).replace('"at": "', '"at": "other-'))
    assert moved != plan
    assert difference(plan, moved).all == ()


def warned(rule: str, text: str = "Rest.") -> ClinicalWarning:
    return ClinicalWarning(id=rule, level="info", text=text, because=(Because(rule, "So."),))


def test_a_warning_under_the_name_of_another_rule_has_not_come_and_gone() -> None:
    old, new = (replace(plan_of(), warnings=(warned(rule), warned("a/stays", "Stay."))) for rule in ("a/one", "a/two"))
    for both in ((old, new), (on_file(old), on_file(new))):
        (change,) = difference(*both, ["warnings"]).all
        assert (change.fate, change.name, change.parts) == ("changed", "a/one", ("because",))
    other = replace(new, warnings=(warned("a/two", "Run."),))
    assert {one.fate for one in difference(old, other, ["warnings"]).all} == {"new", "gone"}


def test_entries_of_one_name_are_told_by_their_number() -> None:
    plan = replace(plan_of(), warnings=(warned("a/one"),))
    (change,) = difference(plan, replace(plan, warnings=(warned("a/one"), warned("a/one"))), ["warnings"]).all
    assert (change.fate, change.parts) == ("changed", ("number",))


@given(old=HOSTILE, new=HOSTILE)
def test_a_file_may_hold_anything_anywhere(old: dict[str, Any], new: dict[str, Any]) -> None:
    sections = [*dict.fromkeys((*old, *new))]
    assert difference(old, old, sections).all == ()
    for change in difference(old, new, sections).all:
        assert (change.before, change.after) != ((), ()) and bool(change.parts) is (change.fate == "changed")
        assert part_of(old, change.section) != part_of(new, change.section)


@given(old=HOSTILE, new=HOSTILE)
def test_the_changes_turn_the_old_entries_into_the_new(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, after = entries_of(old), entries_of(new)
    made = dict(before)
    for change in changes(before, after, frozenset()):
        made[change.section, change.name] = list(change.after)
    assert {key: group for key, group in made.items() if group} == after


def test_the_reasons_of_a_plan_are_those_of_its_entries() -> None:
    plan = plan_of()
    named = {reason.rule for reason in reasons_of(plan)}
    assert named >= {reason.rule for one in plan.prescriptions for reason in one.because} != set()
