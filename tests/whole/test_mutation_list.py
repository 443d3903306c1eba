"""What `tools/mutation.py` breaks, and what it runs against that, is there under these names."""

import runpy
import tomllib

import pytest

from plans import ROOT

TOOL = ROOT / "tools/mutation.py"


@pytest.mark.skipif(not TOOL.exists(), reason="a source distribution has no tools")
def test_every_module_and_every_test_of_the_list_exists() -> None:
    listed = runpy.run_path(str(TOOL))["TESTS"]
    assert listed
    assert not [name for name in listed if not (ROOT / f"engine/stridewise/{name}.py").exists()]
    assert not [name for names in listed.values() for name in names if not (ROOT / f"tests/{name}.py").exists()]


@pytest.mark.skipif(not TOOL.exists(), reason="a source distribution has no tools")
def test_every_break_that_stays_has_its_reason() -> None:
    """The figures of a module add up: what is not noticed is listed, and why nobody can see it; or it is open, and counted."""
    found = tomllib.loads(TOOL.with_suffix(".toml").read_text(encoding="utf-8"))["module"]
    names = [one["name"] for one in found]
    assert len(set(names)) == len(names)
    assert set(names) <= set(runpy.run_path(str(TOOL))["TESTS"])
    for one in found:
        unseen, left = one.get("unseen", []), one.get("open", 0)
        assert one["noticed"] + len(unseen) + left == one["breaks"], one["name"]
        assert left or one["noticed"] >= 0.95 * one["breaks"], one["name"]
        assert all(kept["line"].strip() and kept["because"].strip() for kept in unseen), one["name"]
