"""What all tests share: the built-in program, built once a session."""

import pytest

from plans import built_in
from stridewise.program.program import Program


@pytest.fixture(scope="session")
def program() -> Program:
    """The program of the built-in packs."""
    return built_in()
