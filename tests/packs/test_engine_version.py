"""A pack says which engines it is written for; another engine refuses it at its line, also where it comes compiled."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from kit import write_pack
from stridewise import __version__
from stridewise.errors import PackError
from stridewise.packs.engine_version import check_engine
from stridewise.packs.pack import PackFolder, load_pack
from stridewise.program import compiled
from stridewise.program.builder import build_program

NUMBERS = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(lambda some: ".".join(map(str, some)))
CLAUSES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["==", "!=", "<=", ">=", "<", ">"]), NUMBERS),
    st.builds("{} {}.*".format, st.sampled_from(["==", "!="]), NUMBERS),
    st.builds("~={}.{}".format, NUMBERS, st.integers(0, 3)),
)


def satisfied(required: str, version: str) -> bool:
    """Whether nothing is raised."""
    try:
        check_engine(required, version)
    except ValueError as error:
        assert "needs an engine" in str(error)
        return False
    return True


@given(st.lists(CLAUSES, max_size=3).map(", ".join), NUMBERS)
def test_releases_are_compared_as_pep_440_compares_them(required: str, version: str) -> None:
    """The same answer as the packaging library's, for every engine that is a release."""
    assert satisfied(required, version) == SpecifierSet(required).contains(version)


@pytest.mark.parametrize("written", ["0.1", ">=", "=>1", "~=1", ">=1.*", "latest", ">=1 <2", ">=0.1rc1"])
def test_what_is_no_comparison_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="expected comparisons of versions"):
        check_engine(written, "0.1.0")


@pytest.mark.parametrize("required", ["", f"=={__version__}", ">=0.0", f"<={__version__}, !=0.0.1"])
def test_a_pack_for_this_engine_is_read(tmp_path: Path, required: str) -> None:
    assert load_pack(write_pack(tmp_path / "toy", requires_engine=required)).shape.requires_engine == required


def test_a_pack_for_another_engine_is_refused_at_its_line(tmp_path: Path) -> None:
    head = "name: toy\nversion: '1.0'\nrequires_engine: '>=99, <100'\n"
    folder = write_pack(tmp_path / "toy", {"pack.yaml": head})
    with pytest.raises(PackError, match=rf'toy/pack.yaml:3: requires_engine: needs an engine ">=99, <100", .* {__version__}'):
        load_pack(folder, shown="toy")


def test_a_compiled_pack_for_another_engine_is_read_again_and_refused(tmp_path: Path, monkeypatch: Any) -> None:
    """The engine's version may change where neither its files nor the pack's do."""
    folder = PackFolder("toys", write_pack(tmp_path / "toys" / "toy", requires_engine=f"=={__version__}"), "toys/toy")
    (tmp_path / "toys" / compiled.FILE).write_bytes(
        compiled.compiled_file(build_program([load_pack(folder.path, folder.origin, folder.shown)]))
    )
    assert compiled.compiled_program([folder]) is not None
    monkeypatch.setattr("stridewise.packs.engine_version.check_engine.__defaults__", ("99.0.0",))
    assert compiled.compiled_program([folder]) is None
    with pytest.raises(PackError, match="needs an engine"):
        load_pack(folder.path)
