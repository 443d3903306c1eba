"""Tables with the built-in packs alone."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _built_in_only() -> Iterator[None]:
    """Whatever else is installed takes no part; the program is kept for the process, so for all these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRIDEWISE_LOAD_PLUGINS", "")
        yield
