"""What all tests share: the built-in program, built once a session."""

from collections.abc import Iterator

import pytest

from plans import built_in
from stridewise.packs.default_packs import CONFIG
from stridewise.program.program import Program


@pytest.fixture(scope="session")
def program() -> Program:
    """The program of the built-in packs."""
    return built_in()


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What whoever runs the tests has enabled takes no part, in processes that they start either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CONFIG, str(tmp_path_factory.mktemp("config")))
        yield
