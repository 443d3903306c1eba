"""The engine of durable_rules, recorded."""

from collections.abc import Iterator

import pytest

from durable_recorder import Recorder
from stridewise.inference import durable


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    recorder = Recorder(vars(durable)["_engine"])
    monkeypatch.setattr(durable, "_engine", recorder)
    yield recorder
