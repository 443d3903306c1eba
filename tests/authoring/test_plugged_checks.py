"""A check that a plugin brings finds among ours, under its own name; one that fails is named."""

from collections.abc import Callable
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from hooks_kit import boom, manager_of, vanish
from kit import base_pack, rule, toy_pack
from plans import DAY
from stridewise.authoring.checks.checking import check_packs
from stridewise.authoring.checks.finding import Finding
from stridewise.authoring.checks.plugged import plugin_checks
from stridewise.errors import PluginError


def found(folder: Path, answer: Callable[..., Any]) -> list[Finding]:
    """What the plugin `bad` finds in a pack of one rule."""
    pack = toy_pack(folder / "toy", [rule("one", [{"colour": "red"}])])
    checks = [plugin_checks(manager_of(pack_findings=answer))]
    return check_packs(lambda: [base_pack(folder), pack], lambda one: one.name == "toy", DAY, checks, without_safety=True)


def test_a_plugin_gets_each_pack_as_written_with_files_and_lines(tmp_path: Path) -> None:
    """Only those that are checked."""
    seen: list[Any] = []
    assert found(tmp_path, lambda pack: seen.append(pack) or []) == []
    (pack,) = seen
    assert (pack["name"], pack["head"]["name"]) == ("toy", "toy")
    (one,) = pack["rules"]
    assert (one["file"], one["written"]["id"]) == ("rules/rules.yaml", "one")
    assert one["line"] >= 1


def test_a_finding_stands_at_its_file_under_the_plugins_name(tmp_path: Path) -> None:
    said = [
        {"level": "error", "message": "No.", "mend": "Mend it.", "file": "rules/rules.yaml", "line": 2},
        {"level": "info", "message": "Hm."},
    ]
    assert list(map(str, found(tmp_path, lambda: said))) == [
        "toy/pack.yaml: info: Hm. [bad]",
        "toy/rules/rules.yaml:2: error: No. Mend it. [bad]",
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (boom, "failed in pack_findings: KeyError"),
        (vanish, "failed in pack_findings: <Leaving>"),
        (lambda: None, "returned None from pack_findings; expected a list of findings"),
        (lambda: repeat({"level": "info", "message": "No."}), "expected at most 10000 findings"),
        (lambda: ["No."], "expected a mapping of file, level, line, mend, message"),
        (lambda: [{"level": "bad", "message": "No."}], "expected a level, one of error, warning, info"),
        (lambda: [{"level": "info", "message": " "}], "expected a message"),
        (lambda: [{"level": "info", "message": "No.", "line": True}], "expected a line number"),
    ],
)
def test_a_check_that_fails_or_answers_nonsense_is_named(tmp_path: Path, answer: Callable[..., Any], said: str) -> None:
    with pytest.raises(PluginError) as raised:
        found(tmp_path, answer)
    assert str(raised.value).startswith('the plugin "bad 1.0: bad" ')
    assert said in str(raised.value)
