"""The batch with the built-in packs alone."""

import pytest


@pytest.fixture(autouse=True)
def _built_in_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is installed takes no part, in the workers either."""
    monkeypatch.setenv("STRIDEWISE_LOAD_PLUGINS", "")
