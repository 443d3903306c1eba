"""Every promise about safety names its tests, every test that is named exists, and nothing is promised that no page says."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from plans import ROOT
from stridewise.authoring.reference_docs import safety

TOLD = safety()
PROMISES, RULES, HAZARDS = TOLD["promises"], TOLD["rules"], TOLD["hazards"]
NAMED = sorted({test for tests in (*PROMISES.values(), *(one["tests"] for one in (*RULES, *HAZARDS))) for test in tests})


@cache
def names_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("name", NAMED)
def test_a_test_that_is_named_exists(name: str) -> None:
    path, _, test = name.partition("::")
    assert test.startswith("test_")
    assert (ROOT / path).is_file(), f"{path} is not there; mend engine/stridewise/authoring/safety.yaml"
    assert test in names_in(ROOT / path), f"{path} has no {test}; mend engine/stridewise/authoring/safety.yaml"


def test_every_promise_of_security_names_a_test() -> None:
    """The bold words that open each point of the list; and no promise here that does not stand there."""
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    (promised,) = re.findall(r"^## What you can rely on\n(.*?)^## ", page, re.MULTILINE | re.DOTALL)
    points = [" ".join(point.split()) for point in re.findall(r"^- (.*?)(?=^- |^\n|\Z)", promised, re.MULTILINE | re.DOTALL)]
    bold = [re.findall(r"^\*\*(.*?)\*\*", point) for point in points]
    assert [lead for (lead,) in bold] == list(PROMISES)
    assert all(PROMISES.values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["says"][:40])
def test_a_rule_of_safety_stands_in_its_page_and_names_a_test(rule: dict[str, str]) -> None:
    text = " ".join((ROOT / "docs" / rule["page"]).read_text(encoding="utf-8").split())
    assert " ".join(rule["says"].split()) in text
    assert rule["tests"]


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["hazard"][:40])
def test_a_hazard_is_told_with_cause_control_rest_and_tests(hazard: dict[str, str]) -> None:
    assert list(hazard) == ["hazard", "cause", "control", "remains", "tests"]
    assert all(hazard.values())


def test_hazards_are_told_once() -> None:
    names = [one["hazard"] for one in HAZARDS]
    assert len(set(names)) == len(names) >= 12
