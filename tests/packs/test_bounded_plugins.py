"""A plugin's answer has an end: one that has none stops the run by name, and one that keeps a run waiting is named."""

import logging
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from hooks_kit import manager_of
from plans import built_in
from stridewise.errors import PluginError
from stridewise.packs import calls
from stridewise.packs.foreign_files import further_log, load_any_profile
from stridewise.packs.plugins import pack_folders, with_further_facts


def endless(item: Any) -> Callable[..., Iterator[Any]]:
    """A hook whose answer never ends."""

    def hook() -> Iterator[Any]:
        return (item for _ in count())

    return hook


class Endless(Mapping[str, Any]):
    """A mapping of keys without end."""

    def __getitem__(self, key: str) -> Any:
        return "x"

    def __iter__(self) -> Iterator[str]:
        return map(str, count())

    def __len__(self) -> int:
        return 1


def facts(tmp_path: Path) -> Any:
    return with_further_facts((), built_in().vocabulary, manager_of(further_facts=endless({"notes": "x"})))


def packs(tmp_path: Path) -> Any:
    return pack_folders(manager_of(rule_packs=endless(".")))


def log(tmp_path: Path) -> Any:
    return further_log(lambda: manager_of(read_log=endless({"date": "2026-11-01"})), "runs.xyz", b"")


def read(root: Any, tmp_path: Path) -> Any:
    path = tmp_path / "runner.xyz"
    path.write_bytes(b"x")
    return load_any_profile(path, lambda: manager_of(read_profile=lambda: root))


def profile(tmp_path: Path) -> Any:
    return read(Endless(), tmp_path)


def deep(tmp_path: Path) -> Any:
    """Thirty lists, each twice the one before: a thousand million values in thirty objects."""
    tree: list[Any] = ["x"]
    for _ in range(30):
        tree = [tree, tree]
    return read({"findings": tree}, tmp_path)


@pytest.mark.parametrize("ask", [facts, packs, log, profile, deep])
def test_an_answer_without_end_stops_the_run_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Path], Any]
) -> None:
    monkeypatch.setattr(calls, "MOST_ANSWERS", 500)
    with pytest.raises(PluginError, match="bad") as raised:
        ask(tmp_path)
    assert "at most 500" in str(raised.value)


def slow_run(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """One call of a plugin that takes so long."""
    monkeypatch.setattr(calls, "_TOLD", set())
    clock = iter((0.0, seconds, 0.0, seconds))
    monkeypatch.setattr(calls, "monotonic", lambda: next(clock))
    manager = manager_of(further_facts=lambda facts: [])
    for _ in range(2):
        with_further_facts((), built_in().vocabulary, manager)


def test_a_slow_call_is_named_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "stridewise"):
        slow_run(monkeypatch, 7.2)
    assert [record.getMessage() for record in caplog.records] == ['the plugin "bad 1.0: bad" took 7 s in further_facts']


def test_a_quick_call_is_not(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "stridewise"):
        slow_run(monkeypatch, 2.9)
    assert caplog.records == []
