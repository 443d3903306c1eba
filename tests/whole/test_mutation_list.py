"""What `tools/mutation.py` breaks, and what it runs against that, is there under these names."""

import runpy

import pytest

from plans import ROOT

TOOL = ROOT / "tools/mutation.py"


@pytest.mark.skipif(not TOOL.exists(), reason="a source distribution has no tools")
def test_every_module_and_every_test_of_the_list_exists() -> None:
    listed = runpy.run_path(str(TOOL))["TESTS"]
    assert listed
    assert not [name for name in listed if not (ROOT / f"engine/stridewise/{name}.py").exists()]
    assert not [name for names in listed.values() for name in names if not (ROOT / f"tests/{name}.py").exists()]
