"""Two checkouts test the same thing: one list of versions, for uv and for pip, without a host or a hash."""

import re
import tomllib

import pytest

from plans import ROOT

LISTED = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_uv_and_pip_are_told_the_same_versions() -> None:
    assert PROJECT["tool"]["uv"]["constraint-dependencies"] == LISTED


@pytest.mark.parametrize("line", LISTED)
def test_a_constraint_is_a_name_and_a_version(line: str) -> None:
    """No host, no hash, no range."""
    assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line)


def test_every_package_that_the_project_names_is_constrained() -> None:
    named = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    names = {re.match(r"[A-Za-z0-9-]+", one)[0].lower() for one in named}  # type: ignore[index]
    assert names <= {line.partition("==")[0] for line in LISTED}
