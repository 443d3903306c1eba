"""The command with the built-in packs alone."""

from pathlib import Path
from typing import Any

import pytest

from cli_kit import WRONG
from plans import built_in, built_in_packs
from stridewise.packs import plugins
from stridewise.program import builder as program_builder


@pytest.fixture(name="built_in_only")
def _built_in_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is installed takes no part; inside this process the built-in packs are read once."""
    monkeypatch.setenv("STRIDEWISE_LOAD_PLUGINS", "")
    load, build = plugins.read_packs, program_builder.build_program
    read = built_in_packs()  # before the reading is replaced

    def load_once(manager: Any, folders: Any = (), instead: Any = ()) -> Any:
        return load(manager, folders, instead) if folders or instead else list(read)

    def build_once(packs: Any, *more: Any) -> Any:
        return built_in() if packs == list(read) else build(packs, *more)

    monkeypatch.setattr(plugins, "read_packs", load_once)
    monkeypatch.setattr(program_builder, "build_program", build_once)


@pytest.fixture(name="wrong")
def _wrong(tmp_path: Path) -> Path:
    """A profile with two mistakes."""
    path = tmp_path / "wrong.yaml"
    path.write_text(WRONG, encoding="utf-8")
    return path
